//! List of the tested addresses: for the curious, and for IT when the page itself is all they have.

use reachcheck_model::catalogue::Kind;
use reachcheck_model::lang::Lang;
use reachcheck_model::plan::Plan;
use reachcheck_texts::{self as text, Ui};

use super::element::{Element, el};
use crate::setup::Setup;

/// A folded list.
pub fn addresses(lang: Lang, setup: &Setup, plan: &Plan) -> Element {
    let ui = |key| text::ui(lang, key);
    let mut list = el("ul");
    for region in &plan.regions {
        for kind in Kind::ALL {
            let address = item(region.host_port(kind).to_string());
            list = list.holds(
                address
                    .text(" – ")
                    .text(region.name.clone())
                    .text(", ")
                    .text(text::check(lang, kind.into())),
            );
        }
    }
    for relay in &plan.relays {
        let address = item(relay.base.clone());
        list = list.holds(address.text(" – ").text(ui(Ui::ReportRelay)));
    }
    for control in &plan.controls {
        list = list.holds(item(control.clone()));
    }
    let catalogue = &setup.config.catalogue;
    let source = el("p.addresses__source");
    let source = if catalogue.has_embedded_source() {
        source.text(ui(Ui::SourceEmbedded))
    } else {
        source.text(catalogue.source.clone())
    };
    el("details.addresses")
        .holds(el("summary").text(ui(Ui::TestedAddresses)))
        .holds(el("p").text(ui(Ui::PrivacyNote)))
        .holds(list)
        .holds(source)
}

fn item(address: String) -> Element {
    el("li").holds(el("code").text(address))
}
