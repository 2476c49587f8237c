//! View of a handed-over report: the agent's page as the agent saw it, in the reader's language.

use std::rc::Rc;

use reachcheck_diagnosis::picture::Times;
use reachcheck_handover::caution::cautions;
use reachcheck_handover::firewall::FirewallRequest;
use reachcheck_handover::short_code::ShortCode;
use reachcheck_handover::snapshot::Snapshot;
use reachcheck_handover::watched::unpack;
use reachcheck_handover::words;
use reachcheck_model::lang::Lang;
use reachcheck_model::plan::Plan;
use reachcheck_model::session::Phase;
use reachcheck_texts::watch::{self, WatchUi};
use reachcheck_texts::{self as text, HeadlineText, HelpdeskUi, Ui};
use reachcheck_watch::Summary;
use yew::prelude::{Html, Properties, component, html};

use super::hosts::hosts;
use crate::browser::clock;
use crate::components::findings::findings;
use crate::components::network::network;
use crate::components::regions::{badge, regions, verdict_mark};
use crate::components::request_panel::request_panel;
use crate::components::words::{said, token};
use crate::setup::Setup;
use crate::watch::{findings as watch_findings, patterns};

/// What a report is shown from.
#[derive(PartialEq, Properties)]
pub struct ShownReportProps {
    /// The reader's language.
    pub lang: Lang,
    /// Settings: the catalogue that it is held against.
    pub setup: Rc<Setup>,
    /// Its number among several, from one.
    pub number: usize,
    /// The report.
    pub report: Rc<Snapshot>,
}

/// When it was made, and for which ticket: what tells reports apart.
pub fn heading(lang: Lang, report: &Snapshot) -> String {
    let made = clock::in_words(report.started.unix_ms, lang.tag());
    match &report.ticket {
        Some(ticket) => format!("{made} · {ticket}"),
        None => made,
    }
}

/// A report.
#[component(ShownReport)]
pub fn shown_report(
    ShownReportProps {
        lang,
        setup,
        number,
        report,
    }: &ShownReportProps,
) -> Html {
    let lang = *lang;
    let ui = |key| text::ui(lang, key);
    let own = |key| text::helpdesk_ui(lang, key);
    let phase = report.phase();
    let catalogue = &setup.config.catalogue;
    let plan = &words::plan_as_reported(lang, &report.plan, catalogue);
    let diagnosis = &report.diagnosis;
    // Those are not handed over.
    let times = Times::default();
    let verdict = diagnosis.headline;
    let headline = match phase {
        Phase::Cancelled => HeadlineText {
            title: ui(Ui::CancelledTitle).to_owned(),
            means: String::new(),
            action: String::new(),
        },
        _ => text::run_headline(lang, plan, diagnosis),
    };
    let cautions = cautions(report, catalogue);
    let request = FirewallRequest::of_report(plan, diagnosis, catalogue);
    // Left out, or never known: the data do not tell.
    let absent = || "–".to_owned();
    let browser = report.browser.as_ref();
    let computer = browser.and_then(|browser| browser.computer);
    let seconds = clock::number_in_words(report.took_ms / 1000.0, lang.tag());
    let facts = [
        (
            own(HelpdeskUi::ReadMade),
            clock::in_words(report.started.unix_ms, lang.tag()),
        ),
        (ui(Ui::Ticket), report.ticket.clone().unwrap_or_else(absent)),
        (
            ui(Ui::ReportAddress),
            report.address.clone().unwrap_or_else(absent),
        ),
        (
            ui(Ui::ReportBrowser),
            report.browser.as_ref().map_or_else(absent, |browser| {
                format!("{} · {}", browser.name, browser.language)
            }),
        ),
        (
            ui(Ui::ReportComputer),
            computer.map_or_else(absent, |computer| text::computer(lang, &computer)),
        ),
        (own(HelpdeskUi::ReadTook), format!("{seconds} s")),
        (
            own(HelpdeskUi::ReadVersion),
            format!("Reachcheck {}", report.version),
        ),
    ];
    let tone = match phase {
        Phase::Finished => verdict.token(),
        _ => phase.token(),
    };
    html! {
        <article class="reader__report" data-report={number.to_string()} data-verdict={verdict.token()}>
            if !cautions.is_empty() {
                <ul class="notices" data-cautions={cautions.len().to_string()}>
                    { for cautions.iter().map(|caution| html! {
                        <li ~textContent={words::caution(lang, caution)} />
                    }) }
                </ul>
            }
            <section class={format!("headline headline--{tone}")}>
                <div class="headline__words">
                    <h2 class="reader__title">
                        if phase == Phase::Finished {
                            <span class="headline__mark" aria-hidden="true" ~textContent={verdict_mark(verdict)} />
                        }
                        { said(headline.title) }
                    </h2>
                    <p ~textContent={headline.means} />
                </div>
                <dl class="reader__facts">
                    { for facts.into_iter().map(|(name, words)| html! {
                        <div><dt ~textContent={name} /><dd translate="no" ~textContent={words} /></div>
                    }) }
                </dl>
                if phase == Phase::Finished && !report.is_settled {
                    <p ~textContent={own(HelpdeskUi::ReadPending)} />
                }
            </section>
            { regions(lang, phase, plan, diagnosis, &times, &[]) }
            { hosts(lang, plan, catalogue) }
            { network(lang, phase == Phase::Running, diagnosis, &times) }
            if phase == Phase::Finished && !diagnosis.findings.is_empty() {
                { findings(lang, plan, diagnosis) }
            }
            if let Some(watched) = report.watched.as_deref().and_then(unpack) {
                { watched_words(lang, &watched, plan) }
            }
            if phase == Phase::Finished && !request.is_empty() {
                { request_panel(
                    &format!("request-text-{number}"),
                    lang,
                    request.text(lang, report.ticket.as_deref(), report.started),
                ) }
            }
        </article>
    }
}

