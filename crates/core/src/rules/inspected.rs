//! A name that cannot exist answered over trusted TLS: somebody opens the encrypted connections.

use super::{NOTHING, Rule};
use crate::analysis::{Canary, Facts, Proof};
use crate::finding::{Cause, Finding};

pub(super) const RULE: Rule = Rule {
    find,
    hides: NOTHING,
};

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    if facts.canary == Canary::Answered {
        vec![Finding::network(Cause::Inspected, Proof::Confirmed)]
    } else {
        Vec::new()
    }
}
