//! Environment of the page: browser, operating system, and the parts of its address.

use reachcheck_model::address::is_loopback;
use reachcheck_model::environment::{BrowserFamily, Environment, browser_name};
use reachcheck_model::operating_system::OperatingSystem;
use wasm_bindgen::{JsCast as _, JsValue};

/// Reads it.
pub fn read() -> Environment {
    let window = super::window();
    let agent = window.navigator().user_agent().unwrap_or_default();
    let location = window.location();
    let system = OperatingSystem::detect(platform_hint().as_deref(), &agent, touch_points());
    Environment {
        family: BrowserFamily::from_user_agent(&agent),
        browser: browser_name(&agent, system),
        language: window.navigator().language().unwrap_or_default(),
        origin: location.origin().unwrap_or_default(),
        origin_is_loopback: location.hostname().is_ok_and(|host| is_loopback(&host)),
        replaced: replaced(),
        system,
        clock_grain_ms: super::clock::grain_ms(),
        in_frame: is_in_frame(),
    }
}

/// Whether another page has this one in a frame (HTML, section 7.2.2.3: `window.top`).
fn is_in_frame() -> bool {
    let window = super::window();
    matches!(window.top(), Ok(Some(top)) if top != window)
}

/// `navigator.userAgentData.platform`, which Chromium alone has (User-Agent Client Hints, section 4.1).
fn platform_hint() -> Option<String> {
    let of = |object: &JsValue, name: &str| js_sys::Reflect::get(object, &name.into()).ok();
    let data = of(&super::window().navigator(), "userAgentData").filter(JsValue::is_object)?;
    of(&data, "platform")?.as_string()
}

/// `navigator.maxTouchPoints`: no Mac has any, and iPads say they are Macs.
fn touch_points() -> u32 {
    u32::try_from(super::window().navigator().max_touch_points()).unwrap_or(0)
}

/// What the page measures with, where it is not the browser's own: extensions put theirs in its place, and a
/// function of theirs does not say that its code is native (ECMA-262, section 20.2.3.5).
fn replaced() -> Vec<String> {
    ["fetch", "WebSocket", "RTCPeerConnection"]
        .into_iter()
        .filter(|name| {
            let own = js_sys::Reflect::get(&js_sys::global(), &(*name).into());
            let own = own.ok().and_then(|own| own.dyn_into().ok());
            // Not every browser has WebRTC: what is missing has not been replaced.
            own.is_some_and(|own: js_sys::Function| {
                !String::from(own.to_string()).contains("[native code]")
            })
        })
        .map(str::to_owned)
        .collect()
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

/// The folder of the page's address, from slash to slash: what tells this deployment from others of its origin.
pub fn folder() -> String {
    let url = web_sys::Url::new_with_base("./", &page_url());
    url.map_or_else(|_| "/".to_owned(), |url| url.pathname())
}

/// The host of an address.
pub fn hostname(url: &str) -> Option<String> {
    Some(web_sys::Url::new(url).ok()?.hostname())
}

/// The same address on another port.
pub fn on_port(url: &str, port: u16) -> Option<String> {
    let url = web_sys::Url::new(url).ok()?;
    url.set_port(&port.to_string());
    Some(url.href())
}

/// An address relative to the page, made absolute, and whether it is on this computer.
pub fn resolve(relative: &str) -> Option<(String, bool)> {
    let url = web_sys::Url::new_with_base(relative, &page_url()).ok()?;
    Some((url.href(), is_loopback(&url.hostname())))
}
