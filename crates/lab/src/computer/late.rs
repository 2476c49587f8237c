//! Ends of attempts to connect, brought to the agent's kernel at the time at which another system would report them.
//!
//! The kernel's own timers cannot do it: they give up after 3, 7, 15, 31 … s alone, and each is up to 32 ms late. So a
//! helper on the agent's computer has a TUN device, to which `nft` sends what is to be late:
//!
//! - A RST that answers a SYN (RFC 9293 section 3.10.7.1: its sequence number is 0) and an ICMP error about TCP do not
//!   reach the kernel, and come back after a while. Until then the kernel goes on as if nothing had come.
//! - Each SYN goes on, and a copy comes back as an ICMP error after the time at which silence is given up. It says
//!   nothing to a connection that stands.
//!
//! So silence ends in `EHOSTUNREACH` where other systems have `ETIMEDOUT`; browsers tell a page of neither.

use std::collections::HashMap;
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use super::Patience;
use crate::namespaces::{ChildProcess, Namespace, spawn};
use crate::path;
use crate::wait::wait_until;

/// The helper's name on the command line; its arguments are three times in milliseconds (refused, unreachable,
/// silence), and the file that says that the device stands.
pub const HELPER: &str = "lab-late";

/// The helper's device.
const DEVICE: &str = "system0";

/// Starts the helper, and sends it what is to be late.
///
/// # Errors
/// If it does not come up, with its log.
pub(super) fn start(folder: &Path, patience: Patience) -> Result<ChildProcess> {
    let ready = folder.join("late.ready");
    let _ = fs::remove_file(&ready);
    let unreachable = patience.unreachable.unwrap_or_default();
    let times = [patience.refused, unreachable, patience.silence];
    let mut command = Namespace::Agent.command(&std::env::current_exe()?.to_string_lossy());
    command
        .arg(HELPER)
        .args(times.map(|time| time.as_millis().to_string()))
        .arg(&ready);
    let log = folder.join("late.log");
    let mut running = spawn(command, &log)?;
    wait_until("the other system", &mut running, &log, || ready.exists())?;
    Namespace::Agent.nft(&rules(patience))?;
    Ok(running)
}

/// What goes to the helper. The loopback's other ports are those on which the harness looks for drivers of browsers.
fn rules(patience: Patience) -> String {
    // An address that nobody has: the packets go to the device whatever they are addressed to.
    let late = format!("dup to 192.0.2.1 device \"{DEVICE}\"");
    // The protocol of the packet that an ICMP error quotes (RFC 792; RFC 791 section 3.1). A packet that was too big
    // is a matter of the path, and no end.
    let about_tcp = "iifname \"lan0\" icmp type destination-unreachable icmp code != 4 @th,136,8 6";
    let mut input = Vec::new();
    if !patience.refused.is_zero() {
        let refusal = "tcp flags & (rst | ack) == (rst | ack) tcp sequence 0";
        input.push(format!("ip saddr != 127.0.0.0/8 {refusal} {late} drop"));
        input.push(format!(
            "ip saddr 127.0.0.0/8 tcp sport 443 {refusal} {late} drop"
        ));
    }
    input.push(match patience.unreachable {
        None => format!("{about_tcp} drop"),
        // A port that is closed and an administrator's no end it at once.
        Some(_) => format!("{about_tcp} icmp code {{ 0, 1 }} {late} drop"),
    });
    let mut script = format!(
        "add table ip lab_system\n\
         add chain ip lab_system back {{ type filter hook input priority -10; }}\n\
         add chain ip lab_system out {{ type filter hook output priority -10; }}\n\
         add rule ip lab_system back iifname \"{DEVICE}\" accept\n\
         add rule ip lab_system out oifname \"lan0\" tcp flags & (syn | ack) == syn {late}\n"
    );
    for rule in input {
        script += &format!("add rule ip lab_system back {rule}\n");
    }
    script
}

/// Brings back what it is sent, until it is killed.
///
/// # Errors
/// If the device cannot be made.
pub fn run(arguments: &[String]) -> Result<()> {
    let [refused, unreachable, silence, ready] = arguments else {
        anyhow::bail!("three times and a file");
    };
    let after = |ms: &str| -> Result<Duration> { Ok(Duration::from_millis(ms.parse()?)) };
    let (refused, unreachable) = (after(refused)?, after(unreachable)?);
    let silence = after(silence)?;
    let device = path::attach(DEVICE).context("/dev/net/tun")?;
    for line in [
        "sysctl -qw net.ipv6.conf.system0.disable_ipv6=1",
        // What comes back has the addresses of others, or our own, or the loopback's.
        "sysctl -qw net.ipv4.conf.system0.rp_filter=0",
        "sysctl -qw net.ipv4.conf.system0.accept_local=1",
        "sysctl -qw net.ipv4.conf.system0.route_localnet=1",
        "ip link set system0 up",
    ] {
        Namespace::Agent.run(line)?;
    }
    fs::write(ready, "")?;
    let device = Arc::new(device);
    let mut writers = HashMap::new();
    let mut packet = vec![0_u8; 65_536];
    loop {
        let length = (&*device).read(&mut packet)?;
        let packet = &packet[..length];
        let (back, after) = match Sent::read(packet) {
            Some(Sent::Syn) => (unreachable_host(packet), silence),
            Some(Sent::Refusal) => (packet.to_vec(), refused),
            Some(Sent::Unreachable) => (packet.to_vec(), unreachable),
            None => continue,
        };
        let writer = writers.entry(after);
        let writer = writer.or_insert_with(|| path::writer(device.clone()));
        // A full queue drops, as everywhere on the path.
        let _ = writer.try_send((Instant::now() + after, back));
    }
}

