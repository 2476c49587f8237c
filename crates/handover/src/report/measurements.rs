//! The raw times, one line per endpoint, for whoever looks closer. The same in every language.

use reachcheck_wire::{AddressFamily, Connect, Dialogue, Rejection, Tls};

use reachcheck_model::catalogue::EndpointRef;
use reachcheck_model::figures::whole;
use reachcheck_model::observation::{Answer, Failure, Observations, Outcome};
use reachcheck_model::plan::Plan;
use reachcheck_model::probe::{AddressSpace, ClockSource, Port, Probe};
use reachcheck_model::thresholds::FETCHES;

/// One line per endpoint, and one for the network.
pub(super) fn lines(plan: &Plan, observations: &Observations) -> Vec<String> {
    let mut network = vec!["network:".to_owned()];
    let mut note = |name: &str, probe: Probe| {
        if let Some(word) = observations.get(probe).and_then(word) {
            network.push(format!("{name} {word}"));
        }
    };
    note("origin", Probe::Origin);
    note("canary", Probe::Canary);
    for index in 0..plan.controls.len() {
        note("control", Probe::Control(index));
    }
    for index in 0..plan.relays.len() {
        note("relay", Probe::Challenge(index));
    }
    note("ws", Probe::Socket);
    note("pings", Probe::Pings);
    note("relay-controls", Probe::RelayControls);
    note("next-relay-controls", Probe::NextControls);
    for port in Port::ALL {
        note(&format!("port-{}", port.number()), Probe::Port(port));
    }
    note("plain", Probe::Plain);
    note("hold", Probe::Hold);
    note("clock", Probe::Clock(ClockSource::Relay));
    note("clock-of-page", Probe::Clock(ClockSource::Origin));
    note("way", Probe::Timing);
    let mut lines = vec![network.join(" ")];
    lines.extend(
        plan.endpoints()
            .map(|endpoint| endpoint_line(plan, endpoint, observations)),
    );
    lines
}

fn endpoint_line(plan: &Plan, endpoint: EndpointRef, observations: &Observations) -> String {
    let mut words = vec![
        format!("{}:", plan.region(endpoint).endpoint_id(endpoint.kind)),
        "f".to_owned(),
    ];
    words.extend(
        (0..FETCHES)
            .filter_map(|attempt| observations.get(Probe::Fetch(endpoint, attempt)))
            .filter_map(word),
    );
    if let Some(upgrade) = observations.get(Probe::Upgrade(endpoint)).and_then(word) {
        words.push("ws".to_owned());
        words.push(upgrade);
    }
    for (name, probe) in [
        ("turn", Probe::Turn(endpoint)),
        ("image", Probe::Image(endpoint)),
        ("body", Probe::Body(endpoint)),
        ("gave-up", Probe::GiveUp(endpoint)),
        ("late-turn", Probe::LateTurn(endpoint)),
        ("fresh-name", Probe::FreshName(endpoint)),
        ("public", Probe::InSpace(endpoint, AddressSpace::Public)),
        ("local", Probe::InSpace(endpoint, AddressSpace::Local)),
    ] {
        if let Some(word) = observations.get(probe).and_then(word) {
            words.push(format!("{name} {word}"));
        }
    }
    for port in Port::ALL {
        if let Some(word) = observations
            .get(Probe::OwnPort(endpoint, port))
            .and_then(word)
        {
            words.push(format!("{} {word}", port.number()));
        }
    }
    for (name, probe) in [
        ("out", Probe::Dial(endpoint)),
        ("next-out", Probe::NextDial(endpoint)),
    ] {
        let Some(Outcome::Answered {
            answer: Answer::Dial(report),
            ..
        }) = observations.get(probe)
        else {
            continue;
        };
        words.push(name.to_owned());
        words.extend(dial_words(report.connect, report.tls.as_ref(), report.get));
        if let Some(other) = &report.other {
            let family = match other.family {
                AddressFamily::Ipv4 => "ipv4",
                AddressFamily::Ipv6 => "ipv6",
            };
            words.push(family.to_owned());
            words.extend(dial_words(other.connect, other.tls.as_ref(), None));
        }
    }
    words.join(" ")
}

