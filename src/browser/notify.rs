//! Notification from a callback of the browser to the one task that waits for it.

use std::cell::Cell;
use std::future::poll_fn;
use std::task::{Poll, Waker};

/// Notification for one waiting task.
#[derive(Default)]
pub struct Notify {
    has_rung: Cell<bool>,
    waits: Cell<Option<Waker>>,
}

impl Notify {
    /// Wakes the waiting task.
    pub fn notify(&self) {
        self.has_rung.set(true);
        if let Some(waker) = self.waits.take() {
            waker.wake();
        }
    }

    /// Waits for the next notification; earlier ones do not count.
    pub async fn notified(&self) {
        self.has_rung.set(false);
        poll_fn(|context| {
            if self.has_rung.get() {
                return Poll::Ready(());
            }
            self.waits.set(Some(context.waker().clone()));
            Poll::Pending
        })
        .await;
    }
}
