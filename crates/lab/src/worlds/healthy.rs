//! Worlds in which nothing is wrong; what a TCP endpoint speaks is not known, so each dialect is one.

use std::sync::LazyLock;

use super::EQUALLY_FAR;
use crate::browser::Engine;
use crate::case::{Case, Expect, regions};
use crate::servers::{Dialect, Hosts};
use crate::world::World;

/// All of them.
#[must_use]
pub fn cases() -> Vec<Case> {
    vec![
        Case::new(
            "all-well",
            "Nothing is broken; TCP endpoints speak TLS and answer HTTP.",
            World::default,
            all_ok("confirmed"),
        )
        .core(),
        Case::new(
            "all-well-tls-that-closes",
            "Nothing is broken; TCP endpoints speak TLS and close on what they do not understand.",
            || with_dialect(Dialect::TlsCloses),
            all_ok("").unknowable(Engine::WebKit, EQUALLY_FAR),
        )
        .core(),
        Case::new(
            "all-well-plain-that-closes",
            "Nothing is broken; TCP endpoints speak no TLS and close on what they do not understand.",
            || with_dialect(Dialect::PlainCloses),
            all_ok("").unknowable(Engine::WebKit, EQUALLY_FAR),
        )
        .core(),
        Case::new(
            "all-well-plain-that-answers",
            "Nothing is broken; TCP endpoints speak no TLS and answer in their own protocol.",
            || with_dialect(Dialect::PlainAnswers),
            all_ok("").unknowable(Engine::WebKit, EQUALLY_FAR),
        )
        .core(),
        Case::new(
            "plain-that-waits-is-unknown",
            "Nothing is broken, but TCP endpoints wait in silence for words that no browser knows.",
            || with_dialect(Dialect::PlainWaits),
            Expect::every("unknown")
                .check("toronto/https", "ok", "confirmed")
                .check("toronto/tcp", "unknown", "none")
                .late(
                    Expect::all_well()
                        .check("toronto/tcp", "ok", "inferred")
                        .unknowable(Engine::Firefox, SAYS_NOTHING_OF_SILENCE)
                        .unknowable(Engine::WebKit, SAYS_NOTHING_OF_SILENCE),
                ),
        )
        .core(),
        Case::new(
            "slow-region-is-degraded",
            "Toronto's HTTPS endpoint takes 1.5 s for each answer.",
            || World {
                hosts: Hosts {
                    slow: vec![("toronto".to_owned(), 1500)],
                    ..Hosts::default()
                },
                ..World::default()
            },
            Expect::only("toronto", "degraded").leading("slow", "toronto"),
        )
        .core(),
    ]
}

/// Why an engine cannot tell a port that waits from a box that swallows a hello.
const SAYS_NOTHING_OF_SILENCE: &str =
    "this engine shows nothing of a connection that stands in silence";

/// Every check is ok; the TCP endpoints' with this proof.
fn all_ok(tcp_proof: &'static str) -> Expect {
    static CHECKS: LazyLock<Vec<[&'static str; 2]>> = LazyLock::new(|| {
        let checks = |region| ["https", "tcp"].map(|kind| &*format!("{region}/{kind}").leak());
        regions().iter().map(checks).collect()
    });
    let mut expect = Expect::all_well();
    for [https, tcp] in &*CHECKS {
        expect = expect
            .check(https, "ok", "confirmed")
            .check(tcp, "ok", tcp_proof);
    }
    for check in ["network/internet", "network/socket", "network/events"] {
        expect = expect.check(check, "ok", "confirmed");
    }
    expect
}

/// A world whose TCP endpoints all speak this.
#[must_use]
pub fn with_dialect(dialect: Dialect) -> World {
    World {
        hosts: Hosts {
            dialect,
            ..Hosts::default()
        },
        ..World::default()
    }
}
