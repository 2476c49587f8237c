//! Scripts of one endpoint.

use reachcheck_wire as wire;

use super::script::{
    Focus, Script, again, answered, endpoint, failed, fetch, first, second, turn, upgrade,
};
use crate::config::{self, Config};
use crate::environment::BrowserFamily;
use crate::machine::{Action, Wish};
use crate::observation::{Answer, Failure, NotRun, Outcome};
use crate::probe::{Port, Probe};

const HTTPS: &str = "toronto/https";
const TCP: &str = "toronto/tcp";

const NOT_NEEDED: Option<Outcome> = Some(Outcome::NotRun(NotRun::NotNeeded));
const NOT_HERE: Option<Outcome> = Some(Outcome::NotRun(NotRun::NotHere));

fn timed_out(ms: f64) -> Option<Outcome> {
    Some(Outcome::TimedOut { ms })
}

/// Where an https endpoint answers, nothing else is asked of it.
#[test]
fn what_answers_is_asked_four_times() {
    let mut run = Script::at_endpoint(HTTPS);
    run.starts(fetch(HTTPS));
    run.answers(fetch(HTTPS), 250.0);
    for number in 1..4 {
        run.starts(again(HTTPS, number));
        run.answers(again(HTTPS, number), 84.0);
    }
    run.idle_until(10_000.0);
    let at = endpoint(HTTPS);
    assert_eq!(run.outcome(Probe::Fetch(at, 3)), Some(answered(84.0)));
    assert_eq!(run.outcome(Probe::Upgrade(at)), NOT_NEEDED);
    assert_eq!(run.outcome(Probe::GiveUp(at)), NOT_NEEDED);
    assert_eq!(run.outcome(Probe::Image(at)), NOT_HERE);
}

/// A TCP endpoint gets its WebSocket all the same, beside the repeats and not waited for in full.
#[test]
fn a_tcp_endpoint_that_answers_gets_a_second_opinion() {
    let mut run = Script::at_endpoint(TCP);
    run.starts(fetch(TCP));
    run.answers(fetch(TCP), 250.0);
    run.starts(again(TCP, 1));
    run.starts(upgrade(TCP));
    for number in 2..4 {
        run.answers(again(TCP, number - 1), 84.0);
        run.starts(again(TCP, number));
    }
    run.answers(again(TCP, 3), 84.0);
    run.idle_until(250.0 + 3_000.0);
    run.stops(upgrade(TCP));
    let at = endpoint(TCP);
    assert_eq!(run.outcome(Probe::Upgrade(at)), timed_out(3_000.0));
    assert_eq!(run.outcome(Probe::Turn(at)), NOT_NEEDED);
}

/// A failure is repeated after five times its own length, within bounds; three attempts are enough. A TCP endpoint
/// gets a WebSocket and, in Chromium, WebRTC's bytes beside.
#[test]
fn what_fails_is_repeated_after_gaps() {
    let mut run = Script::at_endpoint(TCP);
    run.starts(fetch(TCP));
    run.fails(fetch(TCP), 200.0);
    run.starts(upgrade(TCP));
    run.starts(turn(TCP));
    run.closes(upgrade(TCP), 120.0, 1006);
    run.ice(turn(TCP), false, true, 701);
    run.ice(turn(TCP), true, false, 701);
    run.stops(turn(TCP));
    run.idle_until(200.0 + 1_000.0);
    run.starts(again(TCP, 1));
    run.fails(again(TCP, 1), 3.0);
    run.pass_over();
    run.idle_until(1_203.0 + 700.0);
    run.starts(again(TCP, 2));
    run.fails(again(TCP, 2), 900.0);
    run.pass_over();
    run.idle_until(10_000.0);
    let at = endpoint(TCP);
    assert_eq!(run.outcome(Probe::Fetch(at, 3)), NOT_NEEDED);
    assert_eq!(
        run.outcome(Probe::Turn(at)),
        Some(Outcome::Answered {
            ms: 120.0,
            answer: Answer::Turn {
                plain: true,
                tls: false
            }
        })
    );
    assert_eq!(
        run.outcome(Probe::Upgrade(at)),
        Some(Outcome::Failed {
            ms: 120.0,
            failure: Failure::Closed {
                code: 1006,
                opened: false
            }
        })
    );
}

/// The longest gap, so that a run of slow failures ends.
#[test]
fn a_slow_failure_is_repeated_after_a_second_and_a_half() {
    let mut run = Script::at_endpoint_in(BrowserFamily::WebKit, HTTPS);
    run.starts(fetch(HTTPS));
    run.fails(fetch(HTTPS), 1_400.0);
    run.idle_until(1_400.0 + 1_500.0);
    run.starts(again(HTTPS, 1));
}

