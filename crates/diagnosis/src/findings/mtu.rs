use super::{Cause, Code, Evidence, Meta, Spoils};
use crate::analysis::{Detail, EndpointFacts, Facts, GaveUp};
use crate::finding::{Finding, failing_here};

/// Hosts of several regions whose connections come up and whose handshakes get no answer: packets of full size vanish on
/// the way, as on a tunnel that takes less than both ends believe (RFC 2923, path MTU black holes). It is told once the
/// browser has given up.
///
/// ```
/// use reachcheck_diagnosis::testing::{failed, healthy};
/// use reachcheck_model::probe::Probe;
///
/// let mut run = healthy();
/// for id in ["seattle/https", "virginia/https"] {
///     let gave_up = Probe::GiveUp(run.find(id));
///     run = run.silent(id).set(gave_up, failed(30_300.0));
/// }
/// assert!(run.findings().iter().all(|it| it.starts_with("mtu")));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Mtu;

pub(super) const META: Meta = Meta {
    token: "mtu",
    wire: 38,
    short: 39,
    hides: &[Code::Dropped],
    spoils: Spoils::Nothing,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let is_stuck = |endpoint: &EndpointFacts| {
        endpoint.conclusion.detail == Detail::NoAnswer
            && endpoint.gave_up == Some(GaveUp::Handshake)
    };
    // One host alone may as well be one that is filtered by its name, and two of a region share a site.
    let mut stuck = facts.endpoints.iter().filter(|it| is_stuck(it));
    let Some(first) = stuck.next().map(|it| it.endpoint.region) else {
        return Vec::new();
    };
    if stuck.all(|it| it.endpoint.region == first) {
        return Vec::new();
    }
    failing_here(facts, &|endpoint| {
        is_stuck(endpoint).then_some(Cause::Mtu(Mtu))
    })
}

impl Evidence for Mtu {
    fn examples() -> Vec<Self> {
        vec![Self]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Scenario, failed, healthy, unreached};
    use reachcheck_model::observation::Outcome;
    use reachcheck_model::probe::Probe;
    use reachcheck_wire::Connect;

    fn given_up(run: Scenario, id: &str, late: Outcome) -> Scenario {
        let gave_up = Probe::GiveUp(run.find(id));
        run.silent(id).set(gave_up, late)
    }

    fn stuck(run: Scenario, id: &str) -> Scenario {
        given_up(run, id, failed(30_300.0))
    }

    #[test]
    fn several_hosts_that_are_stuck_in_the_handshake_name_large_packets() {
        let run = stuck(stuck(healthy(), "seattle/https"), "virginia/tcp");
        let found = ["mtu / virginia - confirmed", "mtu / seattle - confirmed"];
        assert_eq!(run.findings(), found);
    }

    #[test]
    fn one_host_that_is_stuck_or_two_that_never_connected_are_dropped() {
        let one = stuck(healthy(), "seattle/https").findings();
        assert!(one[0].starts_with("dropped"), "{one:?}");
        let later = || Outcome::TimedOut { ms: 36_000.0 };
        let two = given_up(healthy(), "seattle/https", later());
        let two = given_up(two, "virginia/https", later()).findings();
        assert!(two.iter().all(|it| it.starts_with("dropped")), "{two:?}");
    }

    #[test]
    fn a_service_that_is_down_is_not_the_network() {
        let run = stuck(stuck(healthy(), "seattle/https"), "virginia/https")
            .outside(
                "seattle/https",
                unreached("seattle/https", Connect::TimedOut { ms: 4_000.0 }),
            )
            .outside(
                "virginia/https",
                unreached("virginia/https", Connect::TimedOut { ms: 4_000.0 }),
            );
        let findings = run.findings();
        assert!(
            findings.iter().all(|it| !it.starts_with("mtu")),
            "{findings:?}"
        );
    }
}
