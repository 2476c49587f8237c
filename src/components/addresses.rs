//! Which addresses are tested: for the curious, and for IT when the page itself is all they have.

use reachcheck_core::catalogue::Kind;
use reachcheck_core::plan::Plan;
use reachcheck_core::text::{self, Lang, Ui};
use yew::prelude::{Html, html};

use crate::setup::Setup;

/// A folded list.
pub fn addresses(lang: Lang, setup: &Setup, plan: &Plan) -> Html {
    let ui = |key| text::ui(lang, key);
    html! {
        <details class="addresses">
            <summary>{ ui(Ui::TestedAddresses) }</summary>
            <p>{ ui(Ui::PrivacyNote) }</p>
            <ul>
                { for plan.regions.iter().flat_map(|region| {
                    Kind::ALL.map(|kind| html! {
                        <li>
                            <code>{ region.host_port(kind).to_string() }</code>
                            { " – " }
                            { &region.name }
                            { ", " }
                            { text::check(lang, kind.into()) }
                        </li>
                    })
                }) }
                { for plan.relays.iter().map(|relay| html! {
                    <li><code>{ &relay.base }</code>{ " – " }{ ui(Ui::ReportRelay) }</li>
                }) }
                { for plan.controls.iter().map(|control| html! {
                    <li><code>{ control }</code></li>
                }) }
            </ul>
            <p class="addresses__source">
                if setup.config.catalogue.has_embedded_source() {
                    { ui(Ui::SourceEmbedded) }
                } else {
                    { &setup.config.catalogue.source }
                }
            </p>
        </details>
    }
}
