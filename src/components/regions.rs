//! The regions: for each its verdict, the way to it, and its checks.

use reachcheck_core::catalogue::{EndpointRef, Kind, Region};
use reachcheck_core::diagnosis::{Diagnosis, RegionDiagnosis, Verdict};
use reachcheck_core::picture::{self, Times};
use reachcheck_core::plan::Plan;
use reachcheck_core::session::Phase;
use reachcheck_core::text::{self, Lang, Ui};
use yew::prelude::{Html, html};

use super::check_cell::check_row;
use super::route::route;
use super::spread::spread;
use super::tag::{section, tag};

/// The mark of a verdict; the word beside it says the same.
pub const fn verdict_mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Reachable => "✓",
        Verdict::Degraded => "!",
        Verdict::Blocked | Verdict::Down | Verdict::Offline => "✕",
        Verdict::Unknown => "?",
    }
}

/// A verdict as mark and word.
pub fn badge(lang: Lang, verdict: Verdict) -> Html {
    html! {
        <span class={format!("badge badge--{}", verdict.token())}>
            <span aria-hidden="true">{ verdict_mark(verdict) }</span>
            { text::verdict(lang, verdict) }
        </span>
    }
}

/// One item per region.
pub fn regions(
    lang: Lang,
    phase: Phase,
    plan: &Plan,
    diagnosis: &Diagnosis,
    times: &Times,
) -> Html {
    let regions = plan.regions.iter().zip(&diagnosis.regions);
    let inside = html! {
        <>
            <ul class="regions__list">
                { for regions.enumerate().map(
                    |(index, (region, diagnosis))| {
                        let times = Kind::ALL.map(|kind| {
                            let times_ms = times.of(EndpointRef { region: index, kind });
                            spread(lang, times_ms, times.scale_ms())
                        });
                        item(lang, phase, region, diagnosis, times)
                    }
                ) }
            </ul>
        </>
    };
    section("regions", text::ui(lang, Ui::RegionsTitle), inside)
}

/// One region; `times` are drawn for each of its checks.
fn item(
    lang: Lang,
    phase: Phase,
    region: &Region,
    diagnosis: &RegionDiagnosis,
    times: [Html; 2],
) -> Html {
    let is_running = phase == Phase::Running;
    let verdict = (phase == Phase::Finished).then_some(diagnosis.verdict);
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
                    { tag("span", "region__country", region.country.clone()) }
                </h3>
                <p class="region__verdict">
                    if let Some(verdict) = verdict {
                        { badge(lang, verdict) }
                    } else if is_running {
                        { tag("span", "check--pending", text::ui(lang, Ui::Testing)) }
                    }
                </p>
            </div>
            { route(lang, picture::region(diagnosis), &region.name) }
            <dl class="region__checks">
                { for diagnosis.checks.iter().zip(times).map(|(check, times)| {
                    check_row(lang, &region.id, check, is_running, times)
                }) }
            </dl>
        </li>
    }
}
