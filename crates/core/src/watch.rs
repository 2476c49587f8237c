//! Watch: the connection that dies in the afternoon.
//!
//! Several sockets to the relay stay open side by side, each with another pattern of silence, for minutes or a whole
//! shift. The browser keeps a log of what happened; everything that is concluded from it is here, and pure.

mod csv;
mod judge;
mod log;
mod report;
mod schedule;

pub use csv::{read, write};
pub use judge::{Cause, Closer, Finding, Summary, Tolerance, judge};
pub use log::{Cut, ENTRIES_MAX, Entry, Lane, Log, What};
pub use report::report;
pub use schedule::{SPELLS_S, next_ms};
