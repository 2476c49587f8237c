//! Owner of the page's runs: starting and cancelling.

use std::cell::RefCell;
use std::rc::Rc;

use reachcheck_model::machine::Wish;
use reachcheck_model::session::Event;

use super::{Run, Told};
use crate::browser::window_events::Listener;
use crate::browser::{clock, page_policy};
use crate::setup::Setup;

/// Whom the events of a run are told.
pub type Tell = Rc<dyn Fn(Event)>;

/// The runs of a page, one after the other. Dropping this ends the one under way.
#[derive(Clone)]
pub struct Runs {
    setup: Rc<RefCell<Rc<Setup>>>,
    tell: Tell,
    current: Rc<RefCell<Current>>,
    /// Of what the page's own policy turns down.
    _listener: Rc<Option<Listener>>,
}

/// The run under way: dropping this ends it.
#[derive(Default)]
struct Current {
    number: u32,
    started_at: f64,
    run: Option<Run>,
}

impl Runs {
    /// None yet.
    pub fn new(setup: Rc<Setup>, tell: Tell) -> Self {
        Self {
            setup: Rc::new(RefCell::new(setup)),
            tell,
            current: Rc::default(),
            _listener: Rc::new(page_policy::on_turned_down()),
        }
    }

    /// Takes settings into force for the next run.
    pub fn take(&self, setup: Rc<Setup>) {
        self.setup.replace(setup);
    }

    /// Cancels the run, if one is under way.
    pub fn cancel(&self) {
        let (run, started_at) = {
            let mut current = self.current.borrow_mut();
            (current.run.take(), current.started_at)
        };
        if let Some(run) = run {
            run.cancel();
            let took_ms = clock::now_ms() - started_at;
            (self.tell)(Event::Cancelled { took_ms });
        }
    }

    /// Tells the run of that number, if it is under way, what the diagnosis wishes.
    pub fn wish(&self, number: u32, wish: Wish) {
        let wishes = {
            let current = self.current.borrow();
            let run = current.run.as_ref().filter(|_| current.number == number);
            run.map(Run::wishes)
        };
        if let Some(wishes) = wishes {
            wishes(wish);
        }
    }

    /// Starts a run; the one before it, if it still runs, is cancelled.
    pub fn start(&self) {
        self.cancel();
        let setup = self.setup.borrow().clone();
        let plan = Rc::new(setup.plan());
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
        let (tell, owner) = (self.tell.clone(), Rc::downgrade(&self.current));
        let run = Run::begin(plan, setup.environment.family, move |told| {
            tell(match told {
                Told::Observed(probe, outcome, conditions) => Event::Observed {
                    run: number,
                    probe,
                    outcome,
                    conditions,
                },
                Told::SilentSoFar(endpoint) => Event::SilentSoFar {
                    run: number,
                    endpoint,
                },
                Told::Finished => Event::Finished {
                    run: number,
                    took_ms: clock::now_ms() - started_at,
                },
                Told::Settled => {
                    let current = owner.upgrade();
                    if let Some(mut current) = current.as_ref().map(|it| it.borrow_mut())
                        && current.number == number
                    {
                        current.run = None;
                    }
                    Event::Settled { run: number }
                }
            });
        });
        self.current.borrow_mut().run = Some(run);
    }
}
