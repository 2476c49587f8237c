//! One client on a WebSocket: pings, a schedule of events, dials by id. All of it counted.

use std::collections::HashSet;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

#[cfg(feature = "conformance")]
use futures_util::SinkExt as _;
use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use reachcheck_wire::{
    self as wire, ClientMessage, Ending, Hold, Refusal, Schedule, ServerMessage,
};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::Role;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::byte_budget::ByteBudget;
use crate::dials::Dials;
use crate::limits;
use crate::metrics::Limit;
use crate::peer::Peer;
use crate::quota::Quota;
use crate::state::State;
use crate::watch::{Wanted, Watched, watch};
use crate::websocket::{Bounds, Stream, close, config, how, send};

/// Says back whatever it hears, for a suite of conformance tests; with the longest message that its cases have.
#[cfg(feature = "conformance")]
pub async fn echo(upgrade: OnUpgrade) {
    const LONGEST: usize = 128 * 1024;
    let Ok(upgraded) = upgrade.await else { return };
    let metered = ByteBudget::new(TokioIo::new(upgraded), usize::MAX, usize::MAX);
    let config = config(LONGEST, 4 * LONGEST);
    let mut stream: Stream =
        WebSocketStream::from_raw_socket(metered, Role::Server, Some(config)).await;
    while let Some(Ok(message)) = stream.next().await {
        if (message.is_text() || message.is_binary()) && stream.send(message).await.is_err() {
            return;
        }
    }
}

/// Serves a client until either side is done. Ends within [`limits::Limits::socket_life`] and the watches that came on top,
/// and within [`limits::Limits::watched_life`] and the last of these.
pub async fn serve(state: Arc<State>, peer: Peer, saw: wire::Saw, upgrade: OnUpgrade) {
    let live = state.live();
    let limits = live.settings.limits;
    let bounds = Bounds {
        limits,
        metrics: state.metrics.clone(),
    };
    let Ok(Ok(upgraded)) = timeout(limits.handshake, upgrade).await else {
        return;
    };
    let config = config(wire::CLIENT_MESSAGE_MAX, 4 * wire::SERVER_MESSAGE_MAX);
    let metered = ByteBudget::new(
        TokioIo::new(upgraded),
        limits.socket_bytes_in,
        limits.socket_bytes_out,
    );
    let mut stream = WebSocketStream::from_raw_socket(metered, Role::Server, Some(config)).await;
    let share = Quota {
        address: limits.address_sockets,
        site: limits.site_sockets,
    };
    let place = state.quotas.sockets.try_acquire(
        peer.address.ip(),
        share,
        state.sockets.left(limits.sockets),
    );
    let permit = state.sockets.try_acquire(limits.sockets);
    let (Some(_place), Some(_permit), false) = (place, permit, peer.is_crowded) else {
        state.metrics.limited(Limit::Sockets);
        return close(&mut stream, &bounds, wire::CLOSE_BUSY, "busy").await;
    };
    let stopping = state.stopping.clone();
    let (queue, waiting) = mpsc::channel(limits::SOCKET_QUEUE);
    let ended = CancellationToken::new();
    let session = Session {
        state: state.clone(),
        dials: live.dials.clone(),
        bounds: bounds.clone(),
        saw,
        address: peer.address.ip(),
        queue,
        ended: ended.clone(),
        _end: ended.drop_guard(),
        messages: 0,
        dialled: 0,
        schedules: 0,
        questions: FuturesUnordered::new(),
        asked: HashSet::new(),
        watched: None,
    };
    // Not in the select: whoever has to leave is told so first.
    tokio::select! {
        () = session.run(&mut stream, waiting) => return,
        () = stopping.cancelled() => {}
    }
    close(&mut stream, &bounds, CLOSE_RESTART, "restarting").await;
}

/// RFC 6455 section 7.4.1.
const CLOSE_DONE: u16 = 1000;
/// IANA's WebSocket Close Code registry: the service restarts, come again.
const CLOSE_RESTART: u16 = 1012;

/// What waits for one client. Boxed: the queue makes room for 32 messages as soon as there is one client, which for
/// unboxed ones is 10 KiB.
type Queue = mpsc::Sender<Box<ServerMessage>>;

/// What a client may ask of the relay's dials.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Question {
    Endpoint(String),
    Controls,
}

struct Session {
    state: Arc<State>,
    dials: Dials,
    bounds: Bounds,
    saw: wire::Saw,
    /// Whose it is.
    address: IpAddr,
    queue: Queue,
    /// Ends the tasks that this session started.
    ended: CancellationToken,
    _end: DropGuard,
    messages: usize,
    dialled: usize,
    schedules: usize,
    /// Questions about endpoints and controls that wait for a dial, …
    questions: FuturesUnordered<BoxFuture<'static, (Question, ServerMessage)>>,
    /// … each of them once.
    asked: HashSet<Question>,
    /// By what name this socket was last watched.
    watched: Option<String>,
}

