//! That boxes which mind silence end or forget a silent connection to the relay, and no other.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use reachcheck_model::catalogue::Kind;

use super::front::ends_if_silent;
use super::hear::{self, Heard};
use super::look;
use super::relay::{QUESTION, Socket, Talk, how_ended, sees};
use crate::addresses;
use crate::authority::Authority;
use crate::fault::{Fault, With};
use crate::middlebox::Ends;

/// How much longer than the gateway's memory the silence lasts.
const BEYOND: Duration = Duration::from_millis(700);

/// Shows that the gateway forgets, with the shortest silence that is long enough.
pub fn forgets(memory: Duration, with: With, authority: &Authority) -> Result<()> {
    let endpoint = addresses::place("toronto", Kind::Https);
    let mut silent = sees(443, authority)?;
    let talking = sees(443, authority)?;
    let mut elsewhere = look::tls(&endpoint, authority)?;
    silent.address()?;
    let mut talking = while_talking(talking, memory)?;
    let (heard, taken) = hear::say(&mut silent.tls, QUESTION.as_bytes())?;
    match with {
        With::Reset => {
            ensure!(heard == Heard::Reset, "{heard:?}");
            ensure!(
                taken < look::PATH,
                "reset after {taken:?}: not by the gateway"
            );
        }
        _ => ensure!(heard == Heard::Silence, "{heard:?}"),
    }
    talking.address().context("the one that talks")?;
    sees(443, authority)?.address().context("a new one")?;
    // What was silent as long and does not lead to the relay.
    let (head, _) = look::ask(&mut elsewhere, &endpoint.host, "/", "")
        .context("a silent one to an endpoint")?;
    ensure!(head.starts_with("HTTP/1.1 200"), "{head}");
    // Nor does the relay's own word pass.
    let mut waits = Socket::open(authority)?;
    waits.watch("both", memory + BEYOND, "plain-sockets-wait")?;
    let (heard, _) = waits.hears(memory + BEYOND + look::SILENCE)?;
    ensure!(heard == Heard::Silence, "the relay's word: {heard:?}");
    look::endpoints_are_well(authority)
}

/// Lets a connection talk for longer than so long, with no pause as long.
fn while_talking(mut talking: Talk, memory: Duration) -> Result<Talk> {
    let end = Instant::now() + memory + BEYOND;
    while Instant::now() < end {
        thread::sleep(memory / 4);
        talking.address().context("the one that talks")?;
    }
    Ok(talking)
}

/// Who says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Talks {
    /// The relay alone: events at random gaps.
    Relay,
    /// The agent alone.
    Agent,
    /// Both, by turns.
    Both,
}

/// Whether a connection on which these talk lasts for longer than so long.
pub fn lasts(talks: Talks, after: Duration, authority: &Authority) -> Result<bool> {
    let mut socket = Socket::open(authority)?;
    let end = Instant::now() + after + after / 2;
    match talks {
        // A tenth of it is the longest gap between two events.
        Talks::Relay => socket.watch("page", after * 6, "plain-sockets-page")?,
        Talks::Agent => socket.watch("relay", after * 6, "plain-sockets-relay")?,
        Talks::Both => {}
    }
    while Instant::now() < end {
        let patience = after / 4;
        let heard = match talks {
            Talks::Relay => socket.hears(patience)?.0,
            Talks::Agent => {
                // Of what is closed already, writing tells as well.
                if socket.note().is_err() {
                    return Ok(false);
                }
                socket.hears(patience)?.0
            }
            Talks::Both => {
                socket.ping()?;
                thread::sleep(patience);
                socket.hears(look::SILENCE)?.0
            }
        };
        if matches!(heard, Heard::Closed | Heard::Reset) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Shows a box that ends what is silent, and what the relay sees of it.
pub fn ends(after: Duration, ends: Ends, authority: &Authority) -> Result<()> {
    let (here, there) = match ends {
        Ends::Both => (Heard::Closed, "finished"),
        Ends::AgentAlone => (Heard::Closed, "open"),
        Ends::Resets => (Heard::Reset, "reset"),
    };
    ends_if_silent(after, &here, authority)?;
    let mut watched = Socket::open(authority)?;
    watched.watch("both", after * 100, "plain-sockets-ends")?;
    let (heard, taken) = watched.hears(after * 2)?;
    ensure!(heard == here, "{heard:?} after {taken:?}");
    thread::sleep(look::PATH);
    let how = how_ended("plain-sockets-ends", authority)?;
    ensure!(how == there, "the relay saw it {how}");
    look::endpoints_are_well(authority)
}

/// Shows a NAT table that forgets.
pub fn nat_forgets(memory: Duration, authority: &Authority) -> Result<()> {
    let mut silent = sees(443, authority)?;
    let talking = sees(443, authority)?;
    let address = silent.address()?;
    ensure!(address == "10.0.1.1", "not translated: {address}");
    let mut waits = Socket::open(authority)?;
    waits.watch("both", memory + BEYOND / 2, "plain-sockets-wait")?;
    let mut talking = while_talking(talking, memory)?;
    let (heard, taken) = hear::say(&mut silent.tls, QUESTION.as_bytes())?;
    ensure!(heard == Heard::Reset, "{heard:?}");
    ensure!(
        taken > look::PATH,
        "reset after {taken:?}: not by the relay"
    );
    let (heard, _) = waits.hears(look::SILENCE)?;
    ensure!(heard == Heard::Silence, "the relay's word: {heard:?}");
    talking.address().context("the one that talks")?;
    look::endpoints_are_well(authority)
}

/// Shows that what is opened leaves by one address, and goes on by it when another is there for what is new.
pub fn leaves_by(number: u8, authority: &Authority) -> Result<()> {
    let is_seen_at = |talk: &mut Talk, number: u8| -> Result<()> {
        let (address, wanted) = (talk.address()?, format!("10.0.1.{number}"));
        ensure!(address == wanted, "seen at {address}, not {wanted}");
        Ok(())
    };
    let mut first = sees(443, authority)?;
    is_seen_at(&mut first, number)?;
    Fault::LeavesBy(number + 1).set()?;
    let mut second = sees(443, authority)?;
    is_seen_at(&mut second, number + 1)?;
    is_seen_at(&mut first, number)?;
    look::endpoints_are_well(authority)
}

/// Shows that what left by an address is cut off, and what leaves by another is not.
pub fn no_longer_leaves_by(number: u8, authority: &Authority) -> Result<()> {
    Fault::LeavesBy(number + 1).set()?;
    let mut other = sees(443, authority)?;
    Fault::LeavesBy(number).set()?;
    look::is_silent(std::net::SocketAddrV4::new(addresses::RELAY, 443))?;
    other.address().context("one that leaves by another")?;
    Fault::LeavesBy(number + 1).set()?;
    look::endpoints_are_well(authority)
}
