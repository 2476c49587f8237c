//! What an endpoint looked like from this browser, all attempts taken together.

use super::computer::Reading;
use super::far_refusal;
use super::fresh_name::{self, Likeness};
use super::intermediary::{self, Intermediary};
use super::lookup::{self, Costs, NameLookup};
use super::path::{PathLength, RttMultiple};
use super::refusal::{self, Refusal};
use super::taken::{self, Connection};
use super::tls_finished;
use reachcheck_model::catalogue::{EndpointRef, Kind};
use reachcheck_model::environment::BrowserFamily;
use reachcheck_model::figures::ascending;
use reachcheck_model::observation::{Failure, Observations, Outcome};
use reachcheck_model::operating_system::OperatingSystem;
use reachcheck_model::probe::Probe;
use reachcheck_model::thresholds as limits;

/// The look of an endpoint. Failures are told apart by time only; `Unplaced` is where time says nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum AttemptPattern {
    /// Attempts are still out.
    Pending,
    /// No attempt was made, or it was cancelled.
    NotTried,
    /// It answered.
    Answered(Answered),
    /// TLS finished, as Firefox shows by a duration and Chromium by WebRTC (docs/browsers.md section 1.1), and no answer
    /// came.
    TlsFinished {
        /// The fastest failure, in milliseconds.
        ms: f64,
    },
    /// Failed before anything left this network.
    Near {
        /// In milliseconds.
        ms: f64,
    },
    /// Refused after one round trip.
    Far {
        /// In milliseconds.
        ms: f64,
    },
    /// Refused, and reported only after the operating system's own repeats: nothing says where.
    Refused {
        /// The fastest failure, in milliseconds.
        ms: f64,
    },
    /// Two round trips: certificate refused, alert, or the ClientHello reset.
    InTls {
        /// In milliseconds.
        ms: f64,
    },
    /// Three round trips: closed after TLS.
    AfterTls {
        /// In milliseconds.
        ms: f64,
    },
    /// Cut in the handshake by the peer: four round trips in Chromium, twenty in Firefox.
    Cut {
        /// In milliseconds.
        ms: f64,
    },
    /// The ClientHello was reset: ten round trips in Firefox.
    HelloReset {
        /// In milliseconds.
        ms: f64,
    },
    /// No attempt was answered until its deadline.
    Silent,
    /// `fetch` waits, and a WebSocket, which is always a new connection, was turned down after TLS: in Chromium, where the
    /// connection that `fetch` waits for may be a dead one, and at HTTPS endpoints in every engine, where its answer stalls.
    SocketAlone {
        /// The WebSocket's, in milliseconds.
        ms: f64,
    },
    /// Every attempt failed after the time of a failing name lookup, and of nothing else.
    NotResolved {
        /// In milliseconds.
        ms: f64,
    },
    /// It failed, and the time decides nothing.
    Unplaced {
        /// The fastest failure, in milliseconds.
        ms: f64,
        /// Firefox's 1015: the TLS handshake failed, so TCP (or the proxy's tunnel) stood.
        tls_failed: bool,
    },
}

/// How it answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// Whether a WebSocket opened there (or was closed in order by the server).
    pub opened: bool,
    /// Whether a `fetch` succeeded.
    pub fetched: bool,
    /// Warm `fetch` times in milliseconds, ascending.
    pub warm_ms: Vec<f64>,
    /// The time of the first answer, in milliseconds, name lookup and handshakes included.
    pub first_ms: f64,
    /// The median of the warm answers in milliseconds, or the first where there is no warm one. What the page stood still
    /// for meanwhile is not counted: that is this computer's time.
    pub typical_ms: f64,
    /// `fetch` attempts that succeeded, the cold one included.
    pub successes: usize,
    /// `fetch` attempts that failed or timed out beside those that succeeded.
    pub failures: usize,
    /// Whether no `fetch` ended before its deadline.
    pub fetch_waits: bool,
    /// Whether the page had given it up by then: `first_ms` is longer than its deadline.
    pub is_late: bool,
}

impl AttemptPattern {
    /// Whether something with a certificate for that name answered.
    #[must_use]
    pub const fn is_answer(&self) -> bool {
        matches!(self, Self::Answered(_) | Self::TlsFinished { .. })
    }
}

impl Answered {
    /// The fastest warm answer, in milliseconds.
    #[must_use]
    pub fn fastest_ms(&self) -> f64 {
        self.warm_ms.first().copied().unwrap_or(self.first_ms)
    }

