//! Local and session storage of the browser: texts under names. Where it keeps nothing (a private window, a policy),
//! nothing is kept, and it says so.

/// What a watch leaves for the report of the next check.
pub const WATCHED: &str = "reachcheck.watched";

/// What a run leaves for the next one of this tab.
pub const FIRST_SOCKETS: &str = "reachcheck.first-sockets";

/// Kept until it is taken away, for all tabs of this page.
fn local() -> Option<web_sys::Storage> {
    super::window().local_storage().ok()?
}

/// Kept for this tab only, over a reload.
fn session() -> Option<web_sys::Storage> {
    super::window().session_storage().ok()?
}

/// What is kept under a name.
pub fn read(name: &str) -> Option<String> {
    local()?.get_item(name).ok()?
}

/// Keeps a text. False where the browser does not.
pub fn keep(name: &str, text: &str) -> bool {
    local().is_some_and(|storage| storage.set_item(name, text).is_ok())
}

/// Forgets what is kept under a name.
pub fn forget(name: &str) {
    if let Some(storage) = local() {
        let _ = storage.remove_item(name);
    }
}

/// What is kept under a name for this tab.
pub fn read_of_tab(name: &str) -> Option<String> {
    session()?.get_item(name).ok()?
}

/// Keeps a text for this tab, where the browser does.
pub fn keep_of_tab(name: &str, text: &str) {
    if let Some(storage) = session() {
        let _ = storage.set_item(name, text);
    }
}

/// A name for this tab that it keeps over a reload, and no other tab has.
pub fn tab() -> String {
    const NAME: &str = "reachcheck.tab";
    read_of_tab(NAME).unwrap_or_else(|| {
        let token = super::random::token();
        keep_of_tab(NAME, &token);
        token
    })
}
