//! Picker of the page's language.

use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, Ui};
use web_sys::HtmlSelectElement;
use yew::prelude::{Callback, Event, Html, TargetCast as _, html};

use crate::browser::document;

/// A select with every language in its own name.
pub fn locale_picker(lang: Lang, choose: &Callback<Lang>) -> Html {
    let onchange = choose.reform(|event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        Lang::from_tag(&select.value()).unwrap_or(Lang::En)
    });
    html! {
        <label class="locale-picker">
            <span class="visually-hidden" ~textContent={text::ui(lang, Ui::Language)} />
            <select id="language" {onchange}>
                { for Lang::ALL.into_iter().map(|choice| html! {
                    <option
                        value={choice.tag()}
                        lang={choice.tag()}
                        selected={choice == lang}
                        ~textContent={choice.name()}
                    />
                }) }
            </select>
        </label>
    }
}

/// Shows the page's language again, where the one that was chosen did not come.
pub fn put_back() {
    if let Some(tag) = document::language() {
        document::set_select("language", &tag);
    }
}
