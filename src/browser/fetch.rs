//! `fetch`, timed. Dropping an attempt aborts it.

use futures_util::future::{Either, select};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::clock;

/// How an attempt ended, and after how many milliseconds.
pub enum Ended {
    /// With a response; its HTTP status, or `None` where the browser hides it (opaque).
    Responded {
        /// Milliseconds.
        ms: f64,
        /// HTTP status.
        status: Option<u16>,
    },
    /// With the one error that `fetch` has.
    Rejected {
        /// Milliseconds.
        ms: f64,
    },
    /// The deadline passed.
    TimedOut {
        /// Milliseconds.
        ms: f64,
    },
}

/// Aborts what it was given to when it is dropped, unless that has come to its end.
pub struct AbortOnDrop(Option<web_sys::AbortController>);

impl AbortOnDrop {
    /// A new one, where the browser has it.
    pub fn new() -> Option<Self> {
        web_sys::AbortController::new()
            .ok()
            .map(|controller| Self(Some(controller)))
    }

    /// What to hand to the request.
    pub fn signal(&self) -> Option<web_sys::AbortSignal> {
        self.0.as_ref().map(web_sys::AbortController::signal)
    }

    /// Lets the answer's body come in unread. Aborting it would close the connection, and the next
    /// attempt, meant to be warm, would have to connect again.
    fn disarm(&mut self) {
        self.0 = None;
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

/// A GET to anywhere whose answer nobody may read: no cookies, no cache, no referrer.
pub async fn opaque(url: &str, deadline_ms: u32) -> Ended {
    get(url, web_sys::RequestMode::NoCors, deadline_ms).await
}

/// A GET to the page's own origin.
pub async fn own(url: &str, deadline_ms: u32) -> Ended {
    get(url, web_sys::RequestMode::SameOrigin, deadline_ms).await
}

async fn get(url: &str, mode: web_sys::RequestMode, deadline_ms: u32) -> Ended {
    let started = clock::now_ms();
    let mut abort = AbortOnDrop::new();
    let init = web_sys::RequestInit::new();
    init.set_method("GET");
    init.set_mode(mode);
    init.set_cache(web_sys::RequestCache::NoStore);
    init.set_credentials(web_sys::RequestCredentials::Omit);
    init.set_referrer_policy(web_sys::ReferrerPolicy::NoReferrer);
    init.set_signal(abort.as_ref().and_then(AbortOnDrop::signal).as_ref());
    let request = JsFuture::from(super::window().fetch_with_str_and_init(url, &init));
    let deadline = gloo_timers::future::TimeoutFuture::new(deadline_ms);
    let ended = select(request, deadline).await;
    let ms = clock::now_ms() - started;
    match ended {
        Either::Left((Ok(response), _)) => {
            if let Some(abort) = &mut abort {
                abort.disarm();
            }
            Ended::Responded {
                ms,
                status: visible_status(&response),
            }
        }
        Either::Left((Err(_), _)) => Ended::Rejected { ms },
        Either::Right(_) => Ended::TimedOut {
            ms: deadline_ms.into(),
        },
    }
}

fn visible_status(response: &JsValue) -> Option<u16> {
    let response: &web_sys::Response = response.dyn_ref()?;
    (response.type_() != web_sys::ResponseType::Opaque).then(|| response.status())
}

/// Forgets the timings of earlier runs, so that the browser has room for new ones.
pub fn clear_timings() {
    if let Some(performance) = super::window().performance() {
        performance.clear_resource_timings();
    }
}

/// Whether TLS had finished when an attempt at this address, begun at `started`, failed: Firefox alone
/// shows it, by an entry in Resource Timing with a duration (browser.md section 1.1). `None` where there
/// is no entry. Ask at once after the failure.
pub async fn tls_finished(url: &str, started: f64) -> Option<bool> {
    // The entry is queued in a task of its own, somewhat later under load.
    for _ in 0..ENTRY_POLLS {
        clock::sleep_ms(ENTRY_POLL_MS).await;
        let entries = super::window().performance()?.get_entries_by_name(url);
        let last = entries.get(entries.length().wrapping_sub(1));
        if let Some(entry) = last.dyn_ref::<web_sys::PerformanceResourceTiming>()
            && entry.start_time() >= started - CLOCK_GRAIN_MS
        {
            return Some(entry.duration() > 0.0);
        }
    }
    None
}

/// How often to look for an entry, and how long to wait before each look.
const ENTRY_POLLS: u32 = 8;
/// See [`ENTRY_POLLS`].
const ENTRY_POLL_MS: f64 = 15.0;
/// Firefox rounds its clock to a millisecond.
const CLOCK_GRAIN_MS: f64 = 2.0;
