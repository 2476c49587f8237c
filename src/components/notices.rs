//! What was wrong with the settings file or the support link, and that words did not come.

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

/// That the words of a language did not come: in English, and in that language, of which the program has this much.
pub fn words_missing(lang: Option<Lang>) -> Html {
    let Some(lang) = lang else {
        return Html::default();
    };
    let said = |lang: Lang| html! { <p lang={lang.tag()}>{ text::words_missing(lang) }</p> };
    html! {
        <div class="notices" role="alert" data-words-missing={lang.tag()}>{ said(Lang::En) }{ said(lang) }</div>
    }
}
