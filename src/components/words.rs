//! Words in views that go on working while the browser translates them.
//!
//! A translator takes text nodes away and puts `font` elements with its own words in their place. Yew does not know: it
//! would insert something before a text node that is gone, which ends the program, and change texts that nobody sees. So
//! where a view may be translated no text node is Yew's own. Each text is the `textContent` of an element of its own,
//! which replaces whatever was made of the one before: `<p ~textContent={words} />` where the words are all there is,
//! [`said`] where they stand beside something.

use yew::prelude::{Html, html};

/// Words among other things.
pub fn said(words: impl AsRef<str>) -> Html {
    let words = words.as_ref();
    html! { <span ~textContent={words} /> }
}

/// A code, an id, or whatever else is the same in every language.
pub fn token(words: impl AsRef<str>) -> Html {
    let words = words.as_ref();
    html! { <code translate="no" ~textContent={words} /> }
}

/// The class of a block and that of its variant: `badge badge--blocked`.
pub fn variant(block: &'static str, modifier: &str) -> String {
    [block, " ", block, "--", modifier].concat()
}
