//! Permissions that a browser asks for before a public page reaches a local network (Local Network Access; docs/browsers.md
//! section 5).

use reachcheck_model::catalogue::EndpointRef;
use reachcheck_model::observation::{Observations, Outcome};
use reachcheck_model::probe::{AddressSpace, Probe};

/// Whether an endpoint's requests wait, or waited, for a permission. What insists on a public address fails once it is
/// connected to another; what insists on a local one waits with the rest. Of a public address it is the other way
/// round, behind a proxy both fail, and where nothing is connected both wait: no time is read.
pub(super) fn waits(endpoint: EndpointRef, observations: &Observations) -> bool {
    let met = |space| observations.get(Probe::InSpace(endpoint, space));
    let is_elsewhere = matches!(met(AddressSpace::Public), Some(Outcome::Failed { .. }));
    let is_local = matches!(
        met(AddressSpace::Local),
        Some(Outcome::TimedOut { .. } | Outcome::Answered { .. })
    );
    is_elsewhere && is_local
}
