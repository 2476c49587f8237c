//! Something in this browser stands between the page and the network: what it measures may be that.

use super::{NOTHING, Rule};
use crate::analysis::{Facts, Proof};
use crate::finding::{Cause, Finding};

pub(super) const RULE: Rule = Rule {
    find,
    hides: NOTHING,
};

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let replaced = facts.environment.replaced.clone();
    if replaced.is_empty() {
        return Vec::new();
    }
    vec![Finding::network(
        Cause::ExtensionInterferes { replaced },
        Proof::Confirmed,
    )]
}
