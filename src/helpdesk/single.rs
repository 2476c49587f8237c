//! One report or short code among several: folded, and drawn when it is unfolded first.

use std::rc::Rc;

use reachcheck_handover::reading::Reading;
use reachcheck_handover::snapshot::Snapshot;
use reachcheck_model::lang::Lang;
use web_sys::Element;
use yew::prelude::{
    Callback, Event, Html, Properties, TargetCast as _, component, hook, html, use_state,
};

use super::shown::{ShownCode, ShownReport};
use crate::setup::Setup;

/// The report or the short code itself.
pub fn single(lang: Lang, setup: &Rc<Setup>, number: usize, reading: &Reading) -> Html {
    let setup = setup.clone();
    match reading {
        Reading::Report(report) => {
            let report: Rc<Snapshot> = Rc::new((**report).clone());
            html! { <ShownReport {lang} {setup} {number} {report} /> }
        }
        Reading::Code(short) => html! { <ShownCode {lang} {setup} short={short.clone()} /> },
    }
}

/// What it is given.
#[derive(PartialEq, Properties)]
pub struct FoldedProps {
    /// The reader's language.
    pub lang: Lang,
    /// Settings.
    pub setup: Rc<Setup>,
    /// The report or the short code.
    pub reading: Rc<Reading>,
    /// Which of all it is, from zero.
    pub at: usize,
    /// What it is called.
    pub label: String,
    /// When it was made.
    pub made: Option<String>,
    /// Whether it is unfolded from the beginning.
    pub is_open: bool,
}

/// The id of the fold of a report.
pub fn fold_id(at: usize) -> String {
    format!("report-{}", at + 1)
}

/// The id of what unfolds it.
pub fn summary_id(at: usize) -> String {
    format!("report-{}-summary", at + 1)
}

/// Whether what is in a `<details>` has to be drawn, which it is from the first time on that it is unfolded; and its
/// `ontoggle`.
#[hook]
pub fn use_drawn_when_open(is_open: bool) -> (bool, Callback<Event>) {
    let is_drawn = use_state(|| is_open);
    let ontoggle = {
        let is_drawn = is_drawn.clone();
        Callback::from(move |event: Event| {
            let fold: Element = event.target_unchecked_into();
            if fold.has_attribute("open") {
                is_drawn.set(true);
            }
        })
    };
    (*is_drawn, ontoggle)
}

/// A fold with a report in it.
#[component(Folded)]
pub fn folded(props: &FoldedProps) -> Html {
    let (is_drawn, ontoggle) = use_drawn_when_open(props.is_open);
    let number = props.at + 1;
    let mut words = number.to_string();
    if props.label != words {
        words = format!("{words}. {}", props.label);
    }
    if let Some(made) = &props.made {
        words = format!("{words} · {made}");
    }
    html! {
        <details id={fold_id(props.at)} class="reader__one" open={props.is_open} {ontoggle}>
            <summary id={summary_id(props.at)} translate="no" ~textContent={words} />
            if is_drawn {
                { single(props.lang, &props.setup, number, &props.reading) }
            }
        </details>
    }
}
