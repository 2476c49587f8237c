//! Local and session storage of the browser: texts under names that belong to this deployment. Where it keeps nothing (a
//! private window, a policy), nothing is kept, and it says so.

use web_sys::Storage;

/// What a watch leaves for the report of the next check.
pub const WATCHED: &str = "watched";

/// What a run leaves for the next one of this tab.
pub const FIRST_SOCKETS: &str = "first-sockets";

/// Kept until it is taken away, for all tabs of this page.
fn local() -> Option<Storage> {
    super::window().local_storage().ok()?
}

/// Kept for this tab only, over a reload.
fn session() -> Option<Storage> {
    super::window().session_storage().ok()?
}

/// The full form of a name. Storage and locks are the whole origin's, and it may have this page in several folders; no
/// folder's path has a space in it.
pub fn full_name(name: &str) -> String {
    format!("reachcheck {} {name}", super::environment::folder())
}

/// What is kept under a name.
pub fn read(name: &str) -> Option<String> {
    local()?.get_item(&full_name(name)).ok()?
}

/// Keeps a text. False where the browser does not.
pub fn keep(name: &str, text: &str) -> bool {
    local().is_some_and(|storage| storage.set_item(&full_name(name), text).is_ok())
}

/// Forgets what is kept under a name.
pub fn forget(name: &str) {
    if let Some(storage) = local() {
        let _ = storage.remove_item(&full_name(name));
    }
}

/// Takes over what an earlier release kept under a name, where nothing is kept under it yet; whether there was anything.
/// That release's names were the whole origin's: of several folders the first that is opened has it.
pub fn take_over(name: &str) -> bool {
    local().is_some_and(|storage| move_old(&storage, name).is_some())
}

/// Of this tab.
pub fn take_over_of_tab(name: &str) -> bool {
    session().is_some_and(|storage| move_old(&storage, name).is_some())
}

fn move_old(storage: &Storage, name: &str) -> Option<()> {
    let (old, new) = (format!("reachcheck.{name}"), full_name(name));
    let text = storage.get_item(&old).ok()??;
    if storage.get_item(&new).ok()?.is_some() {
        return None;
    }
    storage.set_item(&new, &text).ok()?;
    storage.remove_item(&old).ok()
}

/// What is kept under a name for this tab.
pub fn read_of_tab(name: &str) -> Option<String> {
    session()?.get_item(&full_name(name)).ok()?
}

/// Keeps a text for this tab, where the browser does.
pub fn keep_of_tab(name: &str, text: &str) {
    if let Some(storage) = session() {
        let _ = storage.set_item(&full_name(name), text);
    }
}
