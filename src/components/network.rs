//! The checks that are about the network as a whole.

use reachcheck_core::diagnosis::{CheckName, Diagnosis};
use reachcheck_core::picture::{self, Times};
use reachcheck_core::text::{self, Lang, Ui};
use yew::prelude::{Html, html};

use super::check_cell::check_cell;
use super::route::route;
use super::spread::spread;
use super::tag::{around, tag};

/// A list of names and results. `is_running` tells a check that is not finished from one that was not tried.
pub fn network(lang: Lang, is_running: bool, diagnosis: &Diagnosis, times: &Times) -> Html {
    html! {
        <section class="panel network" aria-label={text::ui(lang, Ui::NetworkTitle)}>
            { tag("h2", "", text::ui(lang, Ui::NetworkTitle)) }
            { route(
                lang,
                picture::network(diagnosis),
                text::ui(lang, Ui::StopRelay),
            ) }
            <dl>
                { for diagnosis.network.iter().map(|check| html! {
                    <div
                        key={check.name.token()}
                        data-check={format!("network/{}", check.name.token())}
                        data-outcome={check.conclusion.outcome.token()}
                        data-proof={check.conclusion.proof.token()}
                    >
                        { tag("dt", "", text::check(lang, check.name)) }
                        { around("dd", "", check_cell(lang, check, is_running, drawn(lang, times, check.name))) }
                    </div>
                }) }
            </dl>
        </section>
    }
}

/// The pings, beside the socket on which they went.
fn drawn(lang: Lang, times: &Times, name: CheckName) -> Html {
    if name == CheckName::Socket {
        spread(lang, &times.pings, times.scale_ms())
    } else {
        Html::default()
    }
}
