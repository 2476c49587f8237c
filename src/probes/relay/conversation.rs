//! Everything that is said over the relay's WebSocket, all at once: controls, dials, events, pings.

use reachcheck_core::catalogue::EndpointRef;
use reachcheck_core::observation::{Answer, Events, Failure, Outcome};
use reachcheck_core::plan::{Plan, Probe};
use reachcheck_core::thresholds::PINGS;
use reachcheck_wire::{self as wire, ClientMessage, Schedule, ServerMessage};

use crate::browser::clock;
use crate::browser::socket::{Happened, Socket};
use crate::probes::Emit;

/// What the relay has been asked and has not yet answered.
pub struct Asked {
    /// Whether its controls answer it.
    pub controls: bool,
    /// The endpoints to dial, by their ids.
    pub dials: Vec<(String, EndpointRef)>,
}

impl Asked {
    /// Everything that a view from outside is good for.
    pub fn all(plan: &Plan) -> Self {
        Self {
            controls: true,
            dials: plan
                .endpoints()
                .map(|endpoint| {
                    let id = plan.region(endpoint).endpoint_id(endpoint.kind);
                    (id, endpoint)
                })
                .collect(),
        }
    }

    /// Nothing: there is no view from outside.
    pub const fn nothing() -> Self {
        Self {
            controls: false,
            dials: Vec::new(),
        }
    }

    /// The endpoint of that id, which is asked no more.
    fn answered(&mut self, id: &str) -> Option<EndpointRef> {
        let at = self.dials.iter().position(|(other, _)| other == id)?;
        Some(self.dials.remove(at).1)
    }

    fn is_empty(&self) -> bool {
        !self.controls && self.dials.is_empty()
    }
}

/// Talks until everything is answered or out of time, or the socket closes; then `left` holds what is
/// still unanswered.
pub async fn hold(socket: Socket, left: &mut Asked, emit: &Emit) {
    let mut conversation = Conversation {
        socket,
        started: clock::now_ms(),
        left,
        emit,
        pings: Some(Pings {
            times_ms: Vec::new(),
            sent_at: clock::now_ms(),
        }),
        arrivals: Some(Arrivals::default()),
        saw: true,
    };
    conversation.open();
    while let Some(wait_ms) = conversation.wait_ms() {
        match conversation.socket.next(wait_ms).await {
            Some(Happened::Text(at, text)) => conversation.hear(at, &text),
            Some(Happened::Closed { at, code, .. }) => return conversation.break_off(at, code),
            Some(Happened::Open(_)) | None => {}
        }
    }
}

const SCHEDULE: Schedule = Schedule::Short;

