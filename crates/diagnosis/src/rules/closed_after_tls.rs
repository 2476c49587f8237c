//! Encrypted, then closed without an answer, where outside gets one or nobody outside looked.

use super::{NOTHING, Rule, failing_here};
use crate::analysis::{Detail, Facts};
use crate::finding::{Cause, Finding};

pub(super) const RULE: Rule = Rule {
    find,
    hides: NOTHING,
};

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    failing_here(facts, &|endpoint| match endpoint.conclusion.detail {
        Detail::ClosedAfterTls { ms } => Some(Cause::ClosedAfterTls { ms }),
        _ => None,
    })
}
