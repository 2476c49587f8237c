//! Worlds in which something on the way refuses or swallows an endpoint.

use reachcheck_model::catalogue::Kind;

use super::EQUALLY_FAR;
use super::handshakes::WEBKIT_TRIES_ONCE;
use super::healthy::with_dialect;
use crate::case::{Case, Expect, regions};
use crate::computer::System;
use crate::engine::Engine;
use crate::fault::{By, Fault, With};
use crate::servers::Dialect;
use crate::under::runs_on;
use crate::world::World;

/// All of them.
#[must_use]
pub fn cases() -> Vec<Case> {
    let mut cases = plain();
    cases.extend(by_icmp());
    cases.extend(elsewhere());
    cases.extend(at_the_hello());
    cases
}

fn plain() -> Vec<Case> {
    vec![
        Case::new(
            "tcp-dropped-here",
            "The gateway drops what goes to Seattle's TCP endpoint.",
            || World::with(Fault::DropsEndpoint("seattle", Kind::Tcp)),
            Expect::only("seattle", "blocked")
                .check("seattle/https", "ok", "confirmed")
                .check("seattle/tcp", "failed", "inferred")
                .place("seattle/tcp", "connect", "inferred")
                .leading("dropped", "seattle")
                .report("RESULT: BLOCKED")
                .report("Test-NetConnection pop6-ccans.mycontactcenter.net -Port 443")
                .report("OUTBOUND only"),
        )
        .core(),
        Case::new(
            "tcp-dropped-here-plain-protocol",
            "The gateway drops what goes to Seattle's TCP endpoint, and TCP endpoints speak no TLS.",
            || {
                with_dialect(Dialect::PlainCloses)
                    .and(Fault::DropsEndpoint("seattle", Kind::Tcp))
            },
            Expect::only("seattle", "blocked")
                .check("seattle/tcp", "failed", "inferred")
                .place("seattle/tcp", "connect", "inferred")
                .leading("dropped", "seattle")
                .unknowable(Engine::WebKit, EQUALLY_FAR),
        )
        .core(),
        Case::new(
            "https-refused-nearby",
            "The gateway answers the SYN to Toronto's HTTPS endpoint with a RST.",
            || World::with(Fault::RefusesEndpoint("toronto", Kind::Https)),
            Expect::only("toronto", "blocked")
                .check("toronto/https", "failed", "confirmed")
                .place("toronto/https", "connect", "inferred")
                .leading("refused-nearby", "toronto"),
        )
        .core(),
        Case::new(
            "tcp-refused-far",
            "The far end answers the agent's SYN to Virginia's TCP endpoint with a RST.",
            || World::with(Fault::RefusesEndpointFar("virginia", Kind::Tcp)),
            Expect::only("virginia", "blocked")
                .check("virginia/tcp", "failed", "confirmed")
                .place("virginia/tcp", "connect", "inferred")
                .leading("refused-far", "virginia")
                .leading_in(Engine::WebKit, "not-connected", WEBKIT_ONE_TRIP),
        )
        .core(),
        Case::new(
            "https-dropped-here",
            "The gateway drops what goes to Toronto's HTTPS endpoint.",
            || World::with(Fault::DropsEndpoint("toronto", Kind::Https)),
            Expect::only("toronto", "blocked")
                .check("toronto/https", "failed", "inferred")
                .place("toronto/https", "connect", "inferred")
                .leading("dropped", "toronto"),
        ),
        Case::new(
            "all-endpoints-dropped-here",
            "The gateway drops what goes to every endpoint; page and relay answer.",
            || {
                let mut world = World::default();
                for region in regions() {
                    for kind in Kind::ALL {
                        world = world.and(Fault::DropsEndpoint(region, kind));
                    }
                }
                world
            },
            Expect::every("blocked")
                .check("toronto/https", "failed", "inferred")
                .place("toronto/https", "connect", "inferred")
                .check("virginia-seattle/tcp", "failed", "inferred")
                .leading("dropped", "toronto"),
        ),
        Case::new(
            "tcp-refused-nearby-plain-protocol",
            "The gateway refuses Seattle's TCP endpoint with a RST, and TCP endpoints speak no TLS.",
            || {
                with_dialect(Dialect::PlainCloses)
                    .and(Fault::RefusesEndpoint("seattle", Kind::Tcp))
            },
            Expect::only("seattle", "blocked")
                .check("seattle/tcp", "failed", "inferred")
                .place("seattle/tcp", "connect", "inferred")
                .leading("refused-nearby", "seattle")
                .unknowable(Engine::WebKit, EQUALLY_FAR),
        ),
    ]
}

