//! What the page fetches before the Wasm is there (`src/boot/early.mjs`): the files of texts.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = window)]
    fn words(program: &str, tag: &str) -> Result<js_sys::Promise, JsValue>;
}

/// What a program says in a language, a file for each of its catalogues. It comes, or does not, in a few seconds.
pub async fn texts(program: &str, tag: &str) -> Option<Vec<String>> {
    let files = JsFuture::from(words(program, tag).ok()?).await.ok()?;
    if !js_sys::Array::is_array(&files) {
        return None;
    }
    let files = js_sys::Array::from(&files);
    Some(
        files
            .iter()
            .map(|file| file.as_string().unwrap_or_default())
            .collect(),
    )
}
