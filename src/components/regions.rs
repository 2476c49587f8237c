//! The regions: for each its verdict, the way to it, and its checks.

use std::rc::Rc;

use reachcheck_core::catalogue::{EndpointRef, Kind, Region};
use reachcheck_core::diagnosis::{Diagnosis, RegionDiagnosis, Verdict};
use reachcheck_core::picture::{self, Times};
use reachcheck_core::plan::Plan;
use reachcheck_core::session::Phase;
use reachcheck_core::text::{self, Lang, Ui};
use yew::prelude::{Html, Properties, component, html};

use super::check_cell::check_cell;
use super::route::route;
use super::spread::spread;

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
    /// How long answers took.
    #[prop_or_default]
    pub times: Rc<Times>,
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

/// One item per region.
#[component(Regions)]
pub fn regions(props: &RegionsProps) -> Html {
    let regions = props.plan.regions.iter().zip(&props.diagnosis.regions);
    html! {
        <section class="regions" aria-label={text::ui(props.lang, Ui::RegionsTitle)}>
            <h2>{ text::ui(props.lang, Ui::RegionsTitle) }</h2>
            <ul class="regions__list">
                { for regions.enumerate().map(
                    |(index, (region, diagnosis))| item(props, index, region, diagnosis)
                ) }
            </ul>
        </section>
    }
}

fn item(props: &RegionsProps, index: usize, region: &Region, diagnosis: &RegionDiagnosis) -> Html {
    let is_running = props.phase == Phase::Running;
    let verdict = (props.phase == Phase::Finished).then_some(diagnosis.verdict);
    let tone = verdict.map_or("pending", Verdict::token);
    html! {
        <li
            key={region.id.clone()}
            class={format!("region region--{tone}")}
            data-region={region.id.clone()}
            data-verdict={verdict.map(Verdict::token)}
        >
            <div class="region__head">
                <h3 class="region__name">
                    { &region.name }
                    <span class="region__country">{ &region.country }</span>
                </h3>
                <p class="region__verdict">
                    if let Some(verdict) = verdict {
                        <span class={format!("badge badge--{tone}")}>
                            <span aria-hidden="true">{ verdict_mark(verdict) }</span>
                            { text::verdict(props.lang, verdict) }
                        </span>
                    } else if is_running {
                        <span class="check--pending">{ text::ui(props.lang, Ui::Testing) }</span>
                    }
                </p>
            </div>
            { route(props.lang, picture::region(diagnosis), &region.name) }
            <dl class="region__checks">
                { for diagnosis.checks.iter().zip(Kind::ALL).map(|(check, kind)| {
                    let times = props.times.of(EndpointRef { region: index, kind });
                    html! {
                        <div
                            data-check={format!("{}/{}", region.id, check.name.token())}
                            data-outcome={check.conclusion.outcome.token()}
                            data-proof={check.conclusion.proof.token()}
                        >
                            <dt>{ text::check(props.lang, check.name) }</dt>
                            <dd>
                                { check_cell(
                                    props.lang,
                                    check,
                                    is_running,
                                    spread(props.lang, times, props.times.scale_ms()),
                                ) }
                            </dd>
                        </div>
                    }
                }) }
            </dl>
        </li>
    }
}
