//! When two attempts at an endpoint that fails are enough, and when a third is made.

use reachcheck_diagnosis::enough::enough;
use reachcheck_diagnosis::testing::{R, Scenario, closed, failed, healthy, rejects_tls};
use reachcheck_model::catalogue::EndpointRef;
use reachcheck_model::environment::BrowserFamily;
use reachcheck_model::probe::Probe;
use reachcheck_model::session::{Phase, Session};
use reachcheck_model::thresholds::Thresholds;
use reachcheck_wire::Rejection;

const TCP: &str = "toronto/tcp";

/// A TCP endpoint that closes on what is not its protocol, here as from outside.
fn closes(run: Scenario) -> Scenario {
    let trips = match run.environment.family {
        BrowserFamily::Firefox => 20.0,
        _ => 4.0,
    };
    run.outside(TCP, rejects_tls(TCP, Rejection::Closed))
        .fails_after(TCP, trips)
        .tcp_stands(TCP)
}

fn in_family(family: BrowserFamily) -> Scenario {
    let mut run = healthy();
    run.environment.family = family;
    run
}

/// What is enough while the third attempt at that endpoint, and this probe, are out.
fn enough_without(scenario: &Scenario, out: Option<Probe>) -> Vec<EndpointRef> {
    let endpoint = scenario.find(TCP);
    let finished = scenario.session();
    let ended = finished.observations.iter().filter(|(probe, _)| {
        let is_third = matches!(probe, Probe::Fetch(it, 2..) if *it == endpoint);
        !probe.is_late() && !is_third && Some(*probe) != out
    });
    let session = Session {
        phase: Phase::Running,
        observations: ended
            .map(|(probe, outcome)| (probe, outcome.clone()))
            .collect(),
        ..finished.clone()
    };
    enough(&session, &scenario.environment, Thresholds::default())
}

#[test]
fn two_attempts_that_agree_beside_a_sign_are_enough() {
    for family in [BrowserFamily::Chromium, BrowserFamily::Firefox] {
        let run = closes(in_family(family));
        assert_eq!(enough_without(&run, None), [run.find(TCP)], "{family:?}");
    }
}

#[test]
fn a_third_is_made_while_anything_is_out_that_decides() {
    for family in [BrowserFamily::Chromium, BrowserFamily::Firefox] {
        let run = closes(in_family(family));
        let at = run.find(TCP);
        for out in [
            Probe::Fetch(at, 1),
            Probe::Upgrade(at),
            Probe::Turn(at),
            Probe::Dial(at),
            Probe::Pings,
            Probe::Canary,
        ] {
            assert_eq!(
                enough_without(&run, Some(out)),
                [],
                "{family:?}: {out:?} is out"
            );
        }
    }
}

#[test]
fn a_third_is_made_where_two_do_not_agree_or_decide_nothing() {
    let firefox = closes(in_family(BrowserFamily::Firefox));
    let again = Probe::Fetch(firefox.find(TCP), 1);
    let later = firefox.set(again, failed(26.0 * R));
    assert_eq!(enough_without(&later, None), []);
    // In Chromium the WebSocket may stand for the first, which paid for the name; not for the second.
    let chromium = closes(in_family(BrowserFamily::Chromium));
    let at = chromium.find(TCP);
    let paid = closes(in_family(BrowserFamily::Chromium)).set(Probe::Fetch(at, 0), failed(6.0 * R));
    assert_eq!(enough_without(&paid, None), [at]);
    let neither = paid.set(Probe::Upgrade(at), closed(2.0 * R, 1006));
    assert_eq!(enough_without(&neither, None), []);
    // Two that were held up by the same, which the WebSocket beside them was not.
    let late = closes(in_family(BrowserFamily::Chromium))
        .set(Probe::Fetch(at, 0), failed(5.2 * R))
        .set(Probe::Fetch(at, 1), failed(5.4 * R));
    assert_eq!(enough_without(&late, None), []);
    let webkit = closes(in_family(BrowserFamily::WebKit));
    assert_eq!(enough_without(&webkit, None), []);
}

#[test]
fn nothing_is_wished_of_a_run_that_is_over() {
    let run = closes(healthy());
    let session = run.session();
    assert_eq!(
        enough(&session, &run.environment, Thresholds::default()),
        []
    );
}
