//! Self-tests of the lab: each thing that a world can have does what its name says, shown by plain sockets, and leaves
//! alone what is beside it. No browser but where a world is about browsers, and no part of the page: so a verdict that is wrong in a world is the page's
//! mistake and not the lab's.
//!
//! A self-test is a table: rows (`row`), which one function (`check`) holds against the world that stands. Rows of one
//! stage are looked at all at once, the stages one after the other.

mod about;
mod check;
mod computer;
mod distances;
mod dns;
mod endpoints;
mod hosts;
mod line;
pub mod list;
mod network;
mod places;
mod procedures;
mod relay;
mod relay_words;
mod row;
mod site;
mod usage;
mod web;
mod wire;
