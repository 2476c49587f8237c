//! One run: the machine, the browser in its scene, and a queue of what is to come. There is no other clock.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::rc::Rc;

use fastrand::Rng;
use reachcheck_diagnosis::enough::enough;
use reachcheck_lab::engine::Engine;
use reachcheck_model::environment::Environment;
use reachcheck_model::machine::{Attempt, Input, Machine, Output, Sign, Wish};
use reachcheck_model::plan::Plan;
use reachcheck_model::probe::Probe;
use reachcheck_model::session::{Event, Session};
use reachcheck_model::thresholds::Thresholds;
use reachcheck_model::time::Moment;

use crate::browser::Browser;
use crate::busy::Busy;
use crate::disturbance::Disturbance;
use crate::ledger::Ledger;
use crate::noise::Residuals;
use crate::script::Script;
use crate::stage::{Stage, Staged};
use crate::system::System;
use crate::verdict::environment;

/// A run that is over.
#[derive(Debug)]
pub struct Run<'stage> {
    /// Its world.
    pub staged: &'stage Staged,
    /// Its engine.
    pub engine: Engine,
    /// Its seed.
    pub seed: u64,
    /// What disturbed it.
    pub disturbance: Option<Disturbance>,
    /// Whether its computer was busy.
    pub is_busy: bool,
    /// What must hold of it.
    pub ledger: Ledger,
    /// When each probe ended, in milliseconds, in that order.
    pub ended: Vec<(f64, Probe)>,
    /// What was observed when it finished, and when it settled.
    pub finished: Option<Session>,
    /// See `finished`.
    pub settled: Session,
}

/// What is to come, and when: two at one time in the order in which they were foreseen.
#[derive(Debug)]
struct Coming {
    at: f64,
    number: u64,
    input: Input,
}

impl PartialEq for Coming {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Coming {}

impl PartialOrd for Coming {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Coming {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_time = self.at.total_cmp(&other.at);
        by_time.then(self.number.cmp(&other.number))
    }
}

/// A run that takes more inputs than this never ends.
const INPUTS_MAX: u32 = 20_000;

/// The run of a seed, under a system.
#[must_use]
pub fn run<'stage>(
    stage: &'stage Stage,
    seed: u64,
    system: System,
    script: Option<&mut Script>,
) -> Run<'stage> {
    let (staged, engine) = stage.cast(seed);
    // The same seed has chosen world and engine already.
    let mut rng = Rng::with_seed(seed).fork();
    let plan = Rc::new(staged.scene.plan());
    let disturbance = Disturbance::draw(&plan, &mut rng);
    let residuals = Residuals::of(stage.noise.of(engine), &mut rng);
    let browser = Browser::new(&staged.scene, engine, system, residuals, rng.fork());
    let environment = environment(engine, system, staged.scene.page.is_loopback);
    let busy = Busy::of(seed);
    let is_busy = busy.is_some();
    let amiss = (disturbance, busy);
    let mut driver = Driver::new(plan.clone(), environment, browser, amiss, rng, script);
    driver.go();
    let Driver {
        ledger,
        finished,
        session,
        disturbance,
        ended,
        ..
    } = driver;
    Run {
        staged,
        engine,
        seed,
        disturbance,
        is_busy,
        ledger,
        ended,
        finished,
        settled: session.unwrap_or_else(|| Session::idle(plan)),
    }
}

struct Driver<'run, 'script> {
    /// Where the page is.
    environment: Environment,
    machine: Machine,
    browser: Browser<'run>,
    queue: BinaryHeap<Reverse<Coming>>,
    /// How many inputs have been foreseen.
    foreseen: u64,
    wakes_at: Option<f64>,
    now: f64,
    ledger: Ledger,
    session: Option<Session>,
    finished: Option<Session>,
    ended: Vec<(f64, Probe)>,
    disturbance: Option<Disturbance>,
    busy: Option<Busy>,
    /// What the disturbance decides by.
    rng: Rng,
    /// Inputs of attempts that have ended.
    stale: Vec<Input>,
    script: Option<&'script mut Script>,
}

