//! Route view: the stations from this browser to a region or the relay, drawn, and in one sentence.

use reachcheck_diagnosis::analysis::Proof;
use reachcheck_diagnosis::picture::{Hop, Mark, Route};
use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, Ui};

use super::element::{Element, el};

/// A line of stops; the sentence below it says the same.
pub fn route(lang: Lang, route: Route, far_end: &str) -> Element {
    let sure = match route.proof {
        Proof::Confirmed => "confirmed",
        Proof::Inferred | Proof::None => "inferred",
    };
    let stops = Hop::ALL.into_iter().map(|stop| {
        let mark = route.mark(stop);
        el("li")
            .variant("route__stop", mark.token())
            .holds(el("span.route__mark").text(sign(mark)))
            .holds(el("span.route__name").text(name(lang, stop, far_end).to_owned()))
    });
    el("div")
        .variant("route", sure)
        .holds(el("ol.route__line[aria-hidden=true]").each(stops))
        .holds(el("p.route__words").text(text::route(lang, route, far_end)))
}

fn name(lang: Lang, stop: Hop, far_end: &str) -> &str {
    match stop {
        Hop::Browser => text::ui(lang, Ui::StopBrowser),
        Hop::Network => text::ui(lang, Ui::StopNetwork),
        Hop::Internet => text::ui(lang, Ui::StopInternet),
        Hop::FarEnd => far_end,
    }
}

const fn sign(mark: Mark) -> &'static str {
    match mark {
        Mark::Passed => "✓",
        Mark::Broken => "✕",
        Mark::Unclear => "?",
        Mark::Beyond => "",
    }
}
