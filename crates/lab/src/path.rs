//! The path between gateway and outside: two TUN devices and a delay between them, in user space, since
//! `tc netem` is not everywhere.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::fd::AsRawFd as _;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use crate::namespaces::Namespace;

/// The helper's name on the command line; its argument is the delay one way, in milliseconds.
pub const HELPER: &str = "lab-path";

/// Delay one way when nothing else is asked for: R is then 80 ms, as in browser.md.
pub const DELAY_MS: u64 = 40;

/// Carries packets until it is killed.
///
/// # Errors
/// If a device cannot be made: `/dev/net/tun` may need root.
pub fn run(arguments: &[String]) -> Result<()> {
    let delay_ms: u64 = arguments.first().context("the delay")?.parse()?;
    let inner = open(Namespace::Gateway, "path0", "198.51.100.1", "198.51.100.2")?;
    Namespace::Gateway.run("ip route add default via 198.51.100.2")?;
    let outer = open(Namespace::Outside, "path1", "198.51.100.2", "198.51.100.1")?;
    Namespace::Outside.run("ip route add 10.0.0.0/24 via 198.51.100.1")?;
    // The file that says that the path stands.
    if let Some(ready) = arguments.get(1) {
        std::fs::write(ready, "")?;
    }
    let delay = Duration::from_millis(delay_ms);
    let back = carry(outer.try_clone()?, inner.try_clone()?, delay);
    let forth = carry(inner, outer, delay);
    let _ = (back.join(), forth.join());
    Ok(())
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

/// One direction: a thread reads and stamps, another writes when the time has come.
fn carry(mut from: File, mut to: File, delay: Duration) -> thread::JoinHandle<()> {
    let (sender, receiver) = mpsc::sync_channel::<(Instant, Vec<u8>)>(4096);
    thread::spawn(move || {
        let mut packet = vec![0_u8; 65_536];
        while let Ok(length) = from.read(&mut packet) {
            // A full queue drops, as routers do.
            let _ = sender.try_send((Instant::now() + delay, packet[..length].to_vec()));
        }
    });
    thread::spawn(move || {
        for (due, packet) in receiver {
            thread::sleep(due.saturating_duration_since(Instant::now()));
            let _ = to.write(&packet);
        }
    })
}
