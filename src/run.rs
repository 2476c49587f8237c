//! A run: every probe of a plan, all regions side by side. Dropping the future cancels it.

mod state;

pub use state::use_run;

use std::rc::Rc;

use futures_util::FutureExt as _;
use futures_util::future::{join_all, join4};
use reachcheck_core::environment::Family;
use reachcheck_core::plan::{Plan, Probe};

use crate::browser::fetch;
use crate::probes::endpoint::Track;
use crate::probes::{Emit, control, relay};

/// Runs a plan to its end. Knows no outcome's meaning, only which probes there are.
pub async fn run(plan: Rc<Plan>, family: Family, emit: Emit) {
    fetch::clear_timings();
    let origin = async {
        emit(Probe::Origin, control::origin().await);
    };
    let canary = async {
        emit(Probe::Canary, control::canary().await);
    };
    let controls = join_all(plan.controls.iter().enumerate().map(|(index, url)| {
        let emit = emit.clone();
        async move {
            let probe = Probe::Control(index);
            emit(probe, control::control(url, probe).await);
        }
    }));
    let endpoints =
        join_all(plan.endpoints().map(|endpoint| {
            Track::new(endpoint, plan.region(endpoint), family, emit.clone()).run()
        }));
    // Boxed: the tracks' state would otherwise all lie in one large future on the stack.
    join4(
        origin.boxed_local(),
        canary.boxed_local(),
        controls.boxed_local(),
        futures_util::future::join(endpoints, relay::run(&plan, &emit)).boxed_local(),
    )
    .await;
}
