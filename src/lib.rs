//! Reachcheck's page: it measures, and shows what the core makes of the measurements.
//!
//! Only [`browser`] names web-sys; only [`probes`] and [`run`] start asynchronous work, and every start
//! has an owner whose drop ends it. No component decides wording or severity: that is the core's.

mod browser;
mod check;
mod components;
mod desk;
mod frame;
mod helpdesk;
mod page;
mod probes;
mod run;
mod setup;
#[cfg(all(test, target_arch = "wasm32"))]
mod wasm_tests;
mod watch;

/// Starts the check in the page's `#check`.
pub fn mount_check() {
    mount::<check::Check>(check::ROOT);
}

/// Starts the helpdesk's views in the page's `#desk`.
pub fn mount_desk() {
    mount::<desk::Desk>(desk::ROOT);
}

fn mount<COMP: yew::BaseComponent<Properties = ()> + 'static>(root: &str) {
    if let Some(root) = browser::hooks::element(root) {
        yew::Renderer::<COMP>::with_root(root).render();
    }
}
