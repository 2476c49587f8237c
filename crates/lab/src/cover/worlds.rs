//! Worlds that the cover has beside the named ones: each class of failure at a TCP and at an HTTPS endpoint, two classes
//! at once where each has a region of its own, so that a cell meets both.

use reachcheck_model::catalogue::Kind;

use crate::authority::Flaw;
use crate::browser::Engine;
use crate::case::{Case, Expect};
use crate::fault::{By, Fault, With};
use crate::names::DnsOverride;
use crate::servers::manner::Manner;
use crate::world::World;

/// All of them.
#[must_use]
pub fn cases() -> Vec<Case> {
    let mut cases = refused();
    cases.extend(two_here());
    cases.extend(for_everybody());
    cases
}

fn refused() -> Vec<Case> {
    vec![
        Case::new(
            "tcp-refused-nearby",
            "The gateway answers the SYN to Seattle's TCP endpoint with a RST.",
            || World::with(Fault::RefusesEndpoint("seattle", Kind::Tcp)),
            Expect::only("seattle", "blocked")
                .check("seattle/https", "ok", "")
                .check("seattle/tcp", "failed", "")
                .leading("refused-nearby", "seattle"),
        ),
        Case::new(
            "https-refused-far",
            "The far end answers the agent's SYN to Toronto's HTTPS endpoint with a RST.",
            || World::with(Fault::RefusesEndpointFar("toronto", Kind::Https)),
            Expect::only("toronto", "blocked")
                .check("toronto/https", "failed", "confirmed")
                .check("toronto/tcp", "ok", "")
                .leading("refused-far", "toronto"),
        ),
    ]
}

/// Toronto's HTTPS and Seattle's TCP endpoint fail here alone.
fn both_blocked() -> Expect {
    both_failed("confirmed")
}

/// The same with this proof that Toronto's HTTPS endpoint fails: a deadline that ran out is none until the browser itself
/// has given up.
fn both_failed(proof: &'static str) -> Expect {
    Expect::only("seattle", "blocked")
        .region("toronto", "blocked")
        .check("toronto/https", "failed", proof)
        .check("seattle/tcp", "failed", "")
}

/// Both words say that a handshake went wrong, and how often a browser tries it again decides which.
const RETRIES: &str = "which handshakes are tried again, and how often, is each browser's affair";
/// A server close by answers as soon as a firewall close by.
const NAME_NEAR: &str = "the name server close by answers as soon as whatever else is close by, and by whatever tells \
                         that a lookup failed more may be known";

fn two_here() -> Vec<Case> {
    let refused_name = |expect: Expect, region| {
        expect
            .finding("refused-nearby", region)
            .also("refused-nearby", "not-resolved", NAME_NEAR)
    };
    vec![
        Case::new(
            "tcp-dropped-and-https-cut",
            "The gateway drops Seattle's TCP endpoint; here Toronto's HTTPS endpoint closes on the ClientHello.",
            || {
                World::with(Fault::DropsEndpoint("seattle", Kind::Tcp)).odd_to_agent(
                    "toronto",
                    Kind::Https,
                    Manner::ClosesOnHello,
                )
            },
            both_blocked()
                .finding("dropped", "seattle")
                .finding("cut-in-handshake", "toronto"),
        ),
        Case::new(
            "https-dropped-and-tcp-cut",
            "The gateway drops Toronto's HTTPS endpoint, and resets Seattle's TCP endpoint at the ClientHello.",
            || {
                World::with(Fault::DropsEndpoint("toronto", Kind::Https))
                    .and(Fault::ResetsOnHello("seattle", Kind::Tcp))
            },
            both_failed("inferred")
                .finding("dropped", "toronto")
                .finding("cut-in-handshake", "seattle")
                .also("cut-in-handshake", "tls-rejected", RETRIES),
        ),
        Case::new(
            "tcp-untrusted-and-https-unnamed",
            "Here Seattle's TCP endpoint has a certificate of nobody's, and Toronto's HTTPS endpoint has no name.",
            || {
                World::default()
                    .odd_to_agent("seattle", Kind::Tcp, Manner::Certificate(Flaw::Untrusted))
                    .told("toronto", Kind::Https, DnsOverride::NxDomain)
            },
            refused_name(both_blocked().finding("tls-rejected", "seattle"), "toronto"),
        ),
        Case::new(
            "https-untrusted-and-tcp-unnamed",
            "Here Toronto's HTTPS endpoint has a certificate of nobody's, and Seattle's TCP endpoint has no name.",
            || {
                World::default()
                    .odd_to_agent("toronto", Kind::Https, Manner::Certificate(Flaw::Untrusted))
                    .told("seattle", Kind::Tcp, DnsOverride::NxDomain)
            },
            refused_name(both_blocked().finding("tls-rejected", "toronto"), "seattle"),
        ),
    ]
}

/// What fails at the endpoints themselves, for whoever asks another to connect for him.
fn for_everybody() -> Vec<Case> {
    vec![
        Case::new(
            "https-cut-and-tcp-dropped-for-everybody",
            "Toronto's HTTPS endpoint closes on every ClientHello, and what goes to Seattle's TCP endpoint vanishes.",
            || {
                World::with(Fault::Turns(
                    "seattle",
                    Kind::Tcp,
                    By::FarForAll,
                    With::Silence,
                ))
                .odd("toronto", Kind::Https, Manner::ClosesOnHello)
            },
            Expect::only("seattle", "down")
                .region("toronto", "down")
                .finding("service-down", "toronto")
                .finding("service-down", "seattle")
                .unknowable(
                    Engine::WebKit,
                    "WebKitGTK gives a proxy's refusal to the page as an opaque answer",
                ),
        ),
        Case::new(
            "https-untrusted-for-everybody-and-tcp-unnamed",
            "Toronto's HTTPS endpoint has a certificate of nobody's; the agent is told no name of Seattle's TCP endpoint.",
            || {
                World::default()
                    .odd("toronto", Kind::Https, Manner::Certificate(Flaw::Untrusted))
                    .told("seattle", Kind::Tcp, DnsOverride::NxDomain)
            },
            Expect::only("seattle", "blocked")
                .region("toronto", "down")
                .check("toronto/https", "failed", "")
                .finding("service-down", "toronto"),
        ),
    ]
}
