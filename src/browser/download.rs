//! Download of a text as a file, without a server.

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast as _;

/// Offers text as a download. False where the browser cannot.
pub fn save(name: &str, text: &str) -> bool {
    try_save(name, text).is_some()
}

fn try_save(name: &str, text: &str) -> Option<()> {
    let parts = js_sys::Array::of1(&text.into());
    let options = web_sys::BlobPropertyBag::new();
    options.set_type("text/plain;charset=utf-8");
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let url = web_sys::Url::create_object_url_with_blob(&blob).ok()?;
    let anchor = super::window()
        .document()?
        .create_element("a")
        .ok()?
        .dyn_into::<web_sys::HtmlAnchorElement>()
        .ok()?;
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    // The download has taken its own reference by then.
    let revoke = move || {
        let _ = web_sys::Url::revoke_object_url(&url);
    };
    Timeout::new(1_000, revoke).forget();
    Some(())
}
