//! Server events as a strip: a box for each that was sent, filled for each that came.

use yew::prelude::{Html, classes, html};

/// The count stands in words beside it.
pub fn strip(expected: u32, arrived: u32) -> Html {
    html! {
        <span class="strip" aria-hidden="true">
            { for (0..expected).map(|index| {
                let lost = (index >= arrived).then_some("strip__box--lost");
                html! { <span class={classes!("strip__box", lost)} /> }
            }) }
        </span>
    }
}