/// What the helper is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sent {
    Syn,
    Refusal,
    Unreachable,
}

impl Sent {
    /// By the protocol in the header of IPv4, and TCP's flags (RFC 9293 section 3.1).
    fn read(packet: &[u8]) -> Option<Self> {
        const RST: u8 = 0x04;
        const SYN: u8 = 0x02;
        let header = header_length(packet)?;
        match packet.get(9)? {
            1 => Some(Self::Unreachable),
            6 => match packet.get(header + 13)? {
                flags if flags & RST != 0 => Some(Self::Refusal),
                flags if flags & SYN != 0 => Some(Self::Syn),
                _ => None,
            },
            _ => None,
        }
    }
}

/// How many bytes the header of IPv4 has.
fn header_length(packet: &[u8]) -> Option<usize> {
    let first = *packet.first()?;
    (first >> 4 == 4).then_some(usize::from(first & 15) * 4)
}

/// An ICMP error about a packet, as if its destination sent it: type 3 code 1, with the quoted packet's header and 8 bytes
/// more (RFC 792).
fn unreachable_host(packet: &[u8]) -> Vec<u8> {
    const HEADER: usize = 20;
    let quoted = header_length(packet).unwrap_or_default() + 8;
    let quoted = packet.get(..quoted).unwrap_or(packet);
    let mut error = vec![0x45, 0];
    let length = u16::try_from(HEADER + 8 + quoted.len()).unwrap_or_default();
    error.extend(length.to_be_bytes());
    error.extend([0, 0, 0, 0, 64, 1, 0, 0]);
    error.extend(packet.get(16..20).unwrap_or_default());
    error.extend(packet.get(12..16).unwrap_or_default());
    error.extend([3, 1, 0, 0, 0, 0, 0, 0]);
    error.extend(quoted);
    let sum = checksum(&error[..HEADER]);
    error[10..12].copy_from_slice(&sum);
    let sum = checksum(&error[HEADER..]);
    error[HEADER + 2..HEADER + 4].copy_from_slice(&sum);
    error
}

/// The Internet checksum (RFC 1071).
fn checksum(bytes: &[u8]) -> [u8; 2] {
    let pairs = bytes.chunks(2);
    let mut sum: u32 = pairs
        .map(|pair| u32::from(pair[0]) << 8 | u32::from(*pair.get(1).unwrap_or(&0)))
        .sum();
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    let [.., high, low] = (!sum).to_be_bytes();
    [high, low]
}

#[cfg(test)]
mod tests {
    use super::{Sent, checksum, unreachable_host};

    /// A SYN from 10.0.0.2:40000 to 203.0.113.10:443, without options.
    const SYN: [u8; 40] = [
        0x45, 0, 0, 40, 0, 0, 0x40, 0, 64, 6, 0, 0, 10, 0, 0, 2, 203, 0, 113, 10, 0x9c, 0x40, 1,
        0xbb, 1, 2, 3, 4, 0, 0, 0, 0, 0x50, 0x02, 0xff, 0xff, 0, 0, 0, 0,
    ];

    #[test]
    fn the_checksum_is_that_of_rfc_1071() {
        // The example of its section 3, whose sum is ddf2.
        let sum = checksum(&[0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7]);
        assert_eq!(sum, [0x22, 0x0d]);
        assert_eq!(checksum(&[1]), [0xfe, 0xff]);
    }

    #[test]
    fn an_error_quotes_what_it_is_about() {
        let error = unreachable_host(&SYN);
        assert_eq!(error.len(), 20 + 8 + 28);
        assert_eq!(error[12..20], [203, 0, 113, 10, 10, 0, 0, 2]);
        assert_eq!(error[20..22], [3, 1]);
        assert_eq!(error[28..], SYN[..28]);
        // What is summed up with its own checksum is 0.
        assert_eq!(checksum(&error[..20]), [0, 0]);
        assert_eq!(checksum(&error[20..]), [0, 0]);
    }

    #[test]
    fn what_is_sent_is_told_apart() {
        assert_eq!(Sent::read(&SYN), Some(Sent::Syn));
        let mut refusal = SYN;
        refusal[33] = 0x14;
        assert_eq!(Sent::read(&refusal), Some(Sent::Refusal));
        refusal[33] = 0x10;
        assert_eq!(Sent::read(&refusal), None);
        assert_eq!(Sent::read(&unreachable_host(&SYN)), Some(Sent::Unreachable));
        assert_eq!(Sent::read(&[0x60; 40]), None);
        assert_eq!(Sent::read(&SYN[..12]), None);
    }
}
