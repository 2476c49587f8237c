//! Signs that attempts at an endpoint finished TLS although no answer came: in Firefox a duration in Resource Timing beside
//! a request that was repeated, in Chromium an address that WebRTC names by `turns:`.

use reachcheck_model::catalogue::Kind;
use reachcheck_model::observation::{Answer, Failure, Outcome};
use reachcheck_model::probe::Probe;
use reachcheck_model::thresholds as limits;

use super::attempt_pattern::Attempts;
use super::intermediary::{self, Intermediary};
use super::taken;

/// Round trips that an attempt which finished TLS takes at least (TCP, TLS 1.3, and the end), less what a clock may miss.
const AFTER_TLS_TRIPS_MIN: f64 = 2.5;

/// Whether attempts, the fastest of which failed after `fastest_ms` milliseconds, finished TLS. `tls_failed` is whether the
/// WebSocket's close code says that its handshake did not.
pub(super) fn is_shown(
    attempts: &Attempts<'_>,
    fetches: &[&Outcome],
    fastest_ms: f64,
    tls_failed: bool,
) -> bool {
    let endpoint = attempts.endpoint;
    // No TLS beyond this network finishes in so short a time (lab: a proxy's refusal in 4 to 14 ms).
    let least_ms = taken::least_ms(attempts, fastest_ms);
    let is_near = least_ms < limits::NEAR_MAX_MS;
    // Nor does it where a proxy is asked for this host alone, or a box cuts the browser's own hello and not WebRTC's, and
    // the path is known to be longer.
    let is_short =
        (attempts.path).is_some_and(|path| least_ms < AFTER_TLS_TRIPS_MIN * path.shortest_ms);
    let turn = attempts.observations.get(Probe::Turn(endpoint));
    let by_webrtc = attempts.way == Intermediary::Direct && turn.is_some_and(proves_tls);
    // That a TCP endpoint takes TLS is all that is asked of it, whoever's hello it was.
    if by_webrtc && endpoint.kind == Kind::Tcp {
        return true;
    }
    // Close code 1015 says that it did not finish.
    let may_be = !is_near && !is_short && !tls_failed;
    may_be && (by_webrtc || is_shown_by_timing(attempts, fetches, least_ms))
}

/// Whether Firefox shows it. The entry of a CONNECT that a proxy refuses has a duration as well, also of a proxy that is
/// asked for the service's hosts alone, which nothing else shows; but Firefox repeats a request only where it was connected.
fn is_shown_by_timing(attempts: &Attempts<'_>, fetches: &[&Outcome], least_ms: f64) -> bool {
    let may_be_proxied = attempts.way == Intermediary::Proxy
        || intermediary::hides_handshake(attempts.observations, attempts.family);
    !may_be_proxied && always_finished(fetches) && taken::may_be_repeated(attempts, least_ms)
}

/// Whether WebRTC names an address over TLS.
fn proves_tls(turn: &Outcome) -> bool {
    matches!(
        turn,
        Outcome::Answered {
            answer: Answer::Turn { tls: true, .. },
            ..
        }
    )
}

/// Whether at least two attempts failed after TLS, and none before. One alone could be a pooled
/// connection that was killed later, and a time-out an abort on one (docs/browsers.md section 1.1, exceptions).
fn always_finished(fetches: &[&Outcome]) -> bool {
    let finished: Vec<bool> = fetches
        .iter()
        .filter_map(|outcome| match outcome {
            Outcome::Failed {
                failure: Failure::Network { tls_finished },
                ..
            } => *tls_finished,
            Outcome::TimedOut { .. } => Some(false),
            _ => None,
        })
        .collect();
    finished.len() >= 2 && finished.iter().all(|finished| *finished)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::path::PathLength;
    use crate::analysis::taken::tests::{FIREFOX, Given, PATH, TCP};
    use crate::testing::{closed, failed_after_tls, healthy, not_needed};

    /// Whether three requests of Firefox show it, beside a WebSocket that failed after so many milliseconds.
    fn shows(path: Option<PathLength>, requests: [Outcome; 3], socket_ms: f64) -> bool {
        let times = requests.iter().filter_map(|request| match request {
            Outcome::Failed { ms, .. } => Some(*ms),
            _ => None,
        });
        let fastest_ms = times.fold(f64::INFINITY, f64::min);
        let [one, two, three] = requests.clone();
        let four = [one, two, three, not_needed()];
        let run = healthy().endpoint(TCP, four, closed(socket_ms, 1006));
        let given = Given { path, ..FIREFOX };
        given.of(&run, |attempts| {
            is_shown(attempts, &requests.each_ref(), fastest_ms, false)
        })
    }

    #[test]
    fn nothing_near_by_has_finished_tls() {
        let after = |ms| shows(None, [ms; 3].map(failed_after_tls), 10.0);
        assert!(after(limits::NEAR_MAX_MS));
        assert!(!after(limits::NEAR_MAX_MS - 0.1));
    }

    #[test]
    fn nothing_finished_tls_sooner_than_the_path_allows() {
        let after = |ms| shows(Some(PATH), [ms; 3].map(failed_after_tls), 80.0);
        assert!(after(AFTER_TLS_TRIPS_MIN * PATH.shortest_ms));
        assert!(!after(AFTER_TLS_TRIPS_MIN * PATH.shortest_ms - 0.1));
    }

    #[test]
    fn one_that_met_silence_leaves_it_open() {
        let failed = || failed_after_tls(800.0);
        let beside = |third| shows(Some(PATH), [failed(), failed(), third], 80.0);
        assert!(beside(failed()));
        assert!(beside(not_needed()));
        assert!(!beside(Outcome::TimedOut { ms: 8_000.0 }));
    }
}
