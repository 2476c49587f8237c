//! Scripts of what is done with a relay.

use reachcheck_wire::{
    self as wire, ClientMessage, ControlsReport, Hold, Refusal, Schedule, ServerMessage,
};

use super::script::{
    Focus, Script, answered, challenge, endpoint, failed, first, said, saw, second, third,
};
use crate::environment::BrowserFamily;
use crate::machine::{Action, Attempt};
use crate::observation::{Answer, Failure, NotRun, Outcome};
use crate::probe::{ClockSource, Port, Probe};

const ASKED: Attempt = first(Probe::Challenge(0));
const SOCKET: Attempt = first(Probe::Socket);

fn not_run(why: NotRun) -> Option<Outcome> {
    Some(Outcome::NotRun(why))
}

/// The relay answered after 250 ms, and nothing but its socket is looked at from here on.
fn talking() -> Script {
    let mut run = Script::with_relay();
    run.starts(ASKED);
    run.starts(SOCKET);
    run.opens(SOCKET, 200.0);
    run.ends(ASKED, 250.0, said(challenge(), 250.0));
    run.pass_over();
    run
}

/// Where there is one relay its WebSocket need not wait for the challenge; what is said on it does.
#[test]
fn one_relay_is_connected_to_at_once_and_talked_to_once_it_has_proved_itself() {
    let mut run = Script::with_relay();
    run.starts(ASKED);
    run.starts(SOCKET);
    run.opens(SOCKET, 200.0);
    assert_eq!(run.outcome(Probe::Socket), None);
    run.ends(ASKED, 250.0, said(challenge(), 250.0));
    run.starts(first(Probe::Timing));
    run.starts(first(Probe::Plain));
    run.starts(first(Probe::Hold));
    run.starts(first(Probe::Port(Port::Http)));
    run.starts(first(Probe::Port(Port::Xmpp)));
    run.says(SOCKET, ClientMessage::Controls);
    for region in ["toronto", "virginia", "seattle", "virginia-seattle"] {
        for kind in ["https", "tcp"] {
            let endpoint = format!("{region}/{kind}");
            run.says(SOCKET, ClientMessage::Dial { endpoint });
        }
    }
    run.says(SOCKET, ClientMessage::Saw);
    let schedule = Schedule::Short;
    run.says(SOCKET, ClientMessage::Events { schedule });
    run.says(SOCKET, ClientMessage::Ping { number: 0 });
    assert_eq!(
        run.outcome(Probe::Socket),
        Some(Outcome::Answered {
            ms: 200.0,
            answer: Answer::Opened
        })
    );
    // This challenge was not answered by a driver that reads clocks.
    let clock = run.outcome(Probe::Clock(ClockSource::Relay));
    assert_eq!(clock, not_run(NotRun::NotOffered));
}

/// Where there are several, the nearest of those that serve us is connected to once all have been heard of.
#[test]
fn of_several_relays_the_nearest_is_used() {
    let mut run = Script::new(BrowserFamily::Firefox, 3, Focus::Relay);
    for index in 0..3 {
        run.starts(first(Probe::Challenge(index)));
    }
    let busy = wire::Challenge {
        busy: true,
        ..challenge()
    };
    run.ends(first(Probe::Challenge(1)), 20.0, said(busy, 20.0));
    run.ends(first(Probe::Challenge(2)), 90.0, said(challenge(), 90.0));
    run.ends(first(Probe::Challenge(0)), 120.0, said(challenge(), 120.0));
    let action = run.starts(SOCKET);
    assert_eq!(
        *action,
        Action::RelaySocket {
            base: "https://relay2.example/".to_owned(),
            port: None
        }
    );
}

/// What a relay is not asked is not run; the socket that was begun ahead is dropped.
#[test]
fn without_a_relay_that_serves_us_nothing_of_it_is_run() {
    let mut run = Script::with_relay();
    run.starts(ASKED);
    run.starts(SOCKET);
    run.opens(SOCKET, 60.0);
    let stranger = wire::Challenge {
        origin_allowed: false,
        ..challenge()
    };
    run.ends(ASKED, 90.0, said(stranger, 90.0));
    run.stops(SOCKET);
    run.starts(second(Probe::Timing));
    for probe in [
        Probe::Socket,
        Probe::Pings,
        Probe::Saw,
        Probe::RelayControls,
        Probe::Dial(endpoint("seattle/tcp")),
        Probe::Port(Port::Http),
        Probe::Plain,
        Probe::Hold,
        Probe::Clock(ClockSource::Relay),
    ] {
        assert_eq!(
            run.outcome(probe),
            not_run(NotRun::RelayUnusable),
            "{probe:?}"
        );
    }
    let none = Script::new(BrowserFamily::Chromium, 0, Focus::Relay);
    assert_eq!(none.outcome(Probe::Hold), not_run(NotRun::NoRelay));
}

