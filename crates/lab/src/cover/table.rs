//! What the cells of a run gave, as Markdown.

use std::fmt::Write as _;
use std::time::{Duration, SystemTime};

use super::Cell;
use super::docs::HEADING;
use crate::browser::Engine;
use crate::matrix::{Grade, Record};

/// What a run of the cover gave.
#[derive(Clone, Debug)]
pub struct Tally {
    /// The cells that were to be run.
    pub cells: Vec<Cell>,
    /// What became of each that ran, with its engine.
    pub records: Vec<Record>,
    /// Why others gave nothing: test and error.
    pub broken: Vec<(String, String)>,
    /// When it ended.
    pub at: SystemTime,
    /// How long it took.
    pub took: Duration,
}

impl Tally {
    /// Whether something false was said, or a cell did not run.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        let is_wrong = |record: &Record| record.grade() == Grade::Wrong;
        !self.broken.is_empty() || self.records.iter().any(is_wrong)
    }

    /// The tables, as they stand in the docs.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut text = HEADING.to_owned();
        let engines = Engine::CORE.map(Engine::name).join(" and ");
        let date = httpdate::fmt_http_date(self.at);
        // As in "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 section 5.6.7).
        let date = date.get(5..16).unwrap_or_default();
        let _ = writeln!(
            text,
            "\nRun on {date}: {} cells of {} in {engines}, in {:.0} minutes, each once. *Right*: all is as expected. *Undecided*: \
             *unknown* or less proof, where more can be known. *Wrong*: a verdict, a check or a finding is another one. \
             [lab.md](lab.md) has what a cell is.",
            self.records.len(),
            self.cells.len() * Engine::CORE.len(),
            self.took.as_secs_f64() / 60.0,
        );
        for engine in Engine::CORE {
            self.of_engine(&mut text, engine);
        }
        if !self.broken.is_empty() {
            text.push_str("\nCells that could not be run:\n\n");
        }
        for (name, error) in &self.broken {
            let error = error.lines().next().unwrap_or_default();
            let _ = writeln!(text, "- `{name}`: {error}");
        }
        text
    }

    fn of_engine(&self, text: &mut String, engine: Engine) {
        let _ = writeln!(text, "\n### {} under conditions\n", engine.name());
        text.push_str("| Condition | right | undecided | wrong |\n|---|---:|---:|---:|\n");
        let mut labels: Vec<String> = Vec::new();
        let mut given = Vec::new();
        for cell in &self.cells {
            let Ok(case) = cell.case() else { continue };
            let name = case.full_name();
            let is_it = |record: &&Record| record.engine() == engine && record.world() == name;
            let Some(record) = self.records.iter().find(is_it) else {
                continue;
            };
            let label = cell.conditions.join(", ");
            if !labels.contains(&label) {
                labels.push(label.clone());
            }
            given.push((label, cell.name(), record));
        }
        let count = |label: Option<&String>, grade| {
            let of = given.iter().filter(|(other, _, record)| {
                label.is_none_or(|label| label == other) && record.grade() == grade
            });
            match of.count() {
                0 => String::new(),
                number => number.to_string(),
            }
        };
        let mut row = |words: &str, label: Option<&String>| {
            let [right, undecided, wrong] =
                [Grade::Right, Grade::Undecided, Grade::Wrong].map(|grade| count(label, grade));
            let _ = writeln!(text, "| {words} | {right} | {undecided} | {wrong} |");
        };
        for label in &labels {
            row(&format!("`{label}`"), Some(label));
        }
        row("in all", None);
        text.push_str("\nNot as expected:\n\n");
        let mut any = false;
        for (_, name, record) in &given {
            if record.grade() != Grade::Right {
                any = true;
                let grade = match record.grade() {
                    Grade::Wrong => "wrong",
                    Grade::Right | Grade::Undecided => "undecided",
                };
                let _ = writeln!(text, "- `{name}`, {grade}: {}", record.misses().join("; "));
            }
        }
        if !any {
            text.push_str("- none\n");
        }
    }
}
