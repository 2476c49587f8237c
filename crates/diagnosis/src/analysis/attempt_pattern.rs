//! What an endpoint looked like from this browser, all attempts taken together.

use super::intermediary::{self, Intermediary};
use super::lookup::{self, Costs, NameLookup};
use super::path::{PathLength, RttMultiple};
use reachcheck_model::catalogue::{EndpointRef, Kind};
use reachcheck_model::environment::BrowserFamily;
use reachcheck_model::figures::ascending;
use reachcheck_model::observation::{Failure, Observations, Outcome};
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
    /// Firefox shows that TLS finished (docs/browsers.md section 1.1); then it closed without an answer.
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
    /// `fetch` waits, and a WebSocket, which is always a new connection, was turned down after TLS (Chromium).
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
    /// `fetch` attempts that succeeded, the cold one included.
    pub successes: usize,
    /// `fetch` attempts that failed or timed out beside those that succeeded.
    pub failures: usize,
    /// Whether no `fetch` ended before its deadline.
    pub fetch_waits: bool,
}

impl AttemptPattern {
    /// Whether something with a certificate for that name answered.
    #[must_use]
    pub const fn is_answer(&self) -> bool {
        matches!(self, Self::Answered(_) | Self::TlsFinished { .. })
    }
}

impl Answered {
    /// The median of the warm answers, in milliseconds; the first answer where there is no warm one.
    #[must_use]
    pub fn typical_ms(&self) -> f64 {
        if self.warm_ms.is_empty() {
            self.first_ms
        } else {
            self.warm_ms[self.warm_ms.len() / 2]
        }
    }

    /// The fastest warm answer, in milliseconds.
    #[must_use]
    pub fn fastest_ms(&self) -> f64 {
        self.warm_ms.first().copied().unwrap_or(self.first_ms)
    }
}

/// Warm `fetch` answers of an endpoint, in milliseconds, ascending.
pub(super) fn warm_answers_ms(endpoint: EndpointRef, observations: &Observations) -> Vec<f64> {
    let times = (1..limits::FETCHES)
        .filter_map(|attempt| observations.get(Probe::Fetch(endpoint, attempt)))
        .filter_map(Outcome::answered_ms);
    ascending(times)
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
}

