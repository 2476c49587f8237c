//! The headline: what is, what it means, what to do now, and the buttons to do it.

use reachcheck_core::diagnosis::{Diagnosis, Verdict};
use reachcheck_core::report;
use reachcheck_core::session::{Phase, Session};
use reachcheck_core::text::{self, HeadlineText, Lang, Ui};
use yew::prelude::{Callback, Html, MouseEvent, html, use_effect_with};

use super::button::button;
use super::regions::verdict_mark;
use super::report_panel::{ReportText, report_buttons};
use super::tag::tag;
use crate::browser::hooks;
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
    /// The report, once there is one.
    pub report: Option<&'page ReportText>,
    /// Start, or run again.
    pub start: &'page Callback<()>,
    /// Cancel.
    pub cancel: &'page Callback<()>,
}

/// The card on top.
pub fn headline_card(props: &HeadlineProps<'_>) -> Html {
    let ui = |key| text::ui(props.lang, key);
    let phase = props.session.phase;
    let words = words(props);
    let verdict = (phase == Phase::Finished).then_some(props.diagnosis.headline);
    let tone = verdict.map_or(phase.token(), Verdict::token);
    let (done, total) = props.session.progress();
    let (start_class, start_label) = match phase {
        Phase::Idle => ("button button--primary", Ui::Start),
        _ => ("button", Ui::StartAgain),
    };

    html! {
        <section class={format!("headline headline--{tone}")} aria-busy={(phase == Phase::Running).to_string()}>
            <div class="headline__words">
                <h1>
                    if let Some(verdict) = verdict {
                        <span class="headline__mark" aria-hidden="true">
                            { verdict_mark(verdict) }
                        </span>
                    }
                    { words.title }
                </h1>
                { tag("p", "", words.means) }
                if !words.action.is_empty() {
                    { tag("p", "headline__action", words.action) }
                }
            </div>
            if phase == Phase::Running {
                <div class="progress">
                    <progress
                        max={total.to_string()}
                        value={done.to_string()}
                        aria-label={ui(Ui::Running)}
                    />
                    <span class="progress__words" aria-hidden="true">
                        { text::progress(props.lang, done, total) }
                    </span>
                </div>
            }
            <div class="headline__buttons">
                if let Some(report) = props.report {
                    { report_buttons(props.lang, report) }
                }
                { button(
                    "start".into(),
                    start_class.to_owned(),
                    phase == Phase::Running,
                    ui(start_label),
                    props.start.reform(|_: MouseEvent| ()),
                ) }
                { button(
                    "cancel".into(),
                    "button".to_owned(),
                    phase != Phase::Running,
                    ui(Ui::Cancel),
                    props.cancel.reform(|_: MouseEvent| ()),
                ) }
            </div>
            <p class="headline__meta">
                if let Some(ticket) = &props.setup.link.ticket {
                    <span>{ ui(Ui::Ticket) }{ " " }{ tag("strong", "", ticket.clone()) }</span>
                }
                { contact(props) }
            </p>
        </section>
    }
}

fn words(props: &HeadlineProps<'_>) -> HeadlineText {
    let fixed = |title, means| HeadlineText {
        title: text::ui(props.lang, title).to_owned(),
        means: text::ui(props.lang, means).to_owned(),
        action: String::new(),
    };
    match props.session.phase {
        Phase::Idle => fixed(Ui::IdleTitle, Ui::IdleHint),
        Phase::Running => fixed(Ui::Running, Ui::RunningHint),
        Phase::Cancelled => fixed(Ui::CancelledTitle, Ui::CancelledHint),
        Phase::Finished => report::headline(props.lang, &props.session.plan, props.diagnosis),
    }
}

/// For the page that has the card: a button that is disabled while it has the keyboard's focus would lose it; its counterpart takes over.
#[yew::hook]
pub fn use_focus_handover(phase: Phase) {
    use_effect_with(phase, |phase| {
        let next = match (hooks::focused().as_deref(), phase) {
            (Some("start"), Phase::Running) => Some("cancel"),
            (Some("cancel"), Phase::Cancelled) => Some("start"),
            (Some("cancel"), Phase::Finished) => Some("copy-report"),
            _ => None,
        };
        if let Some(id) = next {
            hooks::focus(id);
        }
    });
}

fn contact(props: &HeadlineProps<'_>) -> Html {
    let support = &props.setup.config.support;
    if support.name.is_none() && support.email.is_none() && support.url.is_none() {
        return Html::default();
    }
    html! {
        <span class="headline__contact">
            { text::ui(props.lang, Ui::ContactSupport) }
            { ": " }
            if let Some(name) = &support.name {
                { name }{ " " }
            }
            if let Some(email) = &support.email {
                <a href={format!("mailto:{email}")}>{ email }</a>{ " " }
            }
            if let Some(url) = &support.url {
                <a href={url.to_string()} rel="noreferrer">{ &url.host }</a>
            }
        </span>
    }
}
