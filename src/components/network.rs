//! The checks that are about the network as a whole.

use reachcheck_core::diagnosis::{CheckName, Diagnosis};
use reachcheck_core::picture::{self, Times};
use reachcheck_core::text::{self, Lang, Ui};
use yew::prelude::{Html, html};

use super::check_cell::check_row;
use super::route::route;
use super::spread::spread;
use super::tag::section;

/// A list of names and results. `is_running` tells a check that is not finished from one that was not tried.
pub fn network(lang: Lang, is_running: bool, diagnosis: &Diagnosis, times: &Times) -> Html {
    let inside = html! {
        <>
            { route(
                lang,
                picture::network(diagnosis),
                text::ui(lang, Ui::StopRelay),
            ) }
            <dl>
                { for diagnosis.network.iter().map(|check| {
                    check_row(lang, "network", check, is_running, drawn(lang, times, check.name))
                }) }
            </dl>
        </>
    };
    section("panel network", text::ui(lang, Ui::NetworkTitle), inside)
}

/// The pings, beside the socket on which they went.
fn drawn(lang: Lang, times: &Times, name: CheckName) -> Html {
    if name == CheckName::Socket {
        spread(lang, &times.pings, times.scale_ms())
    } else {
        Html::default()
    }
}
