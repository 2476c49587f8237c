//! The place where rows are checked, and the times that everything there takes.

use std::time::Duration;

use crate::world::{Lab, Standing};

/// Less than any round trip over the path.
pub const NEARBY: Duration = Duration::from_millis(60);

/// A bit less than the path's round trip, for clocks that round.
pub const PATH: Duration = Duration::from_millis(75);

/// What silence is told by: a SYN and its first repeat after a second fit into it.
pub const SILENCE: Duration = Duration::from_millis(1500);

/// Longer than anything that answers takes in the lab, on a machine that is busy.
pub const ANSWER: Duration = Duration::from_secs(10);

/// How much later than it should something may happen where the machine is busy.
pub const SLACK: Duration = Duration::from_secs(2);

/// A world that stands, and its lab.
#[derive(Clone, Copy)]
pub struct Site<'lab> {
    /// The lab.
    pub lab: &'lab Lab,
    /// The world.
    pub standing: &'lab Standing,
}
