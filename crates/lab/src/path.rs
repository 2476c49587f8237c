//! The path between gateway and outside, and the relay's own link: two TUN devices each and a delay between them, in
//! user space, since `tc netem` is not everywhere.
//!
//! Every packet has the path's conditions, and beyond them those of the leg to its far address ([`Leg`]): the
//! destination of what goes out, the source of what comes back. Ways with different legs do not wait for each other.
//! A bit rate is the path's alone, so that all destinations share it.

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::net::Ipv4Addr;
use std::os::fd::AsRawFd as _;
use std::os::unix::net::UnixDatagram;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use crate::distance::Leg;
use crate::namespaces::Namespace;

/// The helper's name on the command line; its arguments are the socket that it takes orders on, and the
/// file that says that the path stands.
pub const HELPER: &str = "lab-path";

/// How the path is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkConditions {
    /// Delay one way, in milliseconds.
    pub delay_ms: u64,
    /// At most so much more, in milliseconds, a different share of it for each packet.
    pub jitter_ms: u64,
    /// Of a thousand packets, so many are lost.
    pub loss_per_mille: u64,
    /// Bit rate of each direction, in kbit/s; as fast as can be where there is none.
    pub kbit_per_s: Option<u64>,
}

impl Default for LinkConditions {
    /// R is then 80 ms, as in docs/browsers.md.
    fn default() -> Self {
        Self {
            delay_ms: 40,
            jitter_ms: 0,
            loss_per_mille: 0,
            kbit_per_s: None,
        }
    }
}

impl LinkConditions {
    /// How long a packet of that many bytes keeps the link busy.
    #[must_use]
    pub fn sending(self, bytes: usize) -> Duration {
        let bits = u64::try_from(bytes * 8).unwrap_or(u64::MAX);
        self.kbit_per_s.map_or(Duration::ZERO, |rate| {
            Duration::from_micros(bits * 1000 / rate.max(1))
        })
    }
}

/// How a link is, by destination.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// What every packet has.
    pub every: LinkConditions,
    /// What packets to and from an address have beyond it.
    pub legs: Vec<(Ipv4Addr, Leg)>,
    /// What all other packets have beyond it.
    pub elsewhere: Leg,
}

impl Way {
    /// The leg to an address.
    #[must_use]
    pub fn leg(&self, address: Ipv4Addr) -> Leg {
        let found = self.legs.iter().find(|(other, _)| *other == address);
        found.map_or(self.elsewhere, |(_, leg)| *leg)
    }
}

/// What the helper is told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Orders {
    /// The path between gateway and outside.
    pub path: Way,
    /// The link between relay and outside.
    pub relay: Way,
}

impl Orders {
    /// Gives them to the helper that listens on this socket.
    ///
    /// # Errors
    /// If nobody listens.
    pub fn send(&self, socket: &Path) -> Result<()> {
        let order = serde_json::to_vec(self)?;
        UnixDatagram::unbound()?.send_to(&order, socket)?;
        Ok(())
    }
}

/// Whether the relay's packets go over the link that can be late and lose, or over the one that is ideal.
///
/// # Errors
/// With the command that failed.
pub fn lead_relay(over_link: bool) -> Result<()> {
    let relay = crate::addresses::RELAY;
    if over_link {
        Namespace::Relay.run(&format!("ip route replace default dev link1 src {relay}"))?;
        Namespace::Outside.run(&format!("ip route replace {relay}/32 dev link0"))
    } else {
        let router = crate::addresses::RELAY_ROUTER;
        Namespace::Relay.run(&format!("ip route replace default via {router}"))?;
        // Nothing to flush is no error.
        Namespace::Outside.run(&format!("ip route flush exact {relay}/32"))
    }
}

/// Carries packets until it is killed.
///
/// # Errors
/// If a device cannot be made: `/dev/net/tun` may need root.
pub fn run(arguments: &[String]) -> Result<()> {
    let [socket, ready] = arguments else {
        anyhow::bail!("a socket and a file");
    };
    let orders = UnixDatagram::bind(socket)?;
    let (path, link) = (Arc::default(), Arc::default());
    let inner = open(Namespace::Gateway, "path0", "198.51.100.1", "198.51.100.2")?;
    Namespace::Gateway.run("ip route add default via 198.51.100.2")?;
    let outer = open(Namespace::Outside, "path1", "198.51.100.2", "198.51.100.1")?;
    Namespace::Outside.run("ip route add 10.0.0.0/24 via 198.51.100.1")?;
    join(inner, outer, &path)?;
    let outer = open(Namespace::Outside, "link0", "198.51.100.5", "198.51.100.6")?;
    let inner = open(Namespace::Relay, "link1", "198.51.100.6", "198.51.100.5")?;
    join(inner, outer, &link)?;
    std::fs::write(ready, "")?;
    let mut order = vec![0_u8; 65_536];
    loop {
        let length = orders.recv(&mut order)?;
        let new: Orders = serde_json::from_slice(&order[..length])?;
        *path.lock().unwrap_or_else(PoisonError::into_inner) = new.path;
        *link.lock().unwrap_or_else(PoisonError::into_inner) = new.relay;
    }
}

