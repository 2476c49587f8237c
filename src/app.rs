//! Reads the setup once, then shows the page.

use std::rc::Rc;

use yew::prelude::{Html, component, html, use_effect_with, use_state};

use crate::browser::hooks;
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
        Some(setup) => html! { <Page setup={setup.clone()} /> },
        None => html! {
            <main class="page" data-run="idle" aria-busy="true"></main>
        },
    }
}
