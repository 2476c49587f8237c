//! A small internet for tests: the agent's computer, the site's gateway, and outside it the endpoints,
//! the page's host, the relay and a control host, each in its place, with a real path delay between
//! gateway and outside.
//!
//! ```text
//!  agent ── veth ── gateway ── path (TUN, delayed in user space) ── outside ── veth ── relay
//!  10.0.0.2         10.0.0.1                                        203.0.113.0/26     203.0.113.66
//! ```
//!
//! Regions and the relay may have links of their own beyond it, and destinations a detour ([`distance`]); any world can
//! be put under conditions ([`under`]).
//!
//! Everything lives in namespaces of our own and vanishes with them. The test program itself stands in
//! the agent's namespace, so browsers and drivers run there as plain children.

pub mod addresses;
pub mod authority;
pub mod browser;
pub mod case;
pub mod computer;
pub mod cover;
pub mod distance;
pub mod engine;
pub mod fault;
pub mod ipv6;
pub mod judge;
pub mod matrix;
pub mod middlebox;
pub mod names;
pub mod namespaces;
pub mod path;
pub mod places;
pub mod proxy;
pub mod quiet;
pub mod recordings;
pub mod reverse_proxy;
pub mod servers;
pub mod shown;
pub mod shows;
pub mod squid;
pub mod under;
pub mod usage;
mod wait;
pub mod world;
pub mod worlds;

/// Runs what this program was started again for: a helper in another namespace. Returns if it was not.
///
/// # Errors
/// Whatever ended the helper.
pub fn run_as_helper() -> anyhow::Result<bool> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some(computer::late::HELPER) => computer::late::run(&arguments[1..])?,
        Some(path::HELPER) => path::run(&arguments[1..])?,
        Some(servers::HELPER) => servers::run(&arguments[1..])?,
        Some(middlebox::HELPER) => middlebox::run(&arguments[1..])?,
        Some(names::HELPER) => names::run(&arguments[1..])?,
        Some(reverse_proxy::HELPER) => reverse_proxy::run(&arguments[1..])?,
        _ => return Ok(false),
    }
    Ok(true)
}
