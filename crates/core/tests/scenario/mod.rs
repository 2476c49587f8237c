//! Runs as data: a healthy one, and what is changed in it.

use std::rc::Rc;

use reachcheck_core::catalogue::{EndpointRef, Kind};
use reachcheck_core::config::Config;
use reachcheck_core::diagnosis::{Diagnosis, diagnose};
use reachcheck_core::environment::{Environment, Family};
use reachcheck_core::link::Link;
use reachcheck_core::observation::{Answer, Events, Failure, NotRun, Outcome, Phases, Timing};
use reachcheck_core::plan::{ClockSource, Plan, Port, Probe, RelayTarget};
use reachcheck_core::report::{Report, scope_id};
use reachcheck_core::session::{Event, Moment, Session};
use reachcheck_core::snapshot::LeftOut;
use reachcheck_core::wire::{
    Certificate, CertificateFault, Challenge, Connect, Consistency, ControlsReport, DialReport,
    Dialogue, Family as AddressFamily, Rejection, Saw, Tls, TlsFacts,
};

/// Our round trip to every region and to the relay, in milliseconds, as in docs/browsers.md.
pub const R: f64 = 82.0;

/// A run, as data.
#[derive(Clone, Debug)]
pub struct Scenario {
    pub config: Config,
    pub relays: Vec<RelayTarget>,
    pub environment: Environment,
    pub changes: Vec<(Probe, Outcome)>,
}

impl Scenario {
    /// Everything well: a relay outside, every region answering HTTP on both endpoints.
    pub fn healthy() -> Self {
        Self {
            config: Config::default(),
            relays: vec![RelayTarget {
                base: "https://relay.example/relay/".to_owned(),
                is_loopback: false,
            }],
            environment: Environment {
                family: Family::Chromium,
                browser: "Edge 142 (Windows)".to_owned(),
                language: "fr-CA".to_owned(),
                origin: "https://check.example".to_owned(),
                origin_is_loopback: false,
                replaced: Vec::new(),
            },
            changes: Vec::new(),
        }
    }

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

    pub fn firefox(mut self) -> Self {
        self.environment.family = Family::Firefox;
        self
    }

    pub fn set(mut self, probe: Probe, outcome: Outcome) -> Self {
        self.changes.push((probe, outcome));
        self
    }

    /// All `fetch` attempts at an endpoint, and the WebSocket's.
    pub fn endpoint(mut self, id: &str, fetches: [Outcome; 4], upgrade: Outcome) -> Self {
        let endpoint = self.find(id);
        for (attempt, outcome) in (0..).zip(fetches) {
            self = self.set(Probe::Fetch(endpoint, attempt), outcome);
        }
        self.set(Probe::Upgrade(endpoint), upgrade)
    }

    /// The endpoint fails every time after so many round trips.
    pub fn fails_after(self, id: &str, trips: f64) -> Self {
        let ms = trips * R;
        let upgrade = closed(ms, 1006);
        self.endpoint(
            id,
            [failed(ms), failed(ms), failed(ms), not_needed()],
            upgrade,
        )
    }

    /// The endpoint never answers.
    pub fn silent(self, id: &str) -> Self {
        let silence = Outcome::TimedOut { ms: 8000.0 };
        let fetches = [silence.clone(), not_needed(), not_needed(), not_needed()];
        self.endpoint(id, fetches, silence)
    }

    /// The relay's dial of an endpoint.
    pub fn outside(self, id: &str, report: DialReport) -> Self {
        let probe = Probe::Dial(self.find(id));
        self.set(probe, answered(100.0, Answer::Dial(Box::new(report))))
    }

    pub fn no_relay(mut self) -> Self {
        self.relays.clear();
        self
    }

    /// The relay does not answer the challenge.
    pub fn relay_unreachable(self) -> Self {
        let silence = Outcome::TimedOut { ms: 5000.0 };
        self.without_relay(silence)
    }

    /// The challenge's answer, changed.
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

    pub fn find(&self, id: &str) -> EndpointRef {
        self.config
            .catalogue
            .find(id)
            .expect("an endpoint of the catalogue")
    }

    pub fn plan(&self) -> Plan {
        Plan::new(&self.config, self.relays.clone(), &[])
    }

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
            let outcome = match changed {
                Some((_, outcome)) => outcome.clone(),
                None => self.usual(*probe),
            };
            session = session.after(Event::Observed {
                run: 1,
                probe: *probe,
                outcome: outcome.into(),
            });
        }
        session
            .after(Event::Finished {
                run: 1,
                took_ms: 2600.0,
            })
            .after(Event::Settled { run: 1 })
    }

    pub fn diagnose(&self) -> Diagnosis {
        diagnose(&self.session(), &self.environment, self.config.thresholds)
    }

    pub fn report(&self, change: impl FnOnce(&mut Config, &mut Link)) -> String {
        let (mut config, mut link) = (self.config.clone(), Link::default());
        change(&mut config, &mut link);
        Report {
            session: &self.session(),
            diagnosis: &self.diagnose(),
            config: &config,
            config_error: None,
            link: &link,
            environment: &self.environment,
            left_out: LeftOut::default(),
            watched: None,
        }
        .text()
    }

    /// The report itself, for what else is made of it.
    pub fn with_report(&self, left_out: LeftOut, look: impl FnOnce(&Report<'_>)) {
        look(&Report {
            session: &self.session(),
            diagnosis: &self.diagnose(),
            config: &self.config,
            config_error: None,
            link: &Link::default(),
            environment: &self.environment,
            left_out,
            watched: None,
        });
    }

    /// What the probe meets where all is well.
    fn usual(&self, probe: Probe) -> Outcome {
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
            Probe::Turn(_) | Probe::GiveUp(_) => not_needed(),
            Probe::OwnPort(..) => failed(R),
            Probe::Image(_) => Outcome::NotRun(NotRun::NotHere),
            Probe::Dial(endpoint) => {
                let id = self.plan().region(endpoint).endpoint_id(endpoint.kind);
                answered(100.0, Answer::Dial(Box::new(speaks_http(&id))))
            }
        }
    }
}

