//! Worlds in which the view from outside is in trouble.

use reachcheck_model::catalogue::Kind;

use super::healthy::with_dialect;
use crate::case::{Case, Expect};
use crate::computer::System;
use crate::engine::Engine;
use crate::fault::{Fault, With};
use crate::middlebox::Middlebox;
use crate::reverse_proxy::ReverseProxy;
use crate::servers::Dialect;
use crate::under::runs_on;
use crate::world::{Hosting, RelayState, World};

/// All of them.
#[must_use]
pub fn cases() -> Vec<Case> {
    let mut cases = unreachable();
    cases.extend(stripped());
    cases.extend(broken_sockets());
    cases.extend(unusable());
    cases.extend(ports());
    cases.extend(holds());
    cases.extend(not_outside());
    cases.extend(turned_away());
    cases.extend(two_relays());
    cases
}

fn stripped() -> Vec<Case> {
    vec![
        Case::new(
            "websocket-stripped",
            "A box in front of the relay lets HTTPS pass and turns every WebSocket upgrade down.",
            stripping,
            Expect::every("degraded")
                .check("network/socket", "failed", "inferred")
                .check("network/events", "not-run", "none")
                .leading("socket-blocked", "network"),
        )
        .core(),
        Case::new(
            // The relay is asked by plain HTTPS then, so the view from outside is not lost with the socket.
            "websocket-stripped-and-endpoint-dropped",
            "WebSocket upgrades are turned down, and the gateway drops Seattle's TCP endpoint.",
            || stripping().and(Fault::DropsEndpoint("seattle", Kind::Tcp)),
            Expect::only("seattle", "blocked")
                .others("degraded")
                .check("seattle/tcp", "failed", "inferred")
                .place("seattle/tcp", "connect", "inferred")
                .finding("dropped", "seattle")
                .finding("socket-blocked", "network"),
        )
        .core(),
    ]
}

/// The box's answer to an upgrade is its own affair.
fn turned_down(name: &'static str, about: &'static str, world: fn() -> World) -> Case {
    Case::new(
        name,
        about,
        world,
        Expect::every("degraded")
            .check("network/socket", "failed", "inferred")
            .leading("socket-blocked", "network")
            .nothing_else(),
    )
}

fn broken_sockets() -> Vec<Case> {
    vec![
        turned_down(
            "websocket-answered-200",
            "A box in front of the relay answers every WebSocket upgrade with 200.",
            || behind(ReverseProxy::TurnsDown(200)),
        ),
        turned_down(
            "websocket-answered-403",
            "A box in front of the relay answers every WebSocket upgrade with 403.",
            || behind(ReverseProxy::TurnsDown(403)),
        ),
        turned_down(
            "websocket-answered-302",
            "A box in front of the relay redirects every WebSocket upgrade.",
            || behind(ReverseProxy::TurnsDown(302)),
        ),
        Case::new(
            "websocket-closed-at-once",
            "A box in front of the relay passes WebSocket upgrades and closes the connection at once.",
            || behind(ReverseProxy::ClosesAfter(0)),
            Expect::every("degraded"),
        ),
        Case::new(
            "websocket-closed-after-a-second",
            "A box in front of the relay closes WebSockets after 1.2 s.",
            || behind(ReverseProxy::ClosesAfter(1200)),
            Expect::every("degraded")
                .check("network/socket", "ok", "confirmed")
                .check("network/events", "failed", "confirmed")
                .finding("events-lost", "network"),
        )
        .core(),
        Case::new(
            "websocket-collected",
            "A box in front of the relay passes on what the relay says every 3 s, all at once.",
            || behind(ReverseProxy::Collects(3000)),
            Expect::every("degraded")
                .check("network/socket", "ok", "confirmed")
                .check("network/events", "failed", "confirmed")
                .leading("events-lost", "network"),
        ),
    ]
}

