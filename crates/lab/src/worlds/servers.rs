//! Worlds in which an endpoint itself is in trouble, for everybody, or does what looks like it.

use reachcheck_model::catalogue::Kind;

use super::EQUALLY_FAR;
use crate::authority::Flaw;
use crate::case::{Case, Expect};
use crate::engine::Engine;
use crate::servers::manner::{HANDSHAKE_FAILURE, Manner};
use crate::world::World;

/// All of them.
#[must_use]
pub fn cases() -> Vec<Case> {
    let mut cases = down();
    cases.extend(broken_for_everybody());
    cases.extend(well_in_its_own_way());
    cases.extend(tcp_in_its_own_way());
    cases
}

fn down() -> Vec<Case> {
    vec![
        Case::new(
            "servers-off-for-everybody",
            "Virginia's servers are off.",
            || World::default().off("virginia"),
            Expect::only("virginia", "down")
                .check("virginia/https", "failed", "inferred")
                .place("virginia/https", "connect", "inferred")
                .leading("service-down", "virginia")
                .nothing_else(),
        )
        .core(),
        Case::new(
            "all-servers-off",
            "The servers of every region are off; page, relay and control answer.",
            || {
                World::default()
                    .off("toronto")
                    .off("virginia")
                    .off("seattle")
                    .off("virginia-seattle")
            },
            Expect::every("down")
                .check("network/internet", "ok", "confirmed")
                .leading("service-down", "toronto"),
        ),
    ]
}

/// Toronto's HTTPS endpoint does this to everybody, and nobody's network is to blame.
fn for_everybody(
    name: &'static str,
    about: &'static str,
    world: fn() -> World,
    (layer, proof): (&'static str, &'static str),
) -> Case {
    Case::new(
        name,
        about,
        world,
        Expect::only("toronto", "down")
            .check("toronto/https", "failed", "inferred")
            .place("toronto/https", layer, proof)
            .leading("service-down", "toronto")
            .nothing_else(),
    )
}

/// An endpoint that shows no certificate to anybody, and engines that show no sign of having been connected.
fn without_certificate(mut case: Case, no_sign: &[Engine]) -> Case {
    const WHY: &str = "the relay saw no certificate, which may be for its own TLS, and the page has no sign that this browser was connected";
    for engine in no_sign {
        case.expect = case.expect.unknowable(*engine, WHY);
    }
    // There it is said how it failed here, instead.
    case.expect.exact = false;
    case
}

/// Chromium has WebRTC, and Firefox a WebSocket, which tells nothing while it waits.
const WEBKIT_HAS_NO_SIGN: &[Engine] = &[Engine::WebKit];

/// Where they break, and how sure Firefox is of it.
const SAID_TLS: (&str, &str) = ("tls", "confirmed");
const TLS: (&str, &str) = ("tls", "inferred");

fn toronto(manner: Manner) -> World {
    World::default().odd("toronto", Kind::Https, manner)
}

fn broken_for_everybody() -> Vec<Case> {
    vec![
        for_everybody(
            "certificate-expired-for-everybody",
            "The certificate of Toronto's HTTPS endpoint is over.",
            || toronto(Manner::Certificate(Flaw::Expired)),
            SAID_TLS,
        )
        .core(),
        for_everybody(
            "certificate-untrusted-for-everybody",
            "The certificate of Toronto's HTTPS endpoint is of an authority that nobody knows.",
            || toronto(Manner::Certificate(Flaw::Untrusted)),
            SAID_TLS,
        ),
        for_everybody(
            "certificate-self-signed-for-everybody",
            "The certificate of Toronto's HTTPS endpoint is signed by itself.",
            || toronto(Manner::Certificate(Flaw::SelfSigned)),
            SAID_TLS,
        ),
        for_everybody(
            "certificate-not-yet-valid-for-everybody",
            "The certificate of Toronto's HTTPS endpoint has not begun.",
            || toronto(Manner::Certificate(Flaw::NotYetValid)),
            SAID_TLS,
        ),
        for_everybody(
            "certificate-for-another-name",
            "The certificate of Toronto's HTTPS endpoint is for another name.",
            || toronto(Manner::Certificate(Flaw::WrongName)),
            SAID_TLS,
        ),
        without_certificate(
            for_everybody(
                "tls-alert-for-everybody",
                "Toronto's HTTPS endpoint answers every ClientHello with an alert.",
                || toronto(Manner::Alert(HANDSHAKE_FAILURE)),
                SAID_TLS,
            ),
            WEBKIT_HAS_NO_SIGN,
        ),
        without_certificate(
            for_everybody(
                "plain-http-on-443-for-everybody",
                "Toronto's HTTPS endpoint speaks HTTP without TLS.",
                || toronto(Manner::PlainHttp),
                SAID_TLS,
            ),
            WEBKIT_HAS_NO_SIGN,
        ),
        without_certificate(
            for_everybody(
                "banner-on-443-for-everybody",
                "Toronto's HTTPS endpoint greets in a protocol of its own.",
                || toronto(Manner::Banner),
                TLS,
            ),
            &Engine::ALL,
        ),
        without_certificate(
            for_everybody(
                "closes-for-everybody",
                "Toronto's HTTPS endpoint closes every connection at once.",
                || toronto(Manner::Closes),
                TLS,
            ),
            WEBKIT_HAS_NO_SIGN,
        ),
        without_certificate(
            for_everybody(
                "silent-for-everybody",
                "Toronto's HTTPS endpoint accepts and never says a word.",
                || toronto(Manner::Silent),
                TLS,
            ),
            &Engine::ALL,
        ),
        for_everybody(
            "silent-after-tls-for-everybody",
            "Toronto's HTTPS endpoint agrees on TLS and never answers a request.",
            || toronto(Manner::SilentAfterTls),
            ("http", "inferred"),
        ),
        for_everybody(
            "closes-after-tls-for-everybody",
            "Toronto's HTTPS endpoint agrees on TLS and closes on the request.",
            || toronto(Manner::ClosesAfterTls),
            ("http", "confirmed"),
        ),
    ]
}

