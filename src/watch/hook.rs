//! Hook that owns the watch: starting, stopping, forgetting, and going on after a reload.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use reachcheck_handover::watched::{self, Watched};
use reachcheck_model::plan::Plan;
use reachcheck_watch::{self as watch, Log};
use yew::prelude::{Callback, hook, use_effect_with, use_force_update, use_state};

use super::log_store::{LogStore, STATE};
use super::runner::{Relay, Runner};
use super::tab_id::{self, TabId};
use super::tasks;
use super::view::region_name;
use crate::browser::{clock, storage, window_events};
use crate::setup::Setup;
use crate::tasks::Task;

/// Watch of a page: its log, and the work under way.
pub struct Watch {
    book: RefCell<Rc<LogStore>>,
    relay: Rc<Cell<Relay>>,
    work: RefCell<Option<Task>>,
    /// Once it is claimed; nothing is written before.
    tab: RefCell<Option<TabId>>,
    /// Whether it is to begin once that is so.
    is_wanted: Cell<bool>,
}

impl Watch {
    fn new() -> Self {
        Self {
            book: RefCell::new(Rc::new(LogStore::open(tab_id::kept_id()))),
            relay: Rc::new(Cell::new(Relay::Sought)),
            work: RefCell::default(),
            tab: RefCell::default(),
            is_wanted: Cell::default(),
        }
    }

    /// Claims this tab's id; whether to begin then: because it was asked for, or to go on after a reload.
    async fn claim_tab(&self) -> bool {
        let tab = TabId::claim().await;
        self.book.replace(Rc::new(LogStore::open(tab.id.clone())));
        self.tab.replace(Some(tab));
        self.is_wanted.take() || self.book().is_running()
    }

    /// Reads the log anew.
    fn reopen(&self) {
        let tab = self.tab.borrow().as_ref().map(|tab| tab.id.clone());
        let tab = tab.unwrap_or_else(tab_id::kept_id);
        self.book.replace(Rc::new(LogStore::open(tab)));
    }

    /// The log as it stands, and whether it is kept.
    pub fn book(&self) -> Rc<LogStore> {
        self.book.borrow().clone()
    }

    /// Which relay is watched with.
    pub fn relay(&self) -> Relay {
        self.relay.get()
    }

    /// Whether it is under way.
    pub fn is_running(&self) -> bool {
        self.work.borrow().is_some()
    }

    fn stop(&self) {
        self.work.take();
    }
}

/// What a component can do with it.
pub struct Handle {
    /// The watch.
    pub watch: Rc<Watch>,
    /// Begins it, in this tab.
    pub start: Callback<()>,
    /// Ends it; the log stays.
    pub stop: Callback<()>,
    /// Ends it, and forgets the log.
    pub forget: Callback<()>,
}

/// The watch of the component that calls this, which lives as long.
#[hook]
pub fn use_watch(setup: &Rc<Setup>, plan: &Rc<Plan>) -> Handle {
    let redraw = use_force_update();
    let watch = use_state(|| Rc::new(Watch::new()));
    let watch: Rc<Watch> = (*watch).clone();
    let start = {
        let (watch, plan, setup, redraw) =
            (watch.clone(), plan.clone(), setup.clone(), redraw.clone());
        Callback::from(move |()| {
            if watch.tab.borrow().is_none() {
                watch.is_wanted.set(true);
                return;
            }
            watch.stop();
            // Another tab may have written since this one read it.
            if watch.book.borrow().is_kept() {
                watch.reopen();
            }
            let book = watch.book.borrow().clone();
            book.set_running(true);
            let told: Rc<dyn Fn()> = {
                let (book, plan, setup, redraw) =
                    (book.clone(), plan.clone(), setup.clone(), redraw.clone());
                let kept = Cell::new((0, 0.0));
                Rc::new(move || {
                    let log = book.log();
                    let last = log.entries().last().map_or(0.0, |entry| entry.unix_ms);
                    let newest = (log.entries().len(), last);
                    // A look at the clocks alone brings nothing new.
                    if kept.replace(newest) != newest {
                        keep_for_report(&log, &setup, &plan);
                    }
                    redraw.force_update();
                })
            };
            let runner = Runner::new(
                book,
                plan.clone(),
                setup.config.watch_pace,
                watch.relay.clone(),
                told,
            );
            let work = Task::begin(tasks::run(Rc::new(runner)));
            watch.work.replace(Some(work));
            redraw.force_update();
        })
    };
    let stop = {
        let (watch, redraw) = (watch.clone(), redraw.clone());
        Callback::from(move |()| {
            if watch.is_running() {
                watch.stop();
                let book = watch.book.borrow();
                book.note(watch::What::Stopped);
                if book.is_taken_over() {
                    book.leave();
                } else {
                    book.set_running(false);
                }
            }
            redraw.force_update();
        })
    };
    let forget = {
        let (watch, redraw) = (watch.clone(), redraw.clone());
        Callback::from(move |()| {
            watch.stop();
            watch.book.borrow().forget();
            watch.reopen();
            redraw.force_update();
        })
    };
    {
        let (watch, start) = (watch.clone(), start.clone());
        use_effect_with((), move |()| {
            let claim = {
                let watch = watch.clone();
                Task::begin(async move {
                    if watch.claim_tab().await {
                        start.emit(());
                    }
                })
            };
            // One tab at a time writes the log: the one that was told to last.
            let listener = window_events::on_kept(STATE, move || {
                let book = watch.book.borrow().clone();
                if watch.is_running() && book.is_taken_over() {
                    watch.stop();
                    book.leave();
                    redraw.force_update();
                }
            });
            move || drop((listener, claim))
        });
    }
    Handle {
        watch,
        start,
        stop,
        forget,
    }
}

/// What the next check's report takes up, in support's language and without the address.
fn keep_for_report(log: &Log, setup: &Setup, plan: &Plan) {
    let summary = watch::judge(log, setup.config.watch_pace);
    let lang = setup.config.report_language;
    let watched = Watched {
        until_unix_ms: clock::moment().unix_ms,
        text: watched::report(
            lang,
            log,
            &summary,
            &region_name(plan),
            false,
            setup.environment.family,
        ),
        packed: watched::pack(&summary),
    };
    storage::keep(storage::WATCHED, &watched.kept());
}
