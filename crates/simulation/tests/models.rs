//! The models of engine, path and system, without noise: times in round trips, as docs/browsers.md has them.

use fastrand::Rng;
use reachcheck_lab::engine::Engine;
use reachcheck_lab::worlds;
use reachcheck_model::catalogue::{EndpointRef, Kind};
use reachcheck_model::machine::{Action, Attempt, CANARY_DOMAIN, Input, Sign};
use reachcheck_model::observation::Outcome;
use reachcheck_model::probe::Probe;
use reachcheck_simulation::browser::Browser;
use reachcheck_simulation::noise::Residuals;
use reachcheck_simulation::scene::Scene;
use reachcheck_simulation::system::System;

const TORONTO: EndpointRef = EndpointRef {
    region: 0,
    kind: Kind::Https,
};
const VIRGINIA_TCP: EndpointRef = EndpointRef {
    region: 1,
    kind: Kind::Tcp,
};
/// The lab's round trip, in milliseconds.
const R: f64 = 80.0;

fn scene(world: &str) -> Scene {
    let case = worlds::all().into_iter().find(|case| case.name == world);
    Scene::of(&case.expect("a world of the lab")).expect("a simulated world")
}

fn browser(scene: &Scene, engine: Engine, system: System) -> Browser<'_> {
    Browser::new(scene, engine, system, Residuals::none(), Rng::with_seed(1))
}

/// When a `fetch` that begins now has ended, after how many milliseconds.
fn fetch_at(
    browser: &mut Browser<'_>,
    scene: &Scene,
    endpoint: EndpointRef,
    now: f64,
) -> Option<f64> {
    let plan = scene.plan();
    let url = plan.region(endpoint).fetch_url(endpoint.kind);
    let attempt = Attempt::new(Probe::Fetch(endpoint, 0), 0);
    let coming = browser.begin(now, attempt, &Action::Fetch(url));
    coming.first().map(|(at, _)| at - now)
}

fn fetch(world: &str, engine: Engine, system: System, endpoint: EndpointRef) -> Option<f64> {
    let scene = scene(world);
    fetch_at(&mut browser(&scene, engine, system), &scene, endpoint, 0.0)
}

/// The close code of a WebSocket, and when it comes.
fn socket(world: &str, engine: Engine, endpoint: EndpointRef) -> Option<(u16, f64)> {
    let scene = scene(world);
    let url = scene.plan().region(endpoint).socket_url(endpoint.kind);
    let attempt = Attempt::new(Probe::Upgrade(endpoint), 0);
    let mut browser = browser(&scene, engine, System::Linux);
    match browser.begin(0.0, attempt, &Action::Socket(url)).first()? {
        (_, Input::Sign(_, Sign::Closed { ms, code, .. })) => Some((*code, *ms)),
        _ => None,
    }
}

#[track_caller]
fn assert_ms(given: Option<f64>, expected: f64) {
    let given = given.expect("an end");
    assert!((given - expected).abs() < 1e-6, "{given}, not {expected}");
}

#[test]
fn an_unknown_name_costs_two_lookups_in_chromium_and_one_elsewhere() {
    let scene = scene("all-well-far-name-server");
    for (engine, lookups) in [
        (Engine::Chromium, 2.0),
        (Engine::Firefox, 1.0),
        (Engine::WebKit, 1.0),
    ] {
        let mut browser = browser(&scene, engine, System::Linux);
        let attempt = Attempt::new(Probe::Canary, 0);
        let coming = browser.begin(
            0.0,
            attempt,
            &Action::FetchFreshName(CANARY_DOMAIN.to_owned()),
        );
        assert_ms(coming.first().map(|(at, _)| *at), lookups * R);
    }
}

#[test]
fn a_refusal_far_away_is_one_round_trip_and_one_near_by_none() {
    for engine in Engine::ALL {
        let far = fetch("tcp-refused-far", engine, System::Linux, VIRGINIA_TCP);
        assert_ms(far, R);
        let near = fetch("https-refused-nearby", engine, System::Linux, TORONTO);
        assert_ms(near, 0.0);
    }
}

#[test]
fn engines_try_a_cut_handshake_again_as_often_as_they_do() {
    for (world, [chromium, firefox, webkit]) in [
        ("closes-on-hello-here", [4.0, 20.0, 2.0]),
        ("https-reset-at-hello", [2.0, 10.0, 1.0]),
        ("certificate-untrusted-here", [2.0, 2.0, 2.0]),
        ("tls-alert-here", [4.0, 2.0, 2.0]),
        ("closes-after-tls-here", [3.0, 30.0, 3.0]),
    ] {
        for (engine, trips) in Engine::ALL.into_iter().zip([chromium, firefox, webkit]) {
            assert_ms(fetch(world, engine, System::Linux, TORONTO), trips * R);
        }
    }
}

