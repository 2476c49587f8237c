//! The opening bytes of a plain TCP probe, as WebRTC sends them: a STUN Allocate request (RFC 8489 section 5,
//! RFC 8656 section 7.1).

use std::time::Instant;

use reachcheck_wire::Plain;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time;

use super::{Late, elapsed_ms, within};
use crate::limits;

/// An Allocate request for TCP (REQUESTED-TRANSPORT, padded), with a transaction id that says who asks.
const REQUEST: [u8; 28] =
    *b"\x00\x03\x00\x08\x21\x12\xa4\x42reach-check.\x00\x19\x00\x04\x11\x00\x00\x00";

/// Listens first, for hosts that greet, then asks. `None` if the connection broke before it said anything, or the
/// dial's end came first.
pub(super) async fn ask(mut stream: TcpStream, until: time::Instant) -> Option<Plain> {
    let started = Instant::now();
    let mut bytes = [0_u8; 64];
    match within(limits::DIAL_GREETING, until, stream.read(&mut bytes)).await {
        Ok(Ok(1..)) => {
            return Some(Plain::Greeted {
                ms: elapsed_ms(started),
            });
        }
        Ok(Ok(0) | Err(_)) => {
            return Some(Plain::Closed {
                ms: elapsed_ms(started),
            });
        }
        Err(Late::Step) => {}
        Err(Late::Dial) => return None,
    }
    stream.write_all(&REQUEST).await.ok()?;
    let asked = Instant::now();
    let answer = within(limits::DIAL_PLAIN, until, stream.read(&mut bytes)).await;
    let ms = elapsed_ms(asked);
    let _ = stream.shutdown().await;
    match answer {
        Ok(Ok(1..)) => Some(Plain::Answered { ms }),
        Ok(Ok(0) | Err(_)) => Some(Plain::Closed { ms }),
        Err(Late::Step) => Some(Plain::Silent { ms }),
        Err(Late::Dial) => None,
    }
}
