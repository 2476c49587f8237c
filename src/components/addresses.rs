//! List of the tested addresses: for the curious, and for IT when the page itself is all they have.

use reachcheck_model::catalogue::Kind;
use reachcheck_model::lang::Lang;
use reachcheck_model::plan::Plan;
use reachcheck_texts::{self as text, Ui};
use yew::prelude::{Html, html};

use crate::setup::Setup;

/// A folded list.
pub fn addresses(lang: Lang, setup: &Setup, plan: &Plan) -> Html {
    let ui = |key| text::ui(lang, key);
    let endpoints = plan.regions.iter().flat_map(|region| {
        Kind::ALL.map(|kind| {
            let address = region.host_port(kind).to_string();
            let of = [&region.name, ", ", text::check(lang, kind.into())].concat();
            item(address, of)
        })
    });
    let relays = plan.relays.iter();
    let relays = relays.map(|it| item(it.base.clone(), ui(Ui::ReportRelay).to_owned()));
    let controls = plan.controls.iter();
    let controls = controls.map(|it| item(it.clone(), String::new()));
    let catalogue = &setup.config.catalogue;
    let source = match catalogue.has_embedded_source() {
        true => ui(Ui::SourceEmbedded).to_owned(),
        false => catalogue.source.clone(),
    };
    html! {
        <details class="addresses">
            <summary>{ ui(Ui::TestedAddresses) }</summary>
            <p>{ ui(Ui::PrivacyNote) }</p>
            <ul>{ for endpoints.chain(relays).chain(controls) }</ul>
            <p>{ source }</p>
        </details>
    }
}

fn item(address: String, of: String) -> Html {
    let of = match of.is_empty() {
        true => of,
        false => [" – ", &of].concat(),
    };
    html! { <li><code>{ address }</code>{ of }</li> }
}
