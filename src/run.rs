//! Future of a run: every probe of a plan, all regions concurrently. Dropping it cancels the run.

mod state;

pub use state::Runs;

use std::rc::Rc;

use futures::channel::mpsc;
use futures::future::{join, join_all};
use futures::{FutureExt as _, StreamExt as _};
use reachcheck_model::environment::BrowserFamily;
use reachcheck_model::plan::Plan;
use reachcheck_model::probe::{ClockSource, Probe};

use crate::browser::timing;
use crate::probes::endpoint::Track;
use crate::probes::{Context, Emit, control, relay};

/// Runs a plan; knows no outcome's meaning, only which probes there are. Says when it has `finished`, and ends
/// when late evidence is in as well.
pub async fn run(
    plan: Rc<Plan>,
    family: BrowserFamily,
    emit: Emit,
    finished: impl FnOnce() + 'static,
) {
    timing::clear();
    let (late, left) = mpsc::unbounded();
    let context = Context {
        plan,
        family,
        emit,
        late,
    };
    let main = async move {
        probes(&context).await;
        for endpoint in context.plan.endpoints() {
            let track = Track::new(endpoint, context.clone());
            context.leave(track.own_ports());
        }
        finished();
    };
    // Over when the last context is dropped: this run's own, or that of the last work which was left.
    let late = left.for_each_concurrent(None, |work| work);
    join(main, late).await;
}

async fn probes(context: &Context) {
    let origin = async {
        let (origin, clock) = control::origin().await;
        context.emit(Probe::Origin, origin);
        context.emit(Probe::Clock(ClockSource::Origin), clock);
    };
    let canary = async { context.emit(Probe::Canary, control::canary().await) };
    let mut works = vec![origin.boxed_local(), canary.boxed_local()];
    for (index, url) in context.plan.controls.iter().enumerate() {
        let control = async move {
            let probe = Probe::Control(index);
            context.emit(probe, control::control(url, probe).await);
        };
        works.push(control.boxed_local());
    }
    for endpoint in context.plan.endpoints() {
        let track = Track::new(endpoint, context.clone());
        works.push(track.run().boxed_local());
    }
    works.push(relay::run(context).boxed_local());
    join_all(works).await;
}
