//! Several reports side by side: before and after, one who can work and one who cannot, a whole team.

use crate::snapshot::Snapshot;
use reachcheck_diagnosis::analysis::{CheckOutcome, Place, Proof};
use reachcheck_diagnosis::diagnosis::{Check, CheckName, Verdict};
use reachcheck_diagnosis::finding::{Finding, Scope};
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

/// How sure a report is: *that* something is so, and *where* it broke, or who answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Certainty {
    /// That it is so.
    pub that: Proof,
    /// Where, as far as the report knew; `None` where the report's format holds no places, so that we do not know it.
    pub place: Option<Option<Place>>,
}

/// What a report says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A verdict.
    Verdict(Verdict),
    /// A check's outcome.
    Outcome(CheckOutcome, Certainty),
    /// A finding is there.
    Found(Certainty),
    /// A finding is not there.
    NotFound,
    /// The report is not about that region.
    Absent,
}

/// In what reports do not agree; the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// In nothing.
    Nothing,
    /// Only in how sure they are, that or where.
    Certainty,
    /// In what they say.
    Statement,
}

impl Cell {
    fn certainty(&self) -> Option<Certainty> {
        match self {
            Self::Outcome(_, certainty) | Self::Found(certainty) => Some(*certainty),
            Self::Verdict(_) | Self::NotFound | Self::Absent => None,
        }
    }

    /// The same statement, or not, whoever is how sure of it.
    fn says_the_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Outcome(one, _), Self::Outcome(other, _)) => one == other,
            (Self::Found(_), Self::Found(_)) => true,
            (one, other) => one == other,
        }
    }

    fn difference(&self, other: &Self) -> Difference {
        if !self.says_the_same(other) {
            return Difference::Statement;
        }
        let (Some(one), Some(other)) = (self.certainty(), other.certainty()) else {
            return Difference::Nothing;
        };
        let places = match (one.place, other.place) {
            (Some(one), Some(other)) => between_places(one, other),
            // Of one of them we do not know it: no change is what can be said.
            _ => Difference::Nothing,
        };
        match one.that == other.that {
            true => places,
            false => places.max(Difference::Certainty),
        }
    }
}

fn between_places(one: Option<Place>, other: Option<Place>) -> Difference {
    match (one, other) {
        (Some(one), Some(other)) if one.layer != other.layer => Difference::Statement,
        (one, other) if one != other => Difference::Certainty,
        _ => Difference::Nothing,
    }
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
    /// In what the reports do not agree: the most of any two of them, since one that does not know places lies between
    /// two that do.
    #[must_use]
    pub fn difference(&self) -> Difference {
        let pairs = self.cells.iter().enumerate().flat_map(|(at, one)| {
            let others = &self.cells[at + 1..];
            others.iter().map(move |other| one.difference(other))
        });
        pairs.max().unwrap_or(Difference::Nothing)
    }

    /// Whether they do not say the same: whether it is there, what came of it, or where.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.difference() == Difference::Statement
    }
}

/// What the reports have in common, or not, to be put in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// They do not differ in any row, nor in how sure they are.
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
    /// Of this they say the same, and are not equally sure: how sure each is, with the reports, counted from one.
    OnlyCertainty(About, Vec<(Certainty, Vec<usize>)>),
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
                Some(region) => outcome(report, &report.diagnosis.regions[region].checks, check),
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
            outcome(report, &report.diagnosis.network, name)
        }));
    }
    for (code, place) in each(reports, findings) {
        let found = |report: &Snapshot| found(report, code, place.as_deref());
        rows.push(row(About::Finding(code, place.clone()), &found));
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

fn certainty(report: &Snapshot, that: Proof, place: Option<Place>) -> Certainty {
    Certainty {
        that,
        place: report.holds_places.then_some(place),
    }
}

fn outcome(report: &Snapshot, checks: &[Check], name: CheckName) -> Cell {
    let check = checks.iter().find(|check| check.name == name);
    check.map_or(Cell::Absent, |check| {
        let conclusion = &check.conclusion;
        let certainty = certainty(report, conclusion.proof, conclusion.place);
        Cell::Outcome(conclusion.outcome, certainty)
    })
}

fn found(report: &Snapshot, code: Code, place: Option<&str>) -> Cell {
    let diagnosis = &report.diagnosis;
    let is_it = |finding: &&Finding| {
        finding.cause.code() == code && region(report, finding.scope).as_deref() == place
    };
    diagnosis
        .findings
        .iter()
        .find(is_it)
        .map_or(Cell::NotFound, |finding| {
            let place = diagnosis.place_of(finding);
            Cell::Found(certainty(report, finding.proof, place))
        })
}

/// The name of a finding's region.
fn region(report: &Snapshot, scope: Scope) -> Option<String> {
    match scope {
        Scope::Network => None,
        Scope::Region(region) => report
            .plan
            .regions
            .get(region)
            .map(|region| region.name.clone()),
    }
}

/// Codes, with the names of their regions.
fn findings(report: &Snapshot) -> Vec<(Code, Option<String>)> {
    let all = report.diagnosis.findings.iter();
    all.map(|finding| (finding.cause.code(), region(report, finding.scope)))
        .collect()
}

/// What is to be said about a table.
#[must_use]
pub fn remarks(reports: &[&Snapshot], rows: &[Row]) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let differ = |row: &Row| row.difference() != Difference::Nothing;
    if !rows.iter().any(differ) {
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
                let verdict = |cell: &Cell| match cell {
                    Cell::Verdict(verdict) => Some(*verdict),
                    _ => None,
                };
                different.push(Remark::RegionDiffers(name.clone(), groups(row, verdict)));
            }
            (About::Finding(code, place), _) if row.cells.contains(&Cell::NotFound) => {
                let with = numbers(row, |cell| *cell != Cell::NotFound);
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
    let unequal = rows
        .iter()
        .filter(|row| row.difference() == Difference::Certainty);
    remarks.extend(unequal.map(|row| {
        let groups = groups(row, |cell| cell.certainty());
        Remark::OnlyCertainty(row.about.clone(), groups)
    }));
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
fn numbers(row: &Row, says: impl Fn(&Cell) -> bool) -> Vec<usize> {
    let numbered = (1..).zip(&row.cells);
    numbered
        .filter(|(_, said)| says(said))
        .map(|(number, _)| number)
        .collect()
}

/// What reports say, each once, with those that say it, in order of appearance.
fn groups<T: Copy + PartialEq>(
    row: &Row,
    said: impl Fn(&Cell) -> Option<T>,
) -> Vec<(T, Vec<usize>)> {
    let mut groups: Vec<(T, Vec<usize>)> = Vec::new();
    for found in row.cells.iter().filter_map(&said) {
        if !groups.iter().any(|(known, _)| *known == found) {
            let with = numbers(row, |cell| said(cell) == Some(found));
            groups.push((found, with));
        }
    }
    groups
}
