//! Rows about endpoints, and faults of the way to them.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use nix::errno::Errno;
use reachcheck_model::catalogue::Kind;

use super::places::{SMALL, at, elsewhere, hello, tls, well, well_elsewhere};
use super::procedures;
use super::relay::{self, PORTS, challenge};
use super::row::{Row, Sees, When};
use super::wire::{Traces, Unreachable};
use crate::addresses::{self, EndpointAddress};
use crate::fault::{By, Fault, With};
use crate::namespaces::Namespace;

/// As long as a browser's ClientHello with a post-quantum key share, in bytes.
const LARGE: u16 = 1200;

/// A STUN binding request without attributes (RFC 8489 section 5).
const STUN: [u8; 20] = *b"\x00\x01\x00\x00\x21\x12\xa4\x42reachcheck!!";
/// Not TLS, and something that every host of the lab answers by saying so.
const PLAIN: &str = "GET / HTTP/1.1\r\nHost: nobody.example\r\n\r\n";

/// Where there would be a way by IPv6.
const IPV6: (IpAddr, u16) = (IpAddr::V6(addresses::DEAD_IPV6), 443);

/// Those are well whom a fault of one endpoint does not concern: its region's other endpoint, another region's of its
/// kind, and the relay.
pub fn neighbours(region: &str, kind: Kind) -> Vec<Row> {
    let other_kind = match kind {
        Kind::Https => Kind::Tcp,
        Kind::Tcp => Kind::Https,
    };
    let beside = addresses::place(region, other_kind);
    vec![
        well(&beside),
        well(&elsewhere(region, kind)),
        challenge(443),
    ]
}

/// That a fault of the way does what its name says, and nothing beside it.
pub fn fault(fault: &Fault) -> Vec<Vec<Row>> {
    let ms = |ms: u32| Duration::from_millis(ms.into());
    let rows = match *fault {
        Fault::DropsEndpoint(region, kind) => turned(region, kind, By::Gateway, With::Silence),
        Fault::DropsFirstAddress(region, kind) => {
            let place = addresses::place(region, kind);
            let mut rows = neighbours(region, kind);
            rows.push(turned_down(at(&place), With::Silence, When::Any));
            rows.extend(place.all().into_iter().skip(1).map(|address| {
                let place = place.clone();
                well(&EndpointAddress { address, ..place })
            }));
            rows
        }
        Fault::RefusesEndpoint(region, kind) => turned(region, kind, By::Gateway, With::Reset),
        Fault::RefusesEndpointFar(region, kind) => {
            turned(region, kind, By::FarForAgent, With::Reset)
        }
        Fault::Turns(region, kind, by, with) => turned(region, kind, by, with),
        Fault::DropsLargePackets(region, kind) => large(region, kind),
        Fault::ResetsOnHello(region, kind) => on_hello(region, kind, With::Reset),
        Fault::DropsHello(region, kind) => on_hello(region, kind, With::Silence),
        Fault::ResetsPlain443 => plain_443(With::Reset),
        Fault::DropsPlain443 => plain_443(With::Silence),
        Fault::ResetsStun443 => stun_443(),
        Fault::ResetsTlsOnRelayPort(port) => tls_on_relay_port(port),
        Fault::DropsRelay => relay_ports(&PORTS, With::Silence),
        Fault::RefusesRelay => relay_ports(&PORTS, With::Reset),
        Fault::DropsRelayPort(port) => relay_ports(&[port], With::Silence),
        Fault::RefusesRelayPort(port) => relay_ports(&[port], With::Reset),
        Fault::ForgetsIdleRelay(time) => return relay::forgets(ms(time), With::Silence),
        Fault::ResetsIdleRelay(time) => return relay::forgets(ms(time), With::Reset),
        Fault::NatForgets(time) => return relay::nat_forgets(Duration::from_secs(time.into())),
        Fault::LeavesBy(number) => return relay::leaves_by(number),
        Fault::NoLongerLeavesBy(number) => return relay::no_longer_leaves_by(number),
        Fault::RelayOff => relay::off_for_all(&PORTS),
        Fault::RelayLostItsWay => {
            let silent = |to| Row::to(to).sees(Sees::Silence).seen_from(Namespace::Relay);
            let endpoint = at(&addresses::place("toronto", Kind::Https));
            let control = SocketAddr::from((addresses::CONTROL, 443));
            let mut rows = well_elsewhere();
            rows.extend([challenge(443), silent(endpoint), silent(control)]);
            rows
        }
        Fault::TurnsRelayAway(with) => turned_away(&|to| turned_down(to, with, When::Any)),
        Fault::ResetsRelayHello => turned_away(&|to| Row::to(to).says(hello(SMALL), Sees::Reset)),
        Fault::SplitEgress => {
            let apart = Row::procedure(procedures::leave_by_turns);
            return vec![vec![apart], well_elsewhere()];
        }
        Fault::LimitsIcmp => {
            let limited = Row::procedure(procedures::icmp_is_limited);
            return vec![vec![limited], neighbours("toronto", Kind::Https)];
        }
        Fault::DeadIpv6 => {
            let mut rows = well_elsewhere();
            rows.extend([Row::to(IPV6).sees(Sees::Silence), challenge(443)]);
            rows
        }
        Fault::Unplugged => {
            let no_way = |to| Row::to(to).sees(Sees::Fails(Errno::ENETUNREACH)).near();
            let mut rows: Vec<Row> = well_elsewhere();
            rows = rows
                .into_iter()
                .map(|row| row.seen_from(Namespace::Relay))
                .collect();
            rows.push(no_way(at(&addresses::place("toronto", Kind::Https))));
            rows.push(no_way((addresses::GATEWAY, 53).into()));
            rows
        }
    };
    vec![rows]
}

