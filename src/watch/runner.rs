//! State that all tasks of a watch share, and what they ask of the browser beside the lanes.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use reachcheck_model::plan::Plan;
use reachcheck_model::thresholds::ENDPOINT_DEADLINE_MS;
use reachcheck_watch::{self as watch, Addresses, CLOCK_SAMPLE_MS, ClockSample, Tolerance, What};
use reachcheck_wire::Quiet;

use super::log_store::LogStore;
use super::relay::{self, NoRelay};
use crate::browser::fetch::{Attempt, FetchEnd};
use crate::browser::window_events::{self, Listener};
use crate::browser::{clock, random};

/// Each region's endpoint is asked once in so long, in milliseconds, and not at the same moment by everybody.
const ASK_MS: (f64, f64) = (60_000.0, 90_000.0);
/// Faster than this nothing is repeated, however fast time is let run, in milliseconds.
const LEAST_MS: f64 = 1_000.0;

/// Which relay is watched with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relay {
    /// It is being looked for.
    Sought,
    /// None is of use for now.
    None(NoRelay),
    /// This one of the plan's.
    Found(usize),
}

/// What all of a watch's work shares.
pub struct Runner {
    book: Rc<LogStore>,
    plan: Rc<Plan>,
    pace: u32,
    relay: Rc<Cell<Relay>>,
    addresses: RefCell<Addresses>,
    last: Cell<ClockSample>,
    is_throttled: Cell<bool>,
    /// Called when there is something new to show.
    told: Rc<dyn Fn()>,
}

impl Runner {
    /// Nothing has begun yet.
    pub fn new(
        book: Rc<LogStore>,
        plan: Rc<Plan>,
        pace: u32,
        relay: Rc<Cell<Relay>>,
        told: Rc<dyn Fn()>,
    ) -> Self {
        relay.set(Relay::Sought);
        Self {
            book,
            plan,
            pace: pace.max(1),
            relay,
            addresses: RefCell::default(),
            last: Cell::new(clock_sample_now()),
            is_throttled: Cell::new(false),
            told,
        }
    }

    /// Time as this watch has it: milliseconds, faster in a trial, and never too fast.
    pub fn scaled(&self, ms: f64) -> f64 {
        (ms / f64::from(self.pace)).max(LEAST_MS)
    }

    /// How many regions there are to look at.
    pub fn regions(&self) -> usize {
        self.plan.regions.len()
    }

    /// How much faster time runs.
    pub const fn pace(&self) -> u32 {
        self.pace
    }

    /// Something happened. What stood still meanwhile is noted before it.
    pub fn note(&self, what: What) {
        self.sample_clocks();
        self.book.note(what);
        (self.told)();
    }

    /// What a pattern survives, so far.
    pub fn known(&self, quiet: Quiet) -> Tolerance {
        watch::judge(&self.book.log(), self.pace).of(quiet)
    }

    /// Where to connect to; looks for a relay if there is none.
    pub async fn relay(&self) -> Result<&str, NoRelay> {
        if !matches!(self.relay.get(), Relay::Found(_)) {
            let found = relay::nearest(&self.plan).await;
            self.relay.set(found.map_or_else(Relay::None, Relay::Found));
            (self.told)();
        }
        match self.relay.get() {
            Relay::Found(index) => Ok(self.plan.relays[index].base.as_str()),
            Relay::None(why) => Err(why),
            // Somebody else's try failed meanwhile.
            Relay::Sought => Err(NoRelay::Away),
        }
    }

    /// It did not answer: the next one who needs it looks again.
    pub fn relay_failed(&self) {
        self.relay.set(Relay::Sought);
    }

    /// The relay sees us at this address.
    pub fn seen_at(&self, address: &str) {
        if self.addresses.borrow_mut().is_another(address) {
            self.note(What::Address {
                address: address.to_owned(),
            });
        }
    }

    /// Looks at the clocks; whether this page stood still since it last did.
    pub fn sample_clocks(&self) -> bool {
        let now = clock_sample_now();
        let due_ms = self.scaled(CLOCK_SAMPLE_MS);
        let what = watch::interruption(self.last.replace(now), now, due_ms);
        // A hidden tab is throttled for hours: said once.
        let was_throttled = self
            .is_throttled
            .replace(matches!(what, Some(What::Throttled { .. })));
        match what {
            None => false,
            Some(What::Throttled { .. }) if was_throttled => true,
            Some(what) => {
                self.book.note(what);
                (self.told)();
                true
            }
        }
    }

    pub async fn sample_clocks_regularly(&self) {
        loop {
            clock::sleep_ms(self.scaled(CLOCK_SAMPLE_MS)).await;
            self.sample_clocks();
            (self.told)();
        }
    }

    /// Whether a region's endpoint answers, as long as it has answered before. One request that fails is none.
    pub async fn region(&self, index: usize) {
        let region = &self.plan.regions[index];
        let url = region.https.to_string();
        let (mut has_answered, mut failures, mut since) = (false, 0, 0.0);
        clock::sleep_ms(self.scaled(ASK_MS.0) * random::share()).await;
        loop {
            let asked = clock::now_ms();
            let ended = async { Attempt::opaque(&url).ended().await };
            let ended = clock::timeout(ended, ENDPOINT_DEADLINE_MS.into()).await;
            if matches!(ended, Some(FetchEnd::Responded { .. })) {
                if failures > 1 {
                    self.note(What::RegionBack {
                        region: region.id.clone(),
                        ms: clock::now_ms() - since,
                    });
                }
                (has_answered, failures) = (true, 0);
            } else if has_answered {
                failures += 1;
                if failures == 1 {
                    since = asked;
                }
                if failures == 2 {
                    self.note(What::RegionOut {
                        region: region.id.clone(),
                    });
                }
            }
            let gap = ASK_MS.0 + (ASK_MS.1 - ASK_MS.0) * random::share();
            clock::sleep_ms(self.scaled(gap)).await;
        }
    }
}

fn clock_sample_now() -> ClockSample {
    ClockSample {
        unix_ms: clock::moment().unix_ms,
        monotonic_ms: clock::now_ms(),
        is_hidden: window_events::is_hidden(),
    }
}

/// What notes changes of the network, for as long as it is kept.
pub fn listeners(runner: &Rc<Runner>) -> Vec<Listener> {
    let note = |what: What| {
        let runner = Rc::downgrade(runner);
        move || {
            if let Some(runner) = runner.upgrade() {
                runner.note(what.clone());
            }
        }
    };
    let looks = Rc::downgrade(runner);
    let look = move || {
        if let Some(runner) = looks.upgrade() {
            runner.sample_clocks();
        }
    };
    let mut all = vec![
        window_events::on_offline(note(What::Offline)),
        window_events::on_online(note(What::Online)),
    ];
    all.extend(window_events::on_visibility(look));
    all
}
