//! Firewall-request panel: a text of its own, for IT instead of support.

use std::rc::Rc;

use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, Ui};
use yew::prelude::{AttrValue, Html, html};

use super::act_button::{Act, ActButtonProps, act_button};

/// The request, folded, with its own Copy; in the page's language, since the agent's IT department reads what the agent
/// does. `id` is its text's.
pub fn request_panel(id: &str, lang: Lang, text: String) -> Html {
    let ui = |key| text::ui(lang, key);
    let text: AttrValue = text.into();
    let panel: AttrValue = [id, "-panel"].concat().into();
    let title = ui(Ui::RequestPageTitle);
    let copy = act_button(ActButtonProps {
        id: [id, "-copy"].concat().into(),
        lang,
        is_primary: false,
        label: ui(Ui::CopyRequest),
        act: Rc::new(Act::Copy {
            text: text.clone(),
            shown_in: id.to_owned().into(),
            folded_in: Some(panel.clone()),
        }),
        done: ui(Ui::RequestCopied),
        refused: ui(Ui::TextCopyFailed),
    });
    html! {
        <section class="panel report" aria-label={title}>
            <h2 ~textContent={title} />
            <p ~textContent={ui(Ui::RequestHint)} />
            <div class="report__buttons">{ copy }</div>
            <details id={panel}>
                <summary ~textContent={ui(Ui::ShowRequest)} />
                <pre id={id.to_owned()} tabindex="0" translate="no" ~textContent={text.as_str()} />
            </details>
        </section>
    }
}
