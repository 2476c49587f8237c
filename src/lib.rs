//! Reachcheck's page: it measures, and shows what the pure crates make of the measurements.
//!
//! Only [`browser`] names web-sys; asynchronous work begins as a [`tasks::Task`], whose owner ends it by dropping it.
//! ARCHITECTURE.md says who may begin any, and `xtask/src/tidy.rs` holds both. No component decides wording or severity:
//! that is theirs.

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
use yew::BaseComponent;

/// Starts the check in the page's `#check`.
pub fn mount_check() {
    let waiting = r#"<main class="page" data-run="idle" aria-busy="true"></main>"#;
    mount::<page::Page>(page::ROOT, waiting, Translations::CHECK, |setup| {
        page::PageProps { setup }
    });
}

/// Starts the helpdesk's views in the page's `#desk`.
pub fn mount_desk() {
    let waiting = r#"<main class="page" aria-busy="true"></main>"#;
    mount::<desk::Views>(desk::ROOT, waiting, Translations::DESK, |setup| {
        desk::ViewsProps { setup }
    });
}

/// Mounts a program once settings and words are there; until then its element holds what is `waiting`.
fn mount<Root: BaseComponent>(
    root: &str,
    waiting: &str,
    words: Translations,
    props: impl FnOnce(Rc<Setup>) -> Root::Properties + 'static,
) {
    let Some(root) = browser::document::element(root) else {
        return;
    };
    root.set_inner_html(waiting);
    wasm_bindgen_futures::spawn_local(async move {
        let props = props(Rc::new(Setup::read(words).await));
        yew::Renderer::<Root>::with_root_and_props(root, props).render();
    });
}
