//! Questions to name servers, by UDP.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::time::Duration;

use anyhow::{Context as _, Result};

use super::row::Seen;

/// Type A (RFC 1035 section 3.2.2).
pub const A: u16 = 1;
/// Type AAAA (RFC 3596 section 2.1).
pub const AAAA: u16 = 28;

/// Asks a server for a name.
pub fn ask(server: SocketAddr, name: &str, kind: u16, patience: Duration) -> Result<Seen> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))?;
    socket.connect(server)?;
    socket.set_read_timeout(Some(patience))?;
    socket.send(&question(1, name, kind)?)?;
    let mut packet = [0_u8; 1500];
    match socket.recv(&mut packet) {
        Ok(length) => read(&packet[..length]).context("not a DNS answer"),
        Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => Ok(Seen::Silence),
        Err(error) => Err(error).context("a name server"),
    }
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
fn read(packet: &[u8]) -> Option<Seen> {
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
    Some(Seen::Named(code, found))
}