    /// Whether no later answer came sooner than the first, as it does on a connection that is kept: TCP, TLS and the answer
    /// are three round trips, the answer alone is one.
    pub fn is_never_kept(&self) -> bool {
        let fastest = self.warm_ms.first();
        fastest.is_some_and(|fastest| *fastest >= NEVER_KEPT_SHARE * self.first_ms)
    }
}

/// An answer on a kept connection takes less than this share of the first, a third of which it takes where nothing waits.
const NEVER_KEPT_SHARE: f64 = 0.85;

/// Warm `fetch` answers of an endpoint, in milliseconds, ascending.
pub(super) fn warm_answers_ms(endpoint: EndpointRef, observations: &Observations) -> Vec<f64> {
    let times = (1..limits::FETCHES)
        .filter_map(|attempt| observations.get(Probe::Fetch(endpoint, attempt)))
        .filter_map(Outcome::answered_ms);
    ascending(times)
}

/// After how many milliseconds an answer came in which the page did not stand still.
fn moving_ms(probe: Probe, observations: &Observations) -> Option<f64> {
    let ms = observations.get(probe)?.answered_ms()?;
    Some((ms - observations.local(probe).stalled_ms).max(0.0))
}

/// The median of an endpoint's warm answers or, where there is none, its first one, in milliseconds.
fn typical_ms(endpoint: EndpointRef, observations: &Observations) -> Option<f64> {
    let answer_ms = |attempt| moving_ms(Probe::Fetch(endpoint, attempt), observations);
    let warm_ms = ascending((1..limits::FETCHES).filter_map(answer_ms));
    warm_ms
        .get(warm_ms.len() / 2)
        .copied()
        .or_else(|| answer_ms(0))
}

/// The fastest warm `fetch` answer of an endpoint, and its time in milliseconds.
pub(super) fn fastest_warm_answer(
    endpoint: EndpointRef,
    observations: &Observations,
) -> Option<(Probe, f64)> {
    let warm = (1..limits::FETCHES).map(|attempt| Probe::Fetch(endpoint, attempt));
    let answers = warm.filter_map(|probe| Some((probe, observations.get(probe)?.answered_ms()?)));
    answers.min_by(|(_, one), (_, other)| one.total_cmp(other))
}

/// What a shape is read from.
pub(super) struct Attempts<'run> {
    pub endpoint: EndpointRef,
    pub observations: &'run Observations,
    pub family: BrowserFamily,
    pub path: Option<&'run PathLength>,
    pub way: Intermediary,
    /// The longest lookup that the answers of hosts that are well leave room for, in milliseconds.
    pub lookup_room_ms: Option<f64>,
    /// The smallest step of the page's clock, in milliseconds.
    pub clock_grain_ms: Option<f64>,
    /// What the computer runs.
    pub system: OperatingSystem,
}

impl Attempts<'_> {
    /// How long a failure of this endpoint took outside of this browser.
    pub(super) fn failed(&self, probe: Probe) -> Option<Reading> {
        match self.observations.get(probe)? {
            Outcome::Failed { ms, .. } => {
                let grain_ms = self.clock_grain_ms;
                Some(Reading::of(probe, *ms, self.observations, grain_ms))
            }
            _ => None,
        }
    }

    /// The level of a failure of this endpoint.
    fn level(&self, probe: Probe) -> Option<RttMultiple> {
        self.failed(probe)?.level(self.path?, self.family)
    }
}

/// Whether every repeat but the last has ended, and all answered: that is shown, as “so far”, while the last is out.
/// Chromium makes a new connection for each, and four take a second at R = 80 ms.
fn answers_so_far(fetches: &[Option<&Outcome>]) -> bool {
    let is_answered = |it: &Option<&Outcome>| it.is_some_and(|it| it.answered_ms().is_some());
    fetches
        .split_last()
        .is_some_and(|(_, before)| before.iter().all(is_answered))
}

