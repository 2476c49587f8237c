//! Signs that something took an endpoint's connection although the dialogue then failed, as it must at a port of another
//! protocol. None of them is a time by itself, and without one a failure is never told as a port that works
//! (docs/accuracy.md says what each engine can show).

use reachcheck_model::catalogue::EndpointRef;
use reachcheck_model::environment::BrowserFamily;
use reachcheck_model::figures::ascending;
use reachcheck_model::observation::{Failure, Observations, Outcome};
use reachcheck_model::probe::Probe;
use reachcheck_model::thresholds as limits;
use reachcheck_wire::Rejection;

use super::attempt_pattern::Attempts;
use super::computer;
use super::intermediary::Intermediary;
use super::outside::{self, Expectation};
use super::path::{PathLength, RttMultiple};
use super::two_regions::Candidate;

/// What shows that something took the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// WebRTC's `turn:` or `turns:` named an address, which it does only over a TCP connection that stands (Chromium).
    Turn,
    /// WebRTC's `turn:` still waits where every attempt failed long ago: a connection that is refused, or a name that is
    /// unknown, would have ended it (Chromium; 47 recorded refusals ended it after 72 to 375 ms).
    TurnWaits,
    /// The WebSocket's close code 1015, a TLS handshake that failed (Firefox).
    TlsFailed,
    /// The browser repeated the request ten times, as it does only where it was connected (Firefox).
    Repeated,
    /// The same dialogue in another region took a time in the ratio of the ways (engines that show nothing else).
    Ratio,
}

/// What the attempts at an endpoint, all of which failed, show of its connection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Connection {
    /// Something took it.
    Taken(Taken),
    /// Nothing did: it was refused, or the name is not known.
    NotTaken,
    /// Neither is shown.
    Unknown,
}

/// A connection that something took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Taken {
    /// By what that is known.
    pub sign: Sign,
    /// What the faster two of the requests took.
    fetch: Option<Dialogue>,
    /// What the WebSocket took.
    socket: Option<Dialogue>,
    /// A tenth of a request that was repeated ten times, in milliseconds: one dialogue takes no longer.
    tenth_ms: Option<f64>,
    /// A step of the page's clock, in milliseconds, where it is too large for what is read by it.
    grain_ms: f64,
}

/// How long a dialogue took.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Dialogue {
    /// By the page's clock, in milliseconds.
    ms: f64,
    /// How much of that may be the browser's own delay, in milliseconds.
    own_delay_ms: f64,
}

/// How far an attempt got, by its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// As far as the same dialogue takes from outside, or further.
    AsOutside,
    /// Less far: something on the way took the connection or ended the dialogue.
    Short,
    /// The path's length is not known well enough.
    Unclear,
}

/// See [`limits::REPEATED_TIMES`]; enough where the requests took the round trips of ten repetitions as well.
const REPEATED_TIMES_BESIDE_TRIPS: f64 = 3.0;
/// See [`limits::REPEATED_TIMES`]; below this nothing was connected.
const NOT_REPEATED_TIMES: f64 = 2.0;
/// How often Firefox tries a request whose connection was taken and ended (docs/browsers.md section 3).
const REPETITIONS: f64 = 10.0;
/// Round trips that a refusal takes at most, with what a browser adds to it.
const REFUSED_TRIPS_MAX: f64 = 2.5;
/// How much longer (times) than the next shorter dialogue an attempt took that is none, this browser's own delay taken off.
const SHORTER_TIMES: f64 = 1.1;
/// What takes less than this share of the shortest round trip does not come from there (routes differ a little).
const SHORT_SHARE: f64 = 0.7;
/// Attempts agree whose times differ by no more than this factor.
const AGREE_TIMES: f64 = 1.15;
/// A timer of the page may end so much early (ms).
const TIMER_EARLY_MS: f64 = 20.0;

