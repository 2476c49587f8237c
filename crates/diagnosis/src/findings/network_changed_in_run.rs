use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{Detail, Facts, Proof};
use crate::finding::{Finding, in_network};

/// A network of this computer that came or went during the run, where something failed meanwhile that is therefore not
/// counted: a cable, a Wi-Fi, a VPN.
///
/// ```
/// use reachcheck_diagnosis::testing::healthy;
/// use reachcheck_model::local_conditions::LocalConditions;
/// use reachcheck_model::probe::Probe;
///
/// let run = healthy().silent("seattle/tcp");
/// let endpoint = run.find("seattle/tcp");
/// let changed = LocalConditions { network_changed: true, ..LocalConditions::default() };
/// let probes = [Probe::Fetch(endpoint, 0), Probe::Upgrade(endpoint)];
/// let run = probes.into_iter().fold(run, |run, probe| run.while_out(probe, changed));
/// assert_eq!(run.findings(), ["network-changed-in-run / network - confirmed"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct NetworkChangedInRun;

pub(super) const META: Meta = Meta {
    token: "network-changed-in-run",
    wire: 39,
    short: 40,
    hides: &[],
    spoils: Spoils::Nothing,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let of_network = [
        &facts.network.socket,
        &facts.network.events,
        &facts.network.hold,
    ];
    let endpoints = facts.endpoints.iter().map(|endpoint| &endpoint.conclusion);
    let mut conclusions = endpoints.chain(of_network);
    let is_found = conclusions.any(|it| it.detail == Detail::NetworkChanged);
    // The browser says so itself.
    let cause = is_found.then_some(Cause::NetworkChangedInRun(NetworkChangedInRun));
    in_network(cause, Proof::Confirmed)
}

impl Evidence for NetworkChangedInRun {
    fn examples() -> Vec<Self> {
        vec![Self]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{ALL_WELL, SEATTLE_UNKNOWN, Scenario, expect, healthy};
    use reachcheck_model::local_conditions::LocalConditions;
    use reachcheck_model::probe::Probe;

    const CHANGED: LocalConditions = LocalConditions {
        network_changed: true,
        own_delay_ms: None,
        stalled_ms: 0.0,
        kept: false,
    };

    fn while_out(run: Scenario, id: &str) -> Scenario {
        let endpoint = run.find(id);
        let probes = [Probe::Fetch(endpoint, 0), Probe::Upgrade(endpoint)];
        let put = |run: Scenario, probe| run.while_out(probe, CHANGED);
        probes.into_iter().fold(run, put)
    }

    #[test]
    fn what_failed_as_the_network_went_is_told_and_not_counted() {
        let run = while_out(healthy().silent("seattle/tcp"), "seattle/tcp");
        let found = "network-changed-in-run / network - confirmed";
        expect(&run, &[SEATTLE_UNKNOWN, found]);
    }

    #[test]
    fn a_change_beside_which_nothing_failed_is_none() {
        expect(&while_out(healthy(), "seattle/tcp"), &[ALL_WELL]);
    }

    /// What failed without it is told for itself.
    #[test]
    fn a_failure_that_it_was_not_beside_keeps_its_own_finding() {
        let silent = healthy().silent("seattle/tcp").silent("virginia/https");
        let findings = while_out(silent, "seattle/tcp").findings();
        let starts = |token: &str| findings.iter().any(|it| it.starts_with(token));
        assert!(starts("dropped / virginia"), "{findings:?}");
        assert!(starts("network-changed-in-run"), "{findings:?}");
    }
}
