//! Relay of a watch: the one that answers soonest, of those that are of use.

use futures::future::join_all;
use reachcheck_model::machine::choose_relay;
use reachcheck_model::observation::{Answer, Observations, Outcome};
use reachcheck_model::plan::Plan;
use reachcheck_model::probe::Probe;

use crate::browser::clock;
use crate::probes::challenge::challenge;

/// Why no relay is of use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoRelay {
    /// One that would serve us has no room.
    Busy,
    /// None answers, or none serves this page.
    Away,
}

/// Asks every relay of a plan, all at once; gives the place in the plan of the one to use.
pub async fn nearest(plan: &Plan) -> Result<usize, NoRelay> {
    let deadline_ms = f64::from(Probe::Challenge(0).deadline_ms());
    let asked = plan.relays.iter().map(|relay| async move {
        let answer = clock::timeout(challenge(&relay.base), deadline_ms).await;
        answer.unwrap_or(Outcome::TimedOut { ms: deadline_ms })
    });
    let mut known = Observations::default();
    for (index, outcome) in join_all(asked).await.into_iter().enumerate() {
        known.insert(Probe::Challenge(index), outcome);
    }
    choose_relay(plan, &known).ok_or_else(|| {
        let is_full = |index| match known.get(Probe::Challenge(index)) {
            Some(Outcome::Answered {
                answer: Answer::Challenge(said),
                ..
            }) => said.origin_allowed && said.busy,
            _ => false,
        };
        match (0..plan.relays.len()).any(is_full) {
            true => NoRelay::Busy,
            false => NoRelay::Away,
        }
    })
}
