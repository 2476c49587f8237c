//! HTTPS and the socket reached the relay from two addresses: two ways out, or a proxy for one of them.

use super::{NOTHING, Rule};
use crate::analysis::{Facts, Proof};
use crate::finding::{Cause, Finding};
use reachcheck_model::observation::{Answer, Outcome};
use reachcheck_model::probe::Probe;

pub(super) const RULE: Rule = Rule {
    find,
    hides: NOTHING,
};

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let Some(challenge) = facts.challenge() else {
        return Vec::new();
    };
    match facts.observations.get(Probe::Saw) {
        Some(Outcome::Answered {
            answer: Answer::Saw(saw),
            ..
        }) if same_family(&saw.address, &challenge.saw.address)
            && saw.address != challenge.saw.address =>
        {
            vec![Finding::network(Cause::SplitEgress, Proof::Confirmed)]
        }
        _ => Vec::new(),
    }
}

/// A computer with IPv4 and IPv6 may use either; that is no second way out.
fn same_family(one: &str, other: &str) -> bool {
    one.contains(':') == other.contains(':')
}
