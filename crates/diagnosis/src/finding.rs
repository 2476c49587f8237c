//! A finding: one rule that matched, with its evidence.

use crate::analysis::{CheckOutcome, Detail, EndpointFacts, Facts, OutsideView, Proof};
use crate::findings::{Cause, Spoils};
use reachcheck_model::catalogue::EndpointRef;

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// The agent's network as a whole, or the way to the relay.
    Network,
    /// One region, by its index in the plan.
    Region(usize),
}

/// One rule that matched in one scope.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Where.
    pub scope: Scope,
    /// What, with its evidence.
    pub cause: Cause,
    /// How sure it is that this is so. Where it broke is [`crate::diagnosis::Diagnosis::place_of`].
    pub proof: Proof,
    /// The endpoints it is about; none for the network.
    pub endpoints: Vec<EndpointRef>,
    /// The outside relay's round trip to the first of them, in milliseconds, where it got through.
    pub outside_ms: Option<f64>,
}

impl Finding {
    /// A finding about the network.
    #[must_use]
    pub const fn network(cause: Cause, proof: Proof) -> Self {
        Self {
            scope: Scope::Network,
            cause,
            proof,
            endpoints: Vec::new(),
            outside_ms: None,
        }
    }

    /// A finding about the region of an endpoint, as sure as the endpoint's check.
    fn of_endpoint(endpoint: &EndpointFacts, cause: Cause) -> Self {
        Self {
            scope: Scope::Region(endpoint.endpoint.region),
            cause,
            proof: endpoint.conclusion.proof,
            endpoints: vec![endpoint.endpoint],
            outside_ms: match endpoint.outside {
                OutsideView::Reached { connect_ms, .. } => Some(connect_ms),
                _ => None,
            },
        }
    }

    /// Whether it spoils the verdict of a region that otherwise works (ARCHITECTURE.md, "Verdicts").
    #[must_use]
    pub fn spoils(&self, region: usize) -> bool {
        match self.cause.code().meta().spoils {
            Spoils::Nothing => false,
            Spoils::ItsRegion => self.scope == Scope::Region(region),
            Spoils::EveryRegion => true,
        }
    }
}

/// One finding about the network where there is a cause, else none.
pub(crate) fn in_network(cause: Option<Cause>, proof: Proof) -> Vec<Finding> {
    let found = cause.map(|cause| Finding::network(cause, proof));
    found.into_iter().collect()
}

/// One finding for each endpoint that fails here, and is not known to fail from outside, where `cause`
/// recognises what its check rests on.
pub(crate) fn failing_here(
    facts: &Facts<'_>,
    cause: &dyn Fn(&EndpointFacts) -> Option<Cause>,
) -> Vec<Finding> {
    each(facts, &|endpoint| {
        let fails_here = endpoint.conclusion.outcome == CheckOutcome::Failed
            && !matches!(endpoint.outside, OutsideView::Failed(_));
        fails_here.then(|| cause(endpoint)).flatten()
    })
}

/// One finding for each endpoint that works, with a reservation that `cause` recognises.
pub(crate) fn working(
    facts: &Facts<'_>,
    cause: &dyn Fn(&EndpointFacts, &Detail) -> Option<Cause>,
) -> Vec<Finding> {
    each(facts, &|endpoint| {
        let works = endpoint.conclusion.outcome == CheckOutcome::Ok;
        let detail = &endpoint.conclusion.detail;
        works.then(|| cause(endpoint, detail)).flatten()
    })
}

/// One finding for each endpoint where `cause` recognises it.
pub(crate) fn each(
    facts: &Facts<'_>,
    cause: &dyn Fn(&EndpointFacts) -> Option<Cause>,
) -> Vec<Finding> {
    let mut found = Vec::new();
    for endpoint in &facts.endpoints {
        if let Some(cause) = cause(endpoint) {
            found.push(Finding::of_endpoint(endpoint, cause));
        }
    }
    found
}
