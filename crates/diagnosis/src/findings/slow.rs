use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{AttemptPattern, Facts};
use crate::finding::{Finding, working};
use crate::phrasing::{Circumstances, Phrasing, Value};
use reachcheck_model::catalogue::Kind;

/// An HTTPS endpoint whose typical warm answer takes longer than people wait without noticing.
///
/// ```
/// use reachcheck_diagnosis::testing::healthy;
///
/// let run = healthy().answers_after("seattle/https", 1200.0);
/// assert_eq!(run.findings(), ["slow / seattle - confirmed"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Slow {
    /// The typical answer, milliseconds.
    pub ms: f64,
    /// The threshold, milliseconds.
    pub limit_ms: f64,
}

pub(super) const META: Meta = Meta {
    token: "slow",
    wire: 24,
    short: 21,
    hides: &[],
    spoils: Spoils::ItsRegion,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    working(facts, &|endpoint, _| match &endpoint.pattern {
        AttemptPattern::Answered(answered)
            if endpoint.endpoint.kind == Kind::Https
                && answered.typical_ms > facts.slow_ms
                && !(answered.is_late && endpoint.waits_for_permission) =>
        {
            Some(Cause::Slow(Slow {
                ms: answered.typical_ms,
                limit_ms: facts.slow_ms,
            }))
        }
        _ => None,
    })
}

impl Evidence for Slow {
    fn phrasing(&self, _: Circumstances) -> Phrasing<'_> {
        Phrasing::plain(&[
            ("time", Value::Ms(self.ms)),
            ("limit", Value::Ms(self.limit_ms)),
        ])
    }

    fn examples() -> Vec<Self> {
        vec![Self {
            ms: 1430.0,
            limit_ms: 500.0,
        }]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{ALL_WELL, answered, expect, healthy, not_needed};
    use reachcheck_model::local_conditions::LocalConditions;
    use reachcheck_model::observation::Answer;
    use reachcheck_model::probe::Probe;

    #[test]
    fn slow_spoils_only_its_own_region() {
        let slow = |ms| {
            let answer = || answered(ms, Answer::Opaque);
            healthy().endpoint(
                "seattle/https",
                [answer(), answer(), answer(), answer()],
                not_needed(),
            )
        };
        expect(
            &slow(1200.0),
            &[
                "degraded: reachable reachable degraded reachable",
                "slow / seattle - confirmed",
            ],
        );
        expect(&slow(900.0), &[ALL_WELL]);
    }

    /// A page that stood still hands all answers over at its end.
    #[test]
    fn what_the_page_stood_still_for_is_not_the_service() {
        let answer = || answered(1_900.0, Answer::Opaque);
        let late = healthy().endpoint(
            "seattle/https",
            [answer(), answer(), answer(), answer()],
            not_needed(),
        );
        let endpoint = late.find("seattle/https");
        let stood_still = |stalled_ms| {
            (0..4).fold(late.clone(), |scenario, attempt| {
                let local = LocalConditions {
                    stalled_ms,
                    ..LocalConditions::default()
                };
                scenario.while_out(Probe::Fetch(endpoint, attempt), local)
            })
        };
        expect(&stood_still(1_700.0), &[ALL_WELL]);
        let slow = stood_still(300.0);
        assert_eq!(slow.findings(), ["slow / seattle - confirmed"]);
    }
}
