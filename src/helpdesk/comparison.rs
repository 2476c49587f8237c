//! Comparison of two reports, side by side, and in words what they have in common.

use std::rc::Rc;

use reachcheck_diagnosis::analysis::Proof;
use reachcheck_handover::compare::{self, Cell, Certainty, Difference, Row};
use reachcheck_handover::reading::{Reading, Readings};
use reachcheck_handover::snapshot::Snapshot;
use reachcheck_handover::words;
use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, HelpdeskUi};
use web_sys::HtmlSelectElement;
use yew::prelude::{
    Callback, Event, Html, Properties, TargetCast as _, component, html, use_state,
};

use super::overview::Together;
use super::shown::heading;
use super::single::use_drawn_when_open;
use crate::components::words::said;
use crate::setup::Setup;

/// Among more reports than these, differences are drawn when they are unfolded first: each choice names every report.
const DRAWN_MAX: usize = 24;

/// What it is given.
#[derive(PartialEq, Properties)]
pub struct CompareProps {
    /// The reader's language.
    pub lang: Lang,
    /// Settings: names that they do not have are marked.
    pub setup: Rc<Setup>,
    /// All that was read.
    pub readings: Rc<Readings>,
    /// What is said of all of it: who is compared with whom first.
    pub together: Rc<Together>,
}

/// Two reports to choose, and their differences, folded; nothing where there are no two.
#[component(Compare)]
pub fn compare_two(props: &CompareProps) -> Html {
    let lang = props.lang;
    let own = |key| text::helpdesk_ui(lang, key);
    let (is_drawn, ontoggle) = use_drawn_when_open(props.readings.read.len() <= DRAWN_MAX);
    let chosen = use_state(|| [None::<usize>; 2]);
    let read = &props.readings.read;
    let is_report = |at: &usize| matches!(read.get(*at), Some(Reading::Report(_)));
    let reports: Vec<usize> = (0..read.len()).filter(is_report).collect();
    let Some(first) = first_two(&props.together, &reports) else {
        return Html::default();
    };
    let pair = [0, 1].map(|side| chosen[side].filter(is_report).unwrap_or(first[side]));
    let choose = |side: usize, id: &'static str, label: HelpdeskUi| {
        let chosen = chosen.clone();
        let onchange = Callback::from(move |event: Event| {
            let select: HtmlSelectElement = event.target_unchecked_into();
            let mut pair = *chosen;
            pair[side] = select.value().parse().ok();
            chosen.set(pair);
        });
        html! {
            <label>
                { said(own(label)) }
                <select {id} {onchange}>
                    { for reports.iter().map(|at| html! {
                        <option
                            value={at.to_string()}
                            selected={*at == pair[side]}
                            translate="no"
                            ~textContent={name(&props.together, *at)}
                        />
                    }) }
                </select>
            </label>
        }
    };
    let compared = pair.map(|at| match &read[at] {
        Reading::Report(report) => as_reported(lang, &props.setup, report),
        Reading::Code(_) => unreachable!("codes are not among the reports"),
    });
    html! {
        <details class="panel compare" id="compare" {ontoggle}>
            <summary ~textContent={own(HelpdeskUi::CompareTitle)} />
            if is_drawn {
                if reports.len() > 2 {
                    <div class="compare__choice">
                        { choose(0, "compare-one", HelpdeskUi::CompareOne) }
                        { choose(1, "compare-other", HelpdeskUi::CompareOther) }
                    </div>
                }
                { comparison(lang, &props.together, pair, [&compared[0], &compared[1]]) }
            }
        </details>
    }
}

/// One that has the worst trouble and one that does not; where all have it, or none, the first two.
fn first_two(together: &Together, reports: &[usize]) -> Option<[usize; 2]> {
    let is_report = |at: &&usize| reports.contains(at);
    let apart = together.pattern.statements.iter().find_map(|it| {
        let one = it.affected.iter().find(is_report)?;
        let other = it.others.iter().find(is_report)?;
        Some([*one.min(other), *one.max(other)])
    });
    apart.or_else(|| Some([*reports.first()?, *reports.get(1)?]))
}