/// A relay that is not outside is talked to, and not asked what it sees.
#[test]
fn a_relay_inside_is_not_asked_for_a_view_from_outside() {
    let mut run = Script::with_relay();
    run.starts(ASKED);
    run.starts(SOCKET);
    run.opens(SOCKET, 60.0);
    let inside = wire::Challenge {
        outside: false,
        ..challenge()
    };
    run.ends(ASKED, 90.0, said(inside, 90.0));
    assert_eq!(
        run.outcome(Probe::RelayControls),
        not_run(NotRun::RelayInside)
    );
    let asked = run.take_asked();
    assert!(!format!("{asked:?}").contains("Dial"), "{asked:?}");
}

/// A second try after a gap: behind a proxy that wants a login the first may fail although HTTPS has just passed.
/// What the socket would have been asked is asked by HTTPS then.
#[test]
fn a_socket_that_fails_is_tried_twice_and_then_done_without() {
    let mut run = Script::with_relay();
    run.starts(ASKED);
    run.starts(SOCKET);
    run.closes(SOCKET, 30.0, 1006);
    run.ends(ASKED, 90.0, said(challenge(), 90.0));
    run.pass_over();
    for other in [
        Probe::Port(Port::Http),
        Probe::Port(Port::Xmpp),
        Probe::Plain,
    ] {
        run.ends(first(other), 100.0, Outcome::NotRun(NotRun::NotHere));
    }
    run.ends(first(Probe::Timing), 100.0, answered(100.0));
    run.starts(second(Probe::Timing));
    run.ends(second(Probe::Timing), 0.0, answered(0.0));
    run.idle_until(890.0);
    run.starts(second(Probe::Socket));
    run.closes(second(Probe::Socket), 40.0, 1006);
    run.starts(first(Probe::RelayControls));
    let seattle = endpoint("seattle/tcp");
    let asked = run.take_asked();
    assert_eq!(asked.len(), 8, "{asked:?}");
    run.ends(first(Probe::Dial(seattle)), 12.0, failed(12.0));
    assert_eq!(run.outcome(Probe::Dial(seattle)), Some(failed(12.0)));
    for probe in [Probe::Pings, Probe::Events, Probe::Saw, Probe::Hold] {
        assert_eq!(run.outcome(probe), not_run(NotRun::NoSocket));
    }
}

/// Asking again would take a place from others.
#[test]
fn a_relay_without_room_is_not_asked_twice() {
    let mut run = Script::with_relay();
    run.starts(ASKED);
    run.starts(SOCKET);
    run.closes(SOCKET, 30.0, wire::CLOSE_BUSY);
    run.ends(ASKED, 90.0, said(challenge(), 90.0));
    assert_eq!(
        run.outcome(Probe::Socket),
        Some(Outcome::Failed {
            ms: 30.0,
            failure: Failure::Busy
        })
    );
}

#[test]
fn each_ping_waits_for_the_one_before() {
    let mut run = talking();
    for number in 1..=5 {
        run.at(250.0 + 80.0 * f64::from(number));
        run.hears(SOCKET, ServerMessage::Pong { number: number - 1 });
        if number < 5 {
            run.says(SOCKET, ClientMessage::Ping { number });
        }
    }
    assert_eq!(
        run.outcome(Probe::Pings),
        Some(Outcome::Answered {
            ms: 400.0,
            answer: Answer::Pings(vec![80.0; 5])
        })
    );
}

/// What comes within its deadline counts, also if it is not all.
#[test]
fn what_is_asked_on_the_socket_has_a_deadline_each() {
    let mut run = talking();
    run.at(330.0);
    run.hears(SOCKET, ServerMessage::Pong { number: 0 });
    run.says(SOCKET, ClientMessage::Ping { number: 1 });
    let event = |sequence, due_ms| ServerMessage::Event { sequence, due_ms };
    run.hears(SOCKET, event(0, 0));
    run.hears(SOCKET, event(0, 0));
    run.at(380.0);
    run.hears(SOCKET, event(1, 40));
    for other in [Probe::Port(Port::Http), Probe::Port(Port::Xmpp)] {
        run.ends(first(other), 200.0, said(challenge(), 200.0));
    }
    run.ends(first(Probe::Plain), 210.0, Outcome::NotRun(NotRun::NotHere));
    run.ends(first(Probe::Timing), 220.0, answered(220.0));
    run.starts(second(Probe::Timing));
    run.ends(second(Probe::Timing), 0.0, answered(0.0));
    run.opens(first(Probe::Hold), 240.0);
    let hold = Hold::Short;
    run.says(first(Probe::Hold), ClientMessage::Hold { hold });
    run.at(250.0 + 6_000.0);
    assert_eq!(
        run.outcome(Probe::Pings),
        Some(Outcome::Answered {
            ms: 6_000.0,
            answer: Answer::Pings(vec![80.0])
        })
    );
    let Some(Outcome::Answered {
        answer: Answer::Events(events),
        ms,
    }) = run.outcome(Probe::Events)
    else {
        panic!("no events");
    };
    assert_eq!((events.arrived, events.late_ms_max, ms), (2, 10.0, 4_500.0));
    let saw_timed_out = Some(Outcome::TimedOut { ms: 5_000.0 });
    assert_eq!(run.outcome(Probe::Saw), saw_timed_out);
    // Everything is out of time: the socket is not needed any more.
    run.at(250.0 + 12_000.0);
    run.stops(SOCKET);
}