/// There is no way by IPv6 at all.
pub fn no_ipv6() -> Row {
    Row::to(IPV6).sees(Sees::NoWay)
}

/// What the kernel makes of it (Linux, `icmp_err_convert`), and the code that goes over the wire where it is ICMP (RFC
/// 792, RFC 1812 section 5.2.7.1); nothing for silence.
const fn error(with: With) -> Option<(Errno, Option<u8>)> {
    match with {
        With::Reset => Some((Errno::ECONNREFUSED, None)),
        With::NetUnreachable => Some((Errno::ENETUNREACH, Some(0))),
        With::HostUnreachable => Some((Errno::EHOSTUNREACH, Some(1))),
        With::PortUnreachable => Some((Errno::ECONNREFUSED, Some(3))),
        With::AdminProhibited => Some((Errno::EHOSTUNREACH, Some(13))),
        With::Silence => None,
    }
}

/// An attempt ends as it should, at a distance that fits.
fn turned_down(to: SocketAddr, with: With, when: When) -> Row {
    match error(with) {
        Some((error, _)) => Row::to(to).sees(Sees::Fails(error)).at(when),
        None => Row::to(to).sees(Sees::Silence),
    }
}

/// Somebody turns an endpoint down: who, with what, and for whom.
fn turned(region: &str, kind: Kind, by: By, with: With) -> Vec<Row> {
    let place = addresses::place(region, kind);
    let (when, speaker) = match by {
        By::OwnFirewall => (When::Near, addresses::AGENT),
        By::Gateway => (When::Near, addresses::GATEWAY),
        By::FarForAgent | By::FarForAll => (When::Far, place.address),
    };
    let said = error(with).and_then(|(_, code)| code);
    let traces = Traces {
        of: place.address,
        said: said.map(|code| Unreachable {
            from: speaker,
            code,
        }),
        leaves_agent: by != By::OwnFirewall,
        leaves_site: matches!(by, By::FarForAgent | By::FarForAll),
    };
    let outside = match by {
        By::FarForAll => turned_down(at(&place), with, When::Near),
        By::OwnFirewall | By::Gateway | By::FarForAgent => well(&place),
    };
    let mut rows = neighbours(region, kind);
    rows.push(turned_down(at(&place), with, when).leaving(traces));
    // At whatever address it is looked for.
    let further = place.all().into_iter().skip(1);
    rows.extend(further.map(|address| turned_down((address, 443).into(), with, when)));
    rows.push(outside.seen_from(Namespace::Relay));
    rows
}

/// The connection comes up from the far end, and its first bytes are turned down by somebody near.
fn cut(to: SocketAddr, words: impl Into<Vec<u8>>, with: With) -> Row {
    let row = Row::to(to).far();
    match with {
        With::Silence => row.says(words.into(), Sees::Silence),
        _ => row.says(words.into(), Sees::Reset).near(),
    }
}

