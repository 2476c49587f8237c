//! Server events that the relay sent on schedule did not come, came late, or their connection died.

use super::{NOTHING, Rule};
use crate::analysis::{CheckOutcome, Detail, Facts, Proof};
use crate::checks;
use crate::finding::{Cause, Finding};
use reachcheck_wire::Schedule;

pub(super) const RULE: Rule = Rule {
    find,
    hides: NOTHING,
};

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let conclusion = checks::events(facts);
    if conclusion.outcome != CheckOutcome::Failed {
        return Vec::new();
    }
    let cause = match conclusion.detail {
        Detail::Events {
            expected,
            arrived,
            late_ms_max,
        } => Cause::EventsLost {
            expected,
            arrived,
            late_ms_max: Some(late_ms_max),
        },
        _ => Cause::EventsLost {
            expected: u32::try_from(Schedule::Short.due_ms().len()).unwrap_or(u32::MAX),
            arrived: 0,
            late_ms_max: None,
        },
    };
    vec![Finding::network(cause, Proof::Confirmed)]
}
