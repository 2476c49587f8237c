//! What a watch leaves for the next check, and for its report: words, and the data behind them.

mod packed;
mod report;

pub use packed::{Watched, pack, unpack};
pub use report::{keeps_alive, report};
