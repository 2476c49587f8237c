//! The raw times, one line per endpoint, for whoever looks closer. The same in every language.

use reachcheck_wire::{Connect, DialReport, Dialogue, Family, Rejection, Tls};

use crate::catalogue::EndpointRef;
use crate::observation::{Answer, Failure, Observations, Outcome};
use crate::plan::{ClockSource, Plan, Port, Probe};
use crate::thresholds::FETCHES;

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
        ("gave-up", Probe::GiveUp(endpoint)),
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
    if let Some(Outcome::Answered {
        answer: Answer::Dial(report),
        ..
    }) = observations.get(Probe::Dial(endpoint))
    {
        words.push("out".to_owned());
        words.extend(dial_words(report));
        if let Some(other) = &report.other {
            let family = match other.family {
                Family::Ipv4 => "ipv4",
                Family::Ipv6 => "ipv6",
            };
            words.push(family.to_owned());
            words.extend(dial_words(&DialReport {
                connect: other.connect,
                tls: other.tls.clone(),
                get: None,
                ..DialReport::clone(report)
            }));
        }
    }
    words.join(" ")
}

fn word(outcome: &Outcome) -> Option<String> {
    match outcome {
        Outcome::Answered { ms, answer } => Some(match answer {
            Answer::Pings(times) => {
                let times: Vec<String> = times.iter().map(|ms| format!("{ms:.0}")).collect();
                times.join("/")
            }
            Answer::Controls(report) => format!("{}/{}", report.answered, report.configured),
            Answer::Clock {
                local_unix_ms,
                remote_unix_ms,
            } => format!("{:+.0}", local_unix_ms - remote_unix_ms),
            Answer::Turn { plain, tls } => match (plain, tls) {
                (_, true) => "tls".to_owned(),
                (true, false) => "tcp".to_owned(),
                (false, false) => "none".to_owned(),
            },
            Answer::Timing(timing) => timing.relay.as_ref().or(timing.page.as_ref()).map_or_else(
                || "hidden".to_owned(),
                |phases| {
                    format!(
                        "{:.0}/{:.0}/{:.0}/{:.0}",
                        phases.lookup_ms(),
                        phases.connect_ms(),
                        phases.tls_ms(),
                        phases.request_ms()
                    )
                },
            ),
            _ => format!("{ms:.0}"),
        }),
        Outcome::Failed { ms, failure } => Some(match failure {
            Failure::Closed { code, .. } => format!("x{ms:.0}/{code}"),
            Failure::Network {
                tls_finished: Some(true),
            } => format!("x{ms:.0}/tls"),
            Failure::Network { .. }
            | Failure::ConnectedOnly
            | Failure::WrongAnswer
            | Failure::Busy
            | Failure::Forbidden => {
                format!("x{ms:.0}")
            }
        }),
        Outcome::TimedOut { ms } => Some(format!("-{ms:.0}")),
        Outcome::Cancelled | Outcome::NotRun(_) => None,
    }
}

fn dial_words(report: &DialReport) -> Vec<String> {
    let connect = match report.connect {
        Connect::Connected { ms, .. } => format!("{ms:.0}"),
        Connect::Refused { ms } => format!("x{ms:.0}"),
        Connect::TimedOut { ms } => format!("-{ms:.0}"),
        Connect::Unreachable { .. } => "no-route".to_owned(),
        Connect::NotResolved => "no-name".to_owned(),
        Connect::Forbidden => "forbidden".to_owned(),
        Connect::NotTried => "not-tried".to_owned(),
    };
    let tls = report.tls.as_ref().map(|tls| match tls {
        Tls::Finished {
            ms,
            version,
            certificate,
        } => {
            let version = version.replace(' ', "");
            match certificate.fault {
                None => format!("{ms:.0}/{version}"),
                Some(_) => format!("{ms:.0}/{version}/bad-certificate"),
            }
        }
        Tls::Rejected { ms, how } => {
            let how = match how {
                Rejection::Alert => "alert",
                Rejection::NotTls => "not-tls",
                Rejection::Closed => "closed",
                Rejection::Reset => "reset",
            };
            format!("x{ms:.0}/{how}")
        }
        Tls::Silent { ms } => format!("-{ms:.0}"),
    });
    let get = report.get.map(|get| match get {
        Dialogue::Http { ms, status, .. } => format!("{ms:.0}/{status}"),
        Dialogue::NotHttp { ms } => format!("x{ms:.0}/not-http"),
        Dialogue::Closed { ms } => format!("x{ms:.0}/closed"),
        Dialogue::Silent { ms } => format!("-{ms:.0}"),
    });
    std::iter::once(connect).chain(tls).chain(get).collect()
}
