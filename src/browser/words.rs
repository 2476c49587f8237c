//! Words that `index.html` fetches: it begins before the Wasm is there.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = window)]
    fn words(catalogue: &str, tag: &str) -> Result<js_sys::Promise, JsValue>;
}

/// Asks for the file of a catalogue in a language. It is under way from here on, and comes, or does not, in a few
/// seconds.
pub fn ask(catalogue: &str, tag: &str) -> impl Future<Output = Option<String>> + use<> {
    let asked = words(catalogue, tag);
    async move { JsFuture::from(asked.ok()?).await.ok()?.as_string() }
}
