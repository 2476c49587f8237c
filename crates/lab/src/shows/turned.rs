//! That somebody turns an endpoint down: who, with what, and for whom.

use std::net::{Ipv4Addr, SocketAddrV4, SocketAddrV6};

use anyhow::{Context as _, Result, bail, ensure};
use nix::errno::Errno;
use reachcheck_model::catalogue::Kind;

use super::look::{self, Met};
use super::wire::{Counter, IcmpEar, Unreachable};
use crate::addresses::{self, Place};
use crate::authority::Authority;
use crate::fault::{By, With};
use crate::namespaces::Namespace;

/// Shows it for one endpoint.
pub fn shows(region: &str, kind: Kind, by: By, with: With, authority: &Authority) -> Result<()> {
    let place = addresses::place(region, kind);
    look::together(
        || by_agent(&place, by, with),
        || from_outside(&place, by, with, authority),
        || look::neighbours_are_well(region, kind, authority),
    )
}

/// What the kernel makes of it (Linux, `icmp_err_convert`); nothing for silence.
const fn error(with: With) -> Option<Errno> {
    match with {
        With::Reset | With::PortUnreachable => Some(Errno::ECONNREFUSED),
        With::AdminProhibited | With::HostUnreachable => Some(Errno::EHOSTUNREACH),
        With::NetUnreachable => Some(Errno::ENETUNREACH),
        With::Silence => None,
    }
}

/// The code that goes over the wire (RFC 792, RFC 1812 section 5.2.7.1); nothing where it is not ICMP.
const fn code(with: With) -> Option<u8> {
    match with {
        With::NetUnreachable => Some(0),
        With::HostUnreachable => Some(1),
        With::PortUnreachable => Some(3),
        With::AdminProhibited => Some(13),
        With::Reset | With::Silence => None,
    }
}

/// That an attempt ends as it should, at a distance that fits.
fn ends(to: SocketAddrV4, with: With, is_near: bool) -> Result<()> {
    match error(with) {
        Some(error) => look::fails(to, error, is_near),
        None => look::is_silent(to),
    }
}

fn by_agent(place: &Place, by: By, with: With) -> Result<()> {
    let left_agent = Counter::place(Namespace::Agent, place.address)?;
    let left_site = Counter::place(Namespace::Gateway, place.address)?;
    let ear = IcmpEar::open()?;
    let is_near = matches!(by, By::OwnFirewall | By::Gateway);
    ends(look::at(place), with, is_near)?;
    match code(with) {
        Some(code) => {
            let said = ear.about(place.address)?;
            let from = speaker(by, place);
            ensure!(said == Unreachable { from, code }, "{said:?}");
        }
        None => ear.is_silent_about(place.address)?,
    }
    // How far its packets came shows who stopped them, also where nobody says a word.
    let came = (left_agent.packets()? > 0, left_site.packets()? > 0);
    let should = match by {
        By::OwnFirewall => (false, false),
        By::Gateway => (true, false),
        By::FarForAgent | By::FarForAll => (true, true),
    };
    ensure!(came == should, "left computer, left site: {came:?}");
    Ok(())
}

const fn speaker(by: By, place: &Place) -> Ipv4Addr {
    match by {
        By::OwnFirewall => addresses::AGENT,
        By::Gateway => addresses::GATEWAY,
        By::FarForAgent | By::FarForAll => place.address,
    }
}

fn from_outside(place: &Place, by: By, with: With, authority: &Authority) -> Result<()> {
    look::from(Namespace::Relay, || match by {
        By::FarForAll => ends(look::at(place), with, true),
        By::OwnFirewall | By::Gateway | By::FarForAgent => look::is_well(place, authority),
    })
}

/// That a port of the relay is turned down by the gateway with a RST or with silence.
pub fn relay_port(port: u16, with: With) -> Result<()> {
    let to = SocketAddrV4::new(addresses::RELAY, port);
    ends(to, with, true).with_context(|| format!("port {port}"))
}

/// That the agent has no way at all.
pub fn unplugged() -> Result<()> {
    let endpoint = look::at(&addresses::place("toronto", Kind::Https));
    for to in [endpoint, SocketAddrV4::new(addresses::GATEWAY, 53)] {
        match look::meet(to)? {
            (Met::Failed(Errno::ENETUNREACH), taken) if taken < look::NEARBY => {}
            (other, taken) => bail!("{to}: {other:?} after {taken:?}"),
        }
    }
    Ok(())
}

/// Where an IPv6 connection would go.
const IPV6: SocketAddrV6 = SocketAddrV6::new(addresses::DEAD_IPV6, 443, 0, 0);

/// That there is a way by IPv6, and that it leads to nobody.
pub fn ipv6_is_silent() -> Result<()> {
    let (met, _) = look::meet(IPV6)?;
    ensure!(matches!(met, Met::Silence), "{met:?}");
    Ok(())
}

/// That there is no way by IPv6 at all.
pub fn has_no_ipv6() -> Result<()> {
    let (met, _) = look::meet(IPV6)?;
    ensure!(matches!(met, Met::Failed(_)), "{met:?}");
    Ok(())
}