/// Carries between two devices, both ways; legs are those to addresses beyond the outer one.
fn join(inner: File, outer: File, way: &Arc<Mutex<Way>>) -> Result<()> {
    let (inner, outer) = (Arc::new(inner), Arc::new(outer));
    carry(outer.clone(), inner.clone(), SOURCE, way.clone())?;
    carry(inner, outer, DESTINATION, way.clone())
}

/// Where headers have their addresses: IPv4 (RFC 791 section 3.1) and IPv6 (RFC 8200 section 3).
type Place = (usize, usize);
const SOURCE: Place = (12, 8);
const DESTINATION: Place = (16, 24);

fn open(namespace: Namespace, name: &str, address: &str, peer: &str) -> Result<File> {
    // A device belongs to the namespace of the thread that makes it.
    let handle = File::open(namespace.handle())?;
    nix::sched::setns(&handle, nix::sched::CloneFlags::CLONE_NEWNET).context("setns")?;
    let device =
        attach(name).context("/dev/net/tun: needs root, or a system where users may open it")?;
    namespace.run(&format!("ip addr add {address} peer {peer} dev {name}"))?;
    namespace.run(&format!("ip link set {name} up"))?;
    Ok(device)
}

/// `struct ifreq` as TUNSETIFF reads it: 16 bytes of name, then the flags.
#[repr(C)]
struct Request {
    name: [u8; 16],
    flags: u16,
    padding: [u8; 22],
}

nix::ioctl_write_ptr_bad!(
    /// Makes the open file a TUN device.
    #[allow(unsafe_code)]
    tunsetiff,
    0x4004_54ca,
    Request
);

#[expect(
    unsafe_code,
    reason = "TUNSETIFF has no safe wrapper; the request outlives the call"
)]
pub(crate) fn attach(name: &str) -> Result<File> {
    const IFF_TUN: u16 = 0x0001;
    const IFF_NO_PI: u16 = 0x1000;
    let device = File::options()
        .read(true)
        .write(true)
        .open("/dev/net/tun")?;
    let mut request = Request {
        name: [0; 16],
        flags: IFF_TUN | IFF_NO_PI,
        padding: [0; 22],
    };
    for (to, from) in request.name.iter_mut().take(15).zip(name.bytes()) {
        *to = from;
    }
    unsafe { tunsetiff(device.as_raw_fd(), &raw const request) }?;
    Ok(device)
}

/// One direction: a thread reads and stamps, others write when the time has come, one for each delay that a leg adds.
/// Packets of one such delay keep their order: one that has less delay than those before it waits behind them.
fn carry(
    from: Arc<File>,
    to: Arc<File>,
    far_address_at: Place,
    way: Arc<Mutex<Way>>,
) -> Result<()> {
    let mut packet = vec![0_u8; 65_536];
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut is_free_at = Instant::now();
    let mut writers: HashMap<u64, Sender> = HashMap::from([(0, writer(to.clone()))]);
    thread::Builder::new().spawn(move || {
        while let Ok(length) = (&*from).read(&mut packet) {
            let packet = &packet[..length];
            let (conditions, leg) = {
                let way = way.lock().unwrap_or_else(PoisonError::into_inner);
                let address = address(packet, far_address_at);
                (way.every, address.map_or(way.elsewhere, |it| way.leg(it)))
            };
            if dice.loses(conditions.loss_per_mille) {
                continue;
            }
            // Thrown only where there is something to lose, so that a world without legs has the throws it always had.
            if leg.loss_per_mille > 0 && dice.loses(leg.loss_per_mille) {
                continue;
            }
            is_free_at = is_free_at.max(Instant::now()) + conditions.sending(length);
            let jitter_us = dice.below(conditions.jitter_ms * 1000 + 1);
            let delay_us = (conditions.delay_ms + leg.delay_ms) * 1000 + jitter_us;
            let due = is_free_at + Duration::from_micros(delay_us);
            let writer = writers.entry(leg.delay_ms);
            let writer = writer.or_insert_with(|| self::writer(to.clone()));
            // A full queue drops, as routers do.
            let _ = writer.try_send((due, packet.to_vec()));
        }
    })?;
    Ok(())
}

pub(crate) type Sender = mpsc::SyncSender<(Instant, Vec<u8>)>;

/// A thread that writes packets when their time has come, in the order in which it is given them.
pub(crate) fn writer(to: Arc<File>) -> Sender {
    let (sender, receiver) = mpsc::sync_channel::<(Instant, Vec<u8>)>(4096);
    thread::spawn(move || {
        for (due, packet) in receiver {
            thread::sleep(due.saturating_duration_since(Instant::now()));
            let _ = (&*to).write(&packet);
        }
    });
    sender
}

/// An address in a packet's header; of IPv6, the one beside it.
fn address(packet: &[u8], at: Place) -> Option<Ipv4Addr> {
    let (four, six) = at;
    if packet.first()? >> 4 == 6 {
        let six: [u8; 16] = packet.get(six..six + 16)?.try_into().ok()?;
        return crate::ipv6::four_beside(six.into());
    }
    let four: [u8; 4] = packet.get(four..four + 4)?.try_into().ok()?;
    Some(four.into())
}

/// Xorshift (Marsaglia 2003): the same throws in every run.
struct Dice(u64);

impl Dice {
    const fn loses(&mut self, per_mille: u64) -> bool {
        self.below(1000) < per_mille
    }

    const fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}
