//! What is said of all cases: which trouble is where, how many have it, and what sets them apart.

use super::apart::{Apart, apart, shared};
use super::stories::{Story, stories};
use super::traits::{Kind, Traits};
use super::{Found, Matrix};
use reachcheck_diagnosis::diagnosis::Verdict;

/// A trouble that some have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// A verdict, in regions by their columns.
    Verdict(Verdict, Vec<usize>),
    /// Findings of the network that are no region's.
    Findings(Vec<Found>),
}

/// What is said of one trouble.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Which.
    pub trouble: Trouble,
    /// Cases that have it.
    pub affected: Vec<usize>,
    /// Cases that do not, and could: they tested it.
    pub others: Vec<usize>,
    /// How many did not test it.
    pub untested: usize,
    /// What sets the affected apart from the others.
    pub apart: Vec<Apart>,
    /// What all share, where nobody is without it.
    pub shared: Vec<(Kind, String)>,
    /// Findings of these regions, or of the network, that all of the affected have, and no other.
    pub findings: Vec<Found>,
}

/// What is said of a matrix.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pattern {
    /// One trouble each, the worst first.
    pub statements: Vec<Statement>,
    /// Before and after of one person.
    pub stories: Vec<Story>,
    /// The cases that count: of each person the latest, and none that was cancelled.
    pub current: Vec<usize>,
    /// How many of these do not tell their address.
    pub addresses_unknown: usize,
}

impl Pattern {
    /// What is to be said.
    #[must_use]
    pub fn of(matrix: &Matrix) -> Self {
        let stories = stories(matrix);
        let is_current = |at: &usize| {
            let is_over = stories.iter().any(|story| story.earlier().contains(at));
            !is_over && matrix.cases[*at].worst().is_some()
        };
        let current: Vec<usize> = (0..matrix.cases.len()).filter(is_current).collect();
        let no_address = |at: &&usize| matrix.cases[**at].traits.get(Kind::Address).is_none();
        let addresses_unknown = current.iter().filter(no_address).count();
        let mut statements = Vec::new();
        // Of one report its own page says everything.
        if current.len() > 1 {
            statements = verdicts(matrix, &current);
            statements.extend(findings(matrix, &current));
        }
        Self {
            statements,
            stories,
            current,
            addresses_unknown,
        }
    }

    /// The kind that rows are best grouped by: the one that sets the worst trouble apart.
    #[must_use]
    pub fn best_kind(&self) -> Option<Kind> {
        let apart = self.statements.iter().flat_map(|it| &it.apart);
        apart.map(|apart| apart.kind).next()
    }
}

/// A verdict that somebody has, where, and who does and who does not.
struct Bad {
    verdict: Verdict,
    columns: Vec<usize>,
    affected: Vec<usize>,
    others: Vec<usize>,
}

/// Verdicts that somebody has somewhere; those that the same people have stand together.
fn verdicts(matrix: &Matrix, current: &[usize]) -> Vec<Statement> {
    let mut found: Vec<Bad> = Vec::new();
    for column in 0..matrix.columns.len() {
        let verdict = |at: usize| matrix.cases[at].verdicts[column];
        let mut seen: Vec<Verdict> = current.iter().filter_map(|at| verdict(*at)).collect();
        seen.sort_unstable();
        seen.dedup();
        for bad in seen.into_iter().filter(|it| *it != Verdict::Reachable) {
            let tested = current.iter().copied().filter(|at| verdict(*at).is_some());
            let (affected, others): (Vec<usize>, Vec<usize>) =
                tested.partition(|at| verdict(*at) == Some(bad));
            let is_same =
                |it: &&mut Bad| it.verdict == bad && it.affected == affected && it.others == others;
            match found.iter_mut().find(is_same) {
                Some(same) => same.columns.push(column),
                None => found.push(Bad {
                    verdict: bad,
                    columns: vec![column],
                    affected,
                    others,
                }),
            }
        }
    }
    found.sort_by_key(|it| (it.verdict, usize::MAX - it.affected.len(), it.columns[0]));
    let found = found.into_iter();
    found
        .map(|it| {
            let trouble = Trouble::Verdict(it.verdict, it.columns);
            statement(matrix, current, trouble, it.affected, it.others)
        })
        .collect()
}

/// Findings of the network that something sets apart, or that all have.
fn findings(matrix: &Matrix, current: &[usize]) -> Vec<Statement> {
    // What a short code does not say is not known to be absent.
    let told = |at: &usize| !matrix.cases[*at].is_code;
    let current: Vec<usize> = current.iter().copied().filter(told).collect();
    let mut found: Vec<(Vec<Found>, Vec<usize>)> = Vec::new();
    for case in current.iter().map(|at| &matrix.cases[*at]) {
        for finding in case.findings.iter().filter(|(_, column)| column.is_none()) {
            if found.iter().any(|(known, _)| known.contains(finding)) {
                continue;
            }
            let has_it = |at: &usize| matrix.cases[*at].findings.contains(finding);
            let affected: Vec<usize> = current.iter().copied().filter(has_it).collect();
            match found.iter_mut().find(|(_, with)| *with == affected) {
                Some((known, _)) => known.push(*finding),
                None => found.push((vec![*finding], affected)),
            }
        }
    }
    found.sort_by_key(|(_, affected)| usize::MAX - affected.len());
    let found = found.into_iter();
    found
        .map(|(findings, affected)| {
            let others = current
                .iter()
                .copied()
                .filter(|at| !affected.contains(at))
                .collect();
            let trouble = Trouble::Findings(findings);
            statement(matrix, &current, trouble, affected, others)
        })
        .filter(|it| current.len() > 1 && (it.others.is_empty() || !it.apart.is_empty()))
        .collect()
}

fn statement(
    matrix: &Matrix,
    current: &[usize],
    trouble: Trouble,
    affected: Vec<usize>,
    others: Vec<usize>,
) -> Statement {
    let traits = |cases: &[usize]| -> Vec<&Traits> {
        let cases = cases.iter();
        cases.map(|at| &matrix.cases[*at].traits).collect()
    };
    let (with, without) = (traits(&affected), traits(&others));
    let has = |at: usize, finding: &Found| matrix.cases[at].findings.contains(finding);
    let in_them_alone = |finding: &&Found| {
        affected.iter().all(|at| has(*at, finding))
            && others
                .iter()
                .all(|at| !matrix.cases[*at].is_code && !has(*at, finding))
    };
    let findings = match &trouble {
        Trouble::Verdict(_, columns) => {
            let first = affected.first().map(|at| &matrix.cases[*at].findings);
            let first = first.into_iter().flatten();
            // What is found in another region explains nothing here.
            let is_there = |(_, column): &&Found| column.is_none_or(|it| columns.contains(&it));
            let first = first.filter(is_there).filter(in_them_alone);
            first.copied().collect()
        }
        Trouble::Findings(_) => Vec::new(),
    };
    Statement {
        untested: current.len() - affected.len() - others.len(),
        apart: apart(&with, &without),
        shared: match others.is_empty() {
            true => shared(&with),
            false => Vec::new(),
        },
        trouble,
        affected,
        others,
        findings,
    }
}
