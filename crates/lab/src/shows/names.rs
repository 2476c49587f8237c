//! That the agent's name server says what a world lets it say, as far away as it lets it stand.

use std::net::{IpAddr, Ipv4Addr, ToSocketAddrs as _, UdpSocket};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use super::look;
use crate::addresses;
use crate::names::{Names, Told};
use crate::namespaces::Namespace;

/// Type A (RFC 1035 section 3.2.2).
const A: u16 = 1;
/// Type AAAA (RFC 3596 section 2.1).
const AAAA: u16 = 28;

/// What a name server said.
#[derive(Debug, PartialEq, Eq)]
pub enum Said {
    /// A code (RFC 1035 section 4.1.1) and the addresses.
    Answer(u8, Vec<IpAddr>),
    /// Nothing.
    Silence,
}

/// Asks a server for a name; tells after how long.
pub fn ask(server: Ipv4Addr, name: &str, kind: u16) -> Result<(Said, Duration)> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))?;
    socket.connect((server, 53))?;
    socket.set_read_timeout(Some(look::SILENCE))?;
    let started = Instant::now();
    socket.send(&question(1, name, kind)?)?;
    let mut packet = [0_u8; 1500];
    let said = match socket.recv(&mut packet) {
        Ok(length) => read(&packet[..length]).context("not a DNS answer")?,
        Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => Said::Silence,
        Err(error) => return Err(error).with_context(|| format!("{name} at {server}")),
    };
    Ok((said, started.elapsed()))
}

/// A question that asks for recursion (RFC 1035 section 4.1), with this id.
pub fn question(id: u16, name: &str, kind: u16) -> Result<Vec<u8>> {
    let mut packet = id.to_be_bytes().to_vec();
    packet.extend([1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    for label in name.split('.') {
        packet.push(u8::try_from(label.len())?);
        packet.extend(label.bytes());
    }
    packet.push(0);
    packet.extend(kind.to_be_bytes());
    packet.extend([0, 1]);
    Ok(packet)
}

/// Reads code and addresses. The lab's servers write each owner's name as a pointer of two bytes.
fn read(packet: &[u8]) -> Option<Said> {
    const HEADER: usize = 12;
    let code = packet.get(3)? & 15;
    let count = u16::from_be_bytes([*packet.get(6)?, *packet.get(7)?]);
    let name = packet.get(HEADER..)?.iter().position(|byte| *byte == 0)?;
    let mut at = HEADER + name + 5;
    let mut found = Vec::new();
    for _ in 0..count {
        let record = packet.get(at..at + 12)?;
        let length = usize::from(u16::from_be_bytes([record[10], record[11]]));
        let data = packet.get(at + 12..at + 12 + length)?;
        if let Ok(four) = <[u8; 4]>::try_from(data) {
            found.push(IpAddr::from(four));
        } else if let Ok(sixteen) = <[u8; 16]>::try_from(data) {
            found.push(IpAddr::from(sixteen));
        }
        at += 12 + length;
    }
    Some(Said::Answer(code, found))
}

impl Told {
    /// What it looks like on the wire, for a name whose own address this is.
    fn as_said(self, own: Ipv4Addr, kind: u16) -> Said {
        let addresses = |of_kind: u16, address: IpAddr| {
            let found = if kind == of_kind {
                vec![address]
            } else {
                Vec::new()
            };
            Said::Answer(0, found)
        };
        match self {
            Self::NxDomain => Said::Answer(3, Vec::new()),
            Self::ServFail => Said::Answer(2, Vec::new()),
            Self::NoData => Said::Answer(0, Vec::new()),
            Self::Silence => Said::Silence,
            Self::Address(address) => addresses(A, address.into()),
            Self::AlsoDeadIpv6 if kind == AAAA => addresses(AAAA, addresses::DEAD_IPV6.into()),
            Self::AlsoDeadIpv6 => addresses(A, own.into()),
        }
    }
}

/// That the agent's server says this, at its distance.
fn says(names: &Names, host: &str, kind: u16, should: &Said) -> Result<()> {
    if *should == Said::Silence {
        let (said, _) = ask(names.server(), host, kind)?;
        ensure!(said == *should, "{host}: {said:?}");
        return Ok(());
    }
    let said = look::at_distance(!names.far, || ask(names.server(), host, kind))?;
    ensure!(said == *should, "{host}: {said:?}, not {should:?}");
    Ok(())
}

impl Names {
    /// Shows what is told wrong, that the rest is told right, and that others are told right, unless they are
    /// to be told the same.
    ///
    /// # Errors
    /// With what is otherwise.
    pub fn shows(&self) -> Result<()> {
        let resolver = std::fs::read_to_string("/etc/resolv.conf")?;
        let own = format!("nameserver {}\n", self.server());
        ensure!(resolver.contains(&own), "{resolver}");
        look::at_each(&addresses::names(), |(name, own)| {
            let told = self.of(name, *own);
            look::at_each(&[A, AAAA], |kind| {
                says(self, name, *kind, &told.as_said(*own, *kind))
            })?;
            // The system's own way must lead to the same server; silence would take it many seconds.
            if told == Told::Silence {
                return Ok(());
            }
            resolves(name, told, *own)
        })?;
        says(self, "nobody.example", A, &Said::Answer(3, Vec::new()))?;
        look::from(Namespace::Relay, || {
            for (name, own) in addresses::names() {
                let told = if self.everywhere {
                    self.of(&name, own)
                } else {
                    Told::Address(own)
                };
                let (said, _) = ask(addresses::OUTSIDE_DNS, &name, A)?;
                ensure!(said == told.as_said(own, A), "{name}: {said:?}");
            }
            Ok(())
        })
    }

    /// What the agent is told of a name.
    fn of(&self, name: &str, own: Ipv4Addr) -> Told {
        let is_it = |(region, kind, _): &&(&'static str, _, _)| {
            addresses::place(region, *kind).host == name
        };
        match self.told.iter().find(is_it) {
            Some((_, _, told)) => *told,
            None if self.dead_ipv6 => Told::AlsoDeadIpv6,
            None => Told::Address(own),
        }
    }
}

/// What `getaddrinfo` makes of it.
fn resolves(name: &str, told: Told, own: Ipv4Addr) -> Result<()> {
    let mut found: Vec<IpAddr> = match (name, 443).to_socket_addrs() {
        Ok(found) => found.map(|address| address.ip()).collect(),
        Err(_) => Vec::new(),
    };
    // Its order is the system's affair.
    found.sort();
    let mut should = Vec::new();
    for kind in [A, AAAA] {
        if let Said::Answer(_, addresses) = told.as_said(own, kind) {
            should.extend(addresses);
        }
    }
    ensure!(found == should, "{name}: {found:?}, told {told:?}");
    Ok(())
}
