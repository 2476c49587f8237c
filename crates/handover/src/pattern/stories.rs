//! Before and after of one person: what is mended, and what is new.

use super::traits::Kind;
use super::{Case, Found, Matrix};
use reachcheck_diagnosis::diagnosis::Verdict;

/// Reports of one person in the order of their times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// Cases, at least two.
    pub cases: Vec<usize>,
}

impl Story {
    /// Those that a later one stands in for.
    #[must_use]
    pub fn earlier(&self) -> &[usize] {
        &self.cases[..self.cases.len() - 1]
    }

    /// Each with the one before.
    pub fn steps(&self) -> impl Iterator<Item = (usize, usize)> {
        self.cases.windows(2).map(|pair| (pair[0], pair[1]))
    }
}

/// What changed from one report to a later one. Regions are columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Regions in which there was trouble, and none is left.
    pub mended: Vec<usize>,
    /// Regions that were well, and are in trouble.
    pub broken: Vec<usize>,
    /// Regions of which something else is said than before.
    pub otherwise: Vec<(usize, Verdict, Verdict)>,
    /// Trouble that stays, by verdict.
    pub still: Vec<(Verdict, Vec<usize>)>,
    /// Findings that are gone.
    pub gone: Vec<Found>,
    /// Findings that came.
    pub came: Vec<Found>,
}

impl Change {
    /// What changed. Regions that one of them did not test are left out.
    #[must_use]
    pub fn between(before: &Case, after: &Case) -> Self {
        let mut change = Self::default();
        for (column, pair) in before.verdicts.iter().zip(&after.verdicts).enumerate() {
            let (Some(was), Some(is)) = pair else {
                continue;
            };
            match (*was, *is) {
                (Verdict::Reachable, Verdict::Reachable) => {}
                (was, is) if was == is => {
                    match change.still.iter_mut().find(|(known, _)| *known == is) {
                        Some((_, columns)) => columns.push(column),
                        None => change.still.push((is, vec![column])),
                    }
                }
                (was, Verdict::Reachable) if is_trouble(was) => change.mended.push(column),
                (Verdict::Reachable, is) if is_trouble(is) => change.broken.push(column),
                (was, is) => change.otherwise.push((column, was, is)),
            }
        }
        let only_in = |one: &Case, other: &Case| -> Vec<Found> {
            let found = one.findings.iter();
            found
                .filter(|it| !other.findings.contains(it))
                .copied()
                .collect()
        };
        (change.gone, change.came) = (only_in(before, after), only_in(after, before));
        change
    }
}

/// What was undecided was no trouble that could be mended.
const fn is_trouble(verdict: Verdict) -> bool {
    match verdict {
        Verdict::Offline | Verdict::Blocked | Verdict::Down | Verdict::Degraded => true,
        Verdict::Unknown | Verdict::Reachable => false,
    }
}

/// The stories in a matrix. Reports are one person's that the helpdesk calls the same, and two that have the same ticket,
/// address and browser, and no third has: a whole team may have one ticket. Without a ticket, two are if there are no
/// more.
#[must_use]
pub fn stories(matrix: &Matrix) -> Vec<Story> {
    let cases = &matrix.cases;
    let mut stories: Vec<Story> = Vec::new();
    let mut is_told = vec![false; cases.len()];
    for at in 0..cases.len() {
        if is_told[at] || !is_dated(&cases[at]) {
            continue;
        }
        let mut same: Vec<usize> = (at..cases.len())
            .filter(|other| is_dated(&cases[*other]) && is_same(matrix, at, *other))
            .collect();
        let is_one_person = cases[at].name.is_some() || same.len() == 2;
        if same.len() < 2 || !is_one_person {
            for other in same {
                is_told[other] = true;
            }
            continue;
        }
        same.sort_by(|one, other| {
            let key = |at: usize| (cases[at].unix_ms.unwrap_or_default(), cases[at].is_settled);
            let (one, other) = (key(*one), key(*other));
            one.0.total_cmp(&other.0).then(one.1.cmp(&other.1))
        });
        for other in &same {
            is_told[*other] = true;
        }
        stories.push(Story { cases: same });
    }
    stories
}

fn is_dated(case: &Case) -> bool {
    case.unix_ms.is_some() && case.worst().is_some()
}

fn is_same(matrix: &Matrix, one: usize, other: usize) -> bool {
    let is_pair = matrix.cases.len() == 2;
    let (one, other) = (&matrix.cases[one], &matrix.cases[other]);
    if one.name.is_some() || other.name.is_some() {
        return one.name == other.name;
    }
    let has_same = |kind: Kind| one.traits.get(kind) == other.traits.get(kind);
    let is_placed = one.ticket.is_some() || is_pair && one.traits.get(Kind::Address).is_some();
    is_placed && one.ticket == other.ticket && has_same(Kind::Address) && has_same(Kind::Program)
}
