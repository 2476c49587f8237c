//! Notices: problems of the settings file and the support link, and languages that could not be loaded.

use reachcheck_model::lang::Lang;
use reachcheck_texts as text;

use super::element::{Element, el};
use crate::browser::page_policy;
use crate::setup::Setup;

/// A list, where something was wrong. `has_come` tells that the settings of this page arrived after all.
pub fn notices(lang: Lang, setup: &Setup, has_come: bool) -> Option<Element> {
    let of_config = text::config_notice(lang, &setup.config_source, &setup.config).map(|notice| {
        let detail = notice.detail;
        let detail = detail.map(|detail| el("span").attr("lang", Lang::En.tag()).text(detail));
        let item = el("li#settings-in-place").text(notice.words).text(" ");
        item.maybe(detail)
    });
    let forbidden = text::forbidden_by_page(lang, &page_policy::forbidden());
    let forbidden = forbidden.map(|words| el("li#settings-forbidden").text(words));
    let came = has_come.then(|| el("li#settings-came").text(text::settings_came(lang)));
    let problems = &setup.link.problems;
    let of_link = problems
        .iter()
        .map(|problem| el("li").text(text::link_problem(lang, problem)));
    let all: Vec<Element> = of_config
        .into_iter()
        .chain(forbidden)
        .chain(came)
        .chain(of_link)
        .collect();
    (!all.is_empty()).then(|| el("ul.notices").each(all))
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
