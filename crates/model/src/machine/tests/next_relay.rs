//! Scripts of a second relay, which is asked where the first does not get through.

use reachcheck_wire::{
    AddressFamily, Certificate, Connect, ControlsReport, DialReport, Dialogue, Rejection,
    ServerMessage, Tls,
};

use super::script::{Focus, Script, challenge, endpoint, fetch, first, said};
use crate::environment::BrowserFamily;
use crate::machine::{Action, Attempt};
use crate::observation::{Answer, NotRun, Outcome};
use crate::probe::Probe;

const SOCKET: Attempt = first(Probe::Socket);
const HTTPS: &str = "toronto/https";
const TCP: &str = "toronto/tcp";

const NOT_NEEDED: Option<Outcome> = Some(Outcome::NotRun(NotRun::NotNeeded));

fn next_dial(id: &str) -> Attempt {
    first(Probe::NextDial(endpoint(id)))
}

fn of(run: &Script, id: &str) -> Option<Outcome> {
    run.outcome(Probe::NextDial(endpoint(id)))
}

/// Both relays serve us, the one with place 1 is nearer, and its socket is open at 140 ms.
fn two_relays(change: impl FnOnce(&mut reachcheck_wire::Challenge)) -> Script {
    let mut run = Script::new(BrowserFamily::WebKit, 2, Focus::Relay);
    let mut nearer = challenge();
    change(&mut nearer);
    run.pass_over();
    run.ends(first(Probe::Challenge(1)), 40.0, said(nearer, 40.0));
    run.ends(first(Probe::Challenge(0)), 90.0, said(challenge(), 90.0));
    run.pass_over();
    run.opens(SOCKET, 50.0);
    run.pass_over();
    run
}

fn controls(run: &mut Script, answered: u32) {
    let report = ControlsReport {
        answered,
        configured: 1,
    };
    run.hears(SOCKET, ServerMessage::Controls { report });
}

fn dialled(run: &mut Script, report: DialReport) {
    let report = Box::new(report);
    run.hears(SOCKET, ServerMessage::Dial { report });
}

fn refused(id: &str) -> DialReport {
    DialReport {
        endpoint: id.to_owned(),
        connect: Connect::Refused { ms: 2.0 },
        ..DialReport::default()
    }
}

fn connected(id: &str, tls: Tls, get: Option<Dialogue>) -> DialReport {
    DialReport {
        endpoint: id.to_owned(),
        connect: Connect::Connected {
            ms: 2.0,
            family: AddressFamily::Ipv4,
        },
        tls: Some(tls),
        get,
        ..DialReport::default()
    }
}

fn http(id: &str) -> DialReport {
    let certificate = Certificate {
        subject: "pop.example".to_owned(),
        issuer: "CA".to_owned(),
        begins_unix: 0,
        expires_unix: i64::MAX,
        fault: None,
        lacks_issuer: false,
    };
    let tls = Tls::Finished {
        ms: 5.0,
        version: "TLS 1.3".to_owned(),
        certificate,
        alpn: None,
    };
    let get = Dialogue::Http {
        ms: 2.0,
        status: 200,
        keeps_open: true,
        version: None,
        body: None,
        whole: None,
    };
    connected(id, tls, Some(get))
}

fn rejected(id: &str, how: Rejection) -> DialReport {
    connected(id, Tls::Rejected { ms: 5.0, how }, None)
}

fn asks(id: &str) -> Action {
    Action::AskDial {
        base: "https://relay0.example/".to_owned(),
        endpoint: id.to_owned(),
    }
}

#[test]
fn the_next_relay_is_asked_about_what_fails_here_and_for_the_first() {
    let mut run = two_relays(|_| ());
    controls(&mut run, 1);
    dialled(&mut run, refused(HTTPS));
    dialled(&mut run, http("virginia/https"));
    dialled(&mut run, refused("seattle/https"));
    run.fails(fetch(HTTPS), 160.0);
    let action = run.starts(next_dial(HTTPS)).clone();
    assert_eq!(action, asks(HTTPS));
    // What the first relay gets through to, and what answers here, is not asked about.
    run.fails(fetch("virginia/https"), 170.0);
    run.answers(fetch("seattle/https"), 180.0);
    assert_eq!(of(&run, "virginia/https"), NOT_NEEDED);
    assert_eq!(of(&run, "seattle/https"), NOT_NEEDED);
    let report = Answer::Dial(Box::new(http(HTTPS)));
    let through = Outcome::Answered {
        ms: 300.0,
        answer: report,
    };
    run.ends(next_dial(HTTPS), 300.0, through.clone());
    assert_eq!(of(&run, HTTPS), Some(through));
}

