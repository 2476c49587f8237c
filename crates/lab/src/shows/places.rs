//! Places of the lab's hosts, and dialogues with those that are well.

use std::net::{IpAddr, SocketAddr};

use reachcheck_model::catalogue::Kind;

use super::row::{Answer, Row};
use crate::addresses::{self, EndpointAddress};

/// As long as a small ClientHello, in bytes.
pub const SMALL: u16 = 300;

/// A TLS record that begins as a ClientHello does, of so many bytes. Nobody's handshake goes on after it,
/// but TLS answers it with an alert, and boxes take it for what it begins as.
pub fn hello(length: u16) -> Vec<u8> {
    let [high, low] = (length - 5).to_be_bytes();
    let mut record = vec![0x16, 3, 1, high, low, 1];
    record.resize(usize::from(length), 0);
    record
}

/// Where an endpoint listens.
pub const fn at(place: &EndpointAddress) -> SocketAddr {
    SocketAddr::new(IpAddr::V4(place.address), 443)
}

/// A connection to it.
pub fn to(place: &EndpointAddress) -> Row {
    Row::to(at(place))
}

/// TLS with it.
pub fn tls(place: &EndpointAddress) -> Row {
    to(place).tls(&place.host)
}

/// An endpoint does all that it should.
pub fn well(place: &EndpointAddress) -> Row {
    tls(place).gets("/", Answer::status(200))
}

/// The same endpoint of another region.
pub fn elsewhere(region: &str, kind: Kind) -> EndpointAddress {
    let other = if region == "seattle" {
        "virginia"
    } else {
        "seattle"
    };
    addresses::place(other, kind)
}

/// Endpoints are well which have nothing to do with what is broken.
pub fn well_elsewhere() -> Vec<Row> {
    vec![
        well(&addresses::place("toronto", Kind::Https)),
        well(&addresses::place("seattle", Kind::Tcp)),
    ]
}

/// A request for the root of a host.
pub fn request(host: &str) -> String {
    format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n")
}
