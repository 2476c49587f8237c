//! Policy of the page (Content-Security-Policy): what the document's head says of connections, and what the browser turned
//! down by a policy that came in a header.

use std::cell::RefCell;
use std::collections::BTreeSet;

use reachcheck_model::address::UrlParts;
use reachcheck_model::page_policy::ConnectSources;
use wasm_bindgen::JsCast as _;

use super::environment;
use super::window_events::Listener;

thread_local! {
    /// Host and port of all that was forbidden. Singleton: there is one document.
    static FORBIDDEN: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
    /// Scheme, host and port of what the browser itself turned down: a host may be allowed by one scheme and not by another.
    static TURNED_DOWN: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
}

/// What the document says of connections; `None` where it has no policy.
pub fn connect_sources() -> Option<ConnectSources> {
    const META: &str = "meta[http-equiv='Content-Security-Policy' i]";
    let document = super::window().document()?;
    let policy = document.query_selector(META).ok()??;
    ConnectSources::of(&policy.get_attribute("content")?, &environment::page_url())
}

/// Notes what the browser turns down, as long as this is not dropped.
pub fn on_turned_down() -> Option<Listener> {
    let document = super::window().document()?;
    let name = "securitypolicyviolation";
    Some(Listener::new(document.into(), name, |event| {
        use web_sys::SecurityPolicyViolationEventDisposition::Enforce;

        let event: web_sys::SecurityPolicyViolationEvent = event.unchecked_into();
        if event.disposition() == Enforce
            && event.effective_directive() == "connect-src"
            && let Some(parts) = UrlParts::of(&event.blocked_uri())
        {
            TURNED_DOWN.with_borrow_mut(|it| it.insert(origin(parts)));
            note([parts.host, ":", &parts.port.to_string()].concat());
        }
    }))
}

/// Notes that a host and port is forbidden.
pub fn note(place: String) {
    // Requests that are made to fail, by which the browser's own delay is told, may well be forbidden.
    if !place.contains(".invalid:") {
        FORBIDDEN.with_borrow_mut(|it| it.insert(place));
    }
}

/// Whether the browser has turned something down at this address's scheme, host and port.
pub fn was_turned_down(url: &str) -> bool {
    let origin = UrlParts::of(url).map(origin);
    origin.is_some_and(|origin| TURNED_DOWN.with_borrow(|it| it.contains(&origin)))
}

/// Host and port of all that was forbidden.
pub fn forbidden() -> Vec<String> {
    FORBIDDEN.with_borrow(|it| it.iter().cloned().collect())
}

fn origin(parts: UrlParts<'_>) -> String {
    let port = parts.port.to_string();
    [parts.scheme, "://", parts.host, ":", &port].concat()
}
