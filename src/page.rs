//! The check: composition only. What is said comes from the core, how it looks from the components.

use std::rc::Rc;

use reachcheck_core::branding::Words;
use reachcheck_core::diagnosis::{Diagnosis, diagnose};
use reachcheck_core::picture::Times;
use reachcheck_core::report::{self, Report};
use reachcheck_core::request::Request;
use reachcheck_core::session::{Phase, Session};
use reachcheck_core::snapshot::{LeftOut, Snapshot};
use reachcheck_core::text::watch::{self, WatchUi};
use reachcheck_core::text::{self, Lang, Ui};
use reachcheck_core::watch::Watched;
use reachcheck_core::{codec, send, trace};
use yew::prelude::{
    Callback, Html, Properties, component, html, use_effect_with, use_memo, use_state,
};

use crate::browser::{clock, environment, hooks, storage};
use crate::components::addresses::addresses;
use crate::components::findings::findings;
use crate::components::headline::{HeadlineProps, headline_card, use_focus_handover};
use crate::components::network::network;
use crate::components::notices::notices;
use crate::components::regions::regions;
use crate::components::report_panel::{ReportText, report_panel};
use crate::components::request_panel::request_panel;
use crate::components::tag::tag;
use crate::frame::use_frame;
use crate::run::use_run;
use crate::setup::Setup;

/// The id of its element in `index.html`.
pub const ROOT: &str = "check";

/// What the page is given.
#[derive(PartialEq, Properties)]
pub struct PageProps {
    /// Settings, link and environment.
    pub setup: Rc<Setup>,
}

/// The whole check, the root of its program. It stays as it is while the address asks for one of the helpdesk's views.
#[component(Page)]
pub fn page(PageProps { setup }: &PageProps) -> Html {
    let frame = use_frame(ROOT, setup, None);
    let lang = &frame.lang;
    let run = use_run(setup);
    let left_out = use_state(LeftOut::default);
    let session = run.session.clone();
    let phase = session.phase;
    let diagnosis = use_memo((session.clone(), setup.clone()), |(session, setup)| {
        diagnose(session, &setup.environment, setup.config.thresholds)
    });
    let times = use_memo(session.clone(), |session| {
        Times::read(session.plan.regions.len(), &session.observations)
    });
    let is_over = matches!(phase, Phase::Finished | Phase::Cancelled);
    let report = use_memo(
        // By what was concluded, not by what was seen: a report that was copied stays as it is until that changes.
        (diagnosis.clone(), is_over, *left_out),
        |(diagnosis, is_over, left_out)| {
            is_over.then(|| write_report(setup, &session, diagnosis, *left_out))
        },
    );
    let leave_out = {
        let left_out = left_out.clone();
        Callback::from(move |chosen: LeftOut| left_out.set(chosen))
    };
    let finished = phase == Phase::Finished;
    let announcement = if finished {
        text::announcement(
            *lang,
            &report::headline(*lang, &session.plan, &diagnosis).title,
        )
    } else {
        String::new()
    };
    // Once everything below has been drawn: whoever waits for these reads the rest with them.
    let late = if session.is_settled() {
        "settled"
    } else {
        "pending"
    };
    let told = [
        ("data-run", Some(phase.token())),
        ("data-verdict", finished.then(|| diagnosis.headline.token())),
        ("data-late", finished.then_some(late)),
    ];
    use_focus_handover(phase);
    use_effect_with(told, |told| {
        // The run's own state last.
        for (name, value) in told.iter().rev() {
            hooks::set_main_attribute(name, *value);
        }
    });
    let request = Request::of(&session.plan, &diagnosis);

    html! {
        <>
            { frame.masthead }
            <main class="page">
                <p class="visually-hidden" role="status">{ announcement }</p>
                { paragraph(&setup.config.branding.before, *lang) }
                { notices(*lang, setup) }
                { headline_card(&HeadlineProps {
                    lang: *lang,
                    setup,
                    session: &session,
                    diagnosis: &diagnosis,
                    report: report.as_ref().as_ref(),
                    start: &run.start,
                    cancel: &run.cancel,
                }) }
                { regions(*lang, phase, &session.plan, &diagnosis, &times) }
                { network(*lang, phase == Phase::Running || !session.is_settled(), &diagnosis, &times) }
                if finished && !diagnosis.findings.is_empty() {
                    { findings(*lang, &session.plan, &diagnosis) }
                }
                if cfg!(feature = "trace") && finished && setup.link.trace {
                    <script id="trace" type="application/json">
                        { trace::write(&session, &setup.environment) }
                    </script>
                }
                if finished && !request.is_empty() {
                    { request_panel(
                        &"request-text".into(),
                        *lang,
                        &request.text(*lang, setup.link.ticket.as_deref(), session.started).into(),
                    ) }
                }
                if let Some(report) = report.as_ref().as_ref() {
                    { report_panel(*lang, report, *left_out, &leave_out) }
                }
                if is_over {
                    <p class="offer">
                        <a id="watch" href="#watch">{ watch::ui(*lang, WatchUi::Offer) }</a>
                    </p>
                }
                { paragraph(&setup.config.branding.after, *lang) }
            </main>
            <footer class="footer">
                { addresses(*lang, setup, &session.plan) }
                <p class="footer__helpdesk">
                    { text::ui(*lang, Ui::ForHelpdesk) }{ ": " }
                    <a id="read-report" href="#read">{ text::ui(*lang, Ui::ReadReport) }</a>
                    { " · " }
                    <a id="make-link" href="#link">{ text::ui(*lang, Ui::BuildTitle) }</a>
                </p>
                { tag("p", "footer__version", concat!("Reachcheck ", env!("CARGO_PKG_VERSION"))) }
            </footer>
        </>
    }
}

/// Words of the operator, in the page's language if they gave them.
fn paragraph(words: &Words, lang: Lang) -> Html {
    let Some((own, words)) = words.get(lang) else {
        return Html::default();
    };
    html! { <p class="operator" lang={own.tag()}>{ words }</p> }
}

fn write_report(
    setup: &Setup,
    session: &Session,
    diagnosis: &Diagnosis,
    left_out: LeftOut,
) -> ReportText {
    let now = clock::moment().unix_ms;
    let kept = storage::read(storage::WATCHED);
    let watched = kept.and_then(|kept| Watched::read(&kept, now));
    let report = Report {
        session,
        diagnosis,
        config: &setup.config,
        config_error: setup.config_error.as_ref(),
        link: &setup.link,
        environment: &setup.environment,
        left_out,
        watched: watched.as_ref(),
    };
    let ticket: String = setup
        .link
        .ticket
        .iter()
        .flat_map(|ticket| ticket.chars())
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .chain(setup.link.ticket.iter().map(|_| '-'))
        .collect();
    let page = environment::page_url();
    let support = &setup.config.support;
    ReportText {
        text: report.text().into(),
        lang: setup.config.report_language,
        file_name: format!(
            "reachcheck-{ticket}{}.txt",
            report::file_stamp(session.started)
        )
        .into(),
        code: report.code().map(Into::into),
        link: format!("{page}#{}", codec::fragment(&Snapshot::of(&report))).into(),
        mailto: support
            .email
            .as_ref()
            .map(|email| send::mailto(&report, email, &page).into()),
        post: support
            .report_url
            .as_ref()
            .map(|url| (url.to_string().into(), send::json(&report).into())),
    }
}
