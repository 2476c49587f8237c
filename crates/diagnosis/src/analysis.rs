//! Observations become facts: what the relay is worth in this run, how long the paths are, what each
//! endpoint looked like from here and from outside, and what follows for each check.
//!
//! Nothing here has words or severity; that is for findings, verdicts and texts.

mod attempt_pattern;
mod computer;
mod conclusion;
mod counted;
mod evidence;
mod far_refusal;
mod fast_answers;
mod fresh_name;
mod intermediary;
mod late;
mod lookup;
mod network;
mod outside;
mod path;
mod permission;
mod place;
mod refusal;
mod region_path;
mod relay;
mod round_trips;
mod stalls;
mod taken;
mod tls_finished;
mod turned_away;
mod two_regions;

pub use attempt_pattern::AttemptPattern;
pub use computer::Computer;
pub use conclusion::{CheckOutcome, Conclusion, Detail, Proof};
pub use fast_answers::FastAnswers;
pub use intermediary::{Inspection, Intermediary};
pub use late::GaveUp;
pub use network::Network;
pub use outside::{Expectation, OutsideFailure, OutsideView};
pub use path::{PathLength, RttMultiple};
pub use place::{Layer, Place, where_proof_token, where_token};
pub use relay::{Outside, RelayState, WhyNot};
pub use turned_away::TurnedAway;

use computer::Reading;
use outside::Dialler;
use reachcheck_model::catalogue::{EndpointRef, Kind};
use reachcheck_model::environment::Environment;
use reachcheck_model::observation::{Answer, Failure, Observations, Outcome};
use reachcheck_model::plan::Plan;
use reachcheck_model::probe::Probe;
use taken::Connection;

/// All that rules may look at.
#[derive(Clone, Debug)]
pub struct Facts<'run> {
    /// What was planned.
    pub plan: &'run Plan,
    /// Where the page runs.
    pub environment: &'run Environment,
    /// What was met.
    pub observations: &'run Observations,
    /// The relay of this run.
    pub relay: RelayState,
    /// Whether anybody is the view from outside: that relay, or the next one in its place.
    pub outside: Outside,
    /// Whether that relay is.
    pub first_outside: Outside,
    /// Whether the next relay of the settings is.
    next_outside: Outside,
    /// Whose dials count first.
    dialler: Dialler,
    /// Where the service answers this browser and not the relay, if it does so anywhere.
    pub turned_away: Option<TurnedAway>,
    /// Whether a name that cannot exist answered.
    pub canary: Canary,
    /// How encrypted connections show that somebody opens them on the way, if they do.
    pub inspection: Option<Inspection>,
    /// What stands in the way out.
    pub way: Intermediary,
    /// What answers say that are faster than the path allows.
    pub fast_answers: FastAnswers,
    /// How much further away than by way of the relay the service is at most, in milliseconds, where all of it is.
    detour_ms: Option<f64>,
    /// Whether anything beyond this computer answered.
    pub internet: Internet,
    /// Above this many milliseconds an answer is slow.
    pub slow_ms: f64,
    /// One per endpoint of the plan, in its order.
    pub endpoints: Vec<EndpointFacts>,
    /// What follows for each check of the network.
    pub network: Network,
}

/// What is known about one endpoint.
#[derive(Clone, Debug)]
pub struct EndpointFacts {
    /// Which one.
    pub endpoint: EndpointRef,
    /// What it looked like from this browser.
    pub pattern: AttemptPattern,
    /// What it looked like from outside.
    pub outside: OutsideView,
    /// What the check of it shows.
    pub conclusion: Conclusion,
    /// When the browser itself gave up on it, where that was waited for. Late.
    pub gave_up: Option<GaveUp>,
    /// Whether its answers begin, and one has not ended in time.
    pub stalls: bool,
    /// Whether its requests waited for a permission that the browser asks for.
    pub waits_for_permission: bool,
    /// How many addresses its name has, as far as the relay says.
    pub addresses: u32,
    /// The name leads to an address that is not public: the relay does not dial such.
    pub is_private: bool,
    /// Beginning and end of the certificate that the relay trusts, seconds since 1970.
    pub certificate_unix: Option<(i64, i64)>,
}

