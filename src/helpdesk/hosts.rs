//! Hosts of a report, each marked that this page's list does not have.

use reachcheck_model::catalogue::Catalogue;
use reachcheck_model::lang::Lang;
use reachcheck_model::plan::Plan;
use reachcheck_texts::{self as text, HelpdeskUi, Ui};
use yew::prelude::{Html, html};

use crate::components::words::said;

/// A list, folded where all of them are known.
pub fn hosts(lang: Lang, plan: &Plan, catalogue: &Catalogue) -> Html {
    let is_listed = |target| catalogue.lists(target);
    let items = plan.endpoints().map(|endpoint| {
        let region = plan.region(endpoint);
        let target = region.host_port(endpoint.kind);
        html! {
            <li data-listed={is_listed(target).to_string()}>
                <code ~textContent={target.to_string()} />
                { said(format!(" – {}, {}", region.name, text::check(lang, endpoint.kind.into()))) }
                if !is_listed(target) {
                    { said(" – ") }
                    <strong ~textContent={text::helpdesk_ui(lang, HelpdeskUi::NotListed)} />
                }
            </li>
        }
    });
    let mut targets = plan
        .endpoints()
        .map(|endpoint| plan.region(endpoint).host_port(endpoint.kind));
    html! {
        <details class="addresses" open={!targets.all(is_listed)}>
            <summary ~textContent={text::ui(lang, Ui::TestedAddresses)} />
            <ul>{ for items }</ul>
        </details>
    }
}
