//! What real browsers said, with the third attempts taken away that a run no longer makes: of the endpoints of which it knows
//! enough after two. Everything that is said must be as it was with three.

use reachcheck_diagnosis::diagnosis::diagnose;
use reachcheck_diagnosis::enough::enough;
use reachcheck_lab::browser::Hooks;
use reachcheck_lab::recordings::{self, Recording};
use reachcheck_lab::shown::hooks;
use reachcheck_model::catalogue::EndpointRef;
use reachcheck_model::environment::Environment;
use reachcheck_model::observation::{NotRun, Observations, Outcome};
use reachcheck_model::probe::Probe;
use reachcheck_model::session::{Phase, Session};
use reachcheck_model::thresholds::Thresholds;

/// Third attempts of the recordings that must be spared at least, or this proves nothing.
const SPARED_AT_LEAST: usize = 400;
/// The browser's own delay from which on a third attempt was late (ms).
const LATE_MS: f64 = 40.0;
/// Recordings in which it decided nothing: Firefox with IPv6 that leads somewhere, and a browser whose main process stalls.
const MOOT_AT_MOST: usize = 3;

/// The observations that are wanted, with what this computer did beside them.
fn only(session: &Session, is_wanted: impl Fn(Probe) -> bool) -> Observations {
    let mut observations = Observations::default();
    for (probe, outcome) in session.observations.iter() {
        if is_wanted(probe) {
            let local = session.observations.local(probe);
            observations.insert_under(probe, outcome.clone(), local);
        }
    }
    observations
}

/// What became of the third attempt at an endpoint whose first two failed.
fn third(session: &Session, endpoint: EndpointRef) -> Option<&Outcome> {
    let outcome = |number| session.observations.get(Probe::Fetch(endpoint, number));
    let have_failed = [0, 1]
        .map(outcome)
        .into_iter()
        .all(|it| it.is_some_and(Outcome::is_failure));
    outcome(2).filter(|_| have_failed)
}

fn said(session: &Session, environment: &Environment) -> Hooks {
    let diagnosis = diagnose(session, environment, Thresholds::default());
    hooks(&session.plan, &diagnosis)
}

#[test]
fn a_third_attempt_that_is_spared_would_have_changed_nothing() {
    let (mut spared, mut made, mut moot) = (0, 0, 0);
    let mut changed = Vec::new();
    for Recording {
        name,
        session,
        environment,
    } in recordings::all()
    {
        let (unmade, thirds): (Vec<_>, Vec<_>) = session
            .plan
            .endpoints()
            .filter_map(|endpoint| Some((endpoint, third(&session, endpoint)?)))
            .partition(|(_, outcome)| matches!(outcome, Outcome::NotRun(_)));
        let thirds: Vec<EndpointRef> = thirds.into_iter().map(|(endpoint, _)| endpoint).collect();
        let is_after = |probe: Probe| matches!(probe, Probe::Fetch(endpoint, 2..) if thirds.contains(&endpoint));
        let running = Session {
            phase: Phase::Running,
            observations: only(&session, |probe| !probe.is_late() && !is_after(probe)),
            ..session.clone()
        };
        let enough = enough(&running, &environment, Thresholds::default());
        made += thirds.len();
        // Later recordings are of runs that spared them themselves.
        spared += enough.len() + unmade.len();
        let is_spared =
            |probe: Probe| matches!(probe, Probe::Fetch(endpoint, 2) if enough.contains(&endpoint));
        let mut observations = only(&session, |probe| !is_spared(probe));
        for endpoint in &enough {
            let never = Outcome::NotRun(NotRun::NotNeeded);
            observations.insert(Probe::Fetch(*endpoint, 2), never);
        }
        let without = Session {
            observations,
            ..session.clone()
        };
        let (before, after) = (said(&session, &environment), said(&without, &environment));
        // A third attempt that met silence where two had failed, or that came while the browser was late, decided nothing:
        // then less is left open, and no more.
        let decided_nothing = |endpoint: &EndpointRef| {
            let third = Probe::Fetch(*endpoint, 2);
            let own_delay_ms = session.observations.local(third).own_delay_ms;
            matches!(
                session.observations.get(third),
                Some(Outcome::TimedOut { .. })
            ) || own_delay_ms.is_some_and(|ms| ms > LATE_MS)
        };
        let is_moot = enough.iter().any(decided_nothing);
        let checks = before.checks.iter().zip(&after.checks);
        let differ = checks.filter(|(before, after)| before != after);
        let was_open = differ
            .clone()
            .all(|((_, (outcome, _)), _)| outcome == "unknown");
        if before != after && is_moot && was_open {
            moot += 1;
        } else if before != after {
            changed.push(format!("{name}: {enough:?}\n  {before:?}\n  {after:?}"));
        }
    }
    println!("{spared} third attempts spared, {made} made");
    assert!(changed.is_empty(), "{}", changed.join("\n"));
    assert!(moot <= MOOT_AT_MOST, "{moot} moot");
    assert!(spared >= SPARED_AT_LEAST, "{spared} of {made}");
}
