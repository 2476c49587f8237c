//! Events of window and tab for a page that stays open for long: online and offline, visibility, storage of another
//! tab.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;

use super::storage;

/// Whether the tab is hidden.
pub fn is_hidden() -> bool {
    super::window()
        .document()
        .is_some_and(|document| document.hidden())
}

/// A listener of the window, the document, or whatever else tells of events; dropping it ends it.
pub struct Listener {
    target: web_sys::EventTarget,
    name: &'static str,
    closure: Closure<dyn FnMut(web_sys::Event)>,
}

impl Listener {
    /// Listens from now on.
    pub(super) fn new(
        target: web_sys::EventTarget,
        name: &'static str,
        call: impl FnMut(web_sys::Event) + 'static,
    ) -> Self {
        let closure = Closure::new(call);
        let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
        Self {
            target,
            name,
            closure,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let closure = self.closure.as_ref().unchecked_ref();
        let _ = self
            .target
            .remove_event_listener_with_callback(self.name, closure);
    }
}

/// Calls back when the browser says that there is no network.
pub fn on_offline(mut call: impl FnMut() + 'static) -> Listener {
    Listener::new(super::window().into(), "offline", move |_| call())
}

/// … that there is one again.
pub fn on_online(mut call: impl FnMut() + 'static) -> Listener {
    Listener::new(super::window().into(), "online", move |_| call())
}

/// Calls back when the tab is hidden or shown.
pub fn on_visibility(mut call: impl FnMut() + 'static) -> Option<Listener> {
    let document = super::window().document()?;
    Some(Listener::new(
        document.into(),
        "visibilitychange",
        move |_| call(),
    ))
}

/// Calls back after another tab has kept something under a name. What it was may have been replaced meanwhile.
pub fn on_kept(name: &str, mut call: impl FnMut() + 'static) -> Listener {
    let name = storage::full_name(name);
    Listener::new(super::window().into(), "storage", move |event| {
        if let Some(event) = event.dyn_ref::<web_sys::StorageEvent>()
            && event.key().as_deref() == Some(name.as_str())
        {
            call();
        }
    })
}
