//! Notices: problems of the settings file and the support link, and languages that could not be loaded.

use reachcheck_model::lang::Lang;
use reachcheck_texts as text;
use yew::prelude::{Html, html};

use super::words::said;
use crate::browser::page_policy;
use crate::setup::Setup;

/// A list, where something was wrong. `has_come` tells that the settings of this page arrived after all.
pub fn notices(lang: Lang, setup: &Setup, has_come: bool) -> Option<Html> {
    let of_config = text::config_notice(lang, &setup.config_source, &setup.config);
    let forbidden = text::forbidden_by_page(lang, &page_policy::forbidden());
    let problems = &setup.link.problems;
    if of_config.is_none() && forbidden.is_none() && !has_come && problems.is_empty() {
        return None;
    }
    Some(html! {
        <ul class="notices">
            if let Some(notice) = of_config {
                <li id="settings-in-place">
                    { said([&notice.words, " "].concat()) }
                    if let Some(detail) = notice.detail {
                        <span lang={Lang::En.tag()} ~textContent={detail} />
                    }
                </li>
            }
            if let Some(words) = forbidden {
                <li id="settings-forbidden" ~textContent={words} />
            }
            if has_come {
                <li id="settings-came" ~textContent={text::settings_came(lang)} />
            }
            { for problems.iter().map(|problem| html! {
                <li ~textContent={text::link_problem(lang, problem)} />
            }) }
        </ul>
    })
}

/// That the words of a language did not come: in English, and in that language, of which the program has this much.
pub fn words_missing(lang: Lang) -> Html {
    html! {
        <div class="notices" role="alert" data-words-missing={lang.tag()}>
            <p lang={Lang::En.tag()} ~textContent={text::words_missing(Lang::En)} />
            <p lang={lang.tag()} ~textContent={text::words_missing(lang)} />
        </div>
    }
}