/// What became of the name that cannot exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Canary {
    /// No observation yet.
    Pending,
    /// It failed, as it must.
    Failed,
    /// It answered: something answers for everybody, and an opaque success proves nothing.
    Answered,
    /// It neither failed nor answered.
    Unknown,
}

/// Whether anything beyond this computer answered in this run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Internet {
    /// Nothing yet, and probes are still out.
    Pending,
    /// The page's own origin, by a readable answer.
    OriginAnswered,
    /// A relay, by echoing the challenge.
    RelayAnswered,
    /// A control of the settings.
    ControlAnswered,
    /// An endpoint of the service.
    EndpointAnswered,
    /// Nothing did.
    NothingAnswered,
}

impl<'run> Facts<'run> {
    /// Reads everything there is in a run, finished or not.
    #[must_use]
    pub fn read(
        plan: &'run Plan,
        environment: &'run Environment,
        observations: &'run Observations,
        slow_ms: f64,
    ) -> Self {
        let relay = RelayState::read(plan, observations);
        let first_outside = Outside::read(&relay, observations);
        let next_outside = Outside::read_next(plan, &relay, observations);
        let (dialler, outside) = match (first_outside, next_outside) {
            (Outside::No(_), Outside::Yes) => (Dialler::Next, Outside::Yes),
            (Outside::No(_), Outside::Pending) => (Dialler::Next, Outside::Pending),
            _ => (Dialler::First, first_outside),
        };
        let canary = Canary::read(observations);
        let mut facts = Self {
            plan,
            environment,
            observations,
            relay,
            outside,
            first_outside,
            next_outside,
            dialler,
            turned_away: None,
            canary,
            inspection: intermediary::inspection(canary, observations, environment.family),
            way: Intermediary::Unknown,
            fast_answers: FastAnswers::None,
            detour_ms: None,
            internet: Internet::Pending,
            slow_ms,
            endpoints: Vec::new(),
            network: Network::pending(),
        };
        facts.way = Intermediary::read(
            observations,
            facts.relay_round_trip_ms(),
            environment.family,
        );
        facts.fast_answers = facts.read_fast_answers();
        facts.detour_ms = facts.read_detour_ms();
        let lookup_room_ms = facts.lookup_room_ms();
        let paths: Vec<Option<PathLength>> = (0..plan.regions.len())
            .map(|region| facts.path_length(region))
            .collect();
        let attempts_at = |endpoint: EndpointRef| attempt_pattern::Attempts {
            endpoint,
            observations,
            family: environment.family,
            path: paths[endpoint.region].as_ref(),
            way: facts.way,
            lookup_room_ms,
            clock_grain_ms: environment.clock_grain_ms,
            system: environment.system,
        };
        let all: Vec<_> = EndpointRef::of(plan.regions.len())
            .map(attempts_at)
            .collect();
        let connections = facts.connections(&all);
        let met: Vec<_> = all
            .iter()
            .zip(connections)
            .map(|(attempts, connection)| {
                let pattern = attempt_pattern::read(attempts, connection);
                (attempts, connection, pattern)
            })
            .collect();
        let tried = met
            .iter()
            .map(|(attempts, connection, pattern)| (attempts.endpoint, pattern, *connection));
        facts.turned_away = facts.read_turned_away(tried);
        for (attempts, connection, pattern) in met {
            let EndpointRef { region, kind } = attempts.endpoint;
            let (endpoint, path) = (attempts.endpoint, attempts.path);
            let tcp_proven = facts.tcp_proven(endpoint);
            let view = facts.outside_view(endpoint, &pattern, connection);
            let floor_ms = facts.floor_ms(region);
            let waits_for_permission = permission::waits(endpoint, observations);
            let evidence = evidence::Evidence {
                kind,
                pattern: &pattern,
                outside: &view,
                canary,
                inspected: facts.inspection.is_some() || canary == Canary::Answered,
                way: facts.way,
                floor_ms,
                answer_trips: facts.answer_trips(endpoint),
                fast_answers: facts.fast_answers,
                family: environment.family,
                path,
                tcp_proven,
                connection,
                ends_short: taken::ends_short(attempts),
                disturbance: computer::disturbance_of(endpoint, observations),
                waits_for_permission,
                failed_by_itself: late::failed_by_itself(endpoint, &pattern, observations),
                image: facts.image(endpoint),
                upgrade_status: facts.upgrade_status(endpoint),
                why_not: facts.outside.why_not(),
            };
            let gave_up = late::gave_up(endpoint, observations, environment.system);
            let signs = place::Signs {
                tls_failed: tls_failed(endpoint, observations),
                tcp_proven: evidence.tcp_proven,
                gave_up,
            };
            let conclusion = evidence.conclude();
            let stalls = stalls::stalls(endpoint, &pattern, observations, environment.family);
            let conclusion = Conclusion {
                place: place::of(&conclusion, &evidence, signs),
                ..conclusion
            };
            facts.endpoints.push(EndpointFacts {
                endpoint,
                pattern,
                outside: view,
                conclusion,
                gave_up,
                stalls,
                waits_for_permission,
                addresses: outside::addresses(endpoint, observations),
                is_private: outside::is_forbidden(endpoint, observations),
                certificate_unix: facts.certificate_unix(endpoint),
            });
        }
        facts.internet = facts.read_internet();
        facts.network = Network::read(&facts);
        facts
    }

