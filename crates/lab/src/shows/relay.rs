//! That the relay is in the state that a world says, read from its own answer.

use std::io::Write as _;
use std::net::SocketAddrV4;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result, bail, ensure};
use nix::errno::Errno;
use serde_json::Value;

use super::hear::{self, Heard};
use super::look;
use crate::addresses;
use crate::authority::Authority;
use crate::namespaces::Namespace;
use crate::sockets::{Answers, Tls, shake_hands};
use crate::world::RelayState;

/// Where it listens, while it is well.
pub const RELAY_PORTS: [u16; 3] = [443, 80, 5222];

/// What a page asks first.
pub const QUESTION: &str = "GET /relay/v1/challenge?nonce=plain-sockets HTTP/1.1\r\n\
    Host: relay.example\r\nOrigin: https://check.example\r\n\r\n";

/// The same in parts.
const PATH: &str = "/relay/v1/challenge?nonce=plain-sockets";
const ORIGIN: &str = "Origin: https://check.example\r\n";

/// A WebSocket's request (RFC 6455 section 1.3).
const UPGRADE: &str = "Origin: https://check.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
    Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

/// A STUN Allocate request without attributes (RFC 8489 section 5), as WebRTC opens with.
const STUN: [u8; 20] = [
    0, 3, 0, 0, 0x21, 0x12, 0xa4, 0x42, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
];

/// A connection to the relay on which it can be asked again and again.
pub struct Talk {
    /// The connection.
    pub tls: Tls,
}

impl Talk {
    /// Asks the challenge.
    pub fn challenge(&mut self) -> Result<Value> {
        let (head, body) = look::ask(&mut self.tls, addresses::RELAY_NAME, PATH, ORIGIN)?;
        ensure!(head.starts_with("HTTP/1.1 200"), "{head}");
        let challenge: Value = serde_json::from_slice(&body)?;
        ensure!(challenge["nonce"] == "plain-sockets", "{challenge}");
        Ok(challenge)
    }

    /// The address by which the relay sees us.
    pub fn address(&mut self) -> Result<String> {
        let challenge = self.challenge()?;
        let address = challenge["saw"]["address"].as_str();
        Ok(address.context("an address")?.to_owned())
    }
}

/// Opens such a connection.
pub fn sees(port: u16, authority: &Authority) -> Result<Talk> {
    let to = SocketAddrV4::new(addresses::RELAY, port);
    let tls = look::tls_at(to, addresses::RELAY_NAME, authority)?;
    Ok(Talk { tls })
}

/// Asks the challenge on this port, by TLS.
pub fn challenge(port: u16, authority: &Authority) -> Result<Value> {
    let ask = || sees(port, authority)?.challenge();
    ask().with_context(|| format!("the relay's port {port}"))
}

/// That these ports are closed at the relay's own machine, while the endpoints are well.
pub fn is_off_for_all(ports: &[u16], authority: &Authority) -> Result<()> {
    let are_closed = |is_near| {
        for port in ports {
            let to = SocketAddrV4::new(addresses::RELAY, *port);
            look::fails(to, Errno::ECONNREFUSED, is_near)?;
        }
        Ok(())
    };
    look::together(
        || are_closed(false),
        || look::from(Namespace::Outside, || are_closed(true)),
        || look::endpoints_are_well(authority),
    )
}

/// That a WebSocket's request is answered with this status.
pub fn answers_upgrade(status: u16, authority: &Authority) -> Result<()> {
    let head = upgrade(&mut sees(443, authority)?.tls)?;
    let start = format!("HTTP/1.1 {status}");
    ensure!(head.starts_with(&start), "{head}");
    Ok(())
}

/// A WebSocket to the relay that stands.
pub struct Socket(Tls);

impl Socket {
    /// Opens it.
    pub fn open(authority: &Authority) -> Result<Self> {
        let mut tls = sees(443, authority)?.tls;
        let head = upgrade(&mut tls)?;
        ensure!(head.starts_with("HTTP/1.1 101"), "{head}");
        Ok(Self(tls))
    }

