//! Endpoints of a scene: what the lab's hosts do to the agent and to the relay, and what names say of them.

use std::net::Ipv4Addr;

use reachcheck_lab::authority::Flaw;
use reachcheck_lab::fault::With;
use reachcheck_lab::names::{DnsOverride, Names};
use reachcheck_lab::servers::manner::Manner;
use reachcheck_lab::servers::{Dialect, Hosts};
use reachcheck_lab::world::{RelayState, World};
use reachcheck_model::catalogue::{EndpointRef, Kind};
use reachcheck_wire::CertificateFault;

use super::{Endpoint, Outside, Scene, catalogue, position};
use crate::reaction::{Http, NameFailure, Place, Reaction};

/// Where nothing listens.
const CLOSED: Reaction = Reaction::Refuses(With::Reset);

/// Every endpoint before anything is done to the way there.
pub(super) fn endpoints(world: &World) -> Vec<Endpoint> {
    let hosts = &world.hosts;
    let place = |endpoint: EndpointRef| {
        let region = &catalogue().regions[endpoint.region];
        let is_https = endpoint.kind == Kind::Https;
        let usual = usual(hosts, &region.id, endpoint.kind);
        let odd = hosts
            .odd
            .iter()
            .find(|odd| odd.region == region.id && odd.is_https == is_https);
        let is_off = hosts.off.contains(&region.id);
        let (here, outside) = match odd {
            _ if is_off => (CLOSED, CLOSED),
            None => (usual, usual),
            Some(odd) => {
                let to_agent = of_manner(&odd.manner, CertificateFault::NotYetValid);
                // A certificate that has not begun by this computer's clock may have by the relay's.
                let to_relay = match (&odd.manner, world.relay) {
                    (Manner::Certificate(Flaw::BeginsTomorrow), RelayState::Ahead(hours))
                        if hours >= BEGINS_IN_H =>
                    {
                        usual
                    }
                    _ if odd.for_agent_alone => usual,
                    _ => to_agent,
                };
                (to_agent, to_relay)
            }
        };
        Endpoint {
            host: region.host_port(endpoint.kind).host.to_owned(),
            here: Place::far(here),
            other_ports: Place::far(CLOSED),
            outside: Outside::Meets(outside),
            begins_in_h: odd.and_then(|odd| match odd.manner {
                Manner::Certificate(Flaw::BeginsTomorrow) => Some(BEGINS_IN_H),
                _ => None,
            }),
        }
    };
    EndpointRef::of(catalogue().regions.len())
        .map(place)
        .collect()
}

/// The hours until a certificate with [`Flaw::BeginsTomorrow`] begins.
const BEGINS_IN_H: u32 = 12;

/// What an endpoint does where nothing is odd about it.
fn usual(hosts: &Hosts, region: &str, kind: Kind) -> Reaction {
    match (kind, hosts.dialect) {
        (Kind::Https, _) => {
            let slow = hosts.slow.iter().find(|(slow, _)| slow == region);
            Reaction::Answers(Http {
                wait_ms: slow.map_or(0.0, |(_, ms)| milliseconds(*ms)),
                ..Http::ok(true)
            })
        }
        (Kind::Tcp, Dialect::TlsHttp) => Reaction::Answers(Http::ok(false)),
        (Kind::Tcp, Dialect::TlsCloses) => Reaction::ClosesAfterTls,
        (Kind::Tcp, Dialect::PlainCloses) => Reaction::ClosesAtHello,
        (Kind::Tcp, Dialect::PlainAnswers) => Reaction::AnswersAndCloses,
        (Kind::Tcp, Dialect::PlainWaits) => Reaction::SilentAtHello,
    }
}

fn of_manner(manner: &Manner, not_begun: CertificateFault) -> Reaction {
    match manner {
        Manner::Status(status) => Reaction::Answers(Http::status(*status)),
        Manner::Redirect(_) => Reaction::Answers(Http {
            redirects: true,
            ..Http::status(302)
        }),
        Manner::Slow(ms) => Reaction::Answers(Http {
            wait_ms: milliseconds(*ms),
            ..Http::ok(true)
        }),
        Manner::Stalls(_) => Reaction::Answers(Http {
            stalls: true,
            ..Http::ok(true)
        }),
        Manner::Upgrade(status) => Reaction::Answers(Http {
            upgrade: *status,
            ..Http::ok(true)
        }),
        Manner::Certificate(flaw) => Reaction::BadCertificate(match flaw {
            Flaw::Untrusted | Flaw::SelfSigned => CertificateFault::Untrusted,
            Flaw::Expired => CertificateFault::Expired,
            Flaw::NotYetValid => CertificateFault::NotYetValid,
            Flaw::BeginsTomorrow => not_begun,
            Flaw::WrongName => CertificateFault::WrongName,
        }),
        Manner::Alert(number) => Reaction::Alert(*number),
        Manner::PlainHttp => Reaction::PlainHttp,
        Manner::Banner => Reaction::Greets,
        Manner::Closes | Manner::ClosesOnHello => Reaction::ClosesAtHello,
        Manner::ResetsOnHello => Reaction::ResetsAtHello,
        Manner::Silent => Reaction::SilentAtHello,
        Manner::SilentAfterTls => Reaction::SilentAfterTls,
        Manner::ClosesAfterTls => Reaction::ClosesAfterTls,
        Manner::Unsteady => Reaction::Unsteady,
    }
}

fn milliseconds(ms: u64) -> f64 {
    u32::try_from(ms).unwrap_or(u32::MAX).into()
}

/// What the agent's name server says wrong.
pub(super) fn tell_names(scene: &mut Scene, names: &Names) -> Result<(), &'static str> {
    for (region, kind, told) in &names.told {
        let endpoint = find(region, *kind);
        let place = match told {
            DnsOverride::NxDomain | DnsOverride::NoData => {
                Place::far(Reaction::NoName(NameFailure::NotFound))
            }
            DnsOverride::ServFail => Place::far(Reaction::NoName(NameFailure::ServerFails)),
            DnsOverride::Silence => Place::far(Reaction::NoName(NameFailure::Silent)),
            DnsOverride::Address(address) if leads_nowhere(*address) => Place::near(CLOSED),
            DnsOverride::Address(_) => return Err("a name leads to another public host"),
            DnsOverride::AlsoDeadIpv6 => return Err("one name alone has an IPv6 address"),
        };
        let endpoint = &mut scene.endpoints[position(endpoint)];
        endpoint.here = place;
        endpoint.other_ports = place;
        if names.everywhere {
            endpoint.outside = match told {
                DnsOverride::Address(_) => Outside::Forbidden,
                _ => Outside::Meets(place.reaction),
            };
        }
    }
    Ok(())
}

/// An address of this computer or site, at which nothing listens on the endpoint's port.
fn leads_nowhere(address: Ipv4Addr) -> bool {
    address.is_unspecified() || address.is_loopback() || address.is_private()
}

/// The endpoint of that region.
///
/// # Panics
/// If the catalogue has no such region: a mistake in a world.
pub(super) fn find(region: &str, kind: Kind) -> EndpointRef {
    let id = format!("{region}/{}", kind.token());
    let found = catalogue().find(&id);
    found.expect("a region of the embedded catalogue")
}
