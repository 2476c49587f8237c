//! Regions view: for each its verdict in a line, and behind it route and checks.

use reachcheck_diagnosis::diagnosis::{Diagnosis, RegionDiagnosis, Verdict};
use reachcheck_diagnosis::picture::{self, Times};
use reachcheck_model::catalogue::{EndpointRef, Kind};
use reachcheck_model::lang::Lang;
use reachcheck_model::plan::Plan;
use reachcheck_model::session::Phase;
use reachcheck_texts::{self as text, Ui};
use yew::prelude::{Html, html};

use super::check_cell::{Progress, check_row};
use super::route::route;
use super::spread::spread;
use super::words::{said, variant};

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
    stands(lang, verdict, false)
}

/// A verdict as mark and word, and whether it is said so far.
fn stands(lang: Lang, verdict: Verdict, is_so_far: bool) -> Html {
    html! {
        <span key={verdict.token()} class={variant("badge", verdict.token())}>
            <span aria-hidden="true" ~textContent={verdict_mark(verdict)} />
            { said(text::verdict(lang, verdict)) }
            if is_so_far {
                <span class="region__so-far" ~textContent={text::ui(lang, Ui::SoFar)} />
            }
        </span>
    }
}

/// One item per region. `silent` are endpoints that have not answered so far, for the time of three SYNs.
pub fn regions(
    lang: Lang,
    phase: Phase,
    plan: &Plan,
    diagnosis: &Diagnosis,
    times: &Times,
    silent: &[EndpointRef],
) -> Html {
    let title = text::ui(lang, Ui::RegionsTitle);
    let indices = 0..plan.regions.len().min(diagnosis.regions.len());
    html! {
        <section class="regions" aria-label={title}>
            <h2 ~textContent={title} />
            <ul class="regions__list">
                { for indices.map(|index| {
                    let drawn = |endpoint| spread(lang, times.of(endpoint), times.scale_ms());
                    let region = &diagnosis.regions[index];
                    // Where nothing at all answers, the network's picture says it for all of them.
                    let is_shown = diagnosis.headline != Verdict::Offline;
                    item(lang, phase, plan, region, index, silent, is_shown, &drawn)
                }) }
            </ul>
        </section>
    }
}

#[expect(clippy::too_many_arguments, reason = "one caller, which has them all")]
fn item(
    lang: Lang,
    phase: Phase,
    plan: &Plan,
    diagnosis: &RegionDiagnosis,
    index: usize,
    silent: &[EndpointRef],
    may_unfold: bool,
    drawn: &dyn Fn(EndpointRef) -> Html,
) -> Html {
    let region = &plan.regions[index];
    let is_running = phase == Phase::Running;
    let verdict = (phase == Phase::Finished).then_some(diagnosis.verdict);
    let so_far = diagnosis.so_far().filter(|_| is_running);
    let is_silent = silent.iter().any(|endpoint| endpoint.region == index);
    let known = verdict.or(so_far);
    let is_broken = known.is_some_and(|verdict| {
        matches!(verdict, Verdict::Blocked | Verdict::Down | Verdict::Unknown)
    });
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
        check_row(lang, &region.id, check, progress, drawn(endpoint))
    });
    let waits = match is_silent {
        true => Ui::NoAnswerSoFar,
        false => Ui::Testing,
    };
    html! {
        <li
            key={region.id.clone()}
            class={variant("region", known.map_or("pending", Verdict::token))}
            data-region={region.id.clone()}
            data-verdict={verdict.map(Verdict::token)}
            data-proof={verdict.map(|_| diagnosis.proof().token())}
            data-so-far={so_far.map(Verdict::token)}
        >
            <details open={is_broken && may_unfold}>
                <summary class="region__head">
                    <h3 class="region__name">
                        { said(&region.name) }
                        <span class="region__country" ~textContent={region.country.as_str()} />
                    </h3>
                    <span>
                        if let Some(verdict) = known {
                            { stands(lang, verdict, so_far.is_some()) }
                        } else if is_running {
                            <span key="waits" class="check--pending" ~textContent={text::ui(lang, waits)} />
                        }
                    </span>
                </summary>
                <div class="region__inside">
                    { route(lang, picture::region(diagnosis), &region.name) }
                    // Of a region that is well there is nothing else behind its line.
                    { evidence(lang, !is_broken, html! { <dl class="region__checks">{ for checks }</dl> }) }
                </div>
            </details>
        </li>
    }
}

/// What something is known by, a press away unless it is open.
pub fn evidence(lang: Lang, is_open: bool, inside: Html) -> Html {
    html! {
        <details class="evidence" open={is_open}>
            <summary ~textContent={text::ui(lang, Ui::HowWeKnow)} />
            { inside }
        </details>
    }
}
