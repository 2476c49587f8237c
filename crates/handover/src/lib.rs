//! What is handed on of a run, and read again: report, data block, short code, firewall request.
//!
//! In reading order:
//!
//! * [`watched`]: what a watch leaves for the next check.
//! * [`record`]: a run and all that is known with it.
//! * [`snapshot`]: a record as it is handed on, without words.
//! * [`codec`]: a snapshot as a data block or the fragment of a link.
//! * [`short_code`]: verdicts and leading finding, to be read over the phone.
//! * `layout`: lines, wrapping and columns of plain text.
//! * [`firewall`]: what is asked of whoever runs the firewall.
//! * [`report`]: the record as plain text.
//! * [`send`]: a message, and JSON.
//! * [`reading`]: whatever support pastes, read.
//! * [`caution`]: why a report that was read may not be what it seems.
//! * [`compare`]: what several reports have in common.
//! * [`pattern`]: who has which trouble, and what sets them apart.
//! * [`words`]: refusals, cautions and comparisons in words.

pub mod caution;
pub mod codec;
pub mod compare;
pub mod firewall;
#[doc(hidden)]
pub mod foreign;
mod layout;
pub mod pattern;
pub mod reading;
pub mod record;
pub mod report;
pub mod send;
pub mod short_code;
pub mod snapshot;
pub mod watched;
pub mod words;
