//! Tasks of a watch, all at once: its lanes, the regions' endpoints at a gentle pace, clock and network. Dropping them
//! ends it: sockets close, requests abort.

use std::rc::Rc;

use reachcheck_watch::{Lane, What};

use super::lane;
use super::runner::{Runner, listeners};
use crate::browser::clock;
use crate::probes::relay::NoRelay;
use crate::tasks::{boxed, join_all};

/// A relay that does not answer is looked for again after so long, in milliseconds.
const LOOK_AGAIN_MS: f64 = 20_000.0;

/// Watches until it is dropped.
pub async fn run(runner: Rc<Runner>) {
    let _listeners = listeners(&runner);
    runner.note(What::Began);
    let lanes = async {
        // Found once, for all four.
        while let Err(why) = runner.relay().await {
            if why == NoRelay::Busy {
                runner.note(What::Busy {
                    lane: Lane::Growing,
                });
            }
            clock::sleep_ms(runner.scaled(LOOK_AGAIN_MS)).await;
        }
        let lanes = Lane::ALL.map(|of| boxed(lane::run(&runner, of)));
        join_all(lanes.into()).await;
    };
    let mut works = vec![boxed(lanes), boxed(runner.sample_clocks_regularly())];
    works.extend((0..runner.regions()).map(|index| boxed(runner.region(index))));
    join_all(works).await;
}
