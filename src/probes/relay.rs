//! The relay: the challenge, then over its WebSocket pings, server events, its controls and its dials.
//! Where the WebSocket does not pass, controls and dials are asked by plain HTTPS.

use std::collections::BTreeMap;
use std::pin::pin;

use futures_util::future::{Either, join_all, select};
use gloo_net::http::Request;
use reachcheck_core::analysis::choose_relay;
use reachcheck_core::catalogue::EndpointRef;
use reachcheck_core::observation::{Answer, Events, Failure, NotRun, Observations, Outcome};
use reachcheck_core::plan::{Plan, Probe};
use reachcheck_core::thresholds::{PINGS, SOCKET_RETRY_GAP_MS};
use reachcheck_wire::{
    self as wire, Challenge, ClientMessage, ControlsReport, DialReport, Schedule, ServerMessage,
};

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
        converse(socket, &mut left, emit).await;
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

/// What the relay has been asked and has not yet answered.
struct Asked {
    controls: bool,
    dials: BTreeMap<String, EndpointRef>,
}

impl Asked {
    fn all(plan: &Plan) -> Self {
        Self {
            controls: true,
            dials: plan
                .endpoints()
                .map(|endpoint| {
                    let id = plan.region(endpoint).endpoint_id(endpoint.kind);
                    (id, endpoint)
                })
                .collect(),
        }
    }

    const fn nothing() -> Self {
        Self {
            controls: false,
            dials: BTreeMap::new(),
        }
    }

    fn is_empty(&self) -> bool {
        !self.controls && self.dials.is_empty()
    }
}

/// Pings: each is sent when the one before it has come back.
struct Pings {
    times_ms: Vec<f64>,
    sent_at: f64,
    is_done: bool,
}

/// Events, and how late each was against the first.
struct Arrivals {
    first_at: Option<f64>,
    seen: u32,
    count: u32,
    late_ms_max: f64,
    is_done: bool,
}

/// Talks until everything is answered or out of time, or the socket closes; then `left` holds what is
/// still unanswered.
async fn converse(mut socket: Socket, left: &mut Asked, emit: &Emit) {
    let started = clock::now_ms();
    let say = |socket: &Socket, message: &ClientMessage| socket.send(&wire::encode(message));
    say(&socket, &ClientMessage::Controls);
    for id in left.dials.keys() {
        let endpoint = id.clone();
        say(&socket, &ClientMessage::Dial { endpoint });
    }
    let schedule = Schedule::Short;
    say(&socket, &ClientMessage::Events { schedule });
    say(&socket, &ClientMessage::Ping { number: 0 });
    let mut pings = Pings {
        times_ms: Vec::new(),
        sent_at: clock::now_ms(),
        is_done: false,
    };
    let mut arrivals = Arrivals {
        first_at: None,
        seen: 0,
        count: 0,
        late_ms_max: 0.0,
        is_done: false,
    };
    loop {
        let elapsed = clock::now_ms() - started;
        if !pings.is_done && elapsed >= f64::from(Probe::Pings.deadline_ms()) {
            pings.finish(emit, elapsed);
        }
        if !arrivals.is_done && elapsed >= f64::from(Probe::Events.deadline_ms()) {
            arrivals.finish(schedule, emit, elapsed);
        }
        if elapsed >= f64::from(Probe::RelayControls.deadline_ms()) {
            time_out(left, emit);
        }
        if left.is_empty() && pings.is_done && arrivals.is_done {
            return;
        }
        let deadlines = [
            (!pings.is_done).then_some(Probe::Pings),
            (!arrivals.is_done).then_some(Probe::Events),
            (!left.is_empty()).then_some(Probe::RelayControls),
        ];
        let wait = deadlines
            .into_iter()
            .flatten()
            .map(|probe| f64::from(probe.deadline_ms()) - elapsed)
            .fold(f64::INFINITY, f64::min);
        match socket.next(wait.max(1.0)).await {
            Some(Happened::Text(at, text)) => match wire::decode::<ServerMessage>(&text) {
                Ok(ServerMessage::Pong { .. }) => {
                    pings.times_ms.push(at - pings.sent_at);
                    let number = u32::try_from(pings.times_ms.len()).unwrap_or(PINGS);
                    if number < PINGS {
                        pings.sent_at = clock::now_ms();
                        say(&socket, &ClientMessage::Ping { number });
                    } else if !pings.is_done {
                        pings.finish(emit, at - started);
                    }
                }
                Ok(ServerMessage::Event { sequence, due_ms }) => {
                    arrivals.take(at, sequence, due_ms);
                    if arrivals.count as usize == schedule.due_ms().len() && !arrivals.is_done {
                        arrivals.finish(schedule, emit, at - started);
                    }
                }
                Ok(ServerMessage::Controls { report }) => {
                    take_controls(left, report, at - started, emit);
                }
                Ok(ServerMessage::Dial { report }) => take_dial(left, report, at - started, emit),
                Ok(ServerMessage::Refused { endpoint, .. }) => {
                    let refused = endpoint.and_then(|id| left.dials.remove(&id));
                    if let Some(endpoint) = refused {
                        let outcome = Outcome::Failed {
                            ms: at - started,
                            failure: Failure::WrongAnswer,
                        };
                        emit(Probe::Dial(endpoint), outcome);
                    }
                }
                Err(_) => {}
            },
            Some(Happened::Closed { at, code, .. }) => {
                let outcome = Outcome::Failed {
                    ms: at - started,
                    failure: close_failure(code, true),
                };
                if !pings.is_done {
                    emit(Probe::Pings, outcome.clone());
                }
                if !arrivals.is_done {
                    emit(Probe::Events, outcome);
                }
                return;
            }
            Some(Happened::Open(_)) | None => {}
        }
    }
}

