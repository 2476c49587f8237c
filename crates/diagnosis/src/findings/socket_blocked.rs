use super::{Cause, Code, Evidence, Meta, Spoils};
use crate::analysis::{CheckOutcome, Facts};
use crate::finding::{Finding, in_network};

/// HTTPS to the relay works, and it allows us and has room, and a WebSocket to it fails twice.
///
/// ```
/// use reachcheck_model::probe::Probe;
/// use reachcheck_diagnosis::testing::{closed, healthy};
///
/// let run = healthy().set(Probe::Socket, closed(250.0, 1006));
/// assert_eq!(run.findings(), ["socket-blocked / network - inferred"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct SocketBlocked;

pub(super) const META: Meta = Meta {
    token: "socket-blocked",
    wire: 14,
    short: 15,
    hides: &[Code::HoldCut, Code::EventsLost],
    spoils: Spoils::EveryRegion,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    // A fault of whatever stands in front of the relay would look the same, so it is never more than inferred.
    let socket = &facts.network.socket;
    let is_blocked = socket.outcome == CheckOutcome::Failed;
    in_network(
        is_blocked.then_some(Cause::SocketBlocked(SocketBlocked)),
        socket.proof,
    )
}

impl Evidence for SocketBlocked {
    fn examples() -> Vec<Self> {
        vec![Self]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{ALL_WELL, closed, expect, healthy, summary};
    use reachcheck_model::observation::{Failure, NotRun, Outcome};
    use reachcheck_model::probe::Probe;

    #[test]
    fn a_socket_that_fails_twice_while_https_works_spoils_every_region() {
        let blocked = healthy()
            .set(Probe::Socket, closed(250.0, 1006))
            .set(Probe::Pings, Outcome::NotRun(NotRun::NoSocket))
            .set(Probe::Events, Outcome::NotRun(NotRun::NoSocket));
        expect(
            &blocked,
            &[
                "degraded: degraded degraded degraded degraded",
                "socket-blocked / network - inferred",
            ],
        );
        // Busy is not blocked.
        let busy = blocked.set(
            Probe::Socket,
            Outcome::Failed {
                ms: 250.0,
                failure: Failure::Busy,
            },
        );
        expect(&busy, &[ALL_WELL, "relay-busy / network - confirmed"]);
        // A region that is blocked stays so.
        let stronger = healthy()
            .set(Probe::Socket, closed(250.0, 1006))
            .silent("seattle/tcp");
        assert_eq!(
            summary(&stronger)[0],
            "blocked: degraded degraded blocked degraded"
        );
    }
}
