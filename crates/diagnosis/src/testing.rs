//! Runs as data, for tests and examples: a healthy one, and what is changed in it.

mod outcomes;
mod usual;

use std::rc::Rc;

use outcomes::challenge;
pub use outcomes::{
    after_tls, answered, answers_upgrades, clock, closed, closes_after_tls, controls, events,
    failed, failed_after_tls, further_away, not_needed, phases_direct, rejects_tls, saw, silence,
    speaks_http, speaks_http_1_1, through_proxy, unreached, waits,
};

use crate::diagnosis::{Check, Diagnosis, diagnose};
use crate::finding::Scope;
use reachcheck_model::catalogue::EndpointRef;
use reachcheck_model::config::Config;
use reachcheck_model::environment::{BrowserFamily, Environment};
use reachcheck_model::local_conditions::LocalConditions;
use reachcheck_model::observation::{Answer, NotRun, Outcome, Phases, Timing};
use reachcheck_model::operating_system::OperatingSystem;
use reachcheck_model::plan::{Plan, RelayTarget};
use reachcheck_model::probe::{ClockSource, Port, Probe};
use reachcheck_model::session::{Event, Session};
use reachcheck_model::time::Moment;
use reachcheck_wire::{AddressCounts, Challenge, DialReport};

/// Our round trip to every region and to the relay, in milliseconds, as in docs/browsers.md.
pub const R: f64 = 82.0;

/// A run, as data.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Settings, the catalogue among them.
    pub config: Config,
    /// The relays that the page asks.
    pub relays: Vec<RelayTarget>,
    /// Where the page runs.
    pub environment: Environment,
    /// What is met in place of the usual; the last one counts.
    pub changes: Vec<(Probe, Outcome)>,
    /// What this computer does while probes are out; the last one of a probe counts.
    pub local: Vec<(Probe, LocalConditions)>,
}

impl Scenario {
    /// Everything well: a relay outside, every region answering HTTP on both endpoints.
    #[must_use]
    pub fn healthy() -> Self {
        Self {
            config: Config::default(),
            relays: vec![RelayTarget {
                base: "https://relay.example/relay/".to_owned(),
                is_loopback: false,
            }],
            environment: Environment {
                family: BrowserFamily::Chromium,
                browser: "Edge 142 (Windows)".to_owned(),
                language: "fr-CA".to_owned(),
                origin: "https://check.example".to_owned(),
                origin_is_loopback: false,
                replaced: Vec::new(),
                system: OperatingSystem::Windows,
                clock_grain_ms: Some(0.1),
                in_frame: false,
            },
            changes: Vec::new(),
            local: Vec::new(),
        }
    }

    /// What this computer does while a probe is out.
    #[must_use]
    pub fn while_out(mut self, probe: Probe, conditions: LocalConditions) -> Self {
        self.local.push((probe, conditions));
        self
    }

    /// What the browser's own timing shows of the requests for the page and to the relay.
    #[must_use]
    pub fn timing(self, page: Option<Phases>, relay: Option<Phases>) -> Self {
        self.set(
            Probe::Timing,
            answered(
                90.0,
                Answer::Timing(Box::new(Timing {
                    page,
                    relay,
                    earlier: None,
                    warm_ms: Some(R),
                })),
            ),
        )
    }

    /// In Firefox.
    #[must_use]
    pub fn firefox(mut self) -> Self {
        self.environment.family = BrowserFamily::Firefox;
        self
    }

    /// The browser is WebKit.
    #[must_use]
    pub fn webkit(mut self) -> Self {
        self.environment.family = BrowserFamily::WebKit;
        self
    }

    /// One probe meets something else.
    #[must_use]
    pub fn set(mut self, probe: Probe, outcome: Outcome) -> Self {
        self.changes.push((probe, outcome));
        self
    }

