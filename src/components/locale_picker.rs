//! The language of the page.

use reachcheck_core::text::{self, Lang, Ui};
use wasm_bindgen::JsCast as _;
use web_sys::HtmlSelectElement;
use yew::prelude::{Callback, Event, Html, TargetCast as _, html};

use super::tag::tag;
use crate::browser::hooks;

/// The id of the select.
const ID: &str = "language";

/// A select with every language in its own name.
pub fn locale_picker(lang: Lang, choose: &Callback<Lang>) -> Html {
    let onchange = choose.reform(|event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        Lang::from_tag(&select.value()).unwrap_or(Lang::En)
    });
    html! {
        <label class="locale-picker">
            { tag("span", "visually-hidden", text::ui(lang, Ui::Language)) }
            <select id={ID} {onchange}>
                { for Lang::ALL.into_iter().map(|choice| html! {
                    <option
                        value={choice.tag()}
                        lang={choice.tag()}
                        selected={choice == lang}
                    >
                        { choice.name() }
                    </option>
                }) }
            </select>
        </label>
    }
}

/// Shows the page's language again, where the one that was chosen did not come.
pub fn put_back() {
    let select =
        hooks::element(ID).and_then(|element| element.dyn_into::<HtmlSelectElement>().ok());
    if let (Some(select), Some(tag)) = (select, hooks::language()) {
        select.set_value(&tag);
    }
}
