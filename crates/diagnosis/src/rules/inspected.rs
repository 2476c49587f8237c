//! A name that cannot exist answered over trusted TLS: somebody opens the encrypted connections.

use super::{NOTHING, Rule};
use crate::analysis::{Facts, Proof};
use crate::finding::{Cause, Finding};

pub(super) const RULE: Rule = Rule {
    find,
    hides: NOTHING,
};

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    facts
        .inspection
        .clone()
        .map(|how| Finding::network(Cause::Inspected { how }, Proof::Confirmed))
        .into_iter()
        .collect()
}
