//! Tasks of a watch, all at once: its lanes, the regions' endpoints at a gentle pace, clock and network. Dropping them
//! ends it: sockets close, requests abort.

use std::rc::Rc;

use futures::future::{join_all, join3};
use reachcheck_watch::{Lane, What};

use super::lane;
use super::relay::NoRelay;
use super::runner::{Runner, listeners};
use crate::browser::clock;

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
        join_all(Lane::ALL.map(|of| lane::run(&runner, of))).await;
    };
    let regions = join_all((0..runner.regions()).map(|index| runner.region(index)));
    join3(lanes, runner.sample_clocks_regularly(), regions).await;
}
