//! Everything that is said over the relay's WebSocket, all at once: controls, dials, events, pings.

use reachcheck_model::observation::{Answer, Events, Failure, Outcome};
use reachcheck_model::probe::Probe;
use reachcheck_model::thresholds::PINGS;
use reachcheck_wire::{self as wire, ClientMessage, Schedule, ServerMessage};

use crate::browser::clock;
use crate::browser::socket::{Socket, SocketEvent};
use crate::probes::Context;

/// What is always asked; the probes from outside come beside it.
const OF_THE_SOCKET: [Probe; 3] = [Probe::Pings, Probe::Saw, Probe::Events];

/// Talks until everything is answered or out of time, or the socket closes. Gives back what of the probes from
/// `outside` is still unanswered.
pub async fn hold(context: &Context, socket: Socket, outside: Vec<Probe>) -> Vec<Probe> {
    let mut conversation = Conversation {
        context,
        socket,
        started: clock::now_ms(),
        waiting: [OF_THE_SOCKET.to_vec(), outside].concat(),
        pings: Pings {
            times_ms: Vec::new(),
            sent_at: clock::now_ms(),
        },
        arrivals: Arrivals::default(),
    };
    conversation.open();
    while let Some(wait_ms) = conversation.wait_ms() {
        match conversation.socket.next(wait_ms).await {
            Some(SocketEvent::Text(at, text)) => conversation.hear(at, &text),
            Some(SocketEvent::Closed { at, code, .. }) => {
                conversation.break_off(at, code);
                break;
            }
            Some(SocketEvent::Open(_)) | None => {}
        }
    }
    conversation.waiting
}

const SCHEDULE: Schedule = Schedule::Short;

struct Conversation<'run> {
    context: &'run Context,
    socket: Socket,
    started: f64,
    /// The probes whose outcome is not out.
    waiting: Vec<Probe>,
    pings: Pings,
    arrivals: Arrivals,
}

/// Pings: each is sent when the one before it has come back.
struct Pings {
    times_ms: Vec<f64>,
    sent_at: f64,
}

/// Events, and how late the latest was against the most punctual: what keeps them back for a while and then
/// lets all go makes the first the latest.
#[derive(Default)]
struct Arrivals {
    earliest_due_at: Option<f64>,
    latest_due_at: f64,
    seen: u32,
    count: u32,
}

impl Conversation<'_> {
    fn open(&self) {
        for probe in &self.waiting {
            match *probe {
                Probe::RelayControls => self.say(&ClientMessage::Controls),
                Probe::Dial(endpoint) => {
                    let region = self.context.plan.region(endpoint);
                    let endpoint = region.endpoint_id(endpoint.kind);
                    self.say(&ClientMessage::Dial { endpoint });
                }
                _ => {}
            }
        }
        self.say(&ClientMessage::Saw);
        self.say(&ClientMessage::Events { schedule: SCHEDULE });
        self.say(&ClientMessage::Ping { number: 0 });
    }

    fn say(&self, message: &ClientMessage) {
        self.socket.send(&wire::encode(message));
    }

    /// Tells an outcome, if the probe has none yet.
    fn end(&mut self, probe: Probe, outcome: Outcome) {
        if let Some(at) = self.waiting.iter().position(|other| *other == probe) {
            self.waiting.remove(at);
            self.context.emit(probe, outcome);
        }
    }

    /// Ends what is out of time; how long to wait for the rest, or `None` if there is none.
    fn wait_ms(&mut self) -> Option<f64> {
        let elapsed_ms = clock::now_ms() - self.started;
        let mut wait_ms = f64::INFINITY;
        for probe in self.waiting.clone() {
            let deadline_ms = f64::from(probe.deadline_ms());
            if elapsed_ms < deadline_ms {
                wait_ms = wait_ms.min(deadline_ms - elapsed_ms);
            } else {
                let outcome = match probe {
                    Probe::Pings if !self.pings.times_ms.is_empty() => self.pings(elapsed_ms),
                    Probe::Events => self.events(elapsed_ms),
                    _ => Outcome::TimedOut { ms: deadline_ms },
                };
                self.end(probe, outcome);
            }
        }
        wait_ms.is_finite().then(|| wait_ms.max(1.0))
    }

    /// Takes a message; what cannot be read is passed over, its question runs out of time.
    fn hear(&mut self, at: f64, text: &str) {
        let ms = at - self.started;
        match wire::decode::<ServerMessage>(text) {
            Ok(ServerMessage::Pong { .. }) => self.hear_pong(at),
            Ok(ServerMessage::Event { sequence, due_ms }) => {
                self.arrivals.take(at, sequence, due_ms);
                if self.arrivals.count == expected_events() {
                    self.end(Probe::Events, self.events(ms));
                }
            }
            Ok(ServerMessage::Controls { report }) => {
                let answer = Answer::Controls(report);
                self.end(Probe::RelayControls, Outcome::Answered { ms, answer });
            }
            Ok(ServerMessage::Dial { report }) => {
                if let Some(probe) = self.dial(&report.endpoint) {
                    let answer = Answer::Dial(Box::new(report));
                    self.end(probe, Outcome::Answered { ms, answer });
                }
            }
            Ok(ServerMessage::Refused { endpoint, .. }) => {
                if let Some(probe) = endpoint.and_then(|id| self.dial(&id)) {
                    let failure = Failure::WrongAnswer;
                    self.end(probe, Outcome::Failed { ms, failure });
                }
            }
            Ok(ServerMessage::Saw { report }) => {
                let answer = Answer::Saw(Box::new(report));
                self.end(Probe::Saw, Outcome::Answered { ms, answer });
            }
            // What was not asked for on this socket.
            Ok(
                ServerMessage::Held { .. }
                | ServerMessage::Watched { .. }
                | ServerMessage::Ended { .. },
            )
            | Err(_) => {}
        }
    }

    /// The dial of the endpoint with that id.
    fn dial(&self, id: &str) -> Option<Probe> {
        let plan = &self.context.plan;
        let mut endpoints = plan.endpoints();
        let found =
            endpoints.find(|endpoint| plan.region(*endpoint).endpoint_id(endpoint.kind) == id);
        found.map(Probe::Dial)
    }

    fn hear_pong(&mut self, at: f64) {
        if !self.waiting.contains(&Probe::Pings) {
            return;
        }
        self.pings.times_ms.push(at - self.pings.sent_at);
        let number = u32::try_from(self.pings.times_ms.len()).unwrap_or(PINGS);
        if number < PINGS {
            self.pings.sent_at = clock::now_ms();
            self.say(&ClientMessage::Ping { number });
        } else {
            let outcome = self.pings(at - self.started);
            self.end(Probe::Pings, outcome);
        }
    }

    fn pings(&mut self, ms: f64) -> Outcome {
        let answer = Answer::Pings(std::mem::take(&mut self.pings.times_ms));
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

    /// The socket closed: what was under way on it failed; the other questions can be asked elsewhere.
    fn break_off(&mut self, at: f64, code: u16) {
        for probe in OF_THE_SOCKET {
            let failed = Outcome::Failed {
                ms: at - self.started,
                failure: super::close_failure(code, true),
            };
            self.end(probe, failed);
        }
    }
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
