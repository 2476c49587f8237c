//! A WebSocket client as thin as can be: what is measured is the server.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use reachcheck_wire::{self as wire, Challenge, ClientMessage};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::counted::{Counted, Traffic};
use crate::servers::{ORIGIN, PeerKind, Server};

/// What is sent: a ping of ours, 25 bytes, as one masked frame. Peers send the same bytes back.
/// websockify takes them as bytes only.
pub fn ping(kind: PeerKind) -> Vec<u8> {
    let mut frame = masked(br#"{"ask":"ping","number":7}"#);
    if kind == PeerKind::Websockify {
        frame[0] = 0x82;
    }
    frame
}

/// Asks for silence.
pub fn hold() -> Vec<u8> {
    masked(br#"{"ask":"hold","hold":"short"}"#)
}

/// A text frame (RFC 6455 section 5.2).
fn masked(payload: &[u8]) -> Vec<u8> {
    let key = [0x37, 0xfa, 0x21, 0x3d];
    let mut frame = vec![0x81, 0x80 | u8::try_from(payload.len()).unwrap_or(125)];
    frame.extend(key);
    frame.extend(
        payload
            .iter()
            .zip(key.iter().cycle())
            .map(|(byte, key)| byte ^ key),
    );
    frame
}

/// A TCP connection from one of many addresses, so that ports do not run out.
pub async fn connect(server: &Server, number: usize) -> Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    let last = u8::try_from(number % 200).unwrap_or(0) + 2;
    socket.bind((IpAddr::V4(Ipv4Addr::new(127, 0, 2, last)), 0).into())?;
    let stream = socket.connect(server.address).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// The same with TLS.
pub async fn connect_tls(server: &Server, number: usize) -> Result<TlsStream<TcpStream>> {
    let config = server.tls.clone().context("a server with TLS")?;
    let name = "localhost".try_into()?;
    let stream = connect(server, number).await?;
    Ok(TlsConnector::from(config).connect(name, stream).await?)
}

/// The same from one address, as everybody behind a translator has, counted, and over a way that takes its time.
pub async fn connect_counted(
    server: &Server,
    traffic: Arc<Traffic>,
    way: Duration,
) -> Result<TlsStream<Counted<TcpStream>>> {
    let config = server.tls.clone().context("a server with TLS")?;
    let under = TcpStream::connect(server.address).await?;
    under.set_nodelay(true)?;
    traffic.handshake();
    let counted = Counted { under, traffic };
    let name = "localhost".try_into()?;
    if !way.is_zero() {
        tokio::time::sleep(way).await;
    }
    Ok(TlsConnector::from(config).connect(name, counted).await?)
}

/// One message.
pub async fn say<S: AsyncWrite + Unpin>(stream: &mut S, message: &ClientMessage) -> Result<()> {
    let frame = masked(wire::encode(message).as_bytes());
    stream.write_all(&frame).await?;
    Ok(stream.flush().await?)
}

/// Asks what a page asks first; fails if it is told to come again later.
pub async fn challenge<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut S) -> Result<()> {
    let request = format!(
        "GET /relay/{}?nonce=abcdefgh HTTP/1.1\r\nHost: localhost\r\nOrigin: {ORIGIN}\r\n\r\n",
        wire::CHALLENGE_PATH
    );
    stream.write_all(request.as_bytes()).await?;
    stream.flush().await?;
    let mut answer = Vec::new();
    while !answer.ends_with(b"}") {
        if stream.read_buf(&mut answer).await? == 0 {
            bail!("closed after {} bytes of an answer", answer.len());
        }
    }
    let answer = String::from_utf8(answer)?;
    let body = answer.split_once("\r\n\r\n").map_or("", |parts| parts.1);
    let challenge: Challenge = wire::decode(body).map_err(anyhow::Error::msg)?;
    if challenge.busy {
        bail!("busy");
    }
    Ok(())
}

/// Opens the WebSocket.
pub async fn upgrade<S: AsyncRead + AsyncWrite + Unpin>(
    server: &Server,
    stream: &mut S,
) -> Result<()> {
    let path = server.kind.path();
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: localhost\r\nOrigin: {ORIGIN}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: cmVhY2hjaGVjay1yZWxheQ==\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await?;
    stream.flush().await?;
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read_buf(&mut head).await? == 0 {
            break;
        }
    }
    if !head.starts_with(b"HTTP/1.1 101 ") {
        bail!("{}: {}", server.kind.name(), String::from_utf8_lossy(&head));
    }
    Ok(())
}

/// Reads one short frame of a server.
pub async fn hear<S: AsyncRead + Unpin>(stream: &mut S, bytes: &mut [u8; 256]) -> Result<()> {
    let mut length = 0;
    loop {
        let read = stream.read(&mut bytes[length..]).await?;
        if read == 0 {
            bail!("closed");
        }
        length += read;
        if length >= 2 && length >= 2 + usize::from(bytes[1]) {
            return Ok(());
        }
    }
}

/// A server's frames, of which several may come at once.
#[derive(Debug, Default)]
pub struct Frames {
    bytes: Vec<u8>,
}

impl Frames {
    /// The next text frame, of up to 64 KiB.
    pub async fn next<S: AsyncRead + Unpin>(&mut self, stream: &mut S) -> Result<String> {
        loop {
            let long = |high: &u8, low: &u8| usize::from(u16::from_be_bytes([*high, *low]));
            let frame = match &self.bytes[..] {
                [first, 126, high, low, rest @ ..] => Some((first, 4, long(high, low), rest)),
                [first, length @ 0..126, rest @ ..] => Some((first, 2, usize::from(*length), rest)),
                // Not whole yet, or longer than anything of the relay's.
                _ => None,
            };
            if let Some((first, head, length, rest)) = frame
                && let Some(payload) = rest.get(..length)
            {
                if *first != 0x81 {
                    bail!(
                        "closed: {payload:02x?} {}",
                        String::from_utf8_lossy(payload)
                    );
                }
                let text = String::from_utf8(payload.to_vec())?;
                self.bytes.drain(..head + length);
                return Ok(text);
            }
            if stream.read_buf(&mut self.bytes).await? == 0 {
                bail!("the connection ended");
            }
        }
    }
}
