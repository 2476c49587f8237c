//! One client on a WebSocket: pings, a schedule of events, dials by id. All of it counted.

use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use reachcheck_wire::{self as wire, ClientMessage, Hold, Refusal, Schedule, ServerMessage};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::crowd::Share;
use crate::dials::Dials;
use crate::http::Peer;
use crate::limits::{self, Limits};
use crate::metered::Metered;
use crate::metrics::{Limit, Metrics};
use crate::state::State;
use crate::watch::{Wanted, watch};

/// The library's defaults hold 133 KiB for every idle client, and put no bound on what is waiting to be sent.
fn config(longest: usize, waiting: usize) -> WebSocketConfig {
    WebSocketConfig::default()
        .read_buffer_size(2 * 1024)
        .write_buffer_size(0)
        .max_write_buffer_size(waiting)
        .max_message_size(Some(longest))
        .max_frame_size(Some(longest))
}

/// Says back whatever it hears, for a suite of conformance tests; with the longest message that its cases have.
#[cfg(feature = "conformance")]
pub async fn echo(upgrade: OnUpgrade) {
    const LONGEST: usize = 128 * 1024;
    let Ok(upgraded) = upgrade.await else { return };
    let metered = Metered::new(TokioIo::new(upgraded), usize::MAX, usize::MAX);
    let config = config(LONGEST, 4 * LONGEST);
    let mut stream: Stream =
        WebSocketStream::from_raw_socket(metered, Role::Server, Some(config)).await;
    while let Some(Ok(message)) = stream.next().await {
        if (message.is_text() || message.is_binary()) && stream.send(message).await.is_err() {
            return;
        }
    }
}