    /// What is known about one endpoint.
    #[must_use]
    pub fn endpoint(&self, endpoint: EndpointRef) -> &EndpointFacts {
        let position = endpoint.region * Kind::ALL.len() + usize::from(endpoint.kind == Kind::Tcp);
        &self.endpoints[position]
    }

    /// Our round trip to the relay, in milliseconds: the fastest ping (the others waited somewhere); where no
    /// socket opened, a repeated challenge.
    #[must_use]
    pub fn relay_round_trip_ms(&self) -> Option<f64> {
        intermediary::fastest_ping_ms(self.observations)
            .or_else(|| intermediary::timing(self.observations)?.warm_ms)
    }

    /// Whether WebRTC proves that TCP to this endpoint is established. It proves nothing where something
    /// near by takes connections in the far end's place.
    fn tcp_proven(&self, endpoint: EndpointRef) -> bool {
        let proves = |probe| {
            matches!(
                self.observations.get(probe),
                Some(Outcome::Answered {
                    answer: Answer::Turn { plain: true, .. } | Answer::Turn { tls: true, .. },
                    ..
                })
            )
        };
        self.way != Intermediary::EndsNearby
            && [Probe::Turn(endpoint), Probe::LateTurn(endpoint)]
                .into_iter()
                .any(proves)
    }

    /// Whether the catalogue's image of this endpoint came, where there is one.
    fn image(&self, endpoint: EndpointRef) -> Option<bool> {
        match self.observations.get(Probe::Image(endpoint))? {
            Outcome::Answered { .. } => Some(true),
            Outcome::Failed { .. } => Some(false),
            _ => None,
        }
    }

