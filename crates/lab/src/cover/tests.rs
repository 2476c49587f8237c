use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

use reachcheck_model::catalogue::Kind;

use super::class::{Class, broken, is_healthy};
use super::speech::Speech;
use super::table::Tally;
use super::{CELLS_MAX, STANDS_FOR, cells, named, worlds};
use crate::browser::{Engine, Hooks};
use crate::judge::misses;
use crate::matrix::{Grade, Record};
use crate::under;

fn conditions() -> BTreeSet<&'static str> {
    let known = under::all().into_iter().map(|condition| condition.name);
    let is_stood_for = |name: &&str| STANDS_FOR.iter().any(|(other, _)| other == name);
    known.filter(|name| !is_stood_for(name)).collect()
}

#[test]
fn each_condition_meets_a_healthy_world_and_each_class_of_failure() {
    let mut healthy = BTreeSet::new();
    let mut met = BTreeSet::new();
    for cell in cells::all() {
        let world = cell.spoken().expect("a world").build();
        for condition in &cell.conditions {
            if is_healthy(&world) {
                healthy.insert(*condition);
            }
            for (_, _, class) in broken(&world) {
                met.insert((*condition, class));
            }
        }
    }
    let mut missing = Vec::new();
    for condition in conditions() {
        if !healthy.contains(condition) {
            missing.push(format!("{condition}: a healthy world"));
        }
        let not_met = |class: &Class| !met.contains(&(condition, *class));
        let classes = Class::ALL.into_iter().filter(not_met);
        missing.extend(classes.map(|class| format!("{condition}: {class:?}")));
    }
    assert!(missing.is_empty(), "no cell has\n{}", missing.join("\n"));
}

#[test]
fn each_dialect_meets_each_class_of_failure_and_none() {
    let mut met = BTreeSet::new();
    let mut well = BTreeSet::new();
    for cell in cells::all() {
        let world = cell.spoken().expect("a world").build();
        for (region, kind, class) in broken(&world) {
            if kind == Kind::Tcp
                && let Some(speech) = Speech::of(&world, region)
            {
                met.insert((speech, class));
            }
        }
        if is_healthy(&world) {
            well.extend(Speech::of(&world, "seattle"));
        }
    }
    let every = Speech::ALL
        .iter()
        .flat_map(|speech| Class::ALL.map(|class| (*speech, class)));
    let missing: Vec<_> = every.filter(|pair| !met.contains(pair)).collect();
    assert!(missing.is_empty(), "no cell has {missing:?}");
    let missing: Vec<_> = Speech::ALL.iter().filter(|it| !well.contains(it)).collect();
    assert!(missing.is_empty(), "no healthy cell has {missing:?}");
}

#[test]
fn every_dialect_of_the_worlds_is_one_of_the_cover_and_is_what_it_says() {
    for case in crate::worlds::all() {
        let world = case.build();
        for region in crate::case::regions() {
            let odd = world.hosts.odd.iter();
            let is_flawed = odd
                .clone()
                .any(|odd| !odd.is_https && odd.region == *region);
            assert!(
                is_flawed || Speech::of(&world, region).is_some(),
                "{}",
                case.name
            );
        }
    }
    for speech in Speech::ALL {
        let mut world = crate::world::World::default();
        (speech.condition().put)(&mut world);
        assert_eq!(Speech::of(&world, "virginia"), Some(speech));
        assert!(is_healthy(&world), "{speech:?}");
    }
}

#[test]
fn cells_have_names_of_their_own_that_resolve_and_are_not_too_many() {
    let cells = cells::all();
    assert!(cells.len() <= CELLS_MAX, "{} cells", cells.len());
    let mut names = BTreeSet::new();
    for cell in &cells {
        assert!(names.insert(cell.name()), "{} twice", cell.name());
        assert!((1..=2).contains(&cell.conditions.len()), "{}", cell.name());
        if let Err(error) = cell.case() {
            panic!("{}: {error:#}", cell.name());
        }
        for change in &cell.changes {
            assert!(change.why.ends_with('.'), "{}: {}", cell.name(), change.why);
        }
    }
    let two = cells.iter().filter(|cell| cell.conditions.len() == 2);
    assert!(10 * two.count() < cells.len(), "two conditions are rare");
    assert!(named("all-well+nowhere").is_err());
}

