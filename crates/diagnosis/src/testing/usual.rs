//! What each probe meets in a healthy run.

use super::outcomes::challenge;
use super::{
    R, Scenario, answered, clock, closed, controls, events, failed, not_needed, phases_direct, saw,
    speaks_http,
};
use reachcheck_model::catalogue::{EndpointRef, Kind};
use reachcheck_model::observation::{Answer, NotRun, Outcome, Timing};
use reachcheck_model::probe::{ClockSource, Probe};

impl Scenario {
    /// What the probe meets where all is well.
    pub(super) fn usual(&self, probe: Probe) -> Outcome {
        if self.relays.is_empty()
            && matches!(
                probe,
                Probe::Socket
                    | Probe::Pings
                    | Probe::Events
                    | Probe::RelayControls
                    | Probe::Dial(_)
                    | Probe::Clock(ClockSource::Relay)
                    | Probe::Saw
                    | Probe::Port(_)
                    | Probe::Plain
                    | Probe::Hold
            )
        {
            return Outcome::NotRun(NotRun::NoRelay);
        }
        match probe {
            Probe::Origin => answered(84.0, Answer::Readable(200)),
            Probe::Canary => failed(20.0),
            Probe::Control(_) => answered(200.0, Answer::Opaque),
            Probe::Challenge(_) => answered(90.0, Answer::Challenge(Box::new(challenge()))),
            Probe::Socket => answered(250.0, Answer::Opened),
            Probe::Pings => answered(500.0, Answer::Pings(vec![R + 3.0, R, R + 1.0])),
            Probe::Events => answered(2600.0, Answer::Events(events(10, 4.0))),
            Probe::RelayControls => controls(1),
            Probe::Fetch(_, 0) => answered(330.0, Answer::Opaque),
            Probe::Fetch(..) => answered(R, Answer::Opaque),
            Probe::Upgrade(EndpointRef {
                kind: Kind::Https, ..
            }) => not_needed(),
            Probe::Upgrade(_) => closed(3.0 * R, 1006),
            Probe::Timing => answered(
                90.0,
                Answer::Timing(Box::new(Timing {
                    page: Some(phases_direct(1.0)),
                    relay: (!self.relays.is_empty()).then(|| phases_direct(1.0)),
                    earlier: None,
                    warm_ms: (!self.relays.is_empty()).then_some(R),
                })),
            ),
            Probe::Clock(_) => clock(1.0),
            Probe::Saw => answered(84.0, Answer::Saw(Box::new(saw()))),
            Probe::Port(_) => answered(330.0, Answer::Readable(200)),
            Probe::Plain => answered(250.0, Answer::Passed),
            Probe::Hold => answered(30_084.0, Answer::Held),
            Probe::NextControls => controls(1),
            Probe::Turn(_)
            | Probe::GiveUp(_)
            | Probe::LateTurn(_)
            | Probe::FreshName(_)
            | Probe::Body(_)
            | Probe::InSpace(..)
            | Probe::NextDial(_) => not_needed(),
            Probe::OwnPort(..) => failed(R),
            Probe::Image(_) => Outcome::NotRun(NotRun::NotHere),
            Probe::Dial(endpoint) => {
                let id = self.plan().region(endpoint).endpoint_id(endpoint.kind);
                answered(100.0, Answer::Dial(Box::new(speaks_http(&id))))
            }
        }
    }
}
