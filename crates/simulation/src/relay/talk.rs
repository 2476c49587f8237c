//! What the relay says on a WebSocket, and when it is heard.

use reachcheck_lab::reverse_proxy::ReverseProxy;
use reachcheck_lab::world::RelayState;
use reachcheck_model::machine::{Attempt, Input, Sign};
use reachcheck_wire::{ClientMessage, Hold, Refusal, ServerMessage};

use super::dial::is_tcp;
use super::{controls, dial, saw};
use crate::browser::{Browser, Coming};
use crate::noise::Kind;
use crate::scene::Relay;

/// A socket on which the relay is talked to.
#[derive(Clone, Debug)]
pub struct Talk {
    attempt: Attempt,
    /// When it opened, in milliseconds of the run's clock.
    opened_at: f64,
    /// When it is closed whatever is said.
    closes_at: f64,
    /// When the last message was heard: they keep their order.
    heard_at: f64,
    /// The address that the relay sees.
    address: String,
    /// When a box passes on what it has collected, and what the browser adds to that, in milliseconds.
    collected: (f64, f64),
}

impl Talk {
    /// A socket that opens and closes then.
    #[must_use]
    pub const fn new(attempt: Attempt, opened_at: f64, closes_at: f64, address: String) -> Self {
        Self {
            attempt,
            opened_at,
            closes_at,
            heard_at: opened_at,
            address,
            collected: (0.0, 0.0),
        }
    }
}

impl Talk {
    /// Adds something that is given at this time to what is collected: when all of it is passed on, and how late it is
    /// heard. The first of it begins to be waited with.
    fn collect(&mut self, given_at: f64, late_ms: f64, each_ms: f64) -> (f64, f64) {
        if given_at > self.collected.0 {
            self.collected = (given_at + each_ms, late_ms);
        }
        self.collected
    }
}

/// What ends a silence on the way to the relay.
enum Silence {
    /// It is kept.
    Kept,
    /// It is ended after so many milliseconds, and both sides are told.
    Ended(f64),
    /// It is forgotten, and what is said then is lost.
    Forgotten,
}

