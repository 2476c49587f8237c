//! Probe drivers: they perform each probe in the browser and report its outcome. A driver never judges.

pub mod challenge;
pub mod control;
pub mod endpoint;
pub mod hold;
pub mod plain;
pub mod port;
pub mod relay;
pub mod silence;

use std::rc::Rc;

use futures::FutureExt as _;
use futures::channel::mpsc::UnboundedSender;
use futures::future::LocalBoxFuture;
use reachcheck_model::environment::BrowserFamily;
use reachcheck_model::observation::{NotRun, Outcome};
use reachcheck_model::plan::Plan;
use reachcheck_model::probe::Probe;

/// Where outcomes go, each exactly once per probe.
pub type Emit = Rc<dyn Fn(Probe, Rc<Outcome>)>;

/// What every probe of a run knows.
#[derive(Clone)]
pub struct Context {
    /// What is done.
    pub plan: Rc<Plan>,
    /// The browser's family.
    pub family: BrowserFamily,
    /// Where outcomes go.
    pub emit: Emit,
    /// Where work goes whose outcome nothing waits for.
    pub late: UnboundedSender<LocalBoxFuture<'static, ()>>,
}

impl Context {
    /// Tells an outcome.
    pub fn emit(&self, probe: Probe, outcome: impl Into<Rc<Outcome>>) {
        (self.emit)(probe, outcome.into());
    }

    /// Says that these have no occasion.
    pub fn skip(&self, probes: &[Probe], why: NotRun) {
        for probe in probes {
            self.emit(*probe, Outcome::NotRun(why));
        }
    }

    /// Leaves work to go on after the run has finished.
    pub fn leave(&self, work: impl Future<Output = ()> + 'static) {
        // It is taken as long as the run is not dropped.
        let _ = self.late.unbounded_send(work.boxed_local());
    }
}
