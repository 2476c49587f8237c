//! Loop of a run: attempts begin as tasks, what they tell goes into the machine, and what it asks for is carried out.

mod heartbeat;
mod state;

pub use state::Runs;

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};

use reachcheck_model::catalogue::EndpointRef;
use reachcheck_model::environment::BrowserFamily;
use reachcheck_model::local_conditions::LocalConditions;
use reachcheck_model::machine::{Attempt, FirstSockets, Input, Machine, Output, Sign, Wish};
use reachcheck_model::observation::Outcome;
use reachcheck_model::page_policy::ConnectSources;
use reachcheck_model::plan::Plan;
use reachcheck_model::probe::Probe;

use crate::browser::socket::Sender;
use crate::browser::{clock, page_policy, storage, timing};
use crate::probes;
use crate::tasks::Task;
use heartbeat::Heartbeat;

/// What a run tells.
pub enum Told {
    /// A probe has ended, once and for all; and what this computer did meanwhile.
    Observed(Probe, Rc<Outcome>, LocalConditions),
    /// This endpoint has been silent for the time of three SYNs.
    SilentSoFar(EndpointRef),
    /// Every probe that the run waits for has ended.
    Finished,
    /// Late evidence is in as well.
    Settled,
}

/// A run under way. Dropping this ends it at once: fetches abort, sockets close.
pub struct Run(Rc<RunLoop>);

struct RunLoop {
    plan: Rc<Plan>,
    first_sockets: FirstSockets,
    sources: Option<ConnectSources>,
    family: BrowserFamily,
    machine: RefCell<Machine>,
    under_way: RefCell<BTreeMap<Attempt, UnderWay>>,
    timer: RefCell<Option<Task>>,
    heartbeat: RefCell<Option<Heartbeat>>,
    tell: Box<dyn Fn(Told)>,
}

/// An attempt under way.
struct UnderWay {
    _task: Task,
    sender: Rc<OnceCell<Sender>>,
}

impl Run {
    /// Begins a run of a plan.
    pub fn begin(plan: Rc<Plan>, family: BrowserFamily, tell: impl Fn(Told) + 'static) -> Self {
        timing::clear();
        probes::clear();
        let first_sockets = first_sockets();
        let mut machine = Machine::new(plan.clone(), family, clock::now_ms());
        machine.remember(first_sockets.clone());
        let run = Rc::new(RunLoop {
            plan,
            first_sockets,
            sources: page_policy::connect_sources(),
            family,
            machine: RefCell::new(machine),
            under_way: RefCell::default(),
            timer: RefCell::default(),
            heartbeat: RefCell::default(),
            tell: Box::new(tell),
        });
        let beats = Rc::downgrade(&run);
        let heartbeat = Heartbeat::begin(move |input| feed(&beats, input));
        run.heartbeat.replace(Some(heartbeat));
        run.carry_out();
        Self(run)
    }

    /// What tells it what the diagnosis wishes. It keeps nothing alive.
    pub fn wishes(&self) -> impl Fn(Wish) + use<> {
        let run = Rc::downgrade(&self.0);
        move |wish| feed(&run, Input::Wish(wish))
    }

    /// Calls it off: everything under way has ended when this returns.
    pub fn cancel(&self) {
        self.0.feed(Input::Cancel);
        self.0.heartbeat.replace(None);
    }
}

impl RunLoop {
    fn feed(self: &Rc<Self>, input: Input) {
        if let Input::Ended { attempt, .. } | Input::Sign(attempt, Sign::Closed { .. }) = input {
            self.under_way.borrow_mut().remove(&attempt);
        }
        let now = clock::now_ms();
        self.machine.borrow_mut().process_input(input, now);
        self.carry_out();
    }

    fn keep_first_sockets(&self) {
        let machine = self.machine.borrow();
        let now = clock::moment().unix_ms;
        let kept = FirstSockets::after(&self.plan, machine.observed(), now, &self.first_sockets);
        storage::keep_of_tab(storage::FIRST_SOCKETS, &reachcheck_wire::encode(&kept));
    }

    fn carry_out(self: &Rc<Self>) {
        loop {
            let output = self.machine.borrow_mut().process_output();
            match output {
                None => return,
                Some(Output::Start(attempt, action)) => {
                    let run = Rc::downgrade(self);
                    let tell = move |input| feed(&run, input);
                    let work =
                        probes::work(attempt, action, self.family, self.sources.as_ref(), tell);
                    let under_way = UnderWay {
                        _task: Task::begin(work.future),
                        sender: work.sender,
                    };
                    self.under_way.borrow_mut().insert(attempt, under_way);
                }
                Some(Output::Say(attempt, message)) => {
                    let under_way = self.under_way.borrow();
                    let sender = under_way.get(&attempt).and_then(|it| it.sender.get());
                    if let Some(sender) = sender {
                        sender.send(&reachcheck_wire::encode(&message));
                    }
                }
                Some(Output::Stop(attempt)) => {
                    self.under_way.borrow_mut().remove(&attempt);
                }
                Some(Output::WakeAt(at)) => {
                    let run = Rc::downgrade(self);
                    let timer = Task::begin(async move {
                        clock::sleep_ms(at - clock::now_ms()).await;
                        feed(&run, Input::Time);
                    });
                    self.timer.replace(Some(timer));
                }
                Some(Output::Observed(probe, outcome, conditions)) => {
                    (self.tell)(Told::Observed(probe, outcome, conditions));
                }
                Some(Output::Finished) => {
                    self.keep_first_sockets();
                    (self.tell)(Told::Finished);
                }
                Some(Output::SilentSoFar(endpoint)) => (self.tell)(Told::SilentSoFar(endpoint)),
                Some(Output::Settled) => {
                    self.heartbeat.replace(None);
                    (self.tell)(Told::Settled);
                }
            }
        }
    }
}

/// What earlier runs of this tab have kept; nothing where it is not as a run leaves it.
fn first_sockets() -> FirstSockets {
    let kept = storage::read_of_tab(storage::FIRST_SOCKETS);
    let kept = kept.and_then(|text| reachcheck_wire::decode::<FirstSockets>(&text).ok());
    kept.unwrap_or_default().at(clock::moment().unix_ms)
}

fn feed(run: &Weak<RunLoop>, input: Input) {
    if let Some(run) = run.upgrade() {
        run.feed(input);
    }
}