    /// Asks for a pong.
    pub fn ping(&mut self) -> Result<()> {
        self.say(r#"{"ask":"ping","number":7}"#)
    }

    /// Asks that it be watched, by a name.
    pub fn watch(&mut self, quiet: &str, time: Duration, name: &str) -> Result<()> {
        let ms = time.as_millis();
        self.say(&format!(
            r#"{{"ask":"watch","quiet":"{quiet}","ms":{ms},"name":"{name}"}}"#
        ))
    }

    /// A word while it is watched.
    pub fn note(&mut self) -> Result<()> {
        self.say(r#"{"ask":"note"}"#)
    }

    /// Asks that it be silent for a while.
    pub fn hold(&mut self) -> Result<()> {
        self.say(r#"{"ask":"hold","hold":"short"}"#)
    }

    /// One text frame, masked with zeros (RFC 6455 section 5.2).
    fn say(&mut self, words: &str) -> Result<()> {
        let length = u8::try_from(words.len())?;
        ensure!(length < 126, "longer than a short frame: {words}");
        let mut frame = vec![0x81, 0x80 | length, 0, 0, 0, 0];
        frame.extend_from_slice(words.as_bytes());
        self.0.write_all(&frame)?;
        Ok(self.0.flush()?)
    }

    /// The first thing that comes within so long.
    pub fn hears(&mut self, patience: Duration) -> Result<(Heard, Duration)> {
        hear::hear(&mut self.0, patience)
    }
}

/// How the relay saw the end of the socket that was watched by this name.
pub fn how_ended(name: &str, authority: &Authority) -> Result<String> {
    let mut socket = Socket::open(authority)?;
    socket.say(&format!(r#"{{"ask":"ended","name":"{name}"}}"#))?;
    let (heard, _) = socket.hears(look::ANSWER)?;
    let Heard::Bytes(bytes) = heard else {
        bail!("{heard:?}");
    };
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let how = text.split(r#""how":""#).nth(1);
    let how = how.and_then(|rest| rest.split('"').next());
    Ok(how.with_context(|| text.clone())?.to_owned())
}

fn upgrade(tls: &mut Tls) -> Result<String> {
    let (head, _) = look::ask(tls, addresses::RELAY_NAME, "/relay/v1/socket", UPGRADE)?;
    Ok(head)
}

impl RelayState {
    /// Shows it.
    ///
    /// # Errors
    /// With what is otherwise.
    pub fn shows(self, authority: &Authority) -> Result<()> {
        match self {
            Self::Well => {
                answers_pings(authority)?;
                self.is_otherwise_well(authority)
            }
            Self::On443Alone => {
                self.is_otherwise_well(authority)?;
                return is_off_for_all(&RELAY_PORTS[1..], authority);
            }
            Self::Untrusted => is_untrusted(authority),
            Self::Full => {
                answers_pings(authority)?;
                refuses_silence(authority)?;
                self.is_otherwise_well(authority)
            }
            Self::Busy | Self::ForAnotherOrigin | Self::Ahead(_) => {
                self.is_otherwise_well(authority)
            }
        }?;
        look::endpoints_are_well(authority)
    }

    /// What the relay says of itself, each thing by the one state that changes it.
    fn is_otherwise_well(self, authority: &Authority) -> Result<()> {
        let ports: &[u16] = match self {
            Self::On443Alone => &RELAY_PORTS[..1],
            _ => &RELAY_PORTS,
        };
        for port in ports {
            let challenge = challenge(*port, authority)?;
            let is = |what: &str| challenge[what].as_bool() == Some(true);
            let mut open: Vec<u64> = Vec::new();
            open.extend(
                challenge["ports"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_u64),
            );
            ensure!(
                open == ports
                    .iter()
                    .map(|port| u64::from(*port))
                    .collect::<Vec<_>>(),
                "{challenge}"
            );
            ensure!(is("busy") == (self == Self::Busy), "{challenge}");
            ensure!(
                is("origin_allowed") == (self != Self::ForAnotherOrigin),
                "{challenge}"
            );
            ensure!(is("outside") && is("plain"), "{challenge}");
            let ahead_s = clock(&challenge)? - i128::from(now_ms()) / 1000;
            let hours = match self {
                Self::Ahead(hours) => i128::from(hours),
                _ => 0,
            };
            // Minutes do not matter where hours are meant.
            ensure!((ahead_s - hours * 3600).abs() < 120, "ahead by {ahead_s} s");
            answers_stun(*port)?;
        }
        Ok(())
    }
}

/// The relay's clock in seconds since 1970.
fn clock(challenge: &Value) -> Result<i128> {
    let ms = challenge["saw"]["unix_ms"].as_u64().context("a clock")?;
    Ok(i128::from(ms) / 1000)
}

/// Ours in milliseconds since 1970.
fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    })
}

/// A WebSocket stands, and what the relay says on it comes at once.
fn answers_pings(authority: &Authority) -> Result<()> {
    let mut socket = Socket::open(authority)?;
    socket.ping()?;
    let (heard, _) = socket.hears(look::SILENCE)?;
    let is_pong = matches!(&heard, Heard::Bytes(bytes) if bytes.ends_with(br#""number":7}"#));
    ensure!(is_pong, "{heard:?}");
    Ok(())
}

/// A socket stands, and may not be silent.
fn refuses_silence(authority: &Authority) -> Result<()> {
    let mut socket = Socket::open(authority)?;
    socket.hold()?;
    let (heard, _) = socket.hears(look::SILENCE)?;
    let is_refused = matches!(&heard, Heard::Bytes(bytes)
        if String::from_utf8_lossy(bytes).contains(r#""say":"refused","why":"busy""#));
    ensure!(is_refused, "{heard:?}");
    Ok(())
}

/// Bytes that are not TLS pass on this port, both ways.
fn answers_stun(port: u16) -> Result<()> {
    let (mut stream, _) = look::open(SocketAddrV4::new(addresses::RELAY, port))?;
    let (heard, _) = hear::say(&mut stream, &STUN)?;
    let is_error = matches!(&heard, Heard::Bytes(bytes) if bytes.starts_with(&[1, 0x13]));
    ensure!(is_error, "port {port}: {heard:?}");
    Ok(())
}

/// On every port.
fn is_untrusted(authority: &Authority) -> Result<()> {
    for port in RELAY_PORTS {
        let (stream, _) = look::open(SocketAddrV4::new(addresses::RELAY, port))?;
        let answers = shake_hands(stream, addresses::RELAY_NAME, authority)?;
        ensure!(
            matches!(answers, Answers::Untrusted),
            "port {port}: {answers:?}"
        );
    }
    Ok(())
}
