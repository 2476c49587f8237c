//! Connected, then cut while the encryption was being agreed.

use super::{NOTHING, Rule, failing_here};
use crate::analysis::{Detail, Facts};
use crate::finding::{Cause, Finding};

pub(super) const RULE: Rule = Rule {
    find,
    hides: NOTHING,
};

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    failing_here(facts, &|endpoint| match endpoint.conclusion.detail {
        Detail::Cut { ms } => Some(Cause::CutInHandshake { ms }),
        _ => None,
    })
}
