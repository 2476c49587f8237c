//! What one probe met: outcome and timing, never a judgement.

use std::collections::BTreeMap;

use reachcheck_wire::{Challenge, ControlsReport, DialReport};

use crate::plan::Probe;

/// How a probe ended. Every planned probe ends in exactly one of these.
#[derive(Clone, Debug, PartialEq)]
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
#[derive(Clone, Debug, PartialEq)]
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
    Challenge(Challenge),
    /// Round trips over the relay's socket, in milliseconds, in the order of sending.
    Pings(Vec<f64>),
    /// Server events.
    Events(Events),
    /// The relay's own controls.
    Controls(ControlsReport),
    /// The relay's dial.
    Dial(Box<DialReport>),
}

/// What became of a schedule of server events.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Events {
    /// How many the relay sent.
    pub expected: u32,
    /// How many distinct ones arrived.
    pub arrived: u32,
    /// The largest delay against the first event's, in milliseconds.
    pub late_ms_max: f64,
}

/// What the browser let us see of a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// `fetch` rejected.
    Network {
        /// Whether TLS had finished, where the browser lets that be seen (Firefox: the entry in Resource
        /// Timing has a duration; browser.md section 1.1). `None` elsewhere.
        tls_finished: Option<bool>,
    },
    /// A WebSocket closed out of order. 1015 (Firefox only) proves a failed TLS handshake.
    Closed {
        /// The close code.
        code: u16,
        /// Whether it had opened before.
        opened: bool,
    },
    /// Something answered, but not with what our relay says.
    WrongAnswer,
    /// The relay refused with its "busy".
    Busy,
    /// The page itself could not make the attempt (its own policy, or the browser's).
    Forbidden,
}

/// Why a planned probe had no occasion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
}

/// Which probe met what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Observations(BTreeMap<Probe, Outcome>);

impl Observations {
    /// Takes an observation; the first of a probe stands.
    pub fn insert(&mut self, probe: Probe, outcome: Outcome) {
        self.0.entry(probe).or_insert(outcome);
    }

    /// What became of a probe, if it has ended.
    #[must_use]
    pub fn get(&self, probe: Probe) -> Option<&Outcome> {
        self.0.get(&probe)
    }

    /// How many probes have ended.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether none has.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
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
