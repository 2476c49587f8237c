//! The files of texts: a subset of Fluent (<https://projectfluent.org>), read, held against the English one, and packed. The
//! build script of `reachcheck-texts` does it, so that a text that is missing in one language stops the build; what goes
//! wrong says where, and what to do. docs/texts.md describes the subset.
//!
//! ```text
//! ## Section
//! ## The first line of a group comment in English names an enum, the others are for people.
//!
//! section-key = words with a { $place }
//! section-counted = { $count ->
//!     [one] { $count } word
//!    *[other] { $count } words
//! }
//!
//! ## Finding
//!
//! finding-token =
//!     .title = words
//! ```

pub mod packed;

#[cfg(feature = "reader")]
mod compare;
#[cfg(feature = "reader")]
mod read;
#[cfg(feature = "reader")]
mod source;

#[cfg(feature = "reader")]
pub use source::{BY_TOKEN, PLACES_MAX, Part, Problem, Source, Text, Variant, When};

#[cfg(all(test, feature = "reader"))]
mod tests;