impl Pings {
    fn finish(&mut self, emit: &Emit, elapsed_ms: f64) {
        self.is_done = true;
        let times = std::mem::take(&mut self.times_ms);
        let outcome = if times.is_empty() {
            Outcome::TimedOut { ms: elapsed_ms }
        } else {
            Outcome::Answered {
                ms: elapsed_ms,
                answer: Answer::Pings(times),
            }
        };
        emit(Probe::Pings, outcome);
    }
}

impl Arrivals {
    fn take(&mut self, at: f64, sequence: u32, due_ms: u32) {
        // A bit per event: the same one twice counts once.
        let bit = 1_u32.checked_shl(sequence).unwrap_or(0);
        if bit == 0 || self.seen & bit != 0 {
            return;
        }
        self.seen |= bit;
        self.count += 1;
        let due_at = at - f64::from(due_ms);
        let first = *self.first_at.get_or_insert(due_at);
        self.late_ms_max = self.late_ms_max.max(due_at - first);
    }

    fn finish(&mut self, schedule: Schedule, emit: &Emit, elapsed_ms: f64) {
        self.is_done = true;
        let events = Events {
            expected: u32::try_from(schedule.due_ms().len()).unwrap_or(u32::MAX),
            arrived: self.count,
            late_ms_max: self.late_ms_max,
        };
        let outcome = Outcome::Answered {
            ms: elapsed_ms,
            answer: Answer::Events(events),
        };
        emit(Probe::Events, outcome);
    }
}

fn take_controls(left: &mut Asked, report: ControlsReport, ms: f64, emit: &Emit) {
    if std::mem::take(&mut left.controls) {
        let answer = Answer::Controls(report);
        emit(Probe::RelayControls, Outcome::Answered { ms, answer });
    }
}

fn take_dial(left: &mut Asked, report: DialReport, ms: f64, emit: &Emit) {
    if let Some(endpoint) = left.dials.remove(&report.endpoint) {
        let answer = Answer::Dial(Box::new(report));
        emit(Probe::Dial(endpoint), Outcome::Answered { ms, answer });
    }
}

fn time_out(left: &mut Asked, emit: &Emit) {
    let outcome = Outcome::TimedOut {
        ms: Probe::RelayControls.deadline_ms().into(),
    };
    if std::mem::take(&mut left.controls) {
        emit(Probe::RelayControls, outcome.clone());
    }
    for endpoint in std::mem::take(&mut left.dials).into_values() {
        emit(Probe::Dial(endpoint), outcome.clone());
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
