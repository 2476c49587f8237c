//! Several reports side by side: before and after, one who can work and one who cannot, a whole team.

use crate::snapshot::Snapshot;
use reachcheck_diagnosis::analysis::CheckOutcome;
use reachcheck_diagnosis::diagnosis::{Check, CheckName, Verdict};
use reachcheck_diagnosis::finding::Scope;
use reachcheck_diagnosis::findings::Code;

/// What a row is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// The verdict of the run.
    Headline,
    /// The verdict of a region, by name.
    Region(String),
    /// A check, of a region by name or of the network.
    Check(Option<String>, CheckName),
    /// Whether a finding is there, in a region by name or in the network.
    Finding(Code, Option<String>),
}

/// What a report says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A verdict.
    Verdict(Verdict),
    /// A check's outcome.
    Outcome(CheckOutcome),
    /// Whether a finding is there.
    Found(bool),
    /// The report is not about that region.
    Absent,
}

/// One row: a cell for each report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is about.
    pub about: About,
    /// In the order of the reports.
    pub cells: Vec<Cell>,
}

impl Row {
    /// Whether the reports do not agree.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.cells.windows(2).any(|pair| pair[0] != pair[1])
    }
}

/// What the reports have in common, or not, to be put in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// They do not differ in any row.
    Alike,
    /// All have this verdict.
    SameVerdict(Verdict),
    /// These regions have the same verdict in all of them.
    RegionsAlike(Verdict, Vec<String>),
    /// A region's verdict differs: each verdict with the reports that have it, counted from one.
    RegionDiffers(String, Vec<(Verdict, Vec<usize>)>),
    /// Findings that are in all of them.
    FindingsShared(Vec<(Code, Option<String>)>),
    /// They have findings, and none in common.
    NoFindingShared,
    /// A finding that is in some of them only, counted from one.
    FindingOnlyIn(Code, Option<String>, Vec<usize>),
    /// Whether all come from one public address, where all say from which.
    SameAddress(bool),
    /// All were made in this browser.
    SameBrowser(String),
    /// They were made in different browsers.
    OtherBrowsers,
}

/// The table of two or more reports. Every region, check and finding that any of them has is a row.
#[must_use]
pub fn rows(reports: &[&Snapshot]) -> Vec<Row> {
    let row = |about: About, cell: &dyn Fn(&Snapshot) -> Cell| Row {
        cells: reports.iter().map(|report| cell(report)).collect(),
        about,
    };
    let mut rows = vec![row(About::Headline, &|report| {
        Cell::Verdict(report.diagnosis.headline)
    })];
    for (id, name) in each(reports, |report| {
        let regions = report.plan.regions.iter();
        regions
            .map(|region| (region.id.clone(), region.name.clone()))
            .collect()
    }) {
        let at = |report: &Snapshot| {
            report
                .plan
                .regions
                .iter()
                .position(|region| region.id == id)
        };
        let verdict = |report: &Snapshot| match at(report) {
            Some(region) => Cell::Verdict(report.diagnosis.regions[region].verdict),
            None => Cell::Absent,
        };
        rows.push(row(About::Region(name.clone()), &verdict));
        for check in [CheckName::Https, CheckName::Tcp] {
            let outcome = |report: &Snapshot| match at(report) {
                Some(region) => outcome(&report.diagnosis.regions[region].checks, check),
                None => Cell::Absent,
            };
            rows.push(row(About::Check(Some(name.clone()), check), &outcome));
        }
    }
    for name in each(reports, |report| {
        report
            .diagnosis
            .network
            .iter()
            .map(|check| check.name)
            .collect()
    }) {
        rows.push(row(About::Check(None, name), &|report| {
            outcome(&report.diagnosis.network, name)
        }));
    }
    for finding in each(reports, findings) {
        let found = |report: &Snapshot| Cell::Found(findings(report).contains(&finding));
        rows.push(row(About::Finding(finding.0, finding.1.clone()), &found));
    }
    rows
}

