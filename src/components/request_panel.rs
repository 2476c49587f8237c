//! Firewall-request panel: a text of its own, for IT instead of support.

use std::rc::Rc;

use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, Ui};
use yew::AttrValue;

use super::act_button::{Act, ActButtonProps, act_button};
use super::element::{Element, el};
use super::tag::section;

/// The request, folded, with its own Copy; in the page's language, since the agent's IT department reads what the agent
/// does. `id` is its text's.
pub fn request_panel(id: &str, lang: Lang, text: String) -> Element {
    let ui = |key| text::ui(lang, key);
    let text: AttrValue = text.into();
    let panel: AttrValue = [id, "-panel"].concat().into();
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
    section("panel report request", ui(Ui::RequestPageTitle))
        .holds(el("p").text(ui(Ui::RequestHint)))
        .holds(el("div.report__buttons").holds(copy))
        .holds(
            el("details")
                .attr("id", panel)
                .holds(el("summary").text(ui(Ui::ShowRequest)))
                .holds(
                    el("pre[tabindex=0][translate=no]")
                        .attr("id", id.to_owned())
                        .text(text),
                ),
        )
}