impl Connection {
    /// Reads an endpoint's attempts. A mixture of silence and failure shows nothing. `turn_proves` is whether WebRTC
    /// named an address, on a way where that says something of the endpoint.
    pub(super) fn read(attempts: &Attempts<'_>, turn_proves: bool) -> Self {
        let Attempts {
            endpoint,
            observations,
            family,
            ..
        } = *attempts;
        let fetches = failed_fetches_ms(endpoint, observations);
        let probe = Probe::Upgrade(endpoint);
        let (socket_ms, code) = match observations.get(probe) {
            Some(Outcome::Failed { ms, failure }) => match failure {
                Failure::Closed { code, .. } => (Some(*ms), Some(*code)),
                _ => (Some(*ms), None),
            },
            _ => (None, None),
        };
        let [fastest_ms, fetch_ms, ..] = fetches[..] else {
            return Self::Unknown;
        };
        let slowest_ms = fetches
            .iter()
            .copied()
            .fold(socket_ms.unwrap_or(0.0), f64::max);
        let sign = match family {
            _ if turn_proves => Sign::Turn,
            BrowserFamily::Chromium => match turn_in_vain(endpoint, observations) {
                Some(Turn::Waits { ms }) if slowest_ms < 0.5 * ms => Sign::TurnWaits,
                Some(Turn::Ended) if !is_long(attempts, fetch_ms) => return Self::NotTaken,
                _ => return Self::Unknown,
            },
            BrowserFamily::Firefox if code == Some(1015) => Sign::TlsFailed,
            BrowserFamily::Firefox => match socket_ms {
                Some(ms) if is_repeated(attempts, fastest_ms, ms) => Sign::Repeated,
                // A WebSocket that was held back would seem as long as a request that was repeated, and after TLS Firefox
                // repeats the WebSocket instead.
                Some(ms)
                    if fetch_times(fetch_ms, ms) < NOT_REPEATED_TIMES
                        && attempts.path.is_some_and(|path| {
                            fetch_ms.max(ms) < limits::REPEATED_TIMES * path.shortest_ms
                        }) =>
                {
                    return Self::NotTaken;
                }
                _ => return Self::Unknown,
            },
            _ => return Self::Unknown,
        };
        Self::Taken(Taken {
            sign,
            // What was repeated is ten dialogues, and tells nothing of one.
            fetch: (sign != Sign::Repeated).then(|| requests(endpoint, fetch_ms, observations)),
            socket: socket_ms.map(|ms| Dialogue {
                ms,
                own_delay_ms: observations.local(probe).own_delay_ms.unwrap_or(0.0),
            }),
            tenth_ms: (sign == Sign::Repeated).then_some(fetch_ms / REPETITIONS),
            grain_ms: computer::coarse(attempts.clock_grain_ms).unwrap_or(0.0),
        })
    }
}

/// Whether the faster two requests and the WebSocket failed in less than the shortest round trip that the region can have.
/// A browser that is late makes times longer, and none shorter.
pub(super) fn ends_short(attempts: &Attempts<'_>) -> bool {
    let fetches = failed_fetches_ms(attempts.endpoint, attempts.observations);
    let [_, fetch_ms, ..] = fetches[..] else {
        return false;
    };
    let socket_ms = match attempts.observations.get(Probe::Upgrade(attempts.endpoint)) {
        Some(Outcome::Failed { ms, .. }) => *ms,
        Some(Outcome::NotRun(_)) => 0.0,
        _ => return false,
    };
    let grain_ms = computer::coarse(attempts.clock_grain_ms).unwrap_or(0.0);
    let longest_ms = fetch_ms.max(socket_ms) + grain_ms;
    attempts.path.is_some_and(|path| {
        path.shortest_ms >= limits::LEVELS_MIN_R_MS && longest_ms < SHORT_SHARE * path.shortest_ms
    })
}

/// What an endpoint brings to a comparison of two regions, in engines and settings without any other sign.
pub(super) fn candidate(attempts: &Attempts<'_>, expect: Expectation) -> Option<Candidate> {
    let is_without_sign = match attempts.family {
        BrowserFamily::Firefox => false,
        BrowserFamily::Chromium => matches!(
            attempts.observations.get(Probe::Turn(attempts.endpoint)),
            Some(Outcome::NotRun(_))
        ),
        _ => true,
    };
    let is_direct = !matches!(attempts.way, Intermediary::Proxy | Intermediary::EndsNearby);
    let fetches = failed_fetches_ms(attempts.endpoint, attempts.observations);
    let [fastest_ms, ms, ..] = fetches[..] else {
        return None;
    };
    let agree = ms <= AGREE_TIMES * fastest_ms;
    let is_fine = computer::coarse(attempts.clock_grain_ms).is_none();
    let probe = Probe::Fetch(attempts.endpoint, limits::FETCHES_WHEN_FAILING - 1);
    let local = attempts.observations.local(probe);
    (is_without_sign && is_direct && agree && is_fine).then_some(Candidate {
        expect,
        path: *attempts.path?,
        ms,
        own_delay_ms: local.own_delay_ms.unwrap_or(0.0),
    })
}

