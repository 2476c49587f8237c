//! State machine of a run: what is tried when, without a clock, randomness or a browser.
//!
//! A driver feeds [`Input`]s with the time, and carries out each [`Output`]. Every decision about order, gaps,
//! deadlines, retries, early stops and late probes is made in [`choreography`]; this module keeps the log of attempts
//! that it decides on. The shape is that of sans-io libraries such as quinn-proto and mozilla/happy-eyeballs.
//!
//! All times are milliseconds of one monotonic clock, whose zero is anywhere.

mod action;
mod attempt;
mod choreography;
mod conversation;
mod first_sockets;
mod fresh_name;
mod heartbeat;
mod next_relay;
mod signs;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::rc::Rc;

use reachcheck_wire::{ClientMessage, ServerMessage};

pub use action::{Action, CANARY_DOMAIN};
pub use attempt::Attempt;
pub use choreography::choose_relay;
pub use first_sockets::{FirstSocket, FirstSockets};
pub use next_relay::next_relay;

use crate::catalogue::EndpointRef;
use crate::environment::BrowserFamily;
use crate::local_conditions::LocalConditions;
use crate::observation::{Failure, NotRun, Observations, Outcome};
use crate::plan::Plan;
use crate::probe::Probe;
use attempt::{IceSigns, Log, State};
use choreography::Next;
use conversation::Conversation;
use first_sockets::Kept;
use heartbeat::Heartbeat;

/// What a machine is told.
#[derive(Clone, Debug)]
pub enum Input {
    /// An attempt ended by itself.
    Ended {
        /// Which one.
        attempt: Attempt,
        /// How; its time counts from the attempt's own beginning.
        outcome: Outcome,
        /// This computer's clock beside the answering host's, where the answer tells the time.
        clock: Option<Outcome>,
    },
    /// An attempt that is under way told something.
    Sign(Attempt, Sign),
    /// Nothing but that time has passed.
    Time,
    /// A sign of life of the page.
    Beat {
        /// When the next is due, in milliseconds from now.
        next_ms: f64,
    },
    /// The browser says that the network of this computer came or went.
    NetworkChanged,
    /// The run is called off: what is under way stops, and what is out is cancelled.
    Cancel,
    /// The diagnosis wants something else than what would come by itself.
    Wish(Wish),
}

/// Something that happens while an attempt goes on.
#[derive(Clone, Debug)]
pub enum Sign {
    /// Its socket is open.
    Opened {
        /// When, in milliseconds of the machine's clock.
        at: f64,
        /// Milliseconds since the attempt began.
        ms: f64,
    },
    /// The relay said something on its socket.
    Heard {
        /// When, in milliseconds of the machine's clock.
        at: f64,
        /// What.
        message: ServerMessage,
    },
    /// Its socket is closed, for good.
    Closed {
        /// When, in milliseconds of the machine's clock.
        at: f64,
        /// Milliseconds since the attempt began.
        ms: f64,
        /// The close code; 0 where the browser's policy forbade the socket.
        code: u16,
        /// Whether both sides closed in order.
        clean: bool,
    },
    /// The browser's own delay beside the attempt, in milliseconds; known when its end is, and told before that.
    OwnDelay(f64),
    /// WebRTC told of one of the servers asked.
    Ice {
        /// Whether it was asked over TLS.
        tls: bool,
        /// Whether a connection to it was established.
        connected: bool,
        /// The STUN error code; 701 where nothing was answered.
        code: u16,
    },
}

/// What the diagnosis still asks of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Enough is known of this endpoint: what is under way there stops, the rest is not needed.
    Enough(EndpointRef),
    /// One more `fetch` of this endpoint, where it fails and an attempt of the plan is left.
    OnceMore(EndpointRef),
}

