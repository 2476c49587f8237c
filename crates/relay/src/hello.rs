//! What a client's first message says about who speaks TLS with us: the browser, or something on the way that
//! opens its connections.
//!
//! rustls shows a server neither a hello's extensions nor their order, so we read the bytes ourselves before
//! it does, and then give it all of them. What we make of them never decides whether the client is served.

mod browser;
mod judge;
mod known;
mod parse;
mod reader;
mod record;
#[cfg(test)]
mod tests;

use std::io;

use browser::Browser;
use judge::Marks;
use parse::ClientHello;
use reachcheck_wire as wire;
use record::{Gathering, Progress};
use tokio::io::{AsyncRead, AsyncReadExt as _};

use crate::rewind::Rewind;

pub use record::HANDSHAKE;

/// How much is read at once, in bytes. A browser's hello has about 1,900, which come in two segments.
const PIECE: usize = 2048;

/// What is kept of a hello for the life of its connection.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    marks: Marks,
}

impl Seen {
    /// Reads a whole handshake message; `None` if it is no well-formed ClientHello.
    fn read(message: &[u8]) -> Option<Self> {
        let hello = ClientHello::parse(message)?;
        Some(Self {
            marks: Marks::of(&hello),
        })
    }

    /// The facts, beside the browser that this User-Agent names.
    pub fn facts(&self, user_agent: Option<&str>) -> wire::TlsFacts {
        wire::TlsFacts {
            ja4: String::new(),
            consistency: self.marks.beside(user_agent.and_then(Browser::named)),
        }
    }
}

/// The facts of a hello that comes in pieces of this many bytes; `None` if it is none.
pub fn facts_of(bytes: &[u8], piece: usize) -> Option<wire::TlsFacts> {
    let mut gathering = Gathering::default();
    for piece in bytes.chunks(piece) {
        match gathering.push(piece) {
            Progress::More => {}
            Progress::Whole => return Some(Seen::read(gathering.message())?.facts(None)),
            Progress::Hopeless => return None,
        }
    }
    None
}

/// Reads a client's hello, and gives the connection back as if nothing had been read. Waits as long as the
/// client needs: the deadline is the caller's. A client that ends early, or says something else, is left to
/// whoever reads next.
///
/// # Errors
/// If the connection fails.
pub async fn read<S: AsyncRead + Unpin>(mut stream: S) -> io::Result<(Rewind<S>, Option<Seen>)> {
    let mut gathering = Gathering::default();
    let mut piece = [0; PIECE];
    let seen = loop {
        let length = stream.read(&mut piece).await?;
        if length == 0 {
            break None;
        }
        match gathering.push(piece.get(..length).unwrap_or_default()) {
            Progress::More => {}
            Progress::Whole => break Seen::read(gathering.message()),
            Progress::Hopeless => break None,
        }
    };
    Ok((Rewind::new(gathering.into_raw(), stream), seen))
}
