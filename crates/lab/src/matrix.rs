//! Expected against given, over all worlds that were run, as Markdown.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::browser::{Engine, Hooks};
use crate::case::{Case, regions};
use crate::judge::Miss;

/// One world in one engine.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Record {
    engine: Engine,
    world: String,
    /// Expected and given verdict of each region.
    regions: Vec<(String, String)>,
    /// Expected and given code of the first finding.
    leading: (String, String),
    misses: Vec<String>,
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
            misses: misses.iter().map(ToString::to_string).collect(),
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
    text.push_str("Verdicts of regions, expected (rows) and given (columns):\n\n");
    table(
        text,
        records.iter().flat_map(|record| record.regions.clone()),
    );
    text.push_str("\nFirst finding, expected (rows) and given (columns):\n\n");
    table(text, records.iter().map(|record| record.leading.clone()));
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
