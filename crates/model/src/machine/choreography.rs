//! Choreography of a run: for each probe, when it begins, how often it is tried, and what its attempts come to.
//!
//! [`Machine::next`] is the table of contents. Numbers come from [`crate::thresholds`], each with its source.

use std::rc::Rc;

use reachcheck_wire::Challenge;

use super::attempt::{Attempt, State};
use super::first_sockets::Kept;
use super::{Machine, Phase, Wish};
use crate::catalogue::{EndpointRef, Kind};
use crate::environment::BrowserFamily;
use crate::observation::{Answer, Failure, NotRun, Observations, Outcome};
use crate::plan::{Plan, failure_gap_ms};
use crate::probe::{ClockSource, Port, Probe};
use crate::thresholds as limits;

/// What comes next for a probe that has not ended.
pub(super) enum Next {
    /// This attempt begins, and has so many milliseconds.
    Start(Attempt, u32),
    /// It has come to this.
    Is(Rc<Outcome>),
    /// Nothing before that time.
    At(f64),
    /// Nothing before something else happens.
    Waits,
}

impl Next {
    pub(super) fn is(outcome: impl Into<Rc<Outcome>>) -> Self {
        Self::Is(outcome.into())
    }

    pub(super) fn never(why: NotRun) -> Self {
        Self::is(Outcome::NotRun(why))
    }
}

/// The relay that the run uses.
pub(super) enum Relay<'run> {
    /// Challenges are out.
    Pending,
    /// None is of use.
    Without(NotRun),
    /// The one with this place in the plan.
    Chosen {
        index: usize,
        challenge: &'run Challenge,
        at: f64,
    },
}

/// The close code with which Firefox says that the TLS handshake failed, and so that TCP stood.
const TLS_HANDSHAKE: u16 = 1015;

impl Machine {
    /// What comes next for a probe that has not ended.
    pub(super) fn next(&self, probe: Probe) -> Next {
        match probe {
            Probe::Origin | Probe::Canary | Probe::Control(_) | Probe::Challenge(_) => {
                self.once(probe, self.started_at)
            }
            Probe::Clock(ClockSource::Origin) => self.origin_clock(),
            Probe::Clock(ClockSource::Relay) => self.relay_clock(),
            Probe::Fetch(endpoint, number) => self.fetch(endpoint, number),
            Probe::Upgrade(endpoint) => self.upgrade(endpoint),
            Probe::Turn(endpoint) => self.turn(endpoint),
            Probe::Image(endpoint) => match self.plan.region(endpoint).image {
                Some(_) => self.once(probe, self.started_at),
                None => Next::never(NotRun::NotHere),
            },
            Probe::GiveUp(endpoint) => self.give_up(endpoint),
            Probe::Body(endpoint) => self.body(endpoint),
            Probe::InSpace(endpoint, _) => self.in_space(probe, endpoint),
            Probe::LateTurn(endpoint) => self.late_turn(endpoint),
            Probe::OwnPort(endpoint, port) => self.own_port(endpoint, port),
            Probe::FreshName(endpoint) => self.fresh_name(endpoint),
            Probe::Socket => self.socket(),
            Probe::Pings | Probe::Events | Probe::Saw => self.on_the_socket(),
            Probe::RelayControls | Probe::Dial(_) => self.seen_from_outside(probe),
            Probe::NextControls => self.next_controls(),
            Probe::NextDial(endpoint) => self.next_dial(endpoint),
            Probe::Port(port) => self.port(port),
            Probe::Plain => self.plain(),
            Probe::Timing => self.timing(),
            Probe::Hold => self.hold(),
        }
    }

    // Endpoints.

