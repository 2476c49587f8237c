//! What the page draws: the way from this browser to a region or to the relay, where it breaks, and how long
//! answers took. Derived from the diagnosis, like its words; nothing is decided here that the verdicts do not say.

use crate::analysis::{CheckOutcome, Detail, OutsideView, Proof, RelayState};
use crate::diagnosis::{Check, CheckName, Diagnosis, RegionDiagnosis, Verdict};
use reachcheck_model::catalogue::EndpointRef;
use reachcheck_model::observation::{Answer, Observations, Outcome};
use reachcheck_model::probe::Probe;
use reachcheck_model::thresholds::FETCHES;

/// The stops of a way, from the agent on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hop {
    /// The browser that the page runs in.
    Browser,
    /// The agent's network: firewall, proxy, filter, and the computer itself.
    Network,
    /// The internet between.
    Internet,
    /// The region, or the relay.
    FarEnd,
}

impl Hop {
    /// All of them, in the order of the way.
    pub const ALL: [Self; 4] = [Self::Browser, Self::Network, Self::Internet, Self::FarEnd];
}

/// How far a way goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Not known yet, or not tried.
    Waiting,
    /// All the way.
    Through,
    /// As far as that stop, where it breaks.
    BreaksAt(Hop),
    /// It does not arrive, and the evidence does not say where it ends.
    Unclear,
}

/// A way to be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// How far it goes.
    pub reach: Reach,
    /// How sure that is.
    pub proof: Proof,
}

/// How a stop, and the stretch that leads to it, is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Reached.
    Passed,
    /// Here it breaks.
    Broken,
    /// Nobody knows.
    Unclear,
    /// Beyond the break, or not tried.
    Beyond,
}

impl Mark {
    /// For the style's class.
    #[must_use]
    pub const fn token(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Broken => "broken",
            Self::Unclear => "unclear",
            Self::Beyond => "beyond",
        }
    }
}

impl Route {
    const WAITING: Self = Self {
        reach: Reach::Waiting,
        proof: Proof::None,
    };

    /// How a stop is drawn.
    #[must_use]
    pub fn mark(&self, stop: Hop) -> Mark {
        if stop == Hop::Browser {
            return Mark::Passed;
        }
        match self.reach {
            Reach::Waiting => Mark::Beyond,
            Reach::Through => Mark::Passed,
            Reach::Unclear => Mark::Unclear,
            Reach::BreaksAt(broken) if stop < broken => Mark::Passed,
            Reach::BreaksAt(broken) if stop == broken => Mark::Broken,
            Reach::BreaksAt(_) => Mark::Beyond,
        }
    }
}

/// The way to a region: of its checks, the one that goes least far.
#[must_use]
pub fn region(diagnosis: &RegionDiagnosis) -> Route {
    let routes = diagnosis
        .checks
        .iter()
        .map(|check| endpoint(check, diagnosis.verdict));
    routes
        .min_by_key(|route| match route.reach {
            Reach::BreaksAt(stop) => stop as u8,
            Reach::Unclear => 10,
            Reach::Waiting => 20,
            Reach::Through if route.proof == Proof::Inferred => 30,
            Reach::Through => 31,
        })
        .unwrap_or(Route::WAITING)
}

fn endpoint(check: &Check, verdict: Verdict) -> Route {
    let proof = check.conclusion.proof;
    let reach = match check.conclusion.outcome {
        CheckOutcome::NotRun => return Route::WAITING,
        CheckOutcome::Ok => Reach::Through,
        CheckOutcome::Unknown => Reach::Unclear,
        CheckOutcome::Failed => {
            return broken(&check.conclusion.detail, check.outside, verdict, proof);
        }
    };
    Route { reach, proof }
}

/// Where a failure lies. That it failed may be beyond doubt while where it did is read from the clock.
fn broken(detail: &Detail, outside: Option<OutsideView>, verdict: Verdict, proof: Proof) -> Route {
    let at = |stop, proof| Route {
        reach: Reach::BreaksAt(stop),
        proof,
    };
    match (detail, outside) {
        (_, Some(OutsideView::Failed(_))) => at(Hop::FarEnd, proof),
        (Detail::RefusedFar { .. }, _) => at(Hop::FarEnd, Proof::Inferred),
        (Detail::RefusedNearby { .. } | Detail::NotResolved { .. } | Detail::TooFast { .. }, _) => {
            at(Hop::Network, Proof::Inferred)
        }
        // It answers from outside, so it is this network or this computer; by which box is not known.
        _ if verdict == Verdict::Blocked => at(Hop::Network, Proof::Inferred),
        _ => Route {
            reach: Reach::Unclear,
            proof: Proof::None,
        },
    }
}

