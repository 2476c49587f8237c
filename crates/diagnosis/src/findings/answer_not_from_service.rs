use super::{Cause, Code, Evidence, Meta, Spoils};
use crate::analysis::{Detail, Facts};
use crate::finding::{Finding, failing_here};
use crate::phrasing::{Circumstances, Phrasing, Value};

/// Something answered in the service's place: faster than the way there allows, or, where something
/// answers for everybody, in a way the service does not from outside.
///
/// ```
/// use reachcheck_model::observation::Answer;
/// use reachcheck_model::probe::Probe;
/// use reachcheck_diagnosis::testing::{answered, healthy};
///
/// // It is too fast, and a name that cannot exist answers as well.
/// let run = healthy()
///     .answers_after("seattle/https", 4.0)
///     .set(Probe::Canary, answered(12.0, Answer::Opaque));
/// assert_eq!(run.findings()[0], "answer-not-from-service / seattle - inferred");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerNotFromService {
    /// After how many milliseconds; `None` where it is unlike the service's.
    pub ms: Option<f64>,
    /// How many the way there takes at least; `None` where it is unlike the service's.
    pub floor_ms: Option<f64>,
}

pub(super) const META: Meta = Meta {
    token: "answer-not-from-service",
    wire: 1,
    short: 3,
    hides: &[Code::Unsteady, Code::Slow],
    spoils: Spoils::ItsRegion,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    failing_here(facts, &|endpoint| {
        let (ms, floor_ms) = match endpoint.conclusion.detail {
            Detail::TooFast { ms, floor_ms } => (Some(ms), Some(floor_ms)),
            Detail::AnswersUnlikeOutside => (None, None),
            _ => return None,
        };
        Some(Cause::AnswerNotFromService(AnswerNotFromService {
            ms,
            floor_ms,
        }))
    })
}

impl Evidence for AnswerNotFromService {
    fn phrasing(&self, _: Circumstances) -> Phrasing<'_> {
        match (self.ms, self.floor_ms) {
            (Some(ms), Some(floor_ms)) => Phrasing::what(
                "too-fast",
                &[("time", Value::Ms(ms)), ("floor", Value::Ms(floor_ms))],
            ),
            _ => Phrasing::default(),
        }
    }

    fn examples() -> Vec<Self> {
        vec![
            Self {
                ms: Some(3.0),
                floor_ms: Some(41.0),
            },
            Self {
                ms: None,
                floor_ms: None,
            },
        ]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{
        ALL_WELL, R, SEATTLE_BLOCKED, SEATTLE_UNKNOWN, Scenario, answered, expect, failed,
        further_away, healthy, not_needed, speaks_http, summary,
    };
    use reachcheck_model::environment::BrowserFamily;
    use reachcheck_model::observation::Answer;
    use reachcheck_model::probe::Probe;

    #[test]
    fn an_answer_faster_than_the_path_needs_a_second_sign() {
        let fast = |ms| healthy().answers_after("seattle/https", ms);
        let image = |scenario: Scenario| {
            let probe = Probe::Image(scenario.find("seattle/https"));
            scenario.set(probe, failed(9.0))
        };
        let found = "answer-not-from-service / seattle - inferred".to_owned();
        let given = image(fast(4.0));
        assert_eq!(summary(&given)[0], SEATTLE_BLOCKED);
        assert!(given.findings().contains(&found));
        assert!(!fast(4.0).findings().contains(&found));
        expect(&image(fast(45.0)), &[ALL_WELL]);
    }

    /// A filter that answers for the whole domain is in four places at once.
    #[test]
    fn hosts_that_are_further_apart_than_their_answers_are_not_the_service() {
        let regions = ["toronto", "virginia", "seattle", "virginia-seattle"];
        let far_apart = |own_ms: f64| {
            let all = regions.iter().zip([5.0, 60.0, 150.0, 200.0]);
            all.fold(healthy(), |scenario, (region, away_ms)| {
                let id = format!("{region}/https");
                let report = further_away(speaks_http(&id), away_ms);
                scenario.outside(&id, report).answers_after(&id, own_ms)
            })
        };
        let given = far_apart(3.0);
        assert_eq!(
            summary(&given)[0],
            "blocked: blocked blocked blocked blocked"
        );
        let honest = far_apart(130.0).findings();
        assert!(
            !honest.iter().any(|it| it.starts_with("answer-not")),
            "{honest:?}"
        );
    }

    #[test]
    fn an_image_that_does_not_come_makes_an_answer_a_block_page_where_somebody_inspects() {
        let image = |scenario: Scenario, outcome| {
            let probe = Probe::Image(scenario.find("seattle/https"));
            scenario.set(probe, outcome)
        };
        let inspected = || healthy().set(Probe::Canary, answered(12.0, Answer::Opaque));
        let blocked = image(inspected(), failed(90.0));
        assert_eq!(summary(&blocked)[0], SEATTLE_BLOCKED);
        assert_eq!(
            summary(&blocked)[1],
            "answer-not-from-service / seattle - inferred"
        );
        expect(
            &image(inspected(), answered(90.0, Answer::Opaque)),
            &[ALL_WELL, "inspected / network - confirmed"],
        );
        // Without inspection the certificate says more than the image.
        expect(&image(healthy(), failed(90.0)), &[ALL_WELL]);
    }

    /// WebKit gives a proxy's refusal of a CONNECT to the page as an answer; the canary's, too.
    #[test]
    fn answers_that_are_each_made_anew_decide_nothing_where_somebody_answers_for_everybody() {
        let run = |later_trips: f64, canary: bool, family| {
            let first = answered(2.6 * R, Answer::Opaque);
            let later = || answered(later_trips * R, Answer::Opaque);
            let fetches = [first, later(), later(), later()];
            let mut run = healthy().endpoint("seattle/https", fetches, not_needed());
            run.environment.family = family;
            match canary {
                true => run.set(Probe::Canary, answered(2.5 * R, Answer::Opaque)),
                false => run,
            }
        };
        let refused = run(2.6, true, BrowserFamily::WebKit).summary();
        assert_eq!(refused[0], SEATTLE_UNKNOWN);
        // One that came on a kept connection, nobody who answers for everybody, and engines that tell a refusal.
        for run in [
            run(1.2, true, BrowserFamily::WebKit),
            run(2.6, false, BrowserFamily::WebKit),
            run(2.6, true, BrowserFamily::Chromium),
        ] {
            let said = run.summary();
            assert!(!said.contains(&SEATTLE_UNKNOWN.to_owned()), "{said:?}");
        }
    }
}
