//! PROXY protocol, version 2 (HAProxy's proxy-protocol.txt, section 2.2): a balancer says who is behind a connection.
//! Asked for, and believed, only from the networks that the operator names.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use tokio::io::AsyncReadExt as _;
use tokio::net::TcpStream;

use crate::limits;

/// How a header begins.
const SIGNATURE: [u8; 12] = *b"\r\n\r\n\0\r\nQUIT\n";
/// Length of the part that every header has.
pub const HEAD: usize = 16;

/// Reads a header. Gives the address behind the balancer; `None` where it speaks for itself (its health checks).
///
/// # Errors
/// If the connection does not begin with a valid header.
pub async fn read(stream: &mut TcpStream) -> io::Result<Option<SocketAddr>> {
    let mut head = [0; HEAD];
    stream.read_exact(&mut head).await?;
    let length = usize::from(u16::from_be_bytes([head[14], head[15]]));
    if head[..12] != SIGNATURE || length > limits::PROXY_HEADER {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut rest = vec![0; length];
    stream.read_exact(&mut rest).await?;
    parse(&head, &rest).ok_or_else(|| io::ErrorKind::InvalidData.into())
}

/// The source address of a header; `Some(None)` where it says none; `None` if it is no valid header.
#[must_use]
pub fn parse(head: &[u8; HEAD], rest: &[u8]) -> Option<Option<SocketAddr>> {
    const VERSION: u8 = 2;
    const LOCAL: u8 = 0;
    const PROXY: u8 = 1;
    const TCP4: u8 = 0x11;
    const TCP6: u8 = 0x21;
    if head[..12] != SIGNATURE || head[12] >> 4 != VERSION {
        return None;
    }
    match (head[12] & 0x0f, head[13]) {
        (LOCAL, _) => Some(None),
        (PROXY, TCP4) => {
            let [source, _, source_port, _] = fields(rest, [4, 4, 2, 2])?;
            let address: [u8; 4] = source.try_into().ok()?;
            Some(Some(socket(Ipv4Addr::from(address).into(), source_port)))
        }
        (PROXY, TCP6) => {
            let [source, _, source_port, _] = fields(rest, [16, 16, 2, 2])?;
            let address: [u8; 16] = source.try_into().ok()?;
            Some(Some(socket(Ipv6Addr::from(address).into(), source_port)))
        }
        // What is not TCP cannot have come here.
        _ => None,
    }
}

fn socket(address: IpAddr, port: &[u8]) -> SocketAddr {
    let port = port
        .iter()
        .fold(0, |port, byte| port << 8 | u16::from(*byte));
    SocketAddr::new(address.to_canonical(), port)
}

/// Cuts consecutive fields off the front; what follows them (TLVs) is of no interest.
fn fields<const N: usize>(mut bytes: &[u8], lengths: [usize; N]) -> Option<[&[u8]; N]> {
    let mut all = [&bytes[..0]; N];
    for (field, length) in all.iter_mut().zip(lengths) {
        (*field, bytes) = bytes.split_at_checked(length)?;
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::{HEAD, parse};

    fn header(command: u8, family: u8, rest: &[u8]) -> ([u8; HEAD], Vec<u8>) {
        let mut head = [0; HEAD];
        head[..12].copy_from_slice(b"\r\n\r\n\0\r\nQUIT\n");
        head[12] = command;
        head[13] = family;
        head[14..].copy_from_slice(&u16::try_from(rest.len()).expect("short").to_be_bytes());
        (head, rest.to_vec())
    }

    fn source(command: u8, family: u8, rest: &[u8]) -> Option<Option<String>> {
        let (head, rest) = header(command, family, rest);
        parse(&head, &rest).map(|address| address.map(|address| address.to_string()))
    }

    #[test]
    fn both_families_with_and_without_more_behind() {
        let four = [203, 0, 113, 7, 10, 0, 0, 1, 0x30, 0x39, 1, 187];
        let expected = Some(Some("203.0.113.7:12345".to_owned()));
        assert_eq!(source(0x21, 0x11, &four), expected);
        let mut more = four.to_vec();
        more.extend([0x04, 0, 2, 0, 0]);
        assert_eq!(source(0x21, 0x11, &more), expected);
        let mut six = [0; 36];
        six[..2].copy_from_slice(&[0x20, 0x01]);
        six[15] = 9;
        six[32..].copy_from_slice(&[0, 80, 1, 187]);
        assert_eq!(
            source(0x21, 0x21, &six),
            Some(Some("[2001::9]:80".to_owned()))
        );
        let mut mapped = [0; 36];
        mapped[10..16].copy_from_slice(&[0xff, 0xff, 203, 0, 113, 7]);
        let address = source(0x21, 0x21, &mapped);
        assert_eq!(address, Some(Some("203.0.113.7:0".to_owned())));
    }

    #[test]
    fn a_balancer_may_speak_for_itself() {
        assert_eq!(source(0x20, 0x00, &[]), Some(None));
        assert_eq!(source(0x20, 0x11, &[0; 12]), Some(None));
    }

    #[test]
    fn everything_else_is_refused() {
        for (command, family, rest) in [
            (0x21, 0x11, &[0_u8; 11][..]),
            (0x21, 0x21, &[0; 35]),
            (0x21, 0x12, &[0; 12]),
            (0x21, 0x31, &[0; 216]),
            (0x21, 0x00, &[]),
            (0x22, 0x11, &[0; 12]),
            (0x11, 0x11, &[0; 12]),
        ] {
            assert_eq!(
                source(command, family, rest),
                None,
                "{command:x} {family:x}"
            );
        }
        let (mut head, rest) = header(0x21, 0x11, &[0; 12]);
        head[11] = 0;
        assert_eq!(parse(&head, &rest), None);
    }
}
