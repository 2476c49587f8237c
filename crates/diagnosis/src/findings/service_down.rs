use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{CheckOutcome, Facts, OutsideFailure, OutsideView};
use crate::finding::{Finding, each};
use crate::phrasing::{Circumstances, Phrasing, Value};
use reachcheck_wire::CertificateFault;

/// It fails here and from outside: nobody's network is to blame for it.
///
/// ```
/// use reachcheck_diagnosis::testing::{healthy, unreached};
/// use reachcheck_wire::Connect;
///
/// let run = healthy().silent("seattle/https").outside(
///     "seattle/https",
///     unreached("seattle/https", Connect::TimedOut { ms: 4000.0 }),
/// );
/// assert_eq!(run.findings(), ["service-down / seattle - inferred"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceDown {
    /// How it failed from outside.
    pub outside: OutsideFailure,
}

pub(super) const META: Meta = Meta {
    token: "service-down",
    wire: 13,
    short: 13,
    hides: &[],
    spoils: Spoils::Nothing,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    each(facts, &|endpoint| match endpoint.outside {
        OutsideView::Failed(outside) if endpoint.conclusion.outcome == CheckOutcome::Failed => {
            Some(Cause::ServiceDown(ServiceDown { outside }))
        }
        _ => None,
    })
}

impl Evidence for ServiceDown {
    fn phrasing(&self, _: Circumstances) -> Phrasing<'_> {
        let form = match self.outside {
            OutsideFailure::NoAnswer => "",
            OutsideFailure::Refused => "refused",
            OutsideFailure::NoRoute => "no-route",
            OutsideFailure::NotResolved => "not-resolved",
            OutsideFailure::NoTls => "no-tls",
            OutsideFailure::NoHttp => "no-http",
            OutsideFailure::Certificate(fault) => {
                return Phrasing::what("certificate", &[("fault", Value::Certificate(fault))]);
            }
        };
        Phrasing::what(form, &[])
    }

    fn examples() -> Vec<Self> {
        [
            OutsideFailure::Refused,
            OutsideFailure::NoAnswer,
            OutsideFailure::NoRoute,
            OutsideFailure::NotResolved,
            OutsideFailure::NoTls,
            OutsideFailure::NoHttp,
            OutsideFailure::Certificate(CertificateFault::Expired),
            OutsideFailure::Certificate(CertificateFault::NotYetValid),
            OutsideFailure::Certificate(CertificateFault::WrongName),
            OutsideFailure::Certificate(CertificateFault::Untrusted),
            OutsideFailure::Certificate(CertificateFault::Other),
        ]
        .map(|outside| Self { outside })
        .into()
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{ALL_WELL, after_tls, expect, healthy, unreached};
    use reachcheck_wire::{CertificateFault, Connect, Dialogue};

    #[test]
    fn a_certificate_that_is_bad_for_everybody_is_the_services_fault() {
        let expired = after_tls(
            "seattle/https",
            Some(CertificateFault::Expired),
            Dialogue::Closed { ms: 2.0 },
        );
        expect(
            &healthy()
                .fails_after("seattle/https", 2.0)
                .outside("seattle/https", expired),
            &[
                "down: reachable reachable down reachable",
                "service-down / seattle - inferred",
            ],
        );
    }

    #[test]
    fn failing_here_and_outside_is_down_and_hides_how_it_failed_here() {
        for connect in [
            Connect::Refused { ms: 1.0 },
            Connect::TimedOut { ms: 4000.0 },
            Connect::Unreachable { ms: 1.0 },
            Connect::NotResolved,
        ] {
            for failing in [
                healthy().silent("seattle/https"),
                healthy().fails_after("seattle/https", 1.0),
            ] {
                expect(
                    &failing.outside("seattle/https", unreached("seattle/https", connect)),
                    &[
                        "down: reachable reachable down reachable",
                        "service-down / seattle - inferred",
                    ],
                );
            }
        }
    }

    #[test]
    fn a_service_that_answers_here_is_not_down_whatever_the_relay_met() {
        let not_resolved = unreached("seattle/https", Connect::NotResolved);
        let run = healthy().outside("seattle/https", not_resolved);
        expect(&run, &[ALL_WELL]);
    }
}
