//! Rows about the agent's computer: when each kind of attempt to connect ends, and which names its system keeps.

use std::net::SocketAddr;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use nix::errno::Errno;
use reachcheck_model::catalogue::Kind;

use super::places::{at, well};
use super::row::{Row, Sees, When};
use super::site::SILENCE;
use crate::addresses::{self, EndpointAddress};
use crate::computer::{Computer, Patience};
use crate::fault::{By, Fault, With};
use crate::namespaces::Namespace;

/// How much later than it should something may end; what was measured is in `docs/lab.md`.
const LATE: Duration = Duration::from_millis(250);

/// The path's round trip in these self-tests.
const ROUND_TRIP: Duration = Duration::from_millis(80);

/// All that is not usual: attempts to connect, then names.
pub fn computer(computer: Computer) -> Vec<Vec<Row>> {
    let mut stages = Vec::new();
    if let Some(patience) = computer.system.patience() {
        stages.push(breaks());
        stages.push(ends(patience));
        stages.push(vec![silence(patience)]);
    }
    if computer.keeps_names {
        let places = addresses::places().into_iter();
        let exists = |place: EndpointAddress| Row::look_up(&place.host, vec![place.address.into()]);
        stages.push(places.map(exists).collect());
        stages.push(vec![Row::procedure(|_| names_are_kept())]);
    }
    stages
}

/// Who turns whom down, and how. What only one address is wrong with shows that the others are left alone.
const FAULTS: [(&str, Kind, By, With); 6] = [
    ("toronto", Kind::Https, By::Gateway, With::Reset),
    ("toronto", Kind::Tcp, By::OwnFirewall, With::Reset),
    ("virginia", Kind::Https, By::FarForAll, With::Reset),
    ("virginia", Kind::Tcp, By::Gateway, With::HostUnreachable),
    ("seattle", Kind::Https, By::Gateway, With::AdminProhibited),
    ("seattle", Kind::Tcp, By::Gateway, With::Silence),
];

fn breaks() -> Vec<Row> {
    let faults = FAULTS.map(|(region, kind, by, with)| Fault::Turns(region, kind, by, with));
    let set = move || faults.iter().try_for_each(Fault::set);
    vec![Row::procedure(move |_| set())]
}

/// Every end but that of silence, all at once.
fn ends(patience: Patience) -> Vec<Row> {
    let place = |number: usize| {
        let (region, kind, ..) = FAULTS[number];
        addresses::place(region, kind)
    };
    let refused = |to: SocketAddr, round_trip| {
        let row = Row::to(to).sees(Sees::Fails(Errno::ECONNREFUSED));
        row.at(within(patience.refused + round_trip))
    };
    let mut rows = vec![
        refused(at(&place(0)), Duration::ZERO),
        refused(at(&place(1)), Duration::ZERO),
        refused(at(&place(2)), ROUND_TRIP),
        refused(([127, 0, 0, 1], 443).into(), Duration::ZERO),
        unreachable(&place(3), patience),
        // What is well is connected to as ever, and what is reset once it stands is reset then.
        well(&addresses::place("virginia-seattle", Kind::Https)),
        well(&addresses::place("virginia-seattle", Kind::Tcp)),
    ];
    let prohibited = Row::to(at(&place(4)));
    rows.push(match patience.unreachable {
        None => prohibited.sees(Sees::Silence),
        Some(_) => prohibited.sees(Sees::Fails(Errno::EHOSTUNREACH)).near(),
    });
    rows
}

/// An ICMP error of a network's: silence, or the end after a while.
fn unreachable(place: &EndpointAddress, patience: Patience) -> Row {
    let row = Row::to(at(place));
    match patience.unreachable {
        None => row.sees(Sees::Silence),
        Some(after) => row.sees(Sees::Fails(Errno::EHOSTUNREACH)).at(within(after)),
    }
}

/// The end of silence. A connection that stands meanwhile does not notice: it outlives its own SYN's copy.
fn silence(patience: Patience) -> Row {
    let (region, kind, ..) = FAULTS[5];
    let place = addresses::place(region, kind);
    let fails = move || {
        let row = Row::to(at(&place)).sees(Sees::Fails(Errno::EHOSTUNREACH));
        row.at(within(patience.silence))
    };
    let other = addresses::place("virginia-seattle", Kind::Https);
    let stands = super::places::tls(&other);
    let get = super::row::Answer::status(200);
    let row = stands.meanwhile(fails).pause(LATE);
    row.gets("/", get)
}

fn within(time: Duration) -> When {
    When::Within(time, time + LATE)
}

/// A name that does not exist is known without its server once it was asked for, one that was not is not. By a program
/// of its own each time: glibc looks for the cache once.
fn names_are_kept() -> Result<()> {
    const ASKED: &str = "asked.example";
    const KNOWN_SOON: Duration = Duration::from_millis(500);
    is_unknown(ASKED)?;
    Namespace::Gateway.nft(
        "add table ip lab_names_silent\n\
         add chain ip lab_names_silent input { type filter hook input priority -10; }\n\
         add rule ip lab_names_silent input udp dport 53 drop\n",
    )?;
    let kept = is_unknown(ASKED)?;
    let asked = is_unknown("not-asked.example")?;
    Namespace::Gateway.nft("delete table ip lab_names_silent\n")?;
    ensure!(kept < KNOWN_SOON, "asked again after {kept:?}");
    ensure!(asked > SILENCE, "known without a server after {asked:?}");
    Ok(())
}

/// How long the system's resolver takes to say that there is no such name.
fn is_unknown(name: &str) -> Result<Duration> {
    let started = Instant::now();
    let output = Command::new("getent").args(["ahosts", name]).output()?;
    ensure!(!output.status.success(), "{name} exists");
    Ok(started.elapsed())
}
