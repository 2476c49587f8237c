//! Rows about the relay: its states, boxes in front of it, and boxes on the way that mind silence.

use std::time::Duration;

use anyhow::Result;
use nix::errno::Errno;

use super::line::Line;
use super::places::well_elsewhere;
use super::relay_words::{ask_for_pong, ask_to_watch, frame};
use super::row::{Action, Answer, Row, Sees, Talks, When};
use super::site::{PATH, SILENCE, SLACK};
use crate::addresses::{self, RELAY_NAME};
use crate::fault::{Fault, With};
use crate::middlebox::Ends;
use crate::namespaces::Namespace;
use crate::reverse_proxy::{ReverseProxy, Timer};
use crate::world::RelayState;

/// Where it listens, while it is well.
pub const PORTS: [u16; 3] = [443, 80, 5222];

/// What a page asks first.
const CHALLENGE: &str = "/relay/v1/challenge?nonce=plain-sockets";
const ORIGIN: &str = "Origin: https://check.example\r\n";

/// The same on the wire.
const QUESTION: &str = "GET /relay/v1/challenge?nonce=plain-sockets HTTP/1.1\r\n\
    Host: relay.example\r\nOrigin: https://check.example\r\n\r\n";

/// A WebSocket's request (RFC 6455 section 1.3).
const UPGRADE: &str = "Origin: https://check.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
    Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

/// A STUN Allocate request without attributes (RFC 8489 section 5), as WebRTC opens with.
const STUN: [u8; 20] = [
    0, 3, 0, 0, 0x21, 0x12, 0xa4, 0x42, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
];

/// How much longer than a box's memory the silence lasts.
const BEYOND: Duration = Duration::from_millis(700);

impl Row {
    /// Asks the challenge on a connection that stands.
    pub fn challenges(self, answer: Answer) -> Self {
        let answer = answer.fact("/nonce", "plain-sockets");
        self.gets_with(CHALLENGE, ORIGIN, answer)
    }

    /// The same; the relay sees us at this address.
    fn seen_at(self, number: u8) -> Self {
        let address = format!("10.0.1.{number}");
        self.challenges(Answer::status(200).fact("/saw/address", address))
    }

    /// Asks for a WebSocket, which is answered with this status.
    fn upgrades(self, status: u16) -> Self {
        self.gets_with("/relay/v1/socket", UPGRADE, Answer::status(status))
    }

    /// Keeps a WebSocket for longer than so long.
    fn talks(self, talks: Talks, after: Duration, lasts: bool) -> Self {
        self.turn(Action::Talk(talks, after), Sees::Lasts(lasts))
    }
}

/// A connection to this port.
pub fn relay(port: u16) -> Row {
    Row::to((addresses::RELAY, port))
}

/// TLS with it.
pub fn tls(port: u16) -> Row {
    relay(port).tls(RELAY_NAME)
}

/// The challenge on this port.
pub fn challenge(port: u16) -> Row {
    tls(port).challenges(Answer::status(200))
}

/// A WebSocket that stands.
pub fn socket() -> Row {
    tls(443).upgrades(101)
}

/// The next relay answers, further away than the first.
pub fn next() -> Vec<Row> {
    let mut rows = well_elsewhere();
    let next = Row::to((addresses::NEXT_RELAY, 443)).tls(addresses::NEXT_RELAY_NAME);
    let answer = Answer::status(200)
        .fact("/outside", true)
        .fact("/origin_allowed", true);
    rows.extend([challenge(443), next.challenges(answer)]);
    rows
}

/// These ports are closed at the relay's own machine, while the endpoints are well.
pub fn off_for_all(ports: &[u16]) -> Vec<Row> {
    let mut rows = well_elsewhere();
    for port in ports {
        let closed = || relay(*port).sees(Sees::Fails(Errno::ECONNREFUSED));
        rows.push(closed().far());
        rows.push(closed().near().seen_from(Namespace::Outside));
    }
    rows
}

