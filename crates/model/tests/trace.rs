//! What the page writes of a run is read back as it was, by serde.

use std::rc::Rc;

use reachcheck_model::catalogue::{EndpointRef, Kind};
use reachcheck_model::config::Config;
use reachcheck_model::environment::{BrowserFamily, Environment};
use reachcheck_model::local_conditions::LocalConditions;
use reachcheck_model::observation::{Answer, Events, Failure, NotRun, Outcome, Phases, Timing};
use reachcheck_model::operating_system::OperatingSystem;
use reachcheck_model::plan::{Plan, RelayTarget};
use reachcheck_model::probe::{AddressSpace, ClockSource, Port, Probe};
use reachcheck_model::session::{Event, Session};
use reachcheck_model::time::Moment;
use reachcheck_model::trace;
use reachcheck_wire::{
    AddressCounts, AddressFamily as Ip, Alpn, AnsweredHello, BodyEnd, Certificate,
    CertificateFault, Challenge, Connect, Consistency, ControlsReport, DialReport, Dialogue,
    HttpVersion, Other, Plain, Saw, Tls, TlsFacts,
};

fn saw() -> Saw {
    Saw {
        address: "192.0.2.7".to_owned(),
        forwarded: vec![("via".to_owned(), "1.1 \"box\" \\ ~".to_owned())],
        tls: Some(TlsFacts {
            ja4: "t13d1516h2".to_owned(),
            consistency: Consistency::Inconsistent,
        }),
        unix_ms: 1_800_000_000_000,
    }
}

fn answers() -> Vec<Answer> {
    let phases = Phases {
        lookup_start: 0.0,
        lookup_end: 1.5,
        connect_start: 1.5,
        secure_start: None,
        connect_end: 40.125,
        request_start: 40.2,
        response_start: 80.001,
        response_end: 81.0,
        protocol: "h2".to_owned(),
    };
    vec![
        Answer::Opaque,
        Answer::Readable(204),
        Answer::Opened,
        Answer::ClosedInOrder(1000),
        Answer::Challenge(Box::new(Challenge {
            nonce: "abcdefgh".to_owned(),
            version: "0.1.0".to_owned(),
            origin_allowed: true,
            busy: false,
            outside: true,
            ports: vec![80, 443, 5222],
            plain: true,
            saw: saw(),
        })),
        Answer::Pings(vec![80.1, 79.9]),
        Answer::Events(Events {
            expected: 10,
            arrived: 9,
            late_ms_max: 12.5,
        }),
        Answer::Controls(ControlsReport {
            answered: 2,
            configured: 3,
        }),
        Answer::Dial(Box::new(DialReport {
            endpoint: "toronto/tcp".to_owned(),
            age_ms: 12,
            other: Some(Box::new(Other {
                family: Ip::Ipv4,
                connect: Connect::Refused { ms: 40.5 },
                tls: None,
            })),
            connect: Connect::Connected {
                ms: 80.25,
                family: Ip::Ipv6,
            },
            tls: Some(Tls::Finished {
                ms: 81.0,
                version: "TLS 1.3".to_owned(),
                certificate: Certificate {
                    subject: "s".to_owned(),
                    issuer: "i".to_owned(),
                    begins_unix: -1,
                    expires_unix: 4_102_444_800,
                    fault: Some(CertificateFault::NotYetValid),
                    lacks_issuer: false,
                },
                alpn: Some(Alpn::H2),
            }),
            get: Some(Dialogue::Http {
                ms: 20.0,
                status: 200,
                keeps_open: true,
                version: Some(HttpVersion::Http11),
                body: Some(BodyEnd::Length),
                whole: None,
            }),
            upgrade: None,
            plain: Some(Plain::Silent { ms: 2000.0 }),
            addresses: Some(AddressCounts { ipv4: 4, ipv6: 2 }),
            hello: Some(AnsweredHello::OnlySmall),
        })),
        Answer::Timing(Box::new(Timing {
            page: Some(phases.clone()),
            relay: None,
            earlier: Some(phases),
            warm_ms: Some(33.333),
        })),
        Answer::Clock {
            local_unix_ms: 1_800_000_000_000.5,
            remote_unix_ms: -0.25,
        },
        Answer::Saw(Box::new(saw())),
        Answer::Passed,
        Answer::Turn {
            plain: true,
            tls: false,
        },
        Answer::Held,
    ]
}

