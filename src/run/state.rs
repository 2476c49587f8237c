//! Owner of the page's runs: starting and cancelling.

use std::cell::RefCell;
use std::rc::Rc;

use reachcheck_model::session::Event;

use crate::browser::clock;
use crate::probes::Emit;
use crate::setup::Setup;
use crate::tasks::Task;

/// Whom the events of a run are told.
pub type Tell = Rc<dyn Fn(Event)>;

/// The runs of a page, one after the other. Dropping this ends the one under way.
#[derive(Clone)]
pub struct Runs {
    setup: Rc<Setup>,
    tell: Tell,
    current: Rc<RefCell<Current>>,
}

/// The run under way: dropping this ends it.
#[derive(Default)]
struct Current {
    number: u32,
    started_at: f64,
    work: Option<Task>,
}

impl Current {
    /// Whether there was something to stop.
    fn stop(&mut self) -> bool {
        self.work.take().is_some()
    }
}

impl Runs {
    /// None yet.
    pub fn new(setup: Rc<Setup>, tell: Tell) -> Self {
        Self {
            setup,
            tell,
            current: Rc::default(),
        }
    }

    /// Cancels the run, if one is under way.
    pub fn cancel(&self) {
        let mut current = self.current.borrow_mut();
        if current.stop() {
            let took_ms = clock::now_ms() - current.started_at;
            (self.tell)(Event::Cancelled { took_ms });
        }
    }

    /// Starts a run; the one before it, if it still runs, is cancelled.
    pub fn start(&self) {
        self.cancel();
        let plan = Rc::new(self.setup.plan());
        let (number, started_at) = {
            let mut current = self.current.borrow_mut();
            current.number += 1;
            current.started_at = clock::now_ms();
            (current.number, current.started_at)
        };
        (self.tell)(Event::Started {
            plan: plan.clone(),
            at: clock::moment(),
        });
        let emit: Emit = {
            let tell = self.tell.clone();
            Rc::new(move |probe, outcome| {
                tell(Event::Observed {
                    run: number,
                    probe,
                    outcome,
                });
            })
        };
        let finished = {
            let tell = self.tell.clone();
            move || {
                tell(Event::Finished {
                    run: number,
                    took_ms: clock::now_ms() - started_at,
                });
            }
        };
        let work = super::run(plan, self.setup.environment.family, emit, finished);
        let (tell, owner) = (self.tell.clone(), Rc::downgrade(&self.current));
        let work = Task::begin(async move {
            work.await;
            if let Some(current) = owner.upgrade() {
                let mut current = current.borrow_mut();
                if current.number == number {
                    current.work = None;
                }
            }
            tell(Event::Settled { run: number });
        });
        self.current.borrow_mut().work = Some(work);
    }
}