    /// The cold `fetch` begins with the run, each warm one when the one before it has ended. A failure is repeated
    /// after a gap, and less often; a silence is not: waiting for the same again would tell nothing new.
    fn fetch(&self, endpoint: EndpointRef, number: u8) -> Next {
        let probe = Probe::Fetch(endpoint, number);
        if number == 0 {
            return self.once(probe, self.started_at);
        }
        let of = |number| self.observation(Probe::Fetch(endpoint, number));
        let (Some((_, first)), Some((at, previous))) = (of(0), of(number - 1)) else {
            return Next::Waits;
        };
        let attempts = match first {
            Outcome::Answered { .. } => limits::FETCHES,
            Outcome::Failed { .. } => {
                let more = |wish: &&Wish| **wish == Wish::OnceMore(endpoint);
                let more = self.wishes.iter().filter(more).count();
                limits::FETCHES_WHEN_FAILING.saturating_add(u8::try_from(more).unwrap_or(u8::MAX))
            }
            Outcome::TimedOut { .. } | Outcome::Cancelled | Outcome::NotRun(_) => 1,
        };
        match previous {
            Outcome::Answered { .. } if number < attempts => self.once(probe, at),
            Outcome::Failed { ms, .. } if number < attempts => {
                self.once(probe, self.repeated_at(endpoint, at, *ms))
            }
            _ => Next::never(NotRun::NotNeeded),
        }
    }

    /// When an endpoint is asked again that failed at `at`, after so many milliseconds. Firefox keeps no socket in reserve
    /// that a repeat could meet: there a short gap does, once the WebSocket has ended as well.
    fn repeated_at(&self, endpoint: EndpointRef, at: f64, failed_ms: f64) -> f64 {
        let usual_at = at + failure_gap_ms(failed_ms);
        match (self.family, self.observation(Probe::Upgrade(endpoint))) {
            (BrowserFamily::Firefox, Some((ended_at, _))) => {
                usual_at.min(at.max(ended_at) + limits::FAILURE_GAP_FIREFOX_MS)
            }
            _ => usual_at,
        }
    }

    /// When the first `fetch` of an endpoint is called silent, if it has not ended by then: what is dropped need
    /// not be waited for twice.
    pub(super) fn silent_at(&self, endpoint: EndpointRef) -> f64 {
        self.started_at(endpoint) + f64::from(limits::SILENCE_BEFORE_SOCKET_MS)
    }

    /// When the first `fetch` of an endpoint began.
    fn started_at(&self, endpoint: EndpointRef) -> f64 {
        let first = Attempt::new(Probe::Fetch(endpoint, 0), 0);
        self.log.started_at(first).unwrap_or(f64::INFINITY)
    }

    /// A WebSocket is always a new connection, where `fetch` may wait for one that another page began. A silent
    /// `fetch` gets one beside it. A TCP endpoint always gets this second opinion, an HTTPS endpoint that fails
    /// only where it can say more, in Firefox (1015): Chromium holds WebSockets back for seconds once some seven
    /// have failed (docs/browsers.md section 3).
    fn upgrade(&self, endpoint: EndpointRef) -> Next {
        let probe = Probe::Upgrade(endpoint);
        let beside_ms = limits::ENDPOINT_DEADLINE_MS - limits::SILENCE_BEFORE_SOCKET_MS;
        match self.observation(Probe::Fetch(endpoint, 0)) {
            // Where an earlier one may stand in, a request is waited for that takes as long as then.
            None => {
                let alike_at = self.started_at(endpoint) + self.first_socket_alike_ms(endpoint);
                let at = self.silent_at(endpoint).max(alike_at);
                self.once_within(probe, at, beside_ms)
            }
            Some((_, Outcome::TimedOut { .. })) => {
                self.once_within(probe, self.silent_at(endpoint), beside_ms)
            }
            // One that has answered is not waited for in full where the browser holds sockets back.
            Some((at, Outcome::Answered { .. })) if endpoint.kind == Kind::Tcp => {
                self.once_within(probe, at, limits::SECOND_OPINION_DEADLINE_MS)
            }
            Some((at, Outcome::Failed { .. }))
                if endpoint.kind == Kind::Tcp || self.family == BrowserFamily::Firefox =>
            {
                match self.first_socket(endpoint) {
                    _ if self.was_begun(probe) => self.once(probe, at),
                    Kept::Pending => Next::Waits,
                    Kept::Socket(first) => Next::is(first.outcome()),
                    Kept::Nothing => self.once(probe, at),
                }
            }
            Some(_) if self.was_begun(probe) => self.once(probe, self.now),
            Some(_) => Next::never(NotRun::NotNeeded),
        }
    }

