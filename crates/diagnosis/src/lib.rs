//! What follows from observations. Pure: no clock, no randomness, no input or output, no words.
//!
//! In reading order:
//!
//! * [`analysis`]: facts, from observations.
//! * [`checks`]: what the facts say of the network as a whole.
//! * [`finding`]: what a rule can find, with its evidence.
//! * `rules`: the rules, a file each.
//! * [`diagnosis`]: checks and verdicts.
//! * [`picture`]: the way to each region, for drawing.

pub mod analysis;
pub mod checks;
pub mod diagnosis;
pub mod finding;
pub mod picture;
mod rules;