/// What a machine asks for, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Begin this attempt.
    Start(Attempt, Action),
    /// Say this on the attempt's socket.
    Say(Attempt, ClientMessage),
    /// Drop this attempt: its requests abort, its sockets close.
    Stop(Attempt),
    /// A probe has ended, once and for all; and what this computer did meanwhile.
    Observed(Probe, Rc<Outcome>, LocalConditions),
    /// This endpoint has been silent for the time of three SYNs, and is waited for still. Said once.
    SilentSoFar(EndpointRef),
    /// Feed [`Input::Time`] at this time, if nothing else comes before. The last one counts.
    WakeAt(f64),
    /// Every probe that the run waits for has ended.
    Finished,
    /// Late evidence is in as well; nothing follows.
    Settled,
}

/// How far a run has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Running,
    Finished,
    Over,
}

/// Events that a busy page hands over come in any order within this time (ms).
const JUST_NOW_MS: f64 = 10.0;

/// A run under way.
#[derive(Debug)]
pub struct Machine {
    plan: Rc<Plan>,
    family: BrowserFamily,
    started_at: f64,
    now: f64,
    phase: Phase,
    finished_at: f64,
    /// Probes that have not ended, in the order in which they are begun.
    open: Vec<Probe>,
    observed: Observations,
    /// When each of them ended.
    observed_at: Vec<(Probe, f64)>,
    log: Log,
    heartbeat: Heartbeat,
    conversation: Option<Conversation>,
    /// This computer's clock beside that of each host that told the time.
    clocks: Vec<(Probe, Outcome)>,
    wishes: Vec<Wish>,
    first_sockets: FirstSockets,
    /// Endpoints that were called silent so far.
    silent: Vec<EndpointRef>,
    wakes_at: f64,
    outputs: VecDeque<Output>,
}

impl Machine {
    /// A run of a plan that begins now.
    #[must_use]
    pub fn new(plan: Rc<Plan>, family: BrowserFamily, now: f64) -> Self {
        // What the verdict stands on first: the page's own host and the endpoints before the relay.
        let (relay, own): (Vec<Probe>, Vec<Probe>) =
            plan.probes.iter().partition(|probe| is_of_relay(**probe));
        let mut machine = Self {
            family,
            started_at: now,
            now,
            phase: Phase::Running,
            finished_at: f64::INFINITY,
            open: [own, relay].concat(),
            observed: Observations::default(),
            observed_at: Vec::new(),
            log: Log::default(),
            heartbeat: Heartbeat::default(),
            conversation: None,
            clocks: Vec::new(),
            wishes: Vec::new(),
            first_sockets: FirstSockets::default(),
            silent: Vec::new(),
            wakes_at: f64::INFINITY,
            outputs: VecDeque::new(),
            plan,
        };
        machine.advance(None);
        machine
    }

    /// Takes something that has happened by now. What it asks for then is in [`Self::process_output`].
    pub fn process_input(&mut self, input: Input, now: f64) {
        self.now = self.now.max(now);
        if self.phase == Phase::Over {
            return;
        }
        self.heartbeat.pass(self.now);
        let touched = match input {
            Input::Ended { attempt, .. } | Input::Sign(attempt, _) => attempted_at(attempt.probe),
            Input::Time
            | Input::Beat { .. }
            | Input::NetworkChanged
            | Input::Cancel
            | Input::Wish(_) => None,
        };
        match input {
            Input::Ended {
                attempt,
                outcome,
                clock,
            } => {
                // What comes of an attempt that was stopped is nobody's any more.
                if self.log.under_way(attempt).is_none() {
                    return;
                }
                if let Some(clock) = clock {
                    self.clocks.push((attempt.probe, clock));
                }
                let outcome = self.end_beyond_deadline(attempt, outcome);
                self.log.end(attempt, self.now, outcome);
            }
            Input::Sign(attempt, sign) => {
                let has_changed = self.take_sign(attempt, sign);
                // A pong or an event alone begins nothing.
                if !has_changed && self.now < self.wakes_at {
                    return;
                }
            }
            Input::Beat { next_ms } => return self.heartbeat.beat(self.now, next_ms),
            Input::NetworkChanged => return self.heartbeat.network_changed(self.now),
            // Timers may fire a little early: then the same is asked for again.
            Input::Time => self.wakes_at = f64::INFINITY,
            Input::Cancel => return self.cancel(),
            Input::Wish(wish) => self.take_wish(wish),
        }
        self.advance(touched);
    }

