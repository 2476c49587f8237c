//! Watch: the connection that dies in the afternoon.
//!
//! Several sockets to the relay stay open side by side, each with another pattern of silence, for minutes or a whole
//! shift. The browser keeps a log of what happened; everything that is concluded from it is here, and pure.
//!
//! In reading order:
//!
//! * `log`: what happened, entry by entry.
//! * `schedule`: which silence comes next.
//! * `clock_sample`: what interrupted the watch itself.
//! * `judge`: what the log means.
//! * `place`: where what it means lies, and how sure both are.
//! * `timeline`: the log as a drawing.
//! * `csv`: the log as a table, for export and for keeping.

mod clock_sample;
mod csv;
mod judge;
mod log;
mod place;
mod schedule;
mod timeline;

pub use clock_sample::{Addresses, CLOCK_SAMPLE_MS, ClockSample, interruption};
pub use csv::{read, word, write};
pub use judge::{Closer, LATE_MS, Summary, Tolerance, WatchCause, WatchFinding, judge};
pub use log::{Cut, ENTRIES_MAX, Entry, Lane, Log, What};
pub use place::{Spot, WatchPlace, WatchProof};
pub use schedule::{IDLE_INTERVALS_S, next_ms};
pub use timeline::{Of, Row, Stretch, StretchKind, View, draw};
