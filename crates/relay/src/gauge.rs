//! How many of something there are now, and no more than a limit.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A count that goes down by itself.
#[derive(Clone, Debug, Default)]
pub struct Gauge(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    now: AtomicUsize,
    peak: AtomicUsize,
}

/// One that is counted, until it is dropped.
#[derive(Debug)]
pub struct Counted(Arc<Counts>);

impl Gauge {
    /// One more, unless there are `limit` already.
    pub fn enter(&self, limit: usize) -> Option<Counted> {
        let more = |now| (now < limit).then_some(now + 1);
        let before = self
            .0
            .now
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, more)
            .ok()?;
        self.0.peak.fetch_max(before + 1, Ordering::AcqRel);
        Some(Counted(self.0.clone()))
    }

    /// How many there are.
    pub fn now(&self) -> usize {
        self.0.now.load(Ordering::Acquire)
    }

    /// The most there have been at once since this was last asked.
    pub fn take_peak(&self) -> usize {
        self.0.peak.swap(self.now(), Ordering::AcqRel)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.now.fetch_sub(1, Ordering::AcqRel);
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
        assert_eq!((gauge.take_peak(), gauge.take_peak()), (2, 0));
        assert!(gauge.enter(0).is_none());
    }
}