/// It does not try a reset handshake again, so a refusal and a reset take the same one round trip.
const WEBKIT_ONE_TRIP: &str =
    "in WebKitGTK a refusal at the far end and a reset ClientHello take the same round trip";

fn by_icmp() -> Vec<Case> {
    let refused = |name, about, world| {
        Case::new(
            name,
            about,
            world,
            Expect::only("toronto", "blocked")
                .check("toronto/https", "failed", "confirmed")
                .place("toronto/https", "connect", "inferred")
                .leading("refused-nearby", "toronto"),
        )
    };
    fn gateway(with: With) -> World {
        World::with(Fault::Turns("toronto", Kind::Https, By::Gateway, with))
    }
    vec![
        refused(
            "https-refused-by-icmp-prohibited",
            "The gateway answers with ICMP, administratively prohibited, for Toronto's HTTPS endpoint.",
            || gateway(With::AdminProhibited),
        ),
        refused(
            "https-refused-by-icmp-port",
            "The gateway answers with ICMP, port unreachable, for Toronto's HTTPS endpoint.",
            || gateway(With::PortUnreachable),
        ),
        refused(
            "https-refused-by-icmp-network",
            "The gateway answers with ICMP, network unreachable, for Toronto's HTTPS endpoint.",
            || gateway(With::NetUnreachable),
        ),
        refused(
            "https-refused-by-icmp-host",
            "The gateway answers with ICMP, host unreachable, for Toronto's HTTPS endpoint.",
            || gateway(With::HostUnreachable),
        ),
        Case::new(
            "https-refused-by-icmp-seldom",
            "The same, prohibited, by a gateway that sends one ICMP error a second at most.",
            || gateway(With::AdminProhibited).and(Fault::LimitsIcmp),
            Expect::only("toronto", "blocked")
                .check("toronto/https", "failed", "confirmed")
                .place("toronto/https", "connect", "inferred"),
        ),
    ]
}

fn elsewhere() -> Vec<Case> {
    vec![
        Case::new(
            "https-refused-on-this-computer",
            "The agent's own firewall refuses Toronto's HTTPS endpoint with a RST.",
            || {
                World::with(Fault::Turns(
                    "toronto",
                    Kind::Https,
                    By::OwnFirewall,
                    With::Reset,
                ))
            },
            Expect::only("toronto", "blocked")
                .check("toronto/https", "failed", "confirmed")
                .place("toronto/https", "connect", "inferred")
                .leading("refused-nearby", "toronto"),
        ),
        Case::new(
            "https-dropped-on-this-computer",
            "The agent's own firewall drops what goes to Toronto's HTTPS endpoint.",
            || {
                World::with(Fault::Turns(
                    "toronto",
                    Kind::Https,
                    By::OwnFirewall,
                    With::Silence,
                ))
            },
            Expect::only("toronto", "blocked")
                .check("toronto/https", "failed", "inferred")
                .place("toronto/https", "connect", "inferred")
                .leading("dropped", "toronto"),
        ),
        Case::new(
            "tcp-refused-far-by-icmp",
            "The far end answers the agent with ICMP, prohibited, for Virginia's TCP endpoint.",
            || {
                World::with(Fault::Turns(
                    "virginia",
                    Kind::Tcp,
                    By::FarForAgent,
                    With::AdminProhibited,
                ))
            },
            Expect::only("virginia", "blocked")
                .check("virginia/tcp", "failed", "confirmed")
                .place("virginia/tcp", "connect", "inferred")
                .leading("refused-far", "virginia")
                .leading_in(Engine::WebKit, "not-connected", WEBKIT_ONE_TRIP),
        ),
        Case::new(
            "tcp-refused-far-on-windows",
            "The far end refuses Virginia's TCP endpoint, and the agent's computer is one of Windows.",
            || {
                let mut world = World::with(Fault::RefusesEndpointFar("virginia", Kind::Tcp));
                runs_on(&mut world, System::Windows);
                world
            },
            Expect::only("virginia", "blocked")
                .check("virginia/tcp", "failed", "confirmed")
                .place("virginia/tcp", "connect", "inferred")
                .leading("refused", "virginia")
                .leading_in(
                    Engine::WebKit,
                    "not-connected",
                    "WebKit is not to be had for Windows, and says Linux wherever it runs",
                ),
        )
        .core(),
        Case::new(
            "tcp-refused-far-plain-protocol",
            "The far end refuses the agent's SYN to Virginia's TCP endpoint; TCP endpoints speak no TLS.",
            || {
                with_dialect(Dialect::PlainCloses)
                    .and(Fault::RefusesEndpointFar("virginia", Kind::Tcp))
            },
            Expect::only("virginia", "blocked")
                .check("virginia/tcp", "failed", "inferred")
                .place("virginia/tcp", "connect", "inferred")
                .leading("refused-far", "virginia")
                .leading_in(Engine::WebKit, "not-connected", WEBKIT_ONE_TRIP)
                .unknowable(Engine::WebKit, EQUALLY_FAR),
        ),
        Case::new(
            "tcp-refused-for-everybody",
            "The far end refuses every SYN to Virginia's TCP endpoint.",
            || {
                World::with(Fault::Turns(
                    "virginia",
                    Kind::Tcp,
                    By::FarForAll,
                    With::Reset,
                ))
            },
            Expect::only("virginia", "down")
                .check("virginia/tcp", "failed", "inferred")
                .place("virginia/tcp", "connect", "inferred")
                .leading("service-down", "virginia")
                .nothing_else(),
        ),
    ]
}

