//! JSON for the page: a reader that weighs little and says where a mistake is, and a writer.
//!
//! serde compiles each type once for every reader, which made a third of the page's code; and a quarter still with a
//! reader of our own. Here a text becomes a tree of values once, and types take what they are made of out of its
//! [`Node`]s ([`FromJson`]; [`fields!`](crate::fields), [`words!`](crate::words) write that down). A mistake stops
//! nobody: it is noted, something stands in, and in the end the first mistake is told instead of what was read. That
//! weighs half of what leaving at each mistake does. It takes what serde_json takes, but no more than [`DEPTH_MAX`]
//! levels, and speaks of mistakes as serde does.
//! The relay, where bytes do not count, goes on reading with serde_json.

mod node;
mod number;
mod take;
mod text;
mod write;

pub use node::{AllowedNames, Node};
pub use take::{FromJson, Words};
pub use write::{ToJson, write, write_entry, write_list};

use std::cell::Cell;

use number::Number;

/// Arrays and objects in one another, at most: settings need five levels, and the stack is not endless.
pub const DEPTH_MAX: usize = 24;

/// A value, and where in its text it stands.
struct Value {
    what: What,
    begin: usize,
    end: usize,
}

enum What {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Value>),
    Object(Vec<Entry>),
}

struct Entry {
    key: String,
    /// Where the key ends.
    key_end: usize,
    value: Value,
}

/// What is wrong, before lines are counted.
struct Wrong {
    /// Where in the text; nowhere, if it is well written.
    at: Option<usize>,
    path: String,
    problem: String,
}

/// A mistake in the writing, which ends the reading of a text. In a box: it is passed on at every turn.
struct Mistake(Box<Wrong>);

impl Mistake {
    #[cold]
    fn new(at: usize, problem: String) -> Self {
        Self(Box::new(Wrong {
            at: Some(at),
            path: String::new(),
            problem,
        }))
    }

    /// Below a key or an index, seen from one level up.
    #[cold]
    fn below(mut self, step: &str) -> Self {
        self.0.path = join_path(step, &self.0.path);
        self
    }
}

/// Joins a step and the rest of a JSON path: `relays` and `[0].url` to `relays[0].url`.
fn join_path(step: &str, path: &str) -> String {
    let joint = if path.is_empty() || path.starts_with('[') {
        ""
    } else {
        "."
    };
    [step, joint, path].concat()
}

/// The text that is read, and the first that is wrong with it.
struct Source<'text> {
    text: &'text str,
    wrong: Cell<Option<Box<Wrong>>>,
}

impl Source<'_> {
    /// What is wrong with the writing or the types goes before an objection to what is written.
    fn note(&self, wrong: Wrong) {
        let first = self
            .wrong
            .take()
            .filter(|first| first.at.is_some() || wrong.at.is_none());
        self.wrong.set(first.or_else(|| Some(Box::new(wrong))));
    }
}

/// What is wrong with a text, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// `line 3, column 7`, the way to the value as `catalogue.regions[0].id`, or both. Both numbers from 1; the column
    /// in bytes, as serde_json counts.
    pub place: String,
    /// What is wrong.
    pub problem: String,
}

impl std::fmt::Display for Error {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}: {}", self.place, self.problem)
    }
}

impl std::error::Error for Error {}

/// Reads a type from a text that holds nothing else.
///
/// # Errors
/// The first mistake, with its place: in the writing, else in what is written.
pub fn read<T: FromJson>(text: &str) -> Result<T, Error> {
    read_by(text, T::from_json)
}

/// Reads a text by a function that takes what it wants out of the top [`Node`].
///
/// # Errors
/// As [`read`]; what the function objects to comes last.
pub fn read_by<T>(text: &str, take: impl FnOnce(&Node<'_>) -> T) -> Result<T, Error> {
    let source = Source {
        text,
        wrong: Cell::new(None),
    };
    let value = parsed(&source);
    let taken = take(&Node::top(&value, &source));
    match source.wrong.take() {
        None => Ok(taken),
        Some(wrong) => Err(placed(text, *wrong)),
    }
}

fn parsed(source: &Source<'_>) -> Value {
    text::parse(source.text).unwrap_or_else(|Mistake(wrong)| {
        source.note(*wrong);
        Value {
            what: What::Null,
            begin: 0,
            end: 0,
        }
    })
}

/// With the line and column of its place.
fn placed(text: &str, wrong: Wrong) -> Error {
    let mut place = wrong.path;
    if let Some(at) = wrong.at {
        let read = &text.as_bytes()[..at.min(text.len())];
        let line_start = read.iter().rposition(|byte| *byte == b'\n');
        let line = 1 + read.iter().filter(|byte| **byte == b'\n').count();
        let column = read.len() - line_start.map_or(0, |at| at + 1);
        let way = if place.is_empty() {
            place
        } else {
            format!(" ({place})")
        };
        place = format!("line {line}, column {column}{way}");
    }
    Error {
        place,
        problem: wrong.problem,
    }
}

#[cfg(test)]
mod tests;
