//! What was wrong with the settings file or the support link.

use std::rc::Rc;

use reachcheck_core::text::{self, Lang};
use yew::prelude::{Html, Properties, component, html};

use crate::setup::Setup;

/// What it is given.
#[derive(PartialEq, Properties)]
pub struct NoticesProps {
    /// The page's language.
    pub lang: Lang,
    /// Settings and link.
    pub setup: Rc<Setup>,
}

/// A list; nothing where nothing was wrong.
#[component(Notices)]
pub fn notices(NoticesProps { lang, setup }: &NoticesProps) -> Html {
    let notices: Vec<String> = setup
        .config_error
        .iter()
        .map(|error| text::config_problem(*lang, error))
        .chain(
            setup
                .link
                .problems
                .iter()
                .map(|problem| text::link_problem(*lang, problem)),
        )
        .collect();
    if notices.is_empty() {
        return Html::default();
    }
    html! {
        <ul class="notices">
            { for notices.into_iter().map(|notice| html! { <li>{ notice }</li> }) }
        </ul>
    }
}
