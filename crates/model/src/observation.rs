//! What one probe met: outcome and timing, never a judgement.

use std::rc::Rc;

use reachcheck_wire::{Challenge, ControlsReport, DialReport, Saw};
use serde::{Deserialize, Serialize};

use crate::local_conditions::LocalConditions;
use crate::probe::Probe;

/// How a probe ended. Every planned probe ends in exactly one of these.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Outcome {
    /// Something answered.
    Answered {
        /// From the call to the answer, in milliseconds.
        ms: f64,
        /// What the answer was.
        answer: Answer,
    },
    /// It ended without an answer.
    Failed {
        /// From the call to the failure, in milliseconds.
        ms: f64,
        /// What the browser let us see of it.
        failure: Failure,
    },
    /// The deadline passed.
    TimedOut {
        /// The deadline, in milliseconds.
        ms: f64,
    },
    /// The agent pressed Cancel, or the page went on without it.
    Cancelled,
    /// It was planned, and there was no occasion for it.
    NotRun(NotRun),
}

/// What an answer was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// An opaque response: something spoke HTTPS with a certificate trusted for that name.
    Opaque,
    /// A readable response with this HTTP status.
    Readable(u16),
    /// A WebSocket opened.
    Opened,
    /// A WebSocket was closed by its server, in order, with this code.
    ClosedInOrder(u16),
    /// The relay echoed the challenge.
    Challenge(Box<Challenge>),
    /// Round trips over the relay's socket, in milliseconds, in the order of sending.
    Pings(Vec<f64>),
    /// Server events.
    Events(Events),
    /// The relay's own controls.
    Controls(ControlsReport),
    /// The relay's dial.
    Dial(Box<DialReport>),
    /// The browser's own timing.
    Timing(Box<Timing>),
    /// Two clocks, read at the same moment as nearly as a round trip allows.
    Clock {
        /// Ours, in milliseconds since 1970.
        local_unix_ms: f64,
        /// The other, in milliseconds since 1970.
        remote_unix_ms: f64,
    },
    /// What the relay saw of the socket's request.
    Saw(Box<Saw>),
    /// The bytes came through, both ways.
    Passed,
    /// What WebRTC's TURN-over-TCP established (docs/browsers.md section 7): non-null addresses prove, missing
    /// ones disprove nothing.
    Turn {
        /// TCP was.
        plain: bool,
        /// TCP and TLS with a trusted certificate were.
        tls: bool,
    },
    /// The socket stayed open in silence for as long as it should.
    Held,
}

/// Resource Timing of a request on a connection that was made for it. All in milliseconds after
/// `fetchStart` (W3C Resource Timing, section 4.1).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Phases {
    /// `domainLookupStart`.
    pub lookup_start: f64,
    /// `domainLookupEnd`.
    pub lookup_end: f64,
    /// `connectStart`.
    pub connect_start: f64,
    /// `secureConnectionStart`, where there was TLS.
    pub secure_start: Option<f64>,
    /// `connectEnd`.
    pub connect_end: f64,
    /// `requestStart`.
    pub request_start: f64,
    /// `responseStart`.
    pub response_start: f64,
    /// `responseEnd`.
    pub response_end: f64,
    /// `nextHopProtocol`.
    pub protocol: String,
}

/// What the browser's own timing says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Timing {
    /// Of the page's document.
    pub page: Option<Phases>,
    /// Of the relay's challenge.
    pub relay: Option<Phases>,
    /// Of the challenge of an earlier run, where this one went over the connection that was made then.
    #[serde(default)]
    pub earlier: Option<Phases>,
    /// How long the relay took to answer once more, on the connection that stood by then, in milliseconds.
    pub warm_ms: Option<f64>,
}

/// What became of a schedule of server events.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Events {
    /// How many the relay sent.
    pub expected: u32,
    /// How many distinct ones arrived.
    pub arrived: u32,
    /// How much later the latest came than the most punctual, each against its schedule, in milliseconds.
    pub late_ms_max: f64,
}

/// What the browser let us see of a failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Failure {
    /// `fetch` rejected.
    Network {
        /// Whether TLS had finished, where the browser lets that be seen (Firefox: the entry in Resource
        /// Timing has a duration; docs/browsers.md section 1.1). `None` elsewhere.
        tls_finished: Option<bool>,
    },
    /// A WebSocket closed out of order. 1015 (Firefox only) proves a failed TLS handshake.
    Closed {
        /// The close code.
        code: u16,
        /// Whether it had opened before.
        opened: bool,
    },
    /// TCP was established, and TLS was not (Firefox's 1015, or WebRTC in Chromium).
    ConnectedOnly,
    /// Something answered, but not with what our relay says.
    WrongAnswer,
    /// The relay refused with its "busy".
    Busy,
    /// The page itself could not make the attempt (its own policy, or the browser's).
    Forbidden,
}

