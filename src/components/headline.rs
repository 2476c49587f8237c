//! Headline view: the verdict of the run, its meaning, the next step, and the buttons Start, Cancel and Run again.

use std::rc::Rc;

use reachcheck_diagnosis::diagnosis::{Diagnosis, Verdict};
use reachcheck_model::lang::Lang;
use reachcheck_model::session::{Phase, Session};
use reachcheck_texts::{self as text, HeadlineText, Ui};
use yew::prelude::Callback;

use super::button::button;
use super::element::{Element, el, several};
use super::regions::verdict_mark;
use super::report_panel::{ReportText, report_buttons};
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
    /// The report, once there is one.
    pub report: Option<&'page Rc<ReportText>>,
    /// What starts and cancels.
    pub runs: &'page Runs,
}

/// The card on top.
pub fn headline_card(props: &HeadlineProps<'_>) -> Element {
    let ui = |key| text::ui(props.lang, key);
    let phase = props.session.phase;
    let words = words(props);
    let verdict = (phase == Phase::Finished).then_some(props.diagnosis.headline);
    let tone = verdict.map_or(phase.token(), Verdict::token);
    let (done, total) = props.session.progress();
    let is_running = phase == Phase::Running;
    let start_label = match phase {
        Phase::Idle => Ui::Start,
        _ => Ui::StartAgain,
    };

    let mark = verdict
        .map(|verdict| el("span.headline__mark[aria-hidden=true]").text(verdict_mark(verdict)));
    let action = (!words.action.is_empty()).then(|| el("p.headline__action").text(words.action));
    let progress = is_running.then(|| {
        el("div.progress")
            .holds(
                el("progress")
                    .attr("max", total.to_string())
                    .attr("value", done.to_string())
                    .attr("aria-label", ui(Ui::Running)),
            )
            .holds(
                el("span.progress__words[aria-hidden=true]")
                    .text(text::progress(props.lang, done, total)),
            )
    });
    let buttons = props
        .report
        .map(|report| several(report_buttons(props.lang, report).into()));
    let start = {
        let runs = props.runs.clone();
        Callback::from(move |()| runs.start())
    };
    let cancel = {
        let runs = props.runs.clone();
        Callback::from(move |()| runs.cancel())
    };
    let start = button(
        "start".into(),
        phase == Phase::Idle,
        is_running,
        ui(start_label),
        &start,
    );
    let cancel = button("cancel".into(), false, !is_running, ui(Ui::Cancel), &cancel);
    let ticket = props.setup.link.ticket.as_ref().map(|ticket| {
        el("span")
            .text(ui(Ui::Ticket))
            .text(" ")
            .holds(el("strong").text(ticket.clone()))
    });

    el("section")
        .variant("headline", tone)
        .attr("aria-busy", if is_running { "true" } else { "false" })
        .holds(
            el("div.headline__words")
                .holds(el("h1").maybe(mark).text(words.title))
                .holds(el("p").text(words.means))
                .maybe(action),
        )
        .maybe(progress)
        .holds(
            el("div.headline__buttons")
                .maybe(buttons)
                .holds(start)
                .holds(cancel),
        )
        .holds(el("p.headline__meta").maybe(ticket).maybe(contact(props)))
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
        Phase::Finished => text::run_headline(props.lang, &props.session.plan, props.diagnosis),
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

fn contact(props: &HeadlineProps<'_>) -> Option<Element> {
    let support = &props.setup.config.support;
    if support.name.is_none() && support.email.is_none() && support.url.is_none() {
        return None;
    }
    let mut contact = el("span.headline__contact")
        .text(text::ui(props.lang, Ui::ContactSupport))
        .text(": ");
    if let Some(name) = &support.name {
        contact = contact.text(name.clone()).text(" ");
    }
    if let Some(email) = &support.email {
        let link = el("a").attr("href", ["mailto:", email].concat());
        contact = contact.holds(link.text(email.clone())).text(" ");
    }
    if let Some(url) = &support.url {
        let link = el("a[rel=noreferrer]").attr("href", url.to_string());
        contact = contact.holds(link.text(url.host.clone()));
    }
    Some(contact)
}