/// What an HTTPS endpoint answers is its own affair, as long as it does.
fn well_in_its_own_way() -> Vec<Case> {
    let well = |name, about, world| Case::new(name, about, world, Expect::all_well());
    vec![
        well(
            "http-403",
            "Toronto's HTTPS endpoint answers 403 to a bare GET.",
            || toronto(Manner::Status(403)),
        ),
        well(
            "http-404",
            "Toronto's HTTPS endpoint answers 404 to a bare GET.",
            || toronto(Manner::Status(404)),
        ),
        well(
            "http-500",
            "Toronto's HTTPS endpoint answers 500 to a bare GET, as a web service without a question does.",
            || toronto(Manner::Status(500)),
        )
        .core(),
        well(
            "http-redirect",
            "Toronto's HTTPS endpoint redirects to another host that answers.",
            || toronto(Manner::Redirect("https://control.example/".to_owned())),
        ),
        Case::new(
            "slow-for-five-seconds",
            "Toronto's HTTPS endpoint takes 5 s for each answer.",
            || toronto(Manner::Slow(5000)),
            Expect::only("toronto", "degraded").leading("slow", "toronto"),
        ),
        Case::new(
            "slow-for-twelve-seconds",
            "Toronto's HTTPS endpoint takes 12 s for each answer, longer than page and relay wait.",
            || toronto(Manner::Slow(12_000)),
            Expect::only("toronto", "down")
                .leading("service-down", "toronto")
                .late(Expect::only("toronto", "degraded").leading("slow-at-first", "toronto")),
        )
        .core(),
    ]
}

/// What the TCP endpoint speaks is not known: behaving here as it does from outside is all it owes.
fn tcp_in_its_own_way() -> Vec<Case> {
    let well = |name, about, world| {
        Case::new(
            name,
            about,
            world,
            // Confirmed where WebRTC proves TCP.
            Expect::all_well()
                .check("seattle/tcp", "ok", "")
                .unknowable(Engine::WebKit, EQUALLY_FAR),
        )
    };
    fn seattle(manner: Manner) -> World {
        World::default().odd("seattle", Kind::Tcp, manner)
    }
    vec![
        well(
            "tcp-own-authority",
            "Seattle's TCP endpoint shows a certificate of its own authority, which only its client knows.",
            || seattle(Manner::Certificate(Flaw::Untrusted)),
        ),
        well(
            "tcp-alert",
            "Seattle's TCP endpoint answers a browser's ClientHello with an alert.",
            || seattle(Manner::Alert(HANDSHAKE_FAILURE)),
        ),
        Case::new(
            "tcp-greets",
            "Seattle's TCP endpoint speaks first, in its own protocol, and stays.",
            || seattle(Manner::Banner),
            Expect::all_well()
                .check("seattle/tcp", "ok", "")
                .unknowable(Engine::WebKit, EQUALLY_FAR)
                .unknowable(
                    Engine::Firefox,
                    "Firefox waits for ever for more than a greeting, as it waits where everything is dropped",
                ),
        )
        .core(),
        well(
            "tcp-resets-on-hello",
            "Seattle's TCP endpoint resets what is not its own protocol.",
            || seattle(Manner::ResetsOnHello),
        ),
    ]
}
