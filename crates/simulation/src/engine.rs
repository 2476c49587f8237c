//! What each engine makes of a connection that comes to nothing: how many round trips it takes, how often it is tried,
//! and what the page is told. The tables of docs/browsers.md, sections 1.2, 3 and 8, and the lab's recordings.

use reachcheck_lab::engine::Engine;
use reachcheck_lab::servers::manner::UNRECOGNIZED_NAME;
use reachcheck_model::environment::BrowserFamily;

use crate::reaction::Reaction;

/// The kind of attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// `fetch`, and images.
    Fetch,
    /// A WebSocket.
    Socket,
}

/// How an attempt ends at a place that has accepted the connection, or would.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shown {
    /// It fails after so many tries of so many round trips, each on a new connection.
    Fails {
        /// Round trips of a try.
        trips: u32,
        /// Tries.
        tries: u32,
        /// Whether TLS stood by then.
        after_tls: bool,
        /// The close code of a WebSocket.
        code: u16,
    },
    /// The browser gives it up after so many milliseconds; `INFINITY` where nobody saw it do so.
    GivesUp(f64),
}

/// The close code of a WebSocket that failed (RFC 6455 section 7.4.1), and Firefox's for a failed TLS handshake.
const ABNORMAL: u16 = 1006;
const TLS_HANDSHAKE: u16 = 1015;
/// How often Firefox makes a `fetch` whose connection was closed or reset (docs/browsers.md section 3).
const FIREFOX_TRIES: u32 = 10;

const fn fails(trips: u32, tries: u32) -> Shown {
    Shown::Fails {
        trips,
        tries,
        after_tls: false,
        code: ABNORMAL,
    }
}

const fn after_tls(tries: u32) -> Shown {
    Shown::Fails {
        trips: 3,
        tries,
        after_tls: true,
        code: ABNORMAL,
    }
}

/// How an engine shows a place that takes connections and then fails; `None` where it answers, or never gets there.
#[must_use]
pub const fn shown(engine: Engine, way: Way, reaction: Reaction) -> Option<Shown> {
    let shown = match reaction {
        Reaction::Answers(_)
        | Reaction::Unsteady
        | Reaction::Refuses(_)
        | Reaction::Drops
        | Reaction::NoName(_)
        | Reaction::NoNetwork => return None,
        Reaction::SilentAtHello => Shown::GivesUp(gives_up_handshake_ms(engine, way)),
        Reaction::SilentAfterTls => Shown::GivesUp(match (engine, way) {
            (Engine::Chromium, Way::Socket) => 240_000.0,
            (Engine::Firefox, Way::Socket) => FIREFOX_SOCKET_MS,
            _ => f64::INFINITY,
        }),
        _ => match engine {
            Engine::Chromium => in_chromium(reaction),
            Engine::Firefox => in_firefox(way, reaction),
            Engine::WebKit => in_webkit(reaction),
        },
    };
    Some(shown)
}

/// Chromium repeats a failed handshake once, except for a certificate or the alert that names it.
const fn in_chromium(reaction: Reaction) -> Shown {
    match reaction {
        Reaction::ResetsHelloNearby => fails(1, 2),
        Reaction::BadCertificate(_) | Reaction::Alert(UNRECOGNIZED_NAME) => fails(2, 1),
        Reaction::ClosesAfterTls => after_tls(1),
        _ => fails(2, 2),
    }
}

const fn in_firefox(way: Way, reaction: Reaction) -> Shown {
    let tries = match way {
        Way::Fetch => FIREFOX_TRIES,
        // Not on the first WebSocket of a page.
        Way::Socket => 1,
    };
    match reaction {
        Reaction::ResetsHelloNearby => fails(1, tries),
        Reaction::ClosesAtHello | Reaction::ResetsAtHello | Reaction::AnswersAndCloses => {
            fails(2, tries)
        }
        Reaction::ClosesAfterTls => after_tls(tries),
        // It waits for more than a greeting.
        Reaction::Greets => Shown::GivesUp(match way {
            Way::Fetch => f64::INFINITY,
            Way::Socket => FIREFOX_SOCKET_MS,
        }),
        _ => Shown::Fails {
            trips: 2,
            tries: 1,
            after_tls: false,
            code: TLS_HANDSHAKE,
        },
    }
}

const fn in_webkit(reaction: Reaction) -> Shown {
    match reaction {
        Reaction::ResetsHelloNearby => fails(1, 1),
        Reaction::ClosesAfterTls => after_tls(1),
        _ => fails(2, 1),
    }
}

/// Firefox gives every WebSocket this long (milliseconds).
const FIREFOX_SOCKET_MS: f64 = 20_100.0;

const fn gives_up_handshake_ms(engine: Engine, way: Way) -> f64 {
    match (engine, way) {
        (Engine::Chromium, _) => 30_200.0,
        (Engine::Firefox, Way::Fetch) => 31_200.0,
        (Engine::Firefox, Way::Socket) => FIREFOX_SOCKET_MS,
        (Engine::WebKit, _) => 120_000.0,
    }
}

/// When an engine gives up a SYN that is not answered, unless the system does so before (milliseconds).
#[must_use]
pub const fn gives_up_syn_ms(engine: Engine, way: Way) -> f64 {
    match (engine, way) {
        (Engine::Chromium, _) => 240_000.0,
        (Engine::Firefox, Way::Fetch) => 90_400.0,
        (Engine::Firefox, Way::Socket) => FIREFOX_SOCKET_MS,
        (Engine::WebKit, _) => f64::INFINITY,
    }
}

/// By how much a first connection is late where IPv6 is tried first and leads nowhere, in milliseconds: 290 in Chromium
/// as recorded, 260 and 450 in the others (docs/browsers.md section 3).
#[must_use]
pub const fn ipv6_fallback_ms(engine: Engine) -> f64 {
    match engine {
        Engine::Chromium => 290.0,
        Engine::Firefox => 260.0,
        Engine::WebKit => 450.0,
    }
}

/// The step of the clock that a page reads, in milliseconds (docs/browsers.md section 3).
#[must_use]
pub const fn clock_step_ms(engine: Engine) -> f64 {
    match engine {
        Engine::Chromium => 0.1,
        Engine::Firefox | Engine::WebKit => 1.0,
    }
}

/// The family by which the machine knows an engine.
#[must_use]
pub const fn family(engine: Engine) -> BrowserFamily {
    match engine {
        Engine::Chromium => BrowserFamily::Chromium,
        Engine::Firefox => BrowserFamily::Firefox,
        Engine::WebKit => BrowserFamily::WebKit,
    }
}
