//! Web Locks: names that one page of an origin holds at a time (W3C Web Locks API). Only secure contexts have them.

use futures::channel::oneshot;
use futures::future::{Either, select};
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::clock;
use super::fetch::AbortOnDrop;

#[wasm_bindgen]
extern "C" {
    /// `navigator.locks`, which web-sys counts as unstable.
    type LockManager;

    #[wasm_bindgen(method)]
    fn request(this: &LockManager, name: &str, options: &Object, granted: &JsValue) -> Promise;
}

/// Lock of a name. Dropping this releases it, and so does the page's end.
pub struct Lock {
    release: Option<Function>,
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(release) = &self.release {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// What came of a request for a lock.
pub enum LockOutcome {
    /// It is held.
    Granted(Lock),
    /// Somebody else held it all the time.
    Taken,
    /// This browser has no locks here.
    Unavailable,
}

/// Requests the lock of a name, and waits so many milliseconds for it.
pub async fn request(name: &str, patience_ms: f64) -> LockOutcome {
    let Some(locks) = manager() else {
        return LockOutcome::Unavailable;
    };
    let (tell, told) = oneshot::channel();
    let granted = Closure::once_into_js(move |_: JsValue| {
        let mut release = None;
        let held = Promise::new(&mut |resolve, _| release = Some(resolve));
        // Where nobody waits any more, what is sent is dropped at once.
        let _ = tell.send(Lock { release });
        held
    });
    let abort = AbortOnDrop::new();
    let options = Object::new();
    if let Some(signal) = abort.as_ref().and_then(AbortOnDrop::signal) {
        let _ = Reflect::set(&options, &"signal".into(), &signal);
    }
    // Awaited as well, for it may be refused; held, it ends with the lock.
    let ended = JsFuture::from(locks.request(name, &options, &granted));
    let decided = async {
        match select(told, ended).await {
            Either::Left((Ok(lock), _)) => LockOutcome::Granted(lock),
            Either::Left((Err(_), _)) | Either::Right(_) => LockOutcome::Unavailable,
        }
    };
    let decided = clock::timeout(decided, patience_ms).await;
    decided.unwrap_or(LockOutcome::Taken)
}

fn manager() -> Option<LockManager> {
    let locks = Reflect::get(&super::window().navigator(), &"locks".into()).ok()?;
    locks.is_object().then(|| locks.unchecked_into())
}
