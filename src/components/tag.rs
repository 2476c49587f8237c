//! An element that holds one thing, as most do.

use yew::AttrValue;
use yew::prelude::{Html, html};
use yew::virtual_dom::VText;

/// The element of that name and class, with words in it; without a class where that is empty. One function for all of
/// them, since what `html!` writes for an element is some 300 bytes each time.
pub fn tag(name: &'static str, class: &'static str, words: impl Into<AttrValue>) -> Html {
    around(name, class, VText::new(words.into()).into())
}

/// A part of the page under a heading.
pub fn section(class: &'static str, heading: &'static str, inside: Html) -> Html {
    html! {
        <section {class} aria-label={heading}>
            { tag("h2", "", heading) }
            { inside }
        </section>
    }
}

/// The same as `tag` around something else than words.
pub fn around(name: &'static str, class: &'static str, inside: Html) -> Html {
    if class.is_empty() {
        html! { <@{name}>{ inside }</@> }
    } else {
        html! { <@{name} {class}>{ inside }</@> }
    }
}
