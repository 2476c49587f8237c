//! Late evidence: when the browser itself gives up on an attempt that nobody ends (docs/browsers.md section 1.2).

use super::attempt_pattern::AttemptPattern;
use reachcheck_model::catalogue::EndpointRef;
use reachcheck_model::observation::{Observations, Outcome};
use reachcheck_model::operating_system::OperatingSystem;
use reachcheck_model::probe::Probe;
use reachcheck_model::thresholds as limits;

/// What the browser seems to have waited for, by when it gave up. A time, so a place that follows from it is at most
/// inferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GaveUp {
    /// For an answer to the name lookup.
    Lookup,
    /// Connected, for an answer to its ClientHello.
    Handshake,
    /// It still waited when nobody looked any longer, and no more is known: a SYN that is dropped, an HTTP answer that
    /// does not come, and a prompt that nobody has answered are alike.
    Later,
    /// For an answer to a SYN: a system that gives one up before nobody looks any longer.
    Connection,
}

/// Between how many seconds a browser gives each of them up, where that is known of the system and nothing else ends then.
struct Windows {
    lookup: Option<(f64, f64)>,
    connection: Option<(f64, f64)>,
    handshake: Option<(f64, f64)>,
}

/// macOS waits for a name for as long as others do for a handshake (30 s and more, from one public trace), and nobody has
/// measured its mobile kin.
const fn windows_s(system: OperatingSystem) -> Windows {
    match system {
        OperatingSystem::Linux | OperatingSystem::ChromeOs | OperatingSystem::Android => Windows {
            lookup: Some(limits::GIVES_UP_LOOKUP_S),
            connection: None,
            handshake: Some(limits::GIVES_UP_HANDSHAKE_S),
        },
        OperatingSystem::Windows => Windows {
            lookup: Some(limits::GIVES_UP_LOOKUP_S),
            connection: Some(limits::GIVES_UP_SYN_WINDOWS_S),
            handshake: Some(limits::GIVES_UP_HANDSHAKE_S),
        },
        OperatingSystem::MacOs
        | OperatingSystem::Ios
        | OperatingSystem::IpadOs
        | OperatingSystem::Unknown => Windows {
            lookup: None,
            connection: None,
            handshake: None,
        },
    }
}

/// Whether the browser itself said that it does not get through. A deadline of the page that ran out is no such word:
/// the answer might have come a moment later.
pub(super) fn failed_by_itself(
    endpoint: EndpointRef,
    pattern: &AttemptPattern,
    observations: &Observations,
) -> bool {
    let failed = |probe| matches!(observations.get(probe), Some(Outcome::Failed { .. }));
    if failed(Probe::GiveUp(endpoint)) {
        return true;
    }
    match pattern {
        // A first attempt that failed went over a kept connection that had died.
        AttemptPattern::Silent => false,
        // Firefox's 1015: the WebSocket came as far as TLS, where any request comes.
        AttemptPattern::Unplaced {
            tls_failed: true, ..
        } => true,
        // That a WebSocket alone is turned down is what a healthy server does to it.
        _ => (0..limits::FETCHES).any(|attempt| failed(Probe::Fetch(endpoint, attempt))),
    }
}

pub(super) fn gave_up(
    endpoint: EndpointRef,
    observations: &Observations,
    system: OperatingSystem,
) -> Option<GaveUp> {
    let seconds = match observations.get(Probe::GiveUp(endpoint))? {
        Outcome::Failed { ms, .. } => ms / 1000.0,
        Outcome::TimedOut { .. } => return Some(GaveUp::Later),
        _ => return None,
    };
    let windows = windows_s(system);
    let of = [
        (windows.lookup, GaveUp::Lookup),
        (windows.connection, GaveUp::Connection),
        (windows.handshake, GaveUp::Handshake),
    ];
    let is_within = |window: Option<(f64, f64)>| {
        window.is_some_and(|(from, to)| (from..=to).contains(&seconds))
    };
    let found = of.into_iter().find(|(window, _)| is_within(*window));
    found.map(|(_, gave_up)| gave_up)
}

#[cfg(test)]
mod tests {
    use crate::testing::{ALL_WELL, Scenario, answered, expect, healthy, waits};
    use reachcheck_model::observation::Answer;
    use reachcheck_model::probe::Probe;

    const TCP: &str = "seattle/tcp";

    /// A TCP endpoint that says nothing here.
    fn silent() -> Scenario {
        healthy().silent(TCP)
    }

    fn named_late(run: Scenario, plain: bool) -> Scenario {
        let probe = Probe::LateTurn(run.find(TCP));
        run.set(
            probe,
            answered(40_000.0, Answer::Turn { plain, tls: false }),
        )
    }

    /// A port that waits for its client's first bytes, here as there, is told by a connection that stands.
    #[test]
    fn a_connection_that_stands_in_silence_is_proven_late() {
        let run = silent().outside(TCP, waits(TCP));
        assert_eq!(run.check(TCP), "unknown none");
        let run = named_late(run, true);
        assert_eq!(run.check(TCP), "ok inferred");
        expect(&run, &[ALL_WELL]);
    }

    #[test]
    fn without_an_address_or_through_a_proxy_nothing_is_proven() {
        let run = || silent().outside(TCP, waits(TCP));
        assert_eq!(named_late(run(), false).check(TCP), "unknown none");
        let behind_proxy = named_late(run().behind_proxy(), true);
        assert_eq!(behind_proxy.check(TCP), "unknown none");
    }

    /// From outside it answers: what stands in silence here is cut behind the connection.
    #[test]
    fn a_silence_that_is_none_from_outside_stays_a_failure() {
        let run = named_late(silent(), true);
        assert!(run.check(TCP).starts_with("failed"));
        assert_eq!(run.place(TCP), "tls inferred");
    }
}
