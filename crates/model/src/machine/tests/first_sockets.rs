//! Scripts of runs after another one of the same tab.

use super::script::{Focus, Script, challenge, endpoint, failed, fetch, first, said, upgrade};
use crate::environment::BrowserFamily;
use crate::machine::FirstSockets;
use crate::observation::{Failure, Observations, Outcome};
use crate::plan::Plan;
use crate::probe::Probe;

const TCP: &str = "toronto/tcp";
const UNIX_MS: f64 = 1.8e12;

fn closed(ms: f64) -> Outcome {
    Outcome::Failed {
        ms,
        failure: Failure::Closed {
            code: 1015,
            opened: false,
        },
    }
}

fn plan() -> Plan {
    Plan::new(&crate::config::Config::default(), Vec::new(), &[])
}

/// What a run leaves whose requests failed after this time, seen from an address.
fn kept_by(fetch_ms: f64, address: &str) -> FirstSockets {
    let at = endpoint(TCP);
    let mut observations = Observations::default();
    let mut challenge = challenge();
    challenge.saw.address = address.to_owned();
    observations.insert(Probe::Challenge(0), said(challenge, 90.0));
    observations.insert(Probe::Fetch(at, 0), failed(fetch_ms));
    observations.insert(Probe::Upgrade(at), closed(160.0));
    FirstSockets::after(&plan(), &observations, UNIX_MS, &FirstSockets::default())
}

/// A second run, whose first request fails after 1,640 ms, and what it has by then of its WebSocket.
fn again(kept: FirstSockets) -> (Script, Option<Outcome>) {
    let mut run = Script::new(BrowserFamily::Firefox, 1, Focus::Endpoint(endpoint(TCP)));
    run.machine.remember(kept);
    run.starts(fetch(TCP));
    run.ends(first(Probe::Challenge(0)), 90.0, said(challenge(), 90.0));
    run.fails(fetch(TCP), 1_640.0);
    let socket = run.outcome(Probe::Upgrade(endpoint(TCP)));
    (run, socket)
}

const HERE: &str = "198.51.100.7";

#[test]
fn the_first_socket_stands_in_for_one_that_would_be_held_back() {
    let (run, socket) = again(kept_by(1_650.0, HERE));
    assert_eq!(socket, Some(closed(160.0)));
    let local = run.machine.observed().local(Probe::Upgrade(endpoint(TCP)));
    assert!(local.kept);
}

#[test]
fn it_tells_nothing_of_another_failure_or_from_another_address() {
    for kept in [kept_by(3_000.0, HERE), kept_by(1_650.0, "203.0.113.9")] {
        let (mut run, socket) = again(kept);
        assert_eq!(socket, None);
        run.starts(upgrade(TCP));
    }
}

/// Two refusals near by differ by what a browser adds.
#[test]
fn short_times_are_alike_within_some_milliseconds() {
    let kept = kept_by(3.0, HERE);
    let url = &kept.0[0].url;
    assert!(kept.find(url, 25.0, Some(HERE)).is_some());
    assert!(kept.find(url, 82.0, Some(HERE)).is_none());
}

#[test]
fn it_is_kept_for_a_minute_and_no_younger_where_the_clock_was_set_back() {
    let kept = || kept_by(1_650.0, HERE);
    assert_eq!(kept().at(UNIX_MS + 59_000.0).0.len(), 1);
    assert_eq!(kept().at(UNIX_MS + 61_000.0).0.len(), 0);
    assert_eq!(kept().at(UNIX_MS - 1_000.0).0.len(), 0);
}

/// A request that does not come back as it did then gets its WebSocket as ever, only later.
#[test]
fn a_silence_where_something_failed_before_is_asked_all_the_same() {
    let mut run = Script::new(BrowserFamily::Firefox, 1, Focus::Endpoint(endpoint(TCP)));
    run.machine.remember(kept_by(1_650.0, HERE));
    run.starts(fetch(TCP));
    run.idle_until(2_475.0);
    run.starts(upgrade(TCP));
}

/// A second one that was made all the same was held back, and is not taken for a first.
#[test]
fn a_second_socket_replaces_none() {
    let before = kept_by(1_650.0, HERE);
    let at = endpoint(TCP);
    let mut observations = Observations::default();
    observations.insert(Probe::Fetch(at, 0), failed(3.0));
    observations.insert(Probe::Upgrade(at), closed(6_400.0));
    let after = FirstSockets::after(&plan(), &observations, UNIX_MS + 9_000.0, &before);
    assert_eq!(after, before);
}

/// It reads again what it has written, and nothing else.
#[test]
fn it_is_kept_as_text() {
    let kept = kept_by(1_650.0, HERE);
    let text = reachcheck_wire::encode(&kept);
    assert_eq!(reachcheck_wire::decode(&text), Ok(kept));
    assert!(reachcheck_wire::decode::<FirstSockets>("{}").is_err());
}
