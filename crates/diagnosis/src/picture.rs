//! What the page draws: the way from this browser to a region or to the relay, where it breaks, and how long
//! answers took. Derived from the diagnosis, like its words; nothing is decided here that the verdicts do not say.

use crate::analysis::{CheckOutcome, Conclusion, Detail, Layer, OutsideView, Proof, RelayState};
use crate::diagnosis::{Check, CheckName, Diagnosis, RegionDiagnosis};
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
    /// How sure that is: of a way that gets through, *that* it does; of a break, *where* it lies.
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

    const UNCLEAR: Self = Self {
        reach: Reach::Unclear,
        proof: Proof::None,
    };

    /// A break at a stop. A layer may be confirmed; at which stop of the way somebody broke it is at most inferred, since
    /// no browser sees who stands between.
    const fn breaks_at(stop: Hop) -> Self {
        Self {
            reach: Reach::BreaksAt(stop),
            proof: Proof::Inferred,
        }
    }

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
    let routes = diagnosis.checks.iter().map(endpoint);
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

fn endpoint(check: &Check) -> Route {
    let reach = match check.conclusion.outcome {
        CheckOutcome::NotRun => return Route::WAITING,
        CheckOutcome::Ok => Reach::Through,
        CheckOutcome::Unknown => Reach::Unclear,
        CheckOutcome::Failed => return stop(check).map_or(Route::UNCLEAR, Route::breaks_at),
    };
    Route {
        reach,
        proof: check.conclusion.proof,
    }
}

/// The stop at which a failing check breaks, as far as its place and the view from outside tell. How sure it is *that* it
/// fails is another question, and has no part in this.
fn stop(check: &Check) -> Option<Hop> {
    let Conclusion { place, detail, .. } = &check.conclusion;
    match (place.map(|place| place.layer), detail, check.outside) {
        (_, _, Some(OutsideView::Failed(_))) => Some(Hop::FarEnd),
        // The network's name servers, and whoever answers in the service's place.
        (Some(Layer::Name | Layer::Content), _, _) => Some(Hop::Network),
        // Reports of older formats hold no place; these details had one nevertheless.
        (None | Some(Layer::Connect), Detail::RefusedFar { .. }, _) => Some(Hop::FarEnd),
        (None | Some(Layer::Connect), Detail::RefusedNearby { .. }, _)
        | (None, Detail::NotResolved { .. } | Detail::TooFast { .. }, _) => Some(Hop::Network),
        // It gets through from outside, so it is this network or this computer; by which box is not known.
        (_, _, Some(OutsideView::Reached { .. })) => Some(Hop::Network),
        _ => None,
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
        (Some((CheckOutcome::Failed, _)), _) => Route::breaks_at(Hop::Network),
        (_, RelayState::Usable { .. }) => match of(CheckName::Socket) {
            Some((CheckOutcome::Ok, proof)) => Route {
                reach: Reach::Through,
                proof,
            },
            Some((CheckOutcome::Failed, _)) => Route::breaks_at(Hop::Network),
            _ => Route::WAITING,
        },
        (_, RelayState::Unreachable { .. }) => Route::UNCLEAR,
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
    use super::{Hop, Mark, Reach, Route, Times, network, region};
    use crate::analysis::Proof;
    use crate::testing::{R, Scenario, closed, failed, healthy, nothing_answers, unreached};
    use reachcheck_model::catalogue::{EndpointRef, Kind};
    use reachcheck_model::observation::{Answer, Observations, Outcome};
    use reachcheck_model::probe::Probe;
    use reachcheck_wire::Connect;

    fn seattle(run: &Scenario) -> Route {
        let at = run.find("seattle/https").region;
        region(&run.diagnose().regions[at])
    }

    #[test]
    fn a_break_is_drawn_where_its_place_lies_and_never_as_sure_as_the_failure() {
        let at = Route::breaks_at;
        let fails = |trips| healthy().fails_after("seattle/https", trips);
        // That they fail is confirmed.
        assert_eq!(seattle(&fails(1.0)), at(Hop::FarEnd));
        assert_eq!(seattle(&fails(0.04)), at(Hop::Network));
        assert_eq!(seattle(&fails(2.0)), at(Hop::Network));
        // A layer that the browser itself names is no stop that it names.
        let fetches = [(); 4].map(|()| failed(R));
        let in_tls = healthy()
            .firefox()
            .endpoint("seattle/https", fetches, closed(R, 1015));
        assert_eq!(in_tls.place("seattle/https"), "tls confirmed");
        // Its time is that of a refusal at the far end, which a certificate refused at once has as well.
        assert_eq!(seattle(&in_tls), at(Hop::Network));
        // The far end's refusal, and a lookup that the browser gave up in the end.
        let gave_up = Probe::GiveUp(healthy().find("seattle/https"));
        let lookup = fails(1.0).set(gave_up, failed(13_010.0));
        assert_eq!(seattle(&lookup), at(Hop::Network));
        // What fails for everybody lies at the far end, however it fails here.
        let refused = unreached("seattle/https", Connect::Refused { ms: 1.0 });
        let down = fails(0.04).outside("seattle/https", refused);
        assert_eq!(seattle(&down), at(Hop::FarEnd));
        assert_eq!(network(&nothing_answers().diagnose()), at(Hop::Network));
    }

    #[test]
    fn what_an_older_format_holds_is_drawn_as_it_was() {
        let run = healthy().fails_after("seattle/https", 1.0);
        let mut old = run.diagnose().regions[run.find("seattle/https").region].clone();
        for check in &mut old.checks {
            check.conclusion.place = None;
        }
        assert_eq!(region(&old), Route::breaks_at(Hop::FarEnd));
    }

    #[test]
    fn a_failure_without_a_place_that_nobody_compared_is_not_drawn_as_a_break() {
        let alone = healthy().no_relay().silent("seattle/https");
        assert_eq!(seattle(&alone), Route::UNCLEAR);
        // One that has a place is, even so.
        let refused = healthy()
            .relay_unreachable()
            .fails_after("seattle/tcp", 0.04);
        assert_eq!(refused.place("seattle/tcp"), "connect inferred");
        assert_eq!(seattle(&refused), Route::breaks_at(Hop::Network));
        // Compared, the silence lies on this side.
        let compared = healthy().silent("seattle/https");
        assert_eq!(seattle(&compared), Route::breaks_at(Hop::Network));
    }

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
