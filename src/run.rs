//! Loop of a run: attempts begin as tasks, what they tell goes into the machine, and what it asks for is carried out.

mod state;

pub use state::Runs;

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};

use reachcheck_model::environment::BrowserFamily;
use reachcheck_model::machine::{Attempt, Input, Machine, Output, Sign};
use reachcheck_model::observation::Outcome;
use reachcheck_model::plan::Plan;
use reachcheck_model::probe::Probe;

use crate::browser::socket::Sender;
use crate::browser::{clock, timing};
use crate::probes;
use crate::tasks::Task;

/// What a run tells.
pub enum Told {
    /// A probe has ended, once and for all.
    Observed(Probe, Rc<Outcome>),
    /// Every probe that the run waits for has ended.
    Finished,
    /// Late evidence is in as well.
    Settled,
}

/// A run under way. Dropping this ends it at once: fetches abort, sockets close.
pub struct Run(Rc<RunLoop>);

struct RunLoop {
    family: BrowserFamily,
    machine: RefCell<Machine>,
    under_way: RefCell<BTreeMap<Attempt, UnderWay>>,
    timer: RefCell<Option<Task>>,
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
        let run = Rc::new(RunLoop {
            family,
            machine: RefCell::new(Machine::new(plan, family, clock::now_ms())),
            under_way: RefCell::default(),
            timer: RefCell::default(),
            tell: Box::new(tell),
        });
        run.carry_out();
        Self(run)
    }

    /// Calls it off: everything under way has ended when this returns.
    pub fn cancel(&self) {
        self.0.feed(Input::Cancel);
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

    fn carry_out(self: &Rc<Self>) {
        loop {
            let output = self.machine.borrow_mut().process_output();
            match output {
                None => return,
                Some(Output::Start(attempt, action)) => {
                    let run = Rc::downgrade(self);
                    let tell = move |input| feed(&run, input);
                    let work = probes::work(attempt, action, self.family, tell);
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
                Some(Output::Observed(probe, outcome)) => {
                    (self.tell)(Told::Observed(probe, outcome));
                }
                Some(Output::Finished) => (self.tell)(Told::Finished),
                Some(Output::Settled) => (self.tell)(Told::Settled),
            }
        }
    }
}

fn feed(run: &Weak<RunLoop>, input: Input) {
    if let Some(run) = run.upgrade() {
        run.feed(input);
    }
}
