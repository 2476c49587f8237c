//! Plain bytes beside TLS: one STUN request, answered with one error. A browser's WebRTC shows the page that
//! error's code, which proves that bytes other than TLS pass both ways on this port.
//!
//! RFC 8489 section 5 (header), 14.8 (ERROR-CODE); RFC 8656 section 17 (Allocate).

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::time::timeout;

use crate::limits;

/// A STUN message begins with two zero bits, a request of a known method with a zero byte.
pub const FIRST_BYTE: u8 = 0;

const ALLOCATE_REQUEST: [u8; 2] = [0x00, 0x03];
const ALLOCATE_ERROR: [u8; 2] = [0x01, 0x13];
const MAGIC_COOKIE: [u8; 4] = [0x21, 0x12, 0xa4, 0x42];
const ERROR_CODE: [u8; 2] = [0x00, 0x09];
/// Its length is a multiple of four, so it needs no padding.
const REASON: &[u8; 20] = b"Nothing to try here.";

/// Answers one Allocate request; anything else ends the connection unanswered. Of the client's bytes only the
/// transaction id goes back.
///
/// # Errors
/// If the client is gone, or did not say what it should.
pub async fn answer<S>(stream: &mut S) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut header = [0_u8; 20];
    stream.read_exact(&mut header).await?;
    let length = u16::from_be_bytes([header[2], header[3]]);
    let is_request = header[..2] == ALLOCATE_REQUEST
        && header[4..8] == MAGIC_COOKIE
        && length % 4 == 0
        && length <= limits::STUN_REQUEST;
    if !is_request {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut attributes = (&mut *stream).take(length.into());
    tokio::io::copy(&mut attributes, &mut tokio::io::sink()).await?;
    stream.write_all(&error(&header[8..])).await?;
    // The client closes first. A reset of ours could overtake the answer, and Chromium 156 drops an answer that
    // it reads together with the end of the connection (lab).
    let mut rest = stream.take(limits::STUN_REQUEST.into());
    let _ = timeout(
        limits::STUN_LINGER,
        tokio::io::copy(&mut rest, &mut tokio::io::sink()),
    )
    .await;
    Ok(())
}

fn error(transaction: &[u8]) -> Vec<u8> {
    let code = reachcheck_wire::STUN_ERROR;
    let value = 4 + REASON.len();
    let mut message = Vec::with_capacity(20 + 4 + value);
    message.extend(ALLOCATE_ERROR);
    message.extend(be(4 + value));
    message.extend(MAGIC_COOKIE);
    message.extend(transaction);
    message.extend(ERROR_CODE);
    message.extend(be(value));
    message.extend([0, 0]);
    message.extend([(code / 100) as u8, (code % 100) as u8]);
    message.extend(REASON);
    message
}

fn be(length: usize) -> [u8; 2] {
    u16::try_from(length).unwrap_or(u16::MAX).to_be_bytes()
}
