//! The report, exactly as it is handed over, and the ways to hand it over.

use reachcheck_core::snapshot::LeftOut;
use reachcheck_core::text::{self, Lang, Ui};
use yew::prelude::{AttrValue, Callback, Html, MouseEvent, html};

use super::button::button;
use super::copy_button::CopyButton;
use super::send_button::SendButton;
use super::tag::{section, tag};
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

/// The report, folded until somebody wants to see it. What the agent leaves out of it is `left_out`; `leave_out` is called
/// when that changes.
pub fn report_panel(
    lang: Lang,
    report: &ReportText,
    left_out: LeftOut,
    leave_out: &Callback<LeftOut>,
) -> Html {
    let ui = |key| text::ui(lang, key);
    let inside = html! {
        <>
            if let Some(code) = &report.code {
                <p class="report__code">
                    { ui(Ui::ReportCode) }{ " " }
                    // Its halves apart to the eye, and one word to whoever copies it.
                    <code id="report-code">
                        { tag("span", "", code[..code.len() / 2].to_owned()) }
                        { tag("span", "", code[code.len() / 2..].to_owned()) }
                    </code>
                </p>
            }
            <fieldset class="report__personal">
                { tag("legend", "", ui(Ui::LeaveOut)) }
                { switch(
                    "include-address",
                    ui(Ui::IncludeAddress),
                    !left_out.address,
                    leave_out.reform(move |()| LeftOut {
                        address: !left_out.address,
                        ..left_out
                    }),
                ) }
                { switch(
                    "include-browser",
                    ui(Ui::IncludeBrowser),
                    !left_out.browser,
                    leave_out.reform(move |()| LeftOut {
                        browser: !left_out.browser,
                        ..left_out
                    }),
                ) }
            </fieldset>
            <div class="report__buttons">
                <CopyButton
                    id="copy-link"
                    {lang}
                    label={Ui::CopyLink}
                    text={report.link.clone()}
                    done={Ui::LinkCopied}
                    shown_in="report-link"
                    folded_in={AttrValue::from(PANEL)}
                />
            </div>
            { tag("p", "", ui(Ui::ReportHint)) }
            <details id={PANEL}>
                { tag("summary", "", ui(Ui::ShowReport)) }
                <pre id={TEXT} lang={report.lang.tag()} tabindex="0">{ report.text.clone() }</pre>
                <p class="report__link"><a id="report-link" href={report.link.clone()}>{ report.link.clone() }</a></p>
            </details>
        </>
    };
    section("panel report", ui(Ui::ReportTitle), inside)
}

fn switch(id: &'static str, label: &'static str, checked: bool, change: Callback<()>) -> Html {
    html! {
        <label>
            <input {id} type="checkbox" {checked} onchange={change.reform(|_: yew::Event| ())} />
            { label }
        </label>
    }
}

/// Copy and Download, and Send where the settings say where to.
pub fn report_buttons(lang: Lang, report: &ReportText) -> Html {
    let save = {
        let report = report.clone();
        Callback::from(move |_: MouseEvent| {
            download::save(&report.file_name, &report.text);
        })
    };
    html! {
        <>
            <CopyButton
                id="copy-report"
                class="button--primary"
                {lang}
                label={Ui::CopyReport}
                text={report.text.clone()}
                done={Ui::Copied}
                refused={Ui::CopyFailed}
                shown_in={TEXT}
                folded_in={AttrValue::from(PANEL)}
            />
            { button(
                "download-report".into(),
                "button".to_owned(),
                false,
                text::ui(lang, Ui::DownloadReport),
                save,
            ) }
            if let Some(mailto) = &report.mailto {
                <a id="mail-report" class="button" href={mailto.clone()}>
                    { text::ui(lang, Ui::SendByMail) }
                </a>
            }
            if let Some((url, json)) = &report.post {
                <SendButton {lang} url={url.clone()} json={json.clone()} />
            }
        </>
    }
}