    /// Plain TCP by WebRTC, only where `fetch` and WebSocket cannot say it: it sends bytes that are foreign to the
    /// endpoint. Only Chromium tells what became of them.
    fn turn(&self, endpoint: EndpointRef) -> Next {
        let probe = Probe::Turn(endpoint);
        if self.was_begun(probe) {
            return self.once(probe, self.now);
        }
        let at = match self.observation(Probe::Fetch(endpoint, 0)) {
            None => self.silent_at(endpoint),
            Some((at, first)) if first.is_failure() => at,
            Some(_) => return Next::never(NotRun::NotNeeded),
        };
        if at > self.now {
            return Next::At(at);
        }
        if self.plan.plain_tcp_probe && self.family == BrowserFamily::Chromium {
            self.once(probe, at)
        } else {
            Next::never(NotRun::NotHere)
        }
    }

    /// A request that insists on an address space, beside a first one that is silent: what waits for a permission is
    /// connected already. It is not waited for where the first has failed by itself. It begins later than any answer may
    /// come: at R = 600 ms a first answer takes 1.8 s, and what is asked beside it takes the connections that its repeats
    /// would have kept (lab).
    fn in_space(&self, probe: Probe, endpoint: EndpointRef) -> Next {
        if self.family != BrowserFamily::Chromium {
            return Next::never(NotRun::NotHere);
        }
        let first = self.observation(Probe::Fetch(endpoint, 0));
        match first {
            Some(_) if !self.was_begun(probe) => return Next::never(NotRun::NotNeeded),
            _ => {}
        }
        let at = self.started_at(endpoint) + f64::from(limits::SILENT_SO_FAR_MS);
        let beside_ms = limits::ENDPOINT_DEADLINE_MS - limits::SILENT_SO_FAR_MS;
        match (self.once_within(probe, at, beside_ms), first) {
            (Next::Waits, Some((_, Outcome::Failed { .. }))) => Next::is(Outcome::Cancelled),
            (next, _) => next,
        }
    }

    /// WebRTC's attempt that has told nothing of plain TCP by its deadline goes on: what it waits for may stand.
    fn late_turn(&self, endpoint: EndpointRef) -> Next {
        let probe = Probe::Turn(endpoint);
        let Some((in_time_at, _)) = self.observation(probe) else {
            return Next::Waits;
        };
        match self.log.state(Attempt::new(probe, 0)) {
            Some(State::UnderWay(_)) => Next::Waits,
            Some(State::Over { at, outcome, .. }) if *at > in_time_at => Next::is(outcome.clone()),
            _ => Next::never(NotRun::NotNeeded),
        }
    }

    /// A first `fetch` that stays without an answer goes on beyond its deadline: when the browser itself gives it
    /// up tells what it was waiting for.
    fn give_up(&self, endpoint: EndpointRef) -> Next {
        match self.observation(Probe::Fetch(endpoint, 0)) {
            None => Next::Waits,
            Some((_, Outcome::TimedOut { .. })) => {
                match self.log.state(Attempt::new(Probe::Fetch(endpoint, 0), 0)) {
                    Some(State::Over { outcome, .. }) => Next::is(outcome.clone()),
                    _ => Next::Waits,
                }
            }
            Some(_) => Next::never(NotRun::NotNeeded),
        }
    }

    /// Whether every answer came to its end, once the last request has ended. Firefox does not hand an answer over before
    /// that, and Chromium tells nothing of it (docs/browsers.md section 1.5).
    fn body(&self, endpoint: EndpointRef) -> Next {
        if self.family != BrowserFamily::WebKit {
            return Next::never(NotRun::NotHere);
        }
        let last = Probe::Fetch(endpoint, limits::FETCHES - 1);
        match self.observation(last) {
            None => Next::Waits,
            Some(_) if self.answers(endpoint) == 0 => Next::never(NotRun::NotNeeded),
            Some((at, _)) => self.once(Probe::Body(endpoint), at),
        }
    }

