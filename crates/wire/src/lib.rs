//! The messages between the page and its relay, and the limits both sides hold each other to.
//!
//! Everything is JSON by serde: the messages are few, and support can read them in the browser's developer tools. Each
//! type is declared once, for both sides. Messages skip keys that they do not know, so that a newer side may say more to
//! an older one (`tests/samples/README.md`). The page only ever names an endpoint by
//! the id the relay already knows; there is no message that carries a host name or an address *to* the
//! relay, so no message can make it dial something else.

pub mod deadline;
mod dial;
mod dialogue;
mod handshake;
mod message;
mod shown;

pub use dial::{AddressCounts, AddressFamily, Connect, DialReport, Other, Plain};
pub use dialogue::{BodyEnd, Dialogue, HttpVersion};
pub use handshake::{Alpn, AnsweredHello, Certificate, CertificateFault, Rejection, Tls};
pub use message::{
    Challenge, ClientMessage, Consistency, ControlsReport, Ending, Hold, Quiet, Refusal, Saw,
    Schedule, ServerMessage, TlsFacts, WATCH_MAX_MS,
};

/// Version of this protocol; it stands in the paths, so that an old page and a new relay fail loudly.
pub const VERSION: u32 = 1;

/// Path, below the relay's base URL, of the challenge (HTTPS GET, readable from any origin).
pub const CHALLENGE_PATH: &str = "v1/challenge";
/// Path of the WebSocket.
pub const SOCKET_PATH: &str = "v1/socket";
/// Path of a dial over plain HTTPS, for pages whose WebSocket does not pass.
pub const DIAL_PATH: &str = "v1/dial";
/// Path of the relay's own controls over plain HTTPS.
pub const CONTROLS_PATH: &str = "v1/controls";

/// Longest message a client may send, in bytes. The longest real one is a dial request: about 70 bytes.
pub const CLIENT_MESSAGE_MAX: usize = 1024;
/// Longest message the relay sends, in bytes: a dial report with bounded certificate names, at most two.
pub const SERVER_MESSAGE_MAX: usize = 4096;
/// Longest nonce the challenge echoes, in characters (a captive page must not be able to use us as a mirror).
pub const NONCE_MAX: usize = 64;
/// Close code the relay uses on an accepted WebSocket when it is over its limits (RFC 6455 section 7.4.2,
/// private use range). "Try again later" (1013) would do, but proxies use it too.
pub const CLOSE_BUSY: u16 = 4013;
/// Close code for a client that does not keep to the protocol.
pub const CLOSE_PROTOCOL: u16 = 4002;

/// The error code with which the relay answers an unencrypted STUN Allocate request (RFC 8489 section
/// 14.8). A browser that sees it has had bytes that are not TLS pass on that port, both ways. 300 without an
/// ALTERNATE-SERVER: of 300, 400, 401, 438 and 486 it is the only one that Chromium 156 tells the page at
/// once; it passes over the others, as nobody has signed them (lab).
pub const STUN_ERROR: u16 = 300;
/// How many forwarding headers the relay tells of, and how many characters of each value.
pub const FORWARDED_MAX: (usize, usize) = (8, 120);

/// True for a nonce that the relay echoes: 8 to [`NONCE_MAX`] ASCII letters, digits, `-` or `_`.
#[must_use]
pub fn is_nonce(text: &str) -> bool {
    (8..=NONCE_MAX).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

/// Parses one message, with the reason in words when it is not one.
///
/// # Errors
/// A sentence for logs: what was expected, and the column at which the text departs from it.
pub fn decode<'text, T: serde::Deserialize<'text>>(text: &'text str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

/// Writes one message. The types of this crate cannot fail to serialise (no maps with odd keys).
#[must_use]
pub fn encode<T: serde::Serialize>(message: &T) -> String {
    serde_json::to_string(message).unwrap_or_default()
}

/// The word for a value that is one word on the wire, such as an [`Ending`].
#[must_use]
pub fn to_word<T: serde::Serialize>(value: &T) -> String {
    encode(value).trim_matches('"').to_owned()
}

/// The value that is that word on the wire.
#[must_use]
pub fn from_word<T: serde::de::DeserializeOwned>(word: &str) -> Option<T> {
    use serde::de::IntoDeserializer as _;
    use serde::de::value::{Error, StrDeserializer};

    let deserializer: StrDeserializer<'_, Error> = word.into_deserializer();
    T::deserialize(deserializer).ok()
}
