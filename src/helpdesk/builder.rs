//! Form for the support link that the helpdesk sends to an agent, as text and as a QR code.

use std::rc::Rc;

use reachcheck_model::lang::Lang;
use reachcheck_model::link::{Link, is_ticket};
use reachcheck_texts::{self as text, HelpdeskUi, Ui};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::{
    Callback, Event, Html, InputEvent, Properties, TargetCast as _, component, html, use_state,
};

use super::qr::qr;
use crate::browser::environment;
use crate::components::act_button::{Act, ActButtonProps, act_button};
use crate::components::words::said;
use crate::setup::Setup;

/// What it is given.
#[derive(PartialEq, Properties)]
pub struct BuilderProps {
    /// The page's language.
    pub lang: Lang,
    /// Settings: the regions.
    pub setup: Rc<Setup>,
}

/// The form, and the link as it stands.
#[component(Builder)]
pub fn builder(BuilderProps { lang, setup }: &BuilderProps) -> Html {
    let lang = *lang;
    let ui = |key| text::ui(lang, key);
    let own = |key| text::helpdesk_ui(lang, key);
    let ticket = use_state(String::new);
    let agent_lang = use_state(|| None::<Lang>);
    let left_out = use_state(Vec::<String>::new);
    let regions = &setup.config.catalogue.regions;
    let is_good = is_ticket(ticket.trim());
    let wanted: Vec<String> = regions
        .iter()
        .map(|region| region.id.clone())
        .filter(|id| !left_out.contains(id))
        .collect();
    let link = Link {
        ticket: Some(ticket.trim().to_owned()).filter(|ticket| is_good && !ticket.is_empty()),
        lang: *agent_lang,
        // All of them, or none, is what a link asks for that names none.
        regions: match left_out.is_empty() || wanted.is_empty() {
            true => Vec::new(),
            false => wanted,
        },
        ..Link::default()
    };
    let url = format!("{}{}", environment::page_url(), link.query());
    let set_ticket = {
        let ticket = ticket.clone();
        Callback::from(move |event: InputEvent| {
            ticket.set(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    let set_lang = {
        let agent_lang = agent_lang.clone();
        Callback::from(move |event: Event| {
            let select: HtmlSelectElement = event.target_unchecked_into();
            agent_lang.set(Lang::from_tag(&select.value()));
        })
    };
    let toggle = |id: &str| {
        let (id, left_out) = (id.to_owned(), left_out.clone());
        Callback::from(move |_: Event| {
            let mut ids = (*left_out).clone();
            match ids.iter().position(|other| *other == id) {
                Some(at) => drop(ids.remove(at)),
                None => ids.push(id.clone()),
            }
            left_out.set(ids);
        })
    };
    html! {
        <section class="panel builder" aria-label={ui(Ui::BuildTitle)}>
            <h2 ~textContent={ui(Ui::BuildTitle)} />
            <p ~textContent={own(HelpdeskUi::BuildHint)} />
            <div class="builder__form">
                <label>
                    { said(ui(Ui::Ticket)) }
                    <input
                        id="build-ticket"
                        type="text"
                        autocomplete="off"
                        value={(*ticket).clone()}
                        aria-invalid={(!is_good).to_string()}
                        oninput={set_ticket}
                    />
                </label>
                if !is_good {
                    <p class="copy-status--refused" role="alert" ~textContent={own(HelpdeskUi::BuildBadTicket)} />
                }
                <label>
                    { said(ui(Ui::Language)) }
                    <select id="build-language" onchange={set_lang}>
                        <option value="" selected={agent_lang.is_none()} ~textContent={own(HelpdeskUi::BuildAnyLanguage)} />
                        { for Lang::ALL.into_iter().map(|choice| html! {
                            <option
                                value={choice.tag()}
                                lang={choice.tag()}
                                selected={*agent_lang == Some(choice)}
                                ~textContent={choice.name()}
                            />
                        }) }
                    </select>
                </label>
                <fieldset>
                    <legend ~textContent={own(HelpdeskUi::BuildRegions)} />
                    { for regions.iter().map(|region| html! {
                        <label>
                            <input
                                type="checkbox"
                                name="build-region"
                                value={region.id.clone()}
                                checked={!left_out.contains(&region.id)}
                                onchange={toggle(&region.id)}
                            />
                            { said(&region.name) }
                        </label>
                    }) }
                </fieldset>
            </div>
            <p>
                { said(format!("{}: ", own(HelpdeskUi::BuildLink))) }
                <a id="build-link" translate="no" href={url.clone()} ~textContent={url.clone()} />
            </p>
            <div class="report__buttons">
                { act_button(ActButtonProps {
                    id: "build-copy".into(),
                    lang,
                    is_primary: false,
                    label: ui(Ui::CopyLink),
                    act: Rc::new(Act::Copy {
                        text: url.clone().into(),
                        shown_in: "build-link".into(),
                        folded_in: None,
                    }),
                    done: ui(Ui::BuildCopied),
                    refused: ui(Ui::TextCopyFailed),
                }) }
            </div>
            { qr(&url, own(HelpdeskUi::BuildQr)) }
        </section>
    }
}