impl<'run, 'script> Driver<'run, 'script> {
    fn new(
        plan: Rc<Plan>,
        environment: Environment,
        browser: Browser<'run>,
        (disturbance, busy): (Option<Disturbance>, Option<Busy>),
        rng: Rng,
        script: Option<&'script mut Script>,
    ) -> Self {
        let session = Session::idle(plan.clone()).after(Event::Started {
            plan: plan.clone(),
            at: Moment::default(),
        });
        Self {
            ledger: Ledger::new(&plan),
            machine: Machine::new(plan, environment.family, 0.0),
            environment,
            browser,
            queue: BinaryHeap::new(),
            foreseen: 0,
            wakes_at: None,
            now: 0.0,
            session: Some(session),
            finished: None,
            ended: Vec::new(),
            disturbance,
            busy,
            rng,
            stale: Vec::new(),
            script,
        }
    }

    fn go(&mut self) {
        match self.disturbance.clone() {
            Some(Disturbance::Cancel(at)) => self.foresee(at, Input::Cancel),
            Some(Disturbance::Wishes(wishes)) => {
                for (at, wish) in wishes {
                    self.foresee(at, Input::Wish(wish));
                }
            }
            _ => {}
        }
        self.carry_out();
        for _ in 0..INPUTS_MAX {
            let Some(input) = self.next() else {
                return self.ledger.hold_end();
            };
            let is_cancelled = matches!(input, Input::Cancel) && self.ledger.settled_at.is_none();
            self.feed(input);
            if is_cancelled {
                self.ledger.cancel(self.now);
                return self.hold_silence();
            }
            self.repeat_something();
        }
        let problem = format!("more than {INPUTS_MAX} inputs");
        self.ledger.violations.push(problem);
    }

    fn foresee(&mut self, at: f64, input: Input) {
        let number = self.foreseen;
        self.foreseen += 1;
        self.queue.push(Reverse(Coming { at, number, input }));
    }

    /// What happens next: a timer, or what was foreseen of an attempt that still goes on.
    fn next(&mut self) -> Option<Input> {
        loop {
            let next_at = self.queue.peek().map(|Reverse(coming)| coming.at);
            if let Some(wakes_at) = self.wakes_at
                && next_at.is_none_or(|at| wakes_at <= at)
            {
                self.wakes_at = None;
                if self.is_too_early(wakes_at) {
                    return Some(Input::Time);
                }
                self.now = self.now.max(wakes_at);
                return Some(Input::Time);
            }
            let Reverse(coming) = self.queue.pop()?;
            self.now = self.now.max(coming.at);
            let Some(attempt) = attempt_of(&coming.input) else {
                return Some(coming.input);
            };
            let is_under_way = self.ledger.is_under_way(attempt);
            let is_lost = match self.disturbance {
                Some(Disturbance::Loses(share)) => self.rng.f64() < share,
                _ => false,
            };
            if is_under_way && !is_lost {
                return Some(coming.input);
            }
            if matches!(self.disturbance, Some(Disturbance::Repeats(_))) {
                self.stale.push(coming.input);
            }
        }
    }

    /// Whether a timer fires before its time, this once: then the machine asks for it again.
    fn is_too_early(&mut self, wakes_at: f64) -> bool {
        let Some(Disturbance::EarlyTimers(by_ms)) = self.disturbance else {
            return false;
        };
        let early_at = wakes_at - by_ms;
        let is_early = early_at > self.now && self.rng.bool();
        if is_early {
            self.now = early_at;
        }
        is_early
    }

    fn feed(&mut self, input: Input) {
        if let Some(script) = &mut self.script {
            script.comes(self.now, &input);
        }
        if let Some(attempt) = attempt_of(&input) {
            match &input {
                Input::Ended { .. } => self.ledger.end(attempt, self.now, false),
                Input::Sign(_, Sign::Closed { .. }) => self.ledger.end(attempt, self.now, true),
                _ => {}
            }
            if matches!(self.disturbance, Some(Disturbance::Repeats(_))) {
                self.stale.push(input.clone());
            }
        }
        self.machine.process_input(input, self.now);
        self.carry_out();
        self.wish();
    }

