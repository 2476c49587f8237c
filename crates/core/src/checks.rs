//! The checks of the network: what a row shows that is not about one region.

use crate::analysis::{
    CheckOutcome, Conclusion, Detail, Facts, Internet, Outside, Proof, RelayState, WhyNot,
};
use crate::observation::{Answer, Failure, NotRun, Outcome};
use crate::plan::Probe;

/// An event this late (ms) is one that a person waiting for a call would have missed: it arrives after
/// the schedule's next two.
const EVENT_LATE_MS: f64 = 1_500.0;

/// Whether anything beyond this computer answers.
#[must_use]
pub fn internet(facts: &Facts<'_>) -> Conclusion {
    let detail = Detail::Internet(facts.internet);
    match facts.internet {
        Internet::Pending => Conclusion::not_run(Detail::Pending),
        Internet::OriginAnswered | Internet::RelayAnswered => {
            Conclusion::new(CheckOutcome::Ok, Proof::Confirmed, detail)
        }
        Internet::ControlAnswered | Internet::EndpointAnswered => {
            let proof = if facts.canary == crate::analysis::Canary::Failed {
                Proof::Confirmed
            } else {
                Proof::Inferred
            };
            Conclusion::new(CheckOutcome::Ok, proof, detail)
        }
        Internet::NothingAnswered => Conclusion::new(CheckOutcome::Failed, Proof::Inferred, detail),
    }
}

/// Whether a WebSocket to the relay works.
#[must_use]
pub fn socket(facts: &Facts<'_>) -> Conclusion {
    if let Some(conclusion) = without_relay(facts) {
        return conclusion;
    }
    match facts.observations.get(Probe::Socket) {
        None => Conclusion::not_run(Detail::Pending),
        Some(_) if facts.relay_is_local() => Conclusion::unknown(Detail::RelayOnThisComputer),
        Some(Outcome::Answered { .. }) => Conclusion::new(
            CheckOutcome::Ok,
            Proof::Confirmed,
            Detail::SocketOpen {
                ms: facts.relay_round_trip_ms(),
            },
        ),
        Some(Outcome::Failed {
            failure: Failure::Busy,
            ..
        }) => Conclusion::not_run(Detail::NoRelay(WhyNot::RelayRefused)),
        Some(Outcome::Failed { .. } | Outcome::TimedOut { .. }) => {
            Conclusion::new(CheckOutcome::Failed, Proof::Inferred, Detail::SocketFailed)
        }
        Some(Outcome::Cancelled | Outcome::NotRun(_)) => Conclusion::not_run(Detail::NotTried),
    }
}

/// Whether server events arrive, all and in time.
#[must_use]
pub fn events(facts: &Facts<'_>) -> Conclusion {
    if let Some(conclusion) = without_relay(facts) {
        return conclusion;
    }
    match facts.observations.get(Probe::Events) {
        None => Conclusion::not_run(Detail::Pending),
        Some(_) if facts.relay_is_local() => Conclusion::unknown(Detail::RelayOnThisComputer),
        Some(Outcome::Answered {
            answer: Answer::Events(events),
            ..
        }) => {
            let all_in_time =
                events.arrived == events.expected && events.late_ms_max < EVENT_LATE_MS;
            Conclusion::new(
                if all_in_time {
                    CheckOutcome::Ok
                } else {
                    CheckOutcome::Failed
                },
                Proof::Confirmed,
                Detail::Events {
                    expected: events.expected,
                    arrived: events.arrived,
                    late_ms_max: events.late_ms_max,
                },
            )
        }
        Some(Outcome::Failed { .. } | Outcome::TimedOut { .. } | Outcome::Answered { .. }) => {
            Conclusion::new(CheckOutcome::Failed, Proof::Confirmed, Detail::EventsCut)
        }
        Some(Outcome::NotRun(NotRun::NoSocket)) => Conclusion::not_run(Detail::NoSocket),
        Some(Outcome::Cancelled | Outcome::NotRun(_)) => Conclusion::not_run(Detail::NotTried),
    }
}

fn without_relay(facts: &Facts<'_>) -> Option<Conclusion> {
    match (&facts.relay, facts.outside) {
        (RelayState::Usable { .. }, _) => None,
        (RelayState::Pending, _) => Some(Conclusion::not_run(Detail::Pending)),
        (_, Outside::No(why)) => Some(Conclusion::not_run(Detail::NoRelay(why))),
        (_, Outside::Pending | Outside::Yes) => Some(Conclusion::not_run(Detail::NotTried)),
    }
}
