//! Loading an image, of which a page learns only whether it is one. Dropping it ends it.

use futures::StreamExt as _;
use futures::channel::mpsc;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;

/// An image under way, and who is told how it ends.
struct Loading {
    image: web_sys::HtmlImageElement,
    _told: [Closure<dyn FnMut()>; 2],
}

impl Drop for Loading {
    fn drop(&mut self) {
        self.image.set_onload(None);
        self.image.set_onerror(None);
        self.image.set_src("");
    }
}

/// Whether the address gives an image; `None` where the browser has no images.
pub async fn load(url: &str) -> Option<bool> {
    let image = web_sys::HtmlImageElement::new().ok()?;
    image.set_referrer_policy("no-referrer");
    let (tell, mut ended) = mpsc::unbounded();
    let told = [true, false].map(|is_image| {
        let tell = tell.clone();
        Closure::<dyn FnMut()>::new(move || {
            // There is nobody to be told once the deadline has passed.
            let _ = tell.unbounded_send(is_image);
        })
    });
    let [loaded, failed] = &told;
    image.set_onload(Some(loaded.as_ref().unchecked_ref()));
    image.set_onerror(Some(failed.as_ref().unchecked_ref()));
    image.set_src(url);
    let _loading = Loading { image, _told: told };
    ended.next().await
}