    /// How many requests to an endpoint were answered.
    pub(super) fn answers(&self, endpoint: EndpointRef) -> u32 {
        let answered = (0..limits::FETCHES).filter(|number| {
            let fetched = self.observation(Probe::Fetch(endpoint, *number));
            fetched.is_some_and(|(_, outcome)| outcome.answered_ms().is_some())
        });
        u32::try_from(answered.count()).unwrap_or(u32::MAX)
    }

    /// How the endpoint's host fails on ports beside its own, one after the other: refused near by, refused at the
    /// far end, connected, or silent. Nothing is known to listen there, so no rule builds on it. Not before
    /// the run has finished, so that it takes nothing from what the verdict stands on.
    fn own_port(&self, endpoint: EndpointRef, port: Port) -> Next {
        if self.phase == Phase::Running {
            return Next::Waits;
        }
        let place = self.plan.region(endpoint).host_port(endpoint.kind);
        if place.port == port.number() {
            return Next::never(NotRun::NotNeeded);
        }
        let before = match port {
            Port::Http => Some(self.finished_at),
            Port::Xmpp => self
                .observation(Probe::OwnPort(endpoint, Port::Http))
                .map(|(at, _)| at),
        };
        before.map_or(Next::Waits, |at| {
            self.once(Probe::OwnPort(endpoint, port), at)
        })
    }

    // The relay.

