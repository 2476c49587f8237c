//! Refused faster than the path to the service allows: a firewall, proxy, filter or name filter close by.

use super::{NOTHING, Rule, failing_here};
use crate::analysis::{Detail, Facts};
use crate::finding::{Cause, Finding};

pub(super) const RULE: Rule = Rule {
    find,
    hides: NOTHING,
};

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    failing_here(facts, &|endpoint| match endpoint.conclusion.detail {
        Detail::RefusedNearby { ms } => Some(Cause::RefusedNearby { ms }),
        _ => None,
    })
}
