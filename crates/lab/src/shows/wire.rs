//! Raw looks at packets, where a plain socket's error does not say enough.

use std::net::Ipv4Addr;
use std::os::fd::{AsRawFd as _, OwnedFd};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use nix::errno::Errno;
use nix::sys::socket::sockopt::ReceiveTimeout;
use nix::sys::socket::{
    AddressFamily, MsgFlags, SockFlag, SockProtocol, SockType, recv, setsockopt, socket,
};
use nix::sys::time::{TimeVal, TimeValLike as _};

use super::site::ANSWER;
use crate::namespaces::Namespace;

/// What an attempt to connect leaves behind: who speaks up, and how far its packets come, which shows who stopped them
/// also where nobody says a word.
#[derive(Debug)]
pub struct Traces {
    /// The address that is tried.
    pub of: Ipv4Addr,
    /// What is said of it in ICMP, if anything is.
    pub said: Option<Unreachable>,
    /// Whether a packet leaves the agent's computer.
    pub leaves_agent: bool,
    /// Whether a packet leaves the site.
    pub leaves_site: bool,
}

impl Traces {
    /// Begins to look for them.
    pub fn watch(&self) -> Result<Watch<'_>> {
        Ok(Watch {
            should: self,
            left_agent: Counter::place(Namespace::Agent, self.of)?,
            left_site: Counter::place(Namespace::Gateway, self.of)?,
            ear: IcmpEar::open()?,
        })
    }
}

/// Whoever looks for traces.
pub struct Watch<'row> {
    should: &'row Traces,
    left_agent: Counter,
    left_site: Counter,
    ear: IcmpEar,
}

impl Watch<'_> {
    /// That there were these traces and no others.
    pub fn check(self) -> Result<()> {
        let should = self.should;
        let patience = if should.said.is_some() { ANSWER } else { LAG };
        let said = self.ear.about(should.of, patience)?;
        ensure!(said == should.said, "{said:?}, not {:?}", should.said);
        let left = (
            self.left_agent.packets()? > 0,
            self.left_site.packets()? > 0,
        );
        let should = (should.leaves_agent, should.leaves_site);
        ensure!(left == should, "left computer, left site: {left:?}");
        Ok(())
    }
}

/// An ICMP "destination unreachable" (RFC 792).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreachable {
    /// Who says so.
    pub from: Ipv4Addr,
    /// Why.
    pub code: u8,
}

/// Counts the packets to an address that leave a machine.
struct Counter(Namespace);

impl Counter {
    /// Begins to count; the next world ends it.
    fn place(namespace: Namespace, address: Ipv4Addr) -> Result<Self> {
        namespace.nft(&format!(
            "add table ip lab_shows\n\
             add chain ip lab_shows leaving {{ type filter hook postrouting priority 300; }}\n\
             add rule ip lab_shows leaving ip daddr {address} counter\n"
        ))?;
        Ok(Self(namespace))
    }

    /// How many there were.
    fn packets(&self) -> Result<u64> {
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
struct IcmpEar(OwnedFd);

/// How long a message may lag behind the error that it caused.
const LAG: Duration = Duration::from_millis(200);

impl IcmpEar {
    /// Begins to hear.
    fn open() -> Result<Self> {
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

    /// The first message about a packet to this address, if one comes in time.
    fn about(&self, address: Ipv4Addr, patience: Duration) -> Result<Option<Unreachable>> {
        let deadline = Instant::now() + patience;
        let mut packet = [0_u8; 2048];
        while Instant::now() < deadline {
            let length = match recv(self.0.as_raw_fd(), &mut packet, MsgFlags::empty()) {
                Err(Errno::EAGAIN) => continue,
                result => result?,
            };
            if let Some((said, about)) = unreachable(&packet[..length])
                && about == address
            {
                return Ok(Some(said));
            }
        }
        Ok(None)
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
