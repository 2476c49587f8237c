//! HTTP inside a dial: a request, and as much of its answer as tells how the endpoint behaves.

use std::io;
use std::time::Instant;

use reachcheck_wire::Dialogue;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time;

use super::{Late, Target, elapsed_ms, within};
use crate::limits;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asking {
    /// The document, as `fetch` does.
    Document,
    /// A WebSocket, as `new WebSocket` does (RFC 6455 section 4.1). The key may be any: nothing is said on it.
    Upgrade,
    /// Nothing: the handshake is all.
    Nothing,
}

const UPGRADE: &str = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
                       Sec-WebSocket-Key: cmVhY2hjaGVjay1yZWxheQ==";

/// One request, no redirects, no more of the answer than its head. `None` if the dial's end came first.
pub(super) async fn ask<S>(
    target: &Target,
    stream: &mut S,
    asking: Asking,
    until: time::Instant,
) -> Option<Dialogue>
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    let started = Instant::now();
    let host = if target.port == 443 {
        target.host.clone()
    } else {
        format!("{}:{}", target.host, target.port)
    };
    let wish = match asking {
        Asking::Document | Asking::Nothing => "Accept: */*",
        Asking::Upgrade => UPGRADE,
    };
    let request = format!(
        "GET {} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: reachcheck-relay/{}\r\n{wish}\r\n\r\n",
        target.path,
        env!("CARGO_PKG_VERSION")
    );
    let mut head = Vec::new();
    let mut first_ms = None;
    let exchange = async {
        stream.write_all(request.as_bytes()).await?;
        stream.flush().await?;
        let mut chunk = [0_u8; 512];
        while head.len() < HEAD_MAX && !ends_head(&head) {
            let read = stream.read(&mut chunk).await?;
            if read == 0 {
                break;
            }
            first_ms.get_or_insert_with(|| elapsed_ms(started));
            head.extend_from_slice(&chunk[..read]);
            // What does not begin like HTTP will not become it.
            if head.len() >= 5 && !head.starts_with(b"HTTP/") {
                break;
            }
        }
        Ok::<(), io::Error>(())
    };
    let ended = within(limits::DIAL_ANSWER, until, exchange).await;
    let ms = first_ms.unwrap_or_else(|| elapsed_ms(started));
    match (status(&head), ended) {
        (Some(status), _) => Some(Dialogue::Http {
            ms,
            status,
            keeps_open: keeps_open(&head),
        }),
        (None, Err(Late::Dial)) => None,
        (None, Err(Late::Step)) if head.is_empty() => Some(Dialogue::Silent { ms }),
        (None, _) if head.is_empty() => Some(Dialogue::Closed { ms }),
        (None, _) => Some(Dialogue::NotHttp { ms }),
    }
}

/// No more of an answer is read than this many bytes.
const HEAD_MAX: usize = 8 * 1024;

fn ends_head(bytes: &[u8]) -> bool {
    bytes.windows(4).any(|window| window == b"\r\n\r\n")
}

pub(super) fn status(head: &[u8]) -> Option<u16> {
    let line = std::str::from_utf8(head.get(..12)?).ok()?;
    let (version, status) = line.split_once(' ')?;
    version.strip_prefix("HTTP/1.")?;
    status
        .parse()
        .ok()
        .filter(|status| (100..600).contains(status))
}

/// Whether the connection stays for the next request (RFC 9112 section 9.3): HTTP/1.1, a whole head, and
/// no `Connection: close`.
pub(super) fn keeps_open(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    text.starts_with("http/1.1")
        && ends_head(head)
        && !text.lines().any(|line| {
            line.strip_prefix("connection:")
                .is_some_and(|value| value.split(',').any(|token| token.trim() == "close"))
        })
}

#[cfg(test)]
mod tests {
    use super::{keeps_open, status};

    #[test]
    fn status_lines() {
        assert_eq!(status(b"HTTP/1.1 200 OK\r\n"), Some(200));
        assert_eq!(status(b"HTTP/1.0 503"), Some(503));
        for bytes in [
            &b"HTTP/2 200 O"[..],
            b"HTTP/1.1 xyz",
            b"HTTP/1.1",
            b"SSH-2.0-abcdefgh",
            b"HTTP/1.1 999",
        ] {
            assert_eq!(status(bytes), None);
        }
    }

    #[test]
    fn kept_connections() {
        assert!(keeps_open(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        for head in [
            &b"HTTP/1.1 200 OK\r\nConnection: Close\r\n\r\n"[..],
            b"HTTP/1.1 200 OK\r\nConnection: upgrade, close\r\n\r\n",
            b"HTTP/1.0 200 OK\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Len",
        ] {
            assert!(!keeps_open(head));
        }
    }
}
