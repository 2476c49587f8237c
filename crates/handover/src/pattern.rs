//! The pattern in many reports: who has which trouble where, and what sets those apart who have it.
//!
//! In reading order:
//!
//! * this file: a case for each report or short code, and the regions as columns.
//! * [`traits`]: what a case may share with others.
//! * [`apart`]: the trait that sets some cases apart from others.
//! * [`statements`]: what is said of all cases.
//! * [`stories`]: before and after of one person.
//! * [`groups`]: rows under what they share.
//! * [`sentences`]: all of it in words.
//! * [`export`]: a table for spreadsheets, and a text for a ticket.

pub mod apart;
pub mod export;
pub mod groups;
pub mod sentences;
pub mod statements;
pub mod stories;
pub mod traits;

use crate::caution::is_place;
use crate::reading::Reading;
use crate::words::reported;
use reachcheck_diagnosis::diagnosis::Verdict;
use reachcheck_diagnosis::finding::Scope;
use reachcheck_diagnosis::findings::Code;
use reachcheck_model::catalogue::{Catalogue, Region};
use reachcheck_model::lang::Lang;
use traits::Traits;

/// More columns are not made: no report has more regions, and strangers' reports may each have others.
const COLUMNS_MAX: usize = 32;

/// A region, as a column of the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its id.
    pub id: String,
    /// Its name; in quotation marks where the reader's catalogue does not have it.
    pub name: String,
}

/// A finding, in a region by its column, or in the network.
pub type Found = (Code, Option<usize>);

/// A report or a short code, as a row of the matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// What the helpdesk calls whoever made it.
    pub name: Option<String>,
    /// The ticket it belongs to.
    pub ticket: Option<String>,
    /// When it was begun, in milliseconds since 1970; a short code does not say.
    pub unix_ms: Option<f64>,
    /// Late evidence was in as well.
    pub is_settled: bool,
    /// Verdicts by column; `None`: not tested, or cancelled. Of a run that was offline, each is [`Verdict::Offline`].
    pub verdicts: Vec<Option<Verdict>>,
    /// Its findings, the most important first; of a short code, the first.
    pub findings: Vec<Found>,
    /// What it may share with others.
    pub traits: Traits,
    /// Whether a short code is all there is of it.
    pub is_code: bool,
}

impl Case {
    /// The worst verdict.
    #[must_use]
    pub fn worst(&self) -> Option<Verdict> {
        self.verdicts.iter().flatten().min().copied()
    }
}

/// Many reports, as people by regions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    /// The regions: the catalogue's own first.
    pub columns: Vec<Column>,
    /// In the order in which they were read.
    pub cases: Vec<Case>,
}

impl Matrix {
    /// The matrix of what was read. Hours are those of the reader's clock, local time minus UTC in minutes.
    #[must_use]
    pub fn of(
        lang: Lang,
        readings: &[Reading],
        names: &[Option<String>],
        catalogue: &Catalogue,
        offset_minutes: i32,
    ) -> Self {
        let columns = columns(lang, readings, catalogue);
        let name = |at: usize| names.get(at).cloned().flatten();
        let cases = readings.iter().enumerate().map(|(at, reading)| {
            let case = case(reading, &columns, catalogue, offset_minutes);
            Case {
                name: name(at),
                ..case
            }
        });
        let cases = cases.collect();
        let columns = columns
            .into_iter()
            .map(|(column, _)| column)
            .collect::<Vec<_>>();
        Self { columns, cases }
    }

    /// What a case is called: by the helpdesk, else by its ticket, else by its number. A number tells those apart that
    /// have the same ticket.
    #[must_use]
    pub fn label(&self, at: usize) -> String {
        let case = &self.cases[at];
        if let Some(name) = &case.name {
            return name.clone();
        }
        let number = at + 1;
        match &case.ticket {
            Some(ticket) => {
                let has_it = |other: &&Case| other.ticket.as_ref() == Some(ticket);
                match self.cases.iter().filter(has_it).take(2).count() {
                    1 => ticket.clone(),
                    _ => format!("{ticket} · {number}"),
                }
            }
            None => number.to_string(),
        }
    }
}

/// A column with the region's own name.
type Named = (Column, String);

fn columns(lang: Lang, readings: &[Reading], catalogue: &Catalogue) -> Vec<Named> {
    let named = |region: &Region| {
        let name = match is_place(catalogue, &region.name) {
            true => region.name.clone(),
            false => reported(lang, &region.name),
        };
        let id = region.id.clone();
        (Column { id, name }, region.name.clone())
    };
    let mut columns: Vec<(Named, bool)> = catalogue
        .regions
        .iter()
        .map(|region| (named(region), false))
        .collect();
    for reading in readings {
        match reading {
            Reading::Report(report) => {
                for region in &report.plan.regions {
                    let known = columns.iter().position(|(known, _)| is_it(known, region));
                    match known {
                        Some(at) => columns[at].1 = true,
                        None if columns.len() < COLUMNS_MAX => {
                            columns.push((named(region), true));
                        }
                        None => {}
                    }
                }
            }
            Reading::Code(short) => {
                for ((_, is_used), verdict) in columns.iter_mut().zip(&short.verdicts) {
                    *is_used |= verdict.is_some();
                }
            }
        }
    }
    let used = columns.into_iter().filter(|(_, is_used)| *is_used);
    used.map(|(column, _)| column).collect()
}

fn is_it((column, name): &Named, region: &Region) -> bool {
    column.id == region.id && *name == region.name
}

fn case(reading: &Reading, columns: &[Named], catalogue: &Catalogue, offset_minutes: i32) -> Case {
    let column_of = |region: &Region| columns.iter().position(|column| is_it(column, region));
    let mut verdicts = vec![None; columns.len()];
    match reading {
        Reading::Report(report) => {
            let diagnosis = &report.diagnosis;
            let regions = &report.plan.regions;
            let is_offline = diagnosis.headline == Verdict::Offline;
            let all = regions.iter().zip(&diagnosis.regions);
            for (region, found) in all.filter(|_| !report.is_cancelled) {
                if let Some(column) = column_of(region) {
                    let verdict = if is_offline {
                        Verdict::Offline
                    } else {
                        found.verdict
                    };
                    verdicts[column] = Some(verdict);
                }
            }
            let findings = diagnosis.findings.iter().filter(|_| !report.is_cancelled);
            let findings = findings.filter_map(|finding| {
                let column = match finding.scope {
                    Scope::Network => None,
                    Scope::Region(region) => Some(column_of(regions.get(region)?)?),
                };
                Some((finding.cause.code(), column))
            });
            Case {
                name: None,
                ticket: report.ticket.clone(),
                unix_ms: Some(report.started.unix_ms),
                is_settled: report.is_settled,
                verdicts,
                findings: findings.collect(),
                traits: Traits::of(report, offset_minutes),
                is_code: false,
            }
        }
        Reading::Code(short) => {
            let is_offline = short.headline() == Verdict::Offline;
            for (region, verdict) in catalogue.regions.iter().zip(&short.verdicts) {
                if let Some(column) = column_of(region) {
                    let offline = verdict.map(|_| Verdict::Offline);
                    verdicts[column] = if is_offline { offline } else { *verdict };
                }
            }
            Case {
                name: None,
                ticket: None,
                unix_ms: None,
                is_settled: true,
                verdicts,
                // The code does not say in which region.
                findings: short.leading.map(|code| (code, None)).into_iter().collect(),
                traits: Traits::default(),
                is_code: true,
            }
        }
    }
}
