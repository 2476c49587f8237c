//! The packed form of a language: a text a line, in English order.
//!
//! A brace begins everything that is no words: `{0` is filled in with the place of number 0. A choice is a row of variants,
//! each with the place that decides and when it is said, and an end: `{(0oone word{(0*many words{)`. The first variant
//! that fits is said.

/// What stands before every sign.
pub const BRACE: char = '{';
/// The sign of the first place; those of the others follow it in ASCII.
pub const FIRST_PLACEHOLDER: u8 = b'0';
/// The sign of a variant: a place's sign and one of when it is said follow it.
pub const VARIANT: &str = "(";
/// The sign of a choice's end.
pub const END: &str = ")";
/// When the language says "one" of the number.
pub const ONE: u8 = b'o';
/// Always. A digit stands for just that number.
pub const OTHER: u8 = b'*';
