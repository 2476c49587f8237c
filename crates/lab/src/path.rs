//! The path between gateway and outside: two TUN devices and a delay between them, in user space, since
//! `tc netem` is not everywhere.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::fd::AsRawFd as _;
use std::os::unix::net::UnixDatagram;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

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

    /// Orders it from the helper that listens on this socket.
    ///
    /// # Errors
    /// If nobody listens.
    pub fn order(self, socket: &Path) -> Result<()> {
        let order = serde_json::to_vec(&self)?;
        UnixDatagram::unbound()?.send_to(&order, socket)?;
        Ok(())
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
    let weather = Arc::new(Mutex::new(LinkConditions::default()));
    let inner = open(Namespace::Gateway, "path0", "198.51.100.1", "198.51.100.2")?;
    Namespace::Gateway.run("ip route add default via 198.51.100.2")?;
    let outer = open(Namespace::Outside, "path1", "198.51.100.2", "198.51.100.1")?;
    Namespace::Outside.run("ip route add 10.0.0.0/24 via 198.51.100.1")?;
    let _ = carry(outer.try_clone()?, inner.try_clone()?, weather.clone());
    let _ = carry(inner, outer, weather.clone());
    std::fs::write(ready, "")?;
    let mut order = [0_u8; 256];
    loop {
        let length = orders.recv(&mut order)?;
        let new = serde_json::from_slice(&order[..length])?;
        *weather.lock().unwrap_or_else(PoisonError::into_inner) = new;
    }
}

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
fn attach(name: &str) -> Result<File> {
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

/// One direction: a thread reads and stamps, another writes when the time has come. Packets keep their
/// order: one that has less delay than those before it waits behind them.
fn carry(
    mut from: File,
    mut to: File,
    weather: Arc<Mutex<LinkConditions>>,
) -> thread::JoinHandle<()> {
    let (sender, receiver) = mpsc::sync_channel::<(Instant, Vec<u8>)>(4096);
    thread::spawn(move || {
        let mut packet = vec![0_u8; 65_536];
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
        let mut is_free_at = Instant::now();
        while let Ok(length) = from.read(&mut packet) {
            let conditions = *weather.lock().unwrap_or_else(PoisonError::into_inner);
            if dice.below(1000) < conditions.loss_per_mille {
                continue;
            }
            is_free_at = is_free_at.max(Instant::now()) + conditions.sending(length);
            let jitter_us = dice.below(conditions.jitter_ms * 1000 + 1);
            let delay_us = conditions.delay_ms * 1000 + jitter_us;
            let due = is_free_at + Duration::from_micros(delay_us);
            // A full queue drops, as routers do.
            let _ = sender.try_send((due, packet[..length].to_vec()));
        }
    });
    thread::spawn(move || {
        for (due, packet) in receiver {
            thread::sleep(due.saturating_duration_since(Instant::now()));
            let _ = to.write(&packet);
        }
    })
}

/// Xorshift (Marsaglia 2003): the same throws in every run.
struct Dice(u64);

impl Dice {
    const fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}
