//! Expected against given, over all worlds that were run, as Markdown.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::browser::{Engine, Hooks};
use crate::case::{Case, Expect, regions};
use crate::judge::{Miss, Severity, UNDECIDED, WITHOUT, misplaced};

/// One world in one engine.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Record {
    engine: Engine,
    world: String,
    /// Expected and given verdict of each region.
    regions: Vec<(String, String)>,
    /// Expected and given code of the first finding.
    leading: (String, String),
    /// Expected and given place of each failing check whose place is known.
    places: Vec<(String, String)>,
    misses: Vec<String>,
    misplaced: Vec<String>,
    grade: Grade,
    unknowable: Option<String>,
    instead: Option<(String, String)>,
    blind: Option<String>,
}

impl Record {
    /// What a world gave, held against what it must.
    #[must_use]
    pub fn new(engine: Engine, case: &Case, hooks: &Hooks, misses: &[Miss]) -> Self {
        let expect = case.expect.late.as_deref().unwrap_or(&case.expect);
        let given = |region: &str| hooks.regions.get(region).cloned().unwrap_or_default();
        let first = hooks.findings.first();
        Self {
            engine,
            world: case.full_name(),
            regions: regions()
                .iter()
                // A recording has the regions that there were.
                .filter(|region| hooks.regions.contains_key(**region))
                .map(|region| (expect.of(region).to_owned(), given(region)))
                .collect(),
            leading: (
                expect.leading_word(engine).to_owned(),
                first.map_or_else(|| "none".to_owned(), |(code, _)| code.clone()),
            ),
            places: places(expect, hooks),
            misses: misses
                .iter()
                .filter(|miss| miss.kind != Severity::Misplaced)
                .map(ToString::to_string)
                .collect(),
            misplaced: misplaced(misses).iter().map(ToString::to_string).collect(),
            grade: match names_another_cause(expect, hooks, engine) {
                true => Grade::Wrong,
                false => Grade::of(misses),
            },
            unknowable: case.expect.why_unknowable(engine).map(str::to_owned),
            blind: case.expect.why_blind(engine).map(str::to_owned),
            instead: case
                .expect
                .instead
                .iter()
                .find(|(other, ..)| *other == engine)
                .map(|(_, code, why)| ((*code).to_owned(), (*why).to_owned())),
        }
    }
}

/// What is expected and given of where failing checks broke.
fn places(expect: &Expect, hooks: &Hooks) -> Vec<(String, String)> {
    let failing = expect.places.iter().filter_map(|place| {
        let (outcome, _) = hooks.checks.get(place.check)?;
        let (layer, proof) = hooks.places.get(place.check)?;
        let given = match layer.is_empty() {
            true => "not said".to_owned(),
            false => format!("{layer} {proof}"),
        };
        (outcome == "failed").then(|| (place.layer.to_owned(), given))
    });
    failing.collect()
}

/// What one record amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Grade {
    /// All is as expected.
    Right,
    /// What should have been said was not, or on less proof; nothing false was.
    Undecided,
    /// A verdict, a check or a finding is another one than it must be.
    Wrong,
}

/// Whether where one finding is expected, and may be known, another one is given, which is false then.
fn names_another_cause(expect: &Expect, hooks: &Hooks, engine: Engine) -> bool {
    let is_given = |code: &str, scope: &str| {
        let is_it = |given: &&(String, String)| expect.allows(code, &given.0) && given.1 == scope;
        hooks.findings.iter().any(|given| is_it(&given))
    };
    let another = |scope: &str| {
        hooks.findings.iter().any(|(given, at)| {
            let is_expected = |(code, place): &(&'static str, &str)| {
                place == at && expect.allows(expect.code_in(engine, code), given)
            };
            at == scope && given != UNDECIDED && !expect.findings.iter().any(is_expected)
        })
    };
    let may_know = expect.why_unknowable(engine).is_none() && expect.why_blind(engine).is_none();
    may_know
        && expect.findings.iter().any(|(code, scope)| {
            let code = expect.code_in(engine, code);
            let is_named = !["any", "none"].contains(&code);
            is_named && *scope != "network" && !is_given(code, scope) && another(scope)
        })
}

impl Grade {
    /// A finding that is not there leaves a reader with less, one that must not be there tells something false.
    #[must_use]
    pub fn of(misses: &[Miss]) -> Self {
        let is_wrong = |miss: &Miss| {
            let is_unwanted = miss.expected.starts_with(WITHOUT);
            miss.kind == Severity::Wrong || (miss.kind == Severity::Consequence && is_unwanted)
        };
        if misses.iter().any(is_wrong) {
            Self::Wrong
        } else if misses.iter().all(|miss| miss.kind == Severity::Misplaced) {
            Self::Right
        } else {
            Self::Undecided
        }
    }
}

impl Record {
    /// The engine it was in.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// The world, and what it was under.
    #[must_use]
    pub fn world(&self) -> &str {
        &self.world
    }

    /// Every difference, in words.
    #[must_use]
    pub fn misses(&self) -> &[String] {
        &self.misses
    }

    /// What it amounts to.
    #[must_use]
    pub const fn grade(&self) -> Grade {
        self.grade
    }
}

/// Every record of a run.
#[derive(Default)]
pub struct Matrix(Vec<Record>);

impl FromIterator<Record> for Matrix {
    fn from_iter<T: IntoIterator<Item = Record>>(records: T) -> Self {
        Self(records.into_iter().collect())
    }
}