#[test]
fn ten_cells_of_different_conditions_are_in_every_test() {
    let always: Vec<_> = cells::all()
        .into_iter()
        .filter(|cell| cell.always)
        .collect();
    let of: BTreeSet<_> = always.iter().map(|cell| cell.conditions.clone()).collect();
    assert_eq!((always.len(), of.len()), (10, 10));
}

#[test]
fn worlds_of_the_cover_have_names_of_their_own_and_one_broken_tcp_endpoint_at_most() {
    let mut names: BTreeSet<_> = crate::worlds::all().iter().map(|case| case.name).collect();
    for case in worlds::cases() {
        assert!(names.insert(case.name), "{} twice", case.name);
        assert!(case.about.ends_with('.'), "{}", case.name);
        let world = case.build();
        let tcp = broken(&world)
            .into_iter()
            .filter(|(_, kind, _)| *kind == Kind::Tcp);
        assert!(tcp.count() <= 1, "{}", case.name);
        assert!(!is_healthy(&world), "{}", case.name);
    }
}

/// A tally of one cell that a page without any verdict was looked at in, and of one that did not run.
#[test]
fn a_tally_counts_each_cell_once_and_says_what_was_given() {
    let cells = named("all-well+tcp-plain-closes+vpn-for-service").expect("a cell");
    let case = cells[0].case().expect("a case");
    let engine = Engine::Firefox;
    let record = |hooks: &Hooks| {
        let misses = misses(&case.expect, hooks, engine);
        Record::new(engine, &case, hooks, &misses)
    };
    let mut unknown = Hooks {
        verdict: "unknown".to_owned(),
        ..Hooks::default()
    };
    for region in crate::case::regions() {
        let verdict = "unknown".to_owned();
        unknown.regions.insert((*region).to_owned(), verdict);
    }
    for (name, ..) in &case.expect.checks {
        let check = ("unknown".to_owned(), "none".to_owned());
        unknown.checks.insert((*name).to_owned(), check);
    }
    let mut tally = Tally {
        cells: cells.clone(),
        records: vec![record(&unknown)],
        broken: Vec::new(),
        at: SystemTime::UNIX_EPOCH,
        took: Duration::from_mins(5),
    };
    let text = tally.to_markdown();
    assert!(text.contains("Run on 01 Jan 1970: 1 cells of 2"), "{text}");
    assert!(text.contains("| `vpn-for-service` |  | 1 |  |"), "{text}");
    assert!(
        text.contains("the headline is unknown, not reachable"),
        "{text}"
    );
    assert!(!tally.is_wrong());
    tally.records = vec![record(&Hooks {
        verdict: "down".to_owned(),
        ..unknown
    })];
    assert!(tally.is_wrong());
    assert!(tally.to_markdown().contains("| in all |  |  | 1 |"));
    tally.records.clear();
    tally.broken = vec![("firefox::cells::x".to_owned(), "no end".to_owned())];
    assert!(tally.is_wrong() && tally.to_markdown().contains("no end"));
}

#[test]
fn another_cause_is_wrong_even_where_something_else_is_undecided() {
    let cells = named("https-refused-far+relay-lossy").expect("a cell");
    let case = cells[0].case().expect("a case");
    let grade = |code: &str| {
        let mut hooks = Hooks {
            verdict: "blocked".to_owned(),
            findings: vec![(code.to_owned(), "toronto".to_owned())],
            ..Hooks::default()
        };
        for region in crate::case::regions() {
            let verdict = if *region == "toronto" {
                "blocked"
            } else {
                "unknown"
            };
            hooks
                .regions
                .insert((*region).to_owned(), verdict.to_owned());
        }
        for (name, outcome, proof) in &case.expect.checks {
            let check = ((*outcome).to_owned(), (*proof).to_owned());
            hooks.checks.insert((*name).to_owned(), check);
        }
        let misses = misses(&case.expect, &hooks, Engine::Firefox);
        Record::new(Engine::Firefox, &case, &hooks, &misses).grade()
    };
    assert_eq!(grade("refused-far"), Grade::Undecided);
    assert_eq!(grade("not-connected"), Grade::Undecided);
    assert_eq!(grade("tls-rejected"), Grade::Wrong);
}
