//! A button.

use yew::AttrValue;
use yew::prelude::{Callback, Html, MouseEvent, html};

/// A button of that id and class. One that is disabled is not shown.
pub fn button(
    id: AttrValue,
    class: String,
    disabled: bool,
    label: &'static str,
    onclick: Callback<MouseEvent>,
) -> Html {
    html! {
        <button {id} {class} type="button" {disabled} {onclick}>{ label }</button>
    }
}
