//! The way out of this network, as the browser's own timing and the relay show it.

use super::Canary;
use super::path::PathLength;
use reachcheck_model::environment::BrowserFamily;
use reachcheck_model::figures::ascending;
use reachcheck_model::observation::{Answer, Observations, Outcome, Phases, Timing};
use reachcheck_model::probe::Probe;
use reachcheck_model::thresholds as limits;
use reachcheck_wire::{Consistency, Saw};

/// What stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intermediary {
    /// Nothing that shows.
    Direct,
    /// The browser asks a proxy to connect for it.
    Proxy,
    /// Something near by takes TCP connections in the far end's place.
    EndsNearby,
    /// The browser does not show it.
    Unknown,
}

impl Intermediary {
    /// `relay_ms` is our round trip to the relay.
    pub(super) fn read(
        observations: &Observations,
        relay_ms: Option<f64>,
        family: BrowserFamily,
    ) -> Self {
        let Some(timing) = timing(observations) else {
            return Self::Unknown;
        };
        // A connection of an earlier run shows its making only there; the way is the one that was taken then.
        let made = |phases: &&Phases| phases.shows_connecting();
        let relay = timing
            .relay
            .as_ref()
            .filter(made)
            .or(timing.earlier.as_ref());
        match relay.or(timing.relay.as_ref()) {
            // The fastest: any of them may have waited.
            Some(relay) => {
                let is_of_this_run = timing.earlier.is_none();
                let request_ms =
                    (is_of_this_run && relay.shows_connecting()).then(|| relay.request_ms());
                let trip_ms = [timing.warm_ms, relay_ms, request_ms]
                    .into_iter()
                    .flatten()
                    .min_by(f64::total_cmp);
                way(relay, trip_ms, family)
            }
            // The page's own connection is often made ahead of its request; it is asked for nothing but the
            // lookup that a proxy does in Chromium's place.
            None => match &timing.page {
                Some(page) if is_chromiums_proxy(page, family) => Self::Proxy,
                _ => Self::Unknown,
            },
        }
    }
}

/// Measured in the lab, near and far proxies, PAC, interception and transparent proxies, some forty fresh
/// browsers: never a false alarm on a direct path.
fn way(relay: &Phases, warm_ms: Option<f64>, family: BrowserFamily) -> Intermediary {
    if is_chromiums_proxy(relay, family) {
        return Intermediary::Proxy;
    }
    let Some(warm_ms) = warm_ms.filter(|ms| *ms >= limits::WARM_MIN_MS) else {
        return Intermediary::Unknown;
    };
    if !relay.shows_connecting() {
        return Intermediary::Unknown;
    }
    // Firefox behind a proxy: no TLS handshake to be seen, and a "request" that pays for it. Without the second nothing is
    // known, for a direct connection shows its handshake.
    if family == BrowserFamily::Firefox && is_without_handshake(relay, warm_ms) {
        return match relay.request_ms() >= limits::PAYS_FOR_HANDSHAKE * warm_ms {
            true => Intermediary::Proxy,
            false => Intermediary::Unknown,
        };
    }
    if relay.connect_end <= relay.connect_start {
        return Intermediary::Unknown;
    }
    let nearby = limits::ENDS_NEARBY_SHARE * warm_ms;
    let tcp_nearby =
        relay.connect_ms() < nearby && relay.tls_ms() >= limits::TLS_BEYOND_NEARBY_TCP * warm_ms;
    let all_nearby = relay.connect_end - relay.connect_start < nearby;
    if tcp_nearby || all_nearby {
        Intermediary::EndsNearby
    } else {
        Intermediary::Direct
    }
}

/// Whether Firefox showed a connection to the relay without its TLS handshake: behind a proxy that is part of the request,
/// and a direct connection shows it.
pub(super) fn hides_handshake(observations: &Observations, family: BrowserFamily) -> bool {
    let relay = timing(observations).and_then(|timing| timing.relay.as_ref());
    let is_hidden = |relay: &Phases| relay.shows_connecting() && is_without_handshake(relay, 0.0);
    family == BrowserFamily::Firefox && relay.is_some_and(is_hidden)
}