fn unusable() -> Vec<Case> {
    vec![
        Case::new(
            "relay-busy",
            "The relay has no room for another session.",
            || with_relay(RelayState::Busy),
            Expect::every("reachable")
                .check("network/socket", "not-run", "none")
                .leading("relay-busy", "network")
                .nothing_else(),
        )
        .core(),
        Case::new(
            "relay-for-another-origin",
            "The relay answers, and allows the pages of somebody else.",
            || with_relay(RelayState::ForAnotherOrigin),
            Expect::every("reachable")
                .check("network/socket", "not-run", "none")
                .leading("relay-misconfigured", "network")
                .nothing_else(),
        )
        .core(),
        Case::new(
            "relay-refused-nearby",
            "The gateway refuses the relay with a RST.",
            || World::with(Fault::RefusesRelay),
            Expect::every("reachable")
                .leading("relay-unreachable", "network")
                .nothing_else(),
        ),
        Case::new(
            "relay-untrusted",
            "The relay's certificate is one that nobody trusts.",
            || with_relay(RelayState::Untrusted),
            Expect::every("reachable")
                .leading("relay-unreachable", "network")
                .nothing_else(),
        ),
        Case::new(
            "relay-on-443-alone",
            "The relay listens on 443 and nowhere else.",
            || with_relay(RelayState::On443Alone),
            Expect::all_well()
                .check("network/port-80", "not-run", "none")
                .check("network/port-5222", "not-run", "none"),
        ),
    ]
}

/// Plain HTTP may pass where TLS is cut.
const PORT_80_NEARBY: &str = "a refusal close by and a box that cuts TLS on port 80 take the same time, so the port is unknown";

/// Two seconds say nothing on a system that does not repeat what was refused.
const NO_WEBKIT: &str = "WebKit is not to be had for Windows, and says Linux wherever it runs";

fn refused_on_windows(port: u16) -> World {
    let mut world = World::with(Fault::RefusesRelayPort(port));
    runs_on(&mut world, System::Windows);
    world
}

fn ports() -> Vec<Case> {
    vec![
        Case::new(
            "port-80-refused",
            "The gateway refuses port 80 of the relay with a RST.",
            || World::with(Fault::RefusesRelayPort(80)),
            Expect::every("degraded")
                .check("network/port-80", "failed", "inferred")
                .check("network/port-5222", "ok", "confirmed")
                .leading("port-80-closed", "network")
                .nothing_else()
                .blind(Engine::Firefox, PORT_80_NEARBY)
                .blind(Engine::WebKit, PORT_80_NEARBY),
        )
        .core(),
        Case::new(
            "port-5222-dropped",
            "The gateway drops what goes to port 5222 of the relay.",
            || World::with(Fault::DropsRelayPort(5222)),
            Expect::every("degraded")
                .check("network/port-80", "ok", "confirmed")
                .check("network/port-5222", "failed", "inferred")
                .leading("port-5222-closed", "network")
                .nothing_else(),
        )
        .core(),
        Case::new(
            "port-5222-refused-on-windows",
            "The gateway refuses port 5222 of the relay with a RST, and the agent's computer is one of Windows.",
            || refused_on_windows(5222),
            Expect::every("degraded")
                .check("network/port-80", "ok", "confirmed")
                .check("network/port-5222", "failed", "inferred")
                .leading("port-5222-closed", "network")
                .nothing_else()
                .blind(Engine::WebKit, NO_WEBKIT),
        ),
        Case::new(
            "port-80-refused-on-windows",
            "The gateway refuses port 80 of the relay with a RST, and the agent's computer is one of Windows.",
            || refused_on_windows(80),
            Expect::every("degraded")
                .check("network/port-80", "failed", "inferred")
                .check("network/port-5222", "ok", "confirmed")
                .leading("port-80-closed", "network")
                .nothing_else()
                .blind(Engine::WebKit, NO_WEBKIT),
        ),
        Case::new(
            "port-80-without-tls",
            "The gateway resets TLS on port 80 of the relay, as HTTP filters do; plain HTTP passes.",
            || World::with(Fault::ResetsTlsOnRelayPort(80)),
            // Healthy plain HTTP passes there: unknown, and where WebRTC shows that plain bytes pass, ok.
            Expect::every("reachable").absent("port-80-closed"),
        ),
        Case::new(
            "port-80-taken",
            "A box at the gateway answers port 80 itself.",
            || World {
                middlebox: Some(Middlebox::Takes(80)),
                ..World::default()
            },
            Expect::every("reachable")
                .check("network/port-80", "unknown", "none")
                .absent("port-80-closed"),
        ),
    ]
}

