//! What only a browser can show: fetch, sockets, and that dropping ends them. Names end in `.invalid`, so
//! nothing here leaves the machine.

mod asking;
mod drawings;
mod not_found;
mod sharing;
mod translation;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::{pending, ready};
use std::rc::Rc;

use futures::channel::mpsc;
use futures::{FutureExt as _, StreamExt as _};
use gloo_timers::callback::Timeout;
use reachcheck_model::config;
use reachcheck_model::environment::BrowserFamily;
use reachcheck_model::lang::Lang;
use reachcheck_model::machine::{Action, Attempt, CANARY_DOMAIN, Input, Sign};
use reachcheck_model::observation::{NotRun, Outcome};
use reachcheck_model::page_policy::ConnectSources;
use reachcheck_model::plan::Plan;
use reachcheck_model::probe::Probe;
use reachcheck_texts::{self as text, CHECK, Stale, Ui};
use reachcheck_wire::is_nonce;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

use crate::browser::fetch::AbortOnDrop;
use crate::browser::socket::{Socket, SocketEvent};
use crate::browser::{clipboard, clock, environment, page_policy, random};
use crate::probes;
use crate::run::{Run, Told};
use crate::tasks::Task;
use crate::translations::Translations;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn tokens_are_nonces_and_differ() {
    let (one, two) = (random::token(), random::token());
    assert!(is_nonce(&one) && is_nonce(&two));
    assert_ne!(one, two);
}

#[wasm_bindgen_test]
async fn the_canary_fails_and_the_own_origin_answers() {
    let outcome = |action| {
        let (tell, mut told) = mpsc::unbounded();
        let attempt = Attempt::new(Probe::Origin, 0);
        let family = BrowserFamily::Chromium;
        let work = probes::work(attempt, action, family, None, move |input| {
            let _ = tell.unbounded_send(input);
        });
        async move {
            work.future.await;
            // What the browser turns down itself is turned down at once.
            match told.next().await {
                Some(Input::Sign(_, Sign::OwnDelay(delay))) => assert!(delay < 400.0),
                other => panic!("{other:?}"),
            }
            match told.next().await {
                Some(Input::Ended { outcome, .. }) => outcome,
                other => panic!("{other:?}"),
            }
        }
    };
    let canary = outcome(Action::FetchFreshName(CANARY_DOMAIN.to_owned())).await;
    assert!(matches!(canary, Outcome::Failed { .. }));
    let page = outcome(Action::FetchPage).await;
    assert!(matches!(page, Outcome::Answered { .. }));
}

#[wasm_bindgen_test]
async fn what_the_pages_policy_forbids_is_not_run_and_named() {
    let policy = "connect-src 'self' https://a.example";
    let sources = ConnectSources::of(policy, "https://check.example/").expect("a directive");
    let (tell, mut told) = mpsc::unbounded();
    let attempt = Attempt::new(Probe::Control(0), 0);
    let action = Action::Fetch("https://b.example:5222/".to_owned());
    let family = BrowserFamily::Chromium;
    let work = probes::work(attempt, action, family, Some(&sources), move |input| {
        let _ = tell.unbounded_send(input);
    });
    work.future.await;
    let not_run = Outcome::NotRun(NotRun::ForbiddenByPage);
    assert!(matches!(told.next().await, Some(Input::Ended { outcome, .. }) if outcome == not_run));
    assert_eq!(page_policy::forbidden(), ["b.example:5222"]);
}

#[wasm_bindgen_test]
fn dropping_aborts() {
    let abort = AbortOnDrop::new().expect("every browser has it");
    let signal = abort.signal().expect("armed");
    assert!(!signal.aborted());
    drop(abort);
    assert!(signal.aborted());
}

#[wasm_bindgen_test]
async fn a_socket_to_nowhere_closes_out_of_order_once() {
    let mut socket = Socket::connect("wss://nowhere.invalid/").expect("allowed");
    // Resolvers without a network take their time.
    let Some(SocketEvent::Closed { code, clean, .. }) = socket.next(30_000.0).await else {
        panic!("it did not close");
    };
    assert!(!clean);
    assert_eq!(code, 1006);
    assert!(Socket::connect("wss://nowhere.invalid:99999/").is_none());
}

