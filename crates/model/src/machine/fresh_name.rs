//! Fresh names: what a lookup costs that fails, asked where an endpoint may have failed by its name.

use super::Machine;
use super::choreography::Next;
use crate::catalogue::EndpointRef;
use crate::observation::{Failure, NotRun, Outcome};
use crate::probe::Probe;
use crate::thresholds as limits;

impl Machine {
    /// A fresh name under the endpoint's domain, once it has failed twice and the first failure left time for a lookup. It
    /// runs beside what is still tried at the endpoint, and is not waited for any longer than that.
    pub(super) fn fresh_name(&self, endpoint: EndpointRef) -> Next {
        let fetched = |number| self.observation(Probe::Fetch(endpoint, number));
        let Some((_, first)) = fetched(0) else {
            return Next::Waits;
        };
        if !may_be_a_lookup(first) {
            return Next::never(NotRun::NotNeeded);
        }
        let at = match fetched(1) {
            None => return Next::Waits,
            Some((at, second)) if is_failure_before_tls(second) => at,
            Some(_) => return Next::never(NotRun::NotNeeded),
        };
        if self.domain(endpoint).is_none() {
            return Next::never(NotRun::NotHere);
        }
        let is_all_tried = fetched(limits::FETCHES - 1).is_some()
            && self.observation(Probe::Upgrade(endpoint)).is_some();
        match self.once(Probe::FreshName(endpoint), at) {
            Next::Start(..) if is_all_tried => Next::never(NotRun::NotNeeded),
            Next::Waits if is_all_tried => Next::is(Outcome::Cancelled),
            next => next,
        }
    }

    /// The domain of an endpoint's fresh name.
    pub(super) fn domain(&self, endpoint: EndpointRef) -> Option<&str> {
        self.plan.region(endpoint).host_port(endpoint.kind).domain()
    }
}

/// Whether a first attempt failed as one may whose name is not known: a lookup that is shorter is told from nothing.
fn may_be_a_lookup(first: &Outcome) -> bool {
    let is_long = matches!(first, Outcome::Failed { ms, .. } if *ms >= limits::LOOKUP_MIN_MS);
    is_long && is_failure_before_tls(first)
}

/// Whether an attempt failed, and not by what the browser forbids or after TLS, where the name had been found.
const fn is_failure_before_tls(outcome: &Outcome) -> bool {
    matches!(
        outcome,
        Outcome::Failed {
            failure: Failure::Network {
                tls_finished: None | Some(false),
            },
            ..
        }
    )
}
