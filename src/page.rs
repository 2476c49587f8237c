//! The page: composition only. What is said comes from the core, how it looks from the components.

use std::rc::Rc;

use reachcheck_core::diagnosis::{Diagnosis, diagnose};
use reachcheck_core::report::{self, Report};
use reachcheck_core::session::Phase;
use reachcheck_core::snapshot::LeftOut;
use reachcheck_core::text::{self, Lang, Ui};
use reachcheck_core::trace;
use yew::prelude::{
    Callback, Html, Properties, component, html, use_effect_with, use_memo, use_state,
};

use crate::browser::hooks;
use crate::components::addresses::Addresses;
use crate::components::findings::Findings;
use crate::components::headline::HeadlineCard;
use crate::components::locale_picker::LocalePicker;
use crate::components::network::Network;
use crate::components::notices::Notices;
use crate::components::regions::Regions;
use crate::components::report_panel::{ReportPanel, ReportText};
use crate::run::use_run;
use crate::setup::Setup;

/// What the page is given.
#[derive(PartialEq, Properties)]
pub struct PageProps {
    /// Settings, link and environment.
    pub setup: Rc<Setup>,
}

/// The whole page.
#[component(Page)]
pub fn page(PageProps { setup }: &PageProps) -> Html {
    let run = use_run(setup);
    let lang = use_state(|| setup.language());
    let ui = |key| text::ui(*lang, key);
    let session = run.session.clone();
    let phase = session.phase;
    let diagnosis = use_memo((session.clone(), setup.clone()), |(session, setup)| {
        diagnose(session, &setup.environment, setup.config.thresholds)
    });
    let is_over = matches!(phase, Phase::Finished | Phase::Cancelled);
    let report = use_memo((diagnosis.clone(), is_over), |(diagnosis, is_over)| {
        is_over.then(|| write_report(setup, &session, diagnosis))
    });
    let provider = setup.config.catalogue.provider.clone();
    use_effect_with((*lang, provider.clone()), |(lang, provider)| {
        hooks::set_root_attribute("lang", lang.tag());
        hooks::set_title(&format!("{} – {provider}", text::ui(*lang, Ui::Title)));
    });
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
    use_effect_with(told, |told| {
        // The run's own state last.
        for (name, value) in told.iter().rev() {
            hooks::set_main_attribute(name, *value);
        }
    });
    let choose = {
        let lang = lang.clone();
        Callback::from(move |chosen: Lang| lang.set(chosen))
    };

    html! {
        <>
            <header class="masthead">
                <p class="masthead__name">
                    <strong>{ ui(Ui::Title) }</strong>
                    <span>{ provider }</span>
                </p>
                <LocalePicker lang={*lang} {choose} />
            </header>
            <main
                class="page"
            >
                <p class="visually-hidden" role="status">{ announcement }</p>
                <Notices lang={*lang} setup={setup.clone()} />
                <HeadlineCard
                    lang={*lang}
                    setup={setup.clone()}
                    session={(**session).clone()}
                    diagnosis={diagnosis.clone()}
                    report={(*report).clone()}
                    start={run.start.clone()}
                    cancel={run.cancel.clone()}
                />
                <Regions
                    lang={*lang}
                    {phase}
                    plan={session.plan.clone()}
                    diagnosis={diagnosis.clone()}
                />
                <Network
                    lang={*lang}
                    {phase}
                    settled={session.is_settled()}
                    diagnosis={diagnosis.clone()}
                />
                if finished && !diagnosis.findings.is_empty() {
                    <Findings
                        lang={*lang}
                        plan={session.plan.clone()}
                        diagnosis={diagnosis.clone()}
                    />
                }
                if finished && setup.link.trace {
                    <script id="trace" type="application/json">
                        { trace::write(&session, &setup.environment) }
                    </script>
                }
                if let Some(report) = report.as_ref().as_ref() {
                    <ReportPanel lang={*lang} report={report.clone()} />
                }
            </main>
            <footer class="footer">
                <Addresses lang={*lang} setup={setup.clone()} plan={session.plan.clone()} />
                <p class="footer__version">{ concat!("Reachcheck ", env!("CARGO_PKG_VERSION")) }</p>
            </footer>
        </>
    }
}

fn write_report(
    setup: &Setup,
    session: &reachcheck_core::session::Session,
    diagnosis: &Diagnosis,
) -> ReportText {
    let text = Report {
        session,
        diagnosis,
        config: &setup.config,
        config_error: setup.config_error.as_ref(),
        link: &setup.link,
        environment: &setup.environment,
        left_out: LeftOut::default(),
    }
    .text();
    let ticket: String = setup
        .link
        .ticket
        .iter()
        .flat_map(|ticket| ticket.chars())
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .chain(setup.link.ticket.iter().map(|_| '-'))
        .collect();
    ReportText {
        text: text.into(),
        lang: setup.config.report_language,
        file_name: format!(
            "reachcheck-{ticket}{}.txt",
            report::file_stamp(session.started)
        )
        .into(),
    }
}