/// What a relay in this state says and does.
pub fn state(state: RelayState) -> Vec<Row> {
    let ports = match state {
        RelayState::On443Alone => &PORTS[..1],
        _ => &PORTS,
    };
    let mut rows = well_elsewhere();
    if state == RelayState::Untrusted {
        let untrusted = |port| tls(port).sees(Sees::Untrusted);
        rows.extend(PORTS.map(untrusted));
        return rows;
    }
    let hours = match state {
        RelayState::Ahead(hours) => u64::from(hours),
        _ => 0,
    };
    // Each thing by the one state that changes it.
    let answer = Answer::status(200)
        .fact("/ports", ports)
        .fact("/busy", state == RelayState::Busy)
        .fact("/origin_allowed", state != RelayState::ForAnotherOrigin)
        .fact("/outside", true)
        .fact("/plain", true)
        .ahead(hours * 3600);
    for port in ports {
        rows.push(tls(*port).challenges(answer.clone()));
        // Bytes that are not TLS pass, both ways.
        rows.push(relay(*port).says(STUN, Sees::Begins([1, 0x13].into())));
    }
    if matches!(state, RelayState::Well | RelayState::Full) {
        let is_pong = |bytes: &[u8]| bytes.ends_with(br#""number":7}"#);
        rows.push(socket().says(ask_for_pong(), Sees::Such(is_pong)));
    }
    if state == RelayState::Full {
        let hold = frame(r#"{"ask":"hold","hold":"short"}"#);
        let refused = r#""say":"refused","why":"busy""#.to_owned();
        rows.push(socket().says(hold, Sees::Holds(refused)));
    }
    if state == RelayState::On443Alone {
        rows.extend(off_for_all(&PORTS[1..]));
    }
    rows
}

/// A relay that another one replaces: sockets are told (a close frame, RFC 6455 section 5.5.1, with the code 1012), and
/// the new one answers.
pub fn replaced() -> Vec<Vec<Row>> {
    let is_restart = |bytes: &[u8]| {
        bytes.first() == Some(&0x88) && bytes.get(2..4) == Some(&1012_u16.to_be_bytes())
    };
    let told = socket()
        .does(|site| site.lab.replace_relay(site.standing, RelayState::Full))
        .hears(Sees::Such(is_restart));
    vec![vec![told], state(RelayState::Full)]
}

/// What a box in front of the relay does with WebSockets, while HTTPS passes.
pub fn front(front: ReverseProxy) -> Vec<Row> {
    let mut rows = off_for_all(&PORTS[1..]);
    rows.push(challenge(443));
    match front {
        ReverseProxy::TurnsDown(status) => rows.push(tls(443).upgrades(status)),
        ReverseProxy::ClosesAfter(ms) => rows.push(ends(Duration::from_millis(ms), Sees::Closed)),
        ReverseProxy::Collects(ms) => {
            let (every, ping) = (Duration::from_millis(ms), ask_for_pong);
            let are_three =
                |bytes: &[u8]| String::from_utf8_lossy(bytes).matches("pong").count() == 3;
            let mut row = socket();
            for _ in 0..3 {
                row = row.says(ping(), Sees::Done).pause(every / 8);
            }
            let late = When::Since(every, every * 2 + SLACK);
            rows.push(row.hears(Sees::Such(are_three)).at(late));
        }
        ReverseProxy::ClosesIdle(seconds) => {
            rows.extend(ends_if_silent(Duration::from_secs(seconds), Sees::Closed));
        }
        ReverseProxy::ResetsIdle(seconds) => {
            rows.extend(ends_if_silent(Duration::from_secs(seconds), Sees::Reset));
        }
        ReverseProxy::HaProxy(timer, ms) => {
            let after = Duration::from_millis(ms);
            rows.extend(ends_if_silent(after, Sees::Closed));
            // Which silence each timer minds.
            let ended = match timer {
                Timer::Tunnel | Timer::Client | Timer::Server => None,
                Timer::ClientAlone => Some(Talks::Relay),
                Timer::ServerAlone => Some(Talks::Agent),
            };
            rows.extend(
                [Talks::Relay, Talks::Agent]
                    .map(|talks| socket().talks(talks, after, ended != Some(talks))),
            );
        }
    }
    rows
}

/// A socket that ends in this way after so long. The box counted already while the answer was on its way.
fn ends(after: Duration, how: Sees) -> Row {
    let when = When::Within(after * 3 / 4, after + SLACK);
    socket().hears(how).at(when)
}

/// One that is silent ends, one that talks does not.
fn ends_if_silent(after: Duration, how: Sees) -> [Row; 2] {
    [ends(after, how), socket().talks(Talks::Both, after, true)]
}

/// A box that ends what is silent, and what the relay sees of it.
pub fn ends_idle(after: Duration, how: Ends) -> Vec<Vec<Row>> {
    const NAME: &str = "plain-sockets-ends";
    let there = match how {
        Ends::Both => "finished",
        Ends::AgentAlone => "open",
        Ends::Resets => "reset",
    };
    let here = || match how {
        Ends::Both | Ends::AgentAlone => Sees::Closed,
        Ends::Resets => Sees::Reset,
    };
    let mut silent = Vec::from(ends_if_silent(after, here()));
    let watched = socket().says(ask_to_watch("both", after * 100, NAME), here());
    silent.push(watched.at(When::Within(Duration::ZERO, after * 2 + SLACK)));
    let ended = frame(&format!(r#"{{"ask":"ended","name":"{NAME}"}}"#));
    let how = format!(r#""how":"{there}""#);
    let mut then = well_elsewhere();
    then.push(socket().pause(PATH).says(ended, Sees::Holds(how)));
    vec![silent, then]
}

/// Lets a connection talk for longer than so long, with no pause as long.
fn talking(memory: Duration) -> Row {
    let mut row = challenge(443);
    for _ in 0..=(memory + BEYOND).as_millis() / (memory / 4).as_millis() {
        row = row.pause(memory / 4).challenges(Answer::status(200));
    }
    row
}

/// A watched socket on which the relay's own word does not pass.
fn unheard(memory: Duration) -> Row {
    let words = ask_to_watch("both", memory + BEYOND / 2, "plain-sockets-wait");
    let time = When::For(memory + BEYOND * 2 + SILENCE);
    socket().says(words, Sees::Silence).at(time)
}

/// A gateway that forgets a silent connection to the relay, seen by the shortest silence that is long enough. What was
/// silent as long and does not lead to the relay goes on.
pub fn forgets(memory: Duration, with: With) -> Vec<Vec<Row>> {
    let silent = challenge(443).pause(memory + BEYOND);
    let silent = match with {
        With::Reset => silent.says(QUESTION, Sees::Reset).near(),
        _ => silent.says(QUESTION, Sees::Silence),
    };
    let endpoint = addresses::place("toronto", reachcheck_model::catalogue::Kind::Https);
    let elsewhere = Row::to((endpoint.address, 443))
        .tls(&endpoint.host)
        .pause(memory + BEYOND)
        .gets("/", Answer::status(200));
    let mut then = well_elsewhere();
    then.push(challenge(443));
    vec![
        vec![silent, talking(memory), elsewhere, unheard(memory)],
        then,
    ]
}

/// A NAT table that forgets: what comes later is answered by the relay, which does not know it.
pub fn nat_forgets(memory: Duration) -> Vec<Vec<Row>> {
    let silent = tls(443)
        .seen_at(1)
        .pause(memory + BEYOND)
        .says(QUESTION, Sees::Reset)
        .far();
    let rows = vec![silent, talking(memory), unheard(memory)];
    vec![rows, well_elsewhere()]
}

/// What is opened leaves by one address, and goes on by it when another is there for what is new.
pub fn leaves_by(number: u8) -> Vec<Vec<Row>> {
    let first = tls(443)
        .seen_at(number)
        .sets(Fault::LeavesBy(number + 1))
        .meanwhile(move || tls(443).seen_at(number + 1))
        .seen_at(number);
    vec![vec![first], well_elsewhere()]
}

/// What left by an address is cut off, and what leaves by another is not.
pub fn no_longer_leaves_by(number: u8) -> Vec<Vec<Row>> {
    let other = Row::new(Some((addresses::RELAY, 443).into()))
        .sets(Fault::LeavesBy(number + 1))
        .turn(Action::Connect, Sees::Opens)
        .tls(RELAY_NAME)
        .sets(Fault::LeavesBy(number))
        .meanwhile(|| relay(443).sees(Sees::Silence))
        .challenges(Answer::status(200))
        .sets(Fault::LeavesBy(number + 1));
    vec![vec![other], well_elsewhere()]
}

/// The address by which the relay sees a connection.
pub fn address(line: &mut Line) -> Result<String> {
    let (_, body) = line.ask(RELAY_NAME, CHALLENGE, ORIGIN)?;
    let challenge: serde_json::Value = serde_json::from_slice(&body)?;
    Ok(challenge["saw"]["address"].to_string())
}