fn holds() -> Vec<Case> {
    let cut = |proof| {
        Expect::every("reachable")
            .check("network/socket", "ok", "confirmed")
            .check("network/events", "ok", "confirmed")
            .late(
                Expect::every("degraded")
                    .check("network/hold", "failed", proof)
                    .leading("hold-cut", "network")
                    .nothing_else(),
            )
    };
    vec![
        Case::new(
            "idle-closed",
            "A box in front of the relay closes (FIN) what is silent for 15 s.",
            || behind(ReverseProxy::ClosesIdle(15)),
            cut("confirmed"),
        )
        .core(),
        Case::new(
            "idle-reset",
            "A box in front of the relay resets (RST) what is silent for 15 s.",
            || behind(ReverseProxy::ResetsIdle(15)),
            cut("confirmed"),
        ),
        Case::new(
            "idle-forgotten",
            "The gateway forgets a connection to the relay that is silent for 15 s; its packets vanish.",
            || World::with(Fault::ForgetsIdleRelay(15_000)),
            cut("inferred"),
        ),
        Case::new(
            "idle-forgotten-and-reset",
            "The gateway forgets a connection to the relay that is silent for 15 s, and resets its packets.",
            || World::with(Fault::ResetsIdleRelay(15_000)),
            cut("inferred"),
        ),
    ]
}

fn with_relay(relay: RelayState) -> World {
    World {
        relay,
        ..World::default()
    }
}

fn behind(front: ReverseProxy) -> World {
    World {
        front: Some(front),
        ..World::default()
    }
}

fn stripping() -> World {
    behind(ReverseProxy::TurnsDown(400))
}

fn unreachable() -> Vec<Case> {
    vec![
        Case::new(
            "relay-unreachable",
            "The gateway drops what goes to the relay.",
            || World::with(Fault::DropsRelay),
            // These endpoints answer a browser in full, so it alone proves them.
            Expect::every("reachable")
                .check("toronto/tcp", "ok", "confirmed")
                .check("network/socket", "not-run", "none")
                .leading("relay-unreachable", "network"),
        )
        .core(),
        Case::new(
            "relay-off-plain-protocol",
            "The relay's port is closed, and TCP endpoints speak no TLS.",
            || with_dialect(Dialect::PlainCloses).and(Fault::RelayOff),
            Expect::every("unknown")
                .check("toronto/https", "ok", "confirmed")
                .check("toronto/tcp", "unknown", "none")
                .leading("relay-unreachable", "network"),
        )
        .core(),
        Case::new(
            "relay-unreachable-and-endpoint-dropped",
            "The gateway drops the relay, Seattle's HTTPS endpoint and Toronto's TCP endpoint.",
            || {
                World::with(Fault::DropsRelay)
                    .and(Fault::DropsEndpoint("seattle", Kind::Https))
                    .and(Fault::DropsEndpoint("toronto", Kind::Tcp))
            },
            Expect::only("seattle", "unknown")
                .region("toronto", "unknown")
                .check("seattle/https", "failed", "inferred")
                .check("toronto/tcp", "unknown", "none")
                .finding("relay-unreachable", "network"),
        )
        .core(),
    ]
}

