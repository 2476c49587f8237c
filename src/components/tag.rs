//! A part of the page under a heading.

use super::element::{Element, el};
pub use super::words::token;

/// A part of the page under a heading.
pub fn section(class: &'static str, heading: &'static str) -> Element {
    el("section")
        .attr("class", class)
        .attr("aria-label", heading)
        .holds(el("h2").text(heading))
}
