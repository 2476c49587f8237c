//! An HTTPS endpoint whose typical warm answer takes longer than people wait without noticing.

use super::{NOTHING, Rule, working};
use crate::analysis::{Facts, Shape};
use crate::finding::{Cause, Finding};
use reachcheck_model::catalogue::Kind;

pub(super) const RULE: Rule = Rule {
    find,
    hides: NOTHING,
};

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    working(facts, &|endpoint, _| match &endpoint.shape {
        Shape::Answered(answered)
            if endpoint.endpoint.kind == Kind::Https && answered.typical_ms() > facts.slow_ms =>
        {
            Some(Cause::Slow {
                ms: answered.typical_ms(),
                limit_ms: facts.slow_ms,
            })
        }
        _ => None,
    })
}
