//! Worlds in which the view from outside is in trouble.

use reachcheck_core::catalogue::Kind;

use super::healthy::with_dialect;
use crate::case::{Case, Expect};
use crate::fault::Fault;
use crate::servers::Dialect;
use crate::world::{Hosting, World};

/// All of them.
#[must_use]
pub fn cases() -> Vec<Case> {
    let mut cases = unreachable();
    cases.extend(stripped());
    cases.extend(not_outside());
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
                .check("seattle/tcp", "failed", "confirmed")
                .finding("dropped", "seattle")
                .finding("socket-blocked", "network"),
        )
        .core(),
    ]
}

fn stripping() -> World {
    World {
        strips_upgrades: true,
        ..World::default()
    }
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
