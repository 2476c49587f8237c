use super::{Cause, Code, Evidence, Meta, Spoils};
use crate::analysis::{CheckOutcome, Facts, OutsideView};
use crate::finding::{Finding, each};
use crate::phrasing::{Circumstances, Phrasing, Value};
use reachcheck_model::thresholds::ENDPOINT_DEADLINE_S;

/// An HTTPS endpoint whose answers begin and do not end: something stops what is longer than a few packets, or holds it to
/// look into it.
///
/// ```
/// use reachcheck_model::observation::Outcome;
/// use reachcheck_model::probe::Probe;
/// use reachcheck_diagnosis::testing::healthy;
///
/// let run = healthy().webkit();
/// let body = Probe::Body(run.find("seattle/https"));
/// let run = run.set(body, Outcome::TimedOut { ms: 8_000.0 });
/// assert_eq!(run.findings(), ["answers-then-stalls / seattle - inferred"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct AnswersThenStalls {
    /// How long was waited for the end, in seconds.
    pub seconds: u32,
    /// Whether the browser handed the answer over: it had begun.
    pub has_begun: bool,
}

pub(super) const META: Meta = Meta {
    token: "answers-then-stalls",
    wire: 36,
    short: 37,
    hides: &[Code::Unsteady],
    spoils: Spoils::ItsRegion,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let found = each(facts, &|endpoint| {
        let has_begun = match endpoint.conclusion.outcome {
            CheckOutcome::Ok => true,
            CheckOutcome::Failed if !matches!(endpoint.outside, OutsideView::Failed(_)) => false,
            _ => return None,
        };
        endpoint
            .stalls
            .then_some(Cause::AnswersThenStalls(AnswersThenStalls {
                seconds: ENDPOINT_DEADLINE_S,
                has_begun,
            }))
    });
    // That it answers may be certain; that nothing more comes rests on a clock.
    let inferred = |finding: Finding| Finding {
        proof: finding.proof.max(crate::analysis::Proof::Inferred),
        ..finding
    };
    found.into_iter().map(inferred).collect()
}

impl Evidence for AnswersThenStalls {
    fn phrasing(&self, _: Circumstances) -> Phrasing<'_> {
        let form = if self.has_begun { "" } else { "whole" };
        Phrasing::what(form, &[("seconds", Value::Whole(self.seconds.into()))])
    }

    fn examples() -> Vec<Self> {
        [true, false]
            .map(|has_begun| Self {
                seconds: ENDPOINT_DEADLINE_S,
                has_begun,
            })
            .into()
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{
        ALL_WELL, R, SEATTLE_BLOCKED, SEATTLE_UNKNOWN, Scenario, answered, check, closed, expect,
        failed, healthy, not_needed, speaks_http, unreached,
    };
    use reachcheck_model::local_conditions::LocalConditions;
    use reachcheck_model::observation::{Answer, Outcome};
    use reachcheck_model::probe::Probe;
    use reachcheck_wire::{Connect, DialReport, Dialogue};

    const SEATTLE_DEGRADED: &str = "degraded: reachable reachable degraded reachable";
    const STALLS: &str = "answers-then-stalls / seattle - inferred";

    fn without_end() -> Scenario {
        let run = healthy().webkit();
        let body = Probe::Body(run.find("seattle/https"));
        run.set(body, Outcome::TimedOut { ms: 8_000.0 })
    }

    fn waits_beside(socket: Outcome) -> Scenario {
        let silence = Outcome::TimedOut { ms: 8_000.0 };
        let fetches = [silence, not_needed(), not_needed(), not_needed()];
        healthy()
            .firefox()
            .endpoint("seattle/https", fetches, socket)
    }

    #[test]
    fn an_answer_without_an_end_degrades_its_region() {
        expect(&without_end(), &[SEATTLE_DEGRADED, STALLS]);
        assert_eq!(check(&without_end(), "seattle/https"), "ok confirmed");
    }

    #[test]
    fn an_answer_that_ends_is_none_and_a_page_that_stood_still_has_not_waited() {
        let run = healthy().webkit();
        let body = Probe::Body(run.find("seattle/https"));
        let ended = run.set(body, answered(40.0, Answer::Passed));
        expect(&ended, &[ALL_WELL]);
        let stalled = |stalled_ms| {
            let local = LocalConditions {
                stalled_ms,
                ..LocalConditions::default()
            };
            without_end().while_out(body, local)
        };
        expect(&stalled(6_000.0), &[ALL_WELL]);
        expect(&stalled(1_000.0), &[SEATTLE_DEGRADED, STALLS]);
    }

    /// Firefox hands no answer over before its end; a new connection was answered after TLS.
    #[test]
    fn a_request_that_waits_beside_a_socket_that_was_turned_down_is_one_that_stalls() {
        expect(
            &waits_beside(closed(3.0 * R, 1006)),
            &[SEATTLE_BLOCKED, STALLS],
        );
    }

    #[test]
    fn where_the_new_connection_is_silent_or_ended_sooner_it_is_another_fault() {
        let silent = waits_beside(Outcome::TimedOut { ms: 6_000.0 });
        expect(&silent, &[SEATTLE_BLOCKED, "dropped / seattle - inferred"]);
        let refused = waits_beside(closed(R, 1006)).findings();
        assert!(
            !refused[0].starts_with("answers-then-stalls"),
            "{refused:?}"
        );
    }

    /// Nobody's network is to blame for what stalls outside, too, and the service is not down that answers half.
    #[test]
    fn what_stalls_from_outside_as_well_is_not_decided() {
        let stalls_outside = || {
            let get = Some(Dialogue::Http {
                ms: 2.0,
                status: 200,
                keeps_open: true,
                version: None,
                body: None,
                whole: Some(false),
            });
            DialReport {
                get,
                ..speaks_http("seattle/https")
            }
        };
        let firefox =
            waits_beside(closed(3.0 * R, 1006)).outside("seattle/https", stalls_outside());
        expect(&firefox, &[SEATTLE_UNKNOWN, STALLS]);
        let webkit = without_end().outside("seattle/https", stalls_outside());
        expect(&webkit, &[SEATTLE_DEGRADED, STALLS]);
        // Where it comes whole here, nothing of it is said.
        let well = healthy().outside("seattle/https", stalls_outside());
        expect(&well, &[ALL_WELL]);
    }

    #[test]
    fn what_fails_from_outside_is_the_service() {
        let run = waits_beside(closed(3.0 * R, 1006));
        let down = run.outside(
            "seattle/https",
            unreached("seattle/https", Connect::TimedOut { ms: 4_000.0 }),
        );
        let findings = down.findings();
        assert!(findings[0].starts_with("service-down"), "{findings:?}");
        // A request that failed by itself did not wait.
        let failed = healthy().firefox().endpoint(
            "seattle/https",
            [failed(3.0 * R), failed(3.0 * R), not_needed(), not_needed()],
            closed(3.0 * R, 1006),
        );
        assert!(!failed.findings()[0].starts_with("answers-then-stalls"));
    }
}
