//! Server events as a strip: a box for each that was sent, filled for each that came.

use yew::prelude::{Html, html};

/// The count stands in words beside it.
pub fn strip(expected: u32, arrived: u32) -> Html {
    html! {
        <span class="strip" aria-hidden="true">
            { for (0..expected).map(|index| html! {
                <span class={if index < arrived { "strip__box" } else { "strip__box strip__box--lost" }} />
            }) }
        </span>
    }
}