impl Session {
    /// The end of a socket that was watched is remembered, also where it comes after the watch: a word into the void is
    /// noticed only when nobody acknowledges it.
    async fn run(mut self, stream: &mut Stream, waiting: mpsc::Receiver<Box<ServerMessage>>) {
        let ending = match self.converse(stream, waiting).await {
            Ok(()) => Ending::ByRelay,
            Err(ending) => ending,
        };
        if let Some(name) = &self.watched {
            self.state.endings.note(name, self.address, ending);
        }
    }

    /// Until the relay ends it.
    ///
    /// # Errors
    /// How it ended otherwise.
    async fn converse(
        &mut self,
        stream: &mut Stream,
        mut waiting: mpsc::Receiver<Box<ServerMessage>>,
    ) -> Result<(), Ending> {
        let patience = self.bounds.limits.socket_idle;
        let mut idle = std::pin::pin!(sleep_until(Instant::now() + patience));
        // A watch comes on top.
        let mut until = Instant::now() + self.bounds.limits.socket_life;
        let at_last = Instant::now() + self.bounds.limits.watched_life;
        loop {
            idle.as_mut().reset(Instant::now() + patience);
            // Also where there is always something to be said: of what is ready at once a choice takes any.
            if Instant::now() >= until {
                self.bounds.metrics.limited(Limit::Lifetime);
                return self.close(stream, CLOSE_DONE, "long enough").await;
            }
            tokio::select! {
                Some(message) = waiting.recv() => {
                    send(stream, &self.bounds, Message::text(wire::encode(&*message))).await?;
                }
                Some((question, message)) = self.questions.next(), if !self.questions.is_empty() => {
                    self.asked.remove(&question);
                    send(stream, &self.bounds, Message::text(wire::encode(&message))).await?;
                }
                incoming = stream.next() => {
                    let text = match incoming {
                        Some(Ok(Message::Text(text))) => text,
                        // Answered by the library; counted like any other message.
                        Some(Ok(Message::Ping(_) | Message::Pong(_))) => {
                            if self.is_over_budget() {
                                return self.close(stream, wire::CLOSE_PROTOCOL, "too many messages").await;
                            }
                            continue;
                        }
                        Some(Ok(Message::Binary(_) | Message::Frame(_))) => {
                            return self.close(stream, wire::CLOSE_PROTOCOL, "text only").await;
                        }
                        Some(Ok(Message::Close(_))) => return Err(Ending::Closed),
                        Some(Err(error)) => return Err(how(&error)),
                        None => return Err(Ending::Finished),
                    };
                    if self.is_over_budget() {
                        return self.close(stream, wire::CLOSE_PROTOCOL, "too many messages").await;
                    }
                    let Ok(message) = wire::decode::<ClientMessage>(text.as_str()) else {
                        return self.close(stream, wire::CLOSE_PROTOCOL, "not a message").await;
                    };
                    match message {
                        // At once, past what waits: its time is what the page measures.
                        ClientMessage::Ping { number } => {
                            let pong = wire::encode(&ServerMessage::Pong { number });
                            send(stream, &self.bounds, Message::text(pong)).await?;
                        }
                        ClientMessage::Hold { hold } => {
                            self.hold(stream, hold).await?;
                        }
                        ClientMessage::Watch { quiet, ms, name } => {
                            let began = Instant::now();
                            let wanted = Wanted { quiet, ms, name };
                            self.watch(stream, wanted).await?;
                            // What was refused took no time.
                            until = at_last.min(until + began.elapsed());
                        }
                        message => {
                            if let Some(answer) = self.take(message) {
                                let answer = Message::text(wire::encode(&answer));
                                send(stream, &self.bounds, answer).await?;
                            }
                        }
                    }
                }
                () = sleep_until(until) => {}
                () = idle.as_mut() => {
                    self.bounds.metrics.limited(Limit::Lifetime);
                    return self.close(stream, CLOSE_DONE, "idle").await;
                }
            }
        }
    }

    /// What is said in a watch that goes to its end comes on top of the budget: a shift has hundreds of them on one
    /// socket, and the bytes are counted all the same.
    async fn watch(&mut self, stream: &mut Stream, wanted: Wanted) -> Result<(), Ending> {
        let before = self.messages;
        let (bounds, state) = (self.bounds.clone(), self.state.clone());
        let address = self.address;
        // It went to its end, and its socket goes on: nobody asks how that ended.
        if let Some(last) = self.watched.replace(wanted.name.clone()) {
            state.endings.forget(&last);
        }
        let count = || !self.is_over_budget();
        match watch(stream, &bounds, &state, address, &wanted, count).await? {
            Watched::Over => self.messages = before.saturating_sub(1),
            Watched::Refused => self.watched = None,
        }
        Ok(())
    }

    async fn close(
        &mut self,
        stream: &mut Stream,
        code: u16,
        reason: &'static str,
    ) -> Result<(), Ending> {
        close(stream, &self.bounds, code, reason).await;
        Ok(())
    }

