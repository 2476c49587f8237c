//! A busy computer: the browser hands the ends of attempts over late, and its null probes show it.

use fastrand::Rng;
use reachcheck_model::machine::{Attempt, Input, Sign};
use reachcheck_model::observation::Outcome;
use reachcheck_model::probe::Probe;

/// One run in so many is one of a busy computer.
const ONE_IN: u32 = 6;
/// How late the browser is at most, in milliseconds: less than any way, as long as one, longer than most.
const MOST_MS: [f64; 3] = [25.0, 100.0, 400.0];

/// How busy the computer of a run is.
#[derive(Clone, Debug)]
pub struct Busy {
    most_ms: f64,
    rng: Rng,
}

impl Busy {
    /// The computer of the run of this seed, if it is busy.
    #[must_use]
    pub fn of(seed: u64) -> Option<Self> {
        // Of its own, so that it changes nothing else of the run.
        let mut rng = Rng::with_seed(!seed);
        let most_ms = MOST_MS[rng.usize(..MOST_MS.len())];
        (rng.u32(..ONE_IN) == 0).then_some(Self { most_ms, rng })
    }

    /// Makes the end of an attempt at an endpoint late. What is told of the browser's own delay comes before it.
    pub fn delay(&mut self, at: &mut f64, input: &mut Input) -> Option<Input> {
        let late_ms = self.most_ms * self.rng.f64();
        let attempt = match input {
            Input::Ended {
                attempt,
                outcome: Outcome::Answered { ms, .. } | Outcome::Failed { ms, .. },
                ..
            }
            | Input::Sign(attempt, Sign::Closed { ms, .. })
                if is_attempt(*attempt) =>
            {
                *ms += late_ms;
                *attempt
            }
            _ => return None,
        };
        *at += late_ms;
        if let Input::Sign(_, Sign::Closed { at: closed_at, .. }) = input {
            *closed_at = *at;
        }
        Some(Input::Sign(attempt, Sign::OwnDelay(late_ms)))
    }
}

const fn is_attempt(attempt: Attempt) -> bool {
    matches!(attempt.probe, Probe::Fetch(..) | Probe::Upgrade(_))
}
