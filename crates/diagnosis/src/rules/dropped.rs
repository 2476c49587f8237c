//! Silence until the deadline, where outside gets an answer or nobody outside looked.

use super::{NOTHING, Rule, failing_here};
use crate::analysis::{Detail, Facts};
use crate::finding::{Cause, Finding};
use reachcheck_model::thresholds::ENDPOINT_DEADLINE_S;

pub(super) const RULE: Rule = Rule {
    find,
    hides: NOTHING,
};

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    failing_here(facts, &|endpoint| match endpoint.conclusion.detail {
        Detail::NoAnswer => Some(Cause::Dropped {
            seconds: ENDPOINT_DEADLINE_S,
            gave_up: endpoint.gave_up,
        }),
        _ => None,
    })
}
