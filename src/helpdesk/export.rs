//! To take the pattern along: a text for the ticket, and a table for spreadsheets.

use std::rc::Rc;

use reachcheck_handover::pattern::export;
use reachcheck_handover::pattern::groups::Group;
use reachcheck_model::lang::Lang;
use reachcheck_model::time::file_stamp;
use reachcheck_texts::{self as text, HelpdeskUi, Ui};
use yew::prelude::{AttrValue, Callback, Html, MouseEvent, Properties, component, html, use_memo};

use super::overview::{Together, as_text};
use crate::browser::{clock, download};
use crate::components::act_button::{Act, ActButtonProps, act_button};

/// What it is given.
#[derive(PartialEq, Properties)]
pub struct ExportViewProps {
    /// The reader's language.
    pub lang: Lang,
    /// What is exported.
    pub together: Rc<Together>,
    /// The rows, as they are shown.
    pub groups: Rc<Vec<Group>>,
}

/// Buttons, and what they hand over.
#[component(ExportView)]
pub fn export_view(props: &ExportViewProps) -> Html {
    let lang = props.lang;
    let own = |key| text::helpdesk_ui(lang, key);
    let written = use_memo(
        (lang, props.together.clone(), props.groups.clone()),
        |(lang, together, groups)| -> (AttrValue, AttrValue) {
            let words = as_text(*lang, together, groups);
            (words.into(), export::csv(&together.matrix).into())
        },
    );
    let (words, table) = &*written;
    let copy = |id: &'static str, label, text: &AttrValue, shown_in: &'static str| {
        act_button(ActButtonProps {
            id: id.into(),
            lang,
            is_primary: false,
            label: own(label),
            act: Rc::new(Act::Copy {
                text: text.clone(),
                shown_in: shown_in.into(),
                folded_in: Some("pattern-export".into()),
            }),
            done: own(HelpdeskUi::ExportCopied),
            refused: text::ui(lang, Ui::TextCopyFailed),
        })
    };
    let save = |id: &'static str, label, text: &AttrValue, ending: &'static str| {
        let text = text.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            let stamp = file_stamp(clock::moment());
            download::save(&format!("reachcheck-{stamp}.{ending}"), &text);
        });
        html! { <button {id} class="button" type="button" {onclick} ~textContent={own(label)} /> }
    };
    html! {
        <div class="export">
            <div class="report__buttons">
                { copy("pattern-copy", HelpdeskUi::ExportTextCopy, words, "pattern-text") }
                { save("pattern-save", HelpdeskUi::ExportTextSave, words, "txt") }
                { copy("pattern-copy-csv", HelpdeskUi::ExportCsvCopy, table, "pattern-csv") }
                { save("pattern-save-csv", HelpdeskUi::ExportCsvSave, table, "csv") }
            </div>
            <details id="pattern-export">
                <summary ~textContent={own(HelpdeskUi::ExportText)} />
                <pre id="pattern-text" translate="no" tabindex="0" ~textContent={words.as_str()} />
                <pre id="pattern-csv" translate="no" tabindex="0" ~textContent={table.as_str()} />
            </details>
        </div>
    }
}
