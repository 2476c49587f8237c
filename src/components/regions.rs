//! The regions: one row each, its checks and its verdict.

use std::rc::Rc;

use reachcheck_core::diagnosis::{Diagnosis, RegionDiagnosis, Verdict};
use reachcheck_core::plan::Plan;
use reachcheck_core::session::Phase;
use reachcheck_core::text::{self, Lang, Ui};
use yew::prelude::{Html, Properties, component, html};

use super::check_cell::check_cell;

/// What it is given.
#[derive(PartialEq, Properties)]
pub struct RegionsProps {
    /// The page's language.
    pub lang: Lang,
    /// Where the run is.
    pub phase: Phase,
    /// The regions.
    pub plan: Rc<Plan>,
    /// What is known of them.
    pub diagnosis: Rc<Diagnosis>,
}

/// The mark of a verdict; the word beside it says the same.
pub const fn verdict_mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Reachable => "✓",
        Verdict::Degraded => "!",
        Verdict::Blocked | Verdict::Down | Verdict::Offline => "✕",
        Verdict::Unknown => "?",
    }
}

/// The table.
#[component(Regions)]
pub fn regions(props: &RegionsProps) -> Html {
    let ui = |key| text::ui(props.lang, key);
    html! {
        <section class="panel regions" aria-label={ui(Ui::RegionsTitle)}>
            <h2>{ ui(Ui::RegionsTitle) }</h2>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{ ui(Ui::Region) }</th>
                        <th scope="col">{ ui(Ui::SignOnHttps) }</th>
                        <th scope="col">{ ui(Ui::CallEventsTcp) }</th>
                        <th scope="col">{ ui(Ui::Result) }</th>
                    </tr>
                </thead>
                <tbody>
                    { for props.plan.regions.iter().zip(&props.diagnosis.regions).map(
                        |(region, diagnosis)| row(props, region, diagnosis)
                    ) }
                </tbody>
            </table>
        </section>
    }
}

fn row(
    props: &RegionsProps,
    region: &reachcheck_core::catalogue::Region,
    diagnosis: &RegionDiagnosis,
) -> Html {
    let is_running = props.phase == Phase::Running;
    let verdict = (props.phase == Phase::Finished).then_some(diagnosis.verdict);
    html! {
        <tr
            key={region.id.clone()}
            data-region={region.id.clone()}
            data-verdict={verdict.map(Verdict::token)}
        >
            <th scope="row">
                <span class="regions__name">{ &region.name }</span>
                <span class="regions__country">{ &region.country }</span>
            </th>
            { for diagnosis.checks.iter().map(|check| html! {
                <td
                    data-check={format!("{}/{}", region.id, check.name.token())}
                    data-outcome={check.conclusion.outcome.token()}
                    data-proof={check.conclusion.proof.token()}
                    data-label={text::check(props.lang, check.name)}
                >
                    { check_cell(props.lang, check, is_running) }
                </td>
            }) }
            <td class="regions__verdict" data-label={text::ui(props.lang, Ui::Result)}>
                if let Some(verdict) = verdict {
                    <span class={format!("badge badge--{}", verdict.token())}>
                        <span aria-hidden="true">{ verdict_mark(verdict) }</span>
                        { text::verdict(props.lang, verdict) }
                    </span>
                } else if is_running {
                    <span class="check check--pending">{ text::ui(props.lang, Ui::Testing) }</span>
                }
            </td>
        </tr>
    }
}
