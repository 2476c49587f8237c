//! Regions view: for each its verdict, route and checks.

use reachcheck_diagnosis::diagnosis::{Diagnosis, Verdict};
use reachcheck_diagnosis::picture::{self, Times};
use reachcheck_model::catalogue::{EndpointRef, Kind};
use reachcheck_model::lang::Lang;
use reachcheck_model::plan::Plan;
use reachcheck_model::session::Phase;
use reachcheck_texts::{self as text, Ui};

use super::check_cell::{Progress, check_row};
use super::element::{Element, el};
use super::route::route;
use super::spread::spread;
use super::tag::section;

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
pub fn badge(lang: Lang, verdict: Verdict) -> Element {
    el("span")
        .variant("badge", verdict.token())
        .holds(el("span[aria-hidden=true]").text(verdict_mark(verdict)))
        .text(text::verdict(lang, verdict))
}

/// One item per region. `silent` are endpoints that have not answered so far, for the time of three SYNs.
pub fn regions(
    lang: Lang,
    phase: Phase,
    plan: &Plan,
    diagnosis: &Diagnosis,
    times: &Times,
    silent: &[EndpointRef],
) -> Element {
    let indices = 0..plan.regions.len().min(diagnosis.regions.len());
    let items = indices.map(|index| item(lang, phase, plan, diagnosis, times, silent, index));
    section("regions", text::ui(lang, Ui::RegionsTitle)).holds(el("ul.regions__list").each(items))
}

fn item(
    lang: Lang,
    phase: Phase,
    plan: &Plan,
    diagnosis: &Diagnosis,
    times: &Times,
    silent: &[EndpointRef],
    index: usize,
) -> Element {
    let region = &plan.regions[index];
    let diagnosis = &diagnosis.regions[index];
    let is_running = phase == Phase::Running;
    let verdict = (phase == Phase::Finished).then_some(diagnosis.verdict);
    let so_far = diagnosis.so_far().filter(|_| is_running);
    let mut item = el("li")
        .key(&region.id)
        .variant(
            "region",
            verdict.or(so_far).map_or("pending", Verdict::token),
        )
        .attr("data-region", region.id.clone());
    let stands = if let Some(verdict) = verdict {
        item = item
            .attr("data-verdict", verdict.token())
            .attr("data-proof", diagnosis.proof().token());
        Some(badge(lang, verdict))
    } else if let Some(verdict) = so_far {
        item = item.attr("data-so-far", verdict.token());
        let words = el("span.region__so-far").text(text::ui(lang, Ui::SoFar));
        Some(badge(lang, verdict).holds(words))
    } else if is_running {
        Some(el("span.check--pending").text(text::ui(lang, Ui::Testing)))
    } else {
        None
    };
    let checks = diagnosis.checks.iter().zip(Kind::ALL).map(|(check, kind)| {
        let endpoint = EndpointRef {
            region: index,
            kind,
        };
        let progress = match is_running {
            true if silent.contains(&endpoint) => Progress::Silent,
            true => Progress::Running,
            false => Progress::Over,
        };
        let drawn = spread(lang, times.of(endpoint), times.scale_ms());
        check_row(lang, &region.id, check, progress, drawn)
    });
    item.holds(
        el("div.region__head")
            .holds(
                el("h3.region__name")
                    .text(region.name.clone())
                    .holds(el("span.region__country").text(region.country.clone())),
            )
            .holds(el("p.region__verdict").maybe(stands)),
    )
    .holds(route(lang, picture::region(diagnosis), &region.name))
    .holds(el("dl.region__checks").each(checks))
}
