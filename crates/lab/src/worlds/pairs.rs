//! Worlds with two things wrong at once, where one could hide the other or be taken for it.

use reachcheck_model::catalogue::Kind;

use super::proxies::{bump, hosts};
use crate::case::{Case, Expect, Opening};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::middlebox::Middlebox;
use crate::names::{DnsOverride, Names};
use crate::path::LinkConditions;
use crate::proxy::Proxy;
use crate::reverse_proxy::ReverseProxy;
use crate::servers::Hosts;
use crate::squid::Policy;
use crate::world::{RelayState, World};

/// All of them; others stand where their first trouble does (`…-and-…`).
#[must_use]
pub fn cases() -> Vec<Case> {
    let mut cases = here_and_there();
    cases.extend(around_the_relay());
    cases.extend(behind_others());
    cases
}

fn here_and_there() -> Vec<Case> {
    vec![
        Case::new(
            "one-region-down-another-dropped",
            "Virginia's servers are off, and the gateway drops Seattle's TCP endpoint.",
            || World::with(Fault::DropsEndpoint("seattle", Kind::Tcp)).off("virginia"),
            Expect::only("seattle", "blocked")
                .region("virginia", "down")
                .leading("dropped", "seattle")
                .finding("service-down", "virginia")
                .nothing_else(),
        )
        .core(),
        Case::new(
            "down-and-dropped-in-one-region",
            "Seattle's HTTPS endpoint refuses everybody, and the gateway drops its TCP endpoint.",
            || {
                World::with(Fault::DropsEndpoint("seattle", Kind::Tcp)).and(Fault::Turns(
                    "seattle",
                    Kind::Https,
                    crate::fault::By::FarForAll,
                    crate::fault::With::Reset,
                ))
            },
            // What is blocked here can be mended here.
            Expect::only("seattle", "blocked")
                .check("seattle/https", "failed", "inferred")
                .check("seattle/tcp", "failed", "inferred")
                .place("seattle/tcp", "connect", "inferred")
                .leading("dropped", "seattle")
                .finding("service-down", "seattle")
                .nothing_else(),
        ),
        Case::new(
            "slow-region-and-another-refused",
            "Toronto takes 1.5 s for each answer, and the gateway refuses Virginia's HTTPS endpoint.",
            || World {
                hosts: Hosts {
                    slow: vec![("toronto".to_owned(), 1500)],
                    ..Hosts::default()
                },
                ..World::with(Fault::RefusesEndpoint("virginia", Kind::Https))
            },
            Expect::only("virginia", "blocked")
                .region("toronto", "degraded")
                .leading("refused-nearby", "virginia")
                .finding("slow", "toronto")
                .nothing_else(),
        ),
        Case::new(
            "name-not-found-and-servers-off",
            "The gateway's name server knows no name of Toronto's HTTPS endpoint, and Toronto's servers are off.",
            || World {
                names: Names::wrong("toronto", Kind::Https, DnsOverride::NxDomain),
                ..World::default()
            }
            .off("toronto"),
            // Nobody would get there with the name either.
            Expect::only("toronto", "down").leading("service-down", "toronto"),
        ),
        Case::new(
            "unsteady-delay-and-endpoint-dropped",
            "The delay is 120 ms to 320 ms, and the gateway drops Seattle's HTTPS endpoint.",
            || World {
                weather: LinkConditions {
                    delay_ms: 60,
                    jitter_ms: 100,
                    ..LinkConditions::default()
                },
                ..World::with(Fault::DropsEndpoint("seattle", Kind::Https))
            },
            Expect::only("seattle", "blocked")
                .check("seattle/https", "failed", "inferred")
                .place("seattle/https", "connect", "inferred")
                .leading("dropped", "seattle"),
        ),
        Case::new(
            "background-tab-and-endpoint-dropped",
            "The page was opened in a tab that is not in front, and the gateway drops Seattle's TCP endpoint.",
            || World::with(Fault::DropsEndpoint("seattle", Kind::Tcp)),
            Expect::only("seattle", "blocked")
                .check("seattle/tcp", "failed", "inferred")
                .place("seattle/tcp", "connect", "inferred")
                .leading("dropped", "seattle"),
        )
        .opened(Opening::InBackground),
        Case::new(
            "clock-wrong-and-endpoint-dropped",
            "This computer's clock is two hours behind, and the gateway drops Seattle's TCP endpoint.",
            || World {
                relay: RelayState::Ahead(2),
                hosts: Hosts {
                    clock_ahead_s: 7200,
                    ..Hosts::default()
                },
                ..World::with(Fault::DropsEndpoint("seattle", Kind::Tcp))
            },
            Expect::only("seattle", "blocked")
                .leading("dropped", "seattle")
                .finding("clock-wrong", "network")
                .nothing_else(),
        ),
    ]
}

