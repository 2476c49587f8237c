//! Who lives where. 203.0.113.0/24 (TEST-NET-3) counts as public for browsers.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use reachcheck_model::catalogue::{Catalogue, Kind};

/// The agent's computer.
pub const AGENT: Ipv4Addr = Ipv4Addr::new(10, 0, 0, 2);
/// The gateway's inner side; also the agent's name server.
pub const GATEWAY: Ipv4Addr = Ipv4Addr::new(10, 0, 0, 1);
/// The outside's name server.
pub const OUTSIDE_DNS: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 53);
/// The static host of the page.
pub const PAGE: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 4);
/// A host that answers whenever the outside does.
pub const CONTROL: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 5);
/// The outside's end of the relay's link.
pub const RELAY_ROUTER: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 65);
/// The relay.
pub const RELAY: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 66);

/// The next relay, which stands beside the hosts and further away from the agent ([`NEXT_RELAY_FURTHER_MS`]).
pub const NEXT_RELAY: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 61);
/// By how much longer the agent's round trip to the next relay is than to the relay, in milliseconds: so that a page uses it
/// second.
pub const NEXT_RELAY_FURTHER_MS: u64 = 60;

/// A proxy that is not on the site but beyond the path, as cloud proxies are.
pub const FAR_PROXY: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 60);

/// An IPv6 address at which nothing answers (RFC 3849).
pub const DEAD_IPV6: Ipv6Addr = Ipv6Addr::new(0x2001, 0xdb8, 1, 0, 0, 0, 0, 1);

/// Name of the page's host.
pub const PAGE_NAME: &str = "check.example";
/// Name of the relay.
pub const RELAY_NAME: &str = "relay.example";
/// Name of the next relay.
pub const NEXT_RELAY_NAME: &str = "relay2.example";
/// Name of the control host.
pub const CONTROL_NAME: &str = "control.example";

/// One endpoint's place.
#[derive(Clone, Debug)]
pub struct EndpointAddress {
    /// Region id.
    pub region: String,
    /// Which endpoint.
    pub kind: Kind,
    /// Its name.
    pub host: String,
    /// Its address.
    pub address: Ipv4Addr,
}

impl EndpointAddress {
    /// Every address that it listens on, its usual one first; the others are told to nobody unless a world's names say
    /// so.
    #[must_use]
    pub fn all(&self) -> [Ipv4Addr; 3] {
        let [a, b, c, last] = self.address.octets();
        [0, 100, 200].map(|more| Ipv4Addr::new(a, b, c, last + more))
    }
}

/// Every endpoint of the embedded catalogue, each at an address of its own.
#[must_use]
pub fn places() -> Vec<EndpointAddress> {
    let catalogue = Catalogue::embedded();
    catalogue
        .endpoints()
        .zip(10_u8..)
        .map(|(endpoint, last)| {
            let region = &catalogue.regions[endpoint.region];
            EndpointAddress {
                region: region.id.clone(),
                kind: endpoint.kind,
                host: region.host_port(endpoint.kind).host.to_owned(),
                address: Ipv4Addr::new(203, 0, 113, last),
            }
        })
        .collect()
}

/// Whether this is the agent, behind whichever address the gateway gives it.
#[must_use]
pub fn is_agent(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(four) => four.octets()[0] == 10,
        IpAddr::V6(six) => crate::ipv6::is_of_site(six),
    }
}

/// The place of one endpoint.
///
/// # Panics
/// If the catalogue has no such region: a mistake in a test.
#[must_use]
pub fn place(region: &str, kind: Kind) -> EndpointAddress {
    places()
        .into_iter()
        .find(|place| place.region == region && place.kind == kind)
        .expect("a region of the embedded catalogue")
}

/// Every name of the lab and its address.
#[must_use]
pub fn names() -> Vec<(String, Ipv4Addr)> {
    let mut names: Vec<(String, Ipv4Addr)> = places()
        .into_iter()
        .map(|place| (place.host, place.address))
        .collect();
    names.extend([
        (PAGE_NAME.to_owned(), PAGE),
        (RELAY_NAME.to_owned(), RELAY),
        (NEXT_RELAY_NAME.to_owned(), NEXT_RELAY),
        (CONTROL_NAME.to_owned(), CONTROL),
    ]);
    names
}

/// Every address of the endpoints, of the page's host, of the control host and of the next relay.
#[must_use]
pub fn of_hosts() -> Vec<Ipv4Addr> {
    let places = places().into_iter();
    let mut addresses: Vec<Ipv4Addr> = places.flat_map(|place| place.all()).collect();
    addresses.extend([PAGE, CONTROL, NEXT_RELAY]);
    addresses
}