/// The way to the relay, by which the rest of the network is judged.
#[must_use]
pub fn network(diagnosis: &Diagnosis) -> Route {
    let of = |name: CheckName| {
        let check = diagnosis.network.iter().find(|check| check.name == name);
        check.map(|check| (check.conclusion.outcome, check.conclusion.proof))
    };
    match (of(CheckName::Internet), &diagnosis.relay) {
        (Some((CheckOutcome::Failed, proof)), _) => Route {
            reach: Reach::BreaksAt(Hop::Network),
            proof,
        },
        (_, RelayState::Usable { .. }) => match of(CheckName::Socket) {
            Some((CheckOutcome::Ok, proof)) => Route {
                reach: Reach::Through,
                proof,
            },
            Some((CheckOutcome::Failed, proof)) => Route {
                reach: Reach::BreaksAt(Hop::Network),
                proof,
            },
            _ => Route::WAITING,
        },
        (_, RelayState::Unreachable { .. }) => Route {
            reach: Reach::Unclear,
            proof: Proof::None,
        },
        _ => Route::WAITING,
    }
}

/// How long each answer took.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Times {
    /// Of each endpoint, by region and kind, in milliseconds, in the order of asking.
    pub endpoints: Vec<(EndpointRef, Vec<f64>)>,
    /// Of the relay's pings.
    pub pings: Vec<f64>,
}

impl Times {
    /// Reads them out of what was met. The first answer of an endpoint, which made the connection, is left out.
    #[must_use]
    pub fn read(regions: usize, observations: &Observations) -> Self {
        let mut endpoints = Vec::new();
        for endpoint in EndpointRef::of(regions) {
            let mut times = Vec::new();
            for attempt in 1..FETCHES {
                let outcome = observations.get(Probe::Fetch(endpoint, attempt));
                times.extend(outcome.and_then(Outcome::answered_ms));
            }
            endpoints.push((endpoint, times));
        }
        let pings = match observations.get(Probe::Pings) {
            Some(Outcome::Answered {
                answer: Answer::Pings(times),
                ..
            }) => times.clone(),
            _ => Vec::new(),
        };
        Self { endpoints, pings }
    }

    /// Those of one endpoint.
    #[must_use]
    pub fn of(&self, endpoint: EndpointRef) -> &[f64] {
        let found = self.endpoints.iter().find(|(other, _)| *other == endpoint);
        found.map_or(&[], |(_, times)| times)
    }

    /// The end of the common scale: the slowest of all, rounded up, so that rows can be compared.
    #[must_use]
    pub fn scale_ms(&self) -> f64 {
        let all = self.endpoints.iter().flat_map(|(_, times)| times);
        let slowest = all.chain(&self.pings).copied().fold(50.0, f64::max);
        (slowest / 50.0).ceil() * 50.0
    }
}

#[cfg(test)]
mod tests {
    use super::{Hop, Mark, Reach, Route, Times};
    use crate::analysis::Proof;
    use reachcheck_model::catalogue::{EndpointRef, Kind};
    use reachcheck_model::observation::{Answer, Observations, Outcome};
    use reachcheck_model::probe::Probe;

    #[test]
    fn what_lies_beyond_a_break_is_not_claimed() {
        let route = Route {
            reach: Reach::BreaksAt(Hop::Network),
            proof: Proof::Inferred,
        };
        assert_eq!(
            Hop::ALL.map(|stop| route.mark(stop)),
            [Mark::Passed, Mark::Broken, Mark::Beyond, Mark::Beyond]
        );
        let far = Route {
            reach: Reach::BreaksAt(Hop::FarEnd),
            ..route
        };
        assert_eq!(far.mark(Hop::Internet), Mark::Passed);
        assert_eq!(Route::WAITING.mark(Hop::Internet), Mark::Beyond);
    }

    #[test]
    fn times_are_those_of_made_connections_on_one_scale() {
        let endpoint = EndpointRef {
            region: 0,
            kind: Kind::Https,
        };
        let answered = |attempt, ms| {
            let answer = Answer::Opaque;
            (
                Probe::Fetch(endpoint, attempt),
                Outcome::Answered { ms, answer },
            )
        };
        let observations: Observations =
            [answered(0, 330.0), answered(1, 84.0), answered(2, 131.0)]
                .into_iter()
                .collect();
        let times = Times::read(1, &observations);
        assert_eq!(times.of(endpoint), [84.0, 131.0]);
        assert!((times.scale_ms() - 150.0).abs() < f64::EPSILON);
    }
}
