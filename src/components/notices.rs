//! What was wrong with the settings file or the support link.

use reachcheck_core::text::{self, Lang};
use yew::prelude::{Html, html};

use super::tag::tag;
use crate::setup::Setup;

/// A list; nothing where nothing was wrong.
pub fn notices(lang: Lang, setup: &Setup) -> Html {
    let problems = &setup.link.problems;
    if setup.config_error.is_none() && problems.is_empty() {
        return Html::default();
    }
    let of_config = setup.config_error.as_ref().map(|error| {
        // The place and what is wrong there, for whoever wrote the file: like its keys, in English.
        let detail = error.to_string();
        let whole = text::config_problem(lang, error);
        let sentence = whole.strip_suffix(&detail).unwrap_or(&whole).to_owned();
        html! { <li>{ sentence }<span lang={Lang::En.tag()}>{ detail }</span></li> }
    });
    html! {
        <ul class="notices">
            { for of_config }
            { for problems.iter().map(|problem| tag("li", "", text::link_problem(lang, problem))) }
        </ul>
    }
}
