//! HTTPS to the relay works, and it allows us and has room, and a WebSocket to it fails twice.

use super::Rule;
use crate::analysis::{Facts, Proof, RelayState};
use crate::finding::{Cause, Code, Finding};
use reachcheck_model::observation::{Failure, Outcome};
use reachcheck_model::probe::Probe;

pub(super) const RULE: Rule = Rule {
    find,
    hides: |code| matches!(code, Code::EventsLost | Code::HoldCut),
};

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let usable = matches!(facts.relay, RelayState::Usable { .. }) && !facts.relay_is_local();
    let blocked = match facts.observations.get(Probe::Socket) {
        Some(Outcome::Failed { failure, .. }) => *failure != Failure::Busy,
        Some(Outcome::TimedOut { .. }) => true,
        _ => false,
    };
    if usable && blocked {
        // A fault of whatever stands in front of the relay would look the same.
        vec![Finding::network(Cause::SocketBlocked, Proof::Inferred)]
    } else {
        Vec::new()
    }
}
