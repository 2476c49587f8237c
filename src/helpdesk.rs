//! The helpdesk's view: reading what agents hand over, and making the link that they are sent. It starts no
//! probe and asks nobody for anything: once loaded, it works without a network.

mod builder;
mod comparison;
mod export;
mod hosts;
mod matrix;
mod overview;
mod problems;
mod qr;
mod reader;
mod shown;
mod single;
mod sources;

use std::rc::Rc;

use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, HelpdeskUi};
use yew::prelude::{Html, Properties, component, html, use_effect_with};

use crate::browser::document;
use crate::setup::Setup;
use builder::Builder;
use reader::Reader;

/// What it is given.
#[derive(PartialEq, Properties)]
pub struct HelpdeskProps {
    /// The page's language.
    pub lang: Lang,
    /// Settings.
    pub setup: Rc<Setup>,
    /// The fragment of the page's address, with its `#`.
    pub fragment: String,
}

/// Both halves.
#[component(Helpdesk)]
pub fn helpdesk(props: &HelpdeskProps) -> Html {
    use_effect_with(props.fragment.clone(), |fragment| {
        document::focus(if fragment == "#link" {
            "build-ticket"
        } else {
            "read-input"
        });
    });
    let back = text::helpdesk_ui(props.lang, HelpdeskUi::BackToCheck);
    html! {
        <>
            <main class="page" data-view="helpdesk">
                <Reader
                    lang={props.lang}
                    setup={props.setup.clone()}
                    fragment={props.fragment.clone()}
                />
                <Builder lang={props.lang} setup={props.setup.clone()} />
            </main>
            <footer class="footer">
                <p><a id="back-to-check" href="#" ~textContent={back} /></p>
                <p class="footer__version" ~textContent={concat!("Reachcheck ", env!("CARGO_PKG_VERSION"))} />
            </footer>
        </>
    }
}
