//! The WebSocket under a session: its settings, what goes over it within limits, and how it ends.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use hyper_util::rt::TokioIo;
use reachcheck_wire::Ending;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::error::ProtocolError;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::protocol::frame::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::{Error, Message};

use crate::byte_budget::ByteBudget;
use crate::limits::Limits;
use crate::metrics::{Limit, Metrics};

/// A WebSocket whose bytes are counted.
pub type Stream = WebSocketStream<ByteBudget<TokioIo<hyper::upgrade::Upgraded>>>;

/// What a client may do, and where it is counted when it would do more.
#[derive(Clone)]
pub struct Bounds {
    pub limits: Limits,
    pub metrics: Metrics,
}

/// The library's defaults hold 133 KiB for every idle client, and put no bound on what is waiting to be sent.
pub fn config(longest: usize, waiting: usize) -> WebSocketConfig {
    WebSocketConfig::default()
        .read_buffer_size(2 * 1024)
        .write_buffer_size(0)
        .max_write_buffer_size(waiting)
        .max_message_size(Some(longest))
        .max_frame_size(Some(longest))
}

/// Sends a message.
///
/// # Errors
/// How the socket ended, where the client did not take it in time or is gone.
pub async fn send(stream: &mut Stream, bounds: &Bounds, message: Message) -> Result<(), Ending> {
    match timeout(bounds.limits.socket_write, stream.send(message)).await {
        Ok(sent) => sent.map_err(|error| how(&error)),
        Err(_) => {
            bounds.metrics.limited(Limit::SlowReader);
            Err(Ending::TimedOut)
        }
    }
}

/// Closes in order: says why, and waits for the client to have heard it.
pub async fn close(stream: &mut Stream, bounds: &Bounds, code: u16, reason: &'static str) {
    let frame = CloseFrame {
        code: CloseCode::from(code),
        reason: reason.into(),
    };
    if send(stream, bounds, Message::Close(Some(frame)))
        .await
        .is_ok()
    {
        // Until the client's close frame, or the connection's end: a reset could overtake ours.
        let _ = timeout(Duration::from_secs(2), async {
            while let Some(Ok(_)) = stream.next().await {}
        })
        .await;
    }
}

/// What an error of a socket says of its end.
pub fn how(error: &Error) -> Ending {
    match error {
        Error::Protocol(ProtocolError::ResetWithoutClosingHandshake) => Ending::Finished,
        Error::Io(error) => match error.kind() {
            std::io::ErrorKind::TimedOut => Ending::TimedOut,
            // TLS that ends without its own goodbye.
            std::io::ErrorKind::UnexpectedEof => Ending::Finished,
            _ => Ending::Reset,
        },
        _ => Ending::Closed,
    }
}
