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

use crate::http::Peer;
use crate::limits;
use crate::metered::Metered;
use crate::state::State;

/// Serves a client until either side is done. Ends within [`limits::SOCKET_LIFE`].
pub async fn serve(state: Arc<State>, peer: Peer, saw: wire::Saw, upgrade: OnUpgrade) {
    let Ok(Ok(upgraded)) = timeout(limits::HANDSHAKE, upgrade).await else {
        return;
    };
    // The defaults hold 133 KiB for every idle client, and put no bound on what is waiting to be sent.
    let config = WebSocketConfig::default()
        .read_buffer_size(2 * 1024)
        .write_buffer_size(0)
        .max_write_buffer_size(4 * wire::SERVER_MESSAGE_MAX)
        .max_message_size(Some(wire::CLIENT_MESSAGE_MAX))
        .max_frame_size(Some(wire::CLIENT_MESSAGE_MAX));
    let metered = Metered::new(
        TokioIo::new(upgraded),
        limits::SOCKET_BYTES_IN,
        limits::SOCKET_BYTES_OUT,
    );
    let stream = WebSocketStream::from_raw_socket(metered, Role::Server, Some(config)).await;
    let place = state.crowds.sockets.enter(peer.address.ip());
    let permit = state.sockets.clone().try_acquire_owned();
    let (Some(_place), Ok(_permit), false) = (place, permit, peer.is_crowded) else {
        close(stream, wire::CLOSE_BUSY, "busy").await;
        return;
    };
    let stopping = state.stopping.clone();
    let (queue, waiting) = mpsc::channel(limits::SOCKET_QUEUE);
    let ended = CancellationToken::new();
    let session = Session {
        state,
        saw,
        queue,
        ended: ended.clone(),
        _end: ended.drop_guard(),
        messages: 0,
        dials: 0,
        schedules: 0,
    };
    tokio::select! {
        () = session.run(stream, waiting) => {}
        () = tokio::time::sleep(limits::SOCKET_LIFE) => {}
        () = stopping.cancelled() => {}
    }
}

type Stream = WebSocketStream<Metered<TokioIo<hyper::upgrade::Upgraded>>>;

struct Session {
    state: Arc<State>,
    saw: wire::Saw,
    queue: mpsc::Sender<ServerMessage>,
    /// Ends the tasks that this session started.
    ended: CancellationToken,
    _end: DropGuard,
    messages: u32,
    dials: u32,
    schedules: u32,
}

impl Session {
    async fn run(mut self, mut stream: Stream, mut waiting: mpsc::Receiver<ServerMessage>) {
        loop {
            let idle = sleep_until(Instant::now() + limits::SOCKET_IDLE);
            tokio::select! {
                Some(message) = waiting.recv() => {
                    if !send(&mut stream, Message::text(wire::encode(&message))).await {
                        return;
                    }
                }
                incoming = stream.next() => {
                    let text = match incoming {
                        Some(Ok(Message::Text(text))) => text,
                        // Answered by the library; counted like any other message.
                        Some(Ok(Message::Ping(_) | Message::Pong(_))) => {
                            if self.is_over_budget() {
                                return close(stream, wire::CLOSE_PROTOCOL, "too many messages").await;
                            }
                            continue;
                        }
                        Some(Ok(Message::Binary(_) | Message::Frame(_))) => {
                            return close(stream, wire::CLOSE_PROTOCOL, "text only").await;
                        }
                        Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                    };
                    if self.is_over_budget() {
                        return close(stream, wire::CLOSE_PROTOCOL, "too many messages").await;
                    }
                    let Ok(message) = wire::decode::<ClientMessage>(text.as_str()) else {
                        return close(stream, wire::CLOSE_PROTOCOL, "not a message").await;
                    };
                    if let ClientMessage::Hold { hold } = message {
                        if !self.hold(&mut stream, hold).await {
                            return;
                        }
                        continue;
                    }
                    self.take(message);
                }
                () = idle => return close(stream, 1000, "idle").await,
            }
        }
    }

