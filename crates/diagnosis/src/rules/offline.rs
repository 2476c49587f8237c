//! Nothing beyond this computer answered: no control, no endpoint.
//!
//! Everything else that failed follows from it, so it hides all other findings.

use super::Rule;
use crate::analysis::{Facts, Proof};
use crate::finding::{Cause, Finding};

pub(super) const RULE: Rule = Rule {
    find,
    hides: |code| !matches!(code, crate::finding::Code::Offline),
};

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    if !facts.is_offline() {
        return Vec::new();
    }
    // That many attempts without one answer are no proof that none could have come.
    vec![Finding::network(Cause::Offline, Proof::Inferred)]
}
