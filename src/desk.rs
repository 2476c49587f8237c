//! The helpdesk's program: what no agent needs for a check.

use std::rc::Rc;

use reachcheck_core::text::Ui;
use yew::prelude::{Html, Properties, component, html};

use crate::frame::use_frame;
use crate::helpdesk::Helpdesk;
use crate::setup::Setup;

/// The id of its element in `index.html`.
pub const ROOT: &str = "desk";

/// What the views are given.
#[derive(PartialEq, Properties)]
pub struct ViewsProps {
    /// Settings.
    pub setup: Rc<Setup>,
}

/// One view for each fragment that `index.html` sends here. The program outlives all of them: what has to go on
/// unseen is kept, hidden.
#[component(Views)]
pub fn views(ViewsProps { setup }: &ViewsProps) -> Html {
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
