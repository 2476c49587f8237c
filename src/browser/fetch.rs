//! `fetch`, timed. Dropping an attempt aborts it; deadlines are the caller's.
//!
//! gloo-net makes the requests and reads the responses. What lies between is our own, for its `send` begins when it is
//! first polled and not when it is called, goes on when it is dropped, and panics where `fetch` rejects with something
//! else than an `Error`, as a `fetch` may that an extension put in place of the browser's.

use gloo_net::Error;
use gloo_net::http::{Request, RequestBuilder, Response};
use js_sys::Reflect;
use reachcheck_model::probe::AddressSpace;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::clock;

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
}

/// Sends a request, to an address in this space if one is named.
fn sent(request: &web_sys::Request, space: Option<AddressSpace>) -> js_sys::Promise {
    let Some(space) = space else {
        return super::window().fetch_with_request(request);
    };
    let more = web_sys::RequestInit::new();
    // With anything beside it, a request forgets its own (Fetch standard, `new Request`, step 13).
    more.set_referrer_policy(web_sys::ReferrerPolicy::NoReferrer);
    let _ = Reflect::set(&more, &"targetAddressSpace".into(), &space.token().into());
    super::window().fetch_with_request_and_init(request, &more)
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

/// A request that is under way.
pub struct Attempt {
    started: f64,
    abort: Option<AbortOnDrop>,
    /// `fetch` under way; `None` where there can be no such request.
    answer: Option<JsFuture>,
}

impl Attempt {
    /// Begins a GET to anywhere whose answer nobody may read.
    pub fn opaque(url: &str) -> Self {
        Self::begin(Request::get(url), web_sys::RequestMode::NoCors, None, None)
    }

    /// Begins the same to an address that must lie in this space (`targetAddressSpace`; browsers that do not know it take no
    /// notice).
    pub fn in_space(url: &str, space: AddressSpace) -> Self {
        let request = Request::get(url);
        Self::begin(request, web_sys::RequestMode::NoCors, None, Some(space))
    }

    /// Begins a request: without cookies, cache, and referrer.
    fn begin(
        request: RequestBuilder,
        mode: web_sys::RequestMode,
        body: Option<&str>,
        space: Option<AddressSpace>,
    ) -> Self {
        let abort = AbortOnDrop::new();
        let request = request
            .mode(mode)
            .cache(web_sys::RequestCache::NoStore)
            .credentials(web_sys::RequestCredentials::Omit)
            .referrer_policy(web_sys::ReferrerPolicy::NoReferrer)
            .abort_signal(abort.as_ref().and_then(AbortOnDrop::signal).as_ref());
        let request = match body {
            Some(body) => request.body(body),
            None => request.build(),
        };
        let started = clock::now_ms();
        let answer = request
            .ok()
            .map(|request| JsFuture::from(sent(&request.into(), space)));
        Self {
            started,
            abort,
            answer,
        }
    }

    /// When it was begun, in milliseconds of [`clock::now_ms`].
    pub const fn started(&self) -> f64 {
        self.started
    }

    /// How it ends.
    pub async fn ended(&mut self) -> FetchEnd {
        self.response().await.0
    }

    async fn answer(&mut self) -> Option<JsValue> {
        self.answer.as_mut()?.await.ok()
    }

    async fn json<T: DeserializeOwned>(&mut self) -> Reply<T> {
        let Some(answer) = self.answer().await else {
            return Reply::Failed;
        };
        let response = Response::from(answer.unchecked_into::<web_sys::Response>());
        if !response.ok() {
            return Reply::NotAsExpected;
        }
        match response.json().await {
            Ok(value) => Reply::Read(value),
            Err(Error::SerdeError(_)) => Reply::NotAsExpected,
            Err(Error::JsError(_) | Error::GlooError(_)) => Reply::Failed,
        }
    }

    async fn response(&mut self) -> (FetchEnd, Option<Response>) {
        let answer = self.answer().await;
        let ms = clock::now_ms() - self.started;
        let Some(answer) = answer else {
            return (FetchEnd::Rejected { ms }, None);
        };
        if let Some(abort) = &mut self.abort {
            abort.disarm();
        }
        let response: Option<web_sys::Response> = answer.dyn_into().ok();
        let response = response.map(Response::from);
        let visible = response
            .as_ref()
            .filter(|response| response.type_() != web_sys::ResponseType::Opaque);
        let status = visible.map(Response::status);
        (FetchEnd::Responded { ms, status }, response)
    }
}

/// What came of a GET whose answer is JSON.
#[derive(Debug)]
pub enum Reply<T> {
    /// A value, with a status that means success.
    Read(T),
    /// Another status, or something else than such a value.
    NotAsExpected,
    /// The one error that `fetch` has.
    Failed,
}

/// A GET to an address that pages of other origins may read.
pub async fn json<T: DeserializeOwned>(url: &str) -> Reply<T> {
    let mut attempt = Attempt::begin(Request::get(url), web_sys::RequestMode::Cors, None, None);
    attempt.json().await
}

/// Posts JSON to an address that answers pages of other origins, and tells whether it took it (2xx).
pub async fn post_json(url: &str, json: &str, deadline_ms: u32) -> bool {
    let request = Request::post(url).header("content-type", "application/json");
    let mut attempt = Attempt::begin(request, web_sys::RequestMode::Cors, Some(json), None);
    matches!(
        clock::timeout(attempt.ended(), deadline_ms.into()).await,
        Some(FetchEnd::Responded {
            status: Some(200..=299),
            ..
        })
    )
}

/// A GET to the page's own origin, and the `Date` of its answer, in milliseconds since 1970.
pub async fn own(url: &str) -> (FetchEnd, Option<f64>) {
    let mut attempt = Attempt::begin(
        Request::get(url),
        web_sys::RequestMode::SameOrigin,
        None,
        None,
    );
    let (ended, response) = attempt.response().await;
    (ended, response.as_ref().and_then(date))
}

fn date(response: &Response) -> Option<f64> {
    let unix_ms = js_sys::Date::parse(&response.headers().get("date")?);
    unix_ms.is_finite().then_some(unix_ms)
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
