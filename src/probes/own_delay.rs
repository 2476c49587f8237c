//! The browser's own delay beside an attempt, by null probes at its beginning and at its end.

use std::cell::RefCell;
use std::rc::Rc;

use futures::FutureExt as _;
use futures::future::{LocalBoxFuture, Shared};
use reachcheck_model::environment::BrowserFamily;

use crate::browser::{clock, null_probe};

/// Attempts that begin or end within this time of one another (ms) share a null probe: a run begins a dozen at once, and
/// what is as far away ends together.
const SHARED_WITHIN_MS: f64 = 20.0;
/// The end of an attempt is told after this time (ms) at the latest, whatever became of the null probe.
const LONGEST_MS: f64 = 500.0;

/// A null probe that was begun with an attempt.
pub struct OwnDelayBefore {
    family: BrowserFamily,
    before: Rc<NullProbe>,
}

/// A null probe, under way or over.
struct NullProbe {
    begun_at: f64,
    /// In milliseconds; `None` where it ended in another way than it must.
    took_ms: Shared<LocalBoxFuture<'static, Option<f64>>>,
}

thread_local! {
    static LATEST: RefCell<Option<Rc<NullProbe>>> = const { RefCell::new(None) };
}

impl NullProbe {
    fn begin(family: BrowserFamily) -> Rc<Self> {
        let now = clock::now_ms();
        let latest = LATEST.with_borrow(Clone::clone);
        if let Some(probe) = latest
            && now - probe.begun_at < SHARED_WITHIN_MS
        {
            return probe;
        }
        let probe = Rc::new(Self {
            begun_at: now,
            took_ms: null_probe::begin(family).shared(),
        });
        LATEST.set(Some(probe.clone()));
        probe
    }

    /// How long it took; how long it has taken so far where it goes on after a while.
    async fn took_ms(&self) -> Option<f64> {
        match clock::timeout(self.took_ms.clone(), LONGEST_MS).await {
            Some(took_ms) => took_ms,
            None => Some(clock::now_ms() - self.begun_at),
        }
    }
}

impl OwnDelayBefore {
    /// Begins to measure, with an attempt.
    pub fn begin(family: BrowserFamily) -> Self {
        let before = NullProbe::begin(family);
        Self { family, before }
    }

    /// Takes its time, as soon as it ends: goes on beside the attempt.
    pub fn timed(&self) -> impl Future<Output = ()> + use<> {
        self.before.took_ms.clone().map(drop)
    }

    /// Measures once more, at the attempt's end: the longer of both, in milliseconds. `None` where a null probe did not end
    /// as it must.
    pub async fn end(self) -> Option<f64> {
        let after = NullProbe::begin(self.family);
        let (before, after) = futures::join!(self.before.took_ms(), after.took_ms());
        Some(before?.max(after?))
    }
}

/// Forgets the latest null probe: what it began with ends with its run.
pub fn clear() {
    LATEST.set(None);
}