/// Reads the attempts at an endpoint, of whose connection `connection` is known.
pub(super) fn read(attempts: &Attempts<'_>, connection: Connection) -> AttemptPattern {
    let Attempts {
        endpoint,
        observations,
        family,
        path,
        way,
        lookup_room_ms,
        clock_grain_ms: _,
        system: _,
    } = *attempts;
    let fetches: Vec<Option<&Outcome>> = (0..limits::FETCHES)
        .map(|attempt| observations.get(Probe::Fetch(endpoint, attempt)))
        .collect();
    let upgrade = observations.get(Probe::Upgrade(endpoint));
    if upgrade.is_none() || fetches.contains(&None) && !answers_so_far(&fetches) {
        return AttemptPattern::Pending;
    }
    let fetches: Vec<&Outcome> = fetches.into_iter().flatten().collect();

    let fetched_first = fetches.iter().find_map(|outcome| outcome.answered_ms());
    let opened_ms = upgrade
        .filter(|_| endpoint.kind == Kind::Tcp)
        .and_then(Outcome::answered_ms);
    if let Some(first_ms) = fetched_first.or(opened_ms) {
        return AttemptPattern::Answered(Answered {
            opened: opened_ms.is_some(),
            fetched: fetched_first.is_some(),
            warm_ms: warm_answers_ms(endpoint, observations),
            first_ms,
            typical_ms: typical_ms(endpoint, observations).unwrap_or(first_ms),
            successes: fetches
                .iter()
                .filter(|outcome| outcome.answered_ms().is_some())
                .count(),
            failures: (0..)
                .zip(&fetches)
                .filter(|(attempt, outcome)| {
                    // What failed as the network of this computer came or went is no fault of the way.
                    let local = observations.local(Probe::Fetch(endpoint, *attempt));
                    outcome.is_failure() && !local.network_changed
                })
                .count(),
            fetch_waits: ends_in_silence(&fetches),
            is_late: false,
        });
    }
    // What was waited for beyond the deadline, and came after all.
    if let Some(first_ms) = moving_ms(Probe::GiveUp(endpoint), observations) {
        return AttemptPattern::Answered(Answered {
            opened: false,
            fetched: true,
            warm_ms: Vec::new(),
            first_ms,
            typical_ms: first_ms,
            successes: 1,
            failures: 0,
            fetch_waits: false,
            is_late: first_ms > 1000.0 * f64::from(limits::ENDPOINT_DEADLINE_S),
        });
    }

    let mut failed_ms: Vec<f64> = Vec::new();
    let mut timeouts = 0;
    for outcome in &fetches {
        match outcome {
            Outcome::Failed {
                failure: Failure::Forbidden,
                ..
            } => return AttemptPattern::NotTried,
            Outcome::Failed { ms, .. } => failed_ms.push(*ms),
            Outcome::TimedOut { .. } => timeouts += 1,
            Outcome::Answered { .. } | Outcome::Cancelled | Outcome::NotRun(_) => {}
        }
    }
    // A failure after seconds is the end of a silence (Chromium gives up a name lookup after five).
    let socket_failed = matches!(
        upgrade,
        Some(Outcome::Failed { ms, .. }) if *ms < limits::END_OF_SILENCE_MS
    );
    // A first attempt may have gone over a kept connection that had died (Firefox gives one up after some
    // 5 s); what counts is that new ones, a WebSocket's always among them, stay without an answer. But where one was
    // ended soon at a port that keeps nothing, somebody is there: loss alone makes the next one silent (lab, 5 %).
    let was_ended =
        endpoint.kind == Kind::Tcp && failed_ms.iter().any(|ms| *ms < limits::END_OF_SILENCE_MS);
    if ends_in_silence(&fetches) && !socket_failed && !was_ended {
        return AttemptPattern::Silent;
    }
    let upgrade_ms = failed_after(Probe::Upgrade(endpoint), observations);
    // Chromium goes on trying a connection that was not answered, for later requests to use; an attempt
    // after the network was mended still waits for it (lab).
    if let Some(ms) = upgrade_ms
        && (family == BrowserFamily::Chromium || endpoint.kind == Kind::Https)
        && fetches
            .iter()
            .all(|outcome| !matches!(outcome, Outcome::Failed { .. }))
        && !matches!(way, Intermediary::Proxy | Intermediary::EndsNearby)
        && attempts.level(Probe::Upgrade(endpoint)) == Some(RttMultiple::Three)
    {
        return AttemptPattern::SocketAlone { ms };
    }
    // A WebSocket that is late beside a `fetch` that failed was held back by the browser, which delays
    // them after failures (docs/browsers.md section 3); one that failed beside a silent `fetch` was not.
    if failed_ms.is_empty() {
        failed_ms.extend(upgrade_ms);
    }
    let fastest_ms = failed_ms.iter().copied().fold(f64::INFINITY, f64::min);
    let fastest_ms = if failed_ms.is_empty() {
        f64::from(limits::ENDPOINT_DEADLINE_MS)
    } else {
        fastest_ms
    };
    let tls_failed = matches!(
        upgrade,
        Some(Outcome::Failed {
            failure: Failure::Closed { code: 1015, .. },
            ..
        })
    );
    if tls_finished::is_shown(attempts, &fetches, fastest_ms, tls_failed) {
        return AttemptPattern::TlsFinished { ms: fastest_ms };
    }
    if failed_ms.is_empty() {
        return AttemptPattern::NotTried;
    }
    // A mixture of silence and failure is neither.
    let level = if timeouts > 0 {
        None
    } else {
        common_level(attempts, tls_failed)
    };
    // Through a proxy, or where connections end near by, the times are those of another conversation; only
    // what never left is still told by them.
    let through = matches!(way, Intermediary::Proxy | Intermediary::EndsNearby);
    let level = level.filter(|(level, _)| *level == RttMultiple::Near || !through);
    let is_taken = matches!(connection, Connection::Taken(_));
    let refusal = refusal(attempts, &fetches)
        .filter(|_| timeouts == 0 && !tls_failed && !through && !is_taken);
    if let Some(refusal) = refusal {
        let ms = refusal.rest_ms;
        return match refusal.is_near {
            true => AttemptPattern::Near { ms },
            false => AttemptPattern::Refused { ms: fastest_ms },
        };
    }
    let likeness = match timeouts == 0 && !tls_failed && !through {
        true => beside_fresh_name(attempts, connection),
        false => Likeness::None,
    };
    if likeness == Likeness::NotFound {
        return AttemptPattern::NotResolved { ms: failed_ms[0] };
    }
    let costs = Costs {
        lookup_ms: intermediary::timing(observations)
            .and_then(|timing| timing.relay.as_ref())
            .map(reachcheck_model::observation::Phases::lookup_ms),
        canary_ms: failed_after(Probe::Canary, observations),
        room_ms: lookup_room_ms,
    };
    let name = lookup::read(&failed_ms, costs, family);
    // What something took had been found.
    let may_be_a_name = timeouts == 0 && !tls_failed && !through && !is_taken;
    if may_be_a_name && name != NameLookup::Silent {
        // Where the path explains the time as well, or the names of this run were not slow, two explanations
        // remain.
        return if level.is_none() && path.is_some() && name == NameLookup::Corroborated {
            AttemptPattern::NotResolved { ms: fastest_ms }
        } else {
            AttemptPattern::Unplaced {
                ms: fastest_ms,
                tls_failed,
            }
        };
    }
    // A TCP endpoint is not known to fail by either where something may have taken the connection.
    let is_said = endpoint.kind == Kind::Https || connection == Connection::NotTaken;
    if likeness == Likeness::Either && is_said {
        return AttemptPattern::Unplaced {
            ms: fastest_ms,
            tls_failed,
        };
    }
    // What was not connected did not end in TLS or later: something else took the time of that.
    let is_refused = connection == Connection::NotTaken;
    if let Some(path) = path.filter(|_| is_refused)
        && let Some(ms) = far_refusal::by_each_address(attempts, path, &failed_ms)
            .or_else(|| far_refusal::after_a_trip(attempts, path).filter(|_| level.is_none()))
    {
        return AttemptPattern::Far { ms };
    }
    // Nor was what was connected refused.
    let level = level.filter(|(level, _)| match connection {
        Connection::NotTaken => *level <= RttMultiple::One,
        Connection::Taken(_) => *level > RttMultiple::One,
        Connection::Unknown => true,
    });
    // One that ended near by beside others that were told late, none of them as late as the way is long.
    let is_near_once = !through
        && !is_taken
        && path.and_then(|path| path.level(fastest_ms, family)) == Some(RttMultiple::Near)
        && taken::ends_short(attempts);
    match level {
        None if is_near_once => AttemptPattern::Near { ms: fastest_ms },
        Some((RttMultiple::Near, ms)) => AttemptPattern::Near { ms },
        Some((RttMultiple::One, ms)) => AttemptPattern::Far { ms },
        Some((RttMultiple::Two, ms)) => AttemptPattern::InTls { ms },
        Some((RttMultiple::Three, ms)) => AttemptPattern::AfterTls { ms },
        Some((RttMultiple::Four | RttMultiple::Twenty, ms)) => AttemptPattern::Cut { ms },
        Some((RttMultiple::Ten, ms)) => AttemptPattern::HelloReset { ms },
        None => AttemptPattern::Unplaced {
            ms: fastest_ms,
            tls_failed,
        },
    }
}

