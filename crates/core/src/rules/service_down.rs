//! It fails here and from outside: nobody's network is to blame for it.

use super::{NOTHING, Rule, of_endpoint};
use crate::analysis::{CheckOutcome, Facts, OutsideView};
use crate::finding::{Cause, Finding};

pub(super) const RULE: Rule = Rule {
    find,
    hides: NOTHING,
};

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    facts
        .endpoints
        .iter()
        .filter(|endpoint| endpoint.conclusion.outcome == CheckOutcome::Failed)
        .filter_map(|endpoint| match endpoint.outside {
            OutsideView::Failed(outside) => {
                Some(of_endpoint(endpoint, Cause::ServiceDown { outside }))
            }
            _ => None,
        })
        .collect()
}
