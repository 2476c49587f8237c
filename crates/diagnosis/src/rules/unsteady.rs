//! An endpoint that answered some attempts of this run and failed others.

use super::{NOTHING, Rule, working};
use crate::analysis::{Detail, Facts};
use crate::finding::{Cause, Finding};

pub(super) const RULE: Rule = Rule {
    find,
    hides: NOTHING,
};

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    working(facts, &|_, detail| match *detail {
        Detail::AnsweredSometimes { answered, failed } => {
            Some(Cause::Unsteady { answered, failed })
        }
        _ => None,
    })
}