impl Browser<'_> {
    /// Says something on a socket: what the relay says to it, and when.
    pub fn say(&mut self, now: f64, attempt: Attempt, message: &ClientMessage) -> Coming {
        let is_it = |talk: &Talk| talk.attempt == attempt;
        let Some(index) = self.talks.iter().position(is_it) else {
            return Vec::new();
        };
        let scene = self.scene;
        let Some(relay) = &scene.relay else {
            return Vec::new();
        };
        let talk = self.talks[index].clone();
        // Each answer, when the relay gives it, and the kind of time that the browser adds.
        let mut answers: Vec<(f64, ServerMessage, Kind)> = Vec::new();
        match message {
            ClientMessage::Ping { number } => {
                let pong = ServerMessage::Pong { number: *number };
                answers.push((0.0, pong, Kind::Ping(*number)));
            }
            ClientMessage::Events { schedule } => {
                for (sequence, due_ms) in (0..).zip(schedule.due_ms()) {
                    let due_ms = *due_ms;
                    let event = ServerMessage::Event { sequence, due_ms };
                    answers.push((due_ms.into(), event, Kind::Word));
                }
            }
            ClientMessage::Dial { endpoint } => {
                let (report, takes_ms) = dial(self, endpoint);
                let kind = Kind::Dial(is_tcp(endpoint));
                answers.push((
                    takes_ms,
                    ServerMessage::Dial {
                        report: Box::new(report),
                    },
                    kind,
                ));
            }
            ClientMessage::Controls => {
                let (report, takes_ms) = controls(scene);
                answers.push((takes_ms, ServerMessage::Controls { report }, Kind::Controls));
            }
            ClientMessage::Saw => {
                let report = saw(self, talk.address.clone(), now);
                answers.push((0.0, ServerMessage::Saw { report }, Kind::Saw));
            }
            ClientMessage::Hold { hold } => return self.hold(now, &talk, relay, *hold),
            ClientMessage::Watch { .. } | ClientMessage::Note | ClientMessage::Ended { .. } => {}
        }
        let mut coming = Vec::new();
        for (takes_ms, message, kind) in answers {
            let late_ms = self.draw(kind).max(0.0);
            let given_at = now + takes_ms;
            let (given_at, late_ms) = match collects_ms(relay) {
                Some(each_ms) => self.talks[index].collect(given_at, late_ms, each_ms),
                None => (given_at, late_ms),
            };
            let trip_ms = match message {
                ServerMessage::Event { .. } => self.word_ms(relay.is_loopback),
                _ => self.trip_ms(relay.is_loopback),
            };
            let at = given_at + trip_ms + late_ms;
            if at < talk.closes_at {
                let sign = Sign::Heard { at, message };
                coming.push((at, Input::Sign(attempt, sign)));
            }
        }
        self.in_order(index, &mut coming);
        coming
    }

    /// Nothing overtakes what was said before it in answer to the same question.
    fn in_order(&mut self, index: usize, coming: &mut Coming) {
        let mut heard_at = 0.0_f64;
        for (at, input) in coming.iter_mut() {
            heard_at = heard_at.max(*at);
            *at = heard_at;
            if let Input::Sign(_, Sign::Heard { at, .. }) = input {
                *at = heard_at;
            }
        }
        let talk = &mut self.talks[index];
        talk.heard_at = talk.heard_at.max(heard_at);
    }

    /// Keeps a socket silent.
    fn hold(&mut self, now: f64, talk: &Talk, relay: &Relay, hold: Hold) -> Coming {
        let trip_ms = self.trip_ms(relay.is_loopback);
        let late_ms = self.draw(Kind::Word).max(0.0);
        let attempt = talk.attempt;
        let heard = |after_ms: f64, message| {
            let at = now + after_ms + trip_ms + late_ms;
            let sign = Sign::Heard { at, message };
            vec![(at, Input::Sign(attempt, sign))]
        };
        if relay.state == RelayState::Full {
            let why = Refusal::Busy;
            let refused = ServerMessage::Refused {
                why,
                endpoint: None,
            };
            return heard(0.0, refused);
        }
        let hold_ms = f64::from(hold.ms());
        let coming = match silence(relay, hold_ms) {
            Silence::Kept => heard(hold_ms, ServerMessage::Held { hold }),
            Silence::Forgotten => Vec::new(),
            Silence::Ended(after_ms) => {
                let at = now + after_ms + trip_ms + late_ms;
                let sign = Sign::Closed {
                    at,
                    ms: self.on_its_clock(at - talk.opened_at),
                    code: 1006,
                    clean: false,
                };
                vec![(at, Input::Sign(attempt, sign))]
            }
        };
        coming
            .into_iter()
            .filter(|(at, _)| *at < talk.closes_at)
            .collect()
    }
}

/// What becomes of a silence that lasts so long.
fn silence(relay: &Relay, hold_ms: f64) -> Silence {
    if relay
        .forgets_after_ms
        .is_some_and(|ms| f64::from(ms) < hold_ms)
    {
        return Silence::Forgotten;
    }
    match relay.front {
        Some(ReverseProxy::ClosesIdle(seconds) | ReverseProxy::ResetsIdle(seconds)) => {
            let ms = 1000.0 * f64::from(u32::try_from(seconds).unwrap_or(u32::MAX));
            if ms < hold_ms {
                Silence::Ended(ms)
            } else {
                Silence::Kept
            }
        }
        _ => Silence::Kept,
    }
}

/// For how long a box in front of the relay collects what it says, in milliseconds, where it does.
fn collects_ms(relay: &Relay) -> Option<f64> {
    match relay.front {
        Some(ReverseProxy::Collects(ms)) => Some(f64::from(u32::try_from(ms).unwrap_or(u32::MAX))),
        _ => None,
    }
}