/// The connection comes up from the far end, and its first bytes are answered.
fn answered(to: SocketAddr, words: impl Into<Vec<u8>>) -> Row {
    Row::to(to).far().says(words.into(), Sees::Bytes)
}

/// Small packets pass both ways, a large one gets no answer, and neither does a small question whose answer is large:
/// the host's certificate does not fit into a small packet.
fn large(region: &str, kind: Kind) -> Vec<Row> {
    let place = addresses::place(region, kind);
    let mut rows = neighbours(region, kind);
    rows.extend([
        answered(at(&place), PLAIN),
        cut(at(&place), hello(LARGE), With::Silence),
        tls(&place).sees(Sees::NoTls),
        well(&place).seen_from(Namespace::Relay),
        answered(at(&elsewhere(region, kind)), hello(LARGE)),
    ]);
    rows
}

/// The connection comes up, and a ClientHello ends it or vanishes.
fn on_hello(region: &str, kind: Kind, with: With) -> Vec<Row> {
    let place = addresses::place(region, kind);
    let mut rows = neighbours(region, kind);
    rows.extend([
        cut(at(&place), hello(SMALL), with),
        well(&place).seen_from(Namespace::Relay),
        answered(at(&elsewhere(region, kind)), hello(SMALL)),
    ]);
    rows
}

/// Endpoints meet the relay like this, and nobody else; the relay's control does not.
fn turned_away(meets: &dyn Fn(SocketAddr) -> Row) -> Vec<Row> {
    let mut rows = well_elsewhere();
    for kind in Kind::ALL {
        let place = addresses::place("toronto", kind);
        rows.push(well(&place));
        let all = place.all().into_iter();
        rows.extend(all.map(|address| meets((address, 443).into()).seen_from(Namespace::Relay)));
    }
    let control = SocketAddr::from((addresses::CONTROL, 443));
    let stands = Row::to(control).tls(addresses::CONTROL_NAME);
    rows.extend([challenge(443), stands.seen_from(Namespace::Relay)]);
    rows
}

fn relay_at(port: u16) -> SocketAddr {
    (addresses::RELAY, port).into()
}

/// STUN alone is turned down on port 443: what is not STUN passes there, TLS or not.
fn stun_443() -> Vec<Row> {
    let mut rows = well_elsewhere();
    rows.extend(PORTS.map(challenge));
    let place = || at(&addresses::place("toronto", Kind::Https));
    rows.extend([
        cut(place(), STUN, With::Reset),
        answered(place(), PLAIN),
        cut(relay_at(443), STUN, With::Reset),
        answered(relay_at(443), PLAIN),
    ]);
    rows
}

/// What is not TLS is turned down on port 443, wherever it goes; TLS there, and anything elsewhere, passes.
fn plain_443(with: With) -> Vec<Row> {
    let mut rows = well_elsewhere();
    rows.extend(PORTS.map(challenge));
    rows.extend([
        cut(at(&addresses::place("toronto", Kind::Https)), PLAIN, with),
        cut(relay_at(443), PLAIN, with),
        answered(relay_at(80), PLAIN),
        answered(relay_at(5222), PLAIN),
        Row::to(relay_at(443))
            .says(PLAIN, Sees::Bytes)
            .seen_from(Namespace::Outside),
    ]);
    rows
}

/// TLS is reset on this port of the relay; other bytes there, and TLS elsewhere, pass.
fn tls_on_relay_port(port: u16) -> Vec<Row> {
    let mut rows = well_elsewhere();
    let others = PORTS.into_iter().filter(|other| *other != port);
    rows.extend(others.map(challenge));
    rows.extend([
        cut(relay_at(port), hello(SMALL), With::Reset),
        answered(relay_at(port), PLAIN),
        challenge(port).seen_from(Namespace::Outside),
    ]);
    rows
}

/// These ports of the relay are turned down at the gateway, others and other people's are not.
fn relay_ports(ports: &[u16], with: With) -> Vec<Row> {
    let mut rows = well_elsewhere();
    for port in PORTS {
        rows.push(challenge(port).seen_from(Namespace::Outside));
        rows.push(if ports.contains(&port) {
            turned_down(relay_at(port), with, When::Near)
        } else {
            challenge(port)
        });
    }
    rows
}
