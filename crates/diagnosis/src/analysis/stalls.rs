//! Answers that begin and do not end, as each engine shows them (docs/browsers.md section 1.5).

use reachcheck_model::catalogue::{EndpointRef, Kind};
use reachcheck_model::environment::BrowserFamily;
use reachcheck_model::observation::{Observations, Outcome};
use reachcheck_model::probe::Probe;

use super::attempt_pattern::AttemptPattern;
use super::computer;

/// Whether an endpoint's answer begins, and does not end in time.
///
/// WebKit hands an answer over with its head, and shows its end by an entry in Resource Timing. Firefox hands none over before
/// its end: there a request waits beside a WebSocket that was turned down after TLS. Chromium tells nothing of an end,
/// and a request that waits there may wait for a connection that is dead.
pub(super) fn stalls(
    endpoint: EndpointRef,
    pattern: &AttemptPattern,
    observations: &Observations,
    family: BrowserFamily,
) -> bool {
    if endpoint.kind != Kind::Https {
        return false;
    }
    match pattern {
        AttemptPattern::SocketAlone { .. } => family != BrowserFamily::Chromium,
        AttemptPattern::Answered(_) => match observations.get(Probe::Body(endpoint)) {
            Some(Outcome::TimedOut { ms }) => {
                let local = observations.local(Probe::Body(endpoint));
                computer::disturbance(local, 0.5 * ms).is_none()
            }
            _ => false,
        },
        _ => false,
    }
}
