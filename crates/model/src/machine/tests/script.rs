//! Script of a run: what is expected of the machine, step by step, at times of milliseconds after its beginning.

use std::collections::VecDeque;
use std::rc::Rc;

use reachcheck_wire::{Challenge, ClientMessage, Saw, ServerMessage};

use crate::catalogue::{Catalogue, EndpointRef};
use crate::config::Config;
use crate::environment::BrowserFamily;
use crate::machine::{Action, Attempt, Input, Machine, Output, Sign, Wish};
use crate::observation::{Answer, Failure, Outcome};
use crate::plan::{Plan, RelayTarget};
use crate::probe::Probe;

pub(super) fn endpoint(id: &str) -> EndpointRef {
    Catalogue::embedded().find(id).expect("an endpoint")
}

/// The cold `fetch` of an endpoint.
pub(super) fn fetch(id: &str) -> Attempt {
    again(id, 0)
}

/// One of the later ones.
pub(super) fn again(id: &str, number: u8) -> Attempt {
    Attempt::new(Probe::Fetch(endpoint(id), number), 0)
}

pub(super) fn upgrade(id: &str) -> Attempt {
    Attempt::new(Probe::Upgrade(endpoint(id)), 0)
}

pub(super) fn turn(id: &str) -> Attempt {
    Attempt::new(Probe::Turn(endpoint(id)), 0)
}

/// The fresh name beside an endpoint.
pub(super) fn fresh_name(id: &str) -> Attempt {
    Attempt::new(Probe::FreshName(endpoint(id)), 0)
}

pub(super) const fn first(probe: Probe) -> Attempt {
    Attempt::new(probe, 0)
}

pub(super) const fn second(probe: Probe) -> Attempt {
    Attempt::new(probe, 1)
}

pub(super) const fn third(probe: Probe) -> Attempt {
    Attempt::new(probe, 2)
}

pub(super) fn failed(ms: f64) -> Outcome {
    Outcome::Failed {
        ms,
        failure: Failure::Network { tls_finished: None },
    }
}

pub(super) fn answered(ms: f64) -> Outcome {
    Outcome::Answered {
        ms,
        answer: Answer::Opaque,
    }
}

/// What a relay says that serves us.
pub(super) fn challenge() -> Challenge {
    Challenge {
        nonce: "nonce".to_owned(),
        version: "1".to_owned(),
        origin_allowed: true,
        busy: false,
        outside: true,
        ports: vec![443, 80, 5222],
        plain: true,
        saw: saw(),
    }
}

pub(super) fn saw() -> Saw {
    Saw {
        address: "198.51.100.7".to_owned(),
        forwarded: Vec::new(),
        tls: None,
        unix_ms: 0,
    }
}

pub(super) fn said(challenge: Challenge, ms: f64) -> Outcome {
    Outcome::Answered {
        ms,
        answer: Answer::Challenge(Box::new(challenge)),
    }
}

/// What a script looks at: starts and stops elsewhere are passed over.
#[derive(Clone, Copy)]
pub(super) enum Focus {
    Endpoint(EndpointRef),
    Relay,
    Everything,
}

impl Focus {
    fn sees(self, probe: Probe) -> bool {
        let at = match probe {
            Probe::Fetch(at, _)
            | Probe::Upgrade(at)
            | Probe::Turn(at)
            | Probe::Image(at)
            | Probe::OwnPort(at, _)
            | Probe::FreshName(at) => Some(at),
            // Beside what is silent, and nothing else depends on them: a script of their own looks at them.
            Probe::InSpace(..) => return matches!(self, Self::Everything),
            _ => None,
        };
        match self {
            Self::Endpoint(endpoint) => at == Some(endpoint) && !probe.is_late(),
            Self::Relay => {
                at.is_none() && !matches!(probe, Probe::Origin | Probe::Canary | Probe::Control(_))
            }
            Self::Everything => true,
        }
    }
}

/// A run that is told what happens, and held to what it must do.
pub(super) struct Script {
    pub machine: Machine,
    now: f64,
    focus: Focus,
    /// What was asked for and not yet expected, and when.
    asked: VecDeque<(f64, Output)>,
    started: Vec<(Attempt, f64, Action)>,
    ended: Vec<(Probe, Rc<Outcome>)>,
    wakes_at: f64,
    /// Which endpoints were called silent so far, and when.
    pub silent: Vec<(f64, EndpointRef)>,
    pub is_finished: bool,
    pub is_settled: bool,
}

