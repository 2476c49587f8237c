//! The body of a document inside a dial: whether it comes to its end (RFC 9112 section 6.3). It is counted, and not kept.

use std::io;

use reachcheck_wire::BodyEnd;
use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::time;

use super::http::body_of;
use super::{Late, within};
use crate::limits;

/// Whether a body comes to its end, of which `answer` holds the head and what came with it; nothing where that cannot be told.
pub(super) async fn is_whole<S>(answer: &[u8], stream: &mut S, until: time::Instant) -> Option<bool>
where
    S: AsyncRead + Unpin,
{
    let (end, head) = body_of(answer)?;
    let mut rest = Rest::after(&answer[..head], end)?;
    let reading = async {
        let mut read = 0;
        let mut progress = rest.take(&answer[head..]);
        let mut chunk = [0_u8; 1024];
        while progress == Progress::More && read < limits::DIAL_BODY_MAX {
            let length = stream.read(&mut chunk).await?;
            if length == 0 {
                return Ok(match rest {
                    Rest::UntilClosed => Progress::Whole,
                    _ => Progress::Cut,
                });
            }
            read += length as u64;
            progress = rest.take(&chunk[..length]);
        }
        Ok::<Progress, io::Error>(progress)
    };
    match within(limits::DIAL_BODY, until, reading).await {
        Ok(Ok(Progress::Whole)) => Some(true),
        Ok(Ok(Progress::Cut) | Err(_)) | Err(Late::Step) => Some(false),
        Ok(Ok(Progress::More | Progress::Unreadable)) | Err(Late::Dial) => None,
    }
}

/// How far a body has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Progress {
    /// More is to come.
    More,
    /// It is complete.
    Whole,
    /// The connection was closed before its end.
    Cut,
    /// What came is no body of that kind.
    Unreadable,
}

/// What of a body is still to come.
#[derive(Debug)]
enum Rest {
    /// So many bytes.
    Bytes(u64),
    /// What a chunk's size line says next.
    Chunks(Chunks),
    /// Whatever comes until the connection is closed.
    UntilClosed,
}

impl Rest {
    fn after(head: &[u8], end: BodyEnd) -> Option<Self> {
        Some(match end {
            BodyEnd::NoBody => Self::Bytes(0),
            BodyEnd::Length => Self::Bytes(super::http::length_of(head)?),
            BodyEnd::Chunked => Self::Chunks(Chunks::default()),
            BodyEnd::Close => Self::UntilClosed,
        })
    }

    fn take(&mut self, bytes: &[u8]) -> Progress {
        match self {
            Self::Bytes(left) => {
                *left = left.saturating_sub(bytes.len() as u64);
                if *left == 0 {
                    Progress::Whole
                } else {
                    Progress::More
                }
            }
            Self::Chunks(chunks) => chunks.take(bytes),
            Self::UntilClosed => Progress::More,
        }
    }
}

/// Chunks (RFC 9112 section 7.1), of which the last has no length; what may follow it is not waited for.
#[derive(Debug, Default)]
struct Chunks {
    /// Bytes of the present chunk that are still to come, its line end included.
    left: u64,
    /// What has come of the next size line.
    line: Vec<u8>,
}

impl Chunks {
    /// The longest size line, extensions included, in bytes.
    const LINE_MAX: usize = 1024;

    fn take(&mut self, mut bytes: &[u8]) -> Progress {
        while !bytes.is_empty() {
            let skipped = usize::try_from(self.left)
                .unwrap_or(usize::MAX)
                .min(bytes.len());
            self.left -= skipped as u64;
            bytes = &bytes[skipped..];
            let Some((byte, rest)) = bytes.split_first() else {
                break;
            };
            bytes = rest;
            self.line.push(*byte);
            match httparse::parse_chunk_size(&self.line) {
                Ok(httparse::Status::Complete((_, 0))) => return Progress::Whole,
                Ok(httparse::Status::Complete((_, size))) => {
                    self.line.clear();
                    self.left = size.saturating_add(2);
                }
                Ok(httparse::Status::Partial) if self.line.len() < Self::LINE_MAX => {}
                Ok(httparse::Status::Partial) | Err(_) => return Progress::Unreadable,
            }
        }
        Progress::More
    }
}

#[cfg(test)]
mod tests {
    use super::is_whole;
    use tokio::io::AsyncWriteExt as _;
    use tokio::time;

    /// What is known of the body of an answer of which so much came with its head and so much later.
    async fn whole(head: &str, later: &[&[u8]], closes: bool) -> Option<bool> {
        let (mut server, mut client) = tokio::io::duplex(256 * 1024);
        for bytes in later {
            server.write_all(bytes).await.expect("room for it");
        }
        // Kept open until the end of the test, unless it closes.
        let server = (!closes).then_some(server);
        let until = time::Instant::now() + time::Duration::from_secs(8);
        let known = is_whole(head.as_bytes(), &mut client, until).await;
        drop(server);
        known
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_is_whole_by_its_length_its_last_chunk_or_its_connection() {
        let length = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nab";
        assert_eq!(whole(length, &[b"cd", b"ef"], false).await, Some(true));
        assert_eq!(whole(length, &[b"cd"], false).await, Some(false));
        assert_eq!(whole(length, &[b"cd"], true).await, Some(false));
        let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab";
        let rest: &[&[u8]] = &[b"c\r", b"\n1", b"0;x=y\r\n0123456789abcdef\r\n0", b"\r\n"];
        assert_eq!(whole(chunked, rest, false).await, Some(true));
        // "0" inside of a chunk is no end.
        assert_eq!(
            whole(chunked, &[b"c\r\n5\r\n0\r\n\r\n"], false).await,
            Some(false)
        );
        let closed = "HTTP/1.0 200 OK\r\n\r\n";
        assert_eq!(whole(closed, &[b"any"], true).await, Some(true));
        assert_eq!(whole(closed, &[b"any"], false).await, Some(false));
        let none = "HTTP/1.1 204 No Content\r\n\r\n";
        assert_eq!(whole(none, &[], false).await, Some(true));
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_too_long_or_no_body_is_not_told() {
        let long = "HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n";
        let piece = [b'x'; 1024];
        let pieces = vec![&piece[..]; 129];
        assert_eq!(whole(long, &pieces, false).await, None);
        let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        assert_eq!(whole(chunked, &[b"hello\r\n"], false).await, None);
        assert_eq!(whole("HTTP/1.1 200 OK\r\nConte", &[], true).await, None);
    }
}
