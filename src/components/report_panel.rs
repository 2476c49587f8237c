//! The report, exactly as it is copied, and the buttons that hand it over.

use reachcheck_core::text::{self, Lang, Ui};
use yew::prelude::{AttrValue, Callback, Html, MouseEvent, Properties, component, html, use_state};

use crate::browser::{clipboard, download, hooks};

/// The report of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportText {
    /// Its text.
    pub text: AttrValue,
    /// Its language: support's, not necessarily the page's.
    pub lang: Lang,
    /// The name of the downloaded file.
    pub file_name: AttrValue,
}

/// What the panel is given.
#[derive(PartialEq, Properties)]
pub struct ReportPanelProps {
    /// The page's language.
    pub lang: Lang,
    /// The report.
    pub report: ReportText,
}

/// Id of the folding element around the report.
const PANEL: &str = "report-panel";
/// Id of the report's `pre`.
const TEXT: &str = "report-text";

/// The report, folded until somebody wants to see it.
#[component(ReportPanel)]
pub fn report_panel(ReportPanelProps { lang, report }: &ReportPanelProps) -> Html {
    html! {
        <section class="panel report">
            <h2>{ text::ui(*lang, Ui::ReportTitle) }</h2>
            <p>{ text::ui(*lang, Ui::ReportHint) }</p>
            <details id={PANEL}>
                <summary>{ text::ui(*lang, Ui::ShowReport) }</summary>
                <pre id={TEXT} lang={report.lang.tag()} tabindex="0">{ report.text.clone() }</pre>
            </details>
        </section>
    }
}

/// What became of the last press of Copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Copy {
    NotYet,
    Done,
    Refused,
}

/// Copy and Download.
#[component(ReportButtons)]
pub fn report_buttons(ReportPanelProps { lang, report }: &ReportPanelProps) -> Html {
    let copied = use_state(|| Copy::NotYet);
    let copy = {
        let (copied, text) = (copied.clone(), report.text.clone());
        Callback::from(move |_: MouseEvent| {
            let (copied, text) = (copied.clone(), text.clone());
            wasm_bindgen_futures::spawn_local(async move {
                if clipboard::write(&text).await {
                    copied.set(Copy::Done);
                } else {
                    hooks::open_details(PANEL);
                    clipboard::select(TEXT);
                    copied.set(Copy::Refused);
                }
            });
        })
    };
    let save = {
        let report = report.clone();
        Callback::from(move |_: MouseEvent| {
            download::save(&report.file_name, &report.text);
        })
    };
    let (class, words) = match *copied {
        Copy::NotYet => ("copy-status", ""),
        Copy::Done => ("copy-status copy-status--done", text::ui(*lang, Ui::Copied)),
        Copy::Refused => (
            "copy-status copy-status--refused",
            text::ui(*lang, Ui::CopyFailed),
        ),
    };
    html! {
        <>
            <button id="copy-report" class="button button--primary" type="button" onclick={copy}>
                { text::ui(*lang, Ui::CopyReport) }
            </button>
            <button id="download-report" class="button" type="button" onclick={save}>
                { text::ui(*lang, Ui::DownloadReport) }
            </button>
            <p {class} role="status">{ words }</p>
        </>
    }
}
