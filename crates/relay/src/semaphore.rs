//! Semaphore that never waits, and remembers the most permits held at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Semaphore whose limit is named with each request, so that a reload may change it. Clones share one count.
#[derive(Clone, Debug, Default)]
pub struct Semaphore(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    now: AtomicUsize,
    peak: AtomicUsize,
}

/// Permit of a [`Semaphore`]: counts as one until it is dropped.
#[derive(Debug)]
pub struct Permit(Arc<Counts>);

impl Semaphore {
    /// Permit, unless `limit` of them are held.
    pub fn try_acquire(&self, limit: usize) -> Option<Permit> {
        let more = |now| (now < limit).then_some(now + 1);
        let before = self
            .0
            .now
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, more)
            .ok()?;
        self.0.peak.fetch_max(before + 1, Ordering::AcqRel);
        Some(Permit(self.0.clone()))
    }

    /// Number of permits held.
    pub fn now(&self) -> usize {
        self.0.now.load(Ordering::Acquire)
    }

    /// How many more there may be under this limit.
    pub fn left(&self, limit: usize) -> usize {
        limit.saturating_sub(self.now())
    }

    /// Peak of permits held at once since the last call.
    pub fn take_peak(&self) -> usize {
        self.0.peak.swap(self.now(), Ordering::AcqRel)
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.0.now.fetch_sub(1, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use super::Semaphore;

    #[test]
    fn no_more_than_the_limit_and_a_place_is_free_again() {
        let semaphore = Semaphore::default();
        let held: Vec<_> = (0..3).map_while(|_| semaphore.try_acquire(2)).collect();
        assert_eq!((held.len(), semaphore.now()), (2, 2));
        assert!(semaphore.try_acquire(2).is_none());
        drop(held);
        assert_eq!(semaphore.now(), 0);
        assert_eq!((semaphore.take_peak(), semaphore.take_peak()), (2, 0));
        assert!(semaphore.try_acquire(0).is_none());
    }
}
