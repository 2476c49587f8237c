//! Worlds in which the agent's name server says the wrong thing, or nothing, about one endpoint.

use std::net::Ipv4Addr;

use reachcheck_model::catalogue::Kind;

use crate::case::{Case, Expect};
use crate::computer::System;
use crate::engine::Engine;
use crate::names::{DnsOverride, Names};
use crate::under::runs_on;
use crate::world::World;

/// Names that are wrong by a server close by fail as everything close by does.
const NEAR: &str = "refused-nearby";

/// All of them.
#[must_use]
pub fn cases() -> Vec<Case> {
    let mut cases = near();
    cases.extend(far());
    cases.extend(kept());
    cases.extend(silent());
    cases.extend(private());
    cases
}

fn near() -> Vec<Case> {
    let blocked = |layer| {
        Expect::only("toronto", "blocked")
            .check("toronto/https", "failed", "confirmed")
            .place("toronto/https", layer, "inferred")
            .leading(NEAR, "toronto")
            .nothing_else()
    };
    vec![
        Case::new(
            "name-not-found",
            "The gateway's name server says that there is no name of Toronto's HTTPS endpoint.",
            || told(Names::wrong("toronto", Kind::Https, DnsOverride::NxDomain)),
            blocked("name"),
        )
        .core(),
        Case::new(
            "name-server-fails",
            "The gateway's name server answers SERVFAIL for Toronto's HTTPS endpoint.",
            || told(Names::wrong("toronto", Kind::Https, DnsOverride::ServFail)),
            blocked("name"),
        ),
        Case::new(
            "name-without-address",
            "The gateway's name server knows no address for Toronto's HTTPS endpoint.",
            || told(Names::wrong("toronto", Kind::Https, DnsOverride::NoData)),
            blocked("name"),
        ),
        Case::new(
            "name-sinkhole",
            "The gateway's name server says 0.0.0.0 for Toronto's HTTPS endpoint, as filters do.",
            || told(at("toronto", Kind::Https, Ipv4Addr::UNSPECIFIED)),
            blocked("connect"),
        ),
        Case::new(
            "name-loopback",
            "The gateway's name server says 127.0.0.1 for Seattle's TCP endpoint.",
            || told(at("seattle", Kind::Tcp, Ipv4Addr::LOCALHOST)),
            Expect::only("seattle", "blocked")
                .check("seattle/tcp", "failed", "confirmed")
                .place("seattle/tcp", "connect", "inferred")
                .leading(NEAR, "seattle")
                .nothing_else(),
        ),
        Case::new(
            "name-private",
            "The gateway's name server says a private address for Toronto's HTTPS endpoint; nothing listens there.",
            || told(at("toronto", Kind::Https, crate::addresses::GATEWAY)),
            blocked("connect"),
        ),
    ]
}

/// The server asked is as far as the region, so a failing lookup takes as long as a refusal there.
fn far() -> Vec<Case> {
    let unknown = |code| {
        Expect::only("toronto", "blocked")
            .check("toronto/https", "failed", "confirmed")
            .place("toronto/https", "name", "inferred")
            .leading(code, "toronto")
            .leading_in(
                Engine::WebKit,
                "not-connected",
                "WebKit has no sign that nothing was connected, and its failures come late by chance",
            )
            .leading_in(
                Engine::Firefox,
                "any",
                "Firefox looks a name up once or twice, so that its time may or may not be that of something else",
            )
            .absent("refused-far")
            .absent("tls-rejected")
    };
    vec![
        Case::new(
            "all-well-far-name-server",
            "Nothing is broken; the name server is a round trip away.",
            || told(Names::default().asked_far()),
            Expect::all_well(),
        ),
        Case::new(
            "name-not-found-far-server",
            "A name server a round trip away says that there is no name of Toronto's HTTPS endpoint.",
            not_found_far,
            unknown("not-resolved"),
        ).core(),
        Case::new(
            "name-server-fails-far-server",
            "A name server a round trip away answers SERVFAIL for Toronto's HTTPS endpoint.",
            || told(Names::wrong("toronto", Kind::Https, DnsOverride::ServFail).asked_far()),
            // Four round trips are those of a handshake that is cut, too.
            unknown("not-connected"),
        )
        .core(),
    ]
}

/// The same server, and a system that keeps what does not exist: repeats get faster, as those of a refusal do.
fn kept() -> Vec<Case> {
    const AT_ONCE: &str = "it asks the system alone, which says at once what it keeps, as whatever is close by does, or a \
                           busy browser a little later";
    let expect = |code| {
        Expect::only("toronto", "blocked")
            .check("toronto/https", "failed", "confirmed")
            .place("toronto/https", "name", "inferred")
            .leading(code, "toronto")
            .leading_in(Engine::WebKit, "any", AT_ONCE)
            .leading_in(Engine::Firefox, "any", AT_ONCE)
            .absent("refused-far")
            .absent("tls-rejected")
    };
    vec![
        Case::new(
            "name-not-found-kept",
            "A name server a round trip away says that there is no name of Toronto's HTTPS endpoint, and the agent's system keeps that.",
            || {
                let mut world = not_found_far();
                world.computer.keeps_names = true;
                world
            },
            // A round trip is that of a refusal as well.
            expect("not-connected"),
        ),
        Case::new(
            "name-not-found-on-windows",
            "The same, and the agent's computer is one of Windows.",
            || {
                let mut world = not_found_far();
                runs_on(&mut world, System::Windows);
                world
            },
            // There, a refusal takes two seconds.
            expect("not-resolved"),
        ),
    ]
}

fn silent() -> Vec<Case> {
    vec![
        Case::new(
            "name-server-silent",
            "The gateway's name server does not answer for Toronto's HTTPS endpoint.",
            || told(Names::wrong("toronto", Kind::Https, DnsOverride::Silence)),
            Expect::only("toronto", "blocked")
                .check("toronto/https", "failed", "inferred")
                .place("toronto/https", "name", "inferred")
                .leading("dropped", "toronto")
                .late(
                    Expect::only("toronto", "blocked")
                        .check("toronto/https", "failed", "confirmed")
                        .place("toronto/https", "name", "inferred")
                        .leading("not-resolved", "toronto")
                        .absent("dropped"),
                ),
        )
        .core(),
    ]
}

fn private() -> Vec<Case> {
    vec![
        Case::new(
            "name-private-everywhere",
            "Everybody, the relay too, is told a private address for Seattle's TCP endpoint.",
            || told(at("seattle", Kind::Tcp, crate::addresses::GATEWAY).everywhere()),
            // The relay does not dial such, so nobody outside looked.
            Expect::only("seattle", "unknown")
                .check("seattle/https", "ok", "confirmed")
                .check("seattle/tcp", "failed", "inferred")
                .leading("private-address", "seattle"),
        )
        .core(),
    ]
}

/// A name server a round trip away knows no name of Toronto's HTTPS endpoint.
fn not_found_far() -> World {
    told(Names::wrong("toronto", Kind::Https, DnsOverride::NxDomain).asked_far())
}

fn at(region: &'static str, kind: Kind, address: Ipv4Addr) -> Names {
    Names::wrong(region, kind, DnsOverride::Address(address))
}

/// A world with these names.
pub(super) fn told(names: Names) -> World {
    World {
        names,
        ..World::default()
    }
}
