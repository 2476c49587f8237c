//! Attributes, title, fragment and focus of the document: the stable hooks of `<html>` and `<main>` are written here.

/// The element with that id.
pub fn element(id: &str) -> Option<web_sys::Element> {
    super::window().document()?.get_element_by_id(id)
}

/// Whether the view in that root element is the one that the page's address asks for. `src/boot/initializer.js` decides
/// it, before anybody here is called.
pub fn is_shown(root: &str) -> bool {
    element(root).is_some_and(|root| !root.has_attribute("hidden"))
}

/// The language that the page is in, once one of the programs has set it: that comes with its direction.
pub fn language() -> Option<String> {
    let root = super::window().document()?.document_element()?;
    root.has_attribute("dir")
        .then(|| root.get_attribute("lang"))?
}

/// An attribute of the root element.
pub fn root_attribute(name: &str) -> Option<String> {
    let root = super::window().document()?.document_element()?;
    root.get_attribute(name)
}

/// Sets an attribute of the root element.
pub fn set_root_attribute(name: &str, value: &str) {
    let root = super::window()
        .document()
        .and_then(|document| document.document_element());
    if let Some(root) = root {
        let _ = root.set_attribute(name, value);
    }
}

/// Sets a custom property of the root element. By the object model, which no policy for inline styles forbids.
pub fn set_root_style(name: &str, value: &str) {
    let root = super::window()
        .document()
        .and_then(|document| document.document_element())
        .and_then(|root| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(root).ok());
    if let Some(root) = root {
        let _ = root.style().set_property(name, value);
    }
}

/// Sets an attribute of the check's `main`, or takes it away.
pub fn set_main_attribute(name: &str, value: Option<&str>) {
    let main = super::window()
        .document()
        .and_then(|document| document.query_selector("#check main").ok()?);
    if let Some(main) = main {
        let _ = match value {
            Some(value) => main.set_attribute(name, value),
            None => main.remove_attribute(name),
        };
    }
}

/// Calls back whenever the fragment of the page's address changes, as long as the page lives.
pub fn on_fragment_change(call: impl Fn() + 'static) {
    let closure = wasm_bindgen::closure::Closure::<dyn Fn()>::new(call);
    let listener = wasm_bindgen::JsCast::unchecked_ref(closure.as_ref());
    let _ = super::window().add_event_listener_with_callback("hashchange", listener);
    closure.forget();
}

/// Sets the window's title.
pub fn set_title(title: &str) {
    if let Some(document) = super::window().document() {
        document.set_title(title);
    }
}

/// Moves the keyboard's focus to the element with that id.
pub fn focus(id: &str) {
    let element = element(id)
        .and_then(|element| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(element).ok());
    if let Some(element) = element {
        let _ = element.focus();
    }
}

/// The id of the element that has the keyboard's focus.
pub fn focused() -> Option<String> {
    let element = super::window().document()?.active_element()?;
    Some(element.id())
}

/// Sets what the `select` element with that id shows.
pub fn set_select(id: &str, value: &str) {
    let select = element(id).and_then(|element| {
        wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlSelectElement>(element).ok()
    });
    if let Some(select) = select {
        select.set_value(value);
    }
}

/// Unfolds a `details` element.
pub fn open_details(id: &str) {
    if let Some(element) = element(id) {
        let _ = element.set_attribute("open", "");
    }
}
