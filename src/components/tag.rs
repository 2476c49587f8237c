//! Wrapper element with a single child, as most are.

use yew::prelude::{AttrValue, Html, html};

pub use super::words::token;

/// The element of that name and class, with words in it; without a class where that is empty.
pub fn tag(name: &'static str, class: &'static str, words: impl Into<AttrValue>) -> Html {
    let class = (!class.is_empty()).then_some(class);
    let words: AttrValue = words.into();
    html! { <@{name} {class} ~textContent={words.as_str()} /> }
}

/// The same as `tag` around something else than words.
pub fn around(name: &'static str, class: &'static str, inside: Html) -> Html {
    let class = (!class.is_empty()).then_some(class);
    html! { <@{name} {class}>{ inside }</@> }
}
