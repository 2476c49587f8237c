//! Signs of a connection, and how far attempts got, at the very bounds.

use super::*;
use crate::analysis::path::PathLength;
use crate::testing::{Scenario, answered, closed, failed, healthy, not_needed, rejects_tls};
use reachcheck_model::local_conditions::LocalConditions;
use reachcheck_model::observation::{Answer, NotRun};
use reachcheck_model::operating_system::OperatingSystem;

pub(in crate::analysis) const TCP: &str = "seattle/tcp";
/// A round trip, in milliseconds: at least, and at most.
pub(in crate::analysis) const PATH: PathLength = PathLength {
    shortest_ms: 80.0,
    longest_ms: 84.0,
};

/// Requests and WebSocket after these times (ms).
fn run(fetches: [f64; 3], socket: Outcome) -> Scenario {
    let [one, two, three] = fetches.map(failed);
    healthy().endpoint(TCP, [one, two, three, not_needed()], socket)
}

/// What a closure is given to read: the attempts of a run, and what they are measured by.
pub(in crate::analysis) struct Given {
    pub family: BrowserFamily,
    pub path: Option<PathLength>,
    pub grain_ms: Option<f64>,
    pub way: Intermediary,
}

pub(in crate::analysis) const FIREFOX: Given = Given {
    family: BrowserFamily::Firefox,
    path: Some(PATH),
    grain_ms: None,
    way: Intermediary::Direct,
};
const CHROMIUM: Given = Given {
    family: BrowserFamily::Chromium,
    ..FIREFOX
};
const WEBKIT: Given = Given {
    family: BrowserFamily::WebKit,
    ..FIREFOX
};

