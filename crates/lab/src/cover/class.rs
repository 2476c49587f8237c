//! Classes of failure, as a world's own types tell them: what breaks at which endpoint, and how.

use reachcheck_model::catalogue::Kind;

use crate::case::regions;
use crate::fault::{By, Fault, With};
use crate::names::DnsOverride;
use crate::servers::manner::Manner;
use crate::world::World;

/// How an endpoint fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Its connection is turned down before the path.
    RefusedNear,
    /// Its connection is turned down beyond the path.
    RefusedFar,
    /// What goes to it vanishes, or it says nothing.
    Dropped,
    /// Its TLS handshake is broken off.
    Cut,
    /// Its certificate is not trusted.
    Certificate,
    /// Its name leads nowhere.
    Name,
}

impl Class {
    /// Every one.
    pub const ALL: [Self; 6] = [
        Self::RefusedNear,
        Self::RefusedFar,
        Self::Dropped,
        Self::Cut,
        Self::Certificate,
        Self::Name,
    ];
}

/// Every endpoint that fails in a world, and how; for the agent alone or for everybody.
#[must_use]
pub fn broken(world: &World) -> Vec<(&str, Kind, Class)> {
    let mut broken: Vec<(&str, Kind, Class)> = world.faults.iter().filter_map(by_fault).collect();
    broken.extend(world.hosts.odd.iter().filter_map(|odd| {
        // A TCP endpoint that does so for everybody has a dialect.
        let fails = odd.is_https || odd.for_agent_alone;
        let kind = if odd.is_https { Kind::Https } else { Kind::Tcp };
        let class = fails.then(|| by_manner(&odd.manner)).flatten()?;
        Some((odd.region.as_str(), kind, class))
    }));
    broken.extend(world.names.told.iter().filter_map(|(region, kind, told)| {
        let is_wrong = !matches!(told, DnsOverride::AlsoDeadIpv6);
        is_wrong.then_some((*region, *kind, Class::Name))
    }));
    for region in &world.hosts.off {
        // Its computers answer for closed ports.
        broken.extend(Kind::ALL.map(|kind| (region.as_str(), kind, Class::RefusedFar)));
    }
    broken
}

/// Whether nothing is broken in a world, at the endpoints or elsewhere.
#[must_use]
pub fn is_healthy(world: &World) -> bool {
    broken(world).is_empty()
        && world.faults.is_empty()
        && world.proxy.is_none()
        && world.middlebox.is_none()
        && world.front.is_none()
        && world.hosts.slow.is_empty()
        && regions().iter().all(|region| {
            let is_https = |odd: &crate::servers::Odd| odd.is_https && odd.region == *region;
            !world.hosts.odd.iter().any(is_https)
        })
}

fn by_fault(fault: &Fault) -> Option<(&str, Kind, Class)> {
    let (region, kind, class) = match fault {
        Fault::DropsEndpoint(region, kind)
        | Fault::DropsLargePackets(region, kind)
        | Fault::DropsHello(region, kind)
        | Fault::Turns(region, kind, _, With::Silence) => (region, kind, Class::Dropped),
        Fault::RefusesEndpoint(region, kind)
        | Fault::Turns(region, kind, By::OwnFirewall | By::Gateway, _) => {
            (region, kind, Class::RefusedNear)
        }
        Fault::RefusesEndpointFar(region, kind)
        | Fault::Turns(region, kind, By::FarForAgent | By::FarForAll, _) => {
            (region, kind, Class::RefusedFar)
        }
        Fault::ResetsOnHello(region, kind) => (region, kind, Class::Cut),
        // What is left works, or it is no endpoint.
        Fault::DropsFirstAddress(..)
        | Fault::ResetsPlain443
        | Fault::DropsPlain443
        | Fault::ResetsStun443
        | Fault::DropsRelay
        | Fault::RefusesRelay
        | Fault::RefusesRelayPort(_)
        | Fault::DropsRelayPort(_)
        | Fault::ResetsTlsOnRelayPort(_)
        | Fault::ForgetsIdleRelay(_)
        | Fault::ResetsIdleRelay(_)
        | Fault::NatForgets(_)
        | Fault::LeavesBy(_)
        | Fault::NoLongerLeavesBy(_)
        | Fault::RelayOff
        | Fault::RelayLostItsWay
        | Fault::TurnsRelayAway(_)
        | Fault::ResetsRelayHello
        | Fault::SplitEgress
        | Fault::LimitsIcmp
        | Fault::DeadIpv6
        | Fault::Unplugged => return None,
    };
    Some((region, *kind, class))
}

const fn by_manner(manner: &Manner) -> Option<Class> {
    match manner {
        Manner::Status(_)
        | Manner::Redirect(_)
        | Manner::Slow(_)
        | Manner::Stalls(_)
        | Manner::Upgrade(_)
        | Manner::ClosesAfterTls
        | Manner::Unsteady => None,
        Manner::Certificate(_) => Some(Class::Certificate),
        Manner::Alert(_)
        | Manner::PlainHttp
        | Manner::Banner
        | Manner::Closes
        | Manner::ClosesOnHello
        | Manner::ResetsOnHello => Some(Class::Cut),
        Manner::Silent | Manner::SilentAfterTls => Some(Class::Dropped),
    }
}
