//! Notices: problems of the settings file and the support link, and languages that could not be loaded.

use reachcheck_model::lang::Lang;
use reachcheck_texts as text;

use super::element::{Element, el};
use crate::setup::Setup;

/// A list, where something was wrong.
pub fn notices(lang: Lang, setup: &Setup) -> Option<Element> {
    let problems = &setup.link.problems;
    if setup.config_error.is_none() && problems.is_empty() {
        return None;
    }
    let of_config = setup.config_error.as_ref().map(|error| {
        // The place and what is wrong there, for whoever wrote the file: like its keys, in English.
        let detail = error.to_string();
        let whole = text::config_problem(lang, error);
        let sentence = whole.strip_suffix(&detail).unwrap_or(&whole).to_owned();
        let detail = el("span").attr("lang", Lang::En.tag()).text(detail);
        el("li").text(sentence).holds(detail)
    });
    let of_link = problems
        .iter()
        .map(|problem| el("li").text(text::link_problem(lang, problem)));
    Some(el("ul.notices").each(of_config.into_iter().chain(of_link)))
}

/// That the words of a language did not come: in English, and in that language, of which the program has this much.
pub fn words_missing(lang: Lang) -> Element {
    let said = |lang: Lang| {
        let sentence = el("p").attr("lang", lang.tag());
        sentence.text(text::words_missing(lang))
    };
    el("div.notices[role=alert]")
        .attr("data-words-missing", lang.tag())
        .holds(said(Lang::En))
        .holds(said(lang))
}
