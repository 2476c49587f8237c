//! Clipboard, and a selection to copy by hand where the browser refuses.

use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Puts text on the clipboard. False where the browser has no clipboard for us or refuses.
pub async fn write(text: &str) -> bool {
    let navigator = super::window().navigator();
    // Absent outside secure contexts, whatever the type says.
    let clipboard = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard"))
        .ok()
        .filter(|clipboard| !clipboard.is_undefined() && !clipboard.is_null());
    let Some(clipboard) = clipboard else {
        return false;
    };
    let clipboard: web_sys::Clipboard = clipboard.unchecked_into();
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// Selects the whole content of an element, so that Ctrl+C copies it.
pub fn select(id: &str) {
    let window = super::window();
    let Some(document) = window.document() else {
        return;
    };
    let (Some(element), Ok(Some(selection)), Ok(range)) = (
        document.get_element_by_id(id),
        window.get_selection(),
        document.create_range(),
    ) else {
        return;
    };
    if range.select_node_contents(&element).is_ok() {
        let _ = selection.remove_all_ranges();
        let _ = selection.add_range(&range);
    }
}
