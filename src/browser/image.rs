//! Loading an image, of which a page learns only whether it is one.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;

use super::bell::Bell;

/// Whether the address gives an image; `None` if it gives nothing until the deadline.
pub async fn load(url: &str, deadline_ms: u32) -> Option<bool> {
    let image = web_sys::HtmlImageElement::new().ok()?;
    image.set_referrer_policy("no-referrer");
    let ended = Rc::new((Bell::default(), Cell::new(false)));
    let tell = |is_image: bool| {
        let ended = ended.clone();
        Closure::<dyn FnMut()>::new(move || {
            ended.1.set(is_image);
            ended.0.ring();
        })
    };
    let (loaded, failed) = (tell(true), tell(false));
    image.set_onload(Some(loaded.as_ref().unchecked_ref()));
    image.set_onerror(Some(failed.as_ref().unchecked_ref()));
    image.set_src(url);
    let has_ended = ended.0.rings_within(deadline_ms.into()).await;
    image.set_onload(None);
    image.set_onerror(None);
    image.set_src("");
    has_ended.then(|| ended.1.get())
}
