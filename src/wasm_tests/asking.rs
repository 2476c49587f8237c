//! What a request asks of the browser, by a `fetch` put in the place of its own.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{ReferrerPolicy, Request, RequestCache, RequestCredentials, RequestMode};

use crate::browser::clock;
use crate::browser::fetch::{self, Attempt, FetchEnd, Reply};

/// A `fetch` in the place of the browser's, which comes back when this is dropped.
struct Replaced(JsValue);

impl Replaced {
    /// It keeps what it is asked, and then does what the script says.
    fn with(script: &str) -> Self {
        let own = Reflect::get(&js_sys::global(), &"fetch".into()).expect("fetch");
        let script = format!("window.asked = request; {script}");
        set("fetch", &Function::new_with_args("request", &script));
        Self(own)
    }
}

impl Drop for Replaced {
    fn drop(&mut self) {
        set("fetch", &self.0);
        set("asked", &JsValue::UNDEFINED);
    }
}

fn set(name: &str, value: &JsValue) {
    Reflect::set(&js_sys::global(), &name.into(), value).expect("set");
}

/// What was asked last.
fn asked() -> Option<Request> {
    let asked = Reflect::get(&js_sys::global(), &"asked".into()).expect("a property");
    asked.dyn_into().ok()
}

const NEVER: &str = "return new Promise(() => {});";

fn asks_for_nothing_that_is_kept(request: &Request, mode: RequestMode) {
    assert_eq!(request.mode(), mode);
    assert_eq!(request.cache(), RequestCache::NoStore);
    assert_eq!(request.credentials(), RequestCredentials::Omit);
    assert_eq!(request.referrer_policy(), ReferrerPolicy::NoReferrer);
}

#[wasm_bindgen_test]
fn an_attempt_asks_as_it_is_begun_and_aborts_as_it_is_dropped() {
    let _replaced = Replaced::with(NEVER);
    let attempt = Attempt::opaque("https://a.invalid/x?y=1&z=%20a");
    let request = asked().expect("asked before anybody waits for it");
    assert_eq!(request.url(), "https://a.invalid/x?y=1&z=%20a");
    assert_eq!(request.method(), "GET");
    asks_for_nothing_that_is_kept(&request, RequestMode::NoCors);
    assert!(!request.signal().aborted());
    drop(attempt);
    assert!(request.signal().aborted());
}

#[wasm_bindgen_test]
async fn an_answer_is_not_aborted() {
    let _replaced = Replaced::with("return Promise.resolve(new Response('body', {status: 202}));");
    let mut attempt = Attempt::opaque("https://a.invalid/");
    let request = asked().expect("asked");
    let end = attempt.ended().await;
    assert!(matches!(
        end,
        FetchEnd::Responded {
            status: Some(202),
            ..
        }
    ));
    drop(attempt);
    assert!(!request.signal().aborted());
}

#[wasm_bindgen_test]
async fn what_is_to_be_read_is_asked_for_across_origins_and_aborts_as_it_is_dropped() {
    let replaced = Replaced::with(NEVER);
    let reply = clock::timeout(fetch::json::<String>("https://a.invalid/?nonce=b"), 10.0).await;
    assert!(reply.is_none(), "{reply:?}");
    let request = asked().expect("asked");
    asks_for_nothing_that_is_kept(&request, RequestMode::Cors);
    assert!(request.signal().aborted());
    drop(replaced);
    for (script, expected) in [
        (
            "return Promise.resolve(new Response('\"said\"'));",
            "Read(\"said\")",
        ),
        (
            "return Promise.resolve(new Response('said'));",
            "NotAsExpected",
        ),
        (
            "return Promise.resolve(new Response('7'));",
            "NotAsExpected",
        ),
        (
            "return Promise.resolve(new Response('\"said\"', {status: 404}));",
            "NotAsExpected",
        ),
        ("return Promise.reject(new TypeError());", "Failed"),
    ] {
        let _replaced = Replaced::with(script);
        let reply: Reply<String> = fetch::json("https://a.invalid/").await;
        assert_eq!(format!("{reply:?}"), expected, "{script}");
    }
}

#[wasm_bindgen_test]
async fn a_report_is_posted_as_json() {
    let _replaced = Replaced::with("return Promise.resolve(new Response('', {status: 201}));");
    assert!(fetch::post_json("https://desk.invalid/", r#"{"a":1}"#, 1_000).await);
    let request = asked().expect("asked");
    assert_eq!(request.method(), "POST");
    asks_for_nothing_that_is_kept(&request, RequestMode::Cors);
    let kind = request.headers().get("content-type").expect("readable");
    assert_eq!(kind.as_deref(), Some("application/json"));
    let body = JsFuture::from(request.text().expect("a body")).await;
    assert_eq!(
        body.expect("read").as_string().as_deref(),
        Some(r#"{"a":1}"#)
    );
}

#[wasm_bindgen_test]
async fn a_rejection_without_an_error_and_an_address_that_is_none_are_failures() {
    for script in ["return Promise.reject('no');", "return Promise.reject();"] {
        let _replaced = Replaced::with(script);
        let end = Attempt::opaque("https://a.invalid/").ended().await;
        assert!(matches!(end, FetchEnd::Rejected { .. }), "{script}");
    }
    let end = Attempt::opaque("https://a.invalid:99999/").ended().await;
    assert!(matches!(end, FetchEnd::Rejected { .. }));
}
