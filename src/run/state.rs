//! The hook that owns a run: starting, cancelling, and what is known so far.

use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;

use reachcheck_core::session::{Event, Session};
use yew::prelude::{
    Callback, Reducible, UseReducerHandle, hook, use_effect_with, use_mut_ref, use_reducer,
};

use crate::browser::clock;
use crate::probes::Emit;
use crate::setup::Setup;
use crate::work::Running;

/// The session, as Yew keeps it.
#[derive(Clone, Debug)]
pub struct Store(Session);

/// Every event makes another: held against itself, not by what is in it.
impl PartialEq for Store {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Reducible for Store {
    type Action = Event;

    fn reduce(self: Rc<Self>, event: Event) -> Rc<Self> {
        Rc::new(Self(self.0.clone().after(event)))
    }
}

impl Deref for Store {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.0
    }
}

/// A run that a component can start and cancel.
#[derive(Clone)]
pub struct Run {
    /// What is known so far.
    pub session: UseReducerHandle<Store>,
    /// Starts a run; the one before it, if it still runs, is cancelled.
    pub start: Callback<()>,
    /// Cancels the run.
    pub cancel: Callback<()>,
}

/// The run under way: dropping this ends it.
#[derive(Default)]
struct Current {
    number: u32,
    started_at: f64,
    work: Option<Running>,
}

impl Current {
    /// Whether there was something to stop.
    fn stop(&mut self) -> bool {
        self.work.take().is_some()
    }
}

/// Owns the runs of a page.
#[hook]
pub fn use_run(setup: &Rc<Setup>) -> Run {
    let session = {
        let setup = setup.clone();
        use_reducer(move || Store(Session::idle(Rc::new(setup.plan()))))
    };
    let current = use_mut_ref(Current::default);

    let start = {
        let (setup, session, current) = (setup.clone(), session.clone(), current.clone());
        Callback::from(move |()| begin(&setup, &session, &current))
    };
    let cancel = {
        let (session, current) = (session.clone(), current);
        Callback::from(move |()| {
            let mut current = current.borrow_mut();
            if current.stop() {
                let took_ms = clock::now_ms() - current.started_at;
                session.dispatch(Event::Cancelled { took_ms });
            }
        })
    };
    {
        let (start, autostart) = (start.clone(), setup.link.autostart);
        use_effect_with((), move |()| {
            if autostart {
                start.emit(());
            }
        });
    }
    Run {
        session,
        start,
        cancel,
    }
}

fn begin(setup: &Rc<Setup>, session: &UseReducerHandle<Store>, current: &Rc<RefCell<Current>>) {
    let plan = Rc::new(setup.plan());
    let (number, started_at) = {
        let mut current = current.borrow_mut();
        if current.stop() {
            let took_ms = clock::now_ms() - current.started_at;
            session.dispatch(Event::Cancelled { took_ms });
        }
        current.number += 1;
        current.started_at = clock::now_ms();
        (current.number, current.started_at)
    };
    session.dispatch(Event::Started {
        plan: plan.clone(),
        at: clock::moment(),
    });
    let emit: Emit = {
        let session = session.dispatcher();
        Rc::new(move |probe, outcome| {
            session.dispatch(Event::Observed {
                run: number,
                probe,
                outcome,
            });
        })
    };
    let finished = {
        let session = session.dispatcher();
        move || {
            session.dispatch(Event::Finished {
                run: number,
                took_ms: clock::now_ms() - started_at,
            });
        }
    };
    let work = super::run(plan, setup.environment.family, emit, finished);
    let (session, owner) = (session.dispatcher(), Rc::downgrade(current));
    let work = Running::begin(async move {
        work.await;
        if let Some(current) = owner.upgrade() {
            let mut current = current.borrow_mut();
            if current.number == number {
                current.work = None;
            }
        }
        session.dispatch(Event::Settled { run: number });
    });
    current.borrow_mut().work = Some(work);
}
