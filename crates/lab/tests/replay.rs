//! What real browsers said in the lab's worlds, read again: the rules must still say what is expected.
//!
//! `cargo xtask record` records anew, and writes the table in the docs from it.

use std::fs;
use std::path::PathBuf;

use reachcheck_diagnosis::diagnosis::diagnose;
use reachcheck_lab::browser::{Engine, Hooks};
use reachcheck_lab::case::{Case, Expect, Opening};
use reachcheck_lab::cover::docs::parts;
use reachcheck_lab::judge::{Miss, Severity, misses_in};
use reachcheck_lab::matrix::{Matrix, Record};
use reachcheck_lab::recordings;
use reachcheck_lab::shown::hooks;
use reachcheck_lab::worlds;
use reachcheck_model::environment::Environment;
use reachcheck_model::session::Session;
use reachcheck_model::thresholds::Thresholds;
use reachcheck_model::trace;

/// What the page says once nothing is pending; where a world has late evidence, what it says before that is judged too.
fn replay(engine: Engine, case: &Case, text: &str) -> (Hooks, Vec<Miss>) {
    let (session, environment) = trace::read(text).expect("a recording");
    let Some(late) = &case.expect.late else {
        return judged(engine, &case.expect, &session, &environment);
    };
    let observations = session.observations.iter();
    let in_time = observations.filter(|(probe, _)| !probe.is_late());
    let finished = Session {
        observations: in_time
            .map(|(probe, outcome)| (probe, outcome.clone()))
            .collect(),
        ..session.clone()
    };
    let (_, mut misses) = judged(engine, &case.expect, &finished, &environment);
    let (hooks, later) = judged(engine, late, &session, &environment);
    misses.extend(later);
    (hooks, misses)
}

fn judged(
    engine: Engine,
    expect: &Expect,
    session: &Session,
    environment: &Environment,
) -> (Hooks, Vec<Miss>) {
    let diagnosis = diagnose(session, environment, Thresholds::default());
    assert_eq!(diagnosis.contradictions(), []);
    let hooks = hooks(&session.plan, &diagnosis);
    let regions: Vec<&str> = session
        .plan
        .regions
        .iter()
        .map(|it| it.id.as_str())
        .collect();
    let misses = misses_in(&regions, expect, &hooks, engine);
    (hooks, misses)
}

#[test]
fn every_world_is_recorded_in_every_engine_that_takes_it() {
    for engine in Engine::ALL {
        for case in worlds::all() {
            let takes = engine.takes(&(case.world)().setting())
                && (engine.hides_tabs() || !matches!(case.opening, Opening::InBackground));
            let is_there = recordings::file(engine, case.name).is_file();
            assert_eq!(is_there, takes, "{}/{}", engine.name(), case.name);
        }
    }
}

#[test]
fn what_browsers_said_still_gives_the_expected_verdicts() {
    let mut wrong = Vec::new();
    let mut records = Vec::new();
    for engine in Engine::ALL {
        for case in worlds::all() {
            let Ok(text) = fs::read_to_string(recordings::file(engine, case.name)) else {
                continue;
            };
            let name = format!("{}/{}", engine.name(), case.name);
            let (hooks, misses) = replay(engine, &case, &text);
            records.push(Record::new(engine, &case, &hooks, &misses));
            let failures = misses
                .iter()
                .filter(|miss| miss.kind != Severity::Misplaced);
            wrong.extend(failures.map(|miss| format!("{name}: {miss}")));
        }
    }
    let matrix = Matrix::from_iter(records);
    let docs = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/accuracy.md");
    let document = || fs::read_to_string(&docs).unwrap_or_default();
    if std::env::var_os("REACHCHECK_WRITE_DOCS").is_some() {
        // What cells gave stands behind it.
        let before = document();
        let text = format!("{}{}", matrix.to_markdown(), parts(&before).1);
        fs::write(&docs, text).expect("written");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(
        parts(&document()).0,
        matrix.to_markdown(),
        "docs/accuracy.md: cargo xtask record"
    );
}
