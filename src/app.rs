//! Reads the setup once, then shows the check, or the helpdesk's view, as the address's fragment says.

use std::rc::Rc;

use reachcheck_core::text::{self, Lang, Ui};
use yew::prelude::{Callback, Html, component, html, use_effect_with, use_state};

use crate::browser::{environment, hooks};
use crate::components::locale_picker::LocalePicker;
use crate::helpdesk::Helpdesk;
use crate::page::Page;
use crate::setup::Setup;

/// The root component.
#[component(App)]
pub fn app() -> Html {
    let setup = use_state(|| None::<Rc<Setup>>);
    {
        let setup = setup.clone();
        use_effect_with((), move |()| {
            hooks::set_root_attribute("data-app", "ready");
            wasm_bindgen_futures::spawn_local(async move {
                setup.set(Some(Rc::new(Setup::read().await)));
            });
        });
    }
    match &*setup {
        Some(setup) => html! { <Views setup={setup.clone()} /> },
        None => html! {
            <main class="page" data-run="idle" aria-busy="true"></main>
        },
    }
}

/// What both views are given.
#[derive(PartialEq, yew::Properties)]
struct ViewsProps {
    setup: Rc<Setup>,
}

/// Both views under one heading. Whoever opens the helpdesk's starts no probe; whoever comes to it from a check
/// finds the check as it was on return.
#[component(Views)]
fn views(ViewsProps { setup }: &ViewsProps) -> Html {
    let lang = use_state(|| setup.language());
    let fragment = use_state(environment::fragment);
    {
        let fragment = fragment.clone();
        use_effect_with((), move |()| {
            hooks::on_fragment_change(move || fragment.set(environment::fragment()));
        });
    }
    let is_helpdesk = ["#read", "#link"]
        .iter()
        .any(|view| fragment.starts_with(view));
    let was_checked = use_state(|| !is_helpdesk);
    {
        let was_checked = was_checked.clone();
        use_effect_with(is_helpdesk, move |is_helpdesk| {
            if !is_helpdesk {
                was_checked.set(true);
            }
        });
    }
    let provider = setup.config.catalogue.provider.clone();
    let name = setup.config.branding.name.clone();
    let name = name.unwrap_or_else(|| text::ui(*lang, Ui::Title).to_owned());
    let title = match is_helpdesk {
        true => text::ui(*lang, Ui::ReadReport).to_owned(),
        false => name.clone(),
    };
    use_effect_with(
        (*lang, title, provider.clone()),
        |(lang, title, provider)| {
            hooks::set_root_attribute("lang", lang.tag());
            hooks::set_root_attribute("dir", lang.direction());
            hooks::set_title(&format!("{title} – {provider}"));
        },
    );
    {
        let branding = setup.config.branding.clone();
        use_effect_with((), move |()| {
            for (name, colour) in [
                ("--brand-light", branding.accent),
                ("--brand-dark", branding.accent_dark),
            ] {
                if let Some(colour) = colour {
                    hooks::set_root_style(name, &colour.to_string());
                }
            }
        });
    }
    let choose = {
        let lang = lang.clone();
        Callback::from(move |chosen: Lang| lang.set(chosen))
    };
    html! {
        <>
            <header class="masthead">
                <p class="masthead__name">
                    if let Some(logo) = &setup.config.branding.logo {
                        <img class="masthead__logo" src={logo.clone()} alt="" />
                    }
                    <strong>{ name }</strong>
                    <span>{ provider }</span>
                </p>
                <LocalePicker lang={*lang} {choose} />
            </header>
            if !is_helpdesk || *was_checked {
                <div hidden={is_helpdesk}>
                    <Page lang={*lang} setup={setup.clone()} />
                </div>
            }
            if is_helpdesk {
                <Helpdesk lang={*lang} setup={setup.clone()} fragment={(*fragment).clone()} />
            }
        </>
    }
}