fn word(outcome: &Outcome) -> Option<String> {
    match outcome {
        Outcome::Answered { ms, answer } => Some(match answer {
            Answer::Pings(times) => {
                let times: Vec<String> = times.iter().map(|ms| format!("{}", whole(ms))).collect();
                times.join("/")
            }
            Answer::Controls(report) => format!("{}/{}", report.answered, report.configured),
            Answer::Clock {
                local_unix_ms,
                remote_unix_ms,
            } => format!("{:+}", whole(local_unix_ms - remote_unix_ms)),
            Answer::Turn { plain, tls } => match (plain, tls) {
                (_, true) => "tls".to_owned(),
                (true, false) => "tcp".to_owned(),
                (false, false) => "none".to_owned(),
            },
            Answer::Timing(timing) => timing.relay.as_ref().or(timing.page.as_ref()).map_or_else(
                || "hidden".to_owned(),
                |phases| {
                    format!(
                        "{}/{}/{}/{}",
                        whole(phases.lookup_ms()),
                        whole(phases.connect_ms()),
                        whole(phases.tls_ms()),
                        whole(phases.request_ms())
                    )
                },
            ),
            _ => format!("{}", whole(ms)),
        }),
        Outcome::Failed { ms, failure } => Some(match failure {
            Failure::Closed { code, .. } => format!("x{}/{code}", whole(ms)),
            Failure::Network {
                tls_finished: Some(true),
            } => format!("x{}/tls", whole(ms)),
            Failure::Network { .. }
            | Failure::ConnectedOnly
            | Failure::WrongAnswer
            | Failure::Busy
            | Failure::Forbidden => {
                format!("x{}", whole(ms))
            }
        }),
        Outcome::TimedOut { ms } => Some(format!("-{}", whole(ms))),
        Outcome::Cancelled | Outcome::NotRun(_) => None,
    }
}

fn dial_words(connect: Connect, tls: Option<&Tls>, get: Option<Dialogue>) -> Vec<String> {
    let connect = match connect {
        Connect::Connected { ms, .. } => format!("{}", whole(ms)),
        Connect::Refused { ms } => format!("x{}", whole(ms)),
        Connect::TimedOut { ms } => format!("-{}", whole(ms)),
        Connect::Unreachable { .. } => "no-route".to_owned(),
        Connect::NotResolved => "no-name".to_owned(),
        Connect::Forbidden => "forbidden".to_owned(),
        Connect::NotTried => "not-tried".to_owned(),
    };
    let tls = tls.map(|tls| match tls {
        Tls::Finished {
            ms,
            version,
            certificate,
            ..
        } => {
            let version = version.replace(' ', "");
            match certificate.fault {
                None => format!("{}/{version}", whole(ms)),
                Some(_) => format!("{}/{version}/bad-certificate", whole(ms)),
            }
        }
        Tls::Rejected { ms, how } => {
            let how = match how {
                Rejection::Alert => "alert",
                Rejection::NotTls => "not-tls",
                Rejection::Closed => "closed",
                Rejection::Reset => "reset",
            };
            format!("x{}/{how}", whole(ms))
        }
        Tls::Silent { ms } => format!("-{}", whole(ms)),
    });
    let get = get.map(|get| match get {
        Dialogue::Http { ms, status, .. } => format!("{}/{status}", whole(ms)),
        Dialogue::NotHttp { ms } => format!("x{}/not-http", whole(ms)),
        Dialogue::Closed { ms } => format!("x{}/closed", whole(ms)),
        Dialogue::Silent { ms } => format!("-{}", whole(ms)),
    });
    std::iter::once(connect).chain(tls).chain(get).collect()
}
