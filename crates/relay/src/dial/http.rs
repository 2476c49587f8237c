//! HTTP inside a dial: a request, and as much of its answer as tells how the endpoint behaves.

use std::io;
use std::time::Instant;

use reachcheck_model::catalogue::Kind;
use reachcheck_wire::{BodyEnd, Dialogue, HttpVersion};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time;

use super::body::is_whole;
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

/// One request, no redirects, and of the answer its head; of a document whether its body comes to an end. `None` if the dial's
/// end came before the head.
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
    let mut whole = None;
    let exchange = async {
        stream.write_all(request.as_bytes()).await?;
        stream.flush().await?;
        let mut chunk = [0_u8; 512];
        let mut looked = 0;
        while head.len() < HEAD_MAX && !ends_head(&head[looked..]) {
            // The end may have begun with the last three bytes of what was there.
            looked = head.len().saturating_sub(3);
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
        // Of a TCP endpoint or a control the head is all that is concluded from.
        if asking == Asking::Document && target.kind == Some(Kind::Https) {
            whole = is_whole(&head, stream, until).await;
        }
        Ok::<(), io::Error>(())
    };
    let ended = within(limits::DIAL_ANSWER, until, exchange).await;
    let ms = first_ms.unwrap_or_else(|| elapsed_ms(started));
    match (read(&head, ms), ended) {
        (
            Some(Dialogue::Http {
                ms,
                status,
                keeps_open,
                version,
                body: end,
                ..
            }),
            _,
        ) => Some(Dialogue::Http {
            ms,
            status,
            keeps_open,
            version,
            body: end,
            whole,
        }),
        (Some(answer), _) => Some(answer),
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

/// Reads the head of an answer that began after so many milliseconds; nothing if it does not begin as HTTP/1.1 or 1.0.
pub(super) fn read(head: &[u8], ms: f64) -> Option<Dialogue> {
    let (version, status) = status_line(head)?;
    let headers = headers(head);
    let fields = headers.as_deref();
    let body = fields.and_then(|fields| body_end(fields, status));
    let closes = fields.is_none_or(|fields| names(fields, "connection", "close"));
    Some(Dialogue::Http {
        ms,
        status,
        keeps_open: version == HttpVersion::Http11
            && !closes
            && status != SWITCHING_PROTOCOLS
            && body.is_some_and(|end| end != BodyEnd::Close),
        version: Some(version),
        body,
        whole: None,
    })
}

const SWITCHING_PROTOCOLS: u16 = 101;
/// Fields of an answer beyond which its head is not read.
const HEADERS_MAX: usize = 128;

/// Version and status. Read apart from the fields, whose faults must not hide them.
fn status_line(head: &[u8]) -> Option<(HttpVersion, u16)> {
    let line = std::str::from_utf8(head.get(..12)?).ok()?;
    let (version, status) = line.split_once(' ')?;
    let version = match version.strip_prefix("HTTP/1.")? {
        "0" => HttpVersion::Http10,
        // A minor version that nobody knows is read as the highest that is known (RFC 9110 section 2.5).
        _ => HttpVersion::Http11,
    };
    let status = status.parse().ok()?;
    (100..600).contains(&status).then_some((version, status))
}

/// How the end of the body shows of an answer whose head came whole, and where that head ends.
pub(super) fn body_of(answer: &[u8]) -> Option<(BodyEnd, usize)> {
    let (_, status) = status_line(answer)?;
    let end = body_end(&headers(answer)?, status)?;
    let head = answer.windows(4).position(|window| window == b"\r\n\r\n")?;
    Some((end, head + 4))
}

/// The fields, where the head came whole.
fn headers(head: &[u8]) -> Option<Vec<httparse::Header<'_>>> {
    let mut headers = vec![httparse::EMPTY_HEADER; HEADERS_MAX];
    let mut response = httparse::Response::new(&mut headers);
    // As lenient as browsers are.
    let parsed = httparse::ParserConfig::default()
        .allow_spaces_after_header_name_in_responses(true)
        .allow_obsolete_multiline_headers_in_responses(true)
        .ignore_invalid_headers_in_responses(true)
        .parse_response(&mut response, head);
    matches!(parsed, Ok(httparse::Status::Complete(_))).then(|| response.headers.to_vec())
}

/// The members of a field's lists, in lower case.
fn members(headers: &[httparse::Header<'_>], name: &str) -> Vec<String> {
    let values = headers
        .iter()
        .filter(|header| header.name.eq_ignore_ascii_case(name));
    values
        .flat_map(|header| header.value.split(|byte| *byte == b','))
        .map(|member| String::from_utf8_lossy(member).trim().to_ascii_lowercase())
        .collect()
}

fn names(headers: &[httparse::Header<'_>], name: &str, member: &str) -> bool {
    members(headers, name).iter().any(|given| given == member)
}

/// The stated length of a body.
pub(super) fn length_of(head: &[u8]) -> Option<u64> {
    members(&headers(head)?, "content-length")
        .first()?
        .parse()
        .ok()
}

/// How the end of the body shows (RFC 9112 section 6.3).
fn body_end(headers: &[httparse::Header<'_>], status: u16) -> Option<BodyEnd> {
    match status {
        SWITCHING_PROTOCOLS | 204 | 304 => return Some(BodyEnd::NoBody),
        // The answer is still to come.
        100..200 => return None,
        _ => {}
    }
    if let Some(last) = members(headers, "transfer-encoding").last() {
        return Some(if last == "chunked" {
            BodyEnd::Chunked
        } else {
            BodyEnd::Close
        });
    }
    let lengths = members(headers, "content-length");
    let Some(first) = lengths.first() else {
        return Some(BodyEnd::Close);
    };
    let is_length = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_digit());
    // Two that differ, or no number: nobody can tell where it ends.
    (is_length && lengths.iter().all(|length| length == first)).then_some(BodyEnd::Length)
}

#[cfg(test)]
mod tests {
    use reachcheck_wire::{BodyEnd, Dialogue, HttpVersion};

    use super::{read, status_line};

    #[test]
    fn status_lines() {
        let old = (HttpVersion::Http10, 503);
        assert_eq!(
            status_line(b"HTTP/1.1 200 OK\r\n"),
            Some((HttpVersion::Http11, 200))
        );
        assert_eq!(status_line(b"HTTP/1.0 503"), Some(old));
        for bytes in [
            &b"HTTP/2 200 O"[..],
            b"HTTP/1.1 xyz",
            b"HTTP/1.1",
            b"SSH-2.0-abcdefgh",
            b"HTTP/1.1 999",
        ] {
            assert_eq!(status_line(bytes), None);
        }
    }

    /// Whether the connection is kept, and how the body ends.
    fn ends(head: &str) -> (bool, Option<BodyEnd>) {
        match read(head.as_bytes(), 1.0) {
            Some(Dialogue::Http {
                keeps_open, body, ..
            }) => (keeps_open, body),
            other => panic!("{head}: {other:?}"),
        }
    }

    #[test]
    fn bodies_end_by_length_by_the_last_chunk_or_with_the_connection() {
        for (fields, kept, end) in [
            ("Content-Length: 0", true, BodyEnd::Length),
            ("content-length : 12", true, BodyEnd::Length),
            ("Content-Length: 5, 5", true, BodyEnd::Length),
            ("Transfer-Encoding: gzip, Chunked", true, BodyEnd::Chunked),
            (
                "Content-Length: 9\r\nTransfer-Encoding: chunked",
                true,
                BodyEnd::Chunked,
            ),
            ("Transfer-Encoding: gzip", false, BodyEnd::Close),
            ("Server: any", false, BodyEnd::Close),
            (
                "Content-Length: 0\r\nConnection: Close",
                false,
                BodyEnd::Length,
            ),
            (
                "Transfer-Encoding: chunked\r\nConnection: upgrade, close",
                false,
                BodyEnd::Chunked,
            ),
        ] {
            let head = format!("HTTP/1.1 200 OK\r\n{fields}\r\n\r\n");
            assert_eq!(ends(&head), (kept, Some(end)), "{fields}");
        }
        // Nobody can tell.
        for fields in [
            "Content-Length: 5, 6",
            "Content-Length: many",
            "Content-Length:",
        ] {
            let head = format!("HTTP/1.1 200 OK\r\n{fields}\r\n\r\n");
            assert_eq!(ends(&head), (false, None), "{fields}");
        }
        assert_eq!(ends("HTTP/1.1 200 OK\r\nContent-Len"), (false, None));
    }

    #[test]
    fn some_answers_have_no_body_and_some_are_not_the_last() {
        let no_body = Some(BodyEnd::NoBody);
        assert_eq!(ends("HTTP/1.1 204 No Content\r\n\r\n"), (true, no_body));
        assert_eq!(ends("HTTP/1.1 304 Not Modified\r\n\r\n"), (true, no_body));
        // Another protocol goes on there.
        assert_eq!(
            ends("HTTP/1.1 101 Switching Protocols\r\n\r\n"),
            (false, no_body)
        );
        assert_eq!(ends("HTTP/1.1 103 Early Hints\r\n\r\n"), (false, None));
    }

    #[test]
    fn an_answer_in_http_1_0_ends_its_connection() {
        let head = "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n";
        assert_eq!(ends(head), (false, Some(BodyEnd::Length)));
        let Some(Dialogue::Http { version, .. }) = read(head.as_bytes(), 1.0) else {
            panic!("no answer");
        };
        assert_eq!(version, Some(HttpVersion::Http10));
    }
}
