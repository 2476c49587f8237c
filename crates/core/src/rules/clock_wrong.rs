//! This computer's clock differs from others by more than sign-on tolerates. Two others that agree make it
//! sure which one is wrong.

use super::{NOTHING, Rule};
use crate::analysis::{Facts, Proof};
use crate::finding::{Cause, Finding};
use crate::observation::{Answer, Outcome};
use crate::plan::{ClockSource, Probe};
use crate::thresholds::CLOCK_TOLERANCE_S;

pub(super) const RULE: Rule = Rule {
    find,
    hides: NOTHING,
};

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let ahead_s: Vec<f64> = [ClockSource::Relay, ClockSource::Origin]
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
                } => Some((local_unix_ms - remote_unix_ms) / 1000.0),
                _ => None,
            },
        )
        .collect();
    // If one of them finds our clock right, it is the other that is wrong.
    let Some(least) = ahead_s
        .iter()
        .copied()
        .min_by(|a, b| a.abs().total_cmp(&b.abs()))
    else {
        return Vec::new();
    };
    if least.abs() < CLOCK_TOLERANCE_S {
        return Vec::new();
    }
    let proof = if ahead_s.len() > 1 {
        Proof::Confirmed
    } else {
        Proof::Inferred
    };
    vec![Finding::network(
        Cause::ClockWrong {
            ahead_s: least,
            witnesses: ahead_s.len(),
        },
        proof,
    )]
}

/// A clock on this very computer is our own.
fn is_elsewhere(facts: &Facts<'_>, source: ClockSource) -> bool {
    match source {
        ClockSource::Relay => !facts.relay_is_local(),
        ClockSource::Origin => !facts.environment.origin_is_loopback,
    }
}
