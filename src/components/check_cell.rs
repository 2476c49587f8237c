//! Check view: icon, outcome, evidence and proof of one check.

use reachcheck_diagnosis::analysis::{CheckOutcome, Detail, Proof, where_proof_token, where_token};
use reachcheck_diagnosis::diagnosis::Check;
use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, Ui};

use super::element::{Element, el};
use super::strip::strip;

/// The mark of an outcome; the word beside it says the same.
const fn mark(outcome: CheckOutcome) -> &'static str {
    match outcome {
        CheckOutcome::Ok => "✓",
        CheckOutcome::Failed => "✕",
        CheckOutcome::Unknown => "?",
        CheckOutcome::NotRun => "–",
    }
}

/// How far a check has come that has not settled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// It is tested.
    Running,
    /// It is tested, and nothing has answered for the time of three SYNs.
    Silent,
    /// The run is over: it was not tried.
    Over,
}

/// A check by its name, and its cell. `scope` is a region's id, or `network`.
pub fn check_row(
    lang: Lang,
    scope: &str,
    check: &Check,
    progress: Progress,
    drawn: Option<Element>,
) -> Element {
    let name = check.name.token();
    let is_silent = progress == Progress::Silent && check.conclusion.is_pending();
    let row = match is_silent {
        true => el("div").attr("data-so-far", CheckOutcome::Failed.token()),
        false => el("div"),
    };
    row.key(name)
        .attr("data-check", [scope, "/", name].concat())
        .attr("data-outcome", check.conclusion.outcome.token())
        .attr("data-proof", check.conclusion.proof.token())
        .attr("data-where", where_token(check.conclusion.place))
        .attr(
            "data-where-proof",
            where_proof_token(check.conclusion.place),
        )
        .holds(el("dt").text(text::check(lang, check.name)))
        .holds(el("dd").holds(check_cell(lang, check, progress, drawn)))
}

/// The inside of a cell; `drawn` is what its measurements look like.
fn check_cell(lang: Lang, check: &Check, progress: Progress, drawn: Option<Element>) -> Element {
    let conclusion = &check.conclusion;
    if conclusion.is_pending() {
        let words = match progress {
            Progress::Silent => return silent_so_far(lang),
            Progress::Running => text::ui(lang, Ui::Testing),
            Progress::Over => text::outcome(lang, CheckOutcome::NotRun),
        };
        return el("span.check.check--pending").text(words);
    }
    let outcome = conclusion.outcome;
    let events = match conclusion.detail {
        Detail::Events {
            expected, arrived, ..
        } => Some(strip(expected, arrived)),
        _ => None,
    };
    el("span")
        .variant("check", outcome.token())
        .holds(el("span.check__mark[aria-hidden=true]").text(mark(outcome)))
        .holds(el("span.check__word").text(text::outcome(lang, outcome)))
        .holds(el("span.check__detail").text(text::placed_detail(lang, conclusion)))
        .holds(el("span.check__proof").text(text::proof(lang, conclusion.proof)))
        .maybe(events)
        .maybe(drawn)
}

/// The inside of a cell whose endpoint is silent so far.
fn silent_so_far(lang: Lang) -> Element {
    el("span.check.check--failed.check--so-far")
        .holds(el("span.check__mark[aria-hidden=true]").text("…"))
        .holds(el("span.check__word").text(text::ui(lang, Ui::NoAnswerSoFar)))
        .holds(el("span.check__proof").text(text::proof(lang, Proof::Inferred)))
}
