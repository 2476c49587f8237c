//! The settings file beside the page, as `src/boot/settings.mjs` asks for it.

use reachcheck_model::config::ConfigTrouble;
use reachcheck_model::time::Moment;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::clock;

#[wasm_bindgen]
extern "C" {
    /// What came of asking for it.
    #[wasm_bindgen(extends = js_sys::Object)]
    type Asked;

    #[wasm_bindgen(method, getter)]
    fn text(this: &Asked) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn kept(this: &Asked) -> Option<f64>;
    #[wasm_bindgen(method, getter)]
    fn trouble(this: &Asked) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn seconds(this: &Asked) -> Option<f64>;

    #[wasm_bindgen(catch, js_namespace = ["window", "settings"], js_name = now)]
    fn ask_now() -> Result<js_sys::Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["window", "settings"], js_name = later)]
    fn ask_later() -> Result<js_sys::Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["window", "settings"], js_name = kept)]
    fn ask_kept() -> Result<js_sys::Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["window", "settings"], js_name = keep)]
    fn ask_keep(text: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["window", "settings"], js_name = built)]
    fn ask_built() -> Result<JsValue, JsValue>;
}

/// Text of a settings file.
pub struct SettingsText {
    /// What it says.
    pub text: String,
    /// When this browser kept it; `None` where it is the network's own answer.
    pub kept: Option<Moment>,
}

/// What is known of the file when nobody waits for it any longer.
///
/// # Errors
/// Why there is none.
pub async fn now() -> Result<SettingsText, ConfigTrouble> {
    asked(ask_now()).await
}

/// The answer that nobody waited for, or one to a new question. It may never come.
///
/// # Errors
/// Why there is none.
pub async fn later() -> Result<SettingsText, ConfigTrouble> {
    asked(ask_later()).await
}

/// The copy that this browser keeps.
pub async fn kept() -> Option<SettingsText> {
    asked(ask_kept()).await.ok()
}

/// Settings that the page was built with.
pub fn built() -> Option<String> {
    ask_built().ok()?.as_string()
}

/// Keeps a text that was read without an error, where the browser keeps anything.
pub fn keep(text: &str) {
    let _ = ask_keep(text);
}

async fn asked(promise: Result<js_sys::Promise, JsValue>) -> Result<SettingsText, ConfigTrouble> {
    let promise = promise.map_err(|_| ConfigTrouble::NoAnswer)?;
    let asked = JsFuture::from(promise).await;
    let asked = asked.ok().filter(JsValue::is_object);
    let asked: Asked = asked.ok_or(ConfigTrouble::NoAnswer)?.unchecked_into();
    let trouble = asked.trouble();
    match (asked.text(), trouble.as_deref()) {
        (Some(text), None) => Ok(SettingsText {
            text,
            kept: asked.kept().map(clock::moment_at),
        }),
        (_, Some("late")) => Err(ConfigTrouble::Late {
            // A handful of seconds.
            seconds: asked.seconds().unwrap_or_default() as u32,
        }),
        (_, Some("web-page")) => Err(ConfigTrouble::WebPage),
        (_, trouble) => {
            let status = trouble.and_then(|it| it.strip_prefix("status-")?.parse().ok());
            Err(status.map_or(ConfigTrouble::NoAnswer, ConfigTrouble::Status))
        }
    }
}