    /// All `fetch` attempts at an endpoint, and the WebSocket's.
    #[must_use]
    pub fn endpoint(mut self, id: &str, fetches: [Outcome; 4], upgrade: Outcome) -> Self {
        let endpoint = self.find(id);
        for (attempt, outcome) in (0..).zip(fetches) {
            self = self.set(Probe::Fetch(endpoint, attempt), outcome);
        }
        self.set(Probe::Upgrade(endpoint), upgrade)
    }

    /// The endpoint fails every time after so many round trips. Firefox repeats a request ten times where it was cut, and
    /// its WebSocket not once.
    #[must_use]
    pub fn fails_after(self, id: &str, trips: f64) -> Self {
        let ms = trips * R;
        let is_repeated = trips >= 10.0 && self.environment.family == BrowserFamily::Firefox;
        let upgrade = closed(if is_repeated { ms / 10.0 } else { ms }, 1006);
        self.endpoint(
            id,
            [failed(ms), failed(ms), failed(ms), not_needed()],
            upgrade,
        )
    }

    /// WebRTC names its address over a connection to the endpoint: TCP stands.
    #[must_use]
    pub fn tcp_stands(self, id: &str) -> Self {
        self.stands(id, false)
    }

    /// WebRTC names its address over TLS.
    #[must_use]
    pub fn tls_stands(self, id: &str) -> Self {
        self.stands(id, true)
    }

    fn stands(self, id: &str, tls: bool) -> Self {
        let probe = Probe::Turn(self.find(id));
        self.set(probe, answered(300.0, Answer::Turn { plain: true, tls }))
    }

    /// The endpoint answers every time after so many milliseconds.
    #[must_use]
    pub fn answers_after(self, id: &str, ms: f64) -> Self {
        let answer = || answered(ms, Answer::Opaque);
        self.endpoint(id, [(); 4].map(|()| answer()), not_needed())
    }

    /// The endpoint never answers.
    #[must_use]
    pub fn silent(self, id: &str) -> Self {
        let silence = Outcome::TimedOut { ms: 8000.0 };
        let fetches = [silence.clone(), not_needed(), not_needed(), not_needed()];
        self.endpoint(id, fetches, silence)
    }

    /// The relay's dial of an endpoint.
    #[must_use]
    pub fn outside(self, id: &str, report: DialReport) -> Self {
        let probe = Probe::Dial(self.find(id));
        self.set(probe, answered(100.0, Answer::Dial(Box::new(report))))
    }

    /// The relay finds so many addresses for an endpoint that answers it.
    #[must_use]
    pub fn addresses(self, id: &str, ipv4: u32) -> Self {
        let report = DialReport {
            addresses: Some(AddressCounts { ipv4, ipv6: 0 }),
            ..speaks_http(id)
        };
        self.outside(id, report)
    }

    /// The settings name another relay, further away.
    #[must_use]
    pub fn another_relay(mut self) -> Self {
        self.relays.push(RelayTarget {
            base: "https://relay.example.net/".to_owned(),
            is_loopback: false,
        });
        let further = answered(140.0, Answer::Challenge(Box::new(challenge())));
        self.set(Probe::Challenge(1), further)
    }

    /// The next relay's dial of an endpoint.
    #[must_use]
    pub fn outside_next(self, id: &str, report: DialReport) -> Self {
        let probe = Probe::NextDial(self.find(id));
        self.set(probe, answered(150.0, Answer::Dial(Box::new(report))))
    }

    /// Through a proxy that the browser is told of.
    #[must_use]
    pub fn behind_proxy(self) -> Self {
        self.timing(Some(through_proxy()), Some(through_proxy()))
    }

    /// Connecting to the relay takes so many milliseconds, for the WebSocket as well, all else as it does directly.
    #[must_use]
    pub fn connecting_takes(self, ms: f64) -> Self {
        let direct = phases_direct(1.0);
        let late = |at: f64| at - R + ms;
        let slow = Phases {
            secure_start: direct.secure_start.map(late),
            connect_end: late(direct.connect_end),
            request_start: late(direct.request_start),
            response_start: late(direct.response_start),
            response_end: late(direct.response_end),
            ..direct.clone()
        };
        self.timing(Some(direct), Some(slow))
            .set(Probe::Socket, answered(2.0 * R + ms, Answer::Opened))
    }