#[test]
fn firefox_tells_a_failed_handshake_by_its_close_code() {
    for (engine, code) in [
        (Engine::Chromium, 1006),
        (Engine::Firefox, 1015),
        (Engine::WebKit, 1006),
    ] {
        let closed = socket("certificate-untrusted-here", engine, TORONTO);
        assert_eq!(closed, Some((code, 2.0 * R)), "{}", engine.name());
    }
    let closed = socket("closes-on-hello-here", Engine::Firefox, TORONTO);
    assert_eq!(closed, Some((1006, 2.0 * R)));
}

#[test]
fn a_warm_fetch_is_one_round_trip_but_in_chromium_after_html() {
    let scene = scene("all-well");
    for (engine, endpoint, warm) in [
        (Engine::Firefox, TORONTO, 1.0),
        (Engine::Chromium, TORONTO, 3.0),
        (Engine::Chromium, VIRGINIA_TCP, 1.0),
    ] {
        let mut browser = browser(&scene, engine, System::Linux);
        assert_ms(fetch_at(&mut browser, &scene, endpoint, 0.0), 3.0 * R);
        assert_ms(fetch_at(&mut browser, &scene, endpoint, 500.0), warm * R);
    }
}

#[test]
fn far_away_chromium_finds_the_backup_socket_every_second_time() {
    let scene = scene("far-away");
    let mut browser = browser(&scene, Engine::Chromium, System::Linux);
    let mut now = 0.0;
    for trips in [3.0, 1.0, 3.0, 1.0] {
        let ms = fetch_at(&mut browser, &scene, TORONTO, now);
        assert_ms(ms, trips * 300.0);
        now += ms.unwrap_or_default();
    }
}

#[test]
fn what_is_silent_is_given_up_when_engine_or_system_gives_it_up() {
    for (world, engine, system, ms) in [
        (
            "https-dropped-here",
            Engine::Chromium,
            System::Linux,
            134_300.0,
        ),
        (
            "https-dropped-here",
            Engine::Firefox,
            System::Linux,
            90_400.0,
        ),
        (
            "https-dropped-here",
            Engine::Chromium,
            System::Windows,
            21_000.0,
        ),
        (
            "https-silent-at-hello",
            Engine::Firefox,
            System::Linux,
            31_200.0,
        ),
        (
            "name-server-silent",
            Engine::Chromium,
            System::Linux,
            13_000.0,
        ),
        (
            "name-server-silent",
            Engine::Firefox,
            System::Linux,
            10_000.0,
        ),
    ] {
        assert_ms(fetch(world, engine, system, TORONTO), ms);
    }
    assert_eq!(
        fetch(
            "silent-after-tls-here",
            Engine::Firefox,
            System::Linux,
            TORONTO
        ),
        None
    );
}

#[test]
fn windows_repeats_a_refused_syn_and_hears_no_icmp() {
    let far = fetch(
        "tcp-refused-far",
        Engine::Chromium,
        System::Windows,
        VIRGINIA_TCP,
    );
    assert_ms(far, 2_003.0 + R);
    let icmp = "https-refused-by-icmp-host";
    let refused = |system| fetch(icmp, Engine::Chromium, system, TORONTO);
    assert_ms(refused(System::Linux), 0.0);
    assert_ms(refused(System::Windows), 21_000.0);
    assert_ms(refused(System::MacOs), 4_000.0);
}

#[test]
fn a_failure_says_what_the_engine_says_of_it() {
    let scene = scene("closes-after-tls-here");
    for (engine, expected) in [(Engine::Chromium, None), (Engine::Firefox, Some(true))] {
        let url = scene.plan().region(TORONTO).fetch_url(Kind::Https);
        let mut browser = browser(&scene, engine, System::Linux);
        let attempt = Attempt::new(Probe::Fetch(TORONTO, 0), 0);
        let coming = browser.begin(0.0, attempt, &Action::Fetch(url));
        let Some((_, Input::Ended { outcome, .. })) = coming.first() else {
            panic!("it ends");
        };
        let Outcome::Failed { failure, .. } = outcome else {
            panic!("it fails");
        };
        let tls_finished = reachcheck_model::observation::Failure::Network {
            tls_finished: expected,
        };
        assert_eq!(*failure, tls_finished);
    }
}
