//! What sets some cases apart from others: the trait that they share, and the others do not have. It is a count, and
//! nothing is concluded from it; what a report leaves out counts against it.

use super::traits::{Kind, Traits};

/// Values of one kind that are named together, where no single one has all.
const VALUES_MAX: usize = 3;

/// A trait that sets the affected apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apart {
    /// Which.
    pub kind: Kind,
    /// How.
    pub how: How,
}

/// How a trait sets the affected apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// The affected have it.
    Have {
        /// Each value, with how many of the affected have it.
        values: Vec<(String, usize)>,
        /// Of how many others as well.
        others_with: usize,
        /// Of how many others it is not known.
        others_unknown: usize,
    },
    /// All others have it, and no affected one.
    Lack {
        /// Its value.
        value: String,
        /// What the affected one has, where there is one.
        instead: Option<String>,
    },
}

/// The affected and the others: both are cases' traits.
#[derive(Clone, Copy)]
struct Sides<'cases> {
    affected: &'cases [&'cases Traits],
    others: &'cases [&'cases Traits],
}

/// A trait and how well it sets apart, of 1.
struct Candidate {
    apart: Apart,
    strength: f64,
    is_whole: bool,
}

/// Everything that sets the affected wholly apart, and where nothing does, what does it best, if it does for half of
/// them more than for the others.
#[must_use]
pub fn apart(affected: &[&Traits], others: &[&Traits]) -> Vec<Apart> {
    if affected.is_empty() || others.is_empty() {
        return Vec::new();
    }
    let sides = Sides { affected, others };
    let best =
        Kind::DIMENSIONS.iter().filter_map(|kinds| {
            let mut candidates: Vec<Candidate> = kinds
                .iter()
                .filter_map(|kind| sides.candidate(*kind))
                .collect();
            let whole = candidates.iter().position(|candidate| candidate.is_whole);
            match whole {
                Some(at) => Some(candidates.swap_remove(at)),
                // Of equal ones the closest.
                None => candidates.into_iter().reduce(|best, next| {
                    match next.strength > best.strength {
                        true => next,
                        false => best,
                    }
                }),
            }
        });
    let (whole, part): (Vec<_>, Vec<_>) = best.partition(|candidate| candidate.is_whole);
    let part = part
        .into_iter()
        .reduce(|best, next| match next.strength > best.strength {
            true => next,
            false => best,
        });
    let chosen = if whole.is_empty() {
        part.into_iter().collect()
    } else {
        whole
    };
    chosen
        .into_iter()
        .map(|candidate| candidate.apart)
        .collect()
}

/// What all of them share, of each dimension the closest. One relay serves most pages: that all share it tells nothing.
#[must_use]
pub fn shared(cases: &[&Traits]) -> Vec<(Kind, String)> {
    let of_all = |kind: Kind| {
        let value = cases.first()?.get(kind)?;
        let has_it = |case: &&Traits| case.get(kind) == Some(value);
        cases.iter().all(has_it).then(|| (kind, value.to_owned()))
    };
    Kind::DIMENSIONS
        .iter()
        .filter(|kinds| !kinds.contains(&Kind::Relay))
        .filter_map(|kinds| kinds.iter().find_map(|kind| of_all(*kind)))
        .collect()
}

impl Sides<'_> {
    fn candidate(self, kind: Kind) -> Option<Candidate> {
        let have = match self.affected.len() {
            1 => self.only_one(kind),
            _ => self.have(kind),
        };
        match (have, self.lack(kind)) {
            (Some(have), _) if have.is_whole && self.affected.len() > 1 => Some(have),
            (_, Some(lack)) => Some(lack),
            (have, None) => have,
        }
    }

    /// The value of one that nobody else has, while most others share theirs: where everybody has another one, it tells
    /// nothing. Of two people it is said what each has.
    fn only_one(self, kind: Kind) -> Option<Candidate> {
        let value = self.affected[0].get(kind)?;
        let known = values(self.others, kind);
        if known.iter().any(|(other, _)| *other == value) {
            return None;
        }
        let most = known.iter().map(|(_, count)| *count).max()?;
        (most * 2 >= self.others.len())
            .then(|| self.having(kind, vec![(value.to_owned(), 1)]))
            .filter(|candidate| candidate.is_whole)
    }

    fn have(self, kind: Kind) -> Option<Candidate> {
        let mut values = values(self.affected, kind);
        values.retain(|(_, count)| *count > 1);
        values.sort_by(|(one, has_one), (other, has_other)| {
            has_other.cmp(has_one).then_with(|| one.cmp(other))
        });
        let single = values
            .iter()
            .map(|(value, count)| self.having(kind, vec![((*value).to_owned(), *count)]));
        let nobody_else =
            |value: &str| self.others.iter().all(|case| case.get(kind) != Some(value));
        let several: Vec<(String, usize)> = values
            .iter()
            .filter(|(value, _)| nobody_else(value))
            .take(VALUES_MAX)
            .map(|(value, count)| ((*value).to_owned(), *count))
            .collect();
        let several = (several.len() > 1).then(|| self.having(kind, several));
        single
            .chain(several)
            .reduce(|best, next| match next.strength > best.strength {
                true => next,
                false => best,
            })
            .filter(|best| best.strength >= 0.5)
    }

    fn having(self, kind: Kind, values: Vec<(String, usize)>) -> Candidate {
        let with = values.iter().map(|(_, count)| *count).sum::<usize>();
        let others_with = self.others.iter().filter(|case| {
            let has = case.get(kind);
            values.iter().any(|(value, _)| has == Some(value))
        });
        let others_with = others_with.count();
        let others_unknown = self.others.iter().filter(|case| case.get(kind).is_none());
        let others_unknown = others_unknown.count();
        let (affected, others) = (self.affected.len(), self.others.len());
        #[expect(clippy::cast_precision_loss, reason = "hundreds of reports")]
        let share = |some: usize, all: usize| some as f64 / all as f64;
        Candidate {
            strength: share(with, affected) - share(others_with + others_unknown, others),
            is_whole: with == affected && others_with + others_unknown == 0,
            apart: Apart {
                kind,
                how: How::Have {
                    values,
                    others_with,
                    others_unknown,
                },
            },
        }
    }

    fn lack(self, kind: Kind) -> Option<Candidate> {
        let value = self.others[0].get(kind)?;
        let all = |case: &&Traits| case.get(kind) == Some(value);
        let none = |case: &&Traits| case.get(kind).is_some_and(|has| has != value);
        let is_so =
            self.others.len() > 1 && self.others.iter().all(all) && self.affected.iter().all(none);
        is_so.then(|| Candidate {
            strength: 1.0,
            is_whole: true,
            apart: Apart {
                kind,
                how: How::Lack {
                    value: value.to_owned(),
                    instead: match self.affected {
                        [one] => one.get(kind).map(str::to_owned),
                        _ => None,
                    },
                },
            },
        })
    }
}

/// Each value with how many have it, in order of appearance.
fn values<'cases>(cases: &[&'cases Traits], kind: Kind) -> Vec<(&'cases str, usize)> {
    let mut values: Vec<(&str, usize)> = Vec::new();
    for value in cases.iter().filter_map(|case| case.get(kind)) {
        match values.iter_mut().find(|(known, _)| *known == value) {
            Some((_, count)) => *count += 1,
            None => values.push((value, 1)),
        }
    }
    values
}
