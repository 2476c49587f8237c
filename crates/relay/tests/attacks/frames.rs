//! WebSocket frames that want too much (attacks 8 to 11).

use std::time::{Duration, Instant};

use reachcheck_wire as wire;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::time::timeout;

use crate::harness::{Relay, SOON, frame, upgrade};

const CONTINUATION: u8 = 0;
const TEXT: u8 = 1;
const CLOSE: u8 = 8;
const PING: u8 = 9;

/// Writes frames until the relay ends the connection; gives how many bytes it took, and the close code if it
/// said one.
async fn until_cut<S>(stream: S, frames: &[u8], at_most: usize) -> (usize, Option<u16>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut reading, mut writing) = tokio::io::split(stream);
    let hears = tokio::spawn(async move {
        let mut heard = Vec::new();
        let _ = timeout(SOON, reading.read_to_end(&mut heard))
            .await
            .expect("it is cut off");
        heard
    });
    let mut sent = 0;
    while sent < at_most && !hears.is_finished() {
        if writing.write_all(frames).await.is_err() || writing.flush().await.is_err() {
            break;
        }
        sent += frames.len();
    }
    let heard = hears.await.expect("no panic");
    (sent, close_code(&heard))
}

/// The code of the close frame among frames of a server (all of them short).
fn close_code(mut bytes: &[u8]) -> Option<u16> {
    while let [first, length, rest @ ..] = bytes {
        let (head, length) = match length {
            126 => (
                2,
                usize::from(u16::from_be_bytes([*rest.first()?, *rest.get(1)?])),
            ),
            length => (0, usize::from(*length)),
        };
        let payload = rest.get(head..head + length)?;
        if first & 0x0f == CLOSE {
            return Some(u16::from_be_bytes([*payload.first()?, *payload.get(1)?]));
        }
        bytes = &rest[head + length..];
    }
    None
}

#[tokio::test]
async fn a_header_that_announces_more_than_a_message_allocates_nothing() {
    let relay = Relay::with_tls().start();
    relay.serves().await;
    let mut sockets = Vec::new();
    for _ in 0..300 {
        sockets.push(relay.raw_socket().await);
    }
    let before = relay.memory();
    for (index, stream) in sockets.iter_mut().enumerate() {
        // 64 KiB, the most a length of 63 bits can say, and one more than is allowed.
        let header = match index % 3 {
            0 => [&[0x81, 0xfe][..], &65_535_u16.to_be_bytes()].concat(),
            1 => [&[0x81, 0xff][..], &(u64::MAX >> 1).to_be_bytes()].concat(),
            _ => [&[0x81, 0xfe][..], &1_025_u16.to_be_bytes()].concat(),
        };
        let bytes = [&header[..], &[0; 4], b"x"].concat();
        stream.write_all(&bytes).await.expect("sent");
        stream.flush().await.expect("sent");
    }
    for stream in &mut sockets {
        let mut heard = Vec::new();
        let _ = timeout(SOON, stream.read_to_end(&mut heard))
            .await
            .expect("cut off at once");
    }
    assert!(
        relay.memory() < before + 4 * 1024 * 1024,
        "{} bytes, before {before}",
        relay.memory()
    );
    relay.serves().await;
}

#[tokio::test]
async fn endless_fragments_end_by_the_size_of_a_message_or_by_the_budget_of_bytes() {
    let relay = Relay::with_tls().start();
    relay.serves().await;
    let before = relay.memory();
    for (payload, at_most) in [
        // Whole messages' worth, then one byte, then nothing at all, which no size can stop.
        (&[b'x'; 512][..], 16 * 1024),
        (b"x", 64 * 1024),
        (b"", 512 * 1024),
    ] {
        let mut stream = relay.raw_socket().await;
        let began = Instant::now();
        stream
            .write_all(&frame(false, TEXT, payload))
            .await
            .expect("sent");
        let more = frame(false, CONTINUATION, payload).repeat(16);
        // What is on the way when it is cut comes on top.
        let (sent, _) = until_cut(stream, &more, 64 * 1024 * 1024).await;
        assert!(
            sent < at_most + 4 * 1024 * 1024,
            "{} bytes of fragments of {}",
            sent,
            payload.len()
        );
        assert!(began.elapsed() < SOON);
        relay.serves().await;
    }
    relay.is_lean_again(before).await;
}

