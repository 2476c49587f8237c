//! Something answered in the service's place: faster than the way there allows, or, where something
//! answers for everybody, in a way the service does not from outside.

use super::{Rule, failing_here};
use crate::analysis::{Detail, Facts};
use crate::finding::{Cause, Code, Finding};

pub(super) const RULE: Rule = Rule {
    find,
    hides: |code| matches!(code, Code::Slow | Code::Unsteady),
};

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    failing_here(facts, &|endpoint| match endpoint.conclusion.detail {
        Detail::TooFast { ms, floor_ms } => Some(Cause::AnswerNotFromService {
            ms: Some(ms),
            floor_ms: Some(floor_ms),
        }),
        Detail::AnswersUnlikeOutside => Some(Cause::AnswerNotFromService {
            ms: None,
            floor_ms: None,
        }),
        _ => None,
    })
}
