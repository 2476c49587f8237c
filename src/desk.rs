//! The helpdesk's program: what no agent needs for a check.

use std::rc::Rc;

use reachcheck_core::text::Ui;
use yew::prelude::{Html, Properties, component, html};

use crate::frame::{use_frame, use_setup};
use crate::helpdesk::Helpdesk;
use crate::setup::Setup;

/// The id of its element in `index.html`.
pub const ROOT: &str = "desk";

/// The root component.
#[component(Desk)]
pub fn desk() -> Html {
    match use_setup() {
        Some(setup) => html! { <Views {setup} /> },
        None => html! { <main class="page" aria-busy="true"></main> },
    }
}

/// What the views are given.
#[derive(PartialEq, Properties)]
struct ViewsProps {
    setup: Rc<Setup>,
}

/// One view for each fragment that `index.html` sends here. The program outlives all of them: what has to go on
/// unseen is kept, hidden.
#[component(Views)]
fn views(ViewsProps { setup }: &ViewsProps) -> Html {
    let frame = use_frame(ROOT, setup, Some(Ui::ReadReport));
    html! {
        <>
            { frame.masthead }
            if frame.is_shown {
                <Helpdesk lang={frame.lang} setup={setup.clone()} fragment={frame.fragment} />
            }
        </>
    }
}