/// Everything that any of the reports has, each once, in order of appearance.
fn each<T: PartialEq>(reports: &[&Snapshot], of: impl Fn(&Snapshot) -> Vec<T>) -> Vec<T> {
    let mut all = Vec::new();
    for item in reports.iter().flat_map(|report| of(report)) {
        if !all.contains(&item) {
            all.push(item);
        }
    }
    all
}

fn outcome(checks: &[Check], name: CheckName) -> Cell {
    let check = checks.iter().find(|check| check.name == name);
    check.map_or(Cell::Absent, |check| {
        Cell::Outcome(check.conclusion.outcome)
    })
}

/// Codes, with the names of their regions.
fn findings(report: &Snapshot) -> Vec<(Code, Option<String>)> {
    let place = |scope| match scope {
        Scope::Network => None,
        Scope::Region(region) => report
            .plan
            .regions
            .get(region)
            .map(|region| region.name.clone()),
    };
    let all = report.diagnosis.findings.iter();
    all.map(|finding| (finding.cause.code(), place(finding.scope)))
        .collect()
}

/// What is to be said about a table.
#[must_use]
pub fn remarks(reports: &[&Snapshot], rows: &[Row]) -> Vec<Remark> {
    let mut remarks = Vec::new();
    if !rows.iter().any(Row::differs) {
        remarks.push(Remark::Alike);
    }
    let mut alike: Vec<(Verdict, Vec<String>)> = Vec::new();
    let mut different = Vec::new();
    let (mut shared, mut single) = (Vec::new(), Vec::new());
    for row in rows {
        match (&row.about, row.cells.first()) {
            (About::Headline, Some(Cell::Verdict(verdict))) if !row.differs() => {
                remarks.push(Remark::SameVerdict(*verdict));
            }
            (About::Region(name), Some(Cell::Verdict(verdict))) if !row.differs() => {
                match alike.iter_mut().find(|(known, _)| known == verdict) {
                    Some((_, names)) => names.push(name.clone()),
                    None => alike.push((*verdict, vec![name.clone()])),
                }
            }
            (About::Region(name), _) => {
                different.push(Remark::RegionDiffers(name.clone(), groups(row)))
            }
            (About::Finding(code, place), _) if row.differs() => {
                let with = numbers(row, Cell::Found(true));
                single.push(Remark::FindingOnlyIn(*code, place.clone(), with));
            }
            (About::Finding(code, place), _) => shared.push((*code, place.clone())),
            (About::Headline | About::Check(..), _) => {}
        }
    }
    remarks.extend(
        alike
            .into_iter()
            .map(|(verdict, names)| Remark::RegionsAlike(verdict, names)),
    );
    remarks.extend(different);
    if !shared.is_empty() {
        remarks.push(Remark::FindingsShared(shared));
    } else if !single.is_empty() {
        remarks.push(Remark::NoFindingShared);
    }
    remarks.extend(single);
    let addresses: Option<Vec<&String>> = reports
        .iter()
        .map(|report| report.address.as_ref())
        .collect();
    remarks.extend(addresses.map(|all| Remark::SameAddress(are_one(&all))));
    let browsers: Option<Vec<&String>> = reports
        .iter()
        .map(|report| report.browser.as_ref().map(|browser| &browser.name))
        .collect();
    remarks.extend(browsers.map(|all| match are_one(&all) {
        true => Remark::SameBrowser(all[0].clone()),
        false => Remark::OtherBrowsers,
    }));
    remarks
}

fn are_one(all: &[&String]) -> bool {
    all.windows(2).all(|pair| pair[0] == pair[1])
}

/// The reports that say so, counted from one.
fn numbers(row: &Row, cell: Cell) -> Vec<usize> {
    let numbered = (1..).zip(&row.cells);
    numbered
        .filter(|(_, said)| **said == cell)
        .map(|(number, _)| number)
        .collect()
}

fn groups(row: &Row) -> Vec<(Verdict, Vec<usize>)> {
    let mut groups: Vec<(Verdict, Vec<usize>)> = Vec::new();
    for cell in &row.cells {
        if let Cell::Verdict(verdict) = cell
            && !groups.iter().any(|(known, _)| known == verdict)
        {
            groups.push((*verdict, numbers(row, *cell)));
        }
    }
    groups
}
