use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{Facts, Proof, RelayState};
use crate::finding::{Finding, in_network};
use reachcheck_model::observation::{Failure, Outcome};
use reachcheck_model::probe::Probe;

/// The relay answers, and says that it has no room: at the challenge, or on the socket.
///
/// ```
/// use reachcheck_diagnosis::testing::healthy;
///
/// let run = healthy().challenge(|challenge| challenge.busy = true);
/// assert_eq!(run.findings(), ["relay-busy / network - confirmed"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RelayBusy;

pub(super) const META: Meta = Meta {
    token: "relay-busy",
    wire: 27,
    short: 28,
    hides: &[],
    spoils: Spoils::Nothing,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let on_socket = matches!(
        facts.observations.get(Probe::Socket),
        Some(Outcome::Failed {
            failure: Failure::Busy,
            ..
        })
    );
    let is_busy = facts.relay == RelayState::Busy || on_socket;
    in_network(
        is_busy.then_some(Cause::RelayBusy(RelayBusy)),
        Proof::Confirmed,
    )
}

impl Evidence for RelayBusy {
    fn examples() -> Vec<Self> {
        vec![Self]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{ALL_WELL, expect, healthy};
    use reachcheck_model::observation::{Failure, Outcome};
    use reachcheck_model::probe::Probe;

    #[test]
    fn a_socket_is_told_that_there_is_no_room_too() {
        let with = |failure| healthy().set(Probe::Socket, Outcome::Failed { ms: 250.0, failure });
        expect(
            &with(Failure::Busy),
            &[ALL_WELL, "relay-busy / network - confirmed"],
        );
        let refused = with(Failure::WrongAnswer);
        assert_eq!(refused.findings(), ["socket-blocked / network - inferred"]);
    }
}
