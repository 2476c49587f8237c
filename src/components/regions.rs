//! Regions view: for each its verdict, route and checks.

use reachcheck_diagnosis::diagnosis::{Diagnosis, Verdict};
use reachcheck_diagnosis::picture::{self, Times};
use reachcheck_model::catalogue::{EndpointRef, Kind};
use reachcheck_model::lang::Lang;
use reachcheck_model::plan::Plan;
use reachcheck_model::session::Phase;
use reachcheck_texts::{self as text, Ui};

use super::check_cell::check_row;
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

/// One item per region.
pub fn regions(
    lang: Lang,
    phase: Phase,
    plan: &Plan,
    diagnosis: &Diagnosis,
    times: &Times,
) -> Element {
    let indices = 0..plan.regions.len().min(diagnosis.regions.len());
    let items = indices.map(|index| item(lang, phase, plan, diagnosis, times, index));
    section("regions", text::ui(lang, Ui::RegionsTitle)).holds(el("ul.regions__list").each(items))
}

fn item(
    lang: Lang,
    phase: Phase,
    plan: &Plan,
    diagnosis: &Diagnosis,
    times: &Times,
    index: usize,
) -> Element {
    let region = &plan.regions[index];
    let diagnosis = &diagnosis.regions[index];
    let is_running = phase == Phase::Running;
    let verdict = (phase == Phase::Finished).then_some(diagnosis.verdict);
    let mut item = el("li")
        .key(&region.id)
        .variant("region", verdict.map_or("pending", Verdict::token))
        .attr("data-region", region.id.clone());
    let stands = if let Some(verdict) = verdict {
        item = item
            .attr("data-verdict", verdict.token())
            .attr("data-proof", diagnosis.proof().token());
        Some(badge(lang, verdict))
    } else if is_running {
        Some(el("span.check--pending").text(text::ui(lang, Ui::Testing)))
    } else {
        None
    };
    let checks = diagnosis.checks.iter().zip(Kind::ALL).map(|(check, kind)| {
        let times_ms = times.of(EndpointRef {
            region: index,
            kind,
        });
        let drawn = spread(lang, times_ms, times.scale_ms());
        check_row(lang, &region.id, check, is_running, drawn)
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
