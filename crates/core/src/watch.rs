//! Watch: the connection that dies in the afternoon.
//!
//! Several sockets to the relay stay open side by side, each with another pattern of silence, for minutes or a whole
//! shift. The browser keeps a log of what happened; everything that is concluded from it is here, and pure.

mod csv;
mod judge;
mod log;
mod packed;
mod pulse;
mod report;
mod schedule;
mod timeline;

pub use csv::{read, word, write};
pub use judge::{Cause, Closer, Finding, LATE_MS, Summary, Tolerance, judge};
pub use log::{Cut, ENTRIES_MAX, Entry, Lane, Log, What};
pub use packed::{Watched, pack, unpack};
pub use pulse::{Addresses, PULSE_MS, Pulse, interruption};
pub use report::{keeps_alive, report};
pub use schedule::{SPELLS_S, next_ms};
pub use timeline::{Kind, Of, Row, Stretch, View, draw};
