//! What could not be read, and why.

use reachcheck_handover::reading::{ReadProblem, Readings};
use reachcheck_handover::words;
use reachcheck_model::lang::Lang;
use yew::prelude::{Html, html};

use super::sources::Sources;
use crate::components::words::{said, token};

/// A list; empty where all was read.
pub fn problems(lang: Lang, sources: &Sources, readings: &Readings) -> Html {
    let texts = sources.texts();
    let file = |at: usize| texts.get(at).and_then(|(name, _)| *name);
    let items = readings.refused.iter();
    let items = items.map(|(at, problem)| item(lang, file(*at), problem));
    html! {
        <ul class="notices reader__problems">{ for items }</ul>
    }
}

fn item(lang: Lang, file: Option<&str>, problem: &ReadProblem) -> Html {
    let why = match problem {
        ReadProblem::Data(refusal) => said(words::refusal(lang, refusal)),
        ReadProblem::Code { code, refusal } => html! {
            <>{ token(code) }{ said(": ") }{ said(words::code_refusal(lang, *refusal)) }</>
        },
    };
    html! {
        <li data-refused="">
            if let Some(name) = file {
                { token(name) }{ said(": ") }
            }
            { why }
        </li>
    }
}
