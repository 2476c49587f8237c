//! Buttons that hand the report over: one to be pressed, and the others behind it.

use std::rc::Rc;

use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, Ui};
use yew::prelude::{AttrValue, Callback, Html, html};

use super::act_button::{Act, ActButtonProps, act_button};
use super::button::button;
use super::report_panel::{PANEL, ReportText, TEXT};
use crate::browser::download;

/// Copy.
pub fn copy_report(lang: Lang, report: &ReportText) -> Html {
    let ui = |key| text::ui(lang, key);
    act_button(ActButtonProps {
        id: "copy-report".into(),
        lang,
        is_primary: true,
        label: ui(Ui::CopyReport),
        act: copy(&report.text, TEXT),
        done: ui(Ui::Copied),
        refused: ui(Ui::CopyFailed),
    })
}

/// Download and Copy as link, and Send where the settings say where to, folded.
pub fn other_ways(lang: Lang, report: &Rc<ReportText>) -> Html {
    let ui = |key| text::ui(lang, key);
    let save = {
        let report = report.clone();
        Callback::from(move |()| {
            download::save(&report.file_name, &report.text);
        })
    };
    let copy_link = act_button(ActButtonProps {
        id: "copy-link".into(),
        lang,
        is_primary: false,
        label: ui(Ui::CopyLink),
        act: copy(&report.link, "report-link"),
        done: ui(Ui::LinkCopied),
        refused: ui(Ui::TextCopyFailed),
    });
    let send = report.post.as_ref().map(|(url, json)| {
        act_button(ActButtonProps {
            id: "send-report".into(),
            lang,
            is_primary: false,
            label: ui(Ui::SendDirect),
            act: Rc::new(Act::Send {
                url: url.clone(),
                json: json.clone(),
            }),
            done: ui(Ui::Sent),
            refused: ui(Ui::SendFailed),
        })
    });
    html! {
        <details class="ways">
            <summary>{ ui(Ui::MoreWays) }</summary>
            <div class="ways__buttons">
                { for send }
                if let Some(mailto) = &report.mailto {
                    <a id="mail-report" class="button" href={mailto}>{ ui(Ui::SendByMail) }</a>
                }
                { button("download-report".into(), false, false, ui(Ui::DownloadReport), &save) }
                { copy_link }
            </div>
        </details>
    }
}

/// To copy a part of the report's panel.
fn copy(text: &AttrValue, shown_in: &'static str) -> Rc<Act> {
    Rc::new(Act::Copy {
        text: text.clone(),
        shown_in: shown_in.into(),
        folded_in: Some(PANEL.into()),
    })
}
