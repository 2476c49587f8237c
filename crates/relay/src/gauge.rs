//! How many of something there are now, and no more than a limit.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A count that goes down by itself.
#[derive(Clone, Debug, Default)]
pub struct Gauge(Arc<AtomicUsize>);

/// One that is counted, until it is dropped.
#[derive(Debug)]
pub struct Counted(Arc<AtomicUsize>);

impl Gauge {
    /// One more, unless there are `limit` already.
    pub fn enter(&self, limit: usize) -> Option<Counted> {
        let more = |now| (now < limit).then_some(now + 1);
        self.0
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, more)
            .ok()
            .map(|_| Counted(self.0.clone()))
    }

    /// How many there are.
    pub fn now(&self) -> usize {
        self.0.load(Ordering::Acquire)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use super::Gauge;

    #[test]
    fn no_more_than_the_limit_and_a_place_is_free_again() {
        let gauge = Gauge::default();
        let held: Vec<_> = (0..3).map_while(|_| gauge.enter(2)).collect();
        assert_eq!((held.len(), gauge.now()), (2, 2));
        assert!(gauge.enter(2).is_none());
        drop(held);
        assert_eq!(gauge.now(), 0);
        assert!(gauge.enter(0).is_none());
    }
}