/// Firefox repeats a failure soon after both request and WebSocket have ended, and does not wait for a WebSocket that it
/// holds back.
#[test]
fn firefox_repeats_a_failure_after_a_short_gap() {
    let mut run = Script::at_endpoint_in(BrowserFamily::Firefox, TCP);
    run.starts(fetch(TCP));
    run.at(1_500.0);
    run.starts(upgrade(TCP));
    run.closes(upgrade(TCP), 170.0, 1006);
    run.fails(fetch(TCP), 1_700.0);
    run.idle_until(1_850.0);
    run.starts(again(TCP, 1));
    run.fails(again(TCP, 1), 1_650.0);
    run.starts(first(Probe::FreshName(endpoint(TCP))));
    run.idle_until(3_650.0);
    run.starts(again(TCP, 2));
    let mut held = Script::at_endpoint_in(BrowserFamily::Firefox, TCP);
    held.starts(fetch(TCP));
    held.fails(fetch(TCP), 100.0);
    held.starts(upgrade(TCP));
    held.idle_until(800.0);
    held.starts(again(TCP, 1));
}

/// Chromium holds WebSockets back once some have failed, and learns nothing by one here, but by WebRTC; Firefox says
/// 1015.
#[test]
fn an_https_endpoint_that_fails_gets_a_websocket_in_firefox_alone() {
    for (family, asks) in [
        (BrowserFamily::Chromium, false),
        (BrowserFamily::WebKit, false),
        (BrowserFamily::Firefox, true),
    ] {
        let mut run = Script::at_endpoint_in(family, HTTPS);
        run.starts(fetch(HTTPS));
        run.fails(fetch(HTTPS), 100.0);
        if asks {
            run.starts(upgrade(HTTPS));
            run.closes(upgrade(HTTPS), 90.0, 1015);
        }
        if family == BrowserFamily::Chromium {
            run.starts(turn(HTTPS));
        }
        // In Firefox after the WebSocket, in the others when no socket is left.
        run.idle_until(if asks { 340.0 } else { 800.0 });
        run.starts(again(HTTPS, 1));
        let upgraded = run.outcome(Probe::Upgrade(endpoint(HTTPS)));
        assert_eq!(upgraded != NOT_NEEDED, asks);
    }
}

/// A silent `fetch` has its WebSocket after a second and a half, and a deadline with it. It goes on beyond that
/// until the browser itself gives up.
#[test]
fn silence_gets_a_websocket_beside_it() {
    let mut run = Script::at_endpoint(HTTPS);
    run.starts(fetch(HTTPS));
    run.at(1_500.0);
    run.starts(upgrade(HTTPS));
    run.starts(turn(HTTPS));
    run.idle_until(8_000.0);
    run.stops(upgrade(HTTPS));
    let at = endpoint(HTTPS);
    assert_eq!(run.outcome(Probe::Fetch(at, 0)), timed_out(8_000.0));
    assert_eq!(run.outcome(Probe::Fetch(at, 1)), NOT_NEEDED);
    assert_eq!(run.outcome(Probe::Upgrade(at)), timed_out(6_500.0));
    assert_eq!(run.outcome(Probe::GiveUp(at)), None);
    run.fails(fetch(HTTPS), 31_000.0);
    assert_eq!(run.outcome(Probe::GiveUp(at)), Some(failed(31_000.0)));
}

#[test]
fn a_silence_that_nobody_gives_up_is_stopped() {
    let mut run = Script::at_endpoint(HTTPS);
    run.starts(fetch(HTTPS));
    run.at(1_500.0);
    run.starts(upgrade(HTTPS));
    run.starts(turn(HTTPS));
    run.at(8_000.0);
    run.stops(upgrade(HTTPS));
    run.idle_until(36_000.0);
    run.stops(fetch(HTTPS));
    run.idle_until(43_500.0);
    run.stops(turn(HTTPS));
    let given_up = run.outcome(Probe::GiveUp(endpoint(HTTPS)));
    assert_eq!(given_up, timed_out(36_000.0));
}

