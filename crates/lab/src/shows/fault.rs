//! That each fault of the way does what its name says, and nothing beside it.

use std::time::Duration;

use anyhow::{Result, ensure};

use super::look;
use super::relay::{RELAY_PORTS, challenge, is_off_for_all, sees};
use super::{bytes, icmp, idle, turned};
use crate::addresses;
use crate::authority::Authority;
use crate::fault::{By, Fault, With};
use crate::namespaces::Namespace;

impl Fault {
    /// Shows it in a world in which it alone is set.
    ///
    /// # Errors
    /// With what is otherwise.
    pub fn shows(&self, authority: &Authority) -> Result<()> {
        let turned = |region, kind, by, with| turned::shows(region, kind, by, with, authority);
        match *self {
            Self::DropsEndpoint(region, kind) => turned(region, kind, By::Gateway, With::Silence),
            Self::RefusesEndpoint(region, kind) => turned(region, kind, By::Gateway, With::Reset),
            Self::RefusesEndpointFar(region, kind) => {
                turned(region, kind, By::FarForAgent, With::Reset)
            }
            Self::Turns(region, kind, by, with) => turned(region, kind, by, with),
            Self::DropsLargePackets(region, kind) => bytes::large(region, kind, authority),
            Self::ResetsOnHello(region, kind) => bytes::hello(region, kind, With::Reset, authority),
            Self::DropsHello(region, kind) => bytes::hello(region, kind, With::Silence, authority),
            Self::ResetsPlain443 => bytes::plain_443(With::Reset, authority),
            Self::DropsPlain443 => bytes::plain_443(With::Silence, authority),
            Self::ResetsTlsOnRelayPort(port) => bytes::tls_on_relay_port(port, authority),
            Self::DropsRelay => relay_ports(&RELAY_PORTS, With::Silence, authority),
            Self::RefusesRelay => relay_ports(&RELAY_PORTS, With::Reset, authority),
            Self::DropsRelayPort(port) => relay_ports(&[port], With::Silence, authority),
            Self::RefusesRelayPort(port) => relay_ports(&[port], With::Reset, authority),
            Self::ForgetsIdleRelay(ms) => idle::forgets(millis(ms), With::Silence, authority),
            Self::ResetsIdleRelay(ms) => idle::forgets(millis(ms), With::Reset, authority),
            Self::NatForgets(seconds) => {
                idle::nat_forgets(Duration::from_secs(seconds.into()), authority)
            }
            Self::LeavesBy(number) => idle::leaves_by(number, authority),
            Self::NoLongerLeavesBy(number) => idle::no_longer_leaves_by(number, authority),
            Self::RelayOff => is_off_for_all(&RELAY_PORTS, authority),
            Self::RelayLostItsWay => relay_lost_its_way(authority),
            Self::SplitEgress => split_egress(authority),
            Self::LimitsIcmp => icmp::is_limited(authority),
            Self::DeadIpv6 => {
                turned::ipv6_is_silent()?;
                challenge(443, authority)?;
                look::endpoints_are_well(authority)
            }
            Self::Unplugged => {
                turned::unplugged()?;
                look::from(Namespace::Relay, || look::endpoints_are_well(authority))
            }
        }
    }
}

fn millis(ms: u32) -> Duration {
    Duration::from_millis(ms.into())
}

/// These ports of the relay are turned down at the gateway, others and other people's are not.
fn relay_ports(ports: &[u16], with: With, authority: &Authority) -> Result<()> {
    let broken = || look::at_each(ports, |port| turned::relay_port(*port, with));
    let from_outside = || {
        look::from(Namespace::Outside, || {
            for port in RELAY_PORTS {
                challenge(port, authority)?;
            }
            Ok(())
        })
    };
    let beside = || {
        for port in RELAY_PORTS.iter().filter(|port| !ports.contains(port)) {
            challenge(*port, authority)?;
        }
        look::endpoints_are_well(authority)
    };
    look::together(broken, from_outside, beside)
}

fn relay_lost_its_way(authority: &Authority) -> Result<()> {
    let endpoint = addresses::place("toronto", reachcheck_model::catalogue::Kind::Https);
    let control = std::net::SocketAddrV4::new(addresses::CONTROL, 443);
    look::together(
        || {
            challenge(443, authority)?;
            look::endpoints_are_well(authority)
        },
        || look::from(Namespace::Relay, || look::is_silent(look::at(&endpoint))),
        || look::from(Namespace::Relay, || look::is_silent(control)),
    )
}

/// The relay sees one address after another; one connection keeps its own.
fn split_egress(authority: &Authority) -> Result<()> {
    let mut first = sees(443, authority)?;
    let mut second = sees(443, authority)?;
    let addresses = [first.address()?, second.address()?];
    ensure!(addresses[0] != addresses[1], "twice {}", addresses[0]);
    let again = [first.address()?, second.address()?];
    ensure!(again == addresses, "{addresses:?}, then {again:?}");
    look::endpoints_are_well(authority)
}
