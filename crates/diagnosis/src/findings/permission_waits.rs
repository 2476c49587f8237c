use super::{Cause, Code, Evidence, Meta, Spoils};
use crate::analysis::{Detail, Facts, Proof};
use crate::finding::{Finding, each};

/// The browser asks whether the page may reach the local network, and keeps requests and WebSockets waiting for the answer:
/// the name leads to a private address (Local Network Access in Chromium; docs/browsers.md section 5). It is told from silence
/// by requests that insist on where the address lies.
///
/// ```
/// use reachcheck_diagnosis::testing::{failed, healthy, silence};
/// use reachcheck_model::probe::{AddressSpace, Probe};
///
/// let run = healthy().silent("seattle/https");
/// let endpoint = run.find("seattle/https");
/// let run = run
///     .set(Probe::InSpace(endpoint, AddressSpace::Public), failed(250.0))
///     .set(Probe::InSpace(endpoint, AddressSpace::Local), silence());
/// assert_eq!(run.findings(), ["permission-waits / seattle - inferred"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct PermissionWaits;

pub(super) const META: Meta = Meta {
    token: "permission-waits",
    wire: 40,
    short: 41,
    hides: &[
        Code::PrivateAddress,
        Code::RefusedNearby,
        Code::Dropped,
        Code::NotResolved,
        Code::Refused,
        Code::NotConnected,
        Code::Unsteady,
    ],
    spoils: Spoils::Nothing,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = each(facts, &|endpoint| {
        let waits = endpoint.conclusion.detail == Detail::PermissionWaits;
        waits.then_some(Cause::PermissionWaits(PermissionWaits))
    });
    for finding in &mut found {
        finding.proof = Proof::Inferred;
    }
    found
}

impl Evidence for PermissionWaits {
    fn examples() -> Vec<Self> {
        vec![Self]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{
        ALL_WELL, SEATTLE_BLOCKED, SEATTLE_UNKNOWN, Scenario, answered, check, expect, failed,
        healthy, silence, unreached,
    };
    use reachcheck_model::local_conditions::LocalConditions;
    use reachcheck_model::observation::{Answer, Outcome};
    use reachcheck_model::probe::{AddressSpace, Probe};
    use reachcheck_wire::Connect;

    const WAITS: &str = "permission-waits / seattle - inferred";
    const DROPPED: &str = "dropped / seattle - inferred";

    /// A silent endpoint of Seattle, and what came of the requests that insist on a public and on a local address.
    fn insisting(id: &str, public: Outcome, local: Outcome) -> Scenario {
        let run = healthy().silent(id);
        let endpoint = run.find(id);
        run.set(Probe::InSpace(endpoint, AddressSpace::Public), public)
            .set(Probe::InSpace(endpoint, AddressSpace::Local), local)
    }

    fn asks(id: &str) -> Scenario {
        insisting(id, failed(250.0), silence())
    }

    #[test]
    fn what_waits_on_a_connection_to_a_local_address_waits_for_a_permission() {
        for id in ["seattle/https", "seattle/tcp"] {
            expect(&asks(id), &[SEATTLE_UNKNOWN, WAITS]);
            assert_eq!(check(&asks(id), id), "unknown none");
        }
        // Without anybody outside as well.
        let alone = asks("seattle/tcp").no_relay();
        expect(
            &alone,
            &[SEATTLE_UNKNOWN, WAITS, "no-relay / network - confirmed"],
        );
        // The relay does not dial a private address, and need not say so again.
        let private = asks("seattle/https").outside(
            "seattle/https",
            unreached("seattle/https", Connect::Forbidden),
        );
        expect(&private, &[SEATTLE_UNKNOWN, WAITS]);
    }

    #[test]
    fn silence_is_no_question_by_itself() {
        let opaque = || answered(300.0, Answer::Opaque);
        for (public, local) in [
            // Nothing is connected.
            (silence(), silence()),
            // A public address, on which HTTP is silent.
            (silence(), failed(250.0)),
            // A proxy stands between.
            (failed(250.0), failed(250.0)),
            // It answers now.
            (opaque(), failed(250.0)),
            // The first request ended by itself meanwhile.
            (failed(250.0), Outcome::Cancelled),
        ] {
            let run = insisting("seattle/https", public, local);
            expect(&run, &[SEATTLE_BLOCKED, DROPPED]);
        }
    }

    #[test]
    fn a_permission_that_is_given_late_makes_no_service_slow() {
        let run = insisting(
            "seattle/https",
            failed(250.0),
            answered(9.0, Answer::Opaque),
        );
        let late = Probe::GiveUp(run.find("seattle/https"));
        let given = run.set(late, answered(12_000.0, Answer::Opaque));
        expect(&given, &[ALL_WELL]);
        // What is refused late is not what the browser gave up: the name was known.
        let refused = asks("seattle/https").set(late, failed(13_010.0));
        expect(&refused, &[SEATTLE_UNKNOWN, WAITS]);
    }

    #[test]
    fn a_network_that_changed_explains_it_first() {
        let run = asks("seattle/https");
        let endpoint = run.find("seattle/https");
        let changed = LocalConditions {
            network_changed: true,
            ..LocalConditions::default()
        };
        let probes = [Probe::Fetch(endpoint, 0), Probe::Upgrade(endpoint)];
        let put = |run: Scenario, probe| run.while_out(probe, changed);
        let run = probes.into_iter().fold(run, put);
        expect(
            &run,
            &[
                SEATTLE_UNKNOWN,
                "network-changed-in-run / network - confirmed",
            ],
        );
    }
}
