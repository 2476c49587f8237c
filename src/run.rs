//! Future of a run: every probe of a plan, all regions concurrently. Dropping it cancels the run.

mod state;

pub use state::Runs;

use std::rc::Rc;

use reachcheck_model::environment::BrowserFamily;
use reachcheck_model::plan::Plan;
use reachcheck_model::probe::{ClockSource, Probe};

use crate::browser::timing;
use crate::probes::endpoint::Track;
use crate::probes::{Context, Emit, control, relay};
use crate::tasks::{FutureQueue, boxed, join_all, join_all_and_queued};

/// Runs a plan; knows no outcome's meaning, only which probes there are. Says when it has `finished`, and ends
/// when late evidence is in as well.
pub async fn run(
    plan: Rc<Plan>,
    family: BrowserFamily,
    emit: Emit,
    finished: impl FnOnce() + 'static,
) {
    timing::clear();
    let late = Rc::new(FutureQueue::default());
    let context = Context {
        plan,
        family,
        emit,
        late: late.clone(),
    };
    let main = boxed(async move {
        probes(&context).await;
        for endpoint in context.plan.endpoints() {
            let track = Track::new(endpoint, context.clone());
            context.leave(track.own_ports());
        }
        finished();
    });
    join_all_and_queued(vec![main], &late).await;
}

async fn probes(context: &Context) {
    let mut works = vec![
        boxed(async {
            let (origin, clock) = control::origin().await;
            context.emit(Probe::Origin, origin);
            context.emit(Probe::Clock(ClockSource::Origin), clock);
        }),
        boxed(async { context.emit(Probe::Canary, control::canary().await) }),
    ];
    for (index, url) in context.plan.controls.iter().enumerate() {
        works.push(boxed(async move {
            let probe = Probe::Control(index);
            context.emit(probe, control::control(url, probe).await);
        }));
    }
    for endpoint in context.plan.endpoints() {
        works.push(boxed(Track::new(endpoint, context.clone()).run()));
    }
    works.push(boxed(relay::run(context)));
    join_all(works).await;
}