/// Whether no time for a TLS handshake is to be seen on a path of so many milliseconds.
fn is_without_handshake(phases: &Phases, trip_ms: f64) -> bool {
    phases.tls_ms() <= (0.1 * trip_ms).max(2.0)
}

/// Chromium leaves the lookup to the proxy, so there is none, and connecting begins later than the lookup that
/// did not happen; without a proxy it begins exactly where the lookup ends (docs/browsers.md section 4).
fn is_chromiums_proxy(phases: &Phases, family: BrowserFamily) -> bool {
    family == BrowserFamily::Chromium
        && phases.lookup_start <= 0.0
        && phases.lookup_end <= 0.0
        && phases.connect_start > 0.0
        && phases.connect_end > phases.connect_start
}

pub(super) fn timing(observations: &Observations) -> Option<&Timing> {
    match observations.get(Probe::Timing)? {
        Outcome::Answered {
            answer: Answer::Timing(timing),
            ..
        } => Some(timing),
        _ => None,
    }
}

/// Pings of a quiet line: the median is the fastest one, within this factor and so many milliseconds (recordings: 81 to 83
/// beside 81, the first one apart).
const BUSY_TIMES: f64 = 1.15;
const BUSY_MIN_MS: f64 = 8.0;

/// The fastest ping over the relay's socket, in milliseconds.
pub(super) fn fastest_ping_ms(observations: &Observations) -> Option<f64> {
    match observations.get(Probe::Pings)? {
        Outcome::Answered {
            answer: Answer::Pings(times),
            ..
        } => times.iter().copied().min_by(f64::total_cmp),
        _ => None,
    }
}

/// Whether most pings took longer than the way they went: the line or the browser was busy, and how much of an answer of
/// the same seconds was the way is not known.
pub(super) fn is_busy_moment(observations: &Observations) -> bool {
    let Some(Outcome::Answered {
        answer: Answer::Pings(times),
        ..
    }) = observations.get(Probe::Pings)
    else {
        return false;
    };
    let times = ascending(times.iter().copied());
    let (fastest_ms, median_ms) = (times.first(), times.get(times.len() / 2));
    fastest_ms
        .zip(median_ms)
        .is_some_and(|(fastest_ms, median_ms)| {
            *median_ms > BUSY_TIMES * fastest_ms && median_ms - fastest_ms > BUSY_MIN_MS
        })
}

/// Our round trip to the relay, as bounds. Every exchange with it takes at least one, and may take longer: a
/// ping that a box kept back, a repeated challenge on a new connection, a SYN that was lost. So the fastest is
/// the upper bound. It is the round trip itself where the browser showed each phase of a direct connection, or
/// where it is a ping's. Otherwise a connection and its request, which take five at most (TCP, two of TLS 1.2,
/// a proxy's `CONNECT`, HTTP), give the lower bound.
pub(super) fn relay_path(observations: &Observations, way: Intermediary) -> Option<PathLength> {
    let timing = timing(observations);
    let ping_ms = fastest_ping_ms(observations);
    let warm_ms = timing.and_then(|timing| timing.warm_ms);
    let phases = timing
        .and_then(|timing| timing.relay.as_ref())
        .filter(|relay| relay.shows_connecting());
    // A TCP handshake far shorter than the request beside it may have ended nearer than the relay, at a box that was
    // slow to take it (23 ms beside 81, Firefox through Squid on a busy machine).
    let agrees = |relay: &&Phases| relay.connect_ms() >= relay.request_ms() / 3.0;
    let direct = phases
        .filter(|relay| way == Intermediary::Direct && relay.tls_ms() > 0.0)
        .filter(agrees);
    // The browser times the phases of a request beside its pages: what a busy page adds to a ping is not in them.
    let phase_ms = direct.map(|relay| {
        let handshake_ms = relay.connect_ms().min(relay.tls_ms());
        handshake_ms.min(relay.request_ms())
    });
    let longest_ms = [ping_ms, warm_ms, phase_ms]
        .into_iter()
        .flatten()
        .min_by(f64::total_cmp)?;
    let is_exact = direct.is_some() || ping_ms == Some(longest_ms);
    let shortest_ms = if is_exact {
        longest_ms
    } else {
        let whole_ms = phases.map_or(0.0, |relay| relay.response_end - relay.connect_start);
        (longest_ms / limits::NEW_CONNECTION_TRIPS_MAX)
            .max(whole_ms / limits::FIRST_ANSWER_TRIPS_MAX)
            .min(longest_ms)
    };
    Some(PathLength {
        shortest_ms,
        longest_ms,
    })
}

