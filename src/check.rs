//! The check's program. It stays as it is while the address asks for one of the helpdesk's views.

use std::rc::Rc;

use yew::prelude::{Html, Properties, component, html};

use crate::frame::{use_frame, use_setup};
use crate::page::Page;
use crate::setup::Setup;

/// The id of its element in `index.html`.
pub const ROOT: &str = "check";

/// The root component.
#[component(Check)]
pub fn check() -> Html {
    match use_setup() {
        Some(setup) => html! { <View {setup} /> },
        None => html! {
            <main class="page" data-run="idle" aria-busy="true"></main>
        },
    }
}

/// What the view is given.
#[derive(PartialEq, Properties)]
struct ViewProps {
    setup: Rc<Setup>,
}

#[component(View)]
fn view(ViewProps { setup }: &ViewProps) -> Html {
    let frame = use_frame(ROOT, setup, None);
    html! {
        <>
            { frame.masthead }
            <Page lang={frame.lang} setup={setup.clone()} />
        </>
    }
}