    const fn is_over_budget(&mut self) -> bool {
        self.messages += 1;
        self.messages > limits::SOCKET_MESSAGES
    }

    fn take(&mut self, message: ClientMessage) {
        match message {
            ClientMessage::Ping { number } => self.say(ServerMessage::Pong { number }),
            ClientMessage::Events { schedule } => {
                self.schedules += 1;
                if self.schedules > limits::SOCKET_SCHEDULES {
                    return self.refuse(Refusal::Budget, None);
                }
                self.start(send_events(self.queue.clone(), schedule));
            }
            ClientMessage::Dial { endpoint } => {
                self.dials += 1;
                if self.dials > limits::SOCKET_DIALS {
                    return self.refuse(Refusal::Budget, Some(endpoint));
                }
                let (dials, queue) = (self.state.dials.clone(), self.queue.clone());
                self.start(async move {
                    let message = match dials.endpoint(&endpoint).await {
                        Some(report) => ServerMessage::Dial { report },
                        None => ServerMessage::Refused {
                            why: Refusal::UnknownEndpoint,
                            endpoint: Some(endpoint),
                        },
                    };
                    let _ = queue.send(message).await;
                });
            }
            ClientMessage::Saw => self.say(ServerMessage::Saw {
                report: self.saw.clone(),
            }),
            // Taken by `run`, which alone can keep the socket silent.
            ClientMessage::Hold { .. } => {}
            ClientMessage::Controls => {
                let (dials, queue) = (self.state.dials.clone(), self.queue.clone());
                self.start(async move {
                    let report = dials.controls().await;
                    let _ = queue.send(ServerMessage::Controls { report }).await;
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
        let Ok(_permit) = self.state.holds.clone().try_acquire_owned() else {
            return send(stream, refusal(Refusal::Busy)).await;
        };
        let silence = Duration::from_millis(hold.ms().into());
        tokio::select! {
            () = tokio::time::sleep(silence) => {
                let message = ServerMessage::Held { hold };
                send(stream, Message::text(wire::encode(&message))).await
            }
            // Whoever speaks has ended the silence.
            incoming = stream.next() => match incoming {
                Some(Ok(Message::Close(_)) | Err(_)) | None => false,
                Some(Ok(_)) => send(stream, refusal(Refusal::Budget)).await,
            },
        }
    }

    fn refuse(&self, why: Refusal, endpoint: Option<String>) {
        self.say(ServerMessage::Refused { why, endpoint });
    }

    /// A client that does not read while it asks loses answers, not our memory.
    fn say(&self, message: ServerMessage) {
        let _ = self.queue.try_send(message);
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

async fn send_events(queue: mpsc::Sender<ServerMessage>, schedule: Schedule) {
    let started = Instant::now();
    for (sequence, due_ms) in (0..).zip(schedule.due_ms().iter().copied()) {
        sleep_until(started + Duration::from_millis(due_ms.into())).await;
        let event = ServerMessage::Event { sequence, due_ms };
        if queue.send(event).await.is_err() {
            return;
        }
    }
}

/// False when the client does not take it in time.
async fn send(stream: &mut Stream, message: Message) -> bool {
    matches!(
        timeout(limits::SOCKET_WRITE, stream.send(message)).await,
        Ok(Ok(()))
    )
}

async fn close(mut stream: Stream, code: u16, reason: &'static str) {
    let frame = CloseFrame {
        code: CloseCode::from(code),
        reason: reason.into(),
    };
    if send(&mut stream, Message::Close(Some(frame))).await {
        // Until the client's close frame, or the connection's end: a reset could overtake ours.
        let _ = timeout(Duration::from_secs(2), async {
            while let Some(Ok(_)) = stream.next().await {}
        })
        .await;
    }
}
