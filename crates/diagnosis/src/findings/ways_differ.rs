use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{Facts, FastAnswers, Proof};
use crate::finding::{Finding, in_network};

/// The service answers sooner than the way by the relay allows: it is reached by another way (a VPN that leaves it out, a
/// bypass, an anycast address), or something near by answers in its place.
///
/// ```
/// use reachcheck_diagnosis::testing::healthy;
///
/// let run = healthy().answers_after("seattle/https", 4.0);
/// assert_eq!(run.findings(), ["ways-differ / network - inferred"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct WaysDiffer;

pub(super) const META: Meta = Meta {
    token: "ways-differ",
    wire: 33,
    short: 34,
    hides: &[],
    spoils: Spoils::Nothing,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let is_so = matches!(
        facts.fast_answers,
        FastAnswers::WaysDiffer | FastAnswers::Undecided
    ) && !facts.are_fast_ones_made_ahead();
    in_network(
        is_so.then_some(Cause::WaysDiffer(WaysDiffer)),
        Proof::Inferred,
    )
}

impl Evidence for WaysDiffer {
    fn examples() -> Vec<Self> {
        vec![Self]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{ALL_WELL, R, Scenario, answered, expect, healthy, speaks_http_1_1};
    use reachcheck_model::observation::Answer;
    use reachcheck_model::probe::Probe;

    const DIFFER: &str = "ways-differ / network - inferred";

    #[test]
    fn an_answer_that_is_too_fast_convicts_nobody_alone() {
        let fast = healthy().answers_after("seattle/https", 4.0);
        expect(&fast, &[ALL_WELL, DIFFER]);
        // Of who answered nothing is said any more.
        assert_eq!(fast.place("seattle/https"), "");
        assert_eq!(fast.place("toronto/https"), "");
        // As fast as the path allows.
        expect(&healthy().answers_after("seattle/https", 45.0), &[ALL_WELL]);
    }

    /// Each region's HTTPS endpoint answers over HTTP/1.1, and Chromium makes a new connection for each request: three round
    /// trips. At these it finds connections that are made already: one.
    fn finds_connections_at(regions: &[&str]) -> Scenario {
        let at = |run: Scenario, region| {
            let id = format!("{region}/https");
            let is_made = regions.contains(&region);
            let trips = if is_made { 1.0 } else { 3.0 };
            run.outside(&id, speaks_http_1_1(&id))
                .answers_after(&id, trips * R)
        };
        let all = ["toronto", "virginia", "seattle", "virginia-seattle"];
        all.into_iter().fold(healthy(), at)
    }

    #[test]
    fn one_region_whose_connections_were_made_ahead_shows_no_other_way() {
        expect(&finds_connections_at(&["toronto"]), &[ALL_WELL]);
        expect(&finds_connections_at(&[]), &[ALL_WELL]);
        // In every region alike nothing tells it from another way.
        let all = ["toronto", "virginia", "seattle", "virginia-seattle"];
        expect(&finds_connections_at(&all), &[ALL_WELL, DIFFER]);
        // Less than one round trip is another way, however many it were.
        let nearer = finds_connections_at(&[]).answers_after("toronto/https", 0.4 * R);
        expect(&nearer, &[ALL_WELL, DIFFER]);
    }

    /// Times of a third of the way would make another layer of it. The way may be another one all the same.
    #[test]
    fn what_fails_beside_connections_made_ahead_is_not_measured_by_them() {
        for trips in [1.0, 2.0, 4.0] {
            let run = finds_connections_at(&["toronto"]).fails_after("toronto/tcp", trips);
            assert_eq!(run.findings(), ["not-connected / toronto - confirmed"]);
        }
    }

    #[test]
    fn somebody_who_answers_for_everybody_explains_it() {
        let everybody = healthy()
            .answers_after("seattle/https", 4.0)
            .set(Probe::Canary, answered(12.0, Answer::Opaque));
        let given = everybody.findings();
        assert!(!given.contains(&DIFFER.to_owned()), "{given:?}");
        assert!(given[0].starts_with("answer-not-from-service / seattle"));
    }
}
