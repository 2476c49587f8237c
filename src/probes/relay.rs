//! Relay probes: the challenge, then its other ports, plain bytes, and over its WebSocket pings, server events,
//! what it saw, its controls and its dials.
//! Where the WebSocket does not pass, controls and dials are asked by plain HTTPS.

mod conversation;

use std::future::ready;
use std::rc::Rc;

use futures::FutureExt as _;
use futures::future::{Either, LocalBoxFuture, join_all, join4, select};
use reachcheck_model::machine::choose_relay;
use reachcheck_model::observation::{Answer, Failure, NotRun, Observations, Outcome, Timing};
use reachcheck_model::plan::Plan;
use reachcheck_model::probe::{ClockSource, Port, Probe};
use reachcheck_model::thresholds::SOCKET_RETRY_GAP_MS;
use reachcheck_wire::{self as wire, Challenge};

use super::Context;
use super::challenge::{ask, challenge, challenge_all, socket_url};
use crate::browser::socket::{Socket, SocketEvent};
use crate::browser::{clock, environment, timing};

/// Everything that needs a relay.
pub async fn run(context: &Context) {
    let plan = &*context.plan;
    // Where there is nothing to choose, the socket's first try need not wait for the challenge: three round
    // trips less. The second comes after HTTPS has passed.
    let first_try = async {
        match &plan.relays[..] {
            [only] => Some(try_open(&socket_url(&only.base)).await),
            _ => None,
        }
    };
    let both = select(challenge_all(plan).boxed_local(), first_try.boxed_local());
    let (asked, first_try) = match both.await {
        Either::Left((asked, first_try)) => (asked, first_try),
        Either::Right((opened, challenges)) => (challenges.await, ready(opened).boxed_local()),
    };
    let mut known = Observations::default();
    let mut asked_urls = Vec::new();
    for (index, (outcome, url)) in asked.into_iter().enumerate() {
        let outcome = Rc::new(outcome);
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
    context.emit(Probe::Clock(ClockSource::Relay), clock_of(challenge));
    let relay = Relay {
        context,
        base: &plan.relays[index].base,
        challenge,
    };
    let ports = join_all(Port::ALL.map(|port| relay.port(port)));
    let talk = relay.talk(first_try);
    let timing = relay.timing(&asked_urls[index]);
    join4(ports, relay.plain(), talk, timing).await;
}

/// The relay that was chosen.
struct Relay<'run> {
    context: &'run Context,
    base: &'run str,
    challenge: &'run Challenge,
}

/// How a socket opened, or did not.
type Opened = (Outcome, Option<Socket>);

impl Relay<'_> {
    /// One of its other ports.
    async fn port(&self, port: Port) {
        let outcome = if self.challenge.ports.contains(&port.number()) {
            super::port::run(self.base, port, self.context.family).await
        } else {
            Outcome::NotRun(NotRun::NotOffered)
        };
        self.context.emit(Probe::Port(port), outcome);
    }

    /// Plain bytes to it.
    async fn plain(&self) {
        let outcome = match environment::hostname(self.base) {
            Some(host) if self.challenge.plain && self.challenge.ports.contains(&443) => {
                super::plain::relay(&host, self.context.family).await
            }
            _ => Outcome::NotRun(NotRun::NotOffered),
        };
        self.context.emit(Probe::Plain, outcome);
    }

    /// What is said over its socket, whose first try may be under way.
    async fn talk(&self, first_try: LocalBoxFuture<'_, Option<Opened>>) {
        let context = self.context;
        let mut outside = outside(&context.plan);
        if !self.challenge.outside {
            context.skip(&outside, NotRun::RelayInside);
            outside.clear();
        }
        let first_try = first_try.await;
        let socket_url = socket_url(self.base);
        let (outcome, socket) = open(&socket_url, first_try).await;
        context.emit(Probe::Socket, outcome);
        if let Some(socket) = socket {
            let later = context.clone();
            context.leave(async move {
                later.emit(Probe::Hold, super::hold::run(socket_url).await);
            });
            outside = conversation::hold(context, socket, outside).await;
        } else {
            let probes = [Probe::Pings, Probe::Events, Probe::Saw, Probe::Hold];
            context.skip(&probes, NotRun::NoSocket);
        }
        join_all(outside.into_iter().map(|probe| self.ask(probe))).await;
    }

    /// What the socket has not answered, by plain HTTPS, each with its own deadline.
    async fn ask(&self, probe: Probe) {
        let base = self.base;
        let deadline_ms = probe.deadline_ms();
        let outcome = if let Probe::Dial(endpoint) = probe {
            let region = self.context.plan.region(endpoint);
            let id = region.endpoint_id(endpoint.kind);
            let url = format!("{base}{}?endpoint={id}", wire::DIAL_PATH);
            let answer = |report| Some(Answer::Dial(Box::new(report)));
            ask(&url, deadline_ms, answer).await
        } else {
            let url = format!("{base}{}", wire::CONTROLS_PATH);
            let answer = |report| Some(Answer::Controls(report));
            ask(&url, deadline_ms, answer).await
        };
        self.context.emit(probe, outcome);
    }

    /// On the connection that stands by now; the first paid for making it.
    async fn timing(&self, asked_url: &str) {
        let (again, _) = challenge(self.base, Probe::Timing.deadline_ms()).await;
        let timing = timing(Some((self.base, asked_url)), again.answered_ms());
        self.context.emit(Probe::Timing, timing);
    }
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
    let mut known = Observations::default();
    for (index, (outcome, _)) in challenge_all(plan).await.into_iter().enumerate() {
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
    let probes = [
        Probe::Socket,
        Probe::Pings,
        Probe::Events,
        Probe::Clock(ClockSource::Relay),
        Probe::Saw,
        Probe::Plain,
        Probe::Hold,
        Probe::Port(Port::Http),
        Probe::Port(Port::Xmpp),
    ];
    context.skip(&probes, why);
    context.skip(&outside(&context.plan), why);
}

/// Everything that a view from outside is good for.
fn outside(plan: &Plan) -> Vec<Probe> {
    let mut probes = vec![Probe::RelayControls];
    probes.extend(plan.endpoints().map(Probe::Dial));
    probes
}

/// Opens the WebSocket, in two tries: behind a proxy that wants a login the first may fail although
/// HTTPS has just passed. The first may have been made already.
async fn open(url: &str, first: Option<Opened>) -> Opened {
    let (outcome, socket) = match first {
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

async fn try_open(url: &str) -> Opened {
    let deadline_ms = f64::from(Probe::Socket.deadline_ms());
    let attempt = Socket::attempt(url, deadline_ms).await;
    let (at, failure) = match attempt.happened {
        Some(SocketEvent::Open(at)) => {
            let ms = at - attempt.started;
            let answer = Answer::Opened;
            return (Outcome::Answered { ms, answer }, attempt.socket);
        }
        Some(SocketEvent::Closed { at, code, .. }) => (at, close_failure(code, false)),
        Some(SocketEvent::Text(at, _)) => (at, Failure::WrongAnswer),
        None if attempt.socket.is_none() => (attempt.started, Failure::Forbidden),
        None => return (Outcome::TimedOut { ms: deadline_ms }, None),
    };
    let ms = at - attempt.started;
    (Outcome::Failed { ms, failure }, None)
}

const fn close_failure(code: u16, opened: bool) -> Failure {
    if code == wire::CLOSE_BUSY {
        Failure::Busy
    } else {
        Failure::Closed { code, opened }
    }
}