fn not_outside() -> Vec<Case> {
    vec![
        Case::new(
            "no-relay",
            "The settings name no relay.",
            || World {
                hosting: Hosting::WithoutRelay,
                ..World::default()
            },
            Expect::every("reachable")
                .check("network/socket", "not-run", "none")
                .leading("no-relay", "network")
                .nothing_else(),
        )
        .core(),
        Case::new(
            "relay-lost-its-way",
            "The relay reaches nothing any more, and the gateway drops Seattle's HTTPS endpoint.",
            || {
                World::with(Fault::RelayLostItsWay)
                    .and(Fault::DropsEndpoint("seattle", Kind::Https))
            },
            Expect::only("seattle", "unknown")
                .check("network/socket", "ok", "confirmed")
                .finding("relay-not-outside", "network"),
        )
        .core(),
        Case::new(
            "loopback-with-a-way-out",
            "The relay on the agent's own computer serves the page, and nothing is broken.",
            || World {
                hosting: Hosting::Loopback,
                ..World::default()
            },
            Expect::every("reachable")
                .check("network/internet", "ok", "confirmed")
                .check("network/socket", "unknown", "none")
                .leading("relay-not-outside", "network"),
        )
        .core(),
    ]
}

fn turned_away() -> Vec<Case> {
    const TURNED: &str = "relay-turned-away";
    vec![
        Case::new(
            "relay-turned-away",
            "The service refuses the relay with a RST, as a filter against data centres does, and answers everybody else.",
            || World::with(Fault::TurnsRelayAway(With::Reset)),
            Expect::all_well().leading(TURNED, "network"),
        )
        .core(),
        Case::new(
            "relay-turned-away-and-tcp-dropped",
            "The service drops what the relay sends, and the gateway drops Seattle's TCP endpoint.",
            || {
                World::with(Fault::TurnsRelayAway(With::Silence))
                    .and(Fault::DropsEndpoint("seattle", Kind::Tcp))
            },
            // Nobody outside can say whether it is blocked or down.
            Expect::only("seattle", "unknown")
                .check("seattle/tcp", "unknown", "none")
                .check("network/socket", "ok", "confirmed")
                .leading(TURNED, "network")
                .nothing_else(),
        )
        .core(),
        Case::new(
            "relay-turned-away-at-its-hello",
            "The service resets the relay at its ClientHello, and the gateway refuses Toronto's HTTPS endpoint.",
            || {
                World::with(Fault::ResetsRelayHello)
                    .and(Fault::RefusesEndpoint("toronto", Kind::Https))
            },
            // How it was refused is for the clock to say, which may leave it open.
            Expect::only("toronto", "unknown")
                .check("toronto/https", "failed", "inferred")
                .check("seattle/tcp", "ok", "confirmed")
                .absent("service-down")
                .finding(TURNED, "network"),
        )
        .core(),
    ]
}

fn two_relays() -> Vec<Case> {
    /// A second relay stands beside the service, further away.
    fn with_next(world: World) -> World {
        World {
            next_relay: true,
            ..world
        }
    }
    vec![
        Case::new(
            "two-relays",
            "The settings name two relays, and nothing is broken.",
            || with_next(World::default()),
            Expect::all_well().nothing_else(),
        ),
        Case::new(
            "relay-turned-away-and-tcp-dropped-seen-by-another",
            "The service drops what the first of two relays sends, and the gateway drops Seattle's TCP endpoint.",
            || {
                with_next(
                    World::with(Fault::TurnsRelayAway(With::Silence))
                        .and(Fault::DropsEndpoint("seattle", Kind::Tcp)),
                )
            },
            Expect::only("seattle", "blocked")
                .check("seattle/tcp", "failed", "inferred")
                .leading("dropped", "seattle")
                .finding("relay-turned-away", "network"),
        )
        .core(),
        Case::new(
            "relay-lost-its-way-and-another-has-not",
            "The first of two relays reaches nothing any more, and the gateway drops Seattle's HTTPS endpoint.",
            || {
                with_next(
                    World::with(Fault::RelayLostItsWay)
                        .and(Fault::DropsEndpoint("seattle", Kind::Https)),
                )
            },
            Expect::only("seattle", "blocked")
                .check("seattle/https", "failed", "inferred")
                .leading("dropped", "seattle")
                .finding("relay-not-outside", "network"),
        )
        .core(),
        Case::new(
            "two-relays-and-servers-off",
            "The settings name two relays, and Seattle's servers are off.",
            || with_next(World::default().off("seattle")),
            Expect::only("seattle", "down").leading("service-down", "seattle"),
        )
        .core(),
    ]
}
