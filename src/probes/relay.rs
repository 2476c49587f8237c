//! The relay: the challenge, then its other ports, plain bytes, and over its WebSocket pings, server events,
//! what it saw, its controls and its dials.
//! Where the WebSocket does not pass, controls and dials are asked by plain HTTPS.

mod conversation;

use std::pin::pin;

use futures_util::FutureExt as _;
use futures_util::future::{Either, LocalBoxFuture, join_all, join4, ready, select};
use gloo_net::http::Request;
use reachcheck_core::analysis::choose_relay;
use reachcheck_core::observation::{Answer, Failure, NotRun, Observations, Outcome, Timing};
use reachcheck_core::plan::{ClockSource, Plan, Port, Probe};
use reachcheck_core::thresholds::SOCKET_RETRY_GAP_MS;
use reachcheck_wire::{self as wire, Challenge};

use conversation::Asked;

use super::{Context, Emit};
use crate::browser::fetch::AbortOnDrop;
use crate::browser::socket::{Happened, Socket};
use crate::browser::{clock, random, timing};

/// Everything that needs a relay.
pub async fn run(context: &Context) {
    let plan = &*context.plan;
    let challenges =
        join_all(plan.relays.iter().map(|relay| async {
            challenge(&relay.base, Probe::Challenge(0).deadline_ms()).await
        }));
    // Where there is nothing to choose, the socket's first try need not wait for the challenge: three round
    // trips less. The second comes after HTTPS has passed.
    let early = match &plan.relays[..] {
        [only] => {
            let url = socket_url(&only.base);
            async move { Some(try_open(&url).await) }.boxed_local()
        }
        _ => ready(None).boxed_local(),
    };
    let (asked, early) = match select(challenges, early).await {
        Either::Left((asked, early)) => (asked, early),
        Either::Right((early, challenges)) => (challenges.await, ready(early).boxed_local()),
    };
    let mut known = Observations::default();
    let mut asked_urls = Vec::new();
    for (index, (outcome, url)) in asked.into_iter().enumerate() {
        known.insert(Probe::Challenge(index), outcome.clone());
        context.emit(Probe::Challenge(index), outcome);
        asked_urls.push(url);
    }
    let chosen = choose_relay(plan, &known);
    let said = chosen.and_then(|index| Some((index, said(&known, index)?)));
    let Some((index, challenge)) = said else {
        context.emit(Probe::Timing, timing(None, None));
        let why = if plan.relays.is_empty() {
            NotRun::NoRelay
        } else {
            NotRun::RelayUnusable
        };
        give_up(context, why);
        return;
    };
    let base = plan.relays[index].base.as_str();
    context.emit(Probe::Clock(ClockSource::Relay), clock_of(challenge));
    let ports = join_all(Port::ALL.map(|port| async move {
        let outcome = if challenge.ports.contains(&port.number()) {
            super::port::run(base, port, context.family).await
        } else {
            Outcome::NotRun(NotRun::NotOffered)
        };
        context.emit(Probe::Port(port), outcome);
    }));
    let plain = async {
        let host = web_sys::Url::new(base).map(|url| url.hostname());
        let outcome = match host {
            Ok(host) if challenge.plain && challenge.ports.contains(&443) => {
                super::plain::relay(&host, context.family).await
            }
            _ => Outcome::NotRun(NotRun::NotOffered),
        };
        context.emit(Probe::Plain, outcome);
    };
    let talk = async {
        let mut left = if challenge.outside {
            Asked::all(plan)
        } else {
            skip_outside(context, NotRun::RelayInside);
            Asked::nothing()
        };
        let socket_url = socket_url(base);
        let (outcome, socket) = open(&socket_url, early).await;
        context.emit(Probe::Socket, outcome);
        if let Some(socket) = socket {
            let emit = context.emit.clone();
            context.leave(async move { emit(Probe::Hold, super::hold::run(socket_url).await) });
            conversation::hold(socket, &mut left, &context.emit).await;
        } else {
            for probe in [Probe::Pings, Probe::Events, Probe::Saw, Probe::Hold] {
                context.emit(probe, Outcome::NotRun(NotRun::NoSocket));
            }
        }
        ask_by_https(base, left, &context.emit).await;
    };
    let timing = async {
        // On the connection that stands by now; the first paid for making it.
        let (again, _) = self::challenge(base, Probe::Timing.deadline_ms()).await;
        let warm_ms = again.answered_ms();
        context.emit(
            Probe::Timing,
            timing(Some((base, asked_urls[index].as_str())), warm_ms),
        );
    };
    join4(ports, plain, talk, timing).await;
}

/// Why no relay is of use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoRelay {
    /// One that would serve us has no room.
    Busy,
    /// None answers, or none serves this page.
    Away,
}

