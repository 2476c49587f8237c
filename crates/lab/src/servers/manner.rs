//! What a host does with a connection: as the service does, or in one of the ways in which hosts go wrong.

use std::time::{Duration, SystemTime};

use anyhow::Result;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;

use super::web::{ALT_SVC, HttpVersion, Web};
use crate::authority::Flaw;

/// How a host goes wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Manner {
    /// HTTPS; everything gets this status.
    Status(u16),
    /// HTTPS; everything is somewhere else.
    Redirect(String),
    /// HTTPS; each answer takes so many milliseconds.
    Slow(u64),
    /// HTTPS; of each answer's body so many bytes come, and nothing more.
    Stalls(usize),
    /// HTTPS; a GET is answered, a WebSocket upgrade gets this status.
    Upgrade(u16),
    /// HTTPS as usual, under a certificate with this flaw.
    Certificate(Flaw),
    /// A fatal TLS alert with this number answers the ClientHello (RFC 8446 section 6).
    Alert(u8),
    /// An HTTP 400 without TLS answers whatever comes.
    PlainHttp,
    /// Speaks first, in a protocol of its own, and stays.
    Banner,
    /// Closes (FIN) at once.
    Closes,
    /// Closes (FIN) after the first bytes.
    ClosesOnHello,
    /// Resets (RST) after the first bytes.
    ResetsOnHello,
    /// Reads, and never says a word.
    Silent,
    /// TLS, then never a word.
    SilentAfterTls,
    /// TLS, then closes on the request.
    ClosesAfterTls,
    /// HTTPS, one request a connection; every second one is closed without an answer.
    Unsteady,
}

/// The stated length of a body that stalls, in bytes.
const STALLED_LENGTH: usize = 30_000;
/// See [`Manner::Alert`].
pub const HANDSHAKE_FAILURE: u8 = 40;
/// See [`Manner::Alert`].
pub const UNRECOGNIZED_NAME: u8 = 112;

impl Manner {
    /// Has one conversation, the host's `number`th; `own` is the acceptor of the certificate in question.
    pub(super) async fn converse(
        &self,
        mut stream: TcpStream,
        own: TlsAcceptor,
        number: usize,
    ) -> Result<()> {
        let mut sink = [0_u8; 8192];
        match self {
            Self::Status(_)
            | Self::Redirect(_)
            | Self::Slow(_)
            | Self::Stalls(_)
            | Self::Upgrade(_)
            | Self::Certificate(_) => self.over_http(stream, own).await,
            Self::Alert(number) => {
                let _ = stream.read(&mut sink).await?;
                stream.write_all(&[21, 3, 3, 0, 2, 2, *number]).await?;
                drain(stream).await
            }
            Self::PlainHttp => {
                let _ = stream.read(&mut sink).await?;
                let answer =
                    b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
                stream.write_all(answer).await?;
                drain(stream).await
            }
            Self::Banner => {
                stream.write_all(b"220 lab.example ready\r\n").await?;
                while stream.read(&mut sink).await? > 0 {}
                Ok(())
            }
            Self::Closes => drain(stream).await,
            Self::ClosesOnHello => {
                let _ = stream.read(&mut sink).await?;
                drain(stream).await
            }
            Self::ResetsOnHello => {
                let _ = stream.read(&mut sink).await?;
                nix::sys::socket::setsockopt(
                    &stream,
                    nix::sys::socket::sockopt::Linger,
                    &nix::libc::linger {
                        l_onoff: 1,
                        l_linger: 0,
                    },
                )?;
                Ok(())
            }
            Self::Silent => {
                while stream.read(&mut sink).await? > 0 {}
                Ok(())
            }
            Self::SilentAfterTls => {
                let mut stream = own.accept(stream).await?;
                while stream.read(&mut sink).await? > 0 {}
                Ok(())
            }
            Self::Unsteady => {
                let mut stream = own.accept(stream).await?;
                let _ = stream.read(&mut sink).await?;
                if !(1..=12).contains(&(number % 17)) {
                    let answer =
                        b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
                    stream.write_all(answer).await?;
                }
                Ok(stream.shutdown().await?)
            }
            Self::ClosesAfterTls => {
                let mut stream = own.accept(stream).await?;
                let _ = stream.read(&mut sink).await?;
                Ok(stream.shutdown().await?)
            }
        }
    }

