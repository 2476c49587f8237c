//! The checks that are about the network as a whole.

use std::rc::Rc;

use reachcheck_core::diagnosis::{CheckName, Diagnosis};
use reachcheck_core::picture::{self, Times};
use reachcheck_core::session::Phase;
use reachcheck_core::text::{self, Lang, Ui};
use yew::prelude::{Html, Properties, component, html};

use super::check_cell::check_cell;
use super::route::route;
use super::spread::spread;

/// What it is given.
#[derive(PartialEq, Properties)]
pub struct NetworkProps {
    /// The page's language.
    pub lang: Lang,
    /// Where the run is.
    pub phase: Phase,
    /// Whether late evidence is in as well.
    pub settled: bool,
    /// What is known.
    pub diagnosis: Rc<Diagnosis>,
    /// How long answers took.
    #[prop_or_default]
    pub times: Rc<Times>,
}

/// A list of names and results.
#[component(Network)]
pub fn network(props: &NetworkProps) -> Html {
    let is_running = props.phase == Phase::Running || !props.settled;
    html! {
        <section class="panel network" aria-label={text::ui(props.lang, Ui::NetworkTitle)}>
            <h2>{ text::ui(props.lang, Ui::NetworkTitle) }</h2>
            { route(
                props.lang,
                picture::network(&props.diagnosis),
                text::ui(props.lang, Ui::StopRelay),
            ) }
            <dl>
                { for props.diagnosis.network.iter().map(|check| html! {
                    <div
                        key={check.name.token()}
                        data-check={format!("network/{}", check.name.token())}
                        data-outcome={check.conclusion.outcome.token()}
                        data-proof={check.conclusion.proof.token()}
                    >
                        <dt>{ text::check(props.lang, check.name) }</dt>
                        <dd>{ check_cell(props.lang, check, is_running, drawn(props, check.name)) }</dd>
                    </div>
                }) }
            </dl>
        </section>
    }
}

/// The pings, beside the socket on which they went.
fn drawn(props: &NetworkProps, name: CheckName) -> Html {
    if name == CheckName::Socket {
        spread(props.lang, &props.times.pings, props.times.scale_ms())
    } else {
        Html::default()
    }
}
