//! What stands between this run and its view from outside. None of these spoils a verdict by itself.

use super::{NOTHING, Rule};
use crate::analysis::{Outside, Proof, RelayState, WhyNot};
use crate::finding::{Cause, Finding};
use reachcheck_model::observation::{Failure, Outcome};
use reachcheck_model::probe::Probe;

/// It answers, and does not allow this page's origin.
pub(super) const MISCONFIGURED: Rule = Rule {
    find: |facts| {
        found(
            facts.relay == RelayState::Refuses,
            Cause::RelayMisconfigured {
                origin: facts.environment.origin.clone(),
            },
            Proof::Confirmed,
        )
    },
    hides: NOTHING,
};

/// It answers, and says that it has no room: at the challenge, or on the socket.
pub(super) const BUSY: Rule = Rule {
    find: |facts| {
        let on_socket = matches!(
            facts.observations.get(Probe::Socket),
            Some(Outcome::Failed {
                failure: Failure::Busy,
                ..
            })
        );
        found(
            facts.relay == RelayState::Busy || on_socket,
            Cause::RelayBusy,
            Proof::Confirmed,
        )
    },
    hides: NOTHING,
};

/// None of the configured relays answered.
pub(super) const UNREACHABLE: Rule = Rule {
    find: |facts| match facts.relay {
        RelayState::Unreachable { wrong_answer } => found(
            true,
            Cause::RelayUnreachable {
                relay: facts
                    .plan
                    .relays
                    .first()
                    .map(|relay| relay.base.clone())
                    .unwrap_or_default(),
                wrong_answer,
            },
            Proof::Inferred,
        ),
        _ => Vec::new(),
    },
    hides: NOTHING,
};

/// It serves us, and is no view from outside: on this computer, or without a way out of its own.
pub(super) const NOT_OUTSIDE: Rule = Rule {
    find: |facts| match facts.outside {
        Outside::No(why @ (WhyNot::RelayInside | WhyNot::RelayLostItsWay | WhyNot::NoWord))
            if matches!(facts.relay, RelayState::Usable { .. }) =>
        {
            found(true, Cause::RelayNotOutside { why }, Proof::Confirmed)
        }
        _ => Vec::new(),
    },
    hides: NOTHING,
};

/// The settings name none.
pub(super) const NOT_CONFIGURED: Rule = Rule {
    find: |facts| {
        found(
            facts.relay == RelayState::NotConfigured,
            Cause::NoRelay,
            Proof::Confirmed,
        )
    },
    hides: NOTHING,
};

fn found(matches: bool, cause: Cause, proof: Proof) -> Vec<Finding> {
    if matches {
        vec![Finding::network(cause, proof)]
    } else {
        Vec::new()
    }
}