/// Serves a client until either side is done. Ends within [`Limits::socket_life`], and the watches that came on top.
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
    let metered = Metered::new(
        TokioIo::new(upgraded),
        limits.socket_bytes_in,
        limits.socket_bytes_out,
    );
    let mut stream = WebSocketStream::from_raw_socket(metered, Role::Server, Some(config)).await;
    let share = Share {
        address: limits.address_sockets,
        site: limits.site_sockets,
    };
    let place = state.crowds.sockets.enter(peer.address.ip(), share);
    let counted = state.sockets.enter(limits.sockets);
    let (Some(_place), Some(_counted), false) = (place, counted, peer.is_crowded) else {
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
        queue,
        ended: ended.clone(),
        _end: ended.drop_guard(),
        messages: 0,
        dialled: 0,
        schedules: 0,
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

pub type Stream = WebSocketStream<Metered<TokioIo<hyper::upgrade::Upgraded>>>;

/// What a client may do, and where it is counted when it would do more.
#[derive(Clone)]
pub struct Bounds {
    pub limits: Limits,
    pub metrics: Metrics,
}

/// What waits for one client. Boxed: the queue makes room for 32 messages as soon as there is one client, which for
/// unboxed ones is 10 KiB.
type Queue = mpsc::Sender<Box<ServerMessage>>;

struct Session {
    state: Arc<State>,
    dials: Dials,
    bounds: Bounds,
    saw: wire::Saw,
    queue: Queue,
    /// Ends the tasks that this session started.
    ended: CancellationToken,
    _end: DropGuard,
    messages: usize,
    dialled: usize,
    schedules: usize,
}

impl Session {
    async fn run(mut self, stream: &mut Stream, mut waiting: mpsc::Receiver<Box<ServerMessage>>) {
        let patience = self.bounds.limits.socket_idle;
        let mut idle = std::pin::pin!(sleep_until(Instant::now() + patience));
        // A watch comes on top.
        let mut until = Instant::now() + self.bounds.limits.socket_life;
        loop {
            idle.as_mut().reset(Instant::now() + patience);
            tokio::select! {
                Some(message) = waiting.recv() => {
                    if !send(stream, &self.bounds, Message::text(wire::encode(&*message))).await {
                        return;
                    }
                }
                incoming = stream.next() => {
                    let text = match incoming {
                        Some(Ok(Message::Text(text))) => text,
                        // Answered by the library; counted like any other message.
                        Some(Ok(Message::Ping(_) | Message::Pong(_))) => {
                            if self.is_over_budget() {
                                return close(stream, &self.bounds, wire::CLOSE_PROTOCOL, "too many messages").await;
                            }
                            continue;
                        }
                        Some(Ok(Message::Binary(_) | Message::Frame(_))) => {
                            return close(stream, &self.bounds, wire::CLOSE_PROTOCOL, "text only").await;
                        }
                        Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                    };
                    if self.is_over_budget() {
                        return close(stream, &self.bounds, wire::CLOSE_PROTOCOL, "too many messages").await;
                    }
                    let Ok(message) = wire::decode::<ClientMessage>(text.as_str()) else {
                        return close(stream, &self.bounds, wire::CLOSE_PROTOCOL, "not a message").await;
                    };
                    match message {
                        // At once, past what waits: its time is what the page measures.
                        ClientMessage::Ping { number } => {
                            let pong = wire::encode(&ServerMessage::Pong { number });
                            if !send(stream, &self.bounds, Message::text(pong)).await {
                                return;
                            }
                        }
                        ClientMessage::Hold { hold } => {
                            if !self.hold(stream, hold).await {
                                return;
                            }
                        }
                        ClientMessage::Watch { quiet, ms, name } => {
                            until += Duration::from_millis(u64::from(ms.min(wire::WATCH_MAX_MS)));
                            let wanted = Wanted { quiet, ms, name };
                            let (bounds, state) = (self.bounds.clone(), self.state.clone());
                            let count = || !self.is_over_budget();
                            if !watch(stream, &bounds, &state, &wanted, count).await {
                                return;
                            }
                        }
                        message => self.take(message),
                    }
                }
                () = sleep_until(until) => {
                    self.bounds.metrics.limited(Limit::Lifetime);
                    return close(stream, &self.bounds, CLOSE_DONE, "long enough").await;
                }
                () = idle.as_mut() => {
                    self.bounds.metrics.limited(Limit::Lifetime);
                    return close(stream, &self.bounds, CLOSE_DONE, "idle").await;
                }
            }
        }
    }

    fn is_over_budget(&mut self) -> bool {
        self.messages += 1;
        let is_over = self.messages > self.bounds.limits.socket_messages;
        if is_over {
            self.bounds.metrics.limited(Limit::Budget);
        }
        is_over
    }

    fn take(&mut self, message: ClientMessage) {
        match message {
            ClientMessage::Events { schedule } => {
                self.schedules += 1;
                if self.schedules > self.bounds.limits.socket_schedules {
                    return self.refuse(Refusal::Budget, None);
                }
                self.start(send_events(self.queue.clone(), schedule));
            }
            ClientMessage::Dial { endpoint } => {
                self.dialled += 1;
                if self.dialled > self.bounds.limits.socket_dials {
                    return self.refuse(Refusal::Budget, Some(endpoint));
                }
                let (dials, queue) = (self.dials.clone(), self.queue.clone());
                let metrics = self.bounds.metrics.clone();
                self.start(async move {
                    let message = match dials.endpoint(&endpoint, &metrics).await {
                        Some(report) => ServerMessage::Dial { report },
                        None => ServerMessage::Refused {
                            why: Refusal::UnknownEndpoint,
                            endpoint: Some(endpoint),
                        },
                    };
                    let _ = queue.send(Box::new(message)).await;
                });
            }
            ClientMessage::Saw => self.say(ServerMessage::Saw {
                report: self.saw.clone(),
            }),
            ClientMessage::Ended { name } => {
                let (how, ago) = self.state.endings.of(&name);
                let ago_ms = ago.map(|ago| u64::try_from(ago.as_millis()).unwrap_or(u64::MAX));
                self.say(ServerMessage::Ended { name, how, ago_ms });
            }
            // Nothing is watched.
            ClientMessage::Note => {}
            // Taken by `run`, which has the socket.
            ClientMessage::Ping { .. }
            | ClientMessage::Hold { .. }
            | ClientMessage::Watch { .. } => {}
            ClientMessage::Controls => {
                let (dials, queue) = (self.dials.clone(), self.queue.clone());
                let metrics = self.bounds.metrics.clone();
                self.start(async move {
                    let report = dials.controls(&metrics).await;
                    let message = ServerMessage::Controls { report };
                    let _ = queue.send(Box::new(message)).await;
                });
            }
        }
    }

    /// Puts not one byte on the wire until the hold is over, and expects none. False when the socket is gone.
    async fn hold(&self, stream: &mut Stream, hold: Hold) -> bool {
        let refusal = |why| {
            let message = ServerMessage::Refused {
                why,
                endpoint: None,
            };
            Message::text(wire::encode(&message))
        };
        let Some(_counted) = self.state.holds.enter(self.bounds.limits.holds) else {
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
                Some(Ok(Message::Close(_)) | Err(_)) | None => false,
                Some(Ok(_)) => send(stream, &self.bounds, refusal(Refusal::Budget)).await,
            },
        }
    }

    fn refuse(&self, why: Refusal, endpoint: Option<String>) {
        self.bounds.metrics.limited(Limit::Budget);
        self.say(ServerMessage::Refused { why, endpoint });
    }

    /// A client that does not read while it asks loses answers, not our memory.
    fn say(&self, message: ServerMessage) {
        let _ = self.queue.try_send(Box::new(message));
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

/// False when the client does not take it in time.
pub async fn send(stream: &mut Stream, bounds: &Bounds, message: Message) -> bool {
    match timeout(bounds.limits.socket_write, stream.send(message)).await {
        Ok(sent) => sent.is_ok(),
        Err(_) => {
            bounds.metrics.limited(Limit::SlowReader);
            false
        }
    }
}

async fn close(stream: &mut Stream, bounds: &Bounds, code: u16, reason: &'static str) {
    let frame = CloseFrame {
        code: CloseCode::from(code),
        reason: reason.into(),
    };
    if send(stream, bounds, Message::Close(Some(frame))).await {
        // Until the client's close frame, or the connection's end: a reset could overtake ours.
        let _ = timeout(Duration::from_secs(2), async {
            while let Some(Ok(_)) = stream.next().await {}
        })
        .await;
    }
}
