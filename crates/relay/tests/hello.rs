//! What the relay tells of a client's TLS, and how long it waits for a hello, over real sockets on loopback.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use reachcheck_wire::{ClientMessage, Consistency, ServerMessage, TlsFacts};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep, timeout};

use crate::harness::{Inside, ORIGIN, Relay, SOON, challenge, hear, open_over, say};

const CHROME: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
const FIREFOX: &str =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:153.0) Gecko/20100101 Firefox/153.0";

async fn start() -> Relay<Inside> {
    Relay::with_tls().start_inside().await
}

/// The facts of the challenge's answer over this connection.
async fn challenged<S>(stream: S, headers: &str) -> Option<TlsFacts>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    challenge(stream, headers).await.saw.tls
}

fn says(user_agent: &str) -> String {
    format!("User-Agent: {user_agent}\r\n")
}

#[tokio::test]
async fn the_challenge_tells_the_handshake_and_judges_it_beside_the_browser_that_is_named() {
    let relay = start().await;
    for (headers, expected) in [
        (String::new(), Consistency::Unknown),
        (says("curl/7.88.1"), Consistency::Unknown),
        (says(CHROME), Consistency::Inconsistent),
        (says(FIREFOX), Consistency::Inconsistent),
        // Two that contradict each other name no browser.
        (says(CHROME) + &says(FIREFOX), Consistency::Unknown),
    ] {
        let stream = relay.tls().await;
        let facts = challenged(stream, &headers).await.expect("facts of TLS");
        // No fingerprint, though pages of the first release need its field.
        assert_eq!(facts.ja4, "", "{facts:?}");
        assert_eq!(facts.consistency, expected, "{headers}");
    }
}

#[tokio::test]
async fn without_tls_there_is_nothing_to_tell() {
    let relay = start().await;
    let facts = challenged(relay.plain().await, &says(CHROME)).await;
    assert_eq!(facts, None);
}

#[tokio::test]
async fn the_socket_tells_its_own_handshake() {
    let relay = start().await;
    let headers = [("origin", ORIGIN), ("user-agent", CHROME)];
    let opened = open_over(relay.tls().await, &headers).await;
    let mut socket = opened.expect("a socket");
    say(&mut socket, &ClientMessage::Saw).await;
    let said = hear(&mut socket).await;
    let ServerMessage::Saw { report } = said else {
        panic!("not what it saw: {said:?}");
    };
    let facts = report.tls.expect("facts of TLS");
    assert_eq!(facts.consistency, Consistency::Inconsistent);
}

/// Writes one byte at a time, with a pause before each.
struct Trickle {
    under: TcpStream,
    pause: Pin<Box<Sleep>>,
}

/// A rustls hello has some 250 bytes, and as much comes after it.
const PAUSE: Duration = Duration::from_millis(5);

impl AsyncRead for Trickle {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.under).poll_read(context, buffer)
    }
}

impl AsyncWrite for Trickle {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        std::task::ready!(self.pause.as_mut().poll(context));
        self.pause = Box::pin(sleep(PAUSE));
        let first = bytes.get(..1).unwrap_or_default();
        Pin::new(&mut self.under).poll_write(context, first)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.under).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.under).poll_shutdown(context)
    }
}

#[tokio::test]
async fn a_client_that_sends_byte_by_byte_is_served_like_any_other() {
    let relay = start().await;
    let started = Instant::now();
    let slow = Trickle {
        under: relay.plain().await,
        pause: Box::pin(sleep(PAUSE)),
    };
    let stream = relay.tls_over(slow).await.expect("a handshake");
    assert!(started.elapsed() > Duration::from_secs(1), "not slow");
    let slow = challenged(stream, "").await.expect("facts of TLS");
    let fast = challenged(relay.tls().await, "").await;
    assert_eq!(Some(slow), fast);
}

#[tokio::test]
async fn a_hello_in_many_records_is_answered() {
    let relay = start().await;
    let hello = relay.hello();
    let mut stream = relay.plain().await;
    for part in hello[5..].chunks(40) {
        let length = u8::try_from(part.len()).expect("short");
        let record = [&[22, 3, 1, 0, length], part].concat();
        stream.write_all(&record).await.expect("sent");
    }
    let mut answer = [0; 6];
    timeout(SOON, stream.read_exact(&mut answer))
        .await
        .expect("in time")
        .expect("an answer");
    // A handshake record, and in it a ServerHello.
    assert_eq!((answer[0], answer[5]), (22, 2));
}

#[tokio::test]
async fn what_begins_like_tls_and_is_none_gets_rustls_alert() {
    let relay = start().await;
    let mut no_hello = relay.hello();
    no_hello[5] = 11;
    let mut spoilt = relay.hello();
    // The length of the cipher suites, behind version, random and session id: odd.
    spoilt[5 + 4 + 2 + 32 + 1 + 32 + 1] ^= 1;
    for bytes in [&no_hello, &spoilt] {
        let mut stream = relay.plain().await;
        stream.write_all(bytes).await.expect("sent");
        let mut answer = Vec::new();
        timeout(SOON, stream.read_to_end(&mut answer))
            .await
            .expect("in time")
            .expect("an answer");
        assert_eq!(answer.first(), Some(&21), "{answer:?}");
    }
}

#[tokio::test]
async fn a_hello_that_stalls_is_cut_at_the_deadline_while_others_are_served() {
    let limit = Duration::from_secs(4);
    let setup = Relay::with_tls().limits(&["handshake-ms=4000"]);
    let relay = setup.start_inside().await;
    let hello = relay.hello();
    let mut stalled = Vec::new();
    let started = Instant::now();
    for length in [1, 5, 100, hello.len() - 1] {
        let mut stream = relay.plain().await;
        stream.write_all(&hello[..length]).await.expect("sent");
        stalled.push((length, stream));
    }
    let stream = relay.tls().await;
    assert!(challenged(stream, "").await.is_some());
    assert!(started.elapsed() < limit / 2);
    for (length, mut stream) in stalled {
        let mut rest = Vec::new();
        let read = timeout(SOON, stream.read_to_end(&mut rest)).await;
        assert!(read.is_ok(), "still open after {length} bytes");
        assert!(rest.is_empty(), "{rest:?}");
    }
    assert!(started.elapsed() >= limit / 2, "cut too early");
}