/// What the failures of an endpoint have in common with that of a fresh name. One that answers says nothing of names.
fn beside_fresh_name(attempts: &Attempts<'_>, connection: Connection) -> Likeness {
    let endpoint = attempts.endpoint;
    let Some(fresh) = attempts.failed(Probe::FreshName(endpoint)) else {
        return Likeness::None;
    };
    let fetches = (0..limits::FETCHES).map(|attempt| Probe::Fetch(endpoint, attempt));
    let failed: Vec<Reading> = fetches.filter_map(|probe| attempts.failed(probe)).collect();
    fresh_name::read(fresh_name::Beside {
        attempts: &failed,
        fresh,
        family: attempts.family,
        system: attempts.system,
        path: attempts.path,
        connection,
    })
}

/// Whether every attempt failed as the system reports a refusal. A WebSocket that ended sooner was connected: Firefox
/// repeats a request that was cut ten times, and such a WebSocket not once.
fn refusal(attempts: &Attempts<'_>, fetches: &[&Outcome]) -> Option<Refusal> {
    let endpoint = attempts.endpoint;
    let fetched = (0..limits::FETCHES).map(|attempt| Probe::Fetch(endpoint, attempt));
    let failed = |probe| attempts.failed(probe);
    let failures: Vec<Reading> = fetched
        .chain([Probe::Upgrade(endpoint)])
        .filter_map(failed)
        .collect();
    let tried = fetches.iter().any(|outcome| outcome.is_failure());
    refusal::read(&failures, attempts.path, attempts.system).filter(|_| tried)
}