/// A late answer is an answer: it is repeated, and the WebSocket that was begun beside it goes on.
#[test]
fn an_answer_after_the_websocket_began_counts() {
    let mut run = Script::at_endpoint(HTTPS);
    run.starts(fetch(HTTPS));
    run.at(1_500.0);
    run.starts(upgrade(HTTPS));
    run.starts(turn(HTTPS));
    run.answers(fetch(HTTPS), 3_000.0);
    run.starts(again(HTTPS, 1));
    run.closes(upgrade(HTTPS), 1_600.0, 1006);
    assert!(run.outcome(Probe::Upgrade(endpoint(HTTPS))).is_some());
}

/// What falls silent later is not waited for again.
#[test]
fn a_repeat_without_an_answer_is_the_last() {
    let mut run = Script::at_endpoint(HTTPS);
    run.starts(fetch(HTTPS));
    run.answers(fetch(HTTPS), 250.0);
    run.starts(again(HTTPS, 1));
    run.idle_until(8_250.0);
    run.stops(again(HTTPS, 1));
    let at = endpoint(HTTPS);
    assert_eq!(run.outcome(Probe::Fetch(at, 1)), timed_out(8_000.0));
    assert_eq!(run.outcome(Probe::Fetch(at, 2)), NOT_NEEDED);
    assert_eq!(run.outcome(Probe::Fetch(at, 3)), NOT_NEEDED);
}

/// Bytes that are foreign to an endpoint are sent only where that is allowed, and where the browser tells of them.
#[test]
fn plain_bytes_are_sent_only_where_they_tell_something() {
    let unwanted = config::parse(r#"{"plain_tcp_probe": false}"#).expect("valid");
    for (config, family) in [
        (unwanted, BrowserFamily::Chromium),
        (Config::default(), BrowserFamily::Firefox),
    ] {
        let focus = Focus::Endpoint(endpoint(TCP));
        let mut run = Script::of(&config, family, 0, focus);
        run.starts(fetch(TCP));
        run.fails(fetch(TCP), 100.0);
        run.starts(upgrade(TCP));
        run.idle_until(800.0);
        assert_eq!(run.outcome(Probe::Turn(endpoint(TCP))), NOT_HERE);
    }
}

/// WebRTC is waited for until TLS is proven, or both of its ways were told of, or its time is over.
#[test]
fn webrtc_ends_as_soon_as_it_has_said_all() {
    let begin = || {
        let mut run = Script::at_endpoint(TCP);
        run.starts(fetch(TCP));
        run.fails(fetch(TCP), 100.0);
        run.starts(upgrade(TCP));
        run.starts(turn(TCP));
        run.closes(upgrade(TCP), 90.0, 1006);
        run
    };
    let told = |run: &Script| run.outcome(Probe::Turn(endpoint(TCP)));
    let turned = |ms, plain, tls| {
        Some(Outcome::Answered {
            ms,
            answer: Answer::Turn { plain, tls },
        })
    };
    let mut tls = begin();
    tls.ice(turn(TCP), true, true, 701);
    tls.stops(turn(TCP));
    assert_eq!(told(&tls), turned(90.0, false, true));

    let mut both = begin();
    both.ice(turn(TCP), false, true, 701);
    assert_eq!(told(&both), None);
    both.ice(turn(TCP), true, false, 701);
    both.stops(turn(TCP));
    assert_eq!(told(&both), turned(90.0, true, false));

    let mut neither = begin();
    neither.at(800.0);
    neither.starts(again(TCP, 1));
    neither.fails(again(TCP, 1), 100.0);
    neither.pass_over();
    neither.at(1_600.0);
    neither.starts(again(TCP, 2));
    neither.fails(again(TCP, 2), 100.0);
    neither.pass_over();
    neither.at(3_100.0);
    assert_eq!(told(&neither), turned(3_000.0, false, false));
    let late = |run: &Script| run.outcome(Probe::LateTurn(endpoint(TCP)));
    assert_eq!(late(&tls), NOT_NEEDED);
    assert_eq!(late(&both), NOT_NEEDED);
    assert_eq!(late(&neither), None);

    // A server that takes the connection and waits: Chromium names its address after 40 s.
    neither.at(30_100.0);
    neither.ice(turn(TCP), true, false, 701);
    assert_eq!(late(&neither), None);
    neither.at(40_100.0);
    neither.ice(turn(TCP), false, true, 701);
    neither.stops(turn(TCP));
    assert_eq!(late(&neither), turned(40_000.0, true, false));
}

/// The image is asked for at once.
#[test]
fn an_image_of_the_catalogue_is_loaded_beside() {
    let config = config::parse(
        r#"{"catalogue": {"provider": "P", "regions": [{"id": "toronto", "country": "C", "name": "N",
            "https": {"url": "https://a.example/", "image": "https://a.example/logo.png"},
            "tcp": {"host": "b.example"}}]}}"#,
    )
    .expect("valid");
    let at = endpoint(HTTPS);
    let focus = Focus::Endpoint(at);
    let mut run = Script::of(&config, BrowserFamily::Chromium, 0, focus);
    run.starts(fetch(HTTPS));
    let action = run.starts(first(Probe::Image(at)));
    assert_eq!(
        *action,
        Action::Image("https://a.example/logo.png".to_owned())
    );
}

