//! The cover: worlds under conditions. Worlds break one thing, conditions are what networks differ in, and of their
//! product these cells are a part in which each condition meets a healthy world and each class of failure ([`class`]),
//! and each class each dialect of TCP endpoints ([`speech`]). Pure data; `cargo xtask lab --dimensions` runs it.

pub mod cells;
pub mod changes;
pub mod class;
pub mod docs;
pub mod speech;
pub mod table;
#[cfg(test)]
mod tests;
pub mod worlds;

use anyhow::{Context as _, Result, ensure};
use reachcheck_model::catalogue::Kind;

use self::changes::Change;
use self::speech::Speech;
use crate::case::{Case, Expect};
use crate::under;

/// Conditions that another one stands for: the same, further away.
pub const STANDS_FOR: [(&str, &str); 2] = [
    ("pac-endpoints-by-far-proxy", "pac-endpoints-by-proxy"),
    ("pac-relay-by-far-proxy", "pac-relay-by-proxy"),
];

/// Most cells, in each engine: what a quiet machine runs in an hour.
pub const CELLS_MAX: usize = 150;

/// A world under conditions.
#[derive(Clone, Debug)]
pub struct Cell {
    /// A world of [`crate::worlds`] or of [`worlds`].
    pub world: &'static str,
    /// What every TCP endpoint speaks in it.
    pub speaks: Speech,
    /// Conditions of [`under`], one or rarely two.
    pub conditions: Vec<&'static str>,
    /// What is expected otherwise than in the world alone.
    pub changes: Vec<Change>,
    /// Part of every test run.
    pub always: bool,
}

impl Cell {
    /// A cell of which its world's expectation holds.
    #[must_use]
    pub fn new(world: &'static str, speaks: Speech, conditions: &[&'static str]) -> Self {
        Self {
            world,
            speaks,
            conditions: conditions.to_vec(),
            changes: Vec::new(),
            always: false,
        }
    }

    /// World, dialect (where it is not the usual one) and conditions, in the words of a command line.
    #[must_use]
    pub fn name(&self) -> String {
        let dialect = self.speaks.condition().name;
        let dialect = (self.speaks != Speech::TlsAnswers).then_some(dialect);
        let words = std::iter::once(self.world)
            .chain(dialect)
            .chain(self.conditions.iter().copied());
        words.collect::<Vec<_>>().join("+")
    }

    /// Its world where TCP endpoints speak its dialect, with what is expected there, under no condition.
    ///
    /// # Errors
    /// If there is no such world.
    pub fn spoken(&self) -> Result<Case> {
        let named = crate::worlds::all().into_iter().chain(worlds::cases());
        let case = named.into_iter().find(|case| case.name == self.world);
        let mut case = case.with_context(|| format!("no world {}", self.world))?;
        let usual = self.speaks == Speech::TlsAnswers;
        let world = case.build();
        if !usual {
            case.expect = self.speaks.expected(case.expect);
            for (_, kind, class) in class::broken(&world) {
                if kind == Kind::Tcp {
                    case.expect = self.speaks.hides(class, case.expect);
                }
            }
            case = case.under(&[self.speaks.condition()]);
        }
        Ok(case)
    }

    /// It as a case, with what is expected of the page.
    ///
    /// # Errors
    /// If there is no such world, or no such condition.
    pub fn case(&self) -> Result<Case> {
        let mut case = self.spoken()?;
        let change = |expect: Expect, change: &Change| (change.to)(expect, change.why);
        case.expect = self.changes.iter().fold(case.expect, change);
        Ok(case.under(&under::named(&self.conditions.join(","))?))
    }
}

/// The cells of these names, which commas part; of no name all there are.
///
/// # Errors
/// If there is none of a name.
pub fn named(names: &str) -> Result<Vec<Cell>> {
    let names: Vec<&str> = names.split(',').filter(|name| !name.is_empty()).collect();
    let mut cells = cells::all();
    for name in &names {
        let is_there = cells.iter().any(|cell| cell.name() == *name);
        ensure!(
            is_there,
            "no cell {name}: cargo xtask lab --list names them"
        );
    }
    cells.retain(|cell| names.is_empty() || names.contains(&&*cell.name()));
    Ok(cells)
}
