//! First WebSockets of a tab at addresses where they fail, kept for the runs that follow soon.
//!
//! After one that failed, browsers hold the next WebSocket to the same address back (RFC 6455 section 7.2.3; Firefox for
//! up to a minute, docs/browsers.md section 3), so only the first one's time tells how far it got. It stands in for a
//! second one where the requests of the new run fail as those of the earlier one did.

use serde::{Deserialize, Serialize};

use super::choreography::Relay;
use crate::catalogue::{EndpointRef, Kind};
use crate::observation::{Answer, Failure, Observations, Outcome};
use crate::plan::Plan;
use crate::probe::Probe;
use crate::thresholds as limits;

/// What is kept of the runs of a tab.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FirstSockets(pub Vec<FirstSocket>);

/// A WebSocket that failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FirstSocket {
    /// Its URL.
    pub url: String,
    /// The public address that the relay saw it come from; `None` where no relay said.
    pub address: Option<String>,
    /// When the run ended in which it was made, in milliseconds since 1970.
    pub unix_ms: f64,
    /// After how many milliseconds it failed.
    pub ms: f64,
    /// Its close code.
    pub code: u16,
    /// The browser's own delay beside it, in milliseconds, where it was measured.
    pub own_delay_ms: Option<f64>,
    /// After how many milliseconds the fastest request failed beside it.
    pub fastest_fetch_ms: f64,
    /// After how many milliseconds the slowest one did.
    pub slowest_fetch_ms: f64,
}

/// What is known of an endpoint's first WebSocket.
pub(super) enum Kept<'run> {
    /// Not before it is known where we come from.
    Pending,
    /// It is this one.
    Socket(&'run FirstSocket),
    /// None is kept that would tell of this run.
    Nothing,
}

/// Requests fail alike in two runs whose times differ by no more than this factor,
const ALIKE_TIMES: f64 = 1.5;
/// or by no more than this (ms): what a browser adds to a refusal near by.
const ALIKE_MS: f64 = 25.0;

impl FirstSockets {
    /// What is to be kept after a run of this plan that ends now, with what was kept before it.
    #[must_use]
    pub fn after(plan: &Plan, observations: &Observations, unix_ms: f64, before: &Self) -> Self {
        let endpoints = (0..plan.regions.len())
            .flat_map(|region| Kind::ALL.map(|kind| EndpointRef { region, kind }));
        let sockets = endpoints.filter_map(|endpoint| {
            let probe = Probe::Upgrade(endpoint);
            let url = plan.region(endpoint).socket_url(endpoint.kind);
            // One that was made all the same was held back.
            if let Some(first) = before.0.iter().find(|socket| socket.url == url) {
                return Some(first.clone());
            }
            let Outcome::Failed { ms, failure } = observations.get(probe)? else {
                return None;
            };
            let &Failure::Closed {
                code,
                opened: false,
            } = failure
            else {
                return None;
            };
            let fetches = (0..limits::FETCHES).map(|number| Probe::Fetch(endpoint, number));
            let failed_ms = fetches.filter_map(|probe| match observations.get(probe)? {
                Outcome::Failed { ms, .. } => Some(*ms),
                _ => None,
            });
            let (fastest_fetch_ms, slowest_fetch_ms) = failed_ms
                .fold((f64::INFINITY, 0.0_f64), |(low, high), ms| {
                    (low.min(ms), high.max(ms))
                });
            fastest_fetch_ms.is_finite().then_some(FirstSocket {
                url,
                address: address(observations).map(str::to_owned),
                unix_ms,
                ms: *ms,
                code,
                own_delay_ms: observations.local(probe).own_delay_ms,
                fastest_fetch_ms,
                slowest_fetch_ms,
            })
        });
        Self(sockets.collect())
    }

    /// Those that still count at this time, in milliseconds since 1970. A clock that was set back makes none younger.
    #[must_use]
    pub fn at(mut self, unix_ms: f64) -> Self {
        let most_ms = f64::from(limits::FIRST_SOCKET_KEPT_MS);
        self.0
            .retain(|socket| (0.0..=most_ms).contains(&(unix_ms - socket.unix_ms)));
        self
    }

    /// The one that was made at this URL, where requests failed as they do now and the way out is the same.
    pub(super) fn find(
        &self,
        url: &str,
        fetch_ms: f64,
        address: Option<&str>,
    ) -> Option<&FirstSocket> {
        self.0.iter().find(|socket| {
            let low = socket.fastest_fetch_ms;
            socket.url == url
                && socket.address.as_deref() == address
                && fetch_ms >= (low / ALIKE_TIMES).min(low - ALIKE_MS)
                && fetch_ms <= socket.alike_until_ms()
        })
    }
}

/// The public address that a relay saw us come from.
fn address(observations: &Observations) -> Option<&str> {
    observations.iter().find_map(|(_, outcome)| match outcome {
        Outcome::Answered {
            answer: Answer::Challenge(challenge),
            ..
        } => Some(challenge.saw.address.as_str()),
        _ => None,
    })
}

impl super::Machine {
    /// Takes over what earlier runs of this tab have kept.
    pub fn remember(&mut self, kept: FirstSockets) {
        self.first_sockets = kept;
    }

    /// The first WebSocket of an earlier run that stands in for one at this endpoint, where its first request failed.
    pub(super) fn first_socket(&self, endpoint: EndpointRef) -> Kept<'_> {
        if self.first_sockets.0.is_empty() {
            return Kept::Nothing;
        }
        if matches!(self.relay(), Relay::Pending) {
            return Kept::Pending;
        }
        let url = self.plan.region(endpoint).socket_url(endpoint.kind);
        let first = self.observed.get(Probe::Fetch(endpoint, 0));
        let found = first.and_then(|first| match first {
            Outcome::Failed { ms, .. } => {
                self.first_sockets.find(&url, *ms, address(&self.observed))
            }
            _ => None,
        });
        found.map_or(Kept::Nothing, Kept::Socket)
    }

    /// How long a first request takes at most beside which an earlier WebSocket may stand in, in milliseconds; 0 where
    /// none is kept.
    pub(super) fn first_socket_alike_ms(&self, endpoint: EndpointRef) -> f64 {
        let url = self.plan.region(endpoint).socket_url(endpoint.kind);
        let kept = self.first_sockets.0.iter().find(|socket| socket.url == url);
        kept.map_or(0.0, FirstSocket::alike_until_ms)
    }
}

impl FirstSocket {
    /// The time of the slowest request that failed as those beside it did, in milliseconds.
    fn alike_until_ms(&self) -> f64 {
        (self.slowest_fetch_ms * ALIKE_TIMES).max(self.slowest_fetch_ms + ALIKE_MS)
    }

    pub(super) fn outcome(&self) -> Outcome {
        Outcome::Failed {
            ms: self.ms,
            failure: Failure::Closed {
                code: self.code,
                opened: false,
            },
        }
    }
}