    /// The relay that the run uses, as far as that is known.
    pub(super) fn relay(&self) -> Relay<'_> {
        let plan = &*self.plan;
        if plan.relays.is_empty() {
            return Relay::Without(NotRun::NoRelay);
        }
        let mut at = 0.0_f64;
        for index in 0..plan.relays.len() {
            match self.observation(Probe::Challenge(index)) {
                Some((ended_at, _)) => at = at.max(ended_at),
                None => return Relay::Pending,
            }
        }
        let chosen = choose_relay(plan, &self.observed);
        match chosen.and_then(|index| Some((index, challenge_of(&self.observed, index)?))) {
            Some((index, challenge)) => Relay::Chosen {
                index,
                challenge,
                at,
            },
            None => Relay::Without(NotRun::RelayUnusable),
        }
    }

    /// Our own clock beside the page's host's, where its answer told the time.
    fn origin_clock(&self) -> Next {
        match self.observation(Probe::Origin) {
            None => Next::Waits,
            Some(_) => Next::is(
                self.clock(Probe::Origin)
                    .unwrap_or(Outcome::NotRun(NotRun::NotOffered)),
            ),
        }
    }

    fn relay_clock(&self) -> Next {
        match self.relay() {
            Relay::Pending => Next::Waits,
            Relay::Without(why) => Next::never(why),
            Relay::Chosen { index, .. } => Next::is(
                self.clock(Probe::Challenge(index))
                    .unwrap_or(Outcome::NotRun(NotRun::NotOffered)),
            ),
        }
    }

    fn clock(&self, probe: Probe) -> Option<Outcome> {
        let found = self.clocks.iter().find(|(of, _)| *of == probe);
        found.map(|(_, clock)| clock.clone())
    }

    /// The relay's WebSocket, in two tries: behind a proxy that wants a login the first may fail although HTTPS has
    /// just passed. Where there is nothing to choose, the first need not wait for the challenge: three round trips
    /// less. The second comes after HTTPS has passed.
    fn socket(&self) -> Next {
        let [first, second] = [0, 1].map(|number| Attempt::new(Probe::Socket, number));
        let chosen_at = match self.relay() {
            Relay::Pending if self.plan.relays.len() == 1 => {
                return match self.log.state(first) {
                    None => Next::Start(first, Probe::Socket.deadline_ms()),
                    Some(_) => Next::Waits,
                };
            }
            Relay::Pending => return Next::Waits,
            Relay::Without(why) => return Next::never(why),
            Relay::Chosen { at, .. } => at,
        };
        let over = match self.opening(first, chosen_at) {
            Opening::Over { at, outcome } if !is_busy(outcome) => at.max(chosen_at),
            opening => return opening.next(),
        };
        let gap_ms = f64::from(limits::SOCKET_RETRY_GAP_MS);
        self.opening(second, over + gap_ms).next()
    }

    /// How it stands with a try to open the relay's WebSocket that begins at `at`.
    fn opening(&self, attempt: Attempt, at: f64) -> Opening<'_> {
        match self.log.state(attempt) {
            None if at > self.now => Opening::Next(Next::At(at)),
            None => Opening::Next(Next::Start(attempt, Probe::Socket.deadline_ms())),
            Some(State::Over { at, outcome, .. }) => Opening::Over { at: *at, outcome },
            Some(State::UnderWay(entry)) => Opening::Next(match entry.opened {
                None => Next::Waits,
                Some((_, ms)) => Next::is(Outcome::Answered {
                    ms,
                    answer: Answer::Opened,
                }),
            }),
        }
    }

    /// The socket on which the relay is talked to, once it counts as open.
    pub(super) fn relay_socket(&self) -> Option<Attempt> {
        self.observed.get(Probe::Socket)?.answered_ms()?;
        let going_on = self.log.under_way_of(Probe::Socket);
        going_on.first().copied()
    }

    /// What is asked on the socket alone.
    fn on_the_socket(&self) -> Next {
        match (self.relay(), self.observed.get(Probe::Socket)) {
            (Relay::Without(why), _) => Next::never(why),
            (_, Some(socket)) if socket.answered_ms().is_none() => Next::never(NotRun::NoSocket),
            // The conversation tells it.
            _ => Next::Waits,
        }
    }

    /// What a view from outside is good for, asked on the socket. What the socket has not answered is asked by plain
    /// HTTPS, each with its own deadline.
    fn seen_from_outside(&self, probe: Probe) -> Next {
        match self.relay() {
            Relay::Pending => Next::Waits,
            Relay::Without(why) => Next::never(why),
            Relay::Chosen { challenge, .. } if !challenge.outside => {
                Next::never(NotRun::RelayInside)
            }
            Relay::Chosen { .. } => match self.observed.get(Probe::Socket) {
                None => Next::Waits,
                Some(socket) if socket.answered_ms().is_none() => self.once(probe, self.now),
                Some(_) => match &self.conversation {
                    Some(conversation) if conversation.is_broken() => self.once(probe, self.now),
                    _ => Next::Waits,
                },
            },
        }
    }

    /// The probes that the conversation with the relay asks for, beside those of the socket itself.
    pub(super) fn asked_outside(&self) -> Vec<Probe> {
        let is_outside = |probe: &&Probe| matches!(probe, Probe::RelayControls | Probe::Dial(_));
        self.open.iter().filter(is_outside).copied().collect()
    }

    /// The relay on another of its ports; where it fails, once more, since the first try also paid for the name; and
    /// where it fails again, whether it was connected at least.
    fn port(&self, port: Port) -> Next {
        let chosen_at = match self.relay() {
            Relay::Pending => return Next::Waits,
            Relay::Without(why) => return Next::never(why),
            Relay::Chosen { challenge, .. } if !challenge.ports.contains(&port.number()) => {
                return Next::never(NotRun::NotOffered);
            }
            Relay::Chosen { at, .. } => at,
        };
        let probe = Probe::Port(port);
        let tries = [0, 1, 2].map(|number| Attempt::new(probe, number));
        let (first_at, first) = match self.over(tries[0], chosen_at, probe.deadline_ms()) {
            Ok(over) => over,
            Err(next) => return next,
        };
        let (first_ms, failure) = match first {
            Outcome::Failed { ms, failure } => (*ms, failure),
            other => return Next::is(as_readable(other)),
        };
        if *failure == Failure::Forbidden {
            return Next::is(first.clone());
        }
        let again_at = first_at + failure_gap_ms(first_ms);
        let (second_at, second) = match self.over(tries[1], again_at, probe.deadline_ms()) {
            Ok(over) => over,
            Err(next) => return next,
        };
        let (ms, failure) = match second {
            Outcome::Failed { ms, failure } => (ms.min(first_ms), failure.clone()),
            other => return Next::is(as_readable(other)),
        };
        let deadline_ms = match self.family {
            _ if failure == Failure::WrongAnswer => None,
            BrowserFamily::Chromium => Some(limits::TURN_DEADLINE_MS),
            BrowserFamily::Firefox => Some(limits::SECOND_OPINION_DEADLINE_MS),
            BrowserFamily::WebKit | BrowserFamily::Other => None,
        };
        let Some(deadline_ms) = deadline_ms else {
            return Next::is(Outcome::Failed { ms, failure });
        };
        let third = match self.over(tries[2], second_at, deadline_ms) {
            Ok((_, third)) => third,
            Err(next) => return next,
        };
        Next::is(match third {
            Outcome::Answered {
                answer: Answer::Passed,
                ..
            } => Outcome::Answered {
                ms,
                answer: Answer::Passed,
            },
            Outcome::Failed {
                failure:
                    Failure::ConnectedOnly
                    | Failure::Closed {
                        code: TLS_HANDSHAKE,
                        ..
                    },
                ..
            } => Outcome::Failed {
                ms,
                failure: Failure::ConnectedOnly,
            },
            Outcome::Failed { ms: once_ms, .. } if self.was_repeated(ms, *once_ms) => {
                Outcome::Failed {
                    ms,
                    failure: Failure::ConnectedOnly,
                }
            }
            _ => Outcome::Failed { ms, failure },
        })
    }

    /// Whether requests that took so many milliseconds were tried ten times beside a WebSocket that was tried once:
    /// Firefox repeats no more than what was connected. Below a second, what a busy browser adds may look so.
    fn was_repeated(&self, ms: f64, once_ms: f64) -> bool {
        self.family == BrowserFamily::Firefox
            && ms >= limits::SYN_REPEAT_MS
            && ms >= limits::REPEATED_TIMES * once_ms
    }

    /// Bytes that are not TLS to the relay on 443 and back, in two tries, since the one bad moment of a network is no
    /// firewall.
    fn plain(&self) -> Next {
        let chosen_at = match self.relay() {
            Relay::Pending => return Next::Waits,
            Relay::Without(why) => return Next::never(why),
            Relay::Chosen { challenge, .. }
                if !(challenge.plain && challenge.ports.contains(&443)) =>
            {
                return Next::never(NotRun::NotOffered);
            }
            Relay::Chosen { at, .. } => at,
        };
        if self.family != BrowserFamily::Chromium {
            return Next::never(NotRun::NotHere);
        }
        let deadline_ms = Probe::Plain.deadline_ms();
        let mut at = chosen_at;
        for number in [0, 1] {
            let outcome = match self.over(Attempt::new(Probe::Plain, number), at, deadline_ms) {
                Ok((ended_at, outcome)) => {
                    at = ended_at;
                    outcome
                }
                Err(next) => return next,
            };
            match outcome {
                Outcome::Answered { answer, .. } => {
                    return Next::is(Outcome::Answered {
                        ms: at - chosen_at,
                        answer: answer.clone(),
                    });
                }
                Outcome::NotRun(_) => return Next::is(outcome.clone()),
                _ => {}
            }
        }
        Next::is(Outcome::Failed {
            ms: at - chosen_at,
            failure: Failure::Network { tls_finished: None },
        })
    }

    /// What the browser timed, read after a second challenge on the connection that stands by then: the first paid
    /// for making it.
    fn timing(&self) -> Next {
        let [again, reading] = [0, 1].map(|number| Attempt::new(Probe::Timing, number));
        let deadline_ms = Probe::Timing.deadline_ms();
        let at = match self.relay() {
            Relay::Pending => return Next::Waits,
            Relay::Without(_) => self.now,
            Relay::Chosen { at, .. } => match self.over(again, at, deadline_ms) {
                Ok((at, _)) => at,
                Err(next) => return next,
            },
        };
        match self.over(reading, at, deadline_ms) {
            Ok((_, outcome)) => Next::is(outcome.clone()),
            Err(next) => next,
        }
    }

    /// A socket of its own to the relay that stays silent, once another has opened. Nothing waits for it.
    fn hold(&self) -> Next {
        match (self.relay(), self.observation(Probe::Socket)) {
            (Relay::Without(why), _) => Next::never(why),
            (_, None) => Next::Waits,
            (_, Some((_, socket))) if socket.answered_ms().is_none() => {
                Next::never(NotRun::NoSocket)
            }
            (_, Some((at, _))) => self.once_within(Probe::Hold, at, Probe::Socket.deadline_ms()),
        }
    }

    // Attempts.

    /// A probe that is one attempt.
    pub(super) fn once(&self, probe: Probe, at: f64) -> Next {
        self.once_within(probe, at, probe.deadline_ms())
    }

    fn once_within(&self, probe: Probe, at: f64, deadline_ms: u32) -> Next {
        match self.over(Attempt::new(probe, 0), at, deadline_ms) {
            Ok((_, outcome)) => Next::is(outcome.clone()),
            Err(next) => next,
        }
    }

    pub(super) fn was_begun(&self, probe: Probe) -> bool {
        self.log.state(Attempt::new(probe, 0)).is_some()
    }

    /// When an attempt that begins at `at` ended, and how; what comes next where it has not.
    fn over(&self, attempt: Attempt, at: f64, deadline_ms: u32) -> Result<(f64, &Outcome), Next> {
        match self.log.state(attempt) {
            None if at > self.now => Err(Next::At(at)),
            None => Err(Next::Start(attempt, deadline_ms)),
            Some(State::UnderWay(_)) => Err(Next::Waits),
            Some(State::Over { at, outcome, .. }) => Ok((*at, outcome)),
        }
    }

    /// Whether an attempt goes on although its probe has ended.
    pub(super) fn goes_on(&self, attempt: Attempt) -> bool {
        match (attempt.probe, self.observed.get(attempt.probe)) {
            (Probe::Fetch(_, 0), Some(Outcome::TimedOut { .. })) => true,
            (Probe::Turn(endpoint), Some(Outcome::Answered { .. })) => {
                self.open.contains(&Probe::LateTurn(endpoint))
            }
            (Probe::Socket, Some(outcome)) => outcome.answered_ms().is_some(),
            _ => false,
        }
    }
}

