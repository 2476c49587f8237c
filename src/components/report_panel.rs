//! Report panel: the report's exact text, and what the agent leaves out of it.

use reachcheck_handover::record::LeftOut;
use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, Ui};
use yew::prelude::{AttrValue, Callback, Event, Html, html};

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
pub const PANEL: &str = "report-panel";
/// Id of the report's `pre`.
pub const TEXT: &str = "report-text";

/// The report, folded until somebody wants to see it. What the agent leaves out of it is `left_out`; `leave_out` is
/// called when that changes.
pub fn report_panel(
    lang: Lang,
    report: &ReportText,
    left_out: LeftOut,
    leave_out: &Callback<LeftOut>,
) -> Html {
    let ui = |key| text::ui(lang, key);
    let switch = |id: &'static str, label: String, is_left_out: bool, changed: LeftOut| {
        let onchange = leave_out.reform(move |_: Event| changed);
        html! {
            <label>
                <input {id} type="checkbox" checked={!is_left_out} {onchange} />
                { label }
            </label>
        }
    };
    let address = LeftOut {
        address: !left_out.address,
        ..left_out
    };
    let browser = LeftOut {
        browser: !left_out.browser,
        ..left_out
    };
    let watch = LeftOut {
        watch: !left_out.watch,
        ..left_out
    };
    html! {
        <section class="panel report" aria-label={ui(Ui::ReportTitle)}>
            <h2>{ ui(Ui::ReportTitle) }</h2>
            <details id={PANEL}>
                <summary>{ ui(Ui::ShowOrLeaveOut) }</summary>
                <p>{ ui(Ui::ReportHint) }</p>
                <fieldset class="report__personal">
                    <legend>{ ui(Ui::LeaveOut) }</legend>
                    { switch("include-address", ui(Ui::IncludeAddress).to_owned(), left_out.address, address) }
                    { switch("include-browser", ui(Ui::IncludeBrowser).to_owned(), left_out.browser, browser) }
                    if let Some(until) = &report.watched_until {
                        { switch(
                            "include-watch",
                            [ui(Ui::IncludeWatch), " ", until].concat(),
                            left_out.watch,
                            watch,
                        ) }
                    }
                </fieldset>
                <pre id={TEXT} tabindex="0" lang={report.lang.tag()}>{ &report.text }</pre>
                <p class="report__link">
                    <a id="report-link" href={&report.link}>{ &report.link }</a>
                </p>
            </details>
        </section>
    }
}
