//! Somebody connects in the browser's place. No fault; it explains others, and says whom to ask.

use super::{NOTHING, Rule};
use crate::analysis::{Facts, Proof, Way};
use crate::finding::{Cause, Finding};

pub(super) const RULE: Rule = Rule {
    find,
    hides: NOTHING,
};

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    match facts.way {
        way @ (Way::Proxy | Way::EndsNearby) => {
            vec![Finding::network(
                Cause::ProxyInPath { way },
                Proof::Inferred,
            )]
        }
        Way::Direct | Way::Unknown => Vec::new(),
    }
}
