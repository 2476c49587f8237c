//! Scripts of a whole run: its beginning, its end, and being called off.

use super::script::{Focus, Script, answered, fetch, first, upgrade};
use crate::environment::BrowserFamily;
use crate::machine::{Input, Output};
use crate::observation::Outcome;
use crate::probe::Probe;

fn whole() -> Script {
    Script::new(BrowserFamily::Chromium, 1, Focus::Everything)
}

/// Everything that waits for nothing begins at once: what the verdict stands on before the relay.
#[test]
fn a_run_begins_with_the_page_the_endpoints_and_the_relay() {
    let mut run = whole();
    run.starts(first(Probe::Origin));
    run.starts(first(Probe::Canary));
    for region in ["toronto", "virginia", "seattle", "virginia-seattle"] {
        for kind in ["https", "tcp"] {
            run.starts(fetch(&format!("{region}/{kind}")));
        }
    }
    run.starts(first(Probe::Challenge(0)));
    run.starts(first(Probe::Socket));
    run.idle_until(1_500.0);
}

/// Nothing answers: eight seconds later everything has its outcome, and what nothing waits for follows.
#[test]
fn a_run_that_meets_silence_ends_all_the_same() {
    let mut run = whole();
    let mut at = 0.0;
    while !run.is_settled {
        run.pass_over();
        at += 50.0;
        run.at(at);
        if at <= 7_950.0 {
            assert!(!run.is_finished);
        }
        assert!(at < 60_000.0, "{at}");
    }
    assert_eq!(run.count(), 15 + 4 * (16 + 14));
    assert_eq!(
        run.outcome(Probe::Challenge(0)),
        Some(Outcome::TimedOut { ms: 5_000.0 })
    );
}

/// Everything under way stops, and every probe has its outcome at once. Nothing is heard of it afterwards.
#[test]
fn a_run_that_is_called_off_stops_everything_at_once() {
    let mut run = whole();
    run.pass_over();
    run.answers(fetch("toronto/tcp"), 100.0);
    run.pass_over();
    run.cancel();
    let stopped = run.take_asked();
    // Page and canary; a `fetch` at each endpoint, one of them the second; the WebSocket beside that one; challenge and
    // socket.
    assert_eq!(stopped.len(), 2 + 8 + 1 + 2, "{stopped:?}");
    assert!(stopped.iter().all(|it| matches!(it, Output::Stop(_))));
    assert_eq!(run.count(), 15 + 4 * (16 + 14));
    assert!(!run.is_finished && !run.is_settled);
    run.answers(fetch("seattle/https"), 200.0);
    run.closes(upgrade("toronto/tcp"), 150.0, 1006);
    run.idle_until(50_000.0);
    assert_eq!(run.count(), 15 + 4 * (16 + 14));
}

/// What a driver says of an attempt that was stopped, or says twice, is nobody's.
#[test]
fn an_attempt_that_is_over_stays_as_it_is() {
    let mut run = Script::at_endpoint("toronto/https");
    run.starts(fetch("toronto/https"));
    run.answers(fetch("toronto/https"), 100.0);
    run.pass_over();
    let count = run.count();
    run.machine.process_input(
        Input::Ended {
            attempt: fetch("toronto/https"),
            outcome: answered(90.0),
            clock: None,
        },
        120.0,
    );
    let never_begun = upgrade("toronto/https");
    run.closes_unbegun(never_begun);
    assert_eq!(run.count(), count);
}

/// Timers may fire early: then the same time is asked for again.
#[test]
fn a_timer_that_fires_early_is_set_again() {
    let mut run = whole();
    run.pass_over();
    run.machine.process_input(Input::Time, 1_499.5);
    let outputs: Vec<Output> = std::iter::from_fn(|| run.machine.process_output()).collect();
    assert_eq!(outputs, [Output::WakeAt(1_500.0)]);
}