/// What was under way on the socket alone failed; what can be asked elsewhere is.
#[test]
fn a_socket_that_breaks_leaves_its_questions_to_https() {
    let mut run = talking();
    run.at(350.0);
    let report = ControlsReport {
        answered: 1,
        configured: 1,
    };
    run.hears(SOCKET, ServerMessage::Controls { report });
    let report = saw();
    run.hears(SOCKET, ServerMessage::Saw { report });
    run.closes(SOCKET, 400.0, 1006);
    let asked = run.take_asked();
    assert_eq!(asked.len(), 8, "{asked:?}");
    assert!(format!("{asked:?}").contains("AskDial"));
    let cut = Some(Outcome::Failed {
        ms: 150.0,
        failure: Failure::Closed {
            code: 1006,
            opened: true,
        },
    });
    assert_eq!(run.outcome(Probe::Pings), cut);
    assert_eq!(run.outcome(Probe::Events), cut);
}

/// A front that takes a WebSocket and closes it at once has done so before the challenge is answered.
#[test]
fn a_socket_that_was_closed_before_anything_was_said_did_open() {
    let mut run = Script::with_relay();
    run.starts(ASKED);
    run.starts(SOCKET);
    run.opens(SOCKET, 60.0);
    run.closes(SOCKET, 61.0, 1000);
    run.ends(ASKED, 90.0, said(challenge(), 90.0));
    assert!(
        run.outcome(Probe::Socket)
            .is_some_and(|it| it.answered_ms().is_some())
    );
    let pings = run.outcome(Probe::Pings);
    assert!(pings.is_some_and(|it| it.is_failure()));
    let asked = format!("{:?}", run.take_asked());
    assert_eq!(asked.matches("AskDial").count(), 8, "{asked}");
    let ms = match run.outcome(Probe::Pings) {
        Some(Outcome::Failed { ms, .. }) => ms,
        other => panic!("{other:?}"),
    };
    assert!(ms >= 0.0, "{ms}");
}

#[test]
fn a_hold_ends_with_the_relays_word_or_is_cut_or_stays_silent() {
    let held = first(Probe::Hold);
    let open = || {
        let mut run = Script::new(BrowserFamily::WebKit, 1, Focus::Relay);
        run.starts(ASKED);
        run.starts(SOCKET);
        run.opens(SOCKET, 200.0);
        run.ends(ASKED, 250.0, said(challenge(), 250.0));
        run.pass_over();
        for other in [Probe::Port(Port::Http), Probe::Port(Port::Xmpp)] {
            run.ends(first(other), 10.0, said(challenge(), 10.0));
        }
        run.closes(SOCKET, 300.0, 1006);
        run.pass_over();
        run.opens(held, 90.0);
        let hold = Hold::Short;
        run.says(held, ClientMessage::Hold { hold });
        run
    };
    let outcome = |run: &Script| run.outcome(Probe::Hold);
    let mut refused = open();
    let why = Refusal::Busy;
    let endpoint = None;
    refused.hears(held, ServerMessage::Refused { why, endpoint });
    assert_eq!(outcome(&refused), not_run(NotRun::NotOffered));

    let mut cut = open();
    cut.closes(held, 90.0 + 4.0, 1006);
    assert_eq!(
        outcome(&cut),
        Some(Outcome::Failed {
            ms: 4.0,
            failure: Failure::Closed {
                code: 1006,
                opened: true
            }
        })
    );
    let mut kept = open();
    kept.hears(held, ServerMessage::Held { hold: Hold::Short });
    assert_eq!(
        outcome(&kept),
        Some(Outcome::Answered {
            ms: 0.0,
            answer: Answer::Held
        })
    );
}