/// How encrypted connections show that somebody opens them on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inspection {
    /// An address that cannot exist answered over a trusted connection.
    NameThatCannotExist,
    /// The relay met a TLS handshake that this browser does not make.
    Handshake,
    /// The relay met headers, inside TLS, that no browser sends: their names.
    Headers(Vec<String>),
}

/// Hard facts only, strongest first.
pub(super) fn inspection(
    canary: Canary,
    observations: &Observations,
    family: BrowserFamily,
) -> Option<Inspection> {
    // WebKitGTK gives a proxy's refusal of a CONNECT to the page as an opaque answer (docs/browsers.md section 2).
    if canary == Canary::Answered && family != BrowserFamily::WebKit {
        return Some(Inspection::NameThatCannotExist);
    }
    let all = saw(observations);
    let inconsistent = |saw: &&Saw| {
        saw.tls
            .as_ref()
            .is_some_and(|tls| tls.consistency == Consistency::Inconsistent)
    };
    if all.iter().any(inconsistent) {
        return Some(Inspection::Handshake);
    }
    // Where TLS does not end at the relay itself, its own operator's proxy adds such headers.
    let names: Vec<String> = all
        .iter()
        .filter(|saw| saw.tls.is_some())
        .flat_map(|saw| saw.forwarded.iter().map(|(name, _)| name.clone()))
        .collect();
    (!names.is_empty()).then_some(Inspection::Headers(names))
}

/// What the relays saw of the challenge and of the socket.
fn saw(observations: &Observations) -> Vec<&Saw> {
    observations
        .iter()
        .filter_map(|(_, outcome)| match outcome {
            Outcome::Answered {
                answer: Answer::Challenge(challenge),
                ..
            } => Some(&challenge.saw),
            Outcome::Answered {
                answer: Answer::Saw(saw),
                ..
            } => Some(saw),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::is_busy_moment;
    use crate::testing::answered;
    use reachcheck_model::observation::{Answer, Observations};
    use reachcheck_model::probe::Probe;

    #[test]
    fn most_pings_tell_a_busy_moment_and_one_does_not() {
        let is_busy = |times: &[f64]| {
            let mut observations = Observations::default();
            let pings = answered(600.0, Answer::Pings(times.to_vec()));
            observations.insert(Probe::Pings, pings);
            is_busy_moment(&observations)
        };
        assert!(is_busy(&[183.0, 185.0, 97.0, 101.0, 84.0]));
        assert!(is_busy(&[210.0, 127.0, 107.0, 86.0, 83.0]));
        assert!(!is_busy(&[93.0, 83.0, 81.0, 81.0, 81.0]));
        assert!(!is_busy(&[400.0, 200.0, 83.0, 81.0, 80.0]));
        // Beside a relay near by some milliseconds are a clock's.
        assert!(!is_busy(&[2.0, 9.0, 9.0, 10.0, 2.0]));
        assert!(!is_busy_moment(&Observations::default()));
    }
}
