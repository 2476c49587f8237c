//! Picker of the page's language.

use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, Ui};
use web_sys::HtmlSelectElement;
use yew::prelude::{Callback, Event, TargetCast as _};

use super::element::{Element, el};
use crate::browser::document;

/// A select with every language in its own name.
pub fn locale_picker(lang: Lang, choose: &Callback<Lang>) -> Element {
    let onchange = choose.reform(|event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        Lang::from_tag(&select.value()).unwrap_or(Lang::En)
    });
    let choices = Lang::ALL.into_iter().map(|choice| {
        el("option")
            .attr("value", choice.tag())
            .attr("lang", choice.tag())
            .flag("selected", choice == lang)
            .text(choice.name())
    });
    el("label.locale-picker")
        .holds(el("span.visually-hidden").text(text::ui(lang, Ui::Language)))
        .holds(el("select#language").on_change(onchange).each(choices))
}

/// Shows the page's language again, where the one that was chosen did not come.
pub fn put_back() {
    if let Some(tag) = document::language() {
        document::set_select("language", &tag);
    }
}
