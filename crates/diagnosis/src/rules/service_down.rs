//! It fails here and from outside: nobody's network is to blame for it.

use super::{NOTHING, Rule, each};
use crate::analysis::{CheckOutcome, Facts, OutsideView};
use crate::finding::{Cause, Finding};

pub(super) const RULE: Rule = Rule {
    find,
    hides: NOTHING,
};

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    each(facts, &|endpoint| match endpoint.outside {
        OutsideView::Failed(outside) if endpoint.conclusion.outcome == CheckOutcome::Failed => {
            Some(Cause::ServiceDown { outside })
        }
        _ => None,
    })
}
