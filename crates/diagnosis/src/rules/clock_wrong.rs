//! This computer's clock differs from others by more than sign-on tolerates. Two others that agree make it
//! sure which one is wrong.

use super::{NOTHING, Rule};
use crate::analysis::{EndpointFacts, Facts, Proof};
use crate::finding::{Cause, Finding};
use reachcheck_model::observation::{Answer, Outcome};
use reachcheck_model::probe::{ClockSource, Probe};
use reachcheck_model::thresholds::CLOCK_TOLERANCE_S;

pub(super) const RULE: Rule = Rule {
    find,
    hides: NOTHING,
};

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let Some(clocks) = compare(facts) else {
        return Vec::new();
    };
    let proof = if clocks.witnesses > 1 {
        Proof::Confirmed
    } else {
        Proof::Inferred
    };
    vec![Finding::network(
        Cause::ClockWrong {
            ahead_s: clocks.ahead_s,
            witnesses: clocks.witnesses,
        },
        proof,
    )]
}

/// Whether a certificate that is valid by the relay's clock is not valid by ours, and ours is the wrong one.
pub(super) fn explains(facts: &Facts<'_>, endpoint: &EndpointFacts) -> bool {
    let Some(clocks) = compare(facts) else {
        return false;
    };
    let now_s = clocks.local_unix_ms / 1000.0;
    #[expect(clippy::cast_precision_loss, reason = "seconds since 1970")]
    let is_outside =
        |(begins, expires): (i64, i64)| now_s < begins as f64 || now_s > expires as f64;
    endpoint.certificate_unix.is_some_and(is_outside)
}

/// Our clock beside others that agree that it is wrong.
struct Clocks {
    ahead_s: f64,
    witnesses: usize,
    local_unix_ms: f64,
}

/// `None` where our clock is right, or nobody else's is known. If one of them finds our clock right, it is the
/// other that is wrong.
fn compare(facts: &Facts<'_>) -> Option<Clocks> {
    let seen: Vec<(f64, f64)> = [ClockSource::Relay, ClockSource::Origin]
        .into_iter()
        .filter(|source| is_elsewhere(facts, *source))
        .filter_map(
            |source| match facts.observations.get(Probe::Clock(source))? {
                Outcome::Answered {
                    answer:
                        Answer::Clock {
                            local_unix_ms,
                            remote_unix_ms,
                        },
                    ..
                } => Some(((local_unix_ms - remote_unix_ms) / 1000.0, *local_unix_ms)),
                _ => None,
            },
        )
        .collect();
    let (ahead_s, local_unix_ms) = seen
        .iter()
        .copied()
        .min_by(|(one, _), (other, _)| one.abs().total_cmp(&other.abs()))?;
    (ahead_s.abs() >= CLOCK_TOLERANCE_S).then_some(Clocks {
        ahead_s,
        witnesses: seen.len(),
        local_unix_ms,
    })
}

/// A clock on this very computer is our own.
fn is_elsewhere(facts: &Facts<'_>, source: ClockSource) -> bool {
    match source {
        ClockSource::Relay => !facts.relay_is_local(),
        ClockSource::Origin => !facts.environment.origin_is_loopback,
    }
}