impl Script {
    /// A run of the embedded catalogue with so many relays.
    pub fn new(family: BrowserFamily, relays: usize, focus: Focus) -> Self {
        Self::of(&Config::default(), family, relays, focus)
    }

    /// A run of which only what happens at an endpoint is looked at, in Chromium and without a relay.
    pub fn at_endpoint(id: &str) -> Self {
        Self::at_endpoint_in(BrowserFamily::Chromium, id)
    }

    pub fn at_endpoint_in(family: BrowserFamily, id: &str) -> Self {
        Self::new(family, 0, Focus::Endpoint(endpoint(id)))
    }

    /// A run of which only what happens with its one relay is looked at, in Chromium.
    pub fn with_relay() -> Self {
        Self::new(BrowserFamily::Chromium, 1, Focus::Relay)
    }

    pub fn of(config: &Config, family: BrowserFamily, relays: usize, focus: Focus) -> Self {
        let relays = (0..relays).map(|number| RelayTarget {
            base: format!("https://relay{number}.example/"),
            is_loopback: false,
        });
        let plan = Rc::new(Plan::new(config, relays.collect(), &[]));
        let mut script = Self {
            machine: Machine::new(plan, family, 0.0),
            now: 0.0,
            focus,
            asked: VecDeque::new(),
            started: Vec::new(),
            ended: Vec::new(),
            wakes_at: f64::INFINITY,
            silent: Vec::new(),
            is_finished: false,
            is_settled: false,
        };
        script.take_outputs();
        script
    }

    /// The next thing that the machine asked for is that this attempt starts, now.
    pub fn starts(&mut self, attempt: Attempt) -> &Action {
        let next = self.asked.pop_front();
        match next {
            Some((at, Output::Start(started, _))) if started == attempt && at >= self.now => {}
            other => panic!("at {}: {attempt:?} starts, not {other:?}", self.now),
        }
        self.action(attempt)
    }

    /// The next thing that the machine asked for is that this attempt stops, now.
    pub fn stops(&mut self, attempt: Attempt) {
        let next = self.asked.pop_front();
        assert_eq!(next, Some((self.now, Output::Stop(attempt))));
    }

    /// The next thing that the machine says on the attempt's socket, now.
    pub fn says(&mut self, attempt: Attempt, message: ClientMessage) {
        let next = self.asked.pop_front();
        assert_eq!(next, Some((self.now, Output::Say(attempt, message))));
    }

    /// Nothing happens before that time.
    pub fn idle_until(&mut self, ms: f64) {
        assert!(ms >= self.now, "time went back to {ms}");
        loop {
            assert!(
                self.asked.is_empty(),
                "until {ms}: nobody expected {:?}",
                self.asked
            );
            if self.wakes_at > ms {
                break;
            }
            self.now = self.wakes_at;
            self.wakes_at = f64::INFINITY;
            self.feed(Input::Time);
            if self.now >= ms {
                break;
            }
        }
        self.now = ms;
    }

    /// It is that time, and nothing has happened meanwhile.
    pub fn at(&mut self, ms: f64) {
        self.idle_until(ms);
    }

    /// What time it is.
    pub const fn now(&self) -> f64 {
        self.now
    }

    /// Time passes, whatever is asked for meanwhile.
    pub fn wait_until(&mut self, ms: f64) {
        while self.now < ms {
            self.now = self.wakes_at.min(ms);
            self.wakes_at = f64::INFINITY;
            self.feed(Input::Time);
        }
    }

    /// Whether an attempt has started, seen or passed over.
    pub fn has_started(&self, attempt: Attempt) -> bool {
        self.started.iter().any(|(it, ..)| *it == attempt)
    }

    /// How an attempt is made that has started.
    pub fn action(&self, attempt: Attempt) -> &Action {
        let (.., action) = self.started.last_for(attempt);
        action
    }

    /// Time passes until this attempt starts, whatever else is asked for meanwhile.
    pub fn wait_for(&mut self, attempt: Attempt) {
        while !self.has_started(attempt) {
            assert!(self.wakes_at.is_finite(), "{attempt:?} never starts");
            self.wait_until(self.wakes_at);
        }
    }

