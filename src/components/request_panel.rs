//! The firewall request: a text of its own, for somebody else than support.

use reachcheck_core::text::{self, Lang, Ui};
use yew::prelude::{AttrValue, Html, html};

use super::copy_button::CopyButton;
use super::tag::{section, tag};

/// The request, folded, with its own Copy; in the page's language, since the agent's IT department reads what the agent
/// does. `id` is its text's.
pub fn request_panel(id: &AttrValue, lang: Lang, text: &AttrValue) -> Html {
    let ui = |key| text::ui(lang, key);
    let panel = format!("{id}-panel");
    let inside = html! {
        <>
            { tag("p", "", ui(Ui::RequestHint)) }
            <div class="report__buttons">
                <CopyButton
                    id={format!("{id}-copy")}
                    {lang}
                    label={Ui::CopyRequest}
                    text={text.clone()}
                    done={Ui::RequestCopied}
                    shown_in={id.clone()}
                    folded_in={AttrValue::from(panel.clone())}
                />
            </div>
            <details id={panel}>
                { tag("summary", "", ui(Ui::ShowRequest)) }
                <pre id={id.clone()} tabindex="0">{ text.clone() }</pre>
            </details>
        </>
    };
    section("panel report request", ui(Ui::RequestPageTitle), inside)
}