/// Another port is asked twice, since the first try also paid for the name, and then in another way whether it was
/// connected at least.
#[test]
fn another_port_that_fails_is_asked_in_another_way() {
    let probe = Probe::Port(Port::Http);
    let begin = |family| {
        let mut run = Script::new(family, 1, Focus::Relay);
        run.starts(ASKED);
        run.starts(SOCKET);
        let without = wire::Challenge {
            ports: vec![443, 80],
            plain: false,
            ..challenge()
        };
        run.closes(SOCKET, 80.0, wire::CLOSE_BUSY);
        run.ends(ASKED, 90.0, said(without, 90.0));
        run.pass_over();
        assert_eq!(
            run.outcome(Probe::Port(Port::Xmpp)),
            not_run(NotRun::NotOffered)
        );
        assert_eq!(run.outcome(Probe::Plain), not_run(NotRun::NotOffered));
        run.fails(first(probe), 100.0);
        run.idle_until(90.0 + 100.0 + 700.0);
        run.starts(second(probe));
        run.fails(second(probe), 60.0);
        run
    };
    let failed_with = |failure| Some(Outcome::Failed { ms: 60.0, failure });

    let mut chromium = begin(BrowserFamily::Chromium);
    let action = chromium.starts(third(probe));
    assert!(matches!(action, Action::GatherRelay { port: 80, .. }));
    chromium.ice(third(probe), false, true, 701);
    chromium.ice(third(probe), false, false, 701);
    chromium.stops(third(probe));
    assert_eq!(chromium.outcome(probe), failed_with(Failure::ConnectedOnly));

    let mut firefox = begin(BrowserFamily::Firefox);
    let action = firefox.starts(third(probe));
    assert!(matches!(action, Action::RelaySocket { port: Some(80), .. }));
    firefox.closes(third(probe), 50.0, 1015);
    assert_eq!(firefox.outcome(probe), failed_with(Failure::ConnectedOnly));

    let webkit = begin(BrowserFamily::WebKit);
    let network = Failure::Network { tls_finished: None };
    assert_eq!(webkit.outcome(probe), failed_with(network));
}

/// Requests as long as Windows repeats a refused SYN, beside a WebSocket that ended long before: connected and cut, ten
/// times. One that took as long was refused.
#[test]
fn what_firefox_repeats_on_another_port_was_connected() {
    let probe = Probe::Port(Port::Http);
    let ends = |family, requests_ms, socket_ms| {
        let mut run = Script::new(family, 1, Focus::Relay);
        run.starts(ASKED);
        run.starts(SOCKET);
        let without = wire::Challenge {
            ports: vec![443, 80],
            plain: false,
            ..challenge()
        };
        run.closes(SOCKET, 80.0, wire::CLOSE_BUSY);
        run.ends(ASKED, 90.0, said(without, 90.0));
        run.pass_over();
        run.ends(first(Probe::Timing), 1.0, answered(1.0));
        run.starts(second(Probe::Timing));
        run.ends(second(Probe::Timing), 0.0, answered(0.0));
        run.fails(first(probe), requests_ms);
        run.idle_until(90.0 + requests_ms + crate::plan::failure_gap_ms(requests_ms));
        run.starts(second(probe));
        run.fails(second(probe), requests_ms);
        run.starts(third(probe));
        run.closes(third(probe), socket_ms, 1006);
        run.outcome(probe)
    };
    let firefox = |requests_ms, socket_ms| ends(BrowserFamily::Firefox, requests_ms, socket_ms);
    let connected = |ms| {
        let failure = Failure::ConnectedOnly;
        Some(Outcome::Failed { ms, failure })
    };
    assert_eq!(firefox(2_040.0, 204.0), connected(2_040.0));
    assert_eq!(firefox(2_003.0, 2_004.0), Some(failed(2_003.0)));
    // A refusal close by, which the busy browser told late.
    assert_eq!(firefox(60.0, 4.0), Some(failed(60.0)));
}

/// The one bad moment of a network is no firewall.
#[test]
fn plain_bytes_to_the_relay_are_tried_twice() {
    let mut run = talking();
    let plain = Probe::Plain;
    run.at(300.0);
    run.ice(first(plain), false, false, 701);
    run.stops(first(plain));
    run.starts(second(plain));
    run.at(360.0);
    run.ice(second(plain), false, true, wire::STUN_ERROR);
    run.stops(second(plain));
    assert_eq!(
        run.outcome(plain),
        Some(Outcome::Answered {
            ms: 110.0,
            answer: Answer::Passed
        })
    );
}

/// The browser's timing is read after a second challenge, which goes over the connection that stands by then.
#[test]
fn timing_is_read_after_a_second_challenge() {
    let mut run = talking();
    run.ends(first(Probe::Timing), 84.0, said(challenge(), 84.0));
    let action = run.starts(second(Probe::Timing));
    assert_eq!(
        *action,
        Action::ReadTiming {
            challenge: Some(("https://relay0.example/".to_owned(), "nonce".to_owned())),
            warm_ms: Some(84.0)
        }
    );
}
