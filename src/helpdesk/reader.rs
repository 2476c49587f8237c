//! "Read a report" view: reports that were pasted, or came in the page's own address.

use std::rc::Rc;

use reachcheck_handover::caution::cautions;
use reachcheck_handover::reading::{self, ReadProblem, Reading};
use reachcheck_handover::snapshot::Snapshot;
use reachcheck_handover::words;
use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, HelpdeskUi, Ui};
use web_sys::HtmlTextAreaElement;
use yew::prelude::{
    Callback, Html, InputEvent, MouseEvent, Properties, TargetCast as _, component, html,
    use_effect_with, use_memo, use_state,
};

use super::comparison::Comparison;
use super::shown::{ShownCode, ShownReport};
use crate::components::tag::{tag, token};
use crate::components::translatable::translatable;
use crate::setup::Setup;

/// What it is given.
#[derive(PartialEq, Properties)]
pub struct ReaderProps {
    /// The page's language.
    pub lang: Lang,
    /// Settings: short codes are of their catalogue, and reports are held against it.
    pub setup: Rc<Setup>,
    /// The fragment of the page's address, with its `#`.
    pub fragment: String,
}

/// The form, and below it what was read.
#[component(Reader)]
pub fn reader(props: &ReaderProps) -> Html {
    let lang = props.lang;
    let ui = |key| text::ui(lang, key);
    let own = |key| text::helpdesk_ui(lang, key);
    let input = use_state(String::new);
    // What is read: the address, until something is pasted.
    let source = use_state(|| props.fragment.clone());
    {
        let source = source.clone();
        use_effect_with(props.fragment.clone(), move |fragment| {
            source.set(fragment.clone())
        });
    }
    let results = use_memo(
        ((*source).clone(), props.setup.clone()),
        |(source, setup)| {
            if is_nothing(source) {
                return Vec::new();
            }
            reading::read(source, &setup.config.catalogue)
        },
    );
    let oninput = {
        let input = input.clone();
        Callback::from(move |event: InputEvent| {
            let area: HtmlTextAreaElement = event.target_unchecked_into();
            input.set(area.value());
        })
    };
    let read = {
        let (input, source) = (input.clone(), source.clone());
        Callback::from(move |_: MouseEvent| source.set((*input).clone()))
    };
    let clear = {
        let (input, source) = (input.clone(), source.clone());
        Callback::from(move |_: MouseEvent| {
            input.set(String::new());
            source.set(String::new());
        })
    };
    let read_count = results.iter().filter(|result| result.is_ok()).count();
    let status = match is_nothing(&source) {
        true => String::new(),
        false => words::reports_read(lang, read_count),
    };
    translatable(html! {
        <>
            <section class="panel reader">
                { tag("h1", "", ui(Ui::ReadReport)) }
                <p id="read-hint">{ own(HelpdeskUi::ReadHint) }</p>
                <p id="read-anybody">{ own(HelpdeskUi::ReadAnybody) }</p>
                <label for="read-input">{ own(HelpdeskUi::ReadLabel) }</label>
                <textarea
                    id="read-input"
                    rows="6"
                    spellcheck="false"
                    autocomplete="off"
                    aria-describedby="read-hint"
                    value={(*input).clone()}
                    {oninput}
                />
                <div class="report__buttons">
                    <button id="read-button" class="button button--primary" type="button" onclick={read}>
                        { own(HelpdeskUi::ReadButton) }
                    </button>
                    <button id="read-clear" class="button" type="button" onclick={clear}>
                        { own(HelpdeskUi::ReadClear) }
                    </button>
                </div>
                <p id="read-status" role="status">{ status }</p>
                <ul class="notices reader__problems">
                    { for results.iter().filter_map(|result| result.as_ref().err()).map(|problem| html! {
                        <li data-refused={""}>{ problem_words(lang, problem) }</li>
                    }) }
                </ul>
            </section>
            { shown(lang, &props.setup, &results) }
        </>
    })
}

/// The address of the empty view, or a form that was cleared.
fn is_nothing(source: &str) -> bool {
    matches!(source.trim(), "" | "#read" | "#read=" | "#link")
}

fn problem_words(lang: Lang, problem: &ReadProblem) -> Html {
    match problem {
        ReadProblem::Data(refusal) => html! { { words::refusal(lang, refusal) } },
        ReadProblem::Code { code, refusal } => html! {
            <>{ token(code.clone()) }{ ": " }{ words::code_refusal(lang, *refusal) }</>
        },
    }
}

/// A report whose names are marked that this page does not know.
fn as_reported(lang: Lang, setup: &Setup, report: &Snapshot) -> Rc<Snapshot> {
    Rc::new(Snapshot {
        plan: words::plan_as_reported(lang, &report.plan, &setup.config.catalogue),
        ..report.clone()
    })
}

/// One report as the agent saw it; several in a table first, and each folded below that needs no caution.
fn shown(lang: Lang, setup: &Rc<Setup>, results: &[Result<Reading, ReadProblem>]) -> Html {
    let readings: Vec<&Reading> = results.iter().flatten().collect();
    let reports: Vec<Rc<Snapshot>> = readings
        .iter()
        .filter_map(|reading| match reading {
            Reading::Report(report) => Some(Rc::new((**report).clone())),
            Reading::Code(_) => None,
        })
        .collect();
    let codes = readings.iter().filter_map(|reading| match reading {
        Reading::Code(short) => {
            Some(html! { <ShownCode {lang} setup={setup.clone()} short={short.clone()} /> })
        }
        Reading::Report(_) => None,
    });
    html! {
        <>
            if reports.len() > 1 {
                <Comparison
                    {lang}
                    reports={reports.iter().map(|report| as_reported(lang, setup, report)).collect::<Vec<_>>()}
                />
            }
            { for reports.iter().zip(1_usize..).map(|(report, number)| {
                let one = html! { <ShownReport {lang} setup={setup.clone()} {number} report={report.clone()} /> };
                if reports.len() > 1 {
                    let is_doubtful = !cautions(report, &setup.config.catalogue).is_empty();
                    html! {
                        <details class="reader__one" open={is_doubtful}>
                            <summary>{ number }{ ". " }{ super::shown::heading(lang, report) }</summary>
                            { one }
                        </details>
                    }
                } else {
                    one
                }
            }) }
            { for codes }
        </>
    }
}
