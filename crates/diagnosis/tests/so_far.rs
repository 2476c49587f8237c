//! What is said of a region while the run goes on: only what its checks have shown, and no verdict.

use reachcheck_diagnosis::diagnosis::{Diagnosis, Verdict, diagnose};
use reachcheck_diagnosis::testing::{Scenario, answered, healthy};
use reachcheck_model::catalogue::{EndpointRef, Kind};
use reachcheck_model::observation::{Answer, Outcome};
use reachcheck_model::probe::Probe;
use reachcheck_model::session::{Phase, Session};
use reachcheck_model::thresholds::{FETCHES, Thresholds};

const REGION: usize = 0;
const HTTPS: EndpointRef = EndpointRef {
    region: REGION,
    kind: Kind::Https,
};
const TCP: EndpointRef = EndpointRef {
    region: REGION,
    kind: Kind::Tcp,
};

/// A run under way: that scenario, and these probes are out, as is all that comes last.
fn running(scenario: &Scenario, is_out: impl Fn(Probe) -> bool) -> Diagnosis {
    let finished = scenario.session();
    let observations = finished.observations.iter();
    let ended = observations.filter(|(probe, _)| {
        !probe.is_late() && !matches!(probe, Probe::Events | Probe::Pings) && !is_out(*probe)
    });
    let session = Session {
        phase: Phase::Running,
        observations: ended
            .map(|(probe, outcome)| (probe, outcome.clone()))
            .collect(),
        ..finished.clone()
    };
    diagnose(&session, &scenario.environment, Thresholds::default())
}

fn so_far(diagnosis: &Diagnosis) -> Option<Verdict> {
    diagnosis.regions[REGION].so_far()
}

/// An endpoint that is refused near by, three times.
fn refused(scenario: Scenario, endpoint: EndpointRef) -> Scenario {
    let id = match endpoint.kind {
        Kind::Https => "toronto/https",
        Kind::Tcp => "toronto/tcp",
    };
    scenario.fails_after(id, 0.04)
}

#[test]
fn a_region_is_reachable_so_far_once_both_of_its_checks_are_ok() {
    let well = healthy();
    assert_eq!(so_far(&running(&well, |_| false)), Some(Verdict::Reachable));
    for out in [
        Probe::Fetch(HTTPS, 0),
        Probe::Fetch(TCP, FETCHES - 2),
        Probe::Dial(HTTPS),
        Probe::Dial(TCP),
        Probe::Upgrade(TCP),
        Probe::Canary,
    ] {
        let diagnosis = running(&well, |probe| probe == out);
        assert_eq!(so_far(&diagnosis), None, "{out:?} is out");
    }
    // The last repeat is not waited for.
    let last = running(&well, |probe| probe == Probe::Fetch(HTTPS, FETCHES - 1));
    assert_eq!(so_far(&last), Some(Verdict::Reachable));
}

#[test]
fn one_check_that_fails_and_answers_from_outside_is_enough_for_blocked() {
    let blocked = refused(healthy(), HTTPS);
    assert_eq!(
        so_far(&running(&blocked, |_| false)),
        Some(Verdict::Blocked)
    );
    let tcp_is_out = |probe| probe == Probe::Dial(TCP);
    assert_eq!(
        so_far(&running(&blocked, tcp_is_out)),
        Some(Verdict::Blocked)
    );
    // Without the view from outside nothing is said of it, neither harsher nor milder.
    let outside_is_out = |probe| probe == Probe::Dial(HTTPS);
    assert_eq!(so_far(&running(&blocked, outside_is_out)), None);
    // Nor where a repeat is out: it may answer.
    let repeat_is_out = |probe| probe == Probe::Fetch(HTTPS, 2);
    assert_eq!(so_far(&running(&blocked, repeat_is_out)), None);
}

#[test]
fn what_decides_nothing_is_said_once_both_checks_are_in() {
    let alone = refused(healthy().relay_unreachable(), HTTPS);
    let tcp_is_out = running(&alone, |probe| probe == Probe::Upgrade(TCP));
    assert_eq!(tcp_is_out.regions[REGION].verdict, Verdict::Unknown);
    assert_eq!(so_far(&tcp_is_out), None);
    let diagnosis = running(&alone, |_| false);
    assert_eq!(so_far(&diagnosis), Some(Verdict::Unknown));
}

#[test]
fn what_is_said_of_a_finished_run_is_its_verdict() {
    let slow = |run: Scenario, endpoint| {
        (0..FETCHES).fold(run, |run, number| {
            let late: Outcome = answered(1_700.0, Answer::Opaque);
            run.set(Probe::Fetch(endpoint, number), late)
        })
    };
    for scenario in [
        healthy(),
        refused(healthy(), TCP),
        slow(slow(healthy(), HTTPS), TCP),
    ] {
        let diagnosis = scenario.diagnose();
        let verdict = diagnosis.regions[REGION].verdict;
        assert_eq!(so_far(&diagnosis), Some(verdict));
    }
}
