//! Files of texts that `index.html` fetches: it begins before the Wasm is there.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = window)]
    fn words(program: &str, tag: &str) -> Result<js_sys::Promise, JsValue>;
}

/// What a program says in a language, a file for each of its catalogues. It comes, or does not, in a few seconds.
pub async fn fetched(program: &str, tag: &str) -> Option<js_sys::Array> {
    let files = JsFuture::from(words(program, tag).ok()?).await.ok()?;
    js_sys::Array::is_array(&files).then(|| files.into())
}
