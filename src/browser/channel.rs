//! Notification and channel from a callback of the browser to the one task that waits for it.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::task::{Poll, Waker};

use super::clock;
use crate::tasks::boxed;

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

    /// Waits for the next notification for at most `ms` milliseconds; false if there was none.
    pub async fn notified_within(&self, ms: f64) -> bool {
        clock::timeout(&mut boxed(self.notified()), ms).await
    }
}

/// Unbounded queue with one receiver.
pub struct Channel<T> {
    things: RefCell<VecDeque<T>>,
    notify: Notify,
}

impl<T> Default for Channel<T> {
    fn default() -> Self {
        Self {
            things: RefCell::default(),
            notify: Notify::default(),
        }
    }
}

impl<T> Channel<T> {
    /// Appends an item and wakes the receiver.
    pub fn send(&self, thing: T) {
        self.things.borrow_mut().push_back(thing);
        self.notify.notify();
    }

    /// Next item; `None` if none comes within `within_ms` milliseconds.
    pub async fn next(&self, within_ms: f64) -> Option<T> {
        let waiting = self.take();
        if waiting.is_none() && self.notify.notified_within(within_ms).await {
            return self.take();
        }
        waiting
    }

    fn take(&self) -> Option<T> {
        self.things.borrow_mut().pop_front()
    }
}