/// The relay that answers soonest, of those that are of use, by its place in the plan.
pub(crate) async fn nearest(plan: &Plan) -> Result<usize, NoRelay> {
    let ask = |base| challenge(base, Probe::Challenge(0).deadline_ms());
    let asked = join_all(plan.relays.iter().map(|relay| ask(&relay.base))).await;
    let mut known = Observations::default();
    for (index, (outcome, _)) in asked.into_iter().enumerate() {
        known.insert(Probe::Challenge(index), outcome);
    }
    choose_relay(plan, &known).ok_or_else(|| {
        let is_full =
            |index| said(&known, index).is_some_and(|said| said.origin_allowed && said.busy);
        match (0..plan.relays.len()).any(is_full) {
            true => NoRelay::Busy,
            false => NoRelay::Away,
        }
    })
}

/// What a relay said to the challenge.
fn said(known: &Observations, index: usize) -> Option<&Challenge> {
    match known.get(Probe::Challenge(index))? {
        Outcome::Answered {
            answer: Answer::Challenge(challenge),
            ..
        } => Some(challenge),
        _ => None,
    }
}

/// What the browser timed of the page's own document and of the challenge.
fn timing(challenge: Option<(&str, &str)>, warm_ms: Option<f64>) -> Outcome {
    let (relay, earlier) = challenge.map_or((None, None), |(base, url)| {
        let relay = timing::of_request(url);
        let earlier = timing::making_of(base, relay.as_ref());
        (relay, earlier)
    });
    Outcome::Answered {
        ms: 0.0,
        answer: Answer::Timing(Box::new(Timing {
            page: timing::of_page(),
            relay,
            earlier,
            warm_ms,
        })),
    }
}

/// Read at once after the challenge's answer, so the two are half a round trip apart.
#[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970")]
fn clock_of(challenge: &Challenge) -> Outcome {
    Outcome::Answered {
        ms: 0.0,
        answer: Answer::Clock {
            local_unix_ms: clock::moment().unix_ms,
            remote_unix_ms: challenge.saw.unix_ms as f64,
        },
    }
}

/// What no relay can be asked is not run.
fn give_up(context: &Context, why: NotRun) {
    for probe in [
        Probe::Socket,
        Probe::Pings,
        Probe::Events,
        Probe::Clock(ClockSource::Relay),
        Probe::Saw,
        Probe::Plain,
        Probe::Hold,
        Probe::Port(Port::Http),
        Probe::Port(Port::Xmpp),
    ] {
        context.emit(probe, Outcome::NotRun(why));
    }
    skip_outside(context, why);
}

/// There is no view from outside to ask for.
fn skip_outside(context: &Context, why: NotRun) {
    context.emit(Probe::RelayControls, Outcome::NotRun(why));
    for endpoint in context.plan.endpoints() {
        context.emit(Probe::Dial(endpoint), Outcome::NotRun(why));
    }
}

/// Asks a relay to prove itself: a cached or faked answer cannot hold our nonce. Gives the address asked, too.
pub(crate) async fn challenge(base: &str, deadline_ms: u32) -> (Outcome, String) {
    let nonce = random::token();
    let url = format!("{base}{}?nonce={nonce}", wire::CHALLENGE_PATH);
    let started = clock::now_ms();
    let json = get_json::<Challenge>(&url, deadline_ms).await;
    let ms = clock::now_ms() - started;
    let failed = |failure| Outcome::Failed { ms, failure };
    let outcome = match json {
        Json::Read(challenge) if challenge.nonce == nonce => Outcome::Answered {
            ms,
            answer: Answer::Challenge(Box::new(challenge)),
        },
        Json::Read(_) | Json::SomethingElse => failed(Failure::WrongAnswer),
        Json::Failed => failed(Failure::Network { tls_finished: None }),
        Json::TimedOut => Outcome::TimedOut {
            ms: deadline_ms.into(),
        },
    };
    (outcome, url)
}

pub(crate) fn socket_url(base: &str) -> String {
    format!("{}{}", base.replacen("http", "ws", 1), wire::SOCKET_PATH)
}

/// Opens the WebSocket, in two tries: behind a proxy that wants a login the first may fail although
/// HTTPS has just passed. The first may be under way already.
async fn open(
    url: &str,
    early: LocalBoxFuture<'_, Option<(Outcome, Option<Socket>)>>,
) -> (Outcome, Option<Socket>) {
    let (outcome, socket) = match early.await {
        Some(first) => first,
        None => try_open(url).await,
    };
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
    try_open(url).await
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

async fn ask<T: wire::json::FromJson>(
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

async fn get_json<T: wire::json::FromJson>(url: &str, deadline_ms: u32) -> Json<T> {
    match get_text(url, deadline_ms).await {
        Json::Read(text) => wire::json::read(&text).map_or(Json::SomethingElse, Json::Read),
        Json::SomethingElse => Json::SomethingElse,
        Json::Failed => Json::Failed,
        Json::TimedOut => Json::TimedOut,
    }
}

/// Apart from what the text is read as, so that there is one of it.
async fn get_text(url: &str, deadline_ms: u32) -> Json<String> {
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
        response.text().await.map_err(|_| Json::Failed)
    };
    let deadline = gloo_timers::future::TimeoutFuture::new(deadline_ms);
    match select(pin!(exchange), deadline).await {
        Either::Left((Ok(value), _)) => Json::Read(value),
        Either::Left((Err(ended), _)) => ended,
        Either::Right(_) => Json::TimedOut,
    }
}