    /// The next thing to do; `None` until there is another input.
    pub fn process_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// What has been observed so far.
    #[must_use]
    pub const fn observed(&self) -> &Observations {
        &self.observed
    }

    /// Goes on as far as an input allows that touched what is attempted at this endpoint alone, or anything. What waits
    /// elsewhere waits as before: until then nothing there can begin.
    fn advance(&mut self, touched: Option<EndpointRef>) {
        self.pass_deadlines();
        self.name_silent();
        let mut touched = touched.filter(|_| self.now < self.wakes_at);
        let mut wakes_at = f64::INFINITY;
        loop {
            let phase = self.phase;
            let mut has_changed = false;
            let mut at = 0;
            while let Some(probe) = self.open.get(at).copied() {
                at += 1;
                let is_elsewhere = touched.is_some() && touched != attempted_at(probe);
                if is_elsewhere && !waits_for_any(probe) {
                    continue;
                }
                match self.next(probe) {
                    Next::Is(outcome) => {
                        self.observe(probe, outcome);
                        has_changed = true;
                        at -= 1;
                    }
                    Next::Start(attempt, deadline_ms) => self.start(attempt, deadline_ms),
                    Next::At(due) => wakes_at = wakes_at.min(due),
                    Next::Waits => {}
                }
            }
            has_changed |= self.converse();
            if !has_changed {
                break;
            }
            touched = touched.filter(|_| self.phase == phase);
            wakes_at = f64::INFINITY;
        }
        if touched.is_some() {
            wakes_at = wakes_at.min(self.wakes_at);
        }
        wakes_at = wakes_at.min(self.next_deadline()).min(self.next_silence());
        if wakes_at.is_finite() && wakes_at.total_cmp(&self.wakes_at).is_ne() {
            self.outputs.push_back(Output::WakeAt(wakes_at));
        }
        self.wakes_at = wakes_at;
    }

    fn start(&mut self, attempt: Attempt, deadline_ms: u32) {
        let action = self.action(attempt);
        self.log
            .start(attempt, self.now, self.now + f64::from(deadline_ms));
        self.outputs.push_back(Output::Start(attempt, action));
    }

    /// Ends an attempt that goes on, as having come to this.
    fn stop(&mut self, attempt: Attempt, outcome: Outcome) {
        self.outputs.push_back(Output::Stop(attempt));
        self.log.end(attempt, self.now, outcome);
    }

    /// Keeps the first outcome of a probe. Attempts of it that go on beside are stopped.
    fn observe(&mut self, probe: Probe, outcome: impl Into<Rc<Outcome>>) {
        let Some(at) = self.open.iter().position(|open| *open == probe) else {
            return;
        };
        self.open.remove(at);
        let outcome = outcome.into();
        let conditions = self.local_conditions(probe, &outcome);
        self.observed
            .insert_under(probe, outcome.clone(), conditions);
        self.observed_at.push((probe, self.now));
        self.outputs
            .push_back(Output::Observed(probe, outcome, conditions));
        for attempt in self.log.under_way_of(probe) {
            if !self.goes_on(attempt) {
                self.stop(attempt, Outcome::Cancelled);
            }
        }
        let waits_for = |probe: &Probe| !probe.is_late();
        if self.phase == Phase::Running && !self.open.iter().any(waits_for) {
            self.phase = Phase::Finished;
            self.finished_at = self.now;
            self.outputs.push_back(Output::Finished);
        }
        if self.open.is_empty() {
            self.phase = Phase::Over;
            self.outputs.push_back(Output::Settled);
        }
    }

