//! Reachcheck's page: it measures, and shows what the pure crates make of the measurements.
//!
//! Only [`browser`] names web-sys; only [`probes`] and [`run`] start asynchronous work, and every start
//! has an owner whose drop ends it. No component decides wording or severity: that is theirs.

mod browser;
mod components;
mod desk;
mod frame;
mod helpdesk;
mod page;
mod probes;
mod run;
mod setup;
mod tasks;
mod translations;
#[cfg(all(test, target_arch = "wasm32"))]
mod wasm_tests;
mod watch;

use std::rc::Rc;

use setup::Setup;
use translations::Translations;

/// Starts the check in the page's `#check`.
pub fn mount_check() {
    let waiting = r#"<main class="page" data-run="idle" aria-busy="true"></main>"#;
    mount(page::ROOT, waiting, Translations::CHECK, |root, setup| {
        let props = page::PageProps { setup };
        yew::Renderer::<page::Page>::with_root_and_props(root, props).render();
    });
}

/// Starts the helpdesk's views in the page's `#desk`.
pub fn mount_desk() {
    let waiting = r#"<main class="page" aria-busy="true"></main>"#;
    mount(desk::ROOT, waiting, Translations::DESK, |root, setup| {
        let props = desk::ViewsProps { setup };
        yew::Renderer::<desk::Views>::with_root_and_props(root, props).render();
    });
}

/// Mounts a program once settings and words are there; until then its element holds what is `waiting`.
fn mount(
    root: &str,
    waiting: &str,
    words: Translations,
    render: impl FnOnce(web_sys::Element, Rc<Setup>) + 'static,
) {
    let Some(root) = browser::document::element(root) else {
        return;
    };
    root.set_inner_html(waiting);
    wasm_bindgen_futures::spawn_local(async move {
        render(root, Rc::new(Setup::read(words).await));
    });
}
