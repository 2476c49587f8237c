//! Late evidence: when the browser itself gives up on an attempt that nobody ends (docs/browsers.md section 1.2).

use reachcheck_model::catalogue::EndpointRef;
use reachcheck_model::observation::{Observations, Outcome};
use reachcheck_model::probe::Probe;
use reachcheck_model::thresholds as limits;

/// What the browser was waiting for, by when it gave up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GaveUp {
    /// For an answer to the name lookup.
    Lookup,
    /// Connected, for an answer to its ClientHello.
    Handshake,
    /// Longer than that: a SYN that is dropped, or an HTTP answer that does not come.
    Later,
}

pub(super) fn gave_up(endpoint: EndpointRef, observations: &Observations) -> Option<GaveUp> {
    let seconds = match observations.get(Probe::GiveUp(endpoint))? {
        Outcome::Failed { ms, .. } => ms / 1000.0,
        Outcome::TimedOut { .. } => return Some(GaveUp::Later),
        _ => return None,
    };
    let within = |(low, high): (f64, f64)| (low..=high).contains(&seconds);
    if within(limits::GIVES_UP_LOOKUP_S) {
        Some(GaveUp::Lookup)
    } else if within(limits::GIVES_UP_HANDSHAKE_S) {
        Some(GaveUp::Handshake)
    } else {
        None
    }
}
