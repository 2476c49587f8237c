//! Button view.

use yew::AttrValue;
use yew::prelude::Callback;

use super::element::{Element, el};

/// A button of that id. One that is disabled is not shown.
pub fn button(
    id: AttrValue,
    is_primary: bool,
    is_disabled: bool,
    label: &'static str,
    press: &Callback<()>,
) -> Element {
    let class = if is_primary {
        "button button--primary"
    } else {
        "button"
    };
    el("button[type=button]")
        .attr("id", id)
        .attr("class", class)
        .flag("disabled", is_disabled)
        .on_press(press.reform(|_| ()))
        .text(label)
}
