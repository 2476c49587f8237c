//! One check: icon, word, what it rests on, how sure that is.

use reachcheck_core::analysis::{CheckOutcome, Detail};
use reachcheck_core::diagnosis::Check;
use reachcheck_core::text::{self, Lang, Ui};
use yew::prelude::{Html, html};

use super::strip::strip;
use super::tag::{around, tag};

/// The mark of an outcome; the word beside it says the same.
const fn mark(outcome: CheckOutcome) -> &'static str {
    match outcome {
        CheckOutcome::Ok => "✓",
        CheckOutcome::Failed => "✕",
        CheckOutcome::Unknown => "?",
        CheckOutcome::NotRun => "–",
    }
}

/// A check by its name, and its cell. `scope` is a region's id, or `network`.
pub fn check_row(lang: Lang, scope: &str, check: &Check, is_running: bool, drawn: Html) -> Html {
    let name = check.name.token();
    html! {
        <div
            key={name}
            data-check={format!("{scope}/{name}")}
            data-outcome={check.conclusion.outcome.token()}
            data-proof={check.conclusion.proof.token()}
        >
            { tag("dt", "", text::check(lang, check.name)) }
            { around("dd", "", check_cell(lang, check, is_running, drawn)) }
        </div>
    }
}

/// The inside of a cell. `is_running` tells a check that is not finished from one that was not tried; `drawn` is
/// what its measurements look like.
fn check_cell(lang: Lang, check: &Check, is_running: bool, drawn: Html) -> Html {
    let conclusion = &check.conclusion;
    if conclusion.is_pending() {
        let words = if is_running {
            text::ui(lang, Ui::Testing)
        } else {
            text::outcome(lang, CheckOutcome::NotRun)
        };
        return tag("span", "check check--pending", words);
    }
    let outcome = conclusion.outcome;
    html! {
        <span class={format!("check check--{}", outcome.token())}>
            <span class="check__mark" aria-hidden="true">{ mark(outcome) }</span>
            { tag("span", "check__word", text::outcome(lang, outcome)) }
            { tag("span", "check__detail", text::detail(lang, &conclusion.detail)) }
            { tag("span", "check__proof", text::proof(lang, conclusion.proof)) }
            if let Detail::Events { expected, arrived, .. } = &conclusion.detail {
                { strip(*expected, *arrived) }
            }
            { drawn }
        </span>
    }
}