impl Given {
    pub fn of<T>(&self, run: &Scenario, read: impl FnOnce(&Attempts<'_>) -> T) -> T {
        let session = run.session();
        read(&Attempts {
            endpoint: run.find(TCP),
            observations: &session.observations,
            family: self.family,
            path: self.path.as_ref(),
            way: self.way,
            lookup_room_ms: None,
            clock_grain_ms: self.grain_ms,
            system: OperatingSystem::Linux,
        })
    }

    fn connection(&self, run: &Scenario) -> Connection {
        self.of(run, |attempts| Connection::read(attempts, false))
    }

    fn sign(&self, run: &Scenario) -> Option<Sign> {
        match self.connection(run) {
            Connection::Taken(taken) => Some(taken.sign),
            Connection::NotTaken | Connection::Unknown => None,
        }
    }
}

fn turn(outcome: Outcome) -> impl Fn(Scenario) -> Scenario {
    move |run| {
        let probe = Probe::Turn(run.find(TCP));
        run.set(probe, outcome.clone())
    }
}

fn names_nothing(ms: f64) -> Outcome {
    let answer = Answer::Turn {
        plain: false,
        tls: false,
    };
    answered(ms, answer)
}

#[test]
fn firefox_shows_tls_by_its_code_and_a_connection_by_repetition() {
    let sign = |fetches, socket| FIREFOX.sign(&run(fetches, socket));
    assert_eq!(sign([200.0; 3], closed(150.0, 1015)), Some(Sign::TlsFailed));
    assert_eq!(sign([200.0; 3], closed(150.0, 1006)), None);
    // Six times as long, and by half of that where it is ten round trips at once.
    assert_eq!(sign([480.0; 3], closed(80.0, 1006)), Some(Sign::Repeated));
    assert_eq!(sign([478.0; 3], closed(80.0, 1006)), None);
    assert_eq!(sign([830.0; 3], closed(260.0, 1006)), Some(Sign::Repeated));
    assert_eq!(sign([830.0; 3], closed(280.0, 1006)), None);
    // Near by only ten are ten.
    assert_eq!(sign([79.0; 3], closed(8.0, 1006)), Some(Sign::Repeated));
    assert_eq!(sign([79.0; 3], closed(9.0, 1006)), None);
    assert_eq!(sign([80.0; 3], closed(9.0, 1006)), Some(Sign::Repeated));
    // The fastest of three must have been repeated, too.
    assert_eq!(sign([80.0, 480.0, 480.0], closed(80.0, 1006)), None);
    // A WebSocket that ended sooner than a clock tells.
    assert_eq!(sign([8.9; 3], closed(0.2, 1006)), None);
    assert_eq!(sign([9.1; 3], closed(0.2, 1006)), Some(Sign::Repeated));
}

#[test]
fn firefox_shows_that_nothing_took_it_where_both_took_alike() {
    let read = |fetch, socket| {
        let connection = FIREFOX.connection(&run([fetch; 3], closed(socket, 1006)));
        connection == Connection::NotTaken
    };
    assert!(read(159.0, 80.0));
    assert!(!read(160.0, 80.0), "twice as long");
    // As long as ten repetitions of the shortest way could be: held back, both of them.
    assert!(read(479.0, 300.0));
    assert!(!read(480.0, 300.0));
    assert!(!read(300.0, 480.0));
    let without_path = Given {
        path: None,
        ..FIREFOX
    };
    let connection = without_path.connection(&run([85.0; 3], closed(80.0, 1006)));
    assert_eq!(connection, Connection::Unknown);
    // Without the WebSocket's time nothing is shown.
    let socket = Outcome::NotRun(NotRun::NotNeeded);
    assert_eq!(
        FIREFOX.connection(&run([85.0; 3], socket)),
        Connection::Unknown
    );
}

#[test]
fn chromium_shows_it_by_webrtc() {
    let failing = |ms: f64| run([ms; 3], closed(ms, 1006));
    let waits = turn(Outcome::TimedOut { ms: 3_000.0 });
    let sign = |run: Scenario| CHROMIUM.sign(&run);
    assert_eq!(sign(waits(failing(1_499.0))), Some(Sign::TurnWaits));
    assert_eq!(sign(waits(failing(1_500.0))), None, "not long ago");
    // The slowest of all counts, the WebSocket among them.
    assert_eq!(sign(waits(run([80.0; 3], closed(1_500.0, 1006)))), None);
    assert_eq!(
        sign(waits(run([80.0, 80.0, 1_500.0], closed(80.0, 1006)))),
        None
    );
    // It ended, and named nothing: nobody took it, unless the attempts were long.
    let ended = turn(names_nothing(150.0));
    let not_taken = |run: Scenario| CHROMIUM.connection(&run) == Connection::NotTaken;
    assert!(not_taken(ended(failing(209.0))));
    assert!(!not_taken(ended(failing(210.0))), "2.5 round trips");
    assert!(
        not_taken(ended(failing(400.0)).addresses(TCP, 2)),
        "of two addresses"
    );
    assert!(!not_taken(ended(failing(420.0)).addresses(TCP, 2)));
    // It ended when the page stopped asking.
    assert_eq!(
        sign(turn(names_nothing(2_980.0))(failing(80.0))),
        Some(Sign::TurnWaits)
    );
    assert!(not_taken(turn(names_nothing(2_979.9))(failing(80.0))));
    assert_eq!(sign(failing(80.0)), None);
    // What it named is told apart from all this.
    let named = CHROMIUM.of(&failing(80.0), |attempts| Connection::read(attempts, true));
    assert!(matches!(named, Connection::Taken(taken) if taken.sign == Sign::Turn));
    assert_eq!(WEBKIT.sign(&waits(failing(80.0))), None);
}

#[test]
fn a_mixture_of_answers_silence_and_failure_shows_nothing() {
    let socket = || closed(80.0, 1015);
    for other in [
        Outcome::TimedOut { ms: 8_000.0 },
        answered(250.0, Answer::Opaque),
    ] {
        let mixed = healthy().endpoint(
            TCP,
            [failed(80.0), failed(81.0), other, not_needed()],
            socket(),
        );
        assert_eq!(FIREFOX.connection(&mixed), Connection::Unknown);
    }
    let two = healthy().endpoint(
        TCP,
        [failed(80.0), failed(81.0), not_needed(), not_needed()],
        socket(),
    );
    assert_eq!(FIREFOX.sign(&two), Some(Sign::TlsFailed));
    let one = [failed(80.0), not_needed(), not_needed(), not_needed()];
    let one = healthy().endpoint(TCP, one, socket());
    assert_eq!(FIREFOX.connection(&one), Connection::Unknown);
}

fn taken(sign: Sign, fetch: Option<(f64, f64)>, socket: Option<(f64, f64)>) -> Taken {
    let dialogue = |(ms, own_delay_ms)| Dialogue { ms, own_delay_ms };
    Taken {
        sign,
        fetch: fetch.map(dialogue),
        socket: socket.map(dialogue),
        tenth_ms: None,
        grain_ms: 0.0,
    }
}

const CLOSES: Expectation = Expectation::NoTls(Rejection::Closed);
const AFTER: Expectation = Expectation::ClosedAfterTls;

/// How far one request got that took so long, with so much of the browser's own delay.
fn reach(ms: f64, own_delay_ms: f64, expect: Expectation, family: BrowserFamily) -> Reach {
    taken(Sign::Turn, Some((ms, own_delay_ms)), None).reach(expect, Some(&PATH), family)
}

/// The times (ms) below which an attempt was short, and from which it got as far, are these.
fn assert_bounds(expect: Expectation, family: BrowserFamily, below_ms: f64, from_ms: f64) {
    let at = |ms| reach(ms, 0.0, expect, family);
    let what = format!("{expect:?} in {family:?}");
    assert_eq!(at(below_ms - 0.1), Reach::Short, "{what}");
    assert_eq!(at(below_ms), Reach::Unclear, "{what}");
    assert_eq!(at(from_ms - 0.1), Reach::Unclear, "{what}");
    assert_eq!(at(from_ms), Reach::AsOutside, "{what}");
}

#[test]
fn an_attempt_got_as_far_as_the_dialogue_takes_round_trips() {
    use BrowserFamily::{Chromium, Firefox, WebKit};
    for family in [Chromium, Firefox, WebKit] {
        for expect in [AFTER, Expectation::NotHttp] {
            assert_bounds(expect, family, 2.5 * 80.0, 2.8 * 84.0);
        }
        assert_bounds(
            Expectation::CertificateRefused,
            family,
            1.3 * 80.0,
            1.5 * 84.0,
        );
    }
    assert_bounds(CLOSES, Chromium, 2.5 * 80.0, 3.4 * 84.0);
    assert_bounds(Expectation::Greets, Chromium, 2.5 * 80.0, 3.4 * 84.0);
    let alert = Expectation::NoTls(Rejection::Alert);
    assert_bounds(alert, Chromium, 1.5 * 80.0, 3.4 * 84.0);
    for family in [Firefox, WebKit] {
        for expect in [CLOSES, alert, Expectation::Greets] {
            assert_bounds(expect, family, 1.3 * 80.0, 1.5 * 84.0);
        }
    }
}

#[test]
fn the_browsers_own_delay_counts_against_an_attempt() {
    let at = |ms, own_ms| reach(ms, own_ms, AFTER, BrowserFamily::Firefox);
    // A dialogue of two round trips that was late: 2 x 1.1 x 84 and the delay.
    assert_eq!(at(244.7, 60.0), Reach::Unclear);
    assert_eq!(at(244.9, 60.0), Reach::AsOutside);
    // 2.5 x (80 - 10) ms is less than came from there.
    assert_eq!(at(174.9, 10.0), Reach::Short);
    assert_eq!(at(175.1, 10.0), Reach::Unclear);
    // Late by a round trip: that may be all of it.
    assert_eq!(at(400.0, 79.9), Reach::AsOutside);
    assert_eq!(at(400.0, 80.0), Reach::Unclear);
    assert_eq!(at(400.0, 90.0), Reach::Unclear);
}

#[test]
fn a_step_of_the_clock_counts_against_an_attempt() {
    let at = |ms, own_ms| {
        let taken = Taken {
            grain_ms: 5.0,
            ..taken(Sign::Turn, Some((ms, own_ms)), None)
        };
        taken.reach(AFTER, Some(&PATH), BrowserFamily::Firefox)
    };
    // A step at both ends: 2.8 x (84 + 5) + 5.
    assert_eq!(at(254.1, 0.0), Reach::Unclear);
    assert_eq!(at(254.3, 0.0), Reach::AsOutside);
    // 2.5 x (80 - 5) - 5.
    assert_eq!(at(182.4, 0.0), Reach::Short);
    assert_eq!(at(182.6, 0.0), Reach::Unclear);
    // 2 x 1.1 x (84 + 5) + 60 + 5.
    assert_eq!(at(260.7, 60.0), Reach::Unclear);
    assert_eq!(at(260.9, 60.0), Reach::AsOutside);
}

#[test]
fn a_path_that_is_unknown_or_short_tells_nothing() {
    let taken = taken(Sign::Turn, Some((1_000.0, 0.0)), None);
    let reach =
        |path: Option<PathLength>| taken.reach(AFTER, path.as_ref(), BrowserFamily::Firefox);
    let exactly = |ms| {
        Some(PathLength {
            shortest_ms: ms,
            longest_ms: ms,
        })
    };
    assert_eq!(reach(None), Reach::Unclear);
    assert_eq!(
        reach(exactly(limits::LEVELS_MIN_R_MS - 0.1)),
        Reach::Unclear
    );
    assert_eq!(reach(exactly(limits::LEVELS_MIN_R_MS)), Reach::AsOutside);
}

#[test]
fn requests_and_websocket_must_agree() {
    let (far, near, between) = ((300.0, 0.0), (100.0, 0.0), (210.0, 0.0));
    let reach = |fetch, socket| {
        let taken = taken(Sign::Turn, fetch, socket);
        taken.reach(AFTER, Some(&PATH), BrowserFamily::Firefox)
    };
    for (at, expected) in [
        (far, Reach::AsOutside),
        (near, Reach::Short),
        (between, Reach::Unclear),
    ] {
        assert_eq!(reach(Some(at), Some(at)), expected);
        assert_eq!(reach(Some(at), None), expected);
        assert_eq!(reach(None, Some(at)), expected);
    }
    for (one, other) in [(far, near), (near, far), (far, between), (between, near)] {
        assert_eq!(reach(Some(one), Some(other)), Reach::Unclear);
    }
    assert_eq!(reach(None, None), Reach::Unclear);
}

/// A WebSocket that was late beside requests each of whose ten dialogues ended before.
#[test]
fn a_tenth_of_what_was_repeated_must_be_as_long() {
    let reach = |tenth_ms, grain_ms, socket| {
        let taken = Taken {
            tenth_ms: Some(tenth_ms),
            grain_ms,
            ..taken(Sign::Repeated, None, Some((socket, 0.0)))
        };
        taken.reach(AFTER, Some(&PATH), BrowserFamily::Firefox)
    };
    assert_eq!(reach(235.1, 0.0, 300.0), Reach::Unclear);
    assert_eq!(reach(2.8 * 84.0, 0.0, 300.0), Reach::AsOutside);
    // 2.8 x (84 + 5) - 5.
    assert_eq!(reach(244.1, 5.0, 300.0), Reach::Unclear);
    assert_eq!(reach(244.3, 5.0, 300.0), Reach::AsOutside);
    // What the WebSocket shows to be short is short.
    assert_eq!(reach(85.0, 0.0, 100.0), Reach::Short);
}

/// What is read of a run becomes dialogues: the slower of the faster two requests, and the WebSocket.
#[test]
fn attempts_are_read_with_their_own_delay() {
    let run = run([240.0, 250.0, 900.0], closed(260.0, 1015));
    let fetch = |number| Probe::Fetch(run.find(TCP), number);
    let late = |own_delay_ms| LocalConditions {
        own_delay_ms: Some(own_delay_ms),
        ..LocalConditions::default()
    };
    let run = run
        .clone()
        .while_out(fetch(0), late(3.0))
        .while_out(fetch(1), late(40.0))
        .while_out(fetch(2), late(800.0))
        .while_out(Probe::Upgrade(run.find(TCP)), late(7.0));
    let Connection::Taken(read) = FIREFOX.connection(&run) else {
        panic!("not taken");
    };
    // Of the first one at least 237 ms are none of the browser's; the third counts for nothing.
    let expected = taken(Sign::TlsFailed, Some((250.0, 13.0)), Some((260.0, 7.0)));
    assert_eq!(read, expected);
    let coarse = Given {
        grain_ms: Some(16.0),
        ..FIREFOX
    };
    let Connection::Taken(read) = coarse.connection(&run) else {
        panic!("not taken");
    };
    assert_eq!(
        read,
        Taken {
            grain_ms: 16.0,
            ..expected
        }
    );
    let repeated = self::run([900.0, 950.0, 990.0], closed(85.0, 1006));
    let Connection::Taken(read) = FIREFOX.connection(&repeated) else {
        panic!("not taken");
    };
    let expected = Taken {
        tenth_ms: Some(95.0),
        ..taken(Sign::Repeated, None, Some((85.0, 0.0)))
    };
    assert_eq!(read, expected);
}

#[test]
fn what_ends_short_is_shorter_than_the_shortest_way() {
    let short = |fetches, socket, given: &Given| given.of(&run(fetches, socket), ends_short);
    let socket = || closed(10.0, 1006);
    // 0.7 x 80 ms, by the second fastest.
    assert!(short([20.0, 55.9, 900.0], socket(), &FIREFOX));
    assert!(!short([20.0, 56.0, 57.0], socket(), &FIREFOX));
    assert!(!short([20.0; 3], closed(56.0, 1006), &FIREFOX));
    assert!(short([20.0; 3], closed(55.9, 1006), &FIREFOX));
    assert!(short(
        [20.0; 3],
        Outcome::NotRun(NotRun::NotNeeded),
        &FIREFOX
    ));
    assert!(!short(
        [20.0; 3],
        Outcome::TimedOut { ms: 8_000.0 },
        &FIREFOX
    ));
    let coarse = Given {
        grain_ms: Some(5.0),
        ..FIREFOX
    };
    assert!(short([50.9; 3], socket(), &coarse));
    assert!(!short([51.0; 3], socket(), &coarse));
    let at = |ms| Given {
        path: Some(PathLength {
            shortest_ms: ms,
            longest_ms: ms,
        }),
        ..FIREFOX
    };
    assert!(!short(
        [1.0; 3],
        closed(1.0, 1006),
        &at(limits::LEVELS_MIN_R_MS - 0.1)
    ));
    assert!(short(
        [1.0; 3],
        closed(1.0, 1006),
        &at(limits::LEVELS_MIN_R_MS)
    ));
    let without = Given {
        path: None,
        ..FIREFOX
    };
    assert!(!short([1.0; 3], closed(1.0, 1006), &without));
}

#[test]
fn only_who_has_no_other_sign_is_compared_between_regions() {
    let failing = || run([160.0, 165.0, 170.0], closed(165.0, 1006));
    let switched_off = turn(Outcome::NotRun(NotRun::NotNeeded));
    let compared = |given: &Given, run: &Scenario| given.of(run, |it| candidate(it, CLOSES));
    let expected = Candidate {
        expect: CLOSES,
        path: PATH,
        ms: 165.0,
        own_delay_ms: 9.0,
    };
    // Of the last attempt, which alone had nothing before it to wait for.
    let last = Probe::Fetch(failing().find(TCP), limits::FETCHES_WHEN_FAILING - 1);
    let late = |run: Scenario| {
        run.while_out(
            last,
            LocalConditions {
                own_delay_ms: Some(9.0),
                ..LocalConditions::default()
            },
        )
    };
    assert_eq!(compared(&WEBKIT, &late(failing())), Some(expected));
    assert_eq!(
        compared(&CHROMIUM, &late(switched_off(failing()))),
        Some(expected)
    );
    let waits = turn(Outcome::TimedOut { ms: 3_000.0 });
    assert_eq!(compared(&CHROMIUM, &waits(failing())), None);
    assert_eq!(compared(&FIREFOX, &failing()), None);
    for way in [Intermediary::Proxy, Intermediary::EndsNearby] {
        assert_eq!(compared(&Given { way, ..WEBKIT }, &failing()), None);
    }
    // 1.15 times 160 ms.
    let apart = |ms| run([160.0, ms, 300.0], closed(165.0, 1006));
    assert!(compared(&WEBKIT, &apart(183.9)).is_some());
    assert!(compared(&WEBKIT, &apart(184.1)).is_none());
    let coarse = Given {
        grain_ms: Some(16.0),
        ..WEBKIT
    };
    assert_eq!(compared(&coarse, &failing()), None);
    let without = Given {
        path: None,
        ..WEBKIT
    };
    assert_eq!(compared(&without, &failing()), None);
    let as_taken = Taken::from(expected);
    assert_eq!(as_taken, taken(Sign::Ratio, Some((165.0, 9.0)), None));
}

/// Requests and WebSocket of Firefox at a port that closes at a hello from outside, after these times (ms).
fn fails(fetches: [f64; 3], socket_ms: f64) -> Scenario {
    let [one, two, three] = fetches.map(failed);
    healthy()
        .firefox()
        .endpoint(
            TCP,
            [one, two, three, not_needed()],
            closed(socket_ms, 1006),
        )
        .outside(TCP, rejects_tls(TCP, Rejection::Closed))
}

/// A request four times as long as its WebSocket tells neither, where the browser adds as much as both took.
#[test]
fn what_ends_sooner_than_the_service_can_was_ended_nearer() {
    let run = fails([28.0, 73.0, 9.0], 7.0);
    assert_eq!(run.check(TCP), "failed inferred");
    assert_eq!(run.findings(), ["refused-nearby / seattle - inferred"]);
}

/// As a busy machine showed it at a port that was refused near by (R = 84 ms).
#[test]
fn a_request_that_was_late_near_by_was_not_repeated() {
    let refused = fails([42.0, 54.0, 55.0], 7.0);
    assert_eq!(refused.findings(), ["not-connected / seattle - inferred"]);
}

/// As a busy machine showed it at a host that was refused near by: ten times the WebSocket, by the browser's own delay.
#[test]
fn what_the_browser_was_late_by_was_not_repeated() {
    let seen = |fetches, socket_ms, own_delay_ms| {
        let run = run(fetches, closed(socket_ms, 1006));
        let local = LocalConditions {
            own_delay_ms,
            ..LocalConditions::default()
        };
        let late = |run: Scenario, number| {
            let probe = Probe::Fetch(run.find(TCP), number);
            run.while_out(probe, local)
        };
        FIREFOX.sign(&(0..3).fold(run, late))
    };
    let refused = [108.0, 194.0, 169.0];
    assert_eq!(seen(refused, 10.0, Some(60.0)), None);
    // One of a browser that was in time, and one that no delay makes up for.
    assert_eq!(seen(refused, 10.0, Some(5.0)), Some(Sign::Repeated));
    let repeated = [840.0, 860.0, 850.0];
    assert_eq!(seen(repeated, 85.0, Some(145.0)), Some(Sign::Repeated));
}

#[test]
fn what_may_have_been_there_is_open() {
    let run = fails([135.0, 138.0, 133.0], 40.0);
    assert_eq!(run.check(TCP), "unknown none");
}

/// A hello that a box resets, as simulated: ten round trips, and a WebSocket that was late by one.
#[test]
fn a_late_socket_does_not_make_up_for_requests_that_ended_before() {
    let reset = |socket_ms| fails([939.0, 933.0, 850.0], socket_ms);
    assert_eq!(reset(206.0).check(TCP), "unknown none");
    assert_eq!(reset(83.0).check(TCP), "failed inferred");
    // A port that speaks no TLS: twenty round trips, and a WebSocket of two.
    let well = fails([1650.0, 1669.0, 1634.0], 206.0);
    assert_eq!(well.check(TCP), "ok inferred");
}
