//! Where the page runs, and what its address says.

use reachcheck_core::address::is_loopback;
use reachcheck_core::environment::{Environment, Family, browser_name};

/// Reads it.
pub fn read() -> Environment {
    let window = super::window();
    let agent = window.navigator().user_agent().unwrap_or_default();
    let location = window.location();
    Environment {
        family: Family::from_user_agent(&agent),
        browser: browser_name(&agent),
        language: window.navigator().language().unwrap_or_default(),
        origin: location.origin().unwrap_or_default(),
        origin_is_loopback: location.hostname().is_ok_and(|host| is_loopback(&host)),
    }
}

/// The query of the page's address, with its question mark.
pub fn search() -> String {
    super::window().location().search().unwrap_or_default()
}

/// The fragment of the page's address, with its `#`; empty without one.
pub fn fragment() -> String {
    super::window().location().hash().unwrap_or_default()
}

/// The page's address without query and fragment.
pub fn page_url() -> String {
    let location = super::window().location();
    format!(
        "{}{}",
        location.origin().unwrap_or_default(),
        location.pathname().unwrap_or_default()
    )
}

/// An address relative to the page, made absolute, and whether it is on this computer.
pub fn resolve(relative: &str) -> Option<(String, bool)> {
    let url = web_sys::Url::new_with_base(relative, &page_url()).ok()?;
    Some((url.href(), is_loopback(&url.hostname())))
}
