//! Worlds with a box in the path that nobody asked for.

use reachcheck_model::catalogue::Kind;

use super::proxies::{SPARED, bump, hosts};
use crate::case::{Case, Expect};
use crate::engine::Engine;
use crate::middlebox::Middlebox;
use crate::servers::{Dialect, Hosts};
use crate::squid::{Bump, Policy};
use crate::world::{Hosting, World};

/// All of them.
#[must_use]
pub fn cases() -> Vec<Case> {
    let mut cases = inspecting();
    cases.extend(accepting());
    cases.extend(portals());
    cases
}

/// And the catalogue names no image that only the service has.
const BLOCK_PAGE: &str = "Squid connects to the service before it answers with its own page, to a new connection each \
                          time, so that the page takes as long as an answer may";

fn inspecting() -> Vec<Case> {
    vec![
        Case::new(
            "inspected",
            "Squid in the path ends TLS with an authority that the browser trusts.",
            || behind(Middlebox::Inspects(bump(&[], &[]))),
            Expect::every("degraded")
                .check("toronto/https", "ok", "inferred")
                .check("network/socket", "failed", "")
                .finding("inspected", "network"),
        )
        .core(),
        Case::new(
            "inspected-and-endpoint-blocked",
            "Squid in the path ends TLS, and answers for Toronto's HTTPS endpoint with a block page.",
            || behind(Middlebox::Inspects(bump(&hosts(&[("toronto", Kind::Https)]), &[]))),
            Expect::only("toronto", "blocked")
                .others("degraded")
                .check("toronto/https", "failed", "")
                .place("toronto/https", "content", "inferred")
                .leading("answer-not-from-service", "toronto")
                .finding("inspected", "network")
                .blind(Engine::Chromium, BLOCK_PAGE),
        )
        .core(),
        Case::new(
            "inspected-untrusted",
            "Squid in the path ends TLS to the service with an authority that the browser does not know.",
            || {
                behind(Middlebox::Inspects(Policy {
                    bump: Some(Bump::Untrusted),
                    ..bump(&[], &SPARED)
                }))
            },
            Expect::every("blocked")
                .check("toronto/https", "failed", "confirmed")
                .place("toronto/https", "tls", "confirmed")
                .check("toronto/tcp", "failed", "confirmed")
                .place("toronto/tcp", "tls", "confirmed")
                .leading("tls-rejected", "toronto")
                .leading_in(
                    Engine::Chromium,
                    "not-connected",
                    "where connections end close by, times do not tell what went wrong, and only Firefox says it",
                )
                .leading_in(
                    Engine::WebKit,
                    "not-connected",
                    "where connections end close by, times do not tell what went wrong, and only Firefox says it",
                )
                .absent("service-down"),
        ),
    ]
}

fn accepting() -> Vec<Case> {
    vec![
        Case::new(
            "tcp-ended-nearby",
            "A box at the gateway accepts every TCP connection itself and connects on; TLS passes.",
            || behind(Middlebox::TcpProxy { dead: Vec::new() }),
            Expect::every("reachable")
                .check("network/socket", "ok", "confirmed")
                .check("network/events", "ok", "confirmed")
                .leading("proxy-in-path", "network")
                .nothing_else(),
        ),
        Case::new(
            "tcp-ended-nearby-and-endpoint-dropped",
            "The box accepts for Seattle's TCP endpoint too, does not get through, and hangs up.",
            || behind(to_nowhere()),
            Expect::only("seattle", "blocked")
                .check("seattle/https", "ok", "")
                // One browser is told that it failed, another waits.
                .check("seattle/tcp", "failed", "")
                .place("seattle/tcp", "tls", "inferred")
                .finding("proxy-in-path", "network"),
        ),
        Case::new(
            "tcp-ended-nearby-and-plain-endpoint-dropped",
            "The same, and TCP endpoints speak no TLS: that something accepts proves nothing here.",
            || World {
                hosts: Hosts {
                    dialect: Dialect::PlainCloses,
                    ..Hosts::default()
                },
                ..behind(to_nowhere())
            },
            Expect::only("seattle", "blocked")
                .check("seattle/https", "ok", "")
                .check("seattle/tcp", "failed", "")
                .finding("proxy-in-path", "network")
                .unknowable(Engine::Firefox, ACCEPTED)
                .unknowable(Engine::Chromium, ACCEPTED)
                .unknowable(Engine::WebKit, ACCEPTED),
        ),
    ]
}

/// The endpoint closes on a browser's bytes just as the box does, only sooner.
const ACCEPTED: &str = "the box accepts and closes, and so does the endpoint";

fn portals() -> Vec<Case> {
    vec![
        Case::new(
            "captive-portal",
            "The network wants a sign-in: 443 is refused at the gateway, 80 leads to a page, DNS answers.",
            || before_sign_in(Middlebox::Portal),
            Expect::offline()
                .place("toronto/https", "connect", "inferred").report("sign-in"),
        )
        .core(),
        Case::new(
            "captive-portal-with-certificate",
            "The network wants a sign-in and answers on 443 with a certificate of its own.",
            || before_sign_in(Middlebox::PortalWithCertificate),
            Expect::offline()
                .place("toronto/https", "tls", "confirmed").report("sign-in"),
        ),
    ]
}

fn to_nowhere() -> Middlebox {
    Middlebox::TcpProxy {
        dead: vec![("seattle", Kind::Tcp)],
    }
}

fn behind(middlebox: Middlebox) -> World {
    World {
        middlebox: Some(middlebox),
        ..World::default()
    }
}

/// The page cannot come from outside then.
fn before_sign_in(middlebox: Middlebox) -> World {
    World {
        hosting: Hosting::Loopback,
        ..behind(middlebox)
    }
}
