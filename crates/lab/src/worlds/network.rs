//! Worlds in which the agent's network as a whole has something.

use reachcheck_model::catalogue::Kind;

use super::healthy::with_dialect;
use super::names::told;
use crate::authority::Flaw;
use crate::case::{Case, Expect, Opening};
use crate::distance::Leg;
use crate::engine::Engine;
use crate::fault::Fault;
use crate::names::Names;
use crate::path::LinkConditions;
use crate::servers::manner::Manner;
use crate::servers::{Dialect, Hosts};
use crate::world::{RelayState, World};

/// Only Chromium tells what becomes of bytes that are not TLS.
const NO_PLAIN_BYTES: &str = "only Chromium's WebRTC tells what becomes of bytes that are not TLS";

/// All of them.
#[must_use]
pub fn cases() -> Vec<Case> {
    let mut cases = plain_bytes();
    cases.extend(clocks());
    cases.extend(weather());
    cases.extend(vec![
        Case::new(
            "split-egress",
            "Connections leave the gateway by one public address after another.",
            || World::with(Fault::SplitEgress),
            Expect::every("reachable")
                .leading("split-egress", "network")
                .nothing_else(),
        )
        .core(),
        Case::new(
            "vpn-leaves-the-service-out",
            "Nothing is broken; page and relay are 240 ms further away than the service, as behind a VPN that leaves it out.",
            || {
                let mut world = World::default();
                world.distances.detour_elsewhere = Leg::round_trip(240);
                world
            },
            Expect::all_well().finding("ways-differ", "network"),
        )
        .core(),
        Case::new(
            "ipv6-dead",
            "Every host has an IPv6 address too, and what goes out by IPv6 vanishes.",
            || {
                World {
                    names: Names {
                        dead_ipv6: true,
                        ..Names::default()
                    },
                    ..World::default()
                }
                .and(Fault::DeadIpv6)
            },
            // It costs a quarter of a second at the first contact, and nothing else.
            Expect::every("reachable")
                .leading("ipv6-broken", "network")
                .leading_in(
                    Engine::WebKit,
                    "none",
                    "WebKitGTK's timing begins with the attempt that got through",
                ),
        )
        .core(),
        Case::new(
            "background-tab",
            "Nothing is broken; the page was opened in a tab that is not in front.",
            World::default,
            Expect::all_well(),
        )
        .opened(Opening::InBackground),
    ]);
    cases
}

fn plain_bytes() -> Vec<Case> {
    vec![
        Case::new(
            "plain-443-reset",
            "The gateway resets what is not TLS on port 443; TCP endpoints speak TLS.",
            || World::with(Fault::ResetsPlain443),
            // Nothing that any region is known to need is stopped.
            Expect::all_well(),
        )
        .core(),
        Case::new(
            "plain-443-reset-plain-protocol",
            "The gateway resets what is not TLS on port 443; TCP endpoints speak no TLS.",
            || with_dialect(Dialect::PlainCloses).and(Fault::ResetsPlain443),
            // A browser's ClientHello passes and is turned down by the endpoint, as from outside. STUN is all else that a
            // page can say there: the next world looks the same to it.
            Expect::every("reachable")
                .leading("plain-443-blocked", "toronto")
                .blind(Engine::Firefox, NO_PLAIN_BYTES)
                .blind(Engine::WebKit, NO_PLAIN_BYTES),
        ),
        Case::new(
            "stun-443-reset",
            "The gateway resets STUN on port 443 and nothing else; TCP endpoints speak TLS.",
            || World::with(Fault::ResetsStun443),
            Expect::all_well(),
        ),
        Case::new(
            "stun-443-reset-plain-protocol",
            "The gateway resets STUN on port 443 and nothing else; TCP endpoints speak no TLS.",
            || with_dialect(Dialect::PlainCloses).and(Fault::ResetsStun443),
            Expect::every("reachable")
                .leading("plain-443-blocked", "toronto")
                .blind(Engine::Firefox, NO_PLAIN_BYTES)
                .blind(Engine::WebKit, NO_PLAIN_BYTES),
        )
        .core(),
        Case::new(
            "plain-443-dropped",
            "The gateway drops what is not TLS on port 443; TCP endpoints speak TLS.",
            || World::with(Fault::DropsPlain443),
            Expect::all_well(),
        ),
    ]
}

fn clocks() -> Vec<Case> {
    vec![
        Case::new(
            "clock-two-hours-behind",
            "This computer's clock is two hours behind those of relay and page host.",
            || World {
                relay: RelayState::Ahead(2),
                hosts: Hosts {
                    clock_ahead_s: 7200,
                    ..Hosts::default()
                },
                ..World::default()
            },
            Expect::every("reachable")
                .leading("clock-wrong", "network")
                .nothing_else(),
        )
        .core(),
        Case::new(
            "clock-of-the-relay-alone",
            "The relay's clock alone is wrong; this computer's is right.",
            || World {
                relay: RelayState::Ahead(2),
                ..World::default()
            },
            Expect::all_well(),
        ),
        Case::new(
            "clock-makes-certificate-invalid",
            "This computer's clock is a day behind, and Toronto's HTTPS certificate began this morning.",
            || {
                World {
                    relay: RelayState::Ahead(24),
                    hosts: Hosts {
                        clock_ahead_s: 24 * 3600,
                        ..Hosts::default()
                    },
                    ..World::default()
                }
                .odd(
                    "toronto",
                    Kind::Https,
                    Manner::Certificate(Flaw::BeginsTomorrow),
                )
            },
            Expect::only("toronto", "blocked")
                .check("toronto/https", "failed", "confirmed")
                .place("toronto/https", "tls", "confirmed")
                .leading("clock-wrong", "network")
                .nothing_else(),
        ),
    ]
}

fn weather() -> Vec<Case> {
    vec![
        Case::new(
            "far-away",
            "Nothing is broken; every host is 300 ms away.",
            || World {
                weather: LinkConditions {
                    delay_ms: 150,
                    ..LinkConditions::default()
                },
                ..World::default()
            },
            Expect::all_well(),
        ),
        Case::new(
            "near-by",
            "Nothing is broken; every host is 20 ms away.",
            || World {
                weather: LinkConditions {
                    delay_ms: 10,
                    ..LinkConditions::default()
                },
                ..World::default()
            },
            Expect::all_well(),
        ),
        Case::new(
            "unsteady-delay",
            "Nothing is broken; the delay is 120 ms to 320 ms, another one for each packet.",
            || World {
                weather: LinkConditions {
                    delay_ms: 60,
                    jitter_ms: 100,
                    ..LinkConditions::default()
                },
                ..World::default()
            },
            Expect::all_well(),
        ),
        Case::new(
            "lossy",
            "Nothing is broken; one packet in fifty is lost.",
            || World {
                weather: LinkConditions {
                    loss_per_mille: 20,
                    ..LinkConditions::default()
                },
                ..World::default()
            },
            Expect::every("reachable"),
        ),
        Case::new(
            "slow-names-and-far-away",
            "Nothing is broken; hosts and name server are 300 ms away.",
            || World {
                weather: LinkConditions {
                    delay_ms: 150,
                    ..LinkConditions::default()
                },
                ..told(Names::default().asked_far())
            },
            Expect::all_well(),
        ),
    ]
}
