//! Attempts: what the browser is asked to do once, and the log of those that were made.

use crate::observation::Outcome;
use crate::probe::Probe;

/// One thing that the browser does once, for a probe: most probes are one attempt, some are a few.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Attempt {
    /// The probe that it is for.
    pub probe: Probe,
    /// Which of the probe's attempts, from 0.
    pub number: u8,
}

impl Attempt {
    /// An attempt of a probe.
    #[must_use]
    pub const fn new(probe: Probe, number: u8) -> Self {
        Self { probe, number }
    }
}

/// What WebRTC told of a server.
#[derive(Clone, Copy, Debug)]
pub(super) struct IceSigns {
    pub tls: bool,
    pub connected: bool,
    pub code: u16,
}

/// An attempt that goes on.
#[derive(Clone, Debug)]
pub(super) struct UnderWay {
    pub started_at: f64,
    pub deadline_at: f64,
    /// When its socket opened, and how many milliseconds after the attempt's beginning.
    pub opened: Option<(f64, f64)>,
    /// When a socket closed that nobody has begun to talk on, and its code.
    pub closed: Option<(f64, u16)>,
    /// What WebRTC told: a connection without TLS, with it.
    pub connected: [bool; 2],
    /// Whether it told anything of them.
    pub told: [bool; 2],
    /// The browser's own delay beside it, in milliseconds, where it was measured.
    pub own_delay_ms: Option<f64>,
}

/// How it stands with an attempt.
#[derive(Clone, Debug)]
pub(super) enum State {
    UnderWay(UnderWay),
    Over {
        started_at: f64,
        at: f64,
        outcome: Outcome,
        own_delay_ms: Option<f64>,
    },
}

/// Every attempt of a run, in the order of their beginnings.
#[derive(Clone, Debug, Default)]
pub(super) struct Log(Vec<(Attempt, State)>);

impl Log {
    pub fn start(&mut self, attempt: Attempt, now: f64, deadline_at: f64) {
        let entry = UnderWay {
            started_at: now,
            deadline_at,
            opened: None,
            closed: None,
            connected: [false; 2],
            told: [false; 2],
            own_delay_ms: None,
        };
        self.0.push((attempt, State::UnderWay(entry)));
    }

    pub fn state(&self, attempt: Attempt) -> Option<&State> {
        let found = self.0.iter().find(|(other, _)| *other == attempt);
        found.map(|(_, state)| state)
    }

    pub fn started_at(&self, attempt: Attempt) -> Option<f64> {
        Some(match self.state(attempt)? {
            State::UnderWay(entry) => entry.started_at,
            State::Over { started_at, .. } => *started_at,
        })
    }

    /// When the first attempt of a probe began.
    pub fn begun_at(&self, probe: Probe) -> Option<f64> {
        self.started_at(Attempt::new(probe, 0))
    }

    /// The browser's own delay beside the attempts of a probe, at most, in milliseconds, where it was measured.
    pub fn own_delay_ms(&self, probe: Probe) -> Option<f64> {
        let of_probe = self.0.iter().filter(|(it, _)| it.probe == probe);
        let delays = of_probe.filter_map(|(_, state)| match state {
            State::UnderWay(entry) => entry.own_delay_ms,
            State::Over { own_delay_ms, .. } => *own_delay_ms,
        });
        delays.max_by(f64::total_cmp)
    }

    pub fn under_way(&mut self, attempt: Attempt) -> Option<&mut UnderWay> {
        let found = self.0.iter_mut().find(|(other, _)| *other == attempt);
        match found {
            Some((_, State::UnderWay(entry))) => Some(entry),
            _ => None,
        }
    }

    /// Whether the socket of an attempt that goes on has opened.
    pub fn has_opened(&self, attempt: Attempt) -> bool {
        matches!(self.state(attempt), Some(State::UnderWay(entry)) if entry.opened.is_some())
    }

    pub fn end(&mut self, attempt: Attempt, now: f64, outcome: Outcome) {
        let Some((_, state)) = self.0.iter_mut().find(|(other, _)| *other == attempt) else {
            return;
        };
        if let State::UnderWay(entry) = state {
            *state = State::Over {
                started_at: entry.started_at,
                at: now,
                outcome,
                own_delay_ms: entry.own_delay_ms,
            };
        }
    }

    fn going_on(&self) -> impl Iterator<Item = (Attempt, &UnderWay)> {
        self.0.iter().filter_map(|(attempt, state)| match state {
            State::UnderWay(entry) => Some((*attempt, entry)),
            State::Over { .. } => None,
        })
    }

    pub fn all_under_way(&self) -> Vec<Attempt> {
        self.going_on().map(|(attempt, _)| attempt).collect()
    }

    pub fn under_way_of(&self, probe: Probe) -> Vec<Attempt> {
        let of_probe = self.going_on().filter(|(it, _)| it.probe == probe);
        of_probe.map(|(attempt, _)| attempt).collect()
    }

    pub fn out_of_time(&self, now: f64) -> Vec<Attempt> {
        let late = self.going_on().filter(|(_, it)| it.deadline_at <= now);
        late.map(|(attempt, _)| attempt).collect()
    }

    pub fn next_deadline(&self) -> f64 {
        let deadlines = self.going_on().map(|(_, entry)| entry.deadline_at);
        deadlines.fold(f64::INFINITY, f64::min)
    }
}