/// The diagnosis knows enough: what is under way stops, the rest is not needed.
#[test]
fn enough_is_enough() {
    let mut run = Script::at_endpoint(TCP);
    run.starts(fetch(TCP));
    run.fails(fetch(TCP), 100.0);
    run.starts(upgrade(TCP));
    run.starts(turn(TCP));
    run.ice(turn(TCP), false, true, wire::STUN_ERROR);
    run.ice(turn(TCP), true, false, wire::STUN_ERROR);
    run.stops(turn(TCP));
    run.wishes(Wish::Enough(endpoint(TCP)));
    run.stops(upgrade(TCP));
    run.idle_until(5_000.0);
    let at = endpoint(TCP);
    assert_eq!(run.outcome(Probe::Upgrade(at)), Some(Outcome::Cancelled));
    assert_eq!(run.outcome(Probe::Fetch(at, 1)), NOT_NEEDED);
}

/// The diagnosis wants one attempt more than failures have.
#[test]
fn once_more_is_once_more() {
    let mut run = Script::at_endpoint_in(BrowserFamily::WebKit, HTTPS);
    run.starts(fetch(HTTPS));
    run.fails(fetch(HTTPS), 100.0);
    run.wishes(Wish::OnceMore(endpoint(HTTPS)));
    for (number, at) in [(1, 800.0), (2, 1_600.0), (3, 2_400.0)] {
        run.at(at);
        run.starts(again(HTTPS, number));
        run.fails(again(HTTPS, number), 100.0);
        run.pass_over();
    }
    run.idle_until(5_000.0);
    let last = run.outcome(Probe::Fetch(endpoint(HTTPS), 3));
    assert_eq!(last, Some(failed(100.0)));
}

/// Ports beside the endpoint's own come after the run has finished, one after the other.
#[test]
fn other_ports_wait_for_the_end_of_the_run() {
    let config = config::parse(
        r#"{"catalogue": {"provider": "P", "regions": [{"id": "toronto", "country": "C", "name": "N",
            "https": {"url": "https://a.example/"}, "tcp": {"host": "b.example", "port": 5222}}]}}"#,
    )
    .expect("valid");
    let mut run = Script::of(&config, BrowserFamily::Chromium, 0, Focus::Everything);
    for probe in [Probe::Origin, Probe::Canary] {
        run.starts(first(probe));
    }
    run.starts(fetch(HTTPS));
    run.starts(fetch(TCP));
    run.starts(second(Probe::Timing));
    run.ends(second(Probe::Timing), 0.0, answered(0.0));
    run.fails(first(Probe::Canary), 20.0);
    run.answers(first(Probe::Origin), 80.0);
    for id in [HTTPS, TCP] {
        run.ends(fetch(id), 100.0, answered(100.0));
        run.starts(again(id, 1));
        if id == TCP {
            run.starts(upgrade(id));
        }
    }
    for number in 1..4 {
        for id in [HTTPS, TCP] {
            run.ends(again(id, number), 0.0, answered(84.0));
            if number < 3 {
                run.starts(again(id, number + 1));
            }
        }
    }
    assert!(!run.is_finished);
    run.closes(upgrade(TCP), 90.0, 1006);
    assert!(run.is_finished && !run.is_settled);
    let port = |id, port| first(Probe::OwnPort(endpoint(id), port));
    run.starts(port(TCP, Port::Http));
    run.starts(port(HTTPS, Port::Http));
    run.fails(port(HTTPS, Port::Http), 5.0);
    run.starts(port(HTTPS, Port::Xmpp));
    run.idle_until(190.0 + 4_000.0);
    run.stops(port(TCP, Port::Http));
    let xmpp = run.outcome(Probe::OwnPort(endpoint(TCP), Port::Xmpp));
    assert_eq!(xmpp, NOT_NEEDED, "its own port");
    run.at(195.0 + 4_000.0);
    run.stops(port(HTTPS, Port::Xmpp));
    assert!(run.is_settled);
}