    /// The settings name no relay.
    #[must_use]
    pub fn no_relay(mut self) -> Self {
        self.relays.clear();
        self
    }

    /// The relay does not answer the challenge.
    #[must_use]
    pub fn relay_unreachable(self) -> Self {
        let silence = Outcome::TimedOut { ms: 5000.0 };
        self.without_relay(silence)
    }

    /// The challenge's answer, changed.
    #[must_use]
    pub fn challenge(self, change: impl FnOnce(&mut Challenge)) -> Self {
        let mut challenge = challenge();
        change(&mut challenge);
        let is_usable = challenge.origin_allowed && !challenge.busy;
        let outcome = answered(90.0, Answer::Challenge(Box::new(challenge)));
        if is_usable {
            self.set(Probe::Challenge(0), outcome)
        } else {
            self.without_relay(outcome)
        }
    }

    fn without_relay(mut self, challenge: Outcome) -> Self {
        self = self.set(Probe::Challenge(0), challenge);
        let unusable = Outcome::NotRun(NotRun::RelayUnusable);
        for probe in [
            Probe::Socket,
            Probe::Pings,
            Probe::Events,
            Probe::RelayControls,
            Probe::Clock(ClockSource::Relay),
            Probe::Saw,
            Probe::Port(Port::Http),
            Probe::Port(Port::Xmpp),
            Probe::Plain,
            Probe::Hold,
        ] {
            self = self.set(probe, unusable.clone());
        }
        self = self.timing(Some(phases_direct(1.0)), None);
        for endpoint in self.plan().endpoints().collect::<Vec<_>>() {
            self = self.set(Probe::Dial(endpoint), unusable.clone());
        }
        self
    }

    /// An endpoint by its id, `REGION/KIND`.
    ///
    /// # Panics
    /// Where the catalogue has no such endpoint.
    #[must_use]
    pub fn find(&self, id: &str) -> EndpointRef {
        self.config
            .catalogue
            .find(id)
            .expect("an endpoint of the catalogue")
    }

    /// What is planned.
    #[must_use]
    pub fn plan(&self) -> Plan {
        Plan::new(&self.config, self.relays.clone(), &[])
    }

    /// The run, finished and settled.
    #[must_use]
    pub fn session(&self) -> Session {
        let plan = Rc::new(self.plan());
        let mut session = Session::idle(plan.clone()).after(Event::Started {
            plan: plan.clone(),
            at: Moment {
                unix_ms: 1_795_385_405_000.0,
                offset_minutes: -300,
            },
        });
        for probe in &plan.probes {
            let changed = self
                .changes
                .iter()
                .rev()
                .find(|(changed, _)| changed == probe);
            let conditions = self.local.iter().rev().find(|(it, _)| it == probe);
            let outcome = match changed {
                Some((_, outcome)) => outcome.clone(),
                None => self.usual(*probe),
            };
            session = session.after(Event::Observed {
                run: 1,
                probe: *probe,
                outcome: outcome.into(),
                conditions: conditions.map(|(_, it)| *it).unwrap_or_default(),
            });
        }
        session
            .after(Event::Finished {
                run: 1,
                took_ms: 2600.0,
            })
            .after(Event::Settled { run: 1 })
    }

    /// What is concluded from it.
    #[must_use]
    pub fn diagnose(&self) -> Diagnosis {
        diagnose(&self.session(), &self.environment, self.config.thresholds)
    }

