//! What the other side of a connection says, or that it does not.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::look::{ANSWER, SILENCE};
use crate::sockets::Tls;

/// The first thing that comes from the other side.
#[derive(Debug, PartialEq, Eq)]
pub enum Heard {
    /// So much of it as came at once.
    Bytes(Vec<u8>),
    /// FIN, or TLS's own close.
    Closed,
    /// RST.
    Reset,
    /// Nothing, for as long as anybody waited.
    Silence,
}

/// A stream whose patience can be set.
pub trait Stream: Read + Write {
    /// The connection itself.
    fn tcp(&self) -> &TcpStream;
}

impl Stream for TcpStream {
    fn tcp(&self) -> &TcpStream {
        self
    }
}

impl Stream for Tls {
    fn tcp(&self) -> &TcpStream {
        &self.sock
    }
}

/// Says this (nothing, if it is empty) and listens; tells after how long.
pub fn say(stream: &mut impl Stream, words: &[u8]) -> Result<(Heard, Duration)> {
    let started = Instant::now();
    if !words.is_empty() {
        stream.write_all(words)?;
        stream.flush()?;
    }
    let (heard, _) = hear(stream, SILENCE)?;
    Ok((heard, started.elapsed()))
}

/// The first thing that comes within so long; tells after how long it came.
pub fn hear(stream: &mut impl Stream, patience: Duration) -> Result<(Heard, Duration)> {
    let started = Instant::now();
    stream.tcp().set_read_timeout(Some(patience))?;
    let mut chunk = [0_u8; 2048];
    let heard = match stream.read(&mut chunk) {
        Ok(0) => Heard::Closed,
        Ok(length) => Heard::Bytes(chunk[..length].to_vec()),
        Err(error) => match error.kind() {
            // TLS that ends without its own close.
            ErrorKind::UnexpectedEof => Heard::Closed,
            ErrorKind::ConnectionReset => Heard::Reset,
            ErrorKind::WouldBlock | ErrorKind::TimedOut => Heard::Silence,
            _ => return Err(error.into()),
        },
    };
    let taken = started.elapsed();
    stream.tcp().set_read_timeout(Some(ANSWER))?;
    Ok((heard, taken))
}

/// A TLS record that begins as a ClientHello does, of so many bytes. Nobody's handshake goes on after it,
/// but TLS answers it with an alert, and boxes take it for what it begins as.
pub fn hello(length: u16) -> Vec<u8> {
    let [high, low] = (length - 5).to_be_bytes();
    let mut record = vec![0x16, 3, 1, high, low, 1];
    record.resize(usize::from(length), 0);
    record
}
