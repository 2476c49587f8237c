//! Scripts of what this computer does while probes are out.

use super::script::{Focus, Script, failed, fetch, first, upgrade};
use crate::environment::BrowserFamily;
use crate::local_conditions::LocalConditions;
use crate::machine::{Input, Sign};
use crate::probe::Probe;

impl Script {
    fn local(&self, probe: Probe) -> LocalConditions {
        self.machine.observed().local(probe)
    }

    fn beats(&mut self, from: u32, to: u32) {
        for step in from / 50..=to / 50 {
            let at = f64::from(step * 50);
            self.machine
                .process_input(Input::Beat { next_ms: 50.0 }, at);
        }
    }
}

/// The browser's own delay belongs to the attempt beside which it was measured.
#[test]
fn the_own_delay_of_an_attempt_is_kept_with_its_probe() {
    let mut run = Script::at_endpoint("toronto/tcp");
    let attempt = fetch("toronto/tcp");
    run.starts(attempt);
    run.beats(0, 50);
    run.machine
        .process_input(Input::Sign(attempt, Sign::OwnDelay(4.0)), 80.0);
    run.fails(attempt, 80.0);
    run.starts(upgrade("toronto/tcp"));
    run.pass_over();
    run.closes(upgrade("toronto/tcp"), 90.0, 1006);
    assert_eq!(run.local(attempt.probe).own_delay_ms, Some(4.0));
    // Nothing was told of the WebSocket's.
    assert!(run.local(upgrade("toronto/tcp").probe).is_calm());
}

/// A page that is busy hands everything over late, the beat as well.
#[test]
fn an_attempt_that_ends_while_the_page_is_busy_may_be_late_by_as_much() {
    let mut run = Script::at_endpoint("toronto/tcp");
    let attempt = fetch("toronto/tcp");
    run.starts(attempt);
    run.beats(0, 50);
    run.machine
        .process_input(Input::Sign(attempt, Sign::OwnDelay(4.0)), 190.0);
    run.fails(attempt, 190.0);
    assert_eq!(run.local(attempt.probe).own_delay_ms, Some(90.0));
}

/// What was out while the page stood still knows of it, what began afterwards does not.
#[test]
fn a_stall_is_known_to_what_was_out_then() {
    let mut run = Script::new(BrowserFamily::Firefox, 1, Focus::Everything);
    run.pass_over();
    run.beats(0, 200);
    // The page stands still, then hands over what came meanwhile, before it beats again.
    let ended = |attempt, ms| Input::Ended {
        attempt,
        outcome: failed(ms),
        clock: None,
    };
    run.machine
        .process_input(ended(first(Probe::Origin), 900.0), 900.0);
    run.beats(900, 1_100);
    run.machine
        .process_input(ended(first(Probe::Canary), 1_100.0), 1_100.0);
    let stalled_ms = |run: &Script, probe| run.local(probe).stalled_ms;
    assert!((stalled_ms(&run, Probe::Origin) - 650.0).abs() < 1e-9);
    assert!((stalled_ms(&run, Probe::Canary) - 650.0).abs() < 1e-9);
    // A repeat that began after the stall is as it should be.
    let again = crate::machine::Attempt::new(fetch("toronto/https").probe, 0);
    run.machine.process_input(ended(again, 1_120.0), 1_120.0);
    run.beats(1_150, 2_650);
    run.machine.process_input(Input::Time, 2_660.0);
    let Probe::Fetch(endpoint, _) = again.probe else {
        panic!("a fetch");
    };
    let second = first(Probe::Fetch(endpoint, 1));
    run.machine.process_input(ended(second, 3.0), 2_700.0);
    assert!(run.machine.observed().get(second.probe).is_some());
    assert!(run.local(second.probe).is_calm());
}

/// A network that comes or goes is told of what was out then, and of nothing else.
#[test]
fn a_change_of_the_network_is_known_to_what_was_out_then() {
    let mut run = Script::at_endpoint("toronto/https");
    let attempt = fetch("toronto/https");
    run.starts(attempt);
    run.machine.process_input(Input::NetworkChanged, 40.0);
    run.fails(attempt, 80.0);
    assert!(run.local(attempt.probe).network_changed);
    run.pass_over();
    let Probe::Fetch(endpoint, _) = attempt.probe else {
        panic!("a fetch");
    };
    let second = first(Probe::Fetch(endpoint, 1));
    run.machine.process_input(Input::Time, 900.0);
    run.machine.process_input(
        Input::Ended {
            attempt: second,
            outcome: failed(80.0),
            clock: None,
        },
        980.0,
    );
    assert!(run.machine.observed().get(second.probe).is_some());
    assert!(!run.local(second.probe).network_changed);
}
