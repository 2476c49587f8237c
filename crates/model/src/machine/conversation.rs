//! Conversation over the relay's WebSocket, everything at once: controls, dials, events, pings.

use reachcheck_wire::{ClientMessage, Schedule, ServerMessage};

use super::{Attempt, close_failure};
use crate::observation::{Answer, Events, Failure, Outcome};
use crate::plan::Plan;
use crate::probe::Probe;
use crate::thresholds::PINGS;

/// What is always asked; the probes from outside come beside it.
const OF_THE_SOCKET: [Probe; 3] = [Probe::Pings, Probe::Saw, Probe::Events];

const SCHEDULE: Schedule = Schedule::Short;

/// What is asked on a socket, and what has come back.
#[derive(Debug)]
pub(super) struct Conversation {
    /// The attempt whose socket it is.
    pub attempt: Attempt,
    /// When it began, in milliseconds of the machine's clock.
    pub started_at: f64,
    /// The probes whose outcome is not out.
    waiting: Vec<Probe>,
    is_broken: bool,
    pings_ms: Vec<f64>,
    ping_sent_at: f64,
    arrivals: Arrivals,
}

/// What follows from a message.
#[derive(Debug, Default)]
pub(super) struct Heard {
    pub ended: Option<(Probe, Outcome)>,
    pub say: Option<ClientMessage>,
}

/// Events, and how late the latest was against the most punctual: what keeps them back for a while and then
/// lets all go makes the first the latest.
#[derive(Debug, Default)]
struct Arrivals {
    earliest_due_at: Option<f64>,
    latest_due_at: f64,
    seen: u32,
    count: u32,
}

impl Conversation {
    /// Asks everything; gives what is to be said.
    pub fn open(
        attempt: Attempt,
        plan: &Plan,
        outside: Vec<Probe>,
        now: f64,
    ) -> (Self, Vec<ClientMessage>) {
        let mut say = Vec::new();
        for probe in &outside {
            match *probe {
                Probe::RelayControls => say.push(ClientMessage::Controls),
                Probe::Dial(endpoint) => {
                    let endpoint = plan.region(endpoint).endpoint_id(endpoint.kind);
                    say.push(ClientMessage::Dial { endpoint });
                }
                _ => {}
            }
        }
        say.push(ClientMessage::Saw);
        say.push(ClientMessage::Events { schedule: SCHEDULE });
        say.push(ClientMessage::Ping { number: 0 });
        let conversation = Self {
            attempt,
            started_at: now,
            waiting: [OF_THE_SOCKET.to_vec(), outside].concat(),
            is_broken: false,
            pings_ms: Vec::new(),
            ping_sent_at: now,
            arrivals: Arrivals::default(),
        };
        (conversation, say)
    }

    /// Whether a probe is asked on it.
    pub fn is_about(&self, probe: Probe) -> bool {
        OF_THE_SOCKET.contains(&probe) || matches!(probe, Probe::RelayControls | Probe::Dial(_))
    }

    /// Whether nothing more is waited for.
    pub const fn is_over(&self) -> bool {
        self.waiting.is_empty() || self.is_broken
    }

    /// Whether the socket closed before all was answered.
    pub const fn is_broken(&self) -> bool {
        self.is_broken
    }

    pub fn next_deadline(&self) -> f64 {
        if self.is_broken {
            return f64::INFINITY;
        }
        let deadlines = self.waiting.iter().map(|probe| self.deadline_at(*probe));
        deadlines.fold(f64::INFINITY, f64::min)
    }

    fn deadline_at(&self, probe: Probe) -> f64 {
        self.started_at + f64::from(probe.deadline_ms())
    }

    /// What is out of time, and what it comes to.
    pub fn out_of_time(&mut self, now: f64) -> Vec<(Probe, Outcome)> {
        if self.is_broken {
            return Vec::new();
        }
        let late = |probe: &Probe| self.deadline_at(*probe) <= now;
        let late: Vec<Probe> = self.waiting.iter().copied().filter(late).collect();
        self.waiting.retain(|probe| !late.contains(probe));
        let ms = now - self.started_at;
        let ended = late.into_iter().map(|probe| {
            let outcome = match probe {
                Probe::Pings if !self.pings_ms.is_empty() => self.pings(ms),
                Probe::Events => self.events(ms),
                _ => Outcome::TimedOut {
                    ms: probe.deadline_ms().into(),
                },
            };
            (probe, outcome)
        });
        ended.collect()
    }

