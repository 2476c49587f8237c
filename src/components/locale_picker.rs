//! The language of the page.

use reachcheck_core::text::{self, Lang, Ui};
use web_sys::HtmlSelectElement;
use yew::prelude::{Callback, Event, Html, Properties, TargetCast as _, component, html};

/// What it is given.
#[derive(PartialEq, Properties)]
pub struct LocalePickerProps {
    /// The language in force.
    pub lang: Lang,
    /// Called with the chosen one.
    pub choose: Callback<Lang>,
}

/// A select with every language in its own name.
#[component(LocalePicker)]
pub fn locale_picker(LocalePickerProps { lang, choose }: &LocalePickerProps) -> Html {
    let onchange = choose.reform(|event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        Lang::from_tag(&select.value()).unwrap_or(Lang::En)
    });
    html! {
        <label class="locale-picker">
            <span class="visually-hidden">{ text::ui(*lang, Ui::Language) }</span>
            <select id="language" {onchange}>
                { for Lang::ALL.into_iter().map(|choice| html! {
                    <option
                        value={choice.tag()}
                        lang={choice.tag()}
                        selected={choice == *lang}
                    >
                        { choice.name() }
                    </option>
                }) }
            </select>
        </label>
    }
}
