//! Reachcheck's core: everything between the catalogue and the report that is pure.
//!
//! ```text
//! catalogue → plan → (browser) outcomes → observations → analysis → findings → verdicts → report
//! ```
//!
//! Nothing here has a clock, randomness, input or output: the same observations give the same bytes.
//! The browser's part, in parentheses, is the root package; it measures and never judges.

pub mod address;
pub mod analysis;
pub mod catalogue;
pub mod checks;
pub mod config;
pub mod diagnosis;
pub mod environment;
pub mod finding;
pub mod link;
pub mod observation;
pub mod plan;
pub mod report;
mod rules;
pub mod session;
pub mod text;
pub mod thresholds;
pub mod trace;
pub mod watch;

pub use reachcheck_wire as wire;