fn around_the_relay() -> Vec<Case> {
    vec![
        Case::new(
            "relay-busy-and-endpoint-dropped",
            "The relay has no room, and the gateway drops Seattle's HTTPS endpoint.",
            || World {
                relay: RelayState::Busy,
                ..World::with(Fault::DropsEndpoint("seattle", Kind::Https))
            },
            // Nobody outside looked.
            Expect::only("seattle", "unknown")
                .check("seattle/https", "failed", "inferred")
                .finding("dropped", "seattle")
                .finding("relay-busy", "network"),
        ),
        Case::new(
            "port-5222-refused-and-servers-off",
            "The gateway refuses port 5222 of the relay, and Virginia's servers are off.",
            || World::with(Fault::RefusesRelayPort(5222)).off("virginia"),
            Expect::only("virginia", "down")
                .others("degraded")
                .leading("service-down", "virginia")
                .finding("port-5222-closed", "network")
                .nothing_else(),
        ),
        Case::new(
            "websocket-stripped-and-name-not-found",
            "WebSocket upgrades are turned down, and Toronto's HTTPS endpoint has no name here.",
            || World {
                front: Some(ReverseProxy::TurnsDown(400)),
                names: Names::wrong("toronto", Kind::Https, DnsOverride::NxDomain),
                ..World::default()
            },
            Expect::only("toronto", "blocked")
                .others("degraded")
                .check("toronto/https", "failed", "confirmed")
                .place("toronto/https", "name", "inferred")
                .finding("socket-blocked", "network"),
        ),
        Case::new(
            "idle-closed-and-endpoint-dropped",
            "What is silent for 15 s is closed, and the gateway drops Seattle's TCP endpoint.",
            || World {
                front: Some(ReverseProxy::ClosesIdle(15)),
                ..World::with(Fault::DropsEndpoint("seattle", Kind::Tcp))
            },
            Expect::only("seattle", "blocked")
                .leading("dropped", "seattle")
                .late(
                    Expect::only("seattle", "blocked")
                        .others("degraded")
                        .leading("dropped", "seattle")
                        .finding("hold-cut", "network"),
                ),
        ),
        Case::new(
            "split-egress-and-endpoint-refused",
            "Connections leave by several addresses, and the gateway refuses Virginia's TCP endpoint.",
            || World::with(Fault::SplitEgress).and(Fault::RefusesEndpoint("virginia", Kind::Tcp)),
            Expect::only("virginia", "blocked")
                .leading("refused-nearby", "virginia")
                .finding("split-egress", "network")
                .nothing_else(),
        ),
    ]
}

fn behind_others() -> Vec<Case> {
    vec![
        Case::new(
            "proxy-and-servers-off",
            "Squid is the only way out and passes everything, and Virginia's servers are off.",
            || {
                World {
                    proxy: Some(Proxy::squid(Policy::default())),
                    ..World::default()
                }
                .off("virginia")
            },
            Expect::only("virginia", "down")
                .leading("service-down", "virginia")
                .finding("proxy-in-path", "network")
                .nothing_else()
                .unknowable(
                    Engine::WebKit,
                    "WebKitGTK gives the proxy's refusal of a CONNECT to the page as an opaque answer",
                ),
        ),
        Case::new(
            "proxy-denies-one-and-servers-off",
            "Squid denies Toronto's HTTPS endpoint, and Virginia's servers are off.",
            || {
                World {
                    proxy: Some(Proxy::squid(Policy {
                        denies: hosts(&[("toronto", Kind::Https)]),
                        ..Policy::default()
                    })),
                    ..World::default()
                }
                .off("virginia")
            },
            Expect::only("toronto", "blocked")
                .region("virginia", "down")
                .leading("refused-nearby", "toronto")
                .finding("service-down", "virginia")
                .finding("proxy-in-path", "network")
                .nothing_else()
                .leading_in(
                    Engine::WebKit,
                    "answer-not-from-service",
                    "WebKitGTK gives the proxy's refusal of a CONNECT to the page as an opaque answer",
                )
                .unknowable(
                    Engine::WebKit,
                    "WebKitGTK gives the proxy's refusal of a CONNECT to the page as an opaque answer",
                ),
        ),
        Case::new(
            "inspected-and-servers-off",
            "Squid in the path ends TLS, and Virginia's servers are off: its error page comes over trusted TLS.",
            || {
                World {
                    middlebox: Some(Middlebox::Inspects(bump(&[], &[]))),
                    ..World::default()
                }
                .off("virginia")
            },
            // The error page and an answer of the service look alike.
            Expect::only("virginia", "unknown")
                .others("degraded")
                .finding("inspected", "network")
                .absent("refused-nearby"),
        )
        .core(),
    ]
}
