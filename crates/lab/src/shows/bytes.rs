//! Faults that let a connection come up and then look at what is said.

use std::net::SocketAddrV4;

use anyhow::{Context as _, Result, ensure};
use reachcheck_model::catalogue::Kind;

use super::hear::{self, Heard};
use super::look;
use super::relay::{RELAY_PORTS, challenge};
use crate::addresses;
use crate::authority::Authority;
use crate::fault::With;
use crate::namespaces::Namespace;

/// As long as a browser's ClientHello with a post-quantum key share, in bytes.
const LARGE: u16 = 1200;

/// As long as a small ClientHello, in bytes.
const SMALL: u16 = 300;

/// Not TLS, and something that every host of the lab answers by saying so.
const PLAIN: &[u8] = b"GET / HTTP/1.1\r\nHost: nobody.example\r\n\r\n";

/// The first thing that comes after these first bytes; the connection itself must come up across the path.
fn after(to: SocketAddrV4, words: &[u8]) -> Result<(Heard, std::time::Duration)> {
    let (mut stream, taken) = look::open(to)?;
    ensure!(
        taken > look::PATH,
        "open after {taken:?}: not from the far end"
    );
    hear::say(&mut stream, words)
}

fn answers(to: SocketAddrV4, words: &[u8]) -> Result<()> {
    let (heard, _) = after(to, words)?;
    ensure!(matches!(heard, Heard::Bytes(_)), "{to}: {heard:?}");
    Ok(())
}

/// That the first bytes are turned down in this way, by somebody near.
fn are_turned_down(to: SocketAddrV4, words: &[u8], with: With) -> Result<()> {
    if with == With::Silence {
        let (heard, _) = after(to, words)?;
        ensure!(heard == Heard::Silence, "{to}: {heard:?}");
        return Ok(());
    }
    let heard = look::at_distance(true, || after(to, words))?;
    ensure!(heard == Heard::Reset, "{to}: {heard:?}");
    Ok(())
}

/// Small packets pass both ways, a large one gets no answer, and neither does a small question whose answer
/// is large.
pub fn large(region: &str, kind: Kind, authority: &Authority) -> Result<()> {
    let place = addresses::place(region, kind);
    let to = look::at(&place);
    look::together(
        || {
            answers(to, PLAIN).context("a small exchange")?;
            are_turned_down(to, &hear::hello(LARGE), With::Silence).context("a large question")?;
            // The host's certificate does not fit into a small packet.
            let (stream, _) = look::open(to)?;
            stream.set_read_timeout(Some(look::SILENCE))?;
            let handshake = crate::sockets::shake_hands(stream, &place.host, authority);
            ensure!(handshake.is_err(), "a large answer passed");
            Ok(())
        },
        || look::from(Namespace::Relay, || look::is_well(&place, authority)),
        || {
            answers(look::at(&neighbour(region, kind)), &hear::hello(LARGE))?;
            look::neighbours_are_well(region, kind, authority)
        },
    )
}

/// The connection comes up, and a ClientHello ends it or vanishes.
pub fn hello(region: &str, kind: Kind, with: With, authority: &Authority) -> Result<()> {
    let place = addresses::place(region, kind);
    look::together(
        || are_turned_down(look::at(&place), &hear::hello(SMALL), with),
        || look::from(Namespace::Relay, || look::is_well(&place, authority)),
        || {
            answers(look::at(&neighbour(region, kind)), &hear::hello(SMALL))?;
            look::neighbours_are_well(region, kind, authority)
        },
    )
}

/// The same endpoint of another region.
fn neighbour(region: &str, kind: Kind) -> addresses::Place {
    let other = if region == "virginia" {
        "seattle"
    } else {
        "virginia"
    };
    addresses::place(other, kind)
}

/// What is not TLS is turned down on port 443, wherever it goes; TLS there, and anything elsewhere, passes.
pub fn plain_443(with: With, authority: &Authority) -> Result<()> {
    let endpoint = addresses::place("toronto", Kind::Https);
    let relay = |port| SocketAddrV4::new(addresses::RELAY, port);
    look::together(
        || {
            are_turned_down(look::at(&endpoint), PLAIN, with)?;
            are_turned_down(relay(443), PLAIN, with)
        },
        || {
            for port in RELAY_PORTS {
                challenge(port, authority)?;
            }
            for port in [80, 5222] {
                answers(relay(port), PLAIN)?;
            }
            look::endpoints_are_well(authority)
        },
        || {
            look::from(Namespace::Outside, || {
                let (mut stream, _) = look::open(relay(443))?;
                let (heard, _) = hear::say(&mut stream, PLAIN)?;
                ensure!(matches!(heard, Heard::Bytes(_)), "{heard:?}");
                Ok(())
            })
        },
    )
}

/// TLS is reset on this port of the relay; other bytes there, and TLS elsewhere, pass.
pub fn tls_on_relay_port(port: u16, authority: &Authority) -> Result<()> {
    let relay = SocketAddrV4::new(addresses::RELAY, port);
    look::together(
        || are_turned_down(relay, &hear::hello(SMALL), With::Reset),
        || {
            answers(relay, PLAIN)?;
            for other in RELAY_PORTS.iter().filter(|other| **other != port) {
                challenge(*other, authority)?;
            }
            look::endpoints_are_well(authority)
        },
        || look::from(Namespace::Outside, || challenge(port, authority).map(drop)),
    )
}
