//! Worlds in which somebody on the agent's side of the world spoils the encryption or the answer of one
//! endpoint, so that it fails here alone.

use reachcheck_model::catalogue::Kind;

use crate::authority::Flaw;
use crate::case::{Case, Expect};
use crate::engine::Engine;
use crate::servers::manner::{HANDSHAKE_FAILURE, Manner, UNRECOGNIZED_NAME};
use crate::world::World;

/// Chromium tries such a handshake again, so that it takes as long as one that is cut.
const CHROMIUM_TRIES_AGAIN: &str =
    "Chromium tries again after this alert or bytes that are not TLS, as after a cut";
/// Why WebKitGTK tells less of a handshake that goes wrong.
pub(super) const WEBKIT_TRIES_ONCE: &str =
    "WebKitGTK tries no handshake again, so whatever goes wrong in it takes two round trips";

/// All of them.
#[must_use]
pub fn cases() -> Vec<Case> {
    let mut cases = certificates();
    cases.extend(refused());
    cases.extend(cut());
    cases.extend(unsteady());
    cases.extend(stalled());
    cases.extend(silent());
    cases
}

/// Toronto's HTTPS endpoint does this to the agent, and answers everybody else. It spoils TLS, unless [`Case::breaks`]
/// says otherwise.
fn here_alone(
    name: &'static str,
    about: &'static str,
    world: fn() -> World,
    code: &'static str,
) -> Case {
    Case::new(
        name,
        about,
        world,
        Expect::only("toronto", "blocked")
            .check("toronto/https", "failed", "confirmed")
            .place("toronto/https", "tls", "inferred")
            .leading(code, "toronto")
            .nothing_else(),
    )
}

/// The same, where a browser waits: no answer is no word of its own.
fn waits_here(mut case: Case, proof: &'static str) -> Case {
    case.expect.checks = vec![("toronto/https", "failed", proof)];
    case
}

fn toronto(manner: Manner) -> World {
    World::default().odd_to_agent("toronto", Kind::Https, manner)
}

impl Case {
    /// At this layer, and with this proof in Firefox.
    fn breaks(mut self, layer: &'static str, proof: &'static str) -> Self {
        self.expect.places.clear();
        self.expect = self.expect.place("toronto/https", layer, proof);
        self
    }

    fn in_engine(mut self, engine: Engine, code: &'static str, why: &'static str) -> Self {
        self.expect = self.expect.leading_in(engine, code, why);
        self
    }
}

fn certificates() -> Vec<Case> {
    let bad = |name, about, world| {
        here_alone(name, about, world, "tls-rejected").breaks("tls", "confirmed")
    };
    vec![
        bad(
            "certificate-untrusted-here",
            "Here Toronto's HTTPS endpoint has a certificate of an authority that nobody knows.",
            || toronto(Manner::Certificate(Flaw::Untrusted)),
        )
        .core(),
        bad(
            "certificate-expired-here",
            "Here Toronto's HTTPS endpoint has a certificate that is over.",
            || toronto(Manner::Certificate(Flaw::Expired)),
        ),
        bad(
            "certificate-for-another-name-here",
            "Here Toronto's HTTPS endpoint has a certificate for another name.",
            || toronto(Manner::Certificate(Flaw::WrongName)),
        ),
    ]
}

fn refused() -> Vec<Case> {
    vec![
        here_alone(
            "tls-alert-name-here",
            "Here Toronto's HTTPS endpoint answers the ClientHello with the alert “unrecognized name”.",
            || toronto(Manner::Alert(UNRECOGNIZED_NAME)),
            "tls-rejected",
        )
        .breaks("tls", "confirmed"),
        here_alone(
            "tls-alert-here",
            "Here Toronto's HTTPS endpoint answers the ClientHello with the alert “handshake failure”.",
            || toronto(Manner::Alert(HANDSHAKE_FAILURE)),
            "tls-rejected",
        )
        .breaks("tls", "confirmed")
        .in_engine(Engine::Chromium, "cut-in-handshake", CHROMIUM_TRIES_AGAIN),
        here_alone(
            "plain-http-here",
            "Here something that speaks HTTP without TLS answers for Toronto's HTTPS endpoint.",
            || toronto(Manner::PlainHttp),
            "tls-rejected",
        )
        .breaks("tls", "confirmed")
        .in_engine(Engine::Chromium, "cut-in-handshake", CHROMIUM_TRIES_AGAIN),
        waits_here(
            here_alone(
                "banner-here",
                "Here something that greets in its own protocol answers for Toronto's HTTPS endpoint.",
                || toronto(Manner::Banner),
                "cut-in-handshake",
            ),
            "",
        )
        .in_engine(
            Engine::Firefox,
            "dropped",
            "Firefox waits for ever for more than a greeting",
        )
        .in_engine(Engine::WebKit, "tls-rejected", WEBKIT_TRIES_ONCE),
    ]
}

fn cut() -> Vec<Case> {
    let cut = |name, about, world| {
        here_alone(name, about, world, "cut-in-handshake").in_engine(
            Engine::WebKit,
            "tls-rejected",
            WEBKIT_TRIES_ONCE,
        )
    };
    vec![
        cut(
            "closes-here",
            "Here Toronto's HTTPS endpoint closes every connection at once.",
            || toronto(Manner::Closes),
        ),
        cut(
            "closes-on-hello-here",
            "Here Toronto's HTTPS endpoint closes on the ClientHello.",
            || toronto(Manner::ClosesOnHello),
        )
        .core(),
        cut(
            "resets-on-hello-here",
            "Here Toronto's HTTPS endpoint resets the connection on the ClientHello.",
            || toronto(Manner::ResetsOnHello),
        ),
        here_alone(
            "closes-after-tls-here",
            "Here Toronto's HTTPS endpoint agrees on TLS and closes on the request.",
            || toronto(Manner::ClosesAfterTls),
            "closed-after-tls",
        )
        .breaks("http", "confirmed")
        .core(),
    ]
}

fn unsteady() -> Vec<Case> {
    vec![
        Case::new(
            "unsteady-here",
            "Toronto's HTTPS endpoint closes on every second request of the agent, and answers the others.",
            || toronto(Manner::Unsteady),
            Expect::only("toronto", "degraded")
                .check("toronto/https", "ok", "inferred")
                .leading("unsteady", "toronto")
                .nothing_else(),
        )
        .core(),
    ]
}

fn stalled() -> Vec<Case> {
    vec![
        Case::new(
            "answers-then-stalls-here",
            "Of the answers of Toronto's HTTPS endpoint the agent gets 2,000 bytes, and nothing more.",
            || toronto(Manner::Stalls(2_000)),
            Expect::only("toronto", "degraded")
                .leading("answers-then-stalls", "toronto")
                .also("degraded", "blocked", "Firefox hands over no answer before its end")
                .blind(Engine::Chromium, "Chromium hands over an answer whose end it does not show")
                .nothing_else(),
        )
        .core(),
    ]
}

fn silent() -> Vec<Case> {
    let silent =
        |name, about, world| waits_here(here_alone(name, about, world, "dropped"), "inferred");
    vec![
        silent(
            "silent-here",
            "Here Toronto's HTTPS endpoint accepts and never says a word.",
            || toronto(Manner::Silent),
        ),
        silent(
            "silent-after-tls-here",
            "Here Toronto's HTTPS endpoint agrees on TLS and never answers a request.",
            || toronto(Manner::SilentAfterTls),
        )
        .breaks("http", "inferred"),
    ]
}