#[test]
fn its_controls_are_asked_at_once() {
    let mut run = Script::new(BrowserFamily::WebKit, 2, Focus::Relay);
    run.pass_over();
    run.ends(first(Probe::Challenge(0)), 40.0, said(challenge(), 40.0));
    run.ends(first(Probe::Challenge(1)), 90.0, said(challenge(), 90.0));
    let asked = run.take_asked();
    let base = "https://relay1.example/".to_owned();
    let controls =
        crate::machine::Output::Start(first(Probe::NextControls), Action::AskControls { base });
    assert!(asked.contains(&controls), "{asked:?}");
}

/// Waiting for the deadline of what is silent here would make the report later than four seconds.
#[test]
fn what_is_silent_here_is_asked_about_before_its_deadline() {
    let mut run = two_relays(|_| ());
    controls(&mut run, 1);
    dialled(&mut run, refused(HTTPS));
    run.wait_for(next_dial(HTTPS));
    let started_ms = run.now();
    let deadline_ms = f64::from(crate::thresholds::ENDPOINT_DEADLINE_MS);
    assert!(started_ms < deadline_ms / 2.0, "{started_ms}");
    run.pass_over();
    let limit_ms = crate::thresholds::NEXT_RELAY_DEADLINE_MS;
    run.wait_until(started_ms + f64::from(limit_ms));
    let ms = f64::from(limit_ms);
    assert_eq!(of(&run, HTTPS), Some(Outcome::TimedOut { ms }));
}

#[test]
fn where_the_first_relay_is_no_view_from_outside_the_next_takes_its_place() {
    let asked_about_all = |run: &mut Script| {
        let asked = format!("{:?}", run.take_asked());
        assert_eq!(asked.matches("NextDial").count(), 8, "{asked}");
    };
    let mut lost = two_relays(|_| ());
    controls(&mut lost, 0);
    asked_about_all(&mut lost);

    let mut inside = Script::new(BrowserFamily::WebKit, 2, Focus::Relay);
    inside.pass_over();
    let mut nearer = challenge();
    nearer.outside = false;
    inside.ends(first(Probe::Challenge(1)), 40.0, said(nearer, 40.0));
    inside.ends(first(Probe::Challenge(0)), 90.0, said(challenge(), 90.0));
    asked_about_all(&mut inside);
}

/// A port that ends handshakes may speak another protocol, unless the service ends the relay's where it answers us.
#[test]
fn where_a_service_ends_the_relays_handshakes_a_tcp_endpoint_is_asked_about() {
    for (answers, is_asked) in [(true, true), (false, false)] {
        let mut run = two_relays(|_| ());
        controls(&mut run, 1);
        for region in ["toronto", "virginia", "seattle", "virginia-seattle"] {
            let https = format!("{region}/https");
            let report = match region {
                "seattle" => rejected(&https, Rejection::Reset),
                _ => http(&https),
            };
            dialled(&mut run, report);
        }
        dialled(&mut run, rejected(TCP, Rejection::Closed));
        run.fails(fetch(TCP), 150.0);
        for region in ["toronto", "virginia", "virginia-seattle"] {
            run.answers(fetch(&format!("{region}/https")), 200.0);
        }
        assert_eq!(of(&run, TCP), None);
        match answers {
            true => run.answers(fetch("seattle/https"), 200.0),
            false => run.fails(fetch("seattle/https"), 200.0),
        }
        let asked = format!("{:?}", run.take_asked());
        assert_eq!(asked.contains("toronto/tcp"), is_asked, "{asked}");
        let not_needed = of(&run, TCP) == NOT_NEEDED;
        assert_eq!(not_needed, !is_asked);
    }
}

#[test]
fn without_another_relay_that_serves_us_nobody_is_asked() {
    let mut run = Script::new(BrowserFamily::WebKit, 2, Focus::Relay);
    run.pass_over();
    let mut stranger = challenge();
    stranger.origin_allowed = false;
    run.ends(first(Probe::Challenge(1)), 40.0, said(stranger, 40.0));
    run.ends(first(Probe::Challenge(0)), 90.0, said(challenge(), 90.0));
    let unusable = Some(Outcome::NotRun(NotRun::RelayUnusable));
    assert_eq!(of(&run, HTTPS), unusable);
    assert_eq!(run.outcome(Probe::NextControls), unusable);
    // Of one relay nothing is planned.
    let one = Script::with_relay();
    assert_eq!(of(&one, HTTPS), None);
}
