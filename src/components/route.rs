//! Route view: the stations from this browser to a region or the relay, drawn, and in one sentence.

use reachcheck_diagnosis::analysis::Proof;
use reachcheck_diagnosis::picture::{Hop, Mark, Route};
use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, Ui};
use yew::prelude::{Html, html};

use super::words::variant;

/// A line of stops; the sentence below it says the same.
pub fn route(lang: Lang, route: Route, far_end: &str) -> Html {
    let sure = match route.proof {
        Proof::Confirmed => "confirmed",
        Proof::Inferred | Proof::None => "inferred",
    };
    html! {
        <div class={variant("route", sure)}>
            <ol class="route__line" aria-hidden="true">
                { for Hop::ALL.into_iter().map(|stop| {
                    let mark = route.mark(stop);
                    html! {
                        <li class={variant("route__stop", mark.token())}>
                            <span class="route__mark" ~textContent={sign(mark)} />
                            <span class="route__name" ~textContent={name(lang, stop, far_end)} />
                        </li>
                    }
                }) }
            </ol>
            <p class="route__words" ~textContent={text::route(lang, route, far_end)} />
        </div>
    }
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
