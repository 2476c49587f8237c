//! Raw looks at packets, where a plain socket's error does not say enough.

use std::net::Ipv4Addr;
use std::os::fd::{AsRawFd as _, OwnedFd};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use nix::errno::Errno;
use nix::sys::socket::sockopt::ReceiveTimeout;
use nix::sys::socket::{
    AddressFamily, MsgFlags, SockFlag, SockProtocol, SockType, recv, setsockopt, socket,
};
use nix::sys::time::{TimeVal, TimeValLike as _};

use crate::namespaces::Namespace;

/// Counts the packets to an address that leave a machine.
pub struct Counter(Namespace);

impl Counter {
    /// Begins to count; the next world ends it.
    pub fn place(namespace: Namespace, address: Ipv4Addr) -> Result<Self> {
        namespace.nft(&format!(
            "add table ip lab_shows\n\
             add chain ip lab_shows leaving {{ type filter hook postrouting priority 300; }}\n\
             add rule ip lab_shows leaving ip daddr {address} counter\n"
        ))?;
        Ok(Self(namespace))
    }

    /// How many there were.
    pub fn packets(&self) -> Result<u64> {
        let output = self
            .0
            .command("nft")
            .args(["list", "chain", "ip", "lab_shows", "leaving"])
            .stderr(Stdio::inherit())
            .output()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let after = text.split("counter packets ").nth(1).context("a counter")?;
        let number = after.split_whitespace().next().context("a number")?;
        Ok(number.parse()?)
    }
}

/// Hears every ICMP message that reaches the agent's computer.
pub struct IcmpEar(OwnedFd);

/// An ICMP "destination unreachable" (RFC 792).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreachable {
    /// Who says so.
    pub from: Ipv4Addr,
    /// Why.
    pub code: u8,
}

/// How long a message may lag behind the error that it caused.
const LAG: Duration = Duration::from_millis(200);

impl IcmpEar {
    /// Begins to hear.
    pub fn open() -> Result<Self> {
        let ear = socket(
            AddressFamily::Inet,
            SockType::Raw,
            SockFlag::empty(),
            SockProtocol::Icmp,
        )
        .context("a raw socket")?;
        setsockopt(&ear, ReceiveTimeout, &TimeVal::milliseconds(100))?;
        Ok(Self(ear))
    }

    /// The first message about a packet to this address.
    pub fn about(&self, address: Ipv4Addr) -> Result<Unreachable> {
        let deadline = Instant::now() + LAG;
        let mut packet = [0_u8; 2048];
        while Instant::now() < deadline {
            let length = match recv(self.0.as_raw_fd(), &mut packet, MsgFlags::empty()) {
                Err(Errno::EAGAIN) => continue,
                result => result?,
            };
            if let Some((said, about)) = unreachable(&packet[..length])
                && about == address
            {
                return Ok(said);
            }
        }
        bail!("no ICMP about {address}")
    }

    /// That nothing was said of this address.
    pub fn is_silent_about(&self, address: Ipv4Addr) -> Result<()> {
        let said = self.about(address);
        ensure!(said.is_err(), "{said:?}");
        Ok(())
    }
}

/// Reads an IP packet with "destination unreachable", and whose packet that is about.
fn unreachable(packet: &[u8]) -> Option<(Unreachable, Ipv4Addr)> {
    /// Where an IPv4 header has its source and its destination.
    const SOURCE: usize = 12;
    const DESTINATION: usize = 16;
    let address = |at: usize| -> Option<Ipv4Addr> {
        let four: [u8; 4] = packet.get(at..at + 4)?.try_into().ok()?;
        Some(four.into())
    };
    let icmp = usize::from(packet.first()? & 15) * 4;
    if *packet.get(icmp)? != 3 {
        return None;
    }
    let said = Unreachable {
        from: address(SOURCE)?,
        code: *packet.get(icmp + 1)?,
    };
    Some((said, address(icmp + 8 + DESTINATION)?))
}
