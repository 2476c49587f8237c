//! Check view: icon, outcome, evidence and proof of one check.

use reachcheck_diagnosis::analysis::{CheckOutcome, Detail, Proof, where_proof_token, where_token};
use reachcheck_diagnosis::diagnosis::Check;
use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, Ui};
use yew::prelude::{Html, html};

use super::strip::strip;
use super::words::variant;

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

/// A check by its name, and its cell. `scope` is a region's id, or `network`; `drawn` is what its measurements look like.
pub fn check_row(lang: Lang, scope: &str, check: &Check, progress: Progress, drawn: Html) -> Html {
    let name = check.name.token();
    let conclusion = &check.conclusion;
    let is_silent = progress == Progress::Silent && conclusion.is_pending();
    html! {
        <div
            key={name}
            data-check={[scope, "/", name].concat()}
            data-outcome={conclusion.outcome.token()}
            data-proof={conclusion.proof.token()}
            data-where={where_token(conclusion.place)}
            data-where-proof={where_proof_token(conclusion.place)}
            data-so-far={is_silent.then(|| CheckOutcome::Failed.token())}
        >
            <dt ~textContent={text::check(lang, check.name)} />
            <dd>{ check_cell(lang, check, progress, drawn) }</dd>
        </div>
    }
}

/// The inside of a cell.
fn check_cell(lang: Lang, check: &Check, progress: Progress, drawn: Html) -> Html {
    let conclusion = &check.conclusion;
    if conclusion.is_pending() {
        let words = match progress {
            Progress::Silent => return silent_so_far(lang),
            Progress::Running => text::ui(lang, Ui::Testing),
            Progress::Over => text::outcome(lang, CheckOutcome::NotRun),
        };
        return html! { <span key="pending" class="check check--pending" ~textContent={words} /> };
    }
    let outcome = conclusion.outcome;
    let events = match conclusion.detail {
        Detail::Events {
            expected, arrived, ..
        } => strip(expected, arrived),
        _ => Html::default(),
    };
    html! {
        <span key="settled" class={variant("check", outcome.token())}>
            <span class="check__mark" aria-hidden="true" ~textContent={mark(outcome)} />
            <span class="check__word" ~textContent={text::outcome(lang, outcome)} />
            <span class="check__detail" ~textContent={text::placed_detail(lang, conclusion)} />
            <span class="check__proof" ~textContent={text::proof(lang, conclusion.proof)} />
            { events }
            { drawn }
        </span>
    }
}

/// The inside of a cell whose endpoint is silent so far.
fn silent_so_far(lang: Lang) -> Html {
    html! {
        <span key="silent" class="check check--failed check--so-far">
            <span class="check__mark" aria-hidden="true" ~textContent="…" />
            <span class="check__word" ~textContent={text::ui(lang, Ui::NoAnswerSoFar)} />
            <span class="check__proof" ~textContent={text::proof(lang, Proof::Inferred)} />
        </span>
    }
}
