//! The firewall request: a text of its own, for somebody else than support.

use reachcheck_core::text::{self, Lang, Ui};
use yew::prelude::{AttrValue, Html, Properties, component, html};

use super::copy_button::CopyButton;

/// What it is given.
#[derive(PartialEq, Properties)]
pub struct RequestPanelProps {
    /// Id of the text.
    pub id: AttrValue,
    /// The page's language, and the text's: the agent's IT department reads what the agent does.
    pub lang: Lang,
    /// The request.
    pub text: AttrValue,
}

/// The request, folded, with its own Copy.
#[component(RequestPanel)]
pub fn request_panel(RequestPanelProps { id, lang, text }: &RequestPanelProps) -> Html {
    let ui = |key| text::ui(*lang, key);
    let panel = format!("{id}-panel");
    html! {
        <section class="panel report request" aria-label={ui(Ui::RequestPageTitle)}>
            <h2>{ ui(Ui::RequestPageTitle) }</h2>
            <p>{ ui(Ui::RequestHint) }</p>
            <div class="report__buttons">
                <CopyButton
                    id={format!("{id}-copy")}
                    lang={*lang}
                    label={Ui::CopyRequest}
                    text={text.clone()}
                    done={Ui::RequestCopied}
                    shown_in={id.clone()}
                    folded_in={AttrValue::from(panel.clone())}
                />
            </div>
            <details id={panel}>
                <summary>{ ui(Ui::ShowRequest) }</summary>
                <pre id={id.clone()} tabindex="0">{ text.clone() }</pre>
            </details>
        </section>
    }
}
