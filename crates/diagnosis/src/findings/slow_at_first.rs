use super::{Cause, Code, Evidence, Meta, Spoils};
use crate::analysis::{AttemptPattern, Facts};
use crate::finding::{Finding, working};
use crate::phrasing::{Circumstances, Phrasing, Value};
use reachcheck_model::thresholds::ENDPOINT_DEADLINE_S;

/// An endpoint whose first answer came only after the page had given it up: proxy settings that look names up, a security
/// program that asks elsewhere first, a service that had to wake up.
///
/// ```
/// use reachcheck_model::observation::Answer;
/// use reachcheck_model::probe::Probe;
/// use reachcheck_diagnosis::testing::{answered, healthy};
///
/// let run = healthy().silent("seattle/https");
/// let late = Probe::GiveUp(run.find("seattle/https"));
/// let run = run.set(late, answered(12_000.0, Answer::Opaque));
/// assert_eq!(run.findings(), ["slow-at-first / seattle - confirmed"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct SlowAtFirst {
    /// After how long it answered, in milliseconds.
    pub ms: f64,
}

pub(super) const META: Meta = Meta {
    token: "slow-at-first",
    wire: 34,
    short: 35,
    hides: &[Code::Slow, Code::Unsteady],
    spoils: Spoils::ItsRegion,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    working(facts, &|endpoint, _| match &endpoint.pattern {
        AttemptPattern::Answered(answered)
            if answered.is_late && !endpoint.waits_for_permission =>
        {
            Some(Cause::SlowAtFirst(SlowAtFirst {
                ms: answered.first_ms,
            }))
        }
        _ => None,
    })
}

impl Evidence for SlowAtFirst {
    fn phrasing(&self, _: Circumstances) -> Phrasing<'_> {
        Phrasing::plain(&[
            ("time", Value::Ms(self.ms)),
            ("seconds", Value::Whole(ENDPOINT_DEADLINE_S.into())),
        ])
    }

    fn examples() -> Vec<Self> {
        vec![Self { ms: 12_040.0 }]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{ALL_WELL, answered, check, expect, failed, healthy};
    use reachcheck_model::local_conditions::LocalConditions;
    use reachcheck_model::observation::{Answer, Outcome};
    use reachcheck_model::probe::Probe;

    const SEATTLE_DEGRADED: &str = "degraded: reachable reachable degraded reachable";

    fn after_all(id: &str, late: Outcome) -> crate::testing::Scenario {
        let silent = healthy().silent(id);
        let probe = Probe::GiveUp(silent.find(id));
        silent.set(probe, late)
    }

    #[test]
    fn an_answer_after_the_deadline_counts() {
        let late = after_all("seattle/https", answered(12_000.0, Answer::Opaque));
        expect(
            &late,
            &[SEATTLE_DEGRADED, "slow-at-first / seattle - confirmed"],
        );
        assert_eq!(check(&late, "seattle/https"), "ok confirmed");
    }

    #[test]
    fn a_failure_as_late_is_none_and_an_answer_in_time_is_not_late() {
        let failed = after_all("seattle/https", failed(12_000.0));
        assert!(!failed.findings()[0].starts_with("slow-at-first"));
        let still_out = after_all("seattle/https", Outcome::TimedOut { ms: 36_000.0 });
        assert_eq!(still_out.findings(), ["dropped / seattle - inferred"]);
        expect(&healthy(), &[ALL_WELL]);
    }

    /// A page that stood still told it late.
    #[test]
    fn what_the_page_stood_still_for_is_not_waited_for() {
        let late = after_all("seattle/https", answered(12_000.0, Answer::Opaque));
        let probe = Probe::GiveUp(late.find("seattle/https"));
        let stood_still = |stalled_ms| {
            let local = LocalConditions {
                stalled_ms,
                ..LocalConditions::default()
            };
            late.clone().while_out(probe, local).findings()
        };
        let is_late = |findings: &[String]| {
            let mut findings = findings.iter();
            findings.any(|it| it.starts_with("slow-at-first"))
        };
        assert!(!is_late(&stood_still(5_000.0)));
        assert!(is_late(&stood_still(3_000.0)));
    }

    /// Somebody who answers for everybody may do so late.
    #[test]
    fn who_answers_for_everybody_proves_nothing_late() {
        let late = after_all("seattle/https", answered(12_000.0, Answer::Opaque));
        let everybody = late.set(Probe::Canary, answered(12.0, Answer::Opaque));
        assert_eq!(check(&everybody, "seattle/https"), "ok inferred");
    }
}
