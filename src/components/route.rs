//! The way from this browser to a region or the relay, drawn, and in one sentence.

use reachcheck_core::analysis::Proof;
use reachcheck_core::picture::{Mark, Route, Stop};
use reachcheck_core::text::{self, Lang, Ui};
use yew::prelude::{Html, html};

use super::tag::tag;

/// A line of stops; the sentence below it says the same.
pub fn route(lang: Lang, route: Route, far_end: &str) -> Html {
    let sure = match route.proof {
        Proof::Confirmed => "route--confirmed",
        Proof::Inferred | Proof::None => "route--inferred",
    };
    html! {
        <div class={format!("route {sure}")}>
            <ol class="route__line" aria-hidden="true">
                { for Stop::ALL.into_iter().map(|stop| {
                    let mark = route.mark(stop);
                    html! {
                        <li class={format!("route__stop route__stop--{}", mark.token())}>
                            { tag("span", "route__mark", sign(mark)) }
                            { tag("span", "route__name", name(lang, stop, far_end).to_owned()) }
                        </li>
                    }
                }) }
            </ol>
            { tag("p", "route__words", text::route(lang, route, far_end)) }
        </div>
    }
}

fn name(lang: Lang, stop: Stop, far_end: &str) -> &str {
    match stop {
        Stop::Browser => text::ui(lang, Ui::StopBrowser),
        Stop::Network => text::ui(lang, Ui::StopNetwork),
        Stop::Internet => text::ui(lang, Ui::StopInternet),
        Stop::FarEnd => far_end,
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
