//! What real browsers said in the cells of the cover, read again: the page's words are those of a kept list, so that a
//! change of the rules is seen cell by cell, and what of it is not as expected.
//!
//! `cargo xtask record --dimensions` records anew, and writes the list.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use reachcheck_diagnosis::diagnosis::diagnose;
use reachcheck_lab::browser::{Engine, Hooks};
use reachcheck_lab::cover::{Cell, cells};
use reachcheck_lab::judge::{Miss, Severity, misses_in};
use reachcheck_lab::recordings;
use reachcheck_lab::shown::hooks;
use reachcheck_model::session::Session;
use reachcheck_model::thresholds::Thresholds;
use reachcheck_model::trace;

/// Every recording by engine and cell, in order.
fn recorded() -> BTreeMap<String, PathBuf> {
    let mut found = BTreeMap::new();
    for engine in Engine::CORE {
        for path in recordings::files(engine, true) {
            let cell = path.file_stem().unwrap_or_default().to_string_lossy();
            found.insert(format!("{}/{cell}", engine.name()), path.clone());
        }
    }
    found
}

/// What of it is not as its cell expects, worst first; nothing of places that are no more than inferred.
fn misses(engine: Engine, cell: &Cell, session: &Session, hooks: &Hooks) -> Vec<Miss> {
    let expect = cell.case().expect("a case").expect;
    let expect = expect.late.as_deref().unwrap_or(&expect);
    let regions = session.plan.regions.iter().map(|it| it.id.as_str());
    let regions: Vec<&str> = regions.collect();
    let mut misses = misses_in(&regions, expect, hooks, engine);
    misses.retain(|miss| miss.kind != Severity::Misplaced);
    misses.sort_by_key(|miss| miss.kind != Severity::Wrong);
    misses
}

/// One line: how right it is, the headline, each region's verdict, each check of theirs that is not well, what was found,
/// and what of it is not as expected.
fn said(name: &str, hooks: &Hooks, misses: &[Miss]) -> String {
    let grade = match misses.first() {
        None => "right",
        Some(miss) if miss.kind == Severity::Wrong => "WRONG",
        Some(_) => "undecided",
    };
    let regions = hooks
        .regions
        .iter()
        .map(|(region, verdict)| format!("{region} {verdict}"));
    let is_told = |(name, (outcome, _)): &(&String, &(String, String))| {
        !name.starts_with("network/") && outcome != "ok"
    };
    let checks = hooks.checks.iter().filter(is_told);
    let checks = checks.map(|(name, (outcome, proof))| format!("{name} {outcome} {proof}"));
    let findings = hooks
        .findings
        .iter()
        .map(|(code, scope)| format!("{code} {scope}"));
    let list = |words: Vec<String>| words.join(", ");
    let words = [
        list(regions.collect()),
        list(checks.collect()),
        list(findings.collect()),
        list(misses.iter().map(ToString::to_string).collect()),
    ];
    let verdict = &hooks.verdict;
    format!("{name}: {grade}: {verdict} | {}\n", words.join(" | "))
}

#[test]
fn what_browsers_said_in_cells_still_gives_what_it_gave() {
    let mut list = String::new();
    let cells = cells::all();
    for (name, path) in recorded() {
        let (engine, cell) = name.split_once('/').expect("an engine and a cell");
        let engine = Engine::CORE.iter().find(|it| it.name() == engine);
        let engine = *engine.expect("an engine");
        let cell = cells.iter().find(|it| it.name() == cell).expect("a cell");
        let text = fs::read_to_string(&path).expect("a recording");
        let (session, environment) = trace::read(&text).expect(&name);
        let diagnosis = diagnose(&session, &environment, Thresholds::default());
        let hooks = hooks(&session.plan, &diagnosis);
        let misses = misses(engine, cell, &session, &hooks);
        list.push_str(&said(&name, &hooks, &misses));
    }
    let file = recordings::folder().join("under.txt");
    if std::env::var_os("REACHCHECK_WRITE_DOCS").is_some() {
        fs::write(&file, &list).expect("written");
    }
    let kept = fs::read_to_string(&file).expect("crates/lab/recordings/under.txt");
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    let (kept, given) = (lines(&kept), lines(&list));
    let listed = |lines: Vec<&String>| lines.into_iter().cloned().collect::<Vec<_>>().join("\n");
    assert!(
        kept == given,
        "no longer said:\n{}\nsaid instead:\n{}",
        listed(kept.difference(&given).collect()),
        listed(given.difference(&kept).collect())
    );
}

#[test]
fn recordings_are_of_cells_and_those_of_every_test_are_recorded() {
    let recorded: BTreeSet<String> = recorded().into_keys().collect();
    let of_each_engine = |wanted: fn(&Cell) -> bool| {
        let cells = cells::all().into_iter().filter(wanted);
        let names: Vec<String> = cells.map(|cell| cell.name()).collect();
        let engines = Engine::CORE.iter();
        let names = engines.flat_map(|engine| {
            let names = names.iter();
            names
                .map(|name| format!("{}/{name}", engine.name()))
                .collect::<Vec<_>>()
        });
        names.collect::<BTreeSet<String>>()
    };
    let unknown: Vec<_> = recorded
        .difference(&of_each_engine(|_| true))
        .cloned()
        .collect();
    assert!(unknown.is_empty(), "of no cell: {unknown:?}");
    let always = of_each_engine(|cell| cell.always);
    let missing: Vec<_> = always.difference(&recorded).cloned().collect();
    assert!(missing.is_empty(), "not recorded: {missing:?}");
}
