//! Connections and WebSockets.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use futures_util::{SinkExt as _, StreamExt as _};
use reachcheck_wire::{self as wire, ClientMessage, ServerMessage};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::{ORIGIN, SOON};

/// A WebSocket client.
pub type Client<S = TcpStream> = WebSocketStream<S>;

/// A connection that sends what it is given at once.
pub async fn connect(address: SocketAddr) -> std::io::Result<TcpStream> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// A WebSocket without TLS, of the page that may use the relay.
pub async fn open(address: SocketAddr) -> Client {
    let stream = connect(address).await.expect("a connection");
    let opened = open_over(stream, &[("origin", ORIGIN)]).await;
    opened.expect("a socket")
}

/// A WebSocket over a connection; the status of the refusal, if it is one.
pub async fn open_over<S>(stream: S, headers: &[(&str, &str)]) -> Result<Client<S>, u16>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut request = "wss://localhost/relay/v1/socket"
        .into_client_request()
        .expect("a request");
    for (name, value) in headers {
        let name: hyper::header::HeaderName = name.parse().expect("a name");
        let value = value.parse().expect("a value");
        request.headers_mut().append(name, value);
    }
    let opening = tokio_tungstenite::client_async(request, stream);
    match timeout(SOON, opening).await.expect("in time") {
        Ok((client, _)) => Ok(client),
        Err(Error::Http(response)) => Err(response.status().as_u16()),
        Err(error) => panic!("{error}"),
    }
}

/// Asks for the WebSocket, and reads no further than the head of the answer, which it gives.
pub async fn upgrade<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut S, headers: &str) -> String {
    let request = format!(
        "GET /relay/v1/socket HTTP/1.1\r\nHost: localhost\r\nOrigin: {ORIGIN}\r\nConnection: Upgrade\r\n\
         Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: cmVhY2hjaGVjay1yZWxheQ==\r\n{headers}\r\n"
    );
    stream.write_all(request.as_bytes()).await.expect("sent");
    stream.flush().await.expect("sent");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let byte = timeout(SOON, stream.read_u8()).await.expect("in time");
        head.push(byte.expect("an answer"));
    }
    let head = String::from_utf8(head).expect("text");
    assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
    head
}

/// A frame of a client (RFC 6455 section 5.2), masked with zeros, so that its payload can be read here.
pub fn frame(is_final: bool, opcode: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![u8::from(is_final) << 7 | opcode];
    match u16::try_from(payload.len()).expect("short") {
        length @ 0..126 => frame.push(0x80 | u8::try_from(length).expect("short")),
        length => {
            frame.push(0x80 | 126);
            frame.extend(length.to_be_bytes());
        }
    }
    frame.extend([0; 4]);
    frame.extend(payload);
    frame
}

/// How long the other end keeps this connection open, reading what it says; `None` if it is still open after so
/// long.
pub async fn open_for<S: AsyncRead + Unpin>(stream: &mut S, at_most: Duration) -> Option<Duration> {
    let began = Instant::now();
    let mut bytes = [0; 4096];
    let ended = timeout(at_most, async {
        while matches!(stream.read(&mut bytes).await, Ok(1..)) {}
    });
    ended.await.ok().map(|()| began.elapsed())
}

pub async fn say<S>(client: &mut Client<S>, message: &ClientMessage)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let text = wire::encode(message);
    client.send(Message::text(text)).await.expect("sent");
}

/// The relay's next message.
pub async fn hear<S>(client: &mut Client<S>) -> ServerMessage
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let message = timeout(SOON, client.next()).await.expect("in time");
    let message = message.expect("not closed").expect("no error");
    wire::decode(message.to_text().expect("text")).expect("a message")
}

pub async fn ping<S>(client: &mut Client<S>, number: u32)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    say(client, &ClientMessage::Ping { number }).await;
    assert_eq!(hear(client).await, ServerMessage::Pong { number });
}

/// The close code with which the relay ends a session; `None` if it says something else, or ends without one.
pub async fn close_code<S>(client: &mut Client<S>) -> Option<u16>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    match timeout(SOON, client.next()).await.expect("in time") {
        Some(Ok(Message::Close(Some(frame)))) => Some(frame.code.into()),
        _ => None,
    }
}