    /// Tells the machine what the diagnosis knows enough of, as the page does.
    fn wish(&mut self) {
        let Some(session) = &self.session else {
            return;
        };
        for endpoint in enough(session, &self.environment, Thresholds::default()) {
            let wish = Input::Wish(Wish::Enough(endpoint));
            if let Some(script) = &mut self.script {
                script.comes(self.now, &wish);
            }
            self.machine.process_input(wish, self.now);
            self.carry_out();
        }
    }

    fn carry_out(&mut self) {
        while let Some(output) = self.machine.process_output() {
            if let Some(script) = &mut self.script {
                script.asks(self.now, &output);
            }
            match output {
                Output::Start(attempt, action) => {
                    self.ledger.start(attempt, self.now);
                    self.ledger.connect(attempt, &action);
                    let coming = self.browser.begin(self.now, attempt, &action);
                    for (mut at, mut input) in coming {
                        let busy = self.busy.as_mut();
                        let own_delay = busy.and_then(|busy| busy.delay(&mut at, &mut input));
                        if let Some(own_delay) = own_delay {
                            self.foresee(at, own_delay);
                        }
                        self.foresee(at, input);
                    }
                }
                Output::Say(attempt, message) => {
                    for (at, input) in self.browser.say(self.now, attempt, &message) {
                        self.foresee(at, input);
                    }
                }
                Output::Stop(attempt) => self.ledger.stop(attempt, self.now),
                Output::Observed(probe, outcome, conditions) => {
                    self.ledger.observe(probe, &outcome, self.now);
                    self.ended.push((self.now, probe));
                    let run = 1;
                    self.tell(Event::Observed {
                        run,
                        probe,
                        outcome,
                        conditions,
                    });
                }
                Output::SilentSoFar(endpoint) => {
                    self.ledger.call_silent(endpoint, self.now);
                    self.tell(Event::SilentSoFar { run: 1, endpoint });
                }
                Output::WakeAt(at) => self.wakes_at = Some(at),
                Output::Finished => {
                    self.ledger.finish(self.now);
                    let took_ms = self.now;
                    self.tell(Event::Finished { run: 1, took_ms });
                    self.finished.clone_from(&self.session);
                }
                Output::Settled => {
                    self.ledger.settle(self.now);
                    self.tell(Event::Settled { run: 1 });
                }
            }
        }
    }

    fn tell(&mut self, event: Event) {
        self.session = self.session.take().map(|session| session.after(event));
    }

    /// Lets an input of an attempt that has ended come again: nothing follows from it.
    fn repeat_something(&mut self) {
        let Some(Disturbance::Repeats(share)) = self.disturbance else {
            return;
        };
        if self.stale.is_empty() || self.rng.f64() >= share {
            return;
        }
        let input = self.stale[self.rng.usize(..self.stale.len())].clone();
        if attempt_of(&input).is_some_and(|attempt| !self.ledger.is_under_way(attempt)) {
            self.hold_nothing_follows(input);
        }
    }

    fn hold_nothing_follows(&mut self, input: Input) {
        let shown = format!("{input:?}");
        self.machine.process_input(input, self.now);
        if let Some(output) = self.machine.process_output() {
            let problem = format!("{output:?} follows from {shown}, which is over");
            self.ledger.violations.push(problem);
        }
    }

    /// After the run was called off nothing that comes changes anything.
    fn hold_silence(&mut self) {
        let mut later: Vec<Input> = vec![Input::Time, Input::Cancel];
        while let Some(Reverse(coming)) = self.queue.pop() {
            later.push(coming.input);
        }
        for input in later {
            self.now += 1.0;
            self.hold_nothing_follows(input);
        }
    }
}

/// The attempt that an input is about.
const fn attempt_of(input: &Input) -> Option<Attempt> {
    match input {
        Input::Ended { attempt, .. } | Input::Sign(attempt, _) => Some(*attempt),
        Input::Time
        | Input::Beat { .. }
        | Input::NetworkChanged
        | Input::Cancel
        | Input::Wish(_) => None,
    }
}