    /// Takes a message that came at `at`.
    pub fn hear(&mut self, plan: &Plan, at: f64, message: ServerMessage, now: f64) -> Heard {
        let ms = at - self.started_at;
        match message {
            ServerMessage::Pong { .. } => self.hear_pong(at, now),
            ServerMessage::Event { sequence, due_ms } => {
                self.arrivals.take(at, sequence, due_ms);
                if self.arrivals.count == expected_events() {
                    self.end(Probe::Events, self.events(ms))
                } else {
                    Heard::default()
                }
            }
            ServerMessage::Controls { report } => {
                let answer = Answer::Controls(report);
                self.end(Probe::RelayControls, Outcome::Answered { ms, answer })
            }
            ServerMessage::Dial { report } => match dial(plan, &report.endpoint) {
                Some(probe) => {
                    let answer = Answer::Dial(report);
                    self.end(probe, Outcome::Answered { ms, answer })
                }
                None => Heard::default(),
            },
            ServerMessage::Refused { endpoint, .. } => {
                match endpoint.and_then(|id| dial(plan, &id)) {
                    Some(probe) => {
                        let failure = Failure::WrongAnswer;
                        self.end(probe, Outcome::Failed { ms, failure })
                    }
                    None => Heard::default(),
                }
            }
            ServerMessage::Saw { report } => {
                let answer = Answer::Saw(Box::new(report));
                self.end(Probe::Saw, Outcome::Answered { ms, answer })
            }
            // What was not asked for on this socket.
            ServerMessage::Held { .. }
            | ServerMessage::Watched { .. }
            | ServerMessage::Ended { .. } => Heard::default(),
        }
    }

    /// The socket closed: what was under way on it failed; the other questions can be asked elsewhere.
    pub fn break_off(&mut self, at: f64, code: u16) -> Vec<(Probe, Outcome)> {
        self.is_broken = true;
        let failed = OF_THE_SOCKET
            .into_iter()
            .filter(|probe| self.waiting.contains(probe));
        failed
            .map(|probe| {
                let outcome = Outcome::Failed {
                    // It may have closed before anything was asked on it.
                    ms: (at - self.started_at).max(0.0),
                    failure: close_failure(code, true),
                };
                (probe, outcome)
            })
            .collect()
    }

    /// The outcome of a probe, if it has none yet.
    fn end(&mut self, probe: Probe, outcome: Outcome) -> Heard {
        let Some(at) = self.waiting.iter().position(|other| *other == probe) else {
            return Heard::default();
        };
        self.waiting.remove(at);
        Heard {
            ended: Some((probe, outcome)),
            say: None,
        }
    }

    /// Each ping is sent when the one before it has come back.
    fn hear_pong(&mut self, at: f64, now: f64) -> Heard {
        if !self.waiting.contains(&Probe::Pings) {
            return Heard::default();
        }
        self.pings_ms.push(at - self.ping_sent_at);
        let number = u32::try_from(self.pings_ms.len()).unwrap_or(PINGS);
        if number < PINGS {
            self.ping_sent_at = now;
            return Heard {
                ended: None,
                say: Some(ClientMessage::Ping { number }),
            };
        }
        let outcome = self.pings(at - self.started_at);
        self.end(Probe::Pings, outcome)
    }

    fn pings(&self, ms: f64) -> Outcome {
        let answer = Answer::Pings(self.pings_ms.clone());
        Outcome::Answered { ms, answer }
    }

    fn events(&self, ms: f64) -> Outcome {
        let answer = Answer::Events(Events {
            expected: expected_events(),
            arrived: self.arrivals.count,
            late_ms_max: self.arrivals.late_ms_max(),
        });
        Outcome::Answered { ms, answer }
    }
}

/// The dial of the endpoint with that id.
fn dial(plan: &Plan, id: &str) -> Option<Probe> {
    let mut endpoints = plan.endpoints();
    let found = endpoints.find(|endpoint| plan.region(*endpoint).endpoint_id(endpoint.kind) == id);
    found.map(Probe::Dial)
}

impl Arrivals {
    fn take(&mut self, at: f64, sequence: u32, due_ms: u32) {
        // A bit per event: the same one twice counts once.
        let bit = 1_u32.checked_shl(sequence).unwrap_or(0);
        if bit == 0 || self.seen & bit != 0 {
            return;
        }
        self.seen |= bit;
        self.count += 1;
        let due_at = at - f64::from(due_ms);
        let earliest = self.earliest_due_at.get_or_insert(due_at);
        *earliest = earliest.min(due_at);
        self.latest_due_at = self.latest_due_at.max(due_at);
    }

    fn late_ms_max(&self) -> f64 {
        self.earliest_due_at
            .map_or(0.0, |earliest| self.latest_due_at - earliest)
    }
}

fn expected_events() -> u32 {
    u32::try_from(SCHEDULE.due_ms().len()).unwrap_or(u32::MAX)
}
