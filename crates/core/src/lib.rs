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
pub mod branding;
pub mod catalogue;
pub mod code;
pub mod codec;
pub mod compare;
pub mod config;
pub mod diagnosis;
pub mod environment;
mod figures;
pub mod finding;
pub mod findings;
pub mod lang;
mod layout;
pub mod link;
pub mod observation;
pub mod phrasing;
pub mod picture;
pub mod plain;
pub mod plan;
pub mod probe;
pub mod reading;
pub mod record;
pub mod report;
pub mod request;
pub mod send;
pub mod session;
pub mod snapshot;
mod table;
#[cfg(feature = "testing")]
pub mod testing;
pub mod text;
pub mod thresholds;
pub mod time;
pub mod trace;
pub mod watch;

pub use reachcheck_wire as wire;
