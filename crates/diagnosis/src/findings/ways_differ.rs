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
    );
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
    use crate::testing::{ALL_WELL, answered, expect, healthy};
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