impl From<Candidate> for Taken {
    fn from(candidate: Candidate) -> Self {
        Self {
            sign: Sign::Ratio,
            fetch: Some(Dialogue {
                ms: candidate.ms,
                own_delay_ms: candidate.own_delay_ms,
            }),
            socket: None,
            tenth_ms: None,
            grain_ms: 0.0,
        }
    }
}

impl Taken {
    /// A connection that was taken, with one request after so many milliseconds; of a repeated one the WebSocket.
    #[cfg(test)]
    pub(super) fn after(sign: Sign, ms: f64) -> Self {
        let dialogue = Some(Dialogue {
            ms,
            own_delay_ms: 0.0,
        });
        let is_repeated = sign == Sign::Repeated;
        Self {
            sign,
            fetch: dialogue.filter(|_| !is_repeated),
            socket: dialogue.filter(|_| is_repeated),
            tenth_ms: is_repeated.then_some(ms),
            grain_ms: 0.0,
        }
    }

    /// How far the attempts got, towards an endpoint that behaves like this from outside. A time acquits nobody; here it
    /// may only object to a sign. Requests and WebSocket must agree: a browser holds the one back after failures, and
    /// repeats the other or finds a connection for it.
    pub(super) fn reach(
        &self,
        expect: Expectation,
        path: Option<&PathLength>,
        family: BrowserFamily,
    ) -> Reach {
        let Some(path) = path else {
            return Reach::Unclear;
        };
        if path.shortest_ms < limits::LEVELS_MIN_R_MS {
            return Reach::Unclear;
        }
        // A clock that steps may have been a step early or late, at both.
        let grain_ms = self.grain_ms;
        let longest_ms = path.longest_ms + grain_ms;
        let of = |Dialogue { ms, own_delay_ms }| {
            if path.shortest_ms <= own_delay_ms {
                return Reach::Unclear;
            }
            let trips = Trips::of(expect, family);
            let shortest_ms = path.shortest_ms - grain_ms - own_delay_ms;
            let least_ms = ms - own_delay_ms - grain_ms;
            let is_beyond = least_ms >= trips.shorter * SHORTER_TIMES * longest_ms;
            if is_beyond && ms - grain_ms >= trips.from * longest_ms {
                Reach::AsOutside
            } else if ms + grain_ms < trips.below * shortest_ms {
                Reach::Short
            } else {
                Reach::Unclear
            }
        };
        let (fetch, socket) = (self.fetch.map(of), self.socket.map(of));
        // A WebSocket that was late does not make up for requests each of whose dialogues ended before: a hello that is reset
        // takes ten round trips, and what speaks no TLS takes twenty.
        let from_ms = Trips::of(expect, family).from * longest_ms;
        if self.tenth_ms.is_some_and(|ms| ms + grain_ms < from_ms)
            && socket == Some(Reach::AsOutside)
        {
            return Reach::Unclear;
        }
        match (fetch, socket) {
            (Some(one), Some(other)) if one == other => one,
            (Some(one), None) | (None, Some(one)) => one,
            _ => Reach::Unclear,
        }
    }
}

/// What the faster two of an endpoint's requests took, the slower of which is this one: as long as the one of them of
/// which less may be the browser's own delay.
fn requests(endpoint: EndpointRef, ms: f64, observations: &Observations) -> Dialogue {
    let of = |attempt| {
        let probe = Probe::Fetch(endpoint, attempt);
        let Outcome::Failed { ms: took_ms, .. } = observations.get(probe)? else {
            return None;
        };
        let own_delay_ms = observations.local(probe).own_delay_ms.unwrap_or(0.0);
        (*took_ms <= ms).then_some(took_ms - own_delay_ms)
    };
    let least_ms = (0..limits::FETCHES).filter_map(of).fold(0.0, f64::max);
    Dialogue {
        ms,
        own_delay_ms: ms - least_ms,
    }
}

/// Whether attempts took more round trips than refusals by every address do. An end that WebRTC names no address for
/// proves nothing alone: it was seen once at a box that closed within a millisecond (docs/browsers.md section 7).
fn is_long(attempts: &Attempts<'_>, fetch_ms: f64) -> bool {
    let addresses = outside::addresses(attempts.endpoint, attempts.observations);
    let path = attempts.path;
    path.is_some_and(|path| fetch_ms >= REFUSED_TRIPS_MAX * path.longest_ms * f64::from(addresses))
}