    /// What the challenge of this run's relay said.
    #[must_use]
    pub fn challenge(&self) -> Option<&'run reachcheck_wire::Challenge> {
        let RelayState::Usable { index, .. } = self.relay else {
            return None;
        };
        match self.observations.get(Probe::Challenge(index))? {
            Outcome::Answered {
                answer: Answer::Challenge(challenge),
                ..
            } => Some(challenge),
            _ => None,
        }
    }

    /// Whether somebody else connects in the browser's place.
    #[must_use]
    pub fn is_behind_proxy(&self) -> bool {
        matches!(self.way, Intermediary::Proxy | Intermediary::EndsNearby)
            || self.inspection.is_some()
            || self.canary == Canary::Answered
    }

    /// The way to the relay, as bounds.
    #[must_use]
    pub fn relay_path(&self) -> Option<PathLength> {
        intermediary::relay_path(self.observations, self.way)
    }

    /// Whether the page's own relay is on this very computer and says nothing about the network.
    #[must_use]
    pub fn relay_is_local(&self) -> bool {
        match self.relay {
            RelayState::Usable {
                index,
                listens_outside,
                ..
            } => self.plan.relays[index].is_loopback && !listens_outside,
            _ => false,
        }
    }

    /// Whether the run was cancelled: what had not answered by then was called off.
    fn was_called_off(&self) -> bool {
        let relays = (0..self.plan.relays.len()).map(Probe::Challenge);
        let controls = (0..self.plan.controls.len()).map(Probe::Control);
        let probes = relays.chain(controls).chain([Probe::Origin]);
        let mut outcomes = probes.map(|probe| self.observations.get(probe));
        outcomes.any(|outcome| matches!(outcome, Some(Outcome::Cancelled)))
    }

    /// Whether nothing beyond this computer answered.
    #[must_use]
    pub fn is_offline(&self) -> bool {
        self.internet == Internet::NothingAnswered
    }

    /// The longest lookup that the answers of this run leave room for, in milliseconds.
    fn lookup_room_ms(&self) -> Option<f64> {
        let regions = 0..self.plan.regions.len();
        let endpoints =
            regions.flat_map(|region| Kind::ALL.map(|kind| EndpointRef { region, kind }));
        lookup::room_ms(endpoints.filter_map(|endpoint| {
            let first = self.observations.get(Probe::Fetch(endpoint, 0))?;
            let warm = attempt_pattern::warm_answers_ms(endpoint, self.observations);
            Some((first.answered_ms()?, *warm.first()?))
        }))
    }

    /// What is known of the connection of each endpoint's attempts.
    fn connections(&self, all: &[attempt_pattern::Attempts<'_>]) -> Vec<Connection> {
        let read = |attempts: &attempt_pattern::Attempts<'_>| {
            Connection::read(attempts, self.tcp_proven(attempts.endpoint))
        };
        let connections: Vec<Connection> = all.iter().map(read).collect();
        let candidate = |(attempts, connection): (&attempt_pattern::Attempts<'_>, &Connection)| {
            let view = self.first_view(attempts.endpoint);
            match self.or_another(attempts.endpoint, view) {
                OutsideView::Reached { expect, .. } if *connection == Connection::Unknown => {
                    taken::candidate(attempts, expect)
                }
                _ => None,
            }
        };
        let candidates: Vec<_> = all.iter().zip(&connections).map(candidate).collect();
        let agreed = two_regions::agree(&candidates);
        let known = connections.into_iter().zip(candidates).zip(agreed);
        known
            .map(|((connection, candidate), agrees)| match candidate {
                Some(candidate) if agrees => Connection::Taken(candidate.into()),
                _ => connection,
            })
            .collect()
    }

    fn read_internet(&self) -> Internet {
        let origin = self.observations.get(Probe::Origin);
        if !self.environment.origin_is_loopback
            && matches!(
                origin,
                Some(Outcome::Answered {
                    answer: Answer::Readable(_),
                    ..
                })
            )
        {
            return Internet::OriginAnswered;
        }
        // What was called off says as little as what is still under way.
        let is_open =
            |outcome: Option<&Outcome>| matches!(outcome, None | Some(Outcome::Cancelled));
        let mut pending = is_open(origin);
        for (index, relay) in self.plan.relays.iter().enumerate() {
            match self.observations.get(Probe::Challenge(index)) {
                Some(Outcome::Answered { .. }) if !relay.is_loopback => {
                    return Internet::RelayAnswered;
                }
                outcome if is_open(outcome) => pending = true,
                _ => {}
            }
        }
        for index in 0..self.plan.controls.len() {
            match self.observations.get(Probe::Control(index)) {
                Some(Outcome::Answered { .. }) => return Internet::ControlAnswered,
                outcome if is_open(outcome) => pending = true,
                _ => {}
            }
        }
        if self
            .endpoints
            .iter()
            .any(|facts| facts.pattern.is_answer() || facts.conclusion.outcome == CheckOutcome::Ok)
        {
            return Internet::EndpointAnswered;
        }
        pending |= self
            .endpoints
            .iter()
            .any(|facts| facts.conclusion.is_pending());
        if pending {
            Internet::Pending
        } else {
            Internet::NothingAnswered
        }
    }
}

/// Whether Firefox said that the TLS handshake of the WebSocket failed.
fn tls_failed(endpoint: EndpointRef, observations: &Observations) -> bool {
    matches!(
        observations.get(Probe::Upgrade(endpoint)),
        Some(Outcome::Failed {
            failure: Failure::Closed { code: 1015, .. },
            ..
        })
    )
}

impl Canary {
    fn read(observations: &Observations) -> Self {
        match observations.get(Probe::Canary) {
            None => Self::Pending,
            Some(Outcome::Answered { .. }) => Self::Answered,
            Some(Outcome::Failed { .. }) => Self::Failed,
            Some(_) => Self::Unknown,
        }
    }
}
