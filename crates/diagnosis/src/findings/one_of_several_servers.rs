use super::{Cause, Code, Evidence, Meta, Spoils};
use crate::analysis::{AttemptPattern, CheckOutcome, Detail, Facts};
use crate::finding::{Finding, working};
use crate::phrasing::{Circumstances, Phrasing, Value};

/// A name with several addresses that answered some attempts of this run and failed others, while every other endpoint
/// answered each time: most likely one of its servers does not work. A line that loses connections loses those to others, too.
///
/// ```
/// use reachcheck_model::observation::Answer;
/// use reachcheck_diagnosis::testing::{R, answered, closed, failed, healthy, not_needed};
///
/// let answer = || answered(R, Answer::Opaque);
/// let run = healthy()
///     .endpoint(
///         "seattle/https",
///         [failed(330.0), answer(), answer(), not_needed()],
///         closed(250.0, 1006),
///     )
///     .addresses("seattle/https", 2);
/// assert_eq!(run.findings(), ["one-of-several-servers / seattle - inferred"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct OneOfSeveralServers {
    /// Attempts that were answered.
    pub answered: usize,
    /// Attempts that failed.
    pub failed: usize,
    /// How many addresses the name has, as the relay found.
    pub addresses: u32,
}

pub(super) const META: Meta = Meta {
    token: "one-of-several-servers",
    wire: 37,
    short: 38,
    hides: &[Code::Unsteady],
    spoils: Spoils::ItsRegion,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let is_steady = |endpoint: &&crate::analysis::EndpointFacts| {
        let conclusion = &endpoint.conclusion;
        conclusion.outcome == CheckOutcome::Ok
            && !matches!(conclusion.detail, Detail::AnsweredSometimes { .. })
    };
    let unsteady = facts.endpoints.iter().filter(|it| !is_steady(it)).count();
    // One other at least is there to compare with.
    if unsteady != 1 || facts.endpoints.len() <= 2 {
        return Vec::new();
    }
    working(facts, &|endpoint, detail| match *detail {
        // Requests that wait beside a new connection that gets through have a finding of their own.
        _ if matches!(endpoint.pattern, AttemptPattern::SocketAlone { .. }) => None,
        Detail::AnsweredSometimes { answered, failed } if endpoint.addresses > 1 => {
            Some(Cause::OneOfSeveralServers(OneOfSeveralServers {
                answered,
                failed,
                addresses: endpoint.addresses,
            }))
        }
        _ => None,
    })
}

impl Evidence for OneOfSeveralServers {
    fn phrasing(&self, _: Circumstances) -> Phrasing<'_> {
        Phrasing::plain(&[
            ("answered", Value::Count(self.answered)),
            ("failed", Value::Count(self.failed)),
            ("addresses", Value::Whole(self.addresses.into())),
        ])
    }

    fn examples() -> Vec<Self> {
        vec![Self {
            answered: 3,
            failed: 1,
            addresses: 2,
        }]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{R, Scenario, answered, closed, expect, failed, healthy, not_needed};
    use reachcheck_model::observation::Answer;

    const SEATTLE_DEGRADED: &str = "degraded: reachable reachable degraded reachable";

    fn unsteady(run: Scenario, id: &str) -> Scenario {
        let answer = || answered(R, Answer::Opaque);
        let fetches = [failed(330.0), answer(), answer(), not_needed()];
        run.endpoint(id, fetches, closed(250.0, 1006))
    }

    #[test]
    fn a_name_with_several_addresses_is_unsteady_alone() {
        let run = unsteady(healthy(), "seattle/https").addresses("seattle/https", 3);
        let found = "one-of-several-servers / seattle - inferred";
        expect(&run, &[SEATTLE_DEGRADED, found]);
    }

    #[test]
    fn one_address_or_another_host_that_is_unsteady_is_the_line() {
        let one = unsteady(healthy(), "seattle/https").addresses("seattle/https", 1);
        assert_eq!(one.findings(), ["unsteady / seattle - inferred"]);
        let both = unsteady(unsteady(healthy(), "seattle/https"), "virginia/https")
            .addresses("seattle/https", 3)
            .addresses("virginia/https", 3);
        let findings = both.findings();
        assert!(
            findings.iter().all(|it| it.starts_with("unsteady")),
            "{findings:?}"
        );
    }

    /// An endpoint that fails is more than one that does not always answer.
    #[test]
    fn where_another_endpoint_fails_it_is_not_said() {
        let run = unsteady(healthy(), "seattle/https")
            .addresses("seattle/https", 3)
            .silent("virginia/https");
        let findings = run.findings();
        assert!(
            findings.iter().all(|it| !it.starts_with("one-of")),
            "{findings:?}"
        );
    }
}
