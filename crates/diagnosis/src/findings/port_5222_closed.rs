use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{CheckOutcome, Detail, Facts};
use crate::finding::{Finding, in_network};
use crate::phrasing::{Circumstances, Phrasing, Value};

/// Port 5222 is closed towards the relay, where it listens.
///
/// ```
/// use reachcheck_model::probe::{Port, Probe};
/// use reachcheck_diagnosis::testing::{R, failed, healthy};
///
/// let run = healthy().set(Probe::Port(Port::Xmpp), failed(R));
/// assert_eq!(run.findings(), ["port-5222-closed / network - inferred"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Port5222Closed {
    /// Refused, after so many milliseconds; `None`: no answer.
    pub refused_ms: Option<f64>,
}

pub(super) const META: Meta = Meta {
    token: "port-5222-closed",
    wire: 17,
    short: 19,
    hides: &[],
    spoils: Spoils::EveryRegion,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let port = &facts.network.port_5222;
    if port.outcome != CheckOutcome::Failed {
        return Vec::new();
    }
    let refused_ms = match port.detail {
        Detail::PortRefused { ms } => Some(ms),
        _ => None,
    };
    in_network(
        Some(Cause::Port5222Closed(Port5222Closed { refused_ms })),
        port.proof,
    )
}

impl Evidence for Port5222Closed {
    fn phrasing(&self, _: Circumstances) -> Phrasing<'_> {
        match self.refused_ms {
            Some(ms) => Phrasing::what("refused", &[("time", Value::Ms(ms))]),
            None => Phrasing::default(),
        }
    }

    fn examples() -> Vec<Self> {
        vec![Self { refused_ms: None }]
    }

    fn further_examples() -> Vec<Self> {
        vec![Self {
            refused_ms: Some(82.0),
        }]
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::Detail;
    use crate::testing::{ALL_DEGRADED, ALL_WELL, R, Scenario, expect, failed, healthy};
    use reachcheck_model::observation::{Failure, Outcome};
    use reachcheck_model::operating_system::OperatingSystem;
    use reachcheck_model::probe::{Port, Probe};

    /// Seattle is blocked, and every other region is spoiled.
    const BLOCKED_BESIDE_DEGRADED: &str = "blocked: degraded degraded blocked degraded";

    /// Each port fails after so many milliseconds on a computer of that system.
    fn both(system: OperatingSystem, ms: f64) -> Scenario {
        let mut run = healthy();
        run.environment.system = system;
        Port::ALL
            .into_iter()
            .fold(run, |run, port| run.set(Probe::Port(port), failed(ms)))
    }

    /// Windows repeats a refused SYN for two seconds, near by and far away, so the time is not one of TLS that was cut.
    #[test]
    fn what_windows_tried_for_two_seconds_was_refused() {
        let closed = [
            ALL_DEGRADED,
            "port-80-closed / network - inferred",
            "port-5222-closed / network - inferred",
        ];
        for ms in [2_003.0, 2_000.0 + R, 2_000.0 + 5.0 * R] {
            expect(&both(OperatingSystem::Windows, ms), &closed);
        }
        // Sooner, and on a system that does not repeat it, the time is that of something else.
        expect(&both(OperatingSystem::Windows, 1_700.0), &[ALL_WELL]);
        expect(&both(OperatingSystem::Linux, 2_003.0), &[ALL_WELL]);
        // What was connected was not refused.
        let connected = Outcome::Failed {
            ms: 2_003.0,
            failure: Failure::ConnectedOnly,
        };
        expect(
            &healthy().set(Probe::Port(Port::Xmpp), connected),
            &[ALL_WELL],
        );
        // A region that is blocked stays the worse news.
        expect(
            &both(OperatingSystem::Windows, 2_003.0).fails_after("seattle/https", 0.03),
            &[
                BLOCKED_BESIDE_DEGRADED,
                "refused-nearby / seattle - confirmed",
                "port-80-closed / network - inferred",
                "port-5222-closed / network - inferred",
            ],
        );
    }

    /// A client that goes direct may get through where the proxy does not.
    #[test]
    fn a_proxy_hides_what_windows_was_refused() {
        let run = both(OperatingSystem::Windows, 2_003.0).behind_proxy();
        expect(&run, &[ALL_WELL, "proxy-in-path / network - inferred"]);
        let network = run.diagnose().network;
        let details = network.iter().map(|check| &check.conclusion.detail);
        let said = details.filter(|detail| **detail == Detail::BehindProxy);
        assert_eq!(said.count(), 2);
    }

    #[test]
    fn silence_is_a_closed_port_too_and_an_answer_is_none() {
        let with = |outcome| healthy().set(Probe::Port(Port::Xmpp), outcome);
        expect(
            &with(Outcome::TimedOut { ms: 4000.0 }),
            &[ALL_DEGRADED, "port-5222-closed / network - inferred"],
        );
        expect(&with(failed(4.0 * R)), &[ALL_WELL]);
    }
}
