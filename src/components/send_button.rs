//! Sending the report to an address of the operator's, by a press and never without.

use reachcheck_core::text::{self, Lang, Ui};
use yew::prelude::{AttrValue, Callback, Html, MouseEvent, Properties, component, html, use_state};

use super::button::button;
use crate::browser::fetch;

/// An address that has not answered by then (milliseconds) is not waited for.
const DEADLINE_MS: u32 = 15_000;

/// What it is given.
#[derive(PartialEq, Properties)]
pub struct SendButtonProps {
    /// The page's language.
    pub lang: Lang,
    /// Where to.
    pub url: AttrValue,
    /// The report, as JSON.
    pub json: AttrValue,
}

/// What became of the last press.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sending {
    NotYet,
    UnderWay,
    Done,
    Failed,
}

/// The button, and what became of it.
#[component(SendButton)]
pub fn send_button(SendButtonProps { lang, url, json }: &SendButtonProps) -> Html {
    let state = use_state(|| Sending::NotYet);
    let onclick = {
        let (state, url, json) = (state.clone(), url.clone(), json.clone());
        Callback::from(move |_: MouseEvent| {
            if *state == Sending::UnderWay {
                return;
            }
            state.set(Sending::UnderWay);
            let (state, url, json) = (state.clone(), url.clone(), json.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let is_taken = fetch::post_json(&url, &json, DEADLINE_MS).await;
                state.set(if is_taken {
                    Sending::Done
                } else {
                    Sending::Failed
                });
            });
        })
    };
    let (class, words) = match *state {
        Sending::NotYet => ("", None),
        Sending::UnderWay => ("", Some(Ui::Sending)),
        Sending::Done => ("copy-status--done", Some(Ui::Sent)),
        Sending::Failed => ("copy-status--refused", Some(Ui::SendFailed)),
    };
    html! {
        <>
            { button(
                "send-report".into(),
                "button".to_owned(),
                false,
                text::ui(*lang, Ui::SendDirect),
                onclick,
            ) }
            <p class={format!("copy-status {class}")} role="status">
                { words.map_or("", |words| text::ui(*lang, words)) }
            </p>
        </>
    }
}