/// Filters that look at the name in the ClientHello, and paths that lose large packets.
fn at_the_hello() -> Vec<Case> {
    vec![
        Case::new(
            "https-reset-at-hello",
            "The gateway resets connections to Toronto's HTTPS endpoint at the ClientHello.",
            || World::with(Fault::ResetsOnHello("toronto", Kind::Https)),
            Expect::only("toronto", "blocked")
                .check("toronto/https", "failed", "confirmed")
                .place("toronto/https", "tls", "inferred")
                .leading("tls-rejected", "toronto")
                .leading_in(
                    Engine::Firefox,
                    "cut-in-handshake",
                    "Firefox tries a reset handshake ten times, so that it can be told from one that is refused",
                )
                .leading_in(Engine::WebKit, "not-connected", WEBKIT_ONE_TRIP),
        )
        .core(),
        Case::new(
            "tcp-reset-at-hello-plain-protocol",
            "The gateway resets connections to Seattle's TCP endpoint at the first data, and TCP endpoints \
             speak no TLS.",
            || {
                with_dialect(Dialect::PlainCloses).and(Fault::ResetsOnHello("seattle", Kind::Tcp))
            },
            Expect::only("seattle", "blocked")
                .check("seattle/tcp", "failed", "inferred")
                .place("seattle/tcp", "tls", "inferred")
                .unknowable(Engine::WebKit, WEBKIT_TRIES_ONCE),
        ),
        Case::new(
            "https-silent-at-hello",
            "The gateway drops the ClientHello to Toronto's HTTPS endpoint; the connection comes up.",
            || World::with(Fault::DropsHello("toronto", Kind::Https)),
            Expect::only("toronto", "blocked")
                .check("toronto/https", "failed", "inferred")
                .place("toronto/https", "tls", "inferred")
                .leading("dropped", "toronto"),
        ),
        Case::new(
            "https-large-packets-dropped",
            "Large packets from and to Toronto's HTTPS endpoint vanish at the gateway.",
            || World::with(Fault::DropsLargePackets("toronto", Kind::Https)),
            Expect::only("toronto", "blocked")
                .check("toronto/https", "failed", "inferred")
                .place("toronto/https", "tls", "inferred")
                .leading("dropped", "toronto"),
        ),
        Case::new(
            "large-packets-dropped-in-two-regions",
            "Large packets from and to the HTTPS endpoints of Toronto and Seattle vanish at the gateway.",
            || {
                let first = World::with(Fault::DropsLargePackets("toronto", Kind::Https));
                first.and(Fault::DropsLargePackets("seattle", Kind::Https))
            },
            Expect::only("toronto", "blocked")
                .region("seattle", "blocked")
                .leading("dropped", "toronto")
                .also("dropped", "mtu", "told once the browser has given up")
                .late(
                    Expect::only("toronto", "blocked")
                        .region("seattle", "blocked")
                        .leading("mtu", "toronto")
                        .also("mtu", "dropped", "where the browser has not given up in its time"),
                ),
        )
        .core(),
    ]
}
