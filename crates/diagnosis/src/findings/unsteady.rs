use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{AttemptPattern, Detail, Facts};
use crate::finding::{Finding, working};
use crate::phrasing::{Circumstances, Phrasing, Value};

/// An endpoint that answered some attempts of this run and failed others.
///
/// ```
/// use reachcheck_model::observation::Answer;
/// use reachcheck_diagnosis::testing::{R, answered, closed, failed, healthy, not_needed};
///
/// let answer = || answered(R, Answer::Opaque);
/// let run = healthy().endpoint(
///     "seattle/https",
///     [failed(330.0), answer(), answer(), not_needed()],
///     closed(250.0, 1006),
/// );
/// assert_eq!(run.findings(), ["unsteady / seattle - inferred"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Unsteady {
    /// Attempts that were answered.
    pub answered: usize,
    /// Attempts that failed.
    pub failed: usize,
}

pub(super) const META: Meta = Meta {
    token: "unsteady",
    wire: 23,
    short: 20,
    hides: &[],
    spoils: Spoils::ItsRegion,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    working(facts, &|endpoint, detail| match *detail {
        // Requests that wait beside a new connection that gets through have a finding of their own.
        _ if matches!(endpoint.pattern, AttemptPattern::SocketAlone { .. }) => None,
        Detail::AnsweredSometimes { answered, failed } => {
            Some(Cause::Unsteady(Unsteady { answered, failed }))
        }
        _ => None,
    })
}

impl Evidence for Unsteady {
    /// A line that loses connections loses those to other regions, too.
    fn phrasing(&self, about: Circumstances) -> Phrasing<'_> {
        let form = if about.is_alone { "alone" } else { "" };
        Phrasing {
            means: form,
            action: form,
            ..Phrasing::plain(&[
                ("answered", Value::Count(self.answered)),
                ("failed", Value::Count(self.failed)),
            ])
        }
    }

    fn examples() -> Vec<Self> {
        vec![Self {
            answered: 3,
            failed: 1,
        }]
    }
}

#[cfg(test)]
mod tests {
    use super::{Cause, Finding};
    use crate::testing::{
        ALL_WELL, R, Scenario, answered, closed, expect, failed, healthy, not_needed,
    };
    use reachcheck_model::local_conditions::LocalConditions;
    use reachcheck_model::observation::Answer;
    use reachcheck_model::probe::Probe;

    #[test]
    fn what_failed_as_the_network_of_this_computer_changed_is_not_unsteady() {
        let answer = || answered(R, Answer::Opaque);
        let run = healthy().endpoint(
            "seattle/https",
            [answer(), answer(), failed(330.0), answer()],
            not_needed(),
        );
        let endpoint = run.find("seattle/https");
        let changed = LocalConditions {
            network_changed: true,
            ..LocalConditions::default()
        };
        let of = |attempt| {
            run.clone()
                .while_out(Probe::Fetch(endpoint, attempt), changed)
        };
        expect(&of(2), &[ALL_WELL]);
        assert_eq!(of(1).findings(), ["unsteady / seattle - inferred"]);
    }

    #[test]
    fn unsteady_spoils_only_its_own_region() {
        let answer = || answered(R, Answer::Opaque);
        let unsteady = healthy().endpoint(
            "seattle/https",
            [failed(330.0), answer(), answer(), not_needed()],
            closed(250.0, 1006),
        );
        expect(
            &unsteady,
            &[
                "degraded: reachable reachable degraded reachable",
                "unsteady / seattle - inferred",
            ],
        );
    }

    /// "Every other region answered each time" is said only where it is so.
    #[test]
    fn it_is_alone_only_where_every_other_region_is_reachable() {
        let answer = || answered(R, Answer::Opaque);
        let put = |run: Scenario, id| {
            let fetches = [failed(330.0), answer(), answer(), not_needed()];
            run.endpoint(id, fetches, closed(250.0, 1006))
        };
        let is_alone = |run: &Scenario| {
            let diagnosis = run.diagnose();
            let is_it = |it: &&Finding| matches!(it.cause, Cause::Unsteady(_));
            let finding = diagnosis.findings.iter().find(is_it).expect("unsteady");
            diagnosis.is_alone(finding)
        };
        let alone = put(healthy(), "seattle/https");
        assert!(is_alone(&alone));
        assert!(!is_alone(&put(alone.clone(), "toronto/https")));
        assert!(!is_alone(&alone.silent("toronto/https")));
    }

    #[test]
    fn what_answers_every_time_is_steady() {
        expect(&healthy().answers_after("seattle/https", R), &[ALL_WELL]);
    }
}
