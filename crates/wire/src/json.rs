//! JSON for the page: a reader that weighs little and says where a mistake is, and a writer.
//!
//! serde compiles each type once for every reader, which made a third of the page's code; and a quarter still with a
//! reader of our own. Here a text becomes a [`Value`] once, and types take what they are made of out of it
//! ([`FromJson`]; [`fields!`](crate::fields), [`words!`](crate::words) write that down). It takes what serde_json takes,
//! but no more than [`DEPTH_MAX`] levels, and speaks of mistakes as serde does.
//! The relay, where bytes do not count, goes on reading with serde_json.

mod number;
mod take;
mod text;
mod write;

pub use take::{FromJson, Object, Words};
pub use write::{ToJson, write, write_list, write_object};

use number::Number;

/// Arrays and objects in one another, at most: settings need five levels, and the stack is not endless.
pub const DEPTH_MAX: usize = 24;

/// A value, and where in its text it stands.
#[derive(Clone, Debug)]
pub struct Value {
    what: What,
    begin: usize,
    end: usize,
}

#[derive(Clone, Debug)]
enum What {
    Null,
    Bool(bool),
    /// As it is written, too, for words about it.
    Number(Number, String),
    Text(String),
    List(Vec<Value>),
    Object(Vec<Entry>),
}

#[derive(Clone, Debug)]
struct Entry {
    key: String,
    /// Where the key ends.
    key_end: usize,
    value: Value,
}

/// What is wrong, before lines are counted. In a box: what is passed on at every field is one word instead of seven.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake(Box<Wrong>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Wrong {
    at: usize,
    path: String,
    problem: String,
}

impl Mistake {
    #[cold]
    fn new(at: usize, problem: String) -> Self {
        Self(Box::new(Wrong {
            at,
            path: String::new(),
            problem,
        }))
    }

    /// Below a key or an index, seen from one level up.
    #[cold]
    fn below(mut self, step: &str) -> Self {
        let path = &self.0.path;
        let joint = if path.is_empty() || path.starts_with('[') {
            ""
        } else {
            "."
        };
        self.0.path = [step, joint, path].concat();
        self
    }
}

/// What is wrong with a text, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// Line and column, both from 1; the column in bytes, as serde_json counts.
    pub position: (usize, usize),
    /// The way to the value, as `catalogue.regions[0].id`; empty at the top.
    pub path: String,
    /// What is wrong.
    pub problem: String,
}

impl std::fmt::Display for Error {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (line, column) = self.position;
        write!(formatter, "line {line}, column {column}")?;
        if !self.path.is_empty() {
            write!(formatter, " ({})", self.path)?;
        }
        write!(formatter, ": {}", self.problem)
    }
}

impl std::error::Error for Error {}

/// Reads a value from a text that holds nothing else.
///
/// # Errors
/// The first mistake, with its place: in the writing, else in what is written.
pub fn read<T: FromJson>(text: &str) -> Result<T, Error> {
    let value = text::parse(text);
    let value = value.and_then(|value| T::from_json(&value));
    value.map_err(|mistake| placed(text, mistake))
}

/// With the line and column of its place.
fn placed(text: &str, Mistake(mistake): Mistake) -> Error {
    let read = &text.as_bytes()[..mistake.at.min(text.len())];
    let line_start = read.iter().rposition(|byte| *byte == b'\n');
    let line = 1 + read.iter().filter(|byte| **byte == b'\n').count();
    let column = read.len() - line_start.map_or(0, |at| at + 1);
    Error {
        position: (line, column),
        path: mistake.path,
        problem: mistake.problem,
    }
}

#[cfg(test)]
mod tests;
