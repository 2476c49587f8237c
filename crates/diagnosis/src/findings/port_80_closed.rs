use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{CheckOutcome, Detail, Facts};
use crate::finding::{Finding, in_network};
use crate::phrasing::{Circumstances, Phrasing, Value};

/// Port 80 is closed towards the relay, where it listens.
///
/// ```
/// use reachcheck_model::probe::{Port, Probe};
/// use reachcheck_diagnosis::testing::{R, failed, healthy};
///
/// let run = healthy().set(Probe::Port(Port::Http), failed(R));
/// assert_eq!(run.findings(), ["port-80-closed / network - inferred"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Port80Closed {
    /// Refused, after so many milliseconds; `None`: no answer.
    pub refused_ms: Option<f64>,
}

pub(super) const META: Meta = Meta {
    token: "port-80-closed",
    wire: 16,
    short: 18,
    hides: &[],
    spoils: Spoils::EveryRegion,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let port = &facts.network.port_80;
    if port.outcome != CheckOutcome::Failed {
        return Vec::new();
    }
    let refused_ms = match port.detail {
        Detail::PortRefused { ms } => Some(ms),
        _ => None,
    };
    in_network(
        Some(Cause::Port80Closed(Port80Closed { refused_ms })),
        port.proof,
    )
}

impl Evidence for Port80Closed {
    fn phrasing(&self, _: Circumstances) -> Phrasing<'_> {
        match self.refused_ms {
            Some(ms) => Phrasing::what("refused", &[("time", Value::Ms(ms))]),
            None => Phrasing::default(),
        }
    }

    fn examples() -> Vec<Self> {
        vec![Self {
            refused_ms: Some(82.0),
        }]
    }

    fn further_examples() -> Vec<Self> {
        vec![Self { refused_ms: None }]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{ALL_DEGRADED, ALL_WELL, R, check, expect, failed, healthy};
    use reachcheck_model::local_conditions::LocalConditions;
    use reachcheck_model::observation::{Failure, NotRun, Outcome};
    use reachcheck_model::probe::{Port, Probe};

    /// Its deadline may have passed before the page looked.
    #[test]
    fn a_page_that_stood_still_closes_no_port() {
        let silent = || {
            let probe = Probe::Port(Port::Http);
            healthy().set(probe, Outcome::TimedOut { ms: 4000.0 })
        };
        let while_stalled = |stalled_ms| {
            let local = LocalConditions {
                stalled_ms,
                ..LocalConditions::default()
            };
            silent().while_out(Probe::Port(Port::Http), local)
        };
        expect(&while_stalled(2_000.0), &[ALL_WELL]);
        assert_eq!(
            check(&while_stalled(2_000.0), "network/port-80"),
            "unknown none"
        );
        assert_eq!(while_stalled(300.0).summary(), silent().summary());
    }

    #[test]
    fn a_port_that_is_refused_or_silent_towards_the_relay_spoils_every_region() {
        for outcome in [failed(3.0), failed(R), Outcome::TimedOut { ms: 4000.0 }] {
            let closed = healthy().set(Probe::Port(Port::Http), outcome.clone());
            expect(
                &closed,
                &[ALL_DEGRADED, "port-80-closed / network - inferred"],
            );
            assert_eq!(check(&closed, "network/port-80"), "failed inferred");
            let closed = healthy().set(Probe::Port(Port::Xmpp), outcome);
            expect(
                &closed,
                &[ALL_DEGRADED, "port-5222-closed / network - inferred"],
            );
        }
    }

    #[test]
    fn tls_that_is_cut_on_a_port_proves_nothing_about_plain_traffic() {
        for outcome in [
            failed(4.0 * R),
            failed(2.0 * R),
            Outcome::Failed {
                ms: R,
                failure: Failure::WrongAnswer,
            },
        ] {
            let cut = healthy().set(Probe::Port(Port::Http), outcome);
            expect(&cut, &[ALL_WELL]);
            assert_eq!(check(&cut, "network/port-80"), "unknown none");
        }
    }

    #[test]
    fn behind_a_proxy_a_refused_port_says_nothing() {
        let refused = healthy()
            .behind_proxy()
            .set(Probe::Port(Port::Http), failed(3.0))
            .set(Probe::Port(Port::Xmpp), Outcome::TimedOut { ms: 4000.0 });
        expect(&refused, &[ALL_WELL, "proxy-in-path / network - inferred"]);
        assert_eq!(check(&refused, "network/port-80"), "unknown none");
        assert_eq!(check(&refused, "network/port-5222"), "unknown none");
    }

    #[test]
    fn ports_that_the_relay_does_not_serve_are_not_run() {
        let other = healthy()
            .challenge(|challenge| challenge.ports = vec![443])
            .set(Probe::Port(Port::Http), Outcome::NotRun(NotRun::NotOffered));
        expect(&other, &[ALL_WELL]);
        assert_eq!(check(&other, "network/port-80"), "not-run none");
    }
}
