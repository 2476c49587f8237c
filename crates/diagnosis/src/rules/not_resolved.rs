//! The name is not known here: every attempt took as long as a failing lookup, or the browser gave up when
//! browsers give up on a name server that does not answer.

use super::{Rule, failing_here};
use crate::analysis::{Detail, Facts, GaveUp};
use crate::finding::{Cause, Code, Finding};

pub(super) const RULE: Rule = Rule {
    find,
    hides: |code| {
        matches!(
            code,
            Code::Dropped | Code::NotConnected | Code::RefusedNearby | Code::RefusedFar
        )
    },
};

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    failing_here(facts, &|endpoint| {
        if endpoint.gave_up == Some(GaveUp::Lookup) {
            return Some(Cause::NotResolved { ms: None });
        }
        match endpoint.conclusion.detail {
            Detail::NotResolved { ms } => Some(Cause::NotResolved { ms: Some(ms) }),
            _ => None,
        }
    })
}
