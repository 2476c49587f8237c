//! The relay: the challenge, then over its WebSocket pings, server events, its controls and its dials.
//! Where the WebSocket does not pass, controls and dials are asked by plain HTTPS.

mod conversation;

use std::pin::pin;

use futures_util::future::{Either, join_all, select};
use gloo_net::http::Request;
use reachcheck_core::analysis::choose_relay;
use reachcheck_core::observation::{Answer, Failure, NotRun, Observations, Outcome};
use reachcheck_core::plan::{Plan, Probe};
use reachcheck_core::thresholds::SOCKET_RETRY_GAP_MS;
use reachcheck_wire::{self as wire, Challenge};

use conversation::Asked;

use super::Emit;
use crate::browser::fetch::AbortOnDrop;
use crate::browser::socket::{Happened, Socket};
use crate::browser::{clock, random};

/// Everything that needs a relay.
pub async fn run(plan: &Plan, emit: &Emit) {
    let challenges = join_all(
        plan.relays
            .iter()
            .map(|relay| async { challenge(&relay.base).await }),
    )
    .await;
    let mut known = Observations::default();
    for (index, outcome) in challenges.into_iter().enumerate() {
        known.insert(Probe::Challenge(index), outcome.clone());
        emit(Probe::Challenge(index), outcome);
    }
    let Some(index) = choose_relay(plan, &known) else {
        let why = if plan.relays.is_empty() {
            NotRun::NoRelay
        } else {
            NotRun::RelayUnusable
        };
        give_up(plan, emit, why);
        return;
    };
    let base = &plan.relays[index].base;
    let mut left = if is_outside(&known, index) {
        Asked::all(plan)
    } else {
        skip_outside(plan, emit, NotRun::RelayInside);
        Asked::nothing()
    };
    let (outcome, socket) = open(base).await;
    emit(Probe::Socket, outcome);
    if let Some(socket) = socket {
        conversation::hold(socket, &mut left, emit).await;
    } else {
        emit(Probe::Pings, Outcome::NotRun(NotRun::NoSocket));
        emit(Probe::Events, Outcome::NotRun(NotRun::NoSocket));
    }
    ask_by_https(base, left, emit).await;
}

/// Whether the relay says that it stands outside.
fn is_outside(known: &Observations, index: usize) -> bool {
    matches!(
        known.get(Probe::Challenge(index)),
        Some(Outcome::Answered {
            answer: Answer::Challenge(challenge),
            ..
        }) if challenge.outside
    )
}

/// What no relay can be asked is not run.
fn give_up(plan: &Plan, emit: &Emit, why: NotRun) {
    for probe in [Probe::Socket, Probe::Pings, Probe::Events] {
        emit(probe, Outcome::NotRun(why));
    }
    skip_outside(plan, emit, why);
}

/// There is no view from outside to ask for.
fn skip_outside(plan: &Plan, emit: &Emit, why: NotRun) {
    emit(Probe::RelayControls, Outcome::NotRun(why));
    for endpoint in plan.endpoints() {
        emit(Probe::Dial(endpoint), Outcome::NotRun(why));
    }
}

/// Asks a relay to prove itself: a cached or faked answer cannot hold our nonce.
async fn challenge(base: &str) -> Outcome {
    let nonce = random::token();
    let url = format!("{base}{}?nonce={nonce}", wire::CHALLENGE_PATH);
    let probe = Probe::Challenge(0);
    let started = clock::now_ms();
    match get_json::<Challenge>(&url, probe.deadline_ms()).await {
        Json::Read(challenge) if challenge.nonce == nonce => Outcome::Answered {
            ms: clock::now_ms() - started,
            answer: Answer::Challenge(challenge),
        },
        Json::Read(_) | Json::SomethingElse => Outcome::Failed {
            ms: clock::now_ms() - started,
            failure: Failure::WrongAnswer,
        },
        Json::Failed => Outcome::Failed {
            ms: clock::now_ms() - started,
            failure: Failure::Network { tls_finished: None },
        },
        Json::TimedOut => Outcome::TimedOut {
            ms: probe.deadline_ms().into(),
        },
    }
}