    /// An attempt ends so many milliseconds after its beginning.
    pub fn ends(&mut self, attempt: Attempt, ms: f64, outcome: Outcome) {
        self.idle_until(self.started_at(attempt) + ms);
        self.feed(Input::Ended {
            attempt,
            outcome,
            clock: None,
        });
    }

    pub fn answers(&mut self, attempt: Attempt, ms: f64) {
        self.ends(attempt, ms, answered(ms));
    }

    pub fn fails(&mut self, attempt: Attempt, ms: f64) {
        self.ends(attempt, ms, failed(ms));
    }

    /// The socket of an attempt opens so many milliseconds after its beginning.
    pub fn opens(&mut self, attempt: Attempt, ms: f64) {
        let at = self.started_at(attempt) + ms;
        self.idle_until(at);
        self.feed(Input::Sign(attempt, Sign::Opened { at, ms }));
    }

    /// The socket of an attempt closes out of order so many milliseconds after its beginning.
    pub fn closes(&mut self, attempt: Attempt, ms: f64, code: u16) {
        let at = self.started_at(attempt) + ms;
        self.idle_until(at);
        let clean = false;
        self.feed(Input::Sign(
            attempt,
            Sign::Closed {
                at,
                ms,
                code,
                clean,
            },
        ));
    }

    /// A sign comes of an attempt that was never begun.
    pub fn closes_unbegun(&mut self, attempt: Attempt) {
        let sign = Sign::Closed {
            at: self.now,
            ms: 1.0,
            code: 1006,
            clean: false,
        };
        self.feed(Input::Sign(attempt, sign));
    }

    /// The relay says something now.
    pub fn hears(&mut self, attempt: Attempt, message: ServerMessage) {
        let at = self.now;
        self.feed(Input::Sign(attempt, Sign::Heard { at, message }));
    }

    /// WebRTC tells of a server now.
    pub fn ice(&mut self, attempt: Attempt, tls: bool, connected: bool, code: u16) {
        let sign = Sign::Ice {
            tls,
            connected,
            code,
        };
        self.feed(Input::Sign(attempt, sign));
    }

    pub fn wishes(&mut self, wish: Wish) {
        self.feed(Input::Wish(wish));
    }

    pub fn cancel(&mut self) {
        self.feed(Input::Cancel);
    }

    /// Whatever was asked for and not expected is of no interest.
    pub fn pass_over(&mut self) {
        self.asked.clear();
    }

    /// What was asked for and not expected.
    pub fn take_asked(&mut self) -> Vec<Output> {
        self.asked.drain(..).map(|(_, output)| output).collect()
    }

    /// How a probe ended, if it has.
    pub fn outcome(&self, probe: Probe) -> Option<Outcome> {
        let found = self.ended.iter().find(|(ended, _)| *ended == probe);
        found.map(|(_, outcome)| (**outcome).clone())
    }

    /// How many probes have ended.
    pub fn count(&self) -> usize {
        self.ended.len()
    }

    fn started_at(&self, attempt: Attempt) -> f64 {
        self.started.last_for(attempt).1
    }

    fn feed(&mut self, input: Input) {
        self.machine.process_input(input, self.now);
        self.take_outputs();
    }

    fn take_outputs(&mut self) {
        while let Some(output) = self.machine.process_output() {
            match output {
                Output::WakeAt(at) => self.wakes_at = at,
                Output::Observed(probe, outcome, _) => self.ended.push((probe, outcome)),
                Output::SilentSoFar(endpoint) => self.silent.push((self.now, endpoint)),
                Output::Finished => self.is_finished = true,
                Output::Settled => self.is_settled = true,
                Output::Start(attempt, ref action) => {
                    self.started.push((attempt, self.now, action.clone()));
                    self.ask(attempt, output);
                }
                Output::Say(attempt, _) | Output::Stop(attempt) => self.ask(attempt, output),
            }
        }
    }

    fn ask(&mut self, attempt: Attempt, output: Output) {
        if self.focus.sees(attempt.probe) {
            self.asked.push_back((self.now, output));
        }
    }
}

trait LastFor {
    fn last_for(&self, attempt: Attempt) -> &(Attempt, f64, Action);
}

impl LastFor for Vec<(Attempt, f64, Action)> {
    fn last_for(&self, attempt: Attempt) -> &(Attempt, f64, Action) {
        let mut latest = self.iter().rev();
        latest
            .find(|(started, ..)| *started == attempt)
            .unwrap_or_else(|| panic!("{attempt:?} has not started"))
    }
}