fn name(together: &Together, at: usize) -> String {
    let (number, label) = (at + 1, together.matrix.label(at));
    match label == number.to_string() {
        true => label,
        false => format!("{number}. {label}"),
    }
}

/// A report whose names are marked that this page does not know.
fn as_reported(lang: Lang, setup: &Setup, report: &Snapshot) -> Snapshot {
    Snapshot {
        plan: words::plan_as_reported(lang, &report.plan, &setup.config.catalogue),
        ..report.clone()
    }
}

/// The sentences, then the table.
fn comparison(lang: Lang, together: &Together, pair: [usize; 2], reports: [&Snapshot; 2]) -> Html {
    let own = |key| text::helpdesk_ui(lang, key);
    let rows = compare::rows(&reports);
    let remarks = compare::remarks(&reports, &rows);
    html! {
        <section class="comparison" id="comparison" aria-label={own(HelpdeskUi::CompareTitle)}>
            <ul id="comparison-words">
                { for remarks.iter().map(|remark| html! {
                    <li ~textContent={words::remark_sentence(lang, remark)} />
                }) }
            </ul>
            <div class="comparison__scroll" tabindex="0" role="group" aria-label={own(HelpdeskUi::CompareTitle)}>
                <table>
                    <thead>
                        <tr>
                            <th scope="col" ~textContent={own(HelpdeskUi::CompareWhat)} />
                            { for pair.into_iter().zip(reports).map(|(at, report)| html! {
                                <th scope="col" translate="no">
                                    <span ~textContent={name(together, at)} />
                                    <br />
                                    <span ~textContent={heading(lang, report)} />
                                </th>
                            }) }
                        </tr>
                    </thead>
                    <tbody>
                        { for rows.iter().map(|row| line(lang, row)) }
                    </tbody>
                </table>
            </div>
        </section>
    }
}

fn line(lang: Lang, row: &Row) -> Html {
    let differs = row.differs();
    let mark = match row.difference() {
        Difference::Nothing => None,
        Difference::Certainty => Some((" ≈ ", HelpdeskUi::CompareCertainty)),
        Difference::Statement => Some((" ≠ ", HelpdeskUi::CompareDiffers)),
    };
    html! {
        <tr class={differs.then_some("comparison__differs")} data-differs={differs.to_string()}>
            <th scope="row">
                { said(words::about(lang, &row.about)) }
                if let Some((sign, differs)) = mark {
                    <span
                        class="comparison__mark"
                        ~textContent={format!("{sign}{}", text::helpdesk_ui(lang, differs))}
                    />
                }
            </th>
            { for row.cells.iter().map(|cell| html! { <td ~textContent={cell_words(lang, cell)} /> }) }
        </tr>
    }
}

fn cell_words(lang: Lang, cell: &Cell) -> String {
    let sure = |words: &str, certainty: &Certainty| {
        format!("{words} ({})", words::certainty(lang, certainty))
    };
    let found = text::helpdesk_ui(lang, HelpdeskUi::CompareYes);
    match cell {
        Cell::Verdict(verdict) => text::verdict(lang, *verdict).to_owned(),
        // Of what was not decided there is nothing to be sure of.
        Cell::Outcome(
            outcome,
            Certainty {
                that: Proof::None, ..
            },
        ) => text::outcome(lang, *outcome).to_owned(),
        Cell::Outcome(outcome, certainty) => sure(text::outcome(lang, *outcome), certainty),
        Cell::Found(certainty) => sure(found, certainty),
        Cell::NotFound => text::helpdesk_ui(lang, HelpdeskUi::CompareNo).to_owned(),
        Cell::Absent => text::helpdesk_ui(lang, HelpdeskUi::NotTested).to_owned(),
    }
}