struct Conversation<'run> {
    socket: Socket,
    started: f64,
    left: &'run mut Asked,
    emit: &'run Emit,
    /// `None` once the outcome is out.
    pings: Option<Pings>,
    /// `None` once the outcome is out.
    arrivals: Option<Arrivals>,
    /// Whether what the relay saw is still to be told.
    saw: bool,
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
        if self.left.controls {
            self.say(&ClientMessage::Controls);
        }
        for (id, _) in &self.left.dials {
            let endpoint = id.clone();
            self.say(&ClientMessage::Dial { endpoint });
        }
        self.say(&ClientMessage::Saw);
        self.say(&ClientMessage::Events { schedule: SCHEDULE });
        self.say(&ClientMessage::Ping { number: 0 });
    }

    fn say(&self, message: &ClientMessage) {
        self.socket.send(&wire::json::write(message));
    }

    /// Ends what is out of time; how long to wait for the rest, or `None` if there is none.
    fn wait_ms(&mut self) -> Option<f64> {
        let elapsed_ms = clock::now_ms() - self.started;
        let is_over = |probe: Probe| elapsed_ms >= f64::from(probe.deadline_ms());
        if is_over(Probe::Pings) {
            self.end_pings(elapsed_ms);
        }
        if is_over(Probe::Saw) {
            self.end_saw(Outcome::TimedOut { ms: elapsed_ms });
        }
        if is_over(Probe::Events) {
            self.end_events(elapsed_ms);
        }
        if is_over(Probe::RelayControls) {
            self.time_out();
        }
        let awaited = [
            self.pings.is_some().then_some(Probe::Pings),
            self.arrivals.is_some().then_some(Probe::Events),
            self.saw.then_some(Probe::Saw),
            (!self.left.is_empty()).then_some(Probe::RelayControls),
        ];
        awaited
            .into_iter()
            .flatten()
            .map(|probe| f64::from(probe.deadline_ms()) - elapsed_ms)
            .min_by(f64::total_cmp)
            .map(|wait| wait.max(1.0))
    }

    /// Takes a message; what cannot be read is passed over, its question runs out of time.
    fn hear(&mut self, at: f64, text: &str) {
        let ms = at - self.started;
        match wire::json::read::<ServerMessage>(text) {
            Ok(ServerMessage::Pong { .. }) => self.hear_pong(at),
            Ok(ServerMessage::Event { sequence, due_ms }) => self.hear_event(at, sequence, due_ms),
            Ok(ServerMessage::Controls { report }) => {
                if std::mem::take(&mut self.left.controls) {
                    let answer = Answer::Controls(report);
                    (self.emit)(Probe::RelayControls, Outcome::Answered { ms, answer });
                }
            }
            Ok(ServerMessage::Dial { report }) => {
                if let Some(endpoint) = self.left.answered(&report.endpoint) {
                    let answer = Answer::Dial(Box::new(report));
                    (self.emit)(Probe::Dial(endpoint), Outcome::Answered { ms, answer });
                }
            }
            Ok(ServerMessage::Refused { endpoint, .. }) => {
                if let Some(endpoint) = endpoint.and_then(|id| self.left.answered(&id)) {
                    let failure = Failure::WrongAnswer;
                    (self.emit)(Probe::Dial(endpoint), Outcome::Failed { ms, failure });
                }
            }
            Ok(ServerMessage::Saw { report }) => {
                let answer = Answer::Saw(Box::new(report));
                self.end_saw(Outcome::Answered { ms, answer });
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

    fn hear_pong(&mut self, at: f64) {
        let Some(pings) = &mut self.pings else {
            return;
        };
        pings.times_ms.push(at - pings.sent_at);
        let number = u32::try_from(pings.times_ms.len()).unwrap_or(PINGS);
        if number < PINGS {
            pings.sent_at = clock::now_ms();
            self.say(&ClientMessage::Ping { number });
        } else {
            self.end_pings(at - self.started);
        }
    }

    fn hear_event(&mut self, at: f64, sequence: u32, due_ms: u32) {
        let Some(arrivals) = &mut self.arrivals else {
            return;
        };
        arrivals.take(at, sequence, due_ms);
        if arrivals.count == expected_events() {
            self.end_events(at - self.started);
        }
    }

    fn end_pings(&mut self, ms: f64) {
        let Some(pings) = self.pings.take() else {
            return;
        };
        let outcome = if pings.times_ms.is_empty() {
            Outcome::TimedOut { ms }
        } else {
            let answer = Answer::Pings(pings.times_ms);
            Outcome::Answered { ms, answer }
        };
        (self.emit)(Probe::Pings, outcome);
    }

    fn end_events(&mut self, ms: f64) {
        let Some(arrivals) = self.arrivals.take() else {
            return;
        };
        let answer = Answer::Events(Events {
            expected: expected_events(),
            arrived: arrivals.count,
            late_ms_max: arrivals.late_ms_max(),
        });
        (self.emit)(Probe::Events, Outcome::Answered { ms, answer });
    }

    fn end_saw(&mut self, outcome: Outcome) {
        if std::mem::take(&mut self.saw) {
            (self.emit)(Probe::Saw, outcome);
        }
    }

    fn time_out(&mut self) {
        let outcome = Outcome::TimedOut {
            ms: Probe::RelayControls.deadline_ms().into(),
        };
        if std::mem::take(&mut self.left.controls) {
            (self.emit)(Probe::RelayControls, outcome.clone());
        }
        for (_, endpoint) in std::mem::take(&mut self.left.dials) {
            (self.emit)(Probe::Dial(endpoint), outcome.clone());
        }
    }

    /// The socket closed: what was under way on it failed; the questions can be asked elsewhere.
    fn break_off(&mut self, at: f64, code: u16) {
        let outcome = Outcome::Failed {
            ms: at - self.started,
            failure: super::close_failure(code, true),
        };
        if self.pings.take().is_some() {
            (self.emit)(Probe::Pings, outcome.clone());
        }
        if self.arrivals.take().is_some() {
            (self.emit)(Probe::Events, outcome.clone());
        }
        self.end_saw(outcome);
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
