//! Button view.

use yew::AttrValue;
use yew::prelude::{Callback, Html, MouseEvent, classes, html};

/// A button of that id. One that is disabled is not shown.
pub fn button(
    id: AttrValue,
    is_primary: bool,
    is_disabled: bool,
    label: &str,
    press: &Callback<()>,
) -> Html {
    let onclick = press.reform(|_: MouseEvent| ());
    html! {
        <button
            {id}
            type="button"
            class={classes!("button", is_primary.then_some("button--primary"))}
            disabled={is_disabled}
            {onclick}
            ~textContent={label}
        />
    }
}