    /// Verdicts and findings of a diagnosis, as one readable line each.
    #[must_use]
    pub fn summary(&self) -> Vec<String> {
        let (plan, diagnosis) = (self.plan(), self.diagnose());
        let regions: Vec<&str> = diagnosis
            .regions
            .iter()
            .map(|r| r.verdict.token())
            .collect();
        let mut lines = vec![format!(
            "{}: {}",
            diagnosis.headline.token(),
            regions.join(" ")
        )];
        lines.extend(diagnosis.findings.iter().map(|finding| {
            format!(
                "{} / {} - {}",
                finding.cause.code().token(),
                scope_id(&plan, finding.scope),
                finding.proof.token()
            )
        }));
        lines
    }

    /// Outcome and proof of a check, `SCOPE/NAME`.
    ///
    /// # Panics
    /// Where there is no such check.
    #[must_use]
    pub fn check(&self, name: &str) -> String {
        let conclusion = self.find_check(name).conclusion;
        format!(
            "{} {}",
            conclusion.outcome.token(),
            conclusion.proof.token()
        )
    }

    fn find_check(&self, name: &str) -> Check {
        let (plan, diagnosis) = (self.plan(), self.diagnose());
        let regions = diagnosis.regions.iter().flat_map(|region| &region.checks);
        let mut checks = regions.chain(&diagnosis.network);
        let is_it = |check: &&Check| {
            format!("{}/{}", scope_id(&plan, check.scope), check.name.token()) == name
        };
        checks.find(is_it).expect("a check of that name").clone()
    }

    /// The place of a check, `SCOPE/NAME`, and how sure it is; empty where nothing is known of it.
    ///
    /// # Panics
    /// Where there is no such check.
    #[must_use]
    pub fn place(&self, name: &str) -> String {
        let place = self.find_check(name).conclusion.place;
        place.map_or_else(String::new, |place| {
            format!("{} {}", place.layer.token(), place.proof.token())
        })
    }

    /// The findings alone, as `summary` writes them.
    #[must_use]
    pub fn findings(&self) -> Vec<String> {
        self.summary().split_off(1)
    }
}

/// Everything well: see [`Scenario::healthy`].
#[must_use]
pub fn healthy() -> Scenario {
    Scenario::healthy()
}

/// Nothing beyond this computer answers.
#[must_use]
pub fn nothing_answers() -> Scenario {
    let mut scenario = healthy()
        .relay_unreachable()
        .set(Probe::Origin, failed(1.0));
    for region in ["toronto", "virginia", "seattle", "virginia-seattle"] {
        for kind in ["https", "tcp"] {
            scenario = scenario.fails_after(&format!("{region}/{kind}"), 0.03);
        }
    }
    scenario
}

/// See [`Scenario::summary`].
#[must_use]
pub fn summary(scenario: &Scenario) -> Vec<String> {
    scenario.summary()
}

/// See [`Scenario::check`].
#[must_use]
pub fn check(scenario: &Scenario, name: &str) -> String {
    scenario.check(name)
}

/// Holds verdicts and findings against these lines.
///
/// # Panics
/// Where they are others.
#[track_caller]
pub fn expect(scenario: &Scenario, lines: &[&str]) {
    assert_eq!(scenario.summary(), lines);
}

/// The hook's name of a scope.
fn scope_id(plan: &Plan, scope: Scope) -> &str {
    match scope {
        Scope::Network => "network",
        Scope::Region(region) => &plan.regions[region].id,
    }
}

/// The summary of a run in which all is well.
pub const ALL_WELL: &str = "reachable: reachable reachable reachable reachable";
/// The summary of a run in which Seattle is blocked.
pub const SEATTLE_BLOCKED: &str = "blocked: reachable reachable blocked reachable";
/// The summary of a run in which the evidence does not decide about Seattle.
pub const SEATTLE_UNKNOWN: &str = "unknown: reachable reachable unknown reachable";
/// The summary of a run that decides nothing.
pub const NOTHING_DECIDED: &str = "unknown: unknown unknown unknown unknown";
/// The summary of a run in which something spoils every region.
pub const ALL_DEGRADED: &str = "degraded: degraded degraded degraded degraded";
