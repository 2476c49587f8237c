//! Comparison of several reports, side by side, and in words what they have in common.

use std::rc::Rc;

use reachcheck_handover::compare::{self, About, Cell, Row};
use reachcheck_handover::snapshot::Snapshot;
use reachcheck_handover::words;
use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, HelpdeskUi, Ui};
use yew::prelude::{Html, Properties, component, html};

use super::shown::heading;
use crate::components::tag::tag;

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
    html! {
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
    }
}

fn line(lang: Lang, row: &Row) -> Html {
    let differs = row.differs();
    html! {
        <tr class={differs.then_some("comparison__differs")} data-differs={differs.to_string()}>
            <th scope="row">
                { about(lang, &row.about) }
                if differs {
                    // The colour says it to those who see it.
                    <span class="comparison__mark">{ " ≠ " }{ text::helpdesk_ui(lang, HelpdeskUi::CompareDiffers) }</span>
                }
            </th>
            { for row.cells.iter().map(|cell| tag("td", "", words(lang, *cell))) }
        </tr>
    }
}

fn about(lang: Lang, about: &About) -> String {
    let placed = |words: String, place: &Option<String>| match place {
        Some(place) => format!("{place} · {words}"),
        None => words,
    };
    match about {
        About::Headline => text::ui(lang, Ui::Result).to_owned(),
        About::Region(name) => name.clone(),
        About::Check(place, name) => placed(text::check(lang, *name).to_owned(), place),
        About::Finding(code, place) => placed(text::code(lang, *code), place),
    }
}

fn words(lang: Lang, cell: Cell) -> &'static str {
    match cell {
        Cell::Verdict(verdict) => text::verdict(lang, verdict),
        Cell::Outcome(outcome) => text::outcome(lang, outcome),
        Cell::Found(true) => text::helpdesk_ui(lang, HelpdeskUi::CompareYes),
        Cell::Found(false) => text::helpdesk_ui(lang, HelpdeskUi::CompareNo),
        Cell::Absent => text::helpdesk_ui(lang, HelpdeskUi::NotTested),
    }
}
