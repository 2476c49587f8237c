//! Comparison of several reports, side by side, and in words what they have in common.

use std::rc::Rc;

use reachcheck_diagnosis::analysis::Proof;
use reachcheck_handover::compare::{self, Cell, Certainty, Difference, Row};
use reachcheck_handover::snapshot::Snapshot;
use reachcheck_handover::words;
use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, HelpdeskUi};
use yew::prelude::{Html, Properties, component, html};

use super::shown::heading;
use crate::components::tag::tag;
use crate::components::translatable::translatable;

/// What it is given.
#[derive(PartialEq, Properties)]
pub struct ComparisonProps {
    /// The reader's language.
    pub lang: Lang,
    /// Two or more.
    pub reports: Vec<Rc<Snapshot>>,
}

/// The sentences, then the table.
#[component(Comparison)]
pub fn comparison(ComparisonProps { lang, reports }: &ComparisonProps) -> Html {
    let lang = *lang;
    let own = |key| text::helpdesk_ui(lang, key);
    let reports: Vec<&Snapshot> = reports.iter().map(|report| &**report).collect();
    let rows = compare::rows(&reports);
    let remarks = compare::remarks(&reports, &rows);
    translatable(html! {
        <section class="panel comparison" id="comparison" aria-label={own(HelpdeskUi::CompareTitle)}>
            { tag("h2", "", own(HelpdeskUi::CompareTitle)) }
            { tag("h3", "", own(HelpdeskUi::CompareCommon)) }
            <ul id="comparison-words">
                { for remarks.iter().map(|remark| tag("li", "", words::remark_sentence(lang, remark))) }
            </ul>
            <div class="comparison__scroll" tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{ own(HelpdeskUi::CompareWhat) }</th>
                            { for reports.iter().zip(1_usize..).map(|(report, number)| html! {
                                <th scope="col">{ number }<br />{ heading(lang, report) }</th>
                            }) }
                        </tr>
                    </thead>
                    <tbody>
                        { for rows.iter().map(|row| line(lang, row)) }
                    </tbody>
                </table>
            </div>
        </section>
    })
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
                { words::about(lang, &row.about) }
                if let Some((sign, differs)) = mark {
                    // The colour says it to those who see it.
                    <span class="comparison__mark">{ sign }{ text::helpdesk_ui(lang, differs) }</span>
                }
            </th>
            { for row.cells.iter().map(|cell| tag("td", "", said(lang, cell))) }
        </tr>
    }
}

fn said(lang: Lang, cell: &Cell) -> String {
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
