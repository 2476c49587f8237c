//! It failed, and neither time nor the view from outside says where: the candidates are named.

use super::{NOTHING, Rule, failing_here};
use crate::analysis::{Detail, Facts};
use crate::finding::{Cause, Finding};

pub(super) const RULE: Rule = Rule {
    find,
    hides: NOTHING,
};

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    failing_here(facts, &|endpoint| match endpoint.conclusion.detail {
        Detail::Failed { ms } => Some(Cause::NotConnected { ms }),
        _ => None,
    })
}