    /// What this computer did since a probe that ends now was begun.
    fn local_conditions(&self, probe: Probe, outcome: &Outcome) -> LocalConditions {
        if let (Probe::Upgrade(endpoint), Outcome::Failed { .. }) = (probe, outcome)
            && !self.was_begun(probe)
            && let Kept::Socket(first) = self.first_socket(endpoint)
        {
            return LocalConditions {
                own_delay_ms: first.own_delay_ms,
                kept: true,
                ..LocalConditions::default()
            };
        }
        let begun_at = self.log.begun_at(probe);
        let conversation = self.conversation.as_ref();
        let talked_at = conversation
            .filter(|conversation| conversation.is_about(probe))
            .map(|conversation| conversation.started_at);
        let from = begun_at.or(talked_at).unwrap_or(self.now);
        LocalConditions {
            own_delay_ms: self.log.own_delay_ms(probe),
            ..self.heartbeat.between(from, self.now)
        }
    }

    /// When a probe ended, and how, if it has.
    fn observation(&self, probe: Probe) -> Option<(f64, &Outcome)> {
        let outcome = self.observed.get(probe)?;
        let at = self
            .observed_at
            .iter()
            .find(|(observed, _)| *observed == probe);
        at.map(|(_, at)| (*at, outcome))
    }

    /// What is under way and out of time ends.
    fn pass_deadlines(&mut self) {
        for attempt in self.log.out_of_time(self.now) {
            self.out_of_time(attempt);
        }
        if let Some(conversation) = &mut self.conversation {
            for (probe, outcome) in conversation.out_of_time(self.now) {
                self.observe(probe, outcome);
            }
        }
    }

    fn next_deadline(&self) -> f64 {
        let conversation = self.conversation.as_ref();
        conversation
            .map_or(f64::INFINITY, Conversation::next_deadline)
            .min(self.log.next_deadline())
    }

    /// Begins the conversation with the relay once its socket counts, and ends it once all is said.
    fn converse(&mut self) -> bool {
        match &self.conversation {
            None => {
                let Some(attempt) = self.relay_socket() else {
                    return false;
                };
                let (conversation, say) =
                    Conversation::open(attempt, &self.plan, self.asked_outside(), self.now);
                self.conversation = Some(conversation);
                let say = say.into_iter().map(|word| Output::Say(attempt, word));
                self.outputs.extend(say);
                // It may have been closed before there was anything to say.
                if let Some(State::UnderWay(entry)) = self.log.state(attempt)
                    && let Some((at, code)) = entry.closed
                {
                    self.break_off(at, code);
                }
                true
            }
            Some(conversation) if conversation.is_over() => {
                let attempt = conversation.attempt;
                if self.log.under_way(attempt).is_some() {
                    self.stop(attempt, Outcome::Cancelled);
                }
                false
            }
            Some(_) => false,
        }
    }

    /// The socket closed: what was asked on it alone failed, the rest is asked elsewhere.
    fn break_off(&mut self, at: f64, code: u16) {
        let Some(conversation) = &mut self.conversation else {
            return;
        };
        let attempt = conversation.attempt;
        for (probe, outcome) in conversation.break_off(at, code) {
            self.observe(probe, outcome);
        }
        self.log.end(attempt, self.now, Outcome::Cancelled);
    }