#[tokio::test]
async fn compression_is_never_taken_up() {
    let relay = Relay::with_tls().start();
    let mut stream = relay.tls().await;
    let offers = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\
                  Sec-WebSocket-Protocol: chat\r\n";
    let head = upgrade(&mut stream, offers).await.to_ascii_lowercase();
    assert!(
        !head.contains("sec-websocket-extensions") && !head.contains("sec-websocket-protocol"),
        "{head}"
    );
    // A compressed frame all the same (RSV1): an error, not an inflated message.
    let mut bomb = frame(true, TEXT, &[0; 100]);
    bomb[0] |= 0x40;
    let (_, _) = until_cut(stream, &bomb, 1024).await;
    relay.serves().await;
}

#[tokio::test]
async fn floods_of_pings_messages_and_closes_end_by_the_budget_of_messages() {
    let relay = Relay::with_tls().start();
    relay.serves().await;
    let before = relay.memory();
    for flood in [
        frame(true, PING, b""),
        frame(true, PING, &[b'x'; 125]),
        frame(true, 10, b"unasked"),
        frame(true, TEXT, br#"{"ask":"ping","number":1}"#),
        frame(true, TEXT, br#"{"ask":"saw"}"#),
    ] {
        let stream = relay.raw_socket().await;
        let (sent, code) = until_cut(stream, &flood, 64 * 1024 * 1024).await;
        assert!(sent < 4 * 1024 * 1024, "{sent} bytes");
        assert!(
            matches!(code, Some(wire::CLOSE_PROTOCOL) | None),
            "{code:?}"
        );
    }
    // The first close is answered; more of them are not read.
    let (sent, _) = until_cut(
        relay.raw_socket().await,
        &frame(true, CLOSE, &[3, 232]),
        64 * 1024 * 1024,
    )
    .await;
    assert!(sent < 4 * 1024 * 1024, "{sent} bytes");
    let took = relay.serves().await;
    assert!(took < Duration::from_secs(5), "{took:?}");
    relay.is_lean_again(before).await;
}

/// What RFC 6455 forbids ends a session: unmasked frames, reserved bits and opcodes, fragmented or long control
/// frames, continuation of nothing, bytes that are no UTF-8.
#[tokio::test]
async fn frames_against_the_protocol_end_the_session() {
    let relay = Relay::with_tls().start();
    let masked = |first: u8, payload: &[u8]| {
        let mut bytes = frame(true, TEXT, payload);
        bytes[0] = first;
        bytes
    };
    for (what, bytes) in [
        ("unmasked", vec![0x81, 1, b'x']),
        ("reserved bit", masked(0xa1, b"x")),
        ("reserved opcode", masked(0x83, b"x")),
        ("reserved control opcode", masked(0x8b, b"x")),
        ("fragmented ping", masked(0x09, b"x")),
        ("long ping", masked(0x89, &[b'x'; 126])),
        ("continuation of nothing", masked(0x80, b"x")),
        (
            "text inside text",
            [frame(false, TEXT, b"x"), frame(true, TEXT, b"x")].concat(),
        ),
        ("no UTF-8", frame(true, TEXT, &[0xff, 0xfe])),
        ("half a close code", frame(true, CLOSE, &[3])),
        (
            "a close code that may not be sent",
            frame(true, CLOSE, &1005_u16.to_be_bytes()),
        ),
    ] {
        let mut stream = relay.raw_socket().await;
        stream.write_all(&bytes).await.expect("sent");
        stream.flush().await.expect("sent");
        let mut heard = Vec::new();
        let ended = timeout(Duration::from_secs(5), stream.read_to_end(&mut heard)).await;
        assert!(ended.is_ok(), "{what}: still open");
    }
    relay.serves().await;
}