/// Opens the WebSocket, in two tries: behind a proxy that wants a login the first may fail although
/// HTTPS has just passed.
async fn open(base: &str) -> (Outcome, Option<Socket>) {
    let url = format!("{}{}", base.replacen("http", "ws", 1), wire::SOCKET_PATH);
    let (outcome, socket) = try_open(&url).await;
    if socket.is_some()
        || matches!(
            outcome,
            Outcome::Failed {
                failure: Failure::Busy,
                ..
            }
        )
    {
        return (outcome, socket);
    }
    clock::sleep_ms(SOCKET_RETRY_GAP_MS.into()).await;
    try_open(&url).await
}

async fn try_open(url: &str) -> (Outcome, Option<Socket>) {
    let started = clock::now_ms();
    let deadline_ms = f64::from(Probe::Socket.deadline_ms());
    let failed = |ms, failure| (Outcome::Failed { ms, failure }, None);
    let Some(mut socket) = Socket::connect(url) else {
        return failed(0.0, Failure::Forbidden);
    };
    match socket.next(deadline_ms).await {
        Some(Happened::Open(at)) => {
            let opened = Outcome::Answered {
                ms: at - started,
                answer: Answer::Opened,
            };
            (opened, Some(socket))
        }
        Some(Happened::Closed { at, code, .. }) => failed(at - started, close_failure(code, false)),
        Some(Happened::Text(at, _)) => failed(at - started, Failure::WrongAnswer),
        None => (Outcome::TimedOut { ms: deadline_ms }, None),
    }
}

const fn close_failure(code: u16, opened: bool) -> Failure {
    if code == wire::CLOSE_BUSY {
        Failure::Busy
    } else {
        Failure::Closed { code, opened }
    }
}

/// The same questions by plain HTTPS, each with its own deadline.
async fn ask_by_https(base: &str, left: Asked, emit: &Emit) {
    let controls = async {
        if left.controls {
            let url = format!("{base}{}", wire::CONTROLS_PATH);
            let outcome = ask(&url, Probe::RelayControls, Answer::Controls).await;
            emit(Probe::RelayControls, outcome);
        }
    };
    let dials = left.dials.iter().map(|(id, endpoint)| async move {
        let probe = Probe::Dial(*endpoint);
        let url = format!("{base}{}?endpoint={id}", wire::DIAL_PATH);
        let answer = |report| Answer::Dial(Box::new(report));
        emit(probe, ask(&url, probe, answer).await);
    });
    futures_util::future::join(controls, join_all(dials)).await;
}

async fn ask<T: serde::de::DeserializeOwned>(
    url: &str,
    probe: Probe,
    answer: impl FnOnce(T) -> Answer,
) -> Outcome {
    let started = clock::now_ms();
    let json = get_json::<T>(url, probe.deadline_ms()).await;
    let ms = clock::now_ms() - started;
    match json {
        Json::Read(report) => Outcome::Answered {
            ms,
            answer: answer(report),
        },
        Json::SomethingElse => Outcome::Failed {
            ms,
            failure: Failure::WrongAnswer,
        },
        Json::Failed => Outcome::Failed {
            ms,
            failure: Failure::Network { tls_finished: None },
        },
        Json::TimedOut => Outcome::TimedOut { ms },
    }
}

/// How a question by HTTPS ended.
enum Json<T> {
    Read(T),
    SomethingElse,
    Failed,
    TimedOut,
}

async fn get_json<T: serde::de::DeserializeOwned>(url: &str, deadline_ms: u32) -> Json<T> {
    let abort = AbortOnDrop::new();
    let signal = abort.as_ref().and_then(AbortOnDrop::signal);
    let exchange = async {
        let response = Request::get(url)
            .cache(web_sys::RequestCache::NoStore)
            .credentials(web_sys::RequestCredentials::Omit)
            .referrer_policy(web_sys::ReferrerPolicy::NoReferrer)
            .abort_signal(signal.as_ref())
            .send()
            .await
            .map_err(|_| Json::Failed)?;
        if !response.ok() {
            return Err(Json::SomethingElse);
        }
        let text = response.text().await.map_err(|_| Json::Failed)?;
        wire::decode::<T>(&text).map_err(|_| Json::SomethingElse)
    };
    let deadline = gloo_timers::future::TimeoutFuture::new(deadline_ms);
    match select(pin!(exchange), deadline).await {
        Either::Left((Ok(value), _)) => Json::Read(value),
        Either::Left((Err(ended), _)) => ended,
        Either::Right(_) => Json::TimedOut,
    }
}