    /// Takes a sign; whether anything may follow from it.
    fn take_sign(&mut self, attempt: Attempt, sign: Sign) -> bool {
        if self.log.under_way(attempt).is_none() {
            return false;
        }
        let is_of_conversation = self
            .conversation
            .as_ref()
            .is_some_and(|conversation| conversation.attempt == attempt);
        match sign {
            // A socket opens once.
            Sign::Opened { .. } if self.log.has_opened(attempt) => return false,
            Sign::Opened { at, ms } => self.opened(attempt, at, ms),
            Sign::OwnDelay(own_ms) => {
                // What ended the attempt came while this was measured, or just before.
                let late_ms = self.heartbeat.lateness_ms(self.now, own_ms + JUST_NOW_MS);
                if let Some(entry) = self.log.under_way(attempt) {
                    entry.own_delay_ms = Some(own_ms.max(late_ms));
                }
                return false;
            }
            Sign::Closed { at, code, .. } if is_of_conversation => self.break_off(at, code),
            Sign::Closed {
                at,
                ms,
                code,
                clean,
            } => self.closed(attempt, (at, ms), code, clean),
            Sign::Heard { at, message } if is_of_conversation => {
                let Some(conversation) = &mut self.conversation else {
                    return false;
                };
                let heard = conversation.hear(&self.plan, at, message, self.now);
                if let Some(word) = heard.say {
                    self.outputs.push_back(Output::Say(attempt, word));
                }
                let Some((probe, outcome)) = heard.ended else {
                    return false;
                };
                self.observe(probe, outcome);
            }
            Sign::Heard { at, message } => self.heard(attempt, at, &message),
            Sign::Ice {
                tls,
                connected,
                code,
            } => {
                let signs = IceSigns {
                    tls,
                    connected,
                    code,
                };
                self.ice(attempt, signs);
            }
        }
        true
    }

    fn take_wish(&mut self, wish: Wish) {
        self.wishes.push(wish);
        if let Wish::Enough(endpoint) = wish {
            for probe in self.open.clone() {
                if attempted_at(probe) == Some(endpoint) && !probe.is_late() {
                    let was_begun = !self.log.under_way_of(probe).is_empty();
                    let outcome = match was_begun {
                        true => Outcome::Cancelled,
                        false => Outcome::NotRun(NotRun::NotNeeded),
                    };
                    self.observe(probe, outcome);
                }
            }
        }
    }

    fn cancel(&mut self) {
        for attempt in self.log.all_under_way() {
            self.stop(attempt, Outcome::Cancelled);
        }
        for probe in std::mem::take(&mut self.open) {
            let outcome = Rc::new(Outcome::Cancelled);
            self.observed.insert(probe, outcome.clone());
            let calm = LocalConditions::default();
            self.outputs
                .push_back(Output::Observed(probe, outcome, calm));
        }
        self.phase = Phase::Over;
    }
}

/// Whether a probe needs a relay.
const fn is_of_relay(probe: Probe) -> bool {
    !matches!(
        probe,
        Probe::Origin
            | Probe::Canary
            | Probe::Control(_)
            | Probe::Fetch(..)
            | Probe::Upgrade(_)
            | Probe::Turn(_)
            | Probe::Image(_)
            | Probe::GiveUp(_)
            | Probe::LateTurn(_)
            | Probe::OwnPort(..)
            | Probe::FreshName(_)
            | Probe::Body(_)
            | Probe::InSpace(..)
    )
}

/// The endpoint at which a probe is attempted, and whose other attempts it waits for.
const fn attempted_at(probe: Probe) -> Option<EndpointRef> {
    match probe {
        Probe::Fetch(endpoint, _)
        | Probe::Upgrade(endpoint)
        | Probe::Turn(endpoint)
        | Probe::Image(endpoint)
        | Probe::GiveUp(endpoint)
        | Probe::LateTurn(endpoint)
        | Probe::OwnPort(endpoint, _)
        | Probe::FreshName(endpoint)
        | Probe::Body(endpoint)
        | Probe::InSpace(endpoint, _) => Some(endpoint),
        _ => None,
    }
}

/// Whether a probe that is no attempt at an endpoint waits for what is attempted at all of them.
const fn waits_for_any(probe: Probe) -> bool {
    matches!(probe, Probe::NextDial(_))
}

/// How a socket that is closed counts: "busy" is said on one that was let in.
const fn close_failure(code: u16, opened: bool) -> Failure {
    if code == reachcheck_wire::CLOSE_BUSY {
        Failure::Busy
    } else {
        Failure::Closed { code, opened }
    }
}