/// How it stands with a try to open a socket.
enum Opening<'run> {
    Next(Next),
    Over { at: f64, outcome: &'run Outcome },
}

impl Opening<'_> {
    fn next(self) -> Next {
        match self {
            Self::Next(next) => next,
            Self::Over { outcome, .. } => Next::is(outcome.clone()),
        }
    }
}

/// An answer of the relay on another port, as an answer that could be read.
fn as_readable(outcome: &Outcome) -> Outcome {
    match outcome {
        Outcome::Answered { ms, .. } => Outcome::Answered {
            ms: *ms,
            answer: Answer::Readable(200),
        },
        other => other.clone(),
    }
}

const fn is_busy(outcome: &Outcome) -> bool {
    matches!(
        outcome,
        Outcome::Failed {
            failure: Failure::Busy,
            ..
        }
    )
}

/// What a relay said to the challenge.
fn challenge_of(observed: &Observations, index: usize) -> Option<&Challenge> {
    match observed.get(Probe::Challenge(index))? {
        Outcome::Answered {
            answer: Answer::Challenge(challenge),
            ..
        } => Some(challenge),
        _ => None,
    }
}

/// The relay that a run uses: of those that have answered and will serve us, the nearest; none while
/// any challenge is out, so that the choice does not depend on when it is asked.
#[must_use]
pub fn choose_relay(plan: &Plan, observed: &Observations) -> Option<usize> {
    let serving = relays_by_distance(plan, observed)?;
    serving.first().map(|(index, _)| *index)
}

/// The relays that have answered and will serve us, the nearest first, with what they said; `None` while any challenge
/// is out.
pub(super) fn relays_by_distance<'run>(
    plan: &Plan,
    observed: &'run Observations,
) -> Option<Vec<(usize, &'run Challenge)>> {
    let mut serving = Vec::new();
    for index in 0..plan.relays.len() {
        let ms = observed.get(Probe::Challenge(index))?.answered_ms();
        if let (Some(ms), Some(challenge)) = (ms, challenge_of(observed, index))
            && challenge.origin_allowed
            && !challenge.busy
        {
            serving.push((ms, (index, challenge)));
        }
    }
    serving.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    Some(serving.into_iter().map(|(_, relay)| relay).collect())
}