    fn is_over_budget(&mut self) -> bool {
        self.messages += 1;
        let is_over = self.messages > self.bounds.limits.socket_messages;
        if is_over {
            self.bounds.metrics.limited(Limit::Budget);
        }
        is_over
    }

    /// What is answered to a message at once, if anything is.
    fn take(&mut self, message: ClientMessage) -> Option<ServerMessage> {
        match message {
            ClientMessage::Events { schedule } => {
                self.schedules += 1;
                if self.schedules > self.bounds.limits.socket_schedules {
                    return Some(self.refusal(None));
                }
                self.start(send_events(self.queue.clone(), schedule));
                None
            }
            ClientMessage::Dial { endpoint } => self.ask(Question::Endpoint(endpoint)),
            ClientMessage::Controls => self.ask(Question::Controls),
            ClientMessage::Saw => Some(ServerMessage::Saw {
                report: self.saw.clone(),
            }),
            ClientMessage::Ended { name } => {
                let (how, ago) = self.state.endings.of(&name);
                let ago_ms = ago.map(|ago| u64::try_from(ago.as_millis()).unwrap_or(u64::MAX));
                Some(ServerMessage::Ended { name, how, ago_ms })
            }
            // Nothing is watched.
            ClientMessage::Note => None,
            // Taken by `converse`, which has the socket.
            ClientMessage::Ping { .. }
            | ClientMessage::Hold { .. }
            | ClientMessage::Watch { .. } => None,
        }
    }

    /// Asks the dials, for this client; gives the refusal where that is too often. A question that waits already is
    /// answered once.
    fn ask(&mut self, question: Question) -> Option<ServerMessage> {
        self.dialled += 1;
        if self.dialled > self.bounds.limits.socket_dials {
            let endpoint = match question {
                Question::Endpoint(id) => Some(id),
                Question::Controls => None,
            };
            return Some(self.refusal(endpoint));
        }
        if !self.asked.insert(question.clone()) {
            return None;
        }
        let (dials, metrics) = (self.dials.clone(), self.bounds.metrics.clone());
        self.questions.push(Box::pin(async move {
            let message = match &question {
                Question::Endpoint(id) => match dials.endpoint(id, &metrics).await {
                    Some(report) => ServerMessage::Dial {
                        report: Box::new(report),
                    },
                    None => ServerMessage::Refused {
                        why: Refusal::UnknownEndpoint,
                        endpoint: Some(id.clone()),
                    },
                },
                Question::Controls => ServerMessage::Controls {
                    report: dials.controls(&metrics).await,
                },
            };
            (question, message)
        }));
        None
    }

    /// Puts not one byte on the wire until the hold is over, and expects none.
    ///
    /// # Errors
    /// How the socket ended, if it did.
    async fn hold(&mut self, stream: &mut Stream, hold: Hold) -> Result<(), Ending> {
        let refusal = |why| {
            let message = ServerMessage::Refused {
                why,
                endpoint: None,
            };
            Message::text(wire::encode(&message))
        };
        let Some(_place) = self.state.try_hold(self.address, &self.bounds.limits) else {
            self.bounds.metrics.limited(Limit::Holds);
            return send(stream, &self.bounds, refusal(Refusal::Busy)).await;
        };
        let silence = Duration::from_millis(hold.ms().into());
        tokio::select! {
            () = tokio::time::sleep(silence) => {
                let message = ServerMessage::Held { hold };
                send(stream, &self.bounds, Message::text(wire::encode(&message))).await
            }
            // Whoever speaks has ended the silence.
            incoming = stream.next() => match incoming {
                Some(Ok(Message::Close(_))) => Err(Ending::Closed),
                Some(Err(error)) => Err(how(&error)),
                None => Err(Ending::Finished),
                Some(Ok(_)) => send(stream, &self.bounds, refusal(Refusal::Budget)).await,
            },
        }
    }

    fn refusal(&self, endpoint: Option<String>) -> ServerMessage {
        self.bounds.metrics.limited(Limit::Budget);
        ServerMessage::Refused {
            why: Refusal::Budget,
            endpoint,
        }
    }

    /// Starts work for this client that ends with it.
    fn start(&self, work: impl Future<Output = ()> + Send + 'static) {
        let ended = self.ended.clone();
        tokio::spawn(async move {
            tokio::select! {
                () = work => {}
                () = ended.cancelled() => {}
            }
        });
    }
}

async fn send_events(queue: Queue, schedule: Schedule) {
    let started = Instant::now();
    for (sequence, due_ms) in (0..).zip(schedule.due_ms().iter().copied()) {
        sleep_until(started + Duration::from_millis(due_ms.into())).await;
        let event = ServerMessage::Event { sequence, due_ms };
        if queue.send(Box::new(event)).await.is_err() {
            return;
        }
    }
}
