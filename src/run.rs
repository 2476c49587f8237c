//! A run: every probe of a plan, all regions side by side. Dropping the future cancels it.

mod state;

pub use state::use_run;

use std::rc::Rc;

use futures_channel::mpsc::unbounded;
use futures_util::future::{join, join_all, join4};
use futures_util::{FutureExt as _, StreamExt as _};
use reachcheck_core::environment::Family;
use reachcheck_core::plan::{ClockSource, Plan, Probe};

use crate::browser::timing;
use crate::probes::endpoint::Track;
use crate::probes::{Context, Emit, control, relay};

/// Runs a plan; knows no outcome's meaning, only which probes there are. Says when it has `finished`, and ends
/// when late evidence is in as well.
pub async fn run(plan: Rc<Plan>, family: Family, emit: Emit, finished: impl FnOnce()) {
    timing::clear();
    let (late, left) = unbounded();
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
        // The last sender goes with it, so that the late work can end.
        drop(context);
        finished();
    };
    let late = left.for_each_concurrent(None, |work| work);
    join(main.boxed_local(), late).await;
}

async fn probes(context: &Context) {
    let origin = async {
        let (origin, clock) = control::origin().await;
        context.emit(Probe::Origin, origin);
        context.emit(Probe::Clock(ClockSource::Origin), clock);
    };
    let canary = async {
        context.emit(Probe::Canary, control::canary().await);
    };
    let controls = join_all(context.plan.controls.iter().enumerate().map(
        |(index, url)| async move {
            let probe = Probe::Control(index);
            context.emit(probe, control::control(url, probe).await);
        },
    ));
    let endpoints = join_all(
        context
            .plan
            .endpoints()
            .map(|endpoint| Track::new(endpoint, context.clone()).run()),
    );
    // Boxed: the tracks' state would otherwise all lie in one large future on the stack.
    join4(
        origin.boxed_local(),
        canary.boxed_local(),
        controls.boxed_local(),
        join(endpoints, relay::run(context)).boxed_local(),
    )
    .await;
}
