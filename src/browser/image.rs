//! Loading an image, of which a page learns only whether it is one.

use futures_channel::oneshot;
use futures_util::future::{Either, select};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;

use super::clock;

/// Whether the address gives an image; `None` if it gives nothing until the deadline.
pub async fn load(url: &str, deadline_ms: u32) -> Option<bool> {
    let image = web_sys::HtmlImageElement::new().ok()?;
    image.set_referrer_policy("no-referrer");
    let (sender, ended) = oneshot::channel();
    let sender = std::rc::Rc::new(std::cell::RefCell::new(Some(sender)));
    let tell = |is_image: bool| {
        let sender = sender.clone();
        Closure::<dyn FnMut()>::new(move || {
            if let Some(sender) = sender.borrow_mut().take() {
                let _ = sender.send(is_image);
            }
        })
    };
    let (loaded, failed) = (tell(true), tell(false));
    image.set_onload(Some(loaded.as_ref().unchecked_ref()));
    image.set_onerror(Some(failed.as_ref().unchecked_ref()));
    image.set_src(url);
    let wait = std::pin::pin!(clock::sleep_ms(deadline_ms.into()));
    let outcome = match select(ended, wait).await {
        Either::Left((Ok(is_image), _)) => Some(is_image),
        Either::Left((Err(_), _)) | Either::Right(_) => None,
    };
    image.set_onload(None);
    image.set_onerror(None);
    image.set_src("");
    outcome
}
