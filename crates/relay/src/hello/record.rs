//! From TCP segments and TLS records to one handshake message.

use super::reader::HelloReader;
use crate::limits;

/// Content type of a handshake record (RFC 8446 section 5.1).
pub const HANDSHAKE: u8 = 22;
/// Type of the ClientHello among the handshake messages (RFC 8446 section 4).
pub const CLIENT_HELLO: u8 = 1;
/// Content type, version, length.
const RECORD_HEADER: usize = 5;
/// Type and length.
const MESSAGE_HEADER: usize = 4;
/// Longest content of a record that is not encrypted, in bytes (RFC 8446 section 5.1).
const FRAGMENT_MAX: usize = 1 << 14;

/// Puts a ClientHello together as its bytes arrive. Each byte is looked at once, in whatever pieces the client
/// sends them.
#[derive(Debug, Default)]
pub struct Gathering {
    raw: Vec<u8>,
    message: Vec<u8>,
    /// Where in `raw` the first record begins that is not in `message` yet.
    next: usize,
}

/// What a piece of the hello led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It goes on.
    More,
    /// The message is whole.
    Whole,
    /// It is no ClientHello, or longer than [`limits::HELLO`]. More bytes would not help.
    Hopeless,
}

impl Gathering {
    /// Takes the next bytes from the client.
    pub fn push(&mut self, bytes: &[u8]) -> Progress {
        self.raw.extend_from_slice(bytes);
        loop {
            match self.take_record() {
                Some(Progress::More) => {}
                Some(end) => return end,
                None if self.raw.len() > limits::HELLO => return Progress::Hopeless,
                None => return Progress::More,
            }
        }
    }

    /// The message, once it is [`Progress::Whole`].
    pub fn message(&self) -> &[u8] {
        &self.message
    }

    /// Every byte that was pushed, for who must read them again.
    pub fn into_raw(self) -> Vec<u8> {
        self.raw
    }

    /// Moves one record's content to the message; `None` while the record is not whole.
    fn take_record(&mut self) -> Option<Progress> {
        let mut reader = HelloReader::new(self.raw.get(self.next..)?);
        let (content, _version, length) = (reader.byte()?, reader.number()?, reader.number()?);
        let length = usize::from(length);
        // Empty handshake fragments are forbidden (RFC 8446 section 5.1); they could go on for ever.
        if content != HANDSHAKE || length == 0 || length > FRAGMENT_MAX {
            return Some(Progress::Hopeless);
        }
        self.message.extend_from_slice(reader.take(length)?);
        self.next += RECORD_HEADER + length;
        let mut reader = HelloReader::new(&self.message);
        if reader.byte() != Some(CLIENT_HELLO) {
            return Some(Progress::Hopeless);
        }
        Some(match reader.length24() {
            Some(length) if length > limits::HELLO => Progress::Hopeless,
            Some(length) if self.message.len() >= MESSAGE_HEADER + length => Progress::Whole,
            _ => Progress::More,
        })
    }
}