pub(super) fn read(attempts: &Attempts<'_>) -> AttemptPattern {
    let Attempts {
        endpoint,
        observations,
        family,
        path,
        way,
        lookup_room_ms,
    } = *attempts;
    let fetches: Vec<Option<&Outcome>> = (0..limits::FETCHES)
        .map(|attempt| observations.get(Probe::Fetch(endpoint, attempt)))
        .collect();
    let upgrade = observations.get(Probe::Upgrade(endpoint));
    if fetches.contains(&None) || upgrade.is_none() {
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
            successes: fetches
                .iter()
                .filter(|outcome| outcome.answered_ms().is_some())
                .count(),
            failures: fetches
                .iter()
                .filter(|outcome| outcome.is_failure())
                .count(),
            fetch_waits: ends_in_silence(&fetches),
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
    // 5 s); what counts is that new ones, a WebSocket's always among them, stay without an answer.
    if ends_in_silence(&fetches) && !socket_failed {
        return AttemptPattern::Silent;
    }
    // Chromium goes on trying a connection that was not answered, for later requests to use; an attempt
    // after the network was mended still waits for it (lab).
    if let Some(Outcome::Failed { ms, .. }) = upgrade
        && family == BrowserFamily::Chromium
        && fetches
            .iter()
            .all(|outcome| !matches!(outcome, Outcome::Failed { .. }))
        && !matches!(way, Intermediary::Proxy | Intermediary::EndsNearby)
        && path.and_then(|path| path.level(*ms, family)) == Some(RttMultiple::Three)
    {
        return AttemptPattern::SocketAlone { ms: *ms };
    }
    // A WebSocket that is late beside a `fetch` that failed was held back by the browser, which delays
    // them after failures (docs/browsers.md section 3); one that failed beside a silent `fetch` was not.
    if failed_ms.is_empty()
        && let Some(Outcome::Failed { ms, .. }) = upgrade
    {
        failed_ms.push(*ms);
    }
    let fastest_ms = failed_ms.iter().copied().fold(f64::INFINITY, f64::min);
    let fastest_ms = if failed_ms.is_empty() {
        f64::from(limits::ENDPOINT_DEADLINE_MS)
    } else {
        fastest_ms
    };
    // Behind a proxy, Firefox gives the entry of a refused CONNECT a duration as well; no TLS beyond this network
    // finishes in so short a time (lab: 4 to 14 ms).
    let is_near = fastest_ms < limits::NEAR_MAX_MS;
    if way != Intermediary::Proxy && !is_near && tls_always_finished(&fetches) {
        return AttemptPattern::TlsFinished { ms: fastest_ms };
    }
    if failed_ms.is_empty() {
        return AttemptPattern::NotTried;
    }
    let tls_failed = matches!(
        upgrade,
        Some(Outcome::Failed {
            failure: Failure::Closed { code: 1015, .. },
            ..
        })
    );
    // A mixture of silence and failure is neither.
    let level = if timeouts > 0 {
        None
    } else {
        path.and_then(|path| common_level(path, &fetches, upgrade, family))
    };
    // Through a proxy, or where connections end near by, the times are those of another conversation; only
    // what never left is still told by them.
    let through = matches!(way, Intermediary::Proxy | Intermediary::EndsNearby);
    let level = level.filter(|(level, _)| *level == RttMultiple::Near || !through);
    let costs = Costs {
        lookup_ms: intermediary::timing(observations)
            .and_then(|timing| timing.relay.as_ref())
            .map(reachcheck_model::observation::Phases::lookup_ms),
        canary_ms: match observations.get(Probe::Canary) {
            Some(Outcome::Failed { ms, .. }) => Some(*ms),
            _ => None,
        },
        room_ms: lookup_room_ms,
    };
    let name = lookup::read(&failed_ms, costs, family);
    if timeouts == 0 && !tls_failed && !through && name != NameLookup::Silent {
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
    match level {
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

/// Whether the last attempt that was made had no answer until its deadline.
fn ends_in_silence(fetches: &[&Outcome]) -> bool {
    let tried = |outcome: &&&Outcome| !matches!(outcome, Outcome::Cancelled | Outcome::NotRun(_));
    matches!(
        fetches.iter().rev().find(tried),
        Some(Outcome::TimedOut { .. })
    )
}

/// Whether at least two attempts failed after TLS, and none before. One alone could be a pooled
/// connection that was killed later, and a time-out an abort on one (docs/browsers.md section 1.1, exceptions).
fn tls_always_finished(fetches: &[&Outcome]) -> bool {
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

/// The level on which the two fastest attempts agree: one alone can be the browser's doing, and the slow
/// ones paid for a name lookup or waited (measured: 104, 85 and 166 ms at one refused port, R = 82 ms).
///
/// In Chromium the WebSocket attempt, made right after the first `fetch` (name known by then), is asked
/// too: it alone is immune to the backup socket, which makes a `fetch` seem faster than it is. It may be
/// held back and seem slower, so it can only object to a `fetch` that seems slower than it. In Firefox it
/// is not asked: it looks the name up again and is delayed after failures (docs/browsers.md section 3).
fn common_level(
    path: &PathLength,
    fetches: &[&Outcome],
    upgrade: Option<&Outcome>,
    family: BrowserFamily,
) -> Option<(RttMultiple, f64)> {
    let failure_ms = |outcome: &Outcome| match outcome {
        Outcome::Failed { ms, .. } => Some(*ms),
        _ => None,
    };
    let times = ascending(fetches.iter().filter_map(|outcome| failure_ms(outcome)));
    let [fastest, second, ..] = times[..] else {
        return None;
    };
    let level = path.level(fastest, family)?;
    let agree = path.level(second, family) == Some(level);
    let objects = family == BrowserFamily::Chromium
        && upgrade
            .and_then(failure_ms)
            .and_then(|ms| path.level(ms, family))
            .is_some_and(|socket| socket < level);
    (agree && !objects).then_some((level, fastest))
}