/// Whether requests were repeated of which the fastest took so long beside such a WebSocket, this browser's own delay taken
/// off: that makes one request near by as long as ten.
fn is_repeated(attempts: &Attempts<'_>, fetch_ms: f64, socket_ms: f64) -> bool {
    let least_ms = least_ms(attempts, fetch_ms);
    let times = fetch_times(least_ms, socket_ms);
    let level = attempts
        .path
        .and_then(|path| path.level(fetch_ms, attempts.family));
    // A WebSocket that was late itself, beside requests that took the trips of ten repetitions.
    let is_of_ten = matches!(level, Some(RttMultiple::Ten | RttMultiple::Twenty));
    // What a busy browser adds to a request near by is as much as a few repetitions there; ten of them are ten.
    let is_near = attempts
        .path
        .is_some_and(|path| least_ms < path.shortest_ms);
    let least = if is_near {
        REPETITIONS - 1.0
    } else {
        limits::REPEATED_TIMES
    };
    times >= least || is_of_ten && times >= REPEATED_TIMES_BESIDE_TRIPS
}

/// Whether a request that took at least so many milliseconds may have been repeated in Firefox, by the WebSocket beside it.
pub(super) fn may_be_repeated(attempts: &Attempts<'_>, least_ms: f64) -> bool {
    let socket = attempts.observations.get(Probe::Upgrade(attempts.endpoint));
    matches!(socket, Some(Outcome::Failed { ms, .. }) if fetch_times(least_ms, *ms) >= NOT_REPEATED_TIMES)
}

/// What the fastest of the requests that failed, after `fastest_ms` milliseconds, took at least outside of this browser.
pub(super) fn least_ms(attempts: &Attempts<'_>, fastest_ms: f64) -> f64 {
    let fetches = (0..limits::FETCHES).map(|attempt| Probe::Fetch(attempts.endpoint, attempt));
    let readings = fetches.filter_map(|probe| attempts.failed(probe));
    readings.map(|it| it.shortest_ms).fold(fastest_ms, f64::min)
}

/// How many times as long a request took as the WebSocket.
fn fetch_times(fetch_ms: f64, socket_ms: f64) -> f64 {
    fetch_ms / socket_ms.max(1.0)
}

/// Round trips of an attempt towards an endpoint that behaves in one way.
struct Trips {
    /// Below so many it did not get as far as from outside.
    below: f64,
    /// From so many on it did.
    from: f64,
    /// So many take dialogues that end before.
    shorter: f64,
}

impl Trips {
    const fn of(expect: Expectation, family: BrowserFamily) -> Self {
        let (below, from, shorter) = match (expect, family) {
            (Expectation::ClosedAfterTls | Expectation::NotHttp, _) => (2.5, 2.8, 2.0),
            // Chromium tries a handshake that was cut once more, and so after every alert but one, which the relay does
            // not tell apart (docs/browsers.md section 8).
            (Expectation::NoTls(Rejection::Alert), BrowserFamily::Chromium) => (1.5, 3.4, 2.0),
            (Expectation::NoTls(_) | Expectation::Greets, BrowserFamily::Chromium) => {
                (2.5, 3.4, 2.0)
            }
            _ => (1.3, 1.5, 1.0),
        };
        Self {
            below,
            from,
            shorter,
        }
    }
}

/// Times of the requests, fastest first, in milliseconds; none where one did not fail.
fn failed_fetches_ms(endpoint: EndpointRef, observations: &Observations) -> Vec<f64> {
    let fetches = (0..limits::FETCHES).map(|attempt| Probe::Fetch(endpoint, attempt));
    let times: Option<Vec<f64>> = fetches
        .filter_map(|probe| match observations.get(probe)? {
            Outcome::Failed { ms, .. } => Some(Some(*ms)),
            Outcome::Answered { .. } | Outcome::TimedOut { .. } => Some(None),
            Outcome::Cancelled | Outcome::NotRun(_) => None,
        })
        .collect();
    ascending(times.unwrap_or_default().into_iter())
}

/// What became of WebRTC's attempt that named no address.
enum Turn {
    /// It waited for so long (ms) until the page stopped asking.
    Waits { ms: f64 },
    /// It ended.
    Ended,
}

fn turn_in_vain(endpoint: EndpointRef, observations: &Observations) -> Option<Turn> {
    match observations.get(Probe::Turn(endpoint))? {
        Outcome::Answered { ms, .. }
            if *ms < f64::from(limits::TURN_DEADLINE_MS) - TIMER_EARLY_MS =>
        {
            Some(Turn::Ended)
        }
        Outcome::Answered { ms, .. } | Outcome::TimedOut { ms } => Some(Turn::Waits { ms: *ms }),
        _ => None,
    }
}

#[cfg(test)]
pub(super) mod tests;