#[wasm_bindgen_test]
async fn what_comes_between_two_waits_is_kept_and_no_wait_is_longer_than_asked() {
    let (tell, mut told) = mpsc::unbounded();
    tell.unbounded_send(1).expect("a receiver");
    tell.unbounded_send(2).expect("a receiver");
    for expected in [1, 2] {
        let next = clock::timeout(told.next(), 1_000.0).await;
        assert_eq!(next, Some(Some(expected)));
    }
    let started = clock::now_ms();
    assert_eq!(clock::timeout(told.next(), 30.0).await, None);
    assert!(clock::now_ms() - started >= 25.0);
    let _timer = Timeout::new(20, move || tell.unbounded_send(3).expect("a receiver"));
    let next = clock::timeout(told.next(), 1_000.0).await;
    assert_eq!(next, Some(Some(3)));
}

#[wasm_bindgen_test]
async fn what_is_done_already_wins_against_a_deadline_that_is_over() {
    assert_eq!(clock::timeout(ready(1), -1.0).await, Some(1));
    // More than a browser's timer can hold is no time at all to it.
    let mut never = pending::<()>().boxed_local();
    let long = clock::timeout(&mut never, f64::INFINITY);
    assert_eq!(clock::timeout(long, 30.0).await, None);
    assert_eq!(clock::timeout(&mut never, f64::NAN).await, None);
}

/// Sets its cell when it is dropped.
struct Dropped(Rc<Cell<bool>>);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.set(true);
    }
}

#[wasm_bindgen_test]
async fn dropping_a_task_drops_its_work_at_once() {
    let is_dropped = Rc::new(Cell::new(false));
    let held = Dropped(is_dropped.clone());
    let task = Task::begin(async move {
        let _held = held;
        pending::<()>().await;
    });
    clock::sleep_ms(0.0).await;
    assert!(!is_dropped.get());
    drop(task);
    // Not by the next turn of the event loop: now.
    assert!(is_dropped.get());
}

#[wasm_bindgen_test]
async fn work_can_end_itself() {
    let running: Rc<RefCell<Option<Task>>> = Rc::default();
    let count = Rc::new(Cell::new(0));
    let begun = {
        let (running, count) = (running.clone(), count.clone());
        Task::begin(async move {
            count.set(1);
            running.take();
            clock::sleep_ms(0.0).await;
            count.set(2);
        })
    };
    running.replace(Some(begun));
    clock::sleep_ms(50.0).await;
    assert_eq!(count.get(), 1);
}

#[wasm_bindgen_test]
fn addresses_are_made_absolute() {
    let (url, is_loopback) = environment::resolve("relay/").expect("an address");
    assert!(
        url.starts_with("http://") && url.ends_with("/relay/"),
        "{url}"
    );
    assert!(is_loopback);
    let (url, is_loopback) = environment::resolve("https://relay.example/x/").expect("an address");
    assert_eq!(
        (url.as_str(), is_loopback),
        ("https://relay.example/x/", false)
    );
}

#[wasm_bindgen_test]
fn what_cannot_be_copied_is_selected() {
    let window = web_sys::window().expect("a window");
    let document = window.document().expect("a document");
    let pre = document.create_element("pre").expect("an element");
    pre.set_id("to-select");
    pre.set_text_content(Some("line one\nline two"));
    document
        .body()
        .expect("a body")
        .append_child(&pre)
        .expect("appended");
    clipboard::select("to-select");
    let selection = window
        .get_selection()
        .expect("allowed")
        .expect("a selection");
    assert_eq!(String::from(selection.to_string()), "line one\nline two");
}

fn plan() -> Rc<Plan> {
    let config = config::parse(
        r#"{"catalogue": {"provider": "Nobody", "regions": [{"id": "void", "country": "C", "name": "N",
            "https": {"url": "https://a.invalid/"}, "tcp": {"host": "b.invalid"}}]},
            "controls": ["https://c.invalid/"]}"#,
    )
    .expect("valid");
    Rc::new(Plan::new(&config, Vec::new(), &[]))
}

type Seen = Rc<RefCell<BTreeMap<Probe, Vec<Rc<Outcome>>>>>;

