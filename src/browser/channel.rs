//! Channel from a callback of the browser to the one task that waits for it.

use std::cell::RefCell;
use std::collections::VecDeque;

use super::clock;
use super::notify::Notify;

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
        if waiting.is_none() && clock::notified_within(&self.notify, within_ms).await {
            return self.take();
        }
        waiting
    }

    fn take(&self) -> Option<T> {
        self.things.borrow_mut().pop_front()
    }
}
