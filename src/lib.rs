//! Reachcheck's page: it measures, and shows what the core makes of the measurements.
//!
//! Only [`browser`] names web-sys; only [`probes`] and [`run`] start asynchronous work, and every start
//! has an owner whose drop ends it. No component decides wording or severity: that is the core's.

mod app;
mod browser;
mod components;
mod helpdesk;
mod page;
mod probes;
mod run;
mod setup;
#[cfg(all(test, target_arch = "wasm32"))]
mod wasm_tests;
mod watch;

/// Starts the page in `document.body`.
pub fn mount() {
    yew::Renderer::<app::App>::new().render();
}
