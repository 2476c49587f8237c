//! What follows from observations. Pure: no clock, no randomness, no input or output, no words.
//!
//! In reading order:
//!
//! * [`analysis`]: facts, from observations, and what follows for each check.
//! * [`findings`]: what can be found, a file each, the most important first.
//! * [`finding`]: one of them that matched.
//! * [`phrasing`]: how a finding is to be put into words.
//! * [`diagnosis`]: checks and verdicts.
//! * [`contradiction`]: verdicts of a report that do not follow from what else it holds.
//! * [`enough`]: of which endpoints a run that goes on knows enough.
//! * [`picture`]: the way to each region, for drawing.

pub mod analysis;
pub mod contradiction;
pub mod diagnosis;
pub mod enough;
pub mod finding;
pub mod findings;
pub mod phrasing;
pub mod picture;
mod rules;
mod table;
#[cfg(feature = "testing")]
pub mod testing;