/// Why a planned probe had no occasion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotRun {
    /// Another observation had already decided what it was for.
    NotNeeded,
    /// No relay is configured.
    NoRelay,
    /// The relay did not answer, or may not be used by this page now.
    RelayUnusable,
    /// The relay is not outside: it would see what we see.
    RelayInside,
    /// The relay's socket was not open (any more).
    NoSocket,
    /// This browser cannot do it, or the settings do not want it.
    NotHere,
    /// The relay does not offer it.
    NotOffered,
    /// The page's own policy does not allow it.
    ForbiddenByPage,
}

/// Which probe met what: in the order of the probes. A hundred at most, so a list does. Shared: a session is copied at
/// every event, and copies of what was met would be code as well.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Observations {
    outcomes: Vec<(Probe, Rc<Outcome>)>,
    /// Only of probes beside which this computer did anything.
    local: Vec<(Probe, LocalConditions)>,
}

impl Observations {
    /// Takes an observation; the first of a probe stands.
    pub fn insert(&mut self, probe: Probe, outcome: impl Into<Rc<Outcome>>) {
        self.insert_under(probe, outcome, LocalConditions::default());
    }

    /// Takes an observation, and what this computer did meanwhile; the first of a probe stands.
    pub fn insert_under(
        &mut self,
        probe: Probe,
        outcome: impl Into<Rc<Outcome>>,
        conditions: LocalConditions,
    ) {
        if let Err(at) = self.find(probe) {
            self.outcomes.insert(at, (probe, outcome.into()));
            if !conditions.is_calm() {
                self.local.push((probe, conditions));
            }
        }
    }

    /// What this computer did while a probe was out.
    #[must_use]
    pub fn local(&self, probe: Probe) -> LocalConditions {
        let found = self.local.iter().find(|(other, _)| *other == probe);
        found.map_or_else(LocalConditions::default, |(_, conditions)| *conditions)
    }

    /// What this computer did beside those probes of which anything is known.
    #[must_use]
    pub fn all_local(&self) -> &[(Probe, LocalConditions)] {
        &self.local
    }

    fn find(&self, probe: Probe) -> Result<usize, usize> {
        self.outcomes
            .binary_search_by(|(other, _)| other.cmp(&probe))
    }

    /// What became of a probe, if it has ended.
    #[must_use]
    pub fn get(&self, probe: Probe) -> Option<&Outcome> {
        self.find(probe).ok().map(|at| &*self.outcomes[at].1)
    }

    /// Every probe that has ended, and how.
    pub fn iter(&self) -> impl Iterator<Item = (Probe, &Outcome)> {
        self.outcomes
            .iter()
            .map(|(probe, outcome)| (*probe, &**outcome))
    }

    /// How many probes have ended.
    #[must_use]
    pub fn len(&self) -> usize {
        self.outcomes.len()
    }

    /// Whether none has.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.outcomes.is_empty()
    }
}

impl Outcome {
    /// The time to the answer, in milliseconds, if there was one.
    #[must_use]
    pub const fn answered_ms(&self) -> Option<f64> {
        match self {
            Self::Answered { ms, .. } => Some(*ms),
            _ => None,
        }
    }

    /// Whether it was tried and did not succeed.
    #[must_use]
    pub const fn is_failure(&self) -> bool {
        matches!(self, Self::Failed { .. } | Self::TimedOut { .. })
    }
}

impl FromIterator<(Probe, Outcome)> for Observations {
    fn from_iter<T: IntoIterator<Item = (Probe, Outcome)>>(all: T) -> Self {
        let mut observations = Self::default();
        for (probe, outcome) in all {
            observations.insert(probe, outcome);
        }
        observations
    }
}

impl Phases {
    /// From the request's first byte to the answer's last: one round trip and the server's work. (Behind a
    /// proxy Firefox takes the answer to `CONNECT` for the answer's first.)
    #[must_use]
    pub fn request_ms(&self) -> f64 {
        self.response_end - self.request_start
    }

    /// The TCP handshake (or a proxy's `CONNECT`).
    #[must_use]
    pub fn connect_ms(&self) -> f64 {
        self.secure_start.unwrap_or(self.connect_end) - self.connect_start
    }

    /// The TLS handshake.
    #[must_use]
    pub fn tls_ms(&self) -> f64 {
        self.secure_start
            .map_or(0.0, |start| self.connect_end - start)
    }

    /// Whether the entry shows the making of a connection, from its beginning. One that was begun ahead of
    /// the request shows less of it than there was.
    #[must_use]
    pub fn shows_connecting(&self) -> bool {
        self.connect_start > 0.0
    }

    /// The name lookup.
    #[must_use]
    pub fn lookup_ms(&self) -> f64 {
        self.lookup_end - self.lookup_start
    }
}
