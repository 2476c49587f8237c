//! A button that copies a text, and says what became of it.

use reachcheck_core::text::{self, Lang, Ui};
use yew::prelude::{AttrValue, Callback, Html, MouseEvent, Properties, component, html, use_state};

use super::button::button;
use crate::browser::{clipboard, hooks};

/// What it is given.
#[derive(PartialEq, Properties)]
pub struct CopyButtonProps {
    /// Its id.
    pub id: AttrValue,
    /// The page's language.
    pub lang: Lang,
    /// What it says.
    pub label: Ui,
    /// What is copied.
    pub text: AttrValue,
    /// What is said once it is.
    pub done: Ui,
    /// What is said where the browser refuses.
    #[prop_or(Ui::TextCopyFailed)]
    pub refused: Ui,
    /// Id of the element that shows the text: it is selected where the browser refuses to copy.
    pub shown_in: AttrValue,
    /// Id of the folded element around it, if there is one.
    #[prop_or_default]
    pub folded_in: Option<AttrValue>,
    /// Further classes of the button.
    #[prop_or_default]
    pub class: &'static str,
}

/// What became of the last press.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Copy {
    NotYet,
    Done,
    Refused,
}

/// The button, and a line below it.
#[component(CopyButton)]
pub fn copy_button(props: &CopyButtonProps) -> Html {
    let copied = use_state(|| Copy::NotYet);
    let onclick = {
        let copied = copied.clone();
        let (text, shown_in, folded_in) = (
            props.text.clone(),
            props.shown_in.clone(),
            props.folded_in.clone(),
        );
        Callback::from(move |_: MouseEvent| {
            let (copied, text) = (copied.clone(), text.clone());
            let (shown_in, folded_in) = (shown_in.clone(), folded_in.clone());
            wasm_bindgen_futures::spawn_local(async move {
                if clipboard::write(&text).await {
                    copied.set(Copy::Done);
                } else {
                    if let Some(folded_in) = &folded_in {
                        hooks::open_details(folded_in);
                    }
                    clipboard::select(&shown_in);
                    copied.set(Copy::Refused);
                }
            });
        })
    };
    let (class, words) = match *copied {
        Copy::NotYet => ("copy-status", ""),
        Copy::Done => (
            "copy-status copy-status--done",
            text::ui(props.lang, props.done),
        ),
        Copy::Refused => (
            "copy-status copy-status--refused",
            text::ui(props.lang, props.refused),
        ),
    };
    html! {
        <>
            { button(
                props.id.clone(),
                format!("button {}", props.class),
                false,
                text::ui(props.lang, props.label),
                onclick,
            ) }
            <p {class} role="status">{ words }</p>
        </>
    }
}
