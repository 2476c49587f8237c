//! Wrapper element with a single child, as most are.

use yew::AttrValue;
use yew::prelude::Html;
use yew::virtual_dom::VText;

use super::element::{Element, el};
pub use super::words::token;

/// The element of that name and class, with words in it; without a class where that is empty.
pub fn tag(name: &'static str, class: &'static str, words: impl Into<AttrValue>) -> Html {
    around(name, class, VText::new(words.into()).into())
}

/// The same as `tag` around something else than words.
pub fn around(name: &'static str, class: &'static str, inside: Html) -> Html {
    let element = el(name);
    let element = if class.is_empty() {
        element
    } else {
        element.attr("class", class)
    };
    element.holds(inside).into()
}

/// A part of the page under a heading.
pub fn section(class: &'static str, heading: &'static str) -> Element {
    el("section")
        .attr("class", class)
        .attr("aria-label", heading)
        .holds(el("h2").text(heading))
}