impl Matrix {
    /// The tables, as they stand in the docs.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut text = String::from("# Expected against given\n");
        for engine in Engine::ALL {
            let records: Vec<&Record> = self.0.iter().filter(|r| r.engine == engine).collect();
            if !records.is_empty() {
                of_engine(&mut text, engine, &records);
            }
        }
        text
    }
}

/// By what an engine shows that something took a connection on which the dialogue then failed, as it must at a healthy port
/// of another protocol (`crates/diagnosis/src/analysis/taken.rs`).
const fn taken_by(engine: Engine) -> &'static str {
    match engine {
        Engine::Chromium => {
            "A port of another protocol is told from one that is refused or unknown by WebRTC, which names an address only \
             over a connection that stands. At a port that waits in silence it names one only \
             after 40 s, so that is *unknown* at first. Without WebRTC it is *unknown*; so it is \
             where two round trips may be the port's own: a certificate of its own, one alert."
        }
        Engine::Firefox => {
            "A port of another protocol is told from one that is refused or unknown by close code 1015, and by requests that \
             were repeated where the WebSocket was not, with a duration where TLS had finished. A CONNECT that a proxy refuses \
             has a duration, too, and is not repeated. Behind a proxy, and at a port that waits in silence or speaks first, \
             it is *unknown*."
        }
        Engine::WebKit => {
            "A port of another protocol is told from one that is refused or unknown by nothing but two regions, one of them \
             half as far again, whose times are in the ratio of the ways; where regions are equally far it is *unknown*."
        }
    }
}

fn of_engine(text: &mut String, engine: Engine, records: &[&Record]) {
    let missed = records.iter().filter(|r| !r.misses.is_empty()).count();
    let knows_less = records
        .iter()
        .filter(|r| r.unknowable.is_some() || r.blind.is_some())
        .count();
    let _ = writeln!(
        text,
        "\n## {}\n\n{} worlds, {} as expected, {missed} not. In {knows_less} of them this engine is expected to know less \
         than there is: which, and why, stands below.\n",
        engine.name(),
        records.len(),
        records.len() - missed
    );
    let _ = writeln!(text, "{}\n", taken_by(engine));
    text.push_str("Verdicts of regions, expected (rows) and given (columns):\n\n");
    table(
        text,
        records.iter().flat_map(|record| record.regions.clone()),
    );
    text.push_str("\nFirst finding, expected (rows) and given (columns):\n\n");
    table(text, records.iter().map(|record| record.leading.clone()));
    text.push_str(
        "\nWhere failing checks broke, as the world has it (rows) and given (columns):\n\n",
    );
    table(
        text,
        records.iter().flat_map(|record| record.places.clone()),
    );
    let misplaced: usize = records.iter().map(|record| record.misplaced.len()).sum();
    let placed: usize = records.iter().map(|record| record.places.len()).sum();
    let _ = writeln!(
        text,
        "\nInferred places that are not the world's: {misplaced} of {placed}. A confirmed one that is not would be a \
         failure.\n"
    );
    for record in records.iter().filter(|record| !record.misplaced.is_empty()) {
        let _ = writeln!(
            text,
            "- `{}`: {}",
            record.world,
            record.misplaced.join("; ")
        );
    }
    text.push_str("\nNot as expected:\n\n");
    for record in records.iter().filter(|record| !record.misses.is_empty()) {
        let _ = writeln!(text, "- `{}`: {}", record.world, record.misses.join("; "));
    }
    if missed == 0 {
        text.push_str("- none\n");
    }
    text.push_str("\nWhat this engine cannot know, so that `unknown` is right:\n\n");
    let mut any = false;
    for record in records {
        if let Some(why) = &record.unknowable {
            any = true;
            let _ = writeln!(text, "- `{}`: {why}", record.world);
        }
    }
    if !any {
        text.push_str("- nothing in these worlds\n");
    }
    let blind: Vec<_> = records
        .iter()
        .filter_map(|r| Some((&r.world, r.blind.as_ref()?)))
        .collect();
    if !blind.is_empty() {
        text.push_str(
            "\nWhat this engine does not see at all, so that it says less than there is:\n\n",
        );
    }
    for (world, why) in blind {
        let _ = writeln!(text, "- `{world}`: {why}");
    }
    let shown_otherwise: Vec<_> = records
        .iter()
        .filter_map(|r| Some((&r.world, r.instead.as_ref()?)))
        .collect();
    if !shown_otherwise.is_empty() {
        text.push_str("\nWhat this engine shows by another finding than the others:\n\n");
    }
    for (world, (code, why)) in shown_otherwise {
        let _ = writeln!(text, "- `{world}`: `{code}`, since {why}");
    }
}

fn table(text: &mut String, pairs: impl Iterator<Item = (String, String)>) {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for pair in pairs {
        *counts.entry(pair).or_default() += 1;
    }
    let rows: BTreeSet<&String> = counts.keys().map(|(expected, _)| expected).collect();
    let columns: BTreeSet<&String> = counts.keys().map(|(_, given)| given).collect();
    let _ = write!(text, "| |");
    for column in &columns {
        let _ = write!(text, " {column} |");
    }
    let _ = write!(text, "\n|---|{}", "---:|".repeat(columns.len()));
    for row in rows {
        let _ = write!(text, "\n| {row} |");
        for column in &columns {
            let count = counts.get(&(row.clone(), (*column).clone()));
            let _ = write!(text, " {} |", count.map_or(String::new(), usize::to_string));
        }
    }
    text.push('\n');
}
