//! Rows of the matrix under what they share.

use super::statements::Pattern;
use super::traits::Kind;
use super::{Case, Found, Matrix};
use reachcheck_diagnosis::diagnosis::Verdict;

/// What rows are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupBy {
    /// The same verdict in every region.
    Result,
    /// The first finding.
    Finding,
    /// A trait.
    Trait(Kind),
}

impl GroupBy {
    /// All of them, as they are offered.
    pub const ALL: [Self; 9] = [
        Self::Result,
        Self::Trait(Kind::Address),
        Self::Trait(Kind::Network),
        Self::Trait(Kind::Browser),
        Self::Trait(Kind::Program),
        Self::Trait(Kind::System),
        Self::Trait(Kind::Relay),
        Self::Trait(Kind::Hour),
        Self::Finding,
    ];

    /// The one that shows the pattern best.
    #[must_use]
    pub fn best(pattern: &Pattern) -> Self {
        pattern.best_kind().map_or(Self::Result, Self::Trait)
    }

    /// What it is called in the page.
    #[must_use]
    pub const fn token(self) -> &'static str {
        match self {
            Self::Result => "result",
            Self::Finding => "finding",
            Self::Trait(kind) => kind.token(),
        }
    }

    /// The one of that token.
    #[must_use]
    pub fn from_token(token: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.token() == token)
    }
}

/// What the rows of a group share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shared {
    /// These verdicts.
    Verdicts(Vec<Option<Verdict>>),
    /// This first finding, or none.
    Finding(Option<Found>),
    /// This value; `None`: it is not known.
    Value(Option<String>),
    /// Nothing: each has another value.
    Different,
}

/// Rows under what they share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they share.
    pub shared: Shared,
    /// Cases, the worst first, and those of one person together.
    pub cases: Vec<usize>,
}

/// Every case in one group: first those in which most are in trouble, and what is not known last.
#[must_use]
pub fn groups(matrix: &Matrix, pattern: &Pattern, by: GroupBy) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, case) in matrix.cases.iter().enumerate() {
        let shared = match by {
            GroupBy::Result => Shared::Verdicts(case.verdicts.clone()),
            GroupBy::Finding => Shared::Finding(case.findings.first().copied()),
            GroupBy::Trait(kind) => Shared::Value(case.traits.get(kind).map(str::to_owned)),
        };
        match groups.iter_mut().find(|group| group.shared == shared) {
            Some(group) => group.cases.push(at),
            None => groups.push(Group {
                shared,
                cases: vec![at],
            }),
        }
    }
    put_different_together(&mut groups);
    // A person's reports stand where the latest does, in the order of their times.
    let place = |at: usize| {
        let story = pattern.stories.iter().find(|it| it.cases.contains(&at));
        let last = story.and_then(|it| it.cases.last().copied());
        let step = story.and_then(|it| it.cases.iter().position(|it| *it == at));
        (last.unwrap_or(at), step.unwrap_or(0))
    };
    for group in &mut groups {
        group.cases.sort_by_key(|at| {
            let (last, step) = place(*at);
            (key(&matrix.cases[last]), last, step)
        });
    }
    groups.sort_by_key(|group| {
        let is_unknown = group.shared == Shared::Value(None);
        let worst = |at: &usize| matrix.cases[*at].worst();
        let in_trouble = group.cases.iter().filter_map(worst);
        let in_trouble = in_trouble.filter(|it| *it < Verdict::Unknown).count();
        let first = group.cases.first().copied();
        (
            is_unknown,
            usize::MAX - in_trouble,
            usize::MAX - group.cases.len(),
            first,
        )
    });
    groups
}

/// Makes one group of those who have a value alone, where there are several of them and not all are.
fn put_different_together(groups: &mut Vec<Group>) {
    let is_alone =
        |group: &Group| matches!(group.shared, Shared::Value(Some(_))) && group.cases.len() == 1;
    let alone = groups.iter().filter(|group| is_alone(group)).count();
    if alone < 2 || alone == groups.len() {
        return;
    }
    let (alone, together) = std::mem::take(groups).into_iter().partition(is_alone);
    let alone: Vec<Group> = alone;
    *groups = together;
    groups.push(Group {
        shared: Shared::Different,
        cases: alone.into_iter().flat_map(|group| group.cases).collect(),
    });
}

/// Not tested comes last.
fn key(case: &Case) -> (Verdict, Vec<(bool, Option<Verdict>)>) {
    let verdicts = case.verdicts.iter();
    (
        case.worst().unwrap_or(Verdict::Reachable),
        verdicts.map(|it| (it.is_none(), *it)).collect(),
    )
}
