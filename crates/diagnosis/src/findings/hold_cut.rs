use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{Detail, Facts};
use crate::finding::{Finding, in_network};
use crate::phrasing::{Circumstances, Phrasing, Value};
use reachcheck_model::thresholds::ROUND_WITHIN_S;

/// A connection on which nothing was said for a while was cut. Calls are announced on such connections.
///
/// ```
/// use reachcheck_model::observation::Outcome;
/// use reachcheck_model::probe::Probe;
/// use reachcheck_diagnosis::testing::healthy;
///
/// let run = healthy().set(Probe::Hold, Outcome::TimedOut { ms: 35_000.0 });
/// assert_eq!(run.findings(), ["hold-cut / network - inferred"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct HoldCut {
    /// After how many seconds; `None` where it died unseen.
    pub seconds: Option<f64>,
    /// Whether that is a number to which people set timers.
    pub is_round: bool,
}

pub(super) const META: Meta = Meta {
    token: "hold-cut",
    wire: 15,
    short: 16,
    hides: &[],
    spoils: Spoils::EveryRegion,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let hold = &facts.network.hold;
    let cause = match hold.detail {
        Detail::HoldCut { seconds } => Some(Cause::HoldCut(HoldCut {
            seconds,
            is_round: seconds.is_some_and(is_round),
        })),
        _ => None,
    };
    in_network(cause, hold.proof)
}

/// People set timers to multiples of five seconds.
fn is_round(seconds: f64) -> bool {
    let nearest = (seconds / 5.0).round() * 5.0;
    nearest >= 5.0 && (seconds - nearest).abs() <= ROUND_WITHIN_S
}

impl Evidence for HoldCut {
    fn phrasing(&self, _: Circumstances) -> Phrasing<'_> {
        let phrasing = match self.seconds {
            Some(seconds) => Phrasing::what("after", &[("seconds", Value::Tenths(seconds))]),
            None => Phrasing::default(),
        };
        Phrasing {
            means: if self.is_round { "round" } else { "" },
            ..phrasing
        }
    }

    fn examples() -> Vec<Self> {
        vec![
            Self {
                seconds: Some(20.0),
                is_round: true,
            },
            Self {
                seconds: None,
                is_round: false,
            },
        ]
    }

    fn further_examples() -> Vec<Self> {
        vec![
            Self {
                seconds: Some(17.3),
                is_round: false,
            },
            Self {
                seconds: None,
                is_round: true,
            },
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::{Cause, HoldCut, is_round};
    use crate::testing::{ALL_DEGRADED, ALL_WELL, R, Scenario, check, closed, expect, healthy};
    use reachcheck_model::local_conditions::LocalConditions;
    use reachcheck_model::observation::{Failure, NotRun, Outcome};
    use reachcheck_model::probe::Probe;

    #[test]
    fn a_quiet_connection_that_is_cut_spoils_every_region() {
        let cut = |ms| {
            let failure = Failure::Closed {
                code: 1006,
                opened: true,
            };
            healthy().set(Probe::Hold, Outcome::Failed { ms, failure })
        };
        let is_round = |scenario: &Scenario| match scenario.diagnose().findings[0].cause {
            Cause::HoldCut(HoldCut { is_round, .. }) => is_round,
            ref other => panic!("{other:?}"),
        };
        expect(
            &cut(20_080.0),
            &[ALL_DEGRADED, "hold-cut / network - confirmed"],
        );
        assert!(is_round(&cut(20_080.0)));
        assert!(!is_round(&cut(17_300.0)));
        let silently = healthy().set(Probe::Hold, Outcome::TimedOut { ms: 35_000.0 });
        // The browser still holds it for open.
        expect(&silently, &[ALL_DEGRADED, "hold-cut / network - inferred"]);
        assert_eq!(check(&silently, "network/hold"), "failed inferred");
    }

    #[test]
    fn a_computer_that_slept_or_changed_its_network_is_not_told_as_a_cut() {
        let cut = || {
            let failure = Failure::Closed {
                code: 1006,
                opened: true,
            };
            let outcome = Outcome::Failed {
                ms: 12_000.0,
                failure,
            };
            healthy().set(Probe::Hold, outcome)
        };
        let silently = || healthy().set(Probe::Hold, Outcome::TimedOut { ms: 35_000.0 });
        let calm = LocalConditions::default();
        let changed = LocalConditions {
            network_changed: true,
            ..calm
        };
        let stalled = |stalled_ms| LocalConditions { stalled_ms, ..calm };
        for scenario in [cut(), silently()] {
            for local in [changed, stalled(4_000.0)] {
                let disturbed = scenario.clone().while_out(Probe::Hold, local);
                assert_eq!(disturbed.summary()[0], ALL_WELL);
                let findings = disturbed.findings();
                let is_cut = |it: &String| it.starts_with("hold-cut");
                assert!(!findings.iter().any(is_cut), "{findings:?}");
                assert_eq!(check(&disturbed, "network/hold"), "unknown none");
            }
            // No connection dies of a moment.
            let hardly = scenario.clone().while_out(Probe::Hold, stalled(400.0));
            assert_eq!(hardly.summary(), scenario.summary());
            assert_eq!(hardly.summary()[0], ALL_DEGRADED);
        }
    }

    #[test]
    fn a_hold_that_did_not_take_place_says_nothing() {
        for outcome in [
            Outcome::Failed {
                ms: 80.0,
                failure: Failure::Busy,
            },
            Outcome::NotRun(NotRun::NotOffered),
            Outcome::NotRun(NotRun::NoSocket),
            Outcome::Cancelled,
        ] {
            let scenario = healthy().set(Probe::Hold, outcome);
            expect(&scenario, &[ALL_WELL]);
            assert_eq!(check(&scenario, "network/hold"), "not-run none");
        }
    }

    #[test]
    fn where_no_socket_opens_the_hold_is_not_a_finding_of_its_own() {
        let blocked = healthy()
            .set(Probe::Socket, closed(3.0 * R, 1006))
            .set(Probe::Hold, Outcome::TimedOut { ms: 35_000.0 });
        expect(
            &blocked,
            &[ALL_DEGRADED, "socket-blocked / network - inferred"],
        );
    }

    #[test]
    fn timers_are_set_to_round_numbers() {
        for seconds in [5.2, 10.0, 15.4, 20.1, 29.9] {
            assert!(is_round(seconds), "{seconds}");
        }
        for seconds in [0.2, 3.0, 7.4, 12.0, 22.5] {
            assert!(!is_round(seconds), "{seconds}");
        }
    }
}