fn outcomes() -> Vec<Outcome> {
    let answered = answers()
        .into_iter()
        .map(|answer| Outcome::Answered { ms: 80.5, answer });
    let failed = [
        Failure::Network {
            tls_finished: Some(true),
        },
        Failure::Network { tls_finished: None },
        Failure::Closed {
            code: 1015,
            opened: false,
        },
        Failure::ConnectedOnly,
        Failure::WrongAnswer,
        Failure::Busy,
        Failure::Forbidden,
    ];
    let failed = failed.map(|failure| Outcome::Failed { ms: 3.0, failure });
    let not_run = [
        NotRun::NotNeeded,
        NotRun::NoRelay,
        NotRun::RelayUnusable,
        NotRun::RelayInside,
        NotRun::NoSocket,
        NotRun::NotHere,
        NotRun::NotOffered,
    ];
    let rest = [Outcome::TimedOut { ms: 8000.0 }, Outcome::Cancelled];
    let not_run = not_run.map(Outcome::NotRun);
    answered.chain(failed).chain(not_run).chain(rest).collect()
}

fn probes() -> Vec<Probe> {
    let endpoint = |region| EndpointRef {
        region,
        kind: Kind::Tcp,
    };
    let mut probes = vec![
        Probe::Origin,
        Probe::Canary,
        Probe::Control(1),
        Probe::Challenge(0),
        Probe::Socket,
        Probe::Pings,
        Probe::Events,
        Probe::RelayControls,
        Probe::Timing,
        Probe::Clock(ClockSource::Relay),
        Probe::Clock(ClockSource::Origin),
        Probe::Saw,
        Probe::Port(Port::Http),
        Probe::Port(Port::Xmpp),
        Probe::Plain,
        Probe::Hold,
    ];
    for region in 0..4 {
        probes.extend([
            Probe::Fetch(endpoint(region), 2),
            Probe::Upgrade(endpoint(region)),
            Probe::Dial(endpoint(region)),
            Probe::Turn(endpoint(region)),
            Probe::Image(endpoint(region)),
            Probe::GiveUp(endpoint(region)),
            Probe::LateTurn(endpoint(region)),
            Probe::OwnPort(endpoint(region), Port::Xmpp),
            Probe::FreshName(endpoint(region)),
            Probe::InSpace(endpoint(region), AddressSpace::Local),
        ]);
    }
    probes
}

#[test]
fn what_is_written_is_read_back() {
    let relays = vec![RelayTarget {
        base: "https://relay.example.com/".to_owned(),
        is_loopback: false,
    }];
    let plan = Rc::new(Plan::new(&Config::default(), relays, &[]));
    let at = Moment::default();
    let mut session = Session::idle(plan.clone()).after(Event::Started { plan, at });
    let run = session.run;
    let (probes, outcomes) = (probes(), outcomes());
    for (index, probe) in probes.iter().enumerate() {
        session = session.after(Event::Observed {
            run,
            probe: *probe,
            outcome: outcomes[index % outcomes.len()].clone().into(),
            conditions: conditions(index),
        });
    }
    assert!(probes.len() >= outcomes.len(), "each outcome is written");
    let environment = Environment {
        family: BrowserFamily::WebKit,
        browser: "Safari 26 (macOS)".to_owned(),
        language: "fr-CA".to_owned(),
        origin: "https://check.example.com".to_owned(),
        origin_is_loopback: false,
        replaced: vec!["fetch".to_owned()],
        system: OperatingSystem::MacOs,
        clock_grain_ms: Some(1.0),
        in_frame: true,
    };
    let text = trace::write(&session, &environment);
    let (read, where_it_ran) = trace::read(&text).expect(&text);
    assert_eq!(where_it_ran, environment);
    assert_eq!(read.plan, session.plan);
    for probe in probes {
        assert_eq!(
            read.observations.get(probe),
            session.observations.get(probe),
            "{probe:?}"
        );
        assert_eq!(
            read.observations.local(probe),
            session.observations.local(probe),
            "{probe:?}"
        );
    }
    assert!(!read.observations.all_local().is_empty());
}

/// What this computer did beside one probe in three.
fn conditions(index: usize) -> LocalConditions {
    match index % 3 {
        0 => LocalConditions {
            own_delay_ms: Some(3.0),
            stalled_ms: 260.5,
            network_changed: true,
            kept: false,
        },
        _ => LocalConditions::default(),
    }
}
