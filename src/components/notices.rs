//! What was wrong with the settings file or the support link.

use reachcheck_core::text::{self, Lang};

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
