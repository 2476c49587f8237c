//! `fetch`, timed. Dropping an attempt aborts it.

use gloo_net::http::Response;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::clock;
use crate::tasks::boxed;

/// How an attempt ended, and after how many milliseconds.
pub enum FetchEnd {
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

/// A GET that is under way.
pub struct Attempt {
    started: f64,
    abort: Option<AbortOnDrop>,
    request: JsFuture,
}

impl Attempt {
    /// Begins a GET to anywhere whose answer nobody may read: no cookies, no cache, no referrer.
    pub fn opaque(url: &str) -> Self {
        Self::begin(url, web_sys::RequestMode::NoCors)
    }

    fn begin(url: &str, mode: web_sys::RequestMode) -> Self {
        let init = web_sys::RequestInit::new();
        init.set_method("GET");
        Self::with(init, url, mode)
    }

    fn with(init: web_sys::RequestInit, url: &str, mode: web_sys::RequestMode) -> Self {
        let abort = AbortOnDrop::new();
        init.set_mode(mode);
        init.set_cache(web_sys::RequestCache::NoStore);
        init.set_credentials(web_sys::RequestCredentials::Omit);
        init.set_referrer_policy(web_sys::ReferrerPolicy::NoReferrer);
        init.set_signal(abort.as_ref().and_then(AbortOnDrop::signal).as_ref());
        Self {
            started: clock::now_ms(),
            request: JsFuture::from(super::window().fetch_with_str_and_init(url, &init)),
            abort,
        }
    }

    /// When it was begun, in milliseconds of [`clock::now_ms`].
    pub const fn started(&self) -> f64 {
        self.started
    }

    /// How it ends, if it does within so many milliseconds after its beginning. It goes on otherwise, and
    /// can be asked again.
    pub async fn within(&mut self, deadline_ms: u32) -> Option<FetchEnd> {
        self.response_within(deadline_ms)
            .await
            .map(|(ended, _)| ended)
    }

    async fn text(&mut self) -> Text {
        let Ok(response) = (&mut self.request).await else {
            return Text::Failed;
        };
        let response = Response::from(response.unchecked_into::<web_sys::Response>());
        if !response.ok() {
            return Text::Refused;
        }
        response.text().await.map_or(Text::Failed, Text::Read)
    }

    async fn response_within(&mut self, deadline_ms: u32) -> Option<(FetchEnd, JsValue)> {
        let left_ms = f64::from(deadline_ms) - (clock::now_ms() - self.started);
        let mut answer = None;
        let mut request = boxed(async { answer = Some((&mut self.request).await) });
        clock::timeout(&mut request, left_ms).await;
        drop(request);
        let ms = clock::now_ms() - self.started;
        Some(match answer? {
            Ok(response) => {
                if let Some(abort) = &mut self.abort {
                    abort.disarm();
                }
                let status = visible_status(&response);
                (FetchEnd::Responded { ms, status }, response)
            }
            Err(error) => (FetchEnd::Rejected { ms }, error),
        })
    }
}

/// A GET to anywhere, until its deadline.
pub async fn opaque(url: &str, deadline_ms: u32) -> FetchEnd {
    let timed_out = FetchEnd::TimedOut {
        ms: deadline_ms.into(),
    };
    let mut attempt = Attempt::opaque(url);
    attempt.within(deadline_ms).await.unwrap_or(timed_out)
}

/// What came of a GET whose answer is to be read.
pub enum Text {
    /// A text, with a status that means success.
    Read(String),
    /// Another status.
    Refused,
    /// The one error that `fetch` has.
    Failed,
    /// The deadline passed.
    TimedOut,
}

/// A GET to an address that pages of other origins may read, until its deadline.
pub async fn text(url: &str, deadline_ms: u32) -> Text {
    let mut attempt = Attempt::begin(url, web_sys::RequestMode::Cors);
    let mut text = Text::TimedOut;
    let mut exchange = boxed(async { text = attempt.text().await });
    clock::timeout(&mut exchange, deadline_ms.into()).await;
    drop(exchange);
    text
}

/// Posts JSON to an address that answers pages of other origins, and tells whether it took it (2xx).
pub async fn post_json(url: &str, json: &str, deadline_ms: u32) -> bool {
    let headers = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&headers, &"content-type".into(), &"application/json".into());
    let init = web_sys::RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&json.into());
    let mut attempt = Attempt::with(init, url, web_sys::RequestMode::Cors);
    matches!(
        attempt.within(deadline_ms).await,
        Some(FetchEnd::Responded {
            status: Some(200..=299),
            ..
        })
    )
}

/// A GET to the page's own origin, and the `Date` of its answer, in milliseconds since 1970.
pub async fn own(url: &str, deadline_ms: u32) -> (FetchEnd, Option<f64>) {
    let mut attempt = Attempt::begin(url, web_sys::RequestMode::SameOrigin);
    match attempt.response_within(deadline_ms).await {
        None => (
            FetchEnd::TimedOut {
                ms: deadline_ms.into(),
            },
            None,
        ),
        Some((ended, response)) => (ended, date(&response)),
    }
}

fn date(response: &JsValue) -> Option<f64> {
    let response: &web_sys::Response = response.dyn_ref()?;
    let date = response.headers().get("date").ok()??;
    let unix_ms = js_sys::Date::parse(&date);
    unix_ms.is_finite().then_some(unix_ms)
}

fn visible_status(response: &JsValue) -> Option<u16> {
    let response: &web_sys::Response = response.dyn_ref()?;
    (response.type_() != web_sys::ResponseType::Opaque).then(|| response.status())
}

/// Whether TLS had finished when an attempt at this address, begun at `started`, failed: Firefox alone
/// shows it, by an entry in Resource Timing with a duration (docs/browsers.md section 1.1). `None` where there
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