/// After how many milliseconds a probe failed, if it did.
fn failed_after(probe: Probe, observations: &Observations) -> Option<f64> {
    match observations.get(probe)? {
        Outcome::Failed { ms, .. } => Some(*ms),
        _ => None,
    }
}

/// Whether the last attempt that was made had no answer until its deadline.
fn ends_in_silence(fetches: &[&Outcome]) -> bool {
    let tried = |outcome: &&&Outcome| !matches!(outcome, Outcome::Cancelled | Outcome::NotRun(_));
    matches!(
        fetches.iter().rev().find(tried),
        Some(Outcome::TimedOut { .. })
    )
}

/// The level on which the two fastest attempts agree: one alone can be the browser's doing, and the slow
/// ones paid for a name lookup or waited (measured: 104, 85 and 166 ms at one refused port, R = 82 ms).
///
/// In Chromium the WebSocket attempt, made right after the first `fetch` (name known by then), is asked
/// too: it alone is immune to the backup socket, which makes a `fetch` seem faster than it is. It may be
/// held back and seem slower, so it can only object to a `fetch` that seems slower than it. In Firefox it
/// is not asked: it looks the name up again and is delayed after failures (docs/browsers.md section 3). Where it
/// ends near by all the same, and not in TLS, it is the second of two that agree in every engine.
fn common_level(attempts: &Attempts<'_>, tls_failed: bool) -> Option<(RttMultiple, f64)> {
    let endpoint = attempts.endpoint;
    let fetches = (0..limits::FETCHES).map(|attempt| Probe::Fetch(endpoint, attempt));
    // What this browser may have made as late as another level is, says nothing.
    let is_told = |probe: &Probe| {
        let Some((path, reading)) = attempts.path.zip(attempts.failed(*probe)) else {
            return false;
        };
        let level = path.level(reading.longest_ms, attempts.family);
        level.is_none() || reading.level(path, attempts.family).is_some()
    };
    let mut told: Vec<(f64, Probe)> = fetches
        .filter(is_told)
        .filter_map(|probe| Some((failed_after(probe, attempts.observations)?, probe)))
        .collect();
    told.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    let [(fastest_ms, fastest), (_, second), ..] = told[..] else {
        return None;
    };
    let level = attempts.level(fastest)?;
    let socket = attempts.level(Probe::Upgrade(endpoint));
    // Where the system repeats what is refused for seconds, only a proxy's refusal ends at once, and a name.
    let through = matches!(attempts.way, Intermediary::Proxy | Intermediary::EndsNearby);
    let may_be_refused = through || refusal::is_told_at_once(attempts.system);
    let is_near =
        may_be_refused && !tls_failed && [Some(level), socket] == [Some(RttMultiple::Near); 2];
    let agree = is_near || attempts.level(second) == Some(level);
    let objects =
        attempts.family == BrowserFamily::Chromium && socket.is_some_and(|socket| socket < level);
    (agree && !objects).then_some((level, fastest_ms))
}
