//! Report panel: the report's exact text, and the buttons to copy, save, mail or post it.

use std::rc::Rc;

use reachcheck_handover::record::LeftOut;
use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, Ui};
use yew::prelude::{AttrValue, Callback, Html};

use super::act_button::{Act, ActButtonProps, act_button};
use super::button::button;
use super::element::{Element, el};
use super::tag::section;
use crate::browser::download;

/// The report of a run, in all its forms. What the agent leaves out is in none of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportText {
    /// Its text.
    pub text: AttrValue,
    /// Its language: support's, not necessarily the page's.
    pub lang: Lang,
    /// The name of the downloaded file.
    pub file_name: AttrValue,
    /// When the watch that is taken up ended, by this computer's clock; none where there was none today.
    pub watched_until: Option<AttrValue>,
    /// The short code; none of a run that was cancelled.
    pub code: Option<AttrValue>,
    /// A link that holds the report.
    pub link: AttrValue,
    /// A message to support, where the settings have its address.
    pub mailto: Option<AttrValue>,
    /// Where the report may be posted, and what is.
    pub post: Option<(AttrValue, AttrValue)>,
}

/// Id of the folding element around the report.
const PANEL: &str = "report-panel";
/// Id of the report's `pre`.
const TEXT: &str = "report-text";

/// The report, folded until somebody wants to see it. What the agent leaves out of it is `left_out`; `leave_out` is
/// called when that changes.
pub fn report_panel(
    lang: Lang,
    report: &ReportText,
    left_out: LeftOut,
    leave_out: &Callback<LeftOut>,
) -> Element {
    let ui = |key| text::ui(lang, key);
    let code = report.code.as_ref().map(|code| {
        // Its halves apart to the eye, and one word to whoever copies it.
        let (first, second) = code.split_at(code.len() / 2);
        let halves = el("code#report-code")
            .holds(el("span").text(first.to_owned()))
            .holds(el("span").text(second.to_owned()));
        el("p.report__code")
            .text(ui(Ui::ReportCode))
            .text(" ")
            .holds(halves)
    });
    let switch = |id: &'static str, label: AttrValue, is_left_out: bool, changed| {
        let change = leave_out.reform(move |_| changed);
        el("label")
            .holds(
                el("input[type=checkbox]")
                    .attr("id", id)
                    .checked(!is_left_out)
                    .on_change(change),
            )
            .text(label)
    };
    let address = switch(
        "include-address",
        ui(Ui::IncludeAddress).into(),
        left_out.address,
        LeftOut {
            address: !left_out.address,
            ..left_out
        },
    );
    let browser = switch(
        "include-browser",
        ui(Ui::IncludeBrowser).into(),
        left_out.browser,
        LeftOut {
            browser: !left_out.browser,
            ..left_out
        },
    );
    let watch = report.watched_until.as_ref().map(|until| {
        switch(
            "include-watch",
            format!("{} {until}", ui(Ui::IncludeWatch)).into(),
            left_out.watch,
            LeftOut {
                watch: !left_out.watch,
                ..left_out
            },
        )
    });
    let copy_link = act_button(ActButtonProps {
        id: "copy-link".into(),
        lang,
        is_primary: false,
        label: ui(Ui::CopyLink),
        act: copy(&report.link, "report-link"),
        done: ui(Ui::LinkCopied),
        refused: ui(Ui::TextCopyFailed),
    });
    let link = el("a#report-link")
        .attr("href", report.link.clone())
        .text(report.link.clone());
    section("panel report", ui(Ui::ReportTitle))
        .maybe(code)
        .holds(
            el("fieldset.report__personal")
                .holds(el("legend").text(ui(Ui::LeaveOut)))
                .holds(address)
                .holds(browser)
                .maybe(watch),
        )
        .holds(el("div.report__buttons").holds(copy_link))
        .holds(el("p").text(ui(Ui::ReportHint)))
        .holds(
            el("details")
                .attr("id", PANEL)
                .holds(el("summary").text(ui(Ui::ShowReport)))
                .holds(
                    el("pre[tabindex=0]")
                        .attr("id", TEXT)
                        .attr("lang", report.lang.tag())
                        .text(report.text.clone()),
                )
                .holds(el("p.report__link").holds(link)),
        )
}

/// To copy a part of the panel.
fn copy(text: &AttrValue, shown_in: &'static str) -> Rc<Act> {
    Rc::new(Act::Copy {
        text: text.clone(),
        shown_in: shown_in.into(),
        folded_in: Some(PANEL.into()),
    })
}

/// Copy and Download, and Send where the settings say where to.
pub fn report_buttons(lang: Lang, report: &Rc<ReportText>) -> [Html; 4] {
    let ui = |key| text::ui(lang, key);
    let save = {
        let report = report.clone();
        Callback::from(move |()| {
            download::save(&report.file_name, &report.text);
        })
    };
    let mail = report.mailto.as_ref().map(|mailto| {
        el("a#mail-report.button")
            .attr("href", mailto.clone())
            .text(ui(Ui::SendByMail))
            .into()
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
    [
        act_button(ActButtonProps {
            id: "copy-report".into(),
            lang,
            is_primary: true,
            label: ui(Ui::CopyReport),
            act: copy(&report.text, TEXT),
            done: ui(Ui::Copied),
            refused: ui(Ui::CopyFailed),
        }),
        button(
            "download-report".into(),
            false,
            false,
            ui(Ui::DownloadReport),
            &save,
        )
        .into(),
        mail.unwrap_or_default(),
        send.unwrap_or_default(),
    ]
}