/// Verdicts and findings of a diagnosis, as one readable line each.
pub fn summary(scenario: &Scenario) -> Vec<String> {
    let (plan, diagnosis) = (scenario.plan(), scenario.diagnose());
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
pub fn check(scenario: &Scenario, name: &str) -> String {
    let (plan, diagnosis) = (scenario.plan(), scenario.diagnose());
    diagnosis
        .regions
        .iter()
        .flat_map(|region| &region.checks)
        .chain(&diagnosis.network)
        .find(|check| format!("{}/{}", scope_id(&plan, check.scope), check.name.token()) == name)
        .map(|check| {
            format!(
                "{} {}",
                check.conclusion.outcome.token(),
                check.conclusion.proof.token()
            )
        })
        .expect("a check of that name")
}

pub fn answered(ms: f64, answer: Answer) -> Outcome {
    Outcome::Answered { ms, answer }
}

pub fn failed(ms: f64) -> Outcome {
    Outcome::Failed {
        ms,
        failure: Failure::Network { tls_finished: None },
    }
}

pub fn failed_after_tls(ms: f64) -> Outcome {
    Outcome::Failed {
        ms,
        failure: Failure::Network {
            tls_finished: Some(true),
        },
    }
}

pub fn closed(ms: f64, code: u16) -> Outcome {
    Outcome::Failed {
        ms,
        failure: Failure::Closed {
            code,
            opened: false,
        },
    }
}

pub fn not_needed() -> Outcome {
    Outcome::NotRun(NotRun::NotNeeded)
}

pub fn controls(answered_count: u32) -> Outcome {
    answered(
        60.0,
        Answer::Controls(ControlsReport {
            answered: answered_count,
            configured: 1,
        }),
    )
}

pub fn events(arrived: u32, late_ms_max: f64) -> Events {
    Events {
        expected: 10,
        arrived,
        late_ms_max,
    }
}

fn challenge() -> Challenge {
    Challenge {
        nonce: "n".to_owned(),
        version: "0.1.0".to_owned(),
        origin_allowed: true,
        busy: false,
        outside: true,
        ports: vec![443, 80, 5222],
        plain: true,
        saw: saw(),
    }
}

pub fn saw() -> Saw {
    Saw {
        address: "198.51.100.7".to_owned(),
        forwarded: Vec::new(),
        tls: Some(TlsFacts {
            ja4: "t13d1516h1_8daaf6152771_5b37b36a67c0".to_owned(),
            consistency: Consistency::Consistent,
        }),
        unix_ms: 1_795_385_405_000,
    }
}

/// Our clock, so many seconds ahead.
pub fn clock(ahead_s: f64) -> Outcome {
    let remote_unix_ms = 1_795_385_405_000.0;
    answered(
        84.0,
        Answer::Clock {
            local_unix_ms: remote_unix_ms + ahead_s * 1000.0,
            remote_unix_ms,
        },
    )
}

/// A cold request without anything in the way, after a lookup of so many milliseconds.
pub fn phases_direct(lookup_ms: f64) -> Phases {
    let connect_start = 2.0 + lookup_ms;
    Phases {
        lookup_start: 2.0,
        lookup_end: connect_start,
        connect_start,
        secure_start: Some(connect_start + R),
        connect_end: connect_start + 2.0 * R,
        request_start: connect_start + 2.0 * R,
        response_start: connect_start + 3.0 * R,
        response_end: connect_start + 3.0 * R + 1.0,
        protocol: "h2".to_owned(),
    }
}

pub fn speaks_http(id: &str) -> DialReport {
    after_tls(
        id,
        None,
        Dialogue::Http {
            ms: 2.0,
            status: 200,
            keeps_open: true,
        },
    )
}

pub fn after_tls(id: &str, fault: Option<CertificateFault>, get: Dialogue) -> DialReport {
    DialReport {
        tls: Some(Tls::Finished {
            ms: 5.0,
            version: "TLS 1.3".to_owned(),
            certificate: Certificate {
                subject: "pop.example".to_owned(),
                issuer: "CA".to_owned(),
                begins_unix: 1_700_000_000,
                expires_unix: 4_000_000_000,
                fault,
            },
        }),
        get: Some(get),
        ..connected(id)
    }
}

pub fn closes_after_tls(id: &str) -> DialReport {
    after_tls(id, None, Dialogue::Closed { ms: 2.0 })
}

pub fn rejects_tls(id: &str, how: Rejection) -> DialReport {
    DialReport {
        tls: Some(Tls::Rejected { ms: 2.0, how }),
        ..connected(id)
    }
}

pub fn waits(id: &str) -> DialReport {
    DialReport {
        tls: Some(Tls::Silent { ms: 3000.0 }),
        ..connected(id)
    }
}

pub fn unreached(id: &str, connect: Connect) -> DialReport {
    DialReport {
        connect,
        ..connected(id)
    }
}

fn connected(id: &str) -> DialReport {
    DialReport {
        endpoint: id.to_owned(),
        age_ms: 0,
        connect: Connect::Connected {
            ms: 2.0,
            family: AddressFamily::Ipv4,
        },
        tls: None,
        get: None,
        upgrade: None,
        plain: None,
        other: None,
    }
}
