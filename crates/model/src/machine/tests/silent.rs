//! Endpoints that are called silent so far: when, which, and that it changes nothing else.

use super::script::{Focus, Script, endpoint, fetch, upgrade};
use crate::environment::BrowserFamily;

const HTTPS: &str = "toronto/https";
const TCP: &str = "toronto/tcp";

/// A run without a relay.
fn run_in(family: BrowserFamily) -> Script {
    let mut run = Script::new(family, 0, Focus::Relay);
    run.pass_over();
    run
}

/// After the time of three SYNs every endpoint of which nothing has come is called silent, once; its deadline runs on.
#[test]
fn an_endpoint_is_called_silent_after_three_syns() {
    let mut run = run_in(BrowserFamily::Chromium);
    run.idle_until(3_299.0);
    assert_eq!(run.silent, []);
    run.idle_until(3_300.0);
    let all: Vec<_> = run.silent.iter().map(|(_, endpoint)| *endpoint).collect();
    let endpoints: Vec<_> = crate::catalogue::EndpointRef::of(4).collect();
    assert_eq!(all, endpoints);
    assert!(!run.is_finished);
    run.idle_until(6_000.0);
    run.pass_over();
    run.idle_until(7_999.0);
    assert!(!run.is_finished);
    run.idle_until(8_000.0);
    assert!(run.is_finished);
    assert_eq!(run.silent.len(), endpoints.len());
}

/// Whatever comes of an attempt before that, an answer or a failure, is no silence: of the `fetch` or of the WebSocket
/// that begins beside it.
#[test]
fn what_has_said_something_is_not_called_silent() {
    let is_called = |run: &Script, id: &str| {
        let mut silent = run.silent.iter();
        silent.any(|(_, called)| *called == endpoint(id))
    };
    for family in [BrowserFamily::Chromium, BrowserFamily::Firefox] {
        for id in [HTTPS, TCP] {
            let mut answers = run_in(family);
            answers.answers(fetch(id), 3_000.0);
            let mut fails = run_in(family);
            fails.fails(fetch(id), 2_100.0);
            let mut closes = run_in(family);
            closes.idle_until(1_500.0);
            closes.closes(upgrade(id), 270.0, 1006);
            for mut run in [answers, fails, closes] {
                run.idle_until(3_300.0);
                assert!(!is_called(&run, id), "{family:?} {id}");
                assert_eq!(run.silent.len(), 7, "{family:?} {id}");
            }
        }
    }
}

/// A run that is called off says nothing more.
#[test]
fn a_run_that_is_called_off_calls_nothing_silent() {
    let mut run = run_in(BrowserFamily::Firefox);
    run.idle_until(2_000.0);
    run.cancel();
    run.pass_over();
    run.idle_until(9_000.0);
    assert_eq!(run.silent, []);
}