/// What was watched before: as the watch itself shows it, without its log.
fn watched_words(lang: Lang, summary: &Summary, plan: &Plan) -> Html {
    html! {
        <section class="reader__watched" data-watched="">
            <h3 ~textContent={format!("{} · {}", watch::ui(lang, WatchUi::Title), watch::duration(summary.length_ms))} />
            { watch_findings(lang, summary, plan) }
            { patterns(lang, summary) }
        </section>
    }
}

/// What a short code is shown from.
#[derive(PartialEq, Properties)]
pub struct ShownCodeProps {
    /// The reader's language.
    pub lang: Lang,
    /// Settings: the names of the regions.
    pub setup: Rc<Setup>,
    /// What the code says.
    pub short: ShortCode,
}

/// A short code.
#[component(ShownCode)]
pub fn shown_code(ShownCodeProps { lang, setup, short }: &ShownCodeProps) -> Html {
    let lang = *lang;
    let own = |key| text::helpdesk_ui(lang, key);
    let headline = short.headline();
    html! {
        <section class="panel reader__code" data-code-verdict={headline.token()}>
            <h2>{ badge(lang, headline) }</h2>
            <p ~textContent={own(HelpdeskUi::ReadFromCode)} />
            <dl class="reader__facts">
                { for setup.config.catalogue.regions.iter().zip(&short.verdicts).map(|(region, verdict)| html! {
                    <div data-region={region.id.clone()} data-verdict={verdict.map(|verdict| verdict.token())}>
                        <dt ~textContent={region.name.clone()} />
                        <dd>
                            { verdict.map_or_else(|| said(own(HelpdeskUi::NotTested)), |verdict| badge(lang, verdict)) }
                        </dd>
                    </div>
                }) }
            </dl>
            if let Some(code) = short.leading {
                <p data-finding={code.token()}>
                    { said(format!("{} ", text::code(lang, code))) }{ token(code.token()) }
                </p>
            } else {
                <p ~textContent={own(HelpdeskUi::NoFinding)} />
            }
        </section>
    }
}