#[wasm_bindgen_test]
async fn every_planned_probe_ends_in_exactly_one_outcome() {
    let plan = plan();
    let seen = Seen::default();
    let (tell, mut ends) = mpsc::unbounded();
    let run = {
        let seen = seen.clone();
        Run::begin(plan.clone(), BrowserFamily::Chromium, move |told| {
            let end = match told {
                Told::Observed(probe, outcome, _) => {
                    return seen.borrow_mut().entry(probe).or_default().push(outcome);
                }
                Told::SilentSoFar(_) => return,
                Told::Finished => "finished",
                Told::Settled => "settled",
            };
            let _ = tell.unbounded_send(end);
        })
    };
    assert_eq!(ends.next().await, Some("finished"));
    assert_eq!(ends.next().await, Some("settled"));
    drop(run);
    assert_eq!(ends.next().await, None);
    let seen = seen.borrow();
    for probe in &plan.probes {
        assert_eq!(seen.get(probe).map(Vec::len), Some(1), "{probe:?}");
    }
    assert_eq!(seen.len(), plan.probes.len());
    assert_eq!(
        seen[&Probe::Socket],
        [Rc::new(Outcome::NotRun(NotRun::NoRelay))]
    );
}

#[wasm_bindgen_test]
async fn a_run_that_is_dropped_says_nothing_more() {
    let count = Rc::new(Cell::new(0));
    let run = {
        let count = count.clone();
        Run::begin(plan(), BrowserFamily::Chromium, move |_| {
            count.set(count.get() + 1);
        })
    };
    clock::sleep_ms(20.0).await;
    drop(run);
    let at_drop = count.get();
    // Longer than the gap before a failure is repeated.
    clock::sleep_ms(1_800.0).await;
    assert_eq!(count.get(), at_drop);
}

#[wasm_bindgen_test]
async fn a_cancelled_run_has_an_outcome_for_every_probe_at_once_and_says_nothing_more() {
    let plan = plan();
    let seen = Seen::default();
    let run = {
        let seen = seen.clone();
        Run::begin(plan.clone(), BrowserFamily::Chromium, move |told| {
            let Told::Observed(probe, outcome, _) = told else {
                panic!("not cancelled");
            };
            seen.borrow_mut().entry(probe).or_default().push(outcome);
        })
    };
    run.cancel();
    let everything = plan.probes.len();
    assert_eq!(seen.borrow().len(), everything);
    clock::sleep_ms(1_800.0).await;
    assert_eq!(seen.borrow().values().flatten().count(), everything);
}

#[wasm_bindgen_test]
fn a_language_is_spoken_once_it_is_loaded() {
    let (lang, english) = (Lang::Es, text::ui(Lang::En, Ui::Cancel));
    assert!(CHECK.is_loaded(Lang::En) && !CHECK.is_loaded(lang));
    assert_eq!(text::ui(lang, Ui::Cancel), english);
    let packed = CHECK.packed(lang).expect("the tests have it");
    let (header, rest) = packed.split_once('\n').expect("lines");
    let stale = format!("{header}0\n{rest}");
    assert_eq!(CHECK.load(lang, stale), Err(Stale));
    assert_eq!(text::ui(lang, Ui::Cancel), english);
    assert_eq!(CHECK.load(lang, packed), Ok(()));
    assert_eq!(text::ui(lang, Ui::Cancel), "Cancelar");
}

#[wasm_bindgen_test]
async fn words_come_from_the_page_or_english_stays() {
    // Nothing here is `index.html`, which has the function that fetches.
    assert!(!Translations::CHECK.load(Lang::Fr).await);
    assert!(Translations::CHECK.load(Lang::En).await);
    let packed = CHECK.packed(Lang::Fr).expect("the tests have it");
    let words = js_sys::Function::new_with_args(
        "program, tag",
        "return Promise.resolve(tag === 'fr-CA' ? [window.packed] : undefined);",
    );
    let window = js_sys::global();
    js_sys::Reflect::set(&window, &"packed".into(), &packed.into()).expect("set");
    js_sys::Reflect::set(&window, &"words".into(), &words).expect("set");
    assert!(Translations::CHECK.load(Lang::Fr).await);
    // Of what the helpdesk says beside it, there is none.
    assert!(!Translations::DESK.load(Lang::Fr).await);
    assert_eq!(text::ui(Lang::Fr, Ui::Cancel), "Annuler");
}
