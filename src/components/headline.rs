//! Headline view: the verdict of the run, its meaning, the next step, and the buttons Copy, Start, Cancel and Run again.

use std::rc::Rc;

use reachcheck_diagnosis::diagnosis::{CheckName, Diagnosis, Verdict};
use reachcheck_model::catalogue::EndpointRef;
use reachcheck_model::lang::Lang;
use reachcheck_model::session::{Phase, Session};
use reachcheck_model::thresholds;
use reachcheck_texts::{self as text, HeadlineText, Ui, Wait};
use yew::prelude::{Callback, Html, html};

use super::button::button;
use super::countdown::Countdown;
use super::handing_over::{copy_report, other_ways};
use super::regions::verdict_mark;
use super::report_panel::ReportText;
use super::words::variant;
use crate::browser::document;
use crate::run::Runs;
use crate::setup::Setup;

/// What it is made of.
pub struct HeadlineProps<'page> {
    /// The page's language.
    pub lang: Lang,
    /// Settings and link.
    pub setup: &'page Setup,
    /// The run.
    pub session: &'page Session,
    /// What is known.
    pub diagnosis: &'page Diagnosis,
    /// Endpoints that have not answered so far, for the time of three SYNs.
    pub silent: &'page [EndpointRef],
    /// The report, once there is one.
    pub report: Option<&'page Rc<ReportText>>,
    /// What starts and cancels.
    pub runs: &'page Runs,
}

/// The card on top.
pub fn headline_card(props: &HeadlineProps<'_>) -> Html {
    let ui = |key| text::ui(props.lang, key);
    let phase = props.session.phase;
    let words = words(props);
    let verdict = (phase == Phase::Finished).then_some(props.diagnosis.headline);
    let tone = verdict.map_or(phase.token(), Verdict::token);
    let is_running = phase == Phase::Running;
    let start_label = match phase {
        Phase::Idle => Ui::Start,
        _ => Ui::StartAgain,
    };
    let start = {
        let runs = props.runs.clone();
        Callback::from(move |()| runs.start())
    };
    let cancel = {
        let runs = props.runs.clone();
        Callback::from(move |()| runs.cancel())
    };
    let is_first = phase == Phase::Idle;
    html! {
        <section class={variant("headline", tone)} aria-busy={is_running.to_string()}>
            <div class="headline__words">
                <h1>
                    if let Some(verdict) = verdict {
                        <span class="headline__mark" aria-hidden="true">{ verdict_mark(verdict) }</span>
                    }
                    { words.title }
                </h1>
                <p>{ words.means }</p>
                if !words.action.is_empty() {
                    <p class="headline__action">{ words.action }</p>
                }
            </div>
            if is_running {
                { progress(props) }
            }
            <div class="headline__buttons">
                if let Some(report) = props.report {
                    { copy_report(props.lang, report) }
                }
                { button("start".into(), is_first, is_running, ui(start_label), &start) }
                { button("cancel".into(), false, !is_running, ui(Ui::Cancel), &cancel) }
            </div>
            if let Some(report) = props.report {
                { other_ways(props.lang, report) }
            }
            { meta(props) }
        </section>
    }
}

fn words(props: &HeadlineProps<'_>) -> HeadlineText {
    let lang = props.lang;
    let fixed = |title, means: String| HeadlineText {
        title: text::ui(lang, title).to_owned(),
        means,
        action: String::new(),
    };
    let (plan, diagnosis) = (&props.session.plan, props.diagnosis);
    match props.session.phase {
        Phase::Idle => fixed(Ui::IdleTitle, text::ui(lang, Ui::IdleHint).to_owned()),
        Phase::Running => fixed(Ui::Running, text::running(lang, plan, diagnosis)),
        Phase::Cancelled => fixed(
            Ui::CancelledTitle,
            text::ui(lang, Ui::CancelledHint).to_owned(),
        ),
        Phase::Finished => text::run_headline(lang, plan, diagnosis),
    }
}

/// How far the run is, and how long it takes at most; and who has said nothing so far.
fn progress(props: &HeadlineProps<'_>) -> Html {
    let lang = props.lang;
    let session = props.session;
    let (done, total) = session.progress();
    let silent = props.silent.iter().map(|endpoint| {
        let region = session.plan.region(*endpoint);
        let wait = Wait::Endpoint(region.host_port(endpoint.kind).to_string());
        let key = [&region.id, "/", CheckName::from(endpoint.kind).token()].concat();
        let at_most_s =
            (thresholds::ENDPOINT_DEADLINE_MS - thresholds::SILENT_SO_FAR_MS).div_ceil(1000);
        html! { <Countdown {key} {lang} {wait} {at_most_s} /> }
    });
    html! {
        <div class="progress">
            <progress
                max={total.to_string()}
                value={done.to_string()}
                aria-label={text::ui(lang, Ui::Running)}
            />
            if props.silent.is_empty() {
                <Countdown
                    key={session.run}
                    {lang}
                    wait={Wait::Run}
                    at_most_s={thresholds::RUN_AT_MOST_S}
                />
            } else {
                <p class="progress__silent">{ for silent }</p>
            }
        </div>
    }
}

/// Moves the keyboard's focus, for the page that has the card: a button that is disabled while it has the focus loses
/// it, and its counterpart takes over. `focused` is the id of the element that had it before the phase was drawn.
pub fn hand_focus_over(focused: Option<&str>, phase: Phase) {
    let next = match (focused, phase) {
        (Some("start"), Phase::Running) => "cancel",
        (Some("cancel"), Phase::Cancelled) => "start",
        (Some("cancel"), Phase::Finished) => "copy-report",
        _ => return,
    };
    document::focus(next);
}

/// What is said on the phone: the report's code, the ticket, and who supports.
fn meta(props: &HeadlineProps<'_>) -> Html {
    let ui = |key| text::ui(props.lang, key);
    let code = props.report.and_then(|report| report.code.as_ref());
    let support = &props.setup.config.support;
    let has_contact = support.name.is_some() || support.email.is_some() || support.url.is_some();
    html! {
        <p class="headline__meta">
            if let Some(code) = code {
                <span>
                    { ui(Ui::ReportCode) }{ " " }
                    // Its halves apart to the eye, and one word to whoever copies it.
                    <code id="report-code">
                        <span>{ &code[..code.len() / 2] }</span><span>{ &code[code.len() / 2..] }</span>
                    </code>
                </span>
            }
            if let Some(ticket) = &props.setup.link.ticket {
                <span>{ ui(Ui::Ticket) }{ " " }<strong>{ ticket }</strong></span>
            }
            if has_contact {
                <span>
                    { ui(Ui::ContactSupport) }{ ": " }
                    if let Some(name) = &support.name {
                        { name }{ " " }
                    }
                    if let Some(email) = &support.email {
                        <a href={["mailto:", email].concat()}>{ email }</a>{ " " }
                    }
                    if let Some(url) = &support.url {
                        <a href={url.to_string()} rel="noreferrer">{ &url.host }</a>
                    }
                </span>
            }
        </p>
    }
}
