//! Which addresses are tested: for the curious, and for IT when the page itself is all they have.

use reachcheck_core::catalogue::Kind;
use reachcheck_core::plan::Plan;
use reachcheck_core::text::{self, Lang, Ui};
use yew::prelude::{Html, html};

use super::tag::tag;
use crate::setup::Setup;

/// A folded list.
pub fn addresses(lang: Lang, setup: &Setup, plan: &Plan) -> Html {
    let ui = |key| text::ui(lang, key);
    html! {
        <details class="addresses">
            { tag("summary", "", ui(Ui::TestedAddresses)) }
            { tag("p", "", ui(Ui::PrivacyNote)) }
            <ul>
                { for plan.regions.iter().flat_map(|region| {
                    Kind::ALL.map(|kind| html! {
                        <li>
                            { tag("code", "", region.host_port(kind).to_string()) }
                            { " – " }
                            { &region.name }
                            { ", " }
                            { text::check(lang, kind.into()) }
                        </li>
                    })
                }) }
                { for plan.relays.iter().map(|relay| html! {
                    <li>{ tag("code", "", relay.base.clone()) }{ " – " }{ ui(Ui::ReportRelay) }</li>
                }) }
                { for plan.controls.iter().map(|control| html! {
                    <li>{ tag("code", "", control.clone()) }</li>
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
