//! What a request asks of the browser, by a `fetch` put in the place of its own.

use std::rc::Rc;

use js_sys::{Function, Reflect};
use reachcheck_model::config::Config;
use reachcheck_model::environment::BrowserFamily;
use reachcheck_model::plan::{Plan, RelayTarget};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{ReferrerPolicy, Request, RequestCache, RequestCredentials, RequestMode};

use crate::browser::clock;
use crate::browser::fetch::{self, Attempt, FetchEnd, Reply};
use crate::run::Run;

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

/// The challenge comes before the WebSocket to the same host: whichever is first pays for the name, and only of
/// requests does the browser tell how long that took.
#[wasm_bindgen_test]
async fn attempts_begin_in_the_order_in_which_they_are_started() {
    let own = Reflect::get(&js_sys::global(), &"WebSocket".into()).expect("WebSocket");
    set("begun", &js_sys::Array::new());
    let socket = "window.begun.push(String(url)); throw new Error('not here');";
    set("WebSocket", &Function::new_with_args("url", socket));
    let replaced = Replaced::with("window.begun.push(request.url); return new Promise(() => {});");
    let relay = RelayTarget {
        base: "https://relay.invalid/".to_owned(),
        is_loopback: false,
    };
    let plan = Plan::new(&Config::default(), vec![relay], &[]);
    let run = Run::begin(Rc::new(plan), BrowserFamily::Chromium, |_| {});
    clock::sleep_ms(0.0).await;
    drop((run, replaced));
    set("WebSocket", &own);
    let begun = Reflect::get(&js_sys::global(), &"begun".into()).expect("a property");
    let begun: Vec<String> = js_sys::Array::from(&begun)
        .iter()
        .filter_map(|url| url.as_string())
        .collect();
    let place = |part: &str| begun.iter().position(|url| url.contains(part));
    let challenge = place("relay.invalid/v1/challenge");
    assert!(challenge.is_some(), "{begun:?}");
    assert!(challenge < place("wss://relay.invalid"), "{begun:?}");
    assert!(place("pop8-ccans") < challenge, "{begun:?}");
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