    async fn over_http(&self, stream: TcpStream, own: TlsAcceptor) -> Result<()> {
        let stream = own.accept(stream).await?;
        let delay = match self {
            Self::Slow(ms) => Duration::from_millis(*ms),
            _ => Duration::ZERO,
        };
        let answer = |request: &Request| match self {
            Self::Status(code) => Answer::status(*code),
            Self::Redirect(to) => Answer {
                location: Some(to.clone()),
                ..Answer::status(302)
            },
            Self::Upgrade(code) if request.is_upgrade => Answer::status(*code),
            Self::Stalls(after) if !request.is_upgrade => Answer {
                stalls_after: Some(*after),
                ..Answer::ok(vec![b'x'; STALLED_LENGTH], "text/html")
            },
            _ => Answer::ok(super::SERVICE.into(), "text/html"),
        };
        http(stream, answer, delay, 0).await
    }
}

/// Ends our side in order: a close with unread bytes would be a reset, which is another manner.
async fn drain(mut stream: TcpStream) -> Result<()> {
    stream.shutdown().await?;
    let mut sink = [0_u8; 8192];
    while stream.read(&mut sink).await? > 0 {}
    Ok(())
}

/// What is asked for.
pub(super) struct Request {
    pub path: String,
    pub is_upgrade: bool,
    pub takes_brotli: bool,
}

/// What is answered.
pub(super) struct Answer {
    status: u16,
    kind: &'static str,
    body: Vec<u8>,
    location: Option<String>,
    is_brotli: bool,
    closes: bool,
    offers_http3: bool,
    stalls_after: Option<usize>,
}

impl Answer {
    pub const fn ok(body: Vec<u8>, kind: &'static str) -> Self {
        Self {
            status: 200,
            kind,
            body,
            location: None,
            is_brotli: false,
            closes: false,
            offers_http3: false,
            stalls_after: None,
        }
    }

    /// As an endpoint's HTTP says it that is well.
    pub fn of(mut self, web: Web) -> Self {
        self.closes = web.http == HttpVersion::Closes;
        self.offers_http3 = web.offers_http3;
        self
    }

    pub const fn brotli(body: Vec<u8>, kind: &'static str) -> Self {
        let mut answer = Self::ok(body, kind);
        answer.is_brotli = true;
        answer
    }

    pub fn status(status: u16) -> Self {
        Self {
            status,
            ..Self::ok(b"no\n".to_vec(), "text/plain")
        }
    }
}

/// HTTP/1.1 as far as a browser's GET needs it, connection kept open unless an answer ends it; `clock_ahead_s` is what the `Date`
/// header is wrong by.
pub(super) async fn http<S>(
    mut stream: S,
    answer: impl Fn(&Request) -> Answer,
    delay: Duration,
    clock_ahead_s: u64,
) -> Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut received = Vec::new();
    let mut chunk = [0_u8; 4096];
    loop {
        while let Some(end) = received.windows(4).position(|w| w == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&received[..end]).into_owned();
            received.drain(..end + 4);
            let path = head.split(' ').nth(1).unwrap_or("/");
            let request = Request {
                path: path.split('?').next().unwrap_or("/").to_owned(),
                is_upgrade: head.to_ascii_lowercase().contains("upgrade: websocket"),
                takes_brotli: head.lines().any(|line| {
                    let line = line.to_ascii_lowercase();
                    line.starts_with("accept-encoding:") && line.contains("br")
                }),
            };
            tokio::time::sleep(delay).await;
            let answer = answer(&request);
            let date = SystemTime::now() + Duration::from_secs(clock_ahead_s);
            let location = answer
                .location
                .map_or_else(String::new, |to| format!("Location: {to}\r\n"));
            let encoding = if answer.is_brotli {
                "Content-Encoding: br\r\n"
            } else {
                ""
            };
            let connection = if answer.closes {
                "Connection: close\r\n"
            } else {
                ""
            };
            let offer = if answer.offers_http3 { ALT_SVC } else { "" };
            let head = format!(
                "HTTP/1.1 {} -\r\nDate: {}\r\n{location}{encoding}{connection}{offer}Content-Type: {}\r\nContent-Length: {}\r\n\
                 Cache-Control: no-cache\r\n\r\n",
                answer.status,
                httpdate::fmt_http_date(date),
                answer.kind,
                answer.body.len()
            );
            stream.write_all(head.as_bytes()).await?;
            if let Some(after) = answer.stalls_after {
                stream
                    .write_all(&answer.body[..after.min(answer.body.len())])
                    .await?;
                stream.flush().await?;
                while stream.read(&mut chunk).await? > 0 {}
                return Ok(());
            }
            stream.write_all(&answer.body).await?;
            stream.flush().await?;
            if answer.closes {
                return Ok(stream.shutdown().await?);
            }
        }
        let length = stream.read(&mut chunk).await?;
        if length == 0 || received.len() > 65_536 {
            return Ok(());
        }
        received.extend_from_slice(&chunk[..length]);
    }
}
