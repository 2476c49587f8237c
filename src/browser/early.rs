//! What the page fetches before the Wasm is there (`src/boot/early.mjs`): the settings and the files of texts.

use gloo_net::http::Response;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = window)]
    fn words(program: &str, tag: &str) -> Result<js_sys::Promise, JsValue>;
}

/// The text of `config.json` beside the page; `None` if there is none.
pub async fn config() -> Option<String> {
    let promise = js_sys::Reflect::get(&js_sys::global(), &"earlyConfig".into()).ok()?;
    let promise: js_sys::Promise = promise.dyn_into().ok()?;
    let response = JsFuture::from(promise).await.ok()?;
    let response: web_sys::Response = response.dyn_into().ok()?;
    // A copy, since the other program may want it as well.
    let response = Response::from(response.clone().ok()?);
    // Some hosts answer for every missing file with a page of theirs.
    let is_page = response
        .headers()
        .get("content-type")
        .is_some_and(|kind| kind.starts_with("text/html"));
    if !response.ok() || is_page {
        return None;
    }
    response.text().await.ok()
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
