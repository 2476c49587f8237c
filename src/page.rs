//! Root component of the check: composition only. Texts and verdicts come from the pure crates, markup from the views.

mod written;

use std::cell::RefCell;
use std::rc::Rc;

use reachcheck_diagnosis::diagnosis::{Diagnosis, diagnose};
use reachcheck_diagnosis::enough::enough;
use reachcheck_diagnosis::picture::Times;
use reachcheck_handover::firewall::FirewallRequest;
use reachcheck_handover::record::LeftOut;
use reachcheck_model::branding::LocalizedText;
use reachcheck_model::catalogue::EndpointRef;
use reachcheck_model::lang::Lang;
use reachcheck_model::machine::Wish;
use reachcheck_model::session::{Event, Phase, Session};
use reachcheck_model::trace;
use reachcheck_texts::{self as text, Ui};
use yew::prelude::{Callback, Component, Context, Html, Properties, html};

use crate::browser::document;
use crate::components::addresses::addresses;
use crate::components::findings::findings;
use crate::components::headline::{HeadlineProps, hand_focus_over, headline_card};
use crate::components::network::network;
use crate::components::notices::notices;
use crate::components::regions::regions;
use crate::components::report_panel::{ReportText, report_panel};
use crate::components::request_panel::request_panel;
use crate::components::steps::steps;
use crate::frame::{Change, Frame};
use crate::run::Runs;
use crate::setup::Setup;

/// The id of its element in `index.html`.
pub const ROOT: &str = "check";

/// What the page is given.
#[derive(PartialEq, Properties)]
pub struct PageProps {
    /// Settings, link and environment.
    pub setup: Rc<Setup>,
}

/// What happens to the page.
pub enum Message {
    /// Something around it changed.
    Frame(Change),
    /// Something happened to the run.
    Run(Event),
    /// The agent chose what the report leaves out.
    LeaveOut(LeftOut),
}

/// The whole check, the root of its program. It stays as it is while the address asks for one of the helpdesk's views.
///
/// It has no hooks: Yew compiles each once more for every type that it keeps.
pub struct Page {
    /// The settings in force.
    setup: Rc<Setup>,
    frame: Frame,
    runs: Runs,
    session: Session,
    left_out: LeftOut,
    concluded: RefCell<Option<Rc<Concluded>>>,
    told: Option<MainAttributes>,
    /// Id of the element that had the keyboard's focus before the run's last event was drawn: drawing may take it away.
    focused: Option<String>,
}

/// What is known, and the report of it once the run is over.
struct Concluded {
    diagnosis: Diagnosis,
    is_over: bool,
    left_out: LeftOut,
    report: Option<Rc<ReportText>>,
}

/// Attributes of `main` that tell how the run is.
#[derive(PartialEq)]
struct MainAttributes {
    phase: Phase,
    verdict: Option<&'static str>,
    late: Option<&'static str>,
}

impl Component for Page {
    type Message = Message;
    type Properties = PageProps;

    fn create(context: &Context<Self>) -> Self {
        let setup = &context.props().setup;
        let link = context.link().clone();
        Self {
            setup: setup.clone(),
            frame: Frame::new(ROOT, setup, None, link.callback(Message::Frame)),
            runs: Runs::new(
                setup.clone(),
                Rc::new(move |event| link.send_message(Message::Run(event))),
            ),
            session: Session::idle(Rc::new(setup.plan())),
            left_out: LeftOut::default(),
            concluded: RefCell::default(),
            told: None,
            focused: None,
        }
    }

    fn update(&mut self, _: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Frame(change) => {
                if let Change::Settings(setup) = &change {
                    self.runs.take(setup.clone());
                }
                self.frame.take(change);
            }
            Message::Run(event) => {
                if matches!(event, Event::Started { .. }) {
                    self.begin_with_settings();
                }
                self.focused = document::focused();
                self.session = self.session.clone().after(event);
                self.wish(&self.setup);
            }
            Message::LeaveOut(left_out) => self.left_out = left_out,
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let setup = &self.setup;
        let main = self.main(setup, context.link().callback(Message::LeaveOut));
        html! {
            <>
                { self.frame.masthead() }
                { main }
                { footer(self.frame.lang, setup, &self.session) }
            </>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, is_first: bool) {
        self.frame.tell();
        if is_first && self.setup.starts_by_itself() {
            self.runs.start();
        }
        self.tell();
    }
}

impl Page {
    fn is_finished(&self) -> bool {
        self.session.phase == Phase::Finished
    }

    /// Takes settings that came late into force, with the run that begins; where they are still away, asks for them again.
    fn begin_with_settings(&mut self) {
        match self.frame.take_late_settings() {
            Some(setup) => self.setup = setup,
            None if self.session.run > 0 => self.frame.await_settings(),
            None => {}
        }
    }

    /// Tells the run which endpoints need no further attempt.
    fn wish(&self, setup: &Setup) {
        let session = &self.session;
        for endpoint in enough(session, &setup.environment, setup.config.thresholds) {
            self.runs.wish(session.run, Wish::Enough(endpoint));
        }
    }

