//! What real browsers said, with the third attempts taken away that a run no longer makes: of the endpoints of which it knows
//! enough after two. Everything that is said must be as it was with three.

use std::fs;
use std::path::PathBuf;

use reachcheck_diagnosis::diagnosis::diagnose;
use reachcheck_diagnosis::enough::enough;
use reachcheck_lab::browser::{Engine, Hooks};
use reachcheck_lab::shown::hooks;
use reachcheck_model::catalogue::EndpointRef;
use reachcheck_model::environment::Environment;
use reachcheck_model::observation::{NotRun, Observations, Outcome};
use reachcheck_model::probe::Probe;
use reachcheck_model::session::{Phase, Session};
use reachcheck_model::thresholds::Thresholds;
use reachcheck_model::trace;

/// Third attempts of the recordings that must be spared at least, or this proves nothing.
const SPARED_AT_LEAST: usize = 200;
/// Attempts do not agree whose times differ by more than this factor, as in `enough`.
const ALONE_TIMES: f64 = 1.25;
/// The browser's own delay from which on a third attempt was late (ms).
const LATE_MS: f64 = 40.0;
/// Recordings in which it decided nothing: Firefox with IPv6 that leads somewhere, and a browser whose main process stalls.
const MOOT_AT_MOST: usize = 3;

fn recordings() -> Vec<(String, Session, Environment)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("recordings");
    let mut all = Vec::new();
    for engine in Engine::ALL {
        for folder in ["", "under"] {
            let folder = root.join(engine.name()).join(folder);
            let files = fs::read_dir(&folder).into_iter().flatten().flatten();
            for path in files.map(|file| file.path()) {
                if path.extension().is_some_and(|it| it == "json") {
                    let text = fs::read_to_string(&path).expect("a recording");
                    let (session, environment) = trace::read(&text).expect("a recording");
                    let name = path.strip_prefix(&root).unwrap_or(&path);
                    all.push((name.display().to_string(), session, environment));
                }
            }
        }
    }
    all
}

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

/// Whether a third attempt was made at an endpoint whose first two failed.
fn has_third(session: &Session, endpoint: EndpointRef) -> bool {
    let is_failed = |number| {
        let outcome = session.observations.get(Probe::Fetch(endpoint, number));
        outcome.is_some_and(Outcome::is_failure)
    };
    let third = session.observations.get(Probe::Fetch(endpoint, 2));
    is_failed(0) && is_failed(1) && third.is_some_and(|it| !matches!(it, Outcome::NotRun(_)))
}

fn said(session: &Session, environment: &Environment) -> Hooks {
    let diagnosis = diagnose(session, environment, Thresholds::default());
    hooks(&session.plan, &diagnosis)
}

#[test]
fn a_third_attempt_that_is_spared_would_have_changed_nothing() {
    let (mut spared, mut made, mut moot) = (0, 0, 0);
    let mut changed = Vec::new();
    for (name, session, environment) in recordings() {
        let thirds: Vec<EndpointRef> = session.plan.endpoints().collect();
        let thirds: Vec<_> = thirds
            .into_iter()
            .filter(|it| has_third(&session, *it))
            .collect();
        let is_after = |probe: Probe| matches!(probe, Probe::Fetch(endpoint, 2..) if thirds.contains(&endpoint));
        let running = Session {
            phase: Phase::Running,
            observations: only(&session, |probe| !probe.is_late() && !is_after(probe)),
            ..session.clone()
        };
        let enough = enough(&running, &environment, Thresholds::default());
        made += thirds.len();
        spared += enough.len();
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
        // A third attempt that met silence where two had failed, that came while the browser was late, or that alone was not
        // held up by a packet that was lost, decided nothing: then less is left open, and no more.
        let failed_ms = |probe| match session.observations.get(probe) {
            Some(Outcome::Failed { ms, .. }) => Some(*ms),
            _ => None,
        };
        let decided_nothing = |endpoint: &EndpointRef| {
            let [first, second, third] = [0, 1, 2].map(|it| Probe::Fetch(*endpoint, it));
            let others_ms = [first, second].map(failed_ms);
            let is_alone = failed_ms(third).is_some_and(|ms| {
                others_ms
                    .iter()
                    .flatten()
                    .all(|other| ms * ALONE_TIMES < *other)
            });
            let own_delay_ms = session.observations.local(third).own_delay_ms;
            matches!(
                session.observations.get(third),
                Some(Outcome::TimedOut { .. })
            ) || own_delay_ms.is_some_and(|ms| ms > LATE_MS)
                || is_alone
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
    println!("{spared} of {made} third attempts spared");
    assert!(changed.is_empty(), "{}", changed.join("\n"));
    assert!(moot <= MOOT_AT_MOST, "{moot} moot");
    assert!(spared >= SPARED_AT_LEAST, "{spared} of {made}");
}