    /// What is known now.
    fn conclude(&self, setup: &Setup) -> Rc<Concluded> {
        let session = &self.session;
        let diagnosis = diagnose(session, &setup.environment, setup.config.thresholds);
        let is_over = matches!(session.phase, Phase::Finished | Phase::Cancelled);
        let left_out = self.left_out;
        let mut concluded = self.concluded.borrow_mut();
        // By what was concluded, not by what was seen: a report that was copied stays as it is until that changes.
        if let Some(before) = &*concluded
            && before.is_over == is_over
            && before.left_out == left_out
            && before.diagnosis == diagnosis
        {
            return before.clone();
        }
        let report = is_over.then(|| Rc::new(written::write(setup, session, &diagnosis, left_out)));
        let now = Rc::new(Concluded {
            diagnosis,
            is_over,
            left_out,
            report,
        });
        *concluded = Some(now.clone());
        now
    }

    fn main(&self, setup: &Rc<Setup>, leave_out: Callback<LeftOut>) -> Html {
        let lang = self.frame.lang;
        let session = &self.session;
        let (phase, plan) = (session.phase, &*session.plan);
        let finished = self.is_finished();
        let concluded = self.conclude(setup);
        let Concluded {
            diagnosis, report, ..
        } = &*concluded;
        let silent: Vec<EndpointRef> = plan
            .endpoints()
            .filter(|it| session.is_silent(*it))
            .collect();
        let times = Times::read(plan.regions.len(), &session.observations);
        let announcement = finished.then(|| {
            let title = text::run_headline(lang, plan, diagnosis).title;
            text::announcement(lang, &title)
        });
        let headline = headline_card(&HeadlineProps {
            lang,
            setup,
            session,
            diagnosis,
            silent: &silent,
            report: report.as_ref(),
            runs: &self.runs,
        });
        let is_running = phase == Phase::Running || !session.is_settled();
        let request = FirewallRequest::of(plan, diagnosis);
        let branding = &setup.config.branding;
        html! {
            <main class="page">
                <p class="visually-hidden" role="status">{ announcement }</p>
                { paragraph(&branding.before, lang) }
                { headline }
                { self.frame.notice() }
                { notices(lang, setup, self.frame.has_late_settings()) }
                if finished {
                    { steps(lang, plan, diagnosis) }
                }
                { regions(lang, phase, plan, diagnosis, &times, &silent) }
                { network(lang, is_running, diagnosis, &times) }
                if finished && !diagnosis.findings.is_empty() {
                    { findings(lang, plan, diagnosis) }
                }
                if cfg!(feature = "trace") && finished && setup.link.trace {
                    <script id="trace" type="application/json">
                        { trace::write(session, &setup.environment) }
                    </script>
                }
                if finished && !request.is_empty() {
                    { request_panel(
                        "request-text",
                        lang,
                        request.text(lang, setup.link.ticket.as_deref(), session.started),
                    ) }
                }
                if let Some(report) = report {
                    { report_panel(lang, report, self.left_out, &leave_out) }
                    <p class="offer">
                        <a id="watch" href="#watch">{ text::ui(lang, Ui::WatchOffer) }</a>
                    </p>
                }
                { paragraph(&branding.after, lang) }
            </main>
        }
    }

    /// Tells whoever waits for the run. Now that everything is drawn: they read the rest with it.
    fn tell(&mut self) {
        let finished = self.is_finished();
        let concluded = self.concluded.get_mut().as_ref();
        let verdict = concluded.map(|concluded| concluded.diagnosis.headline.token());
        let late = if self.session.is_settled() {
            "settled"
        } else {
            "pending"
        };
        let told = MainAttributes {
            phase: self.session.phase,
            verdict: verdict.filter(|_| finished),
            late: finished.then_some(late),
        };
        if self.told.as_ref() == Some(&told) {
            return;
        }
        hand_focus_over(self.focused.as_deref(), told.phase);
        document::set_main_attribute("data-late", told.late);
        document::set_main_attribute("data-verdict", told.verdict);
        // The run's own state last.
        document::set_main_attribute("data-run", Some(told.phase.token()));
        self.told = Some(told);
    }
}

fn footer(lang: Lang, setup: &Setup, session: &Session) -> Html {
    let ui = |key| text::ui(lang, key);
    html! {
        <footer class="footer">
            { addresses(lang, setup, &session.plan) }
            <p>
                { ui(Ui::ForHelpdesk) }{ ": " }
                <a id="read-report" href="#read">{ ui(Ui::ReadReport) }</a>{ " · " }
                <a id="make-link" href="#link">{ ui(Ui::BuildTitle) }</a>
            </p>
            <p class="footer__version">{ concat!("Reachcheck ", env!("CARGO_PKG_VERSION")) }</p>
        </footer>
    }
}

/// Words of the operator, in the page's language if they gave them.
fn paragraph(words: &LocalizedText, lang: Lang) -> Option<Html> {
    let (own, words) = words.get(lang)?;
    Some(html! { <p class="operator" lang={own.tag()}>{ words }</p> })
}
