//! The relay: what it says to the challenge, and on which sockets it says anything.

use reachcheck_lab::reverse_proxy::ReverseProxy;
use reachcheck_lab::world::RelayState;
use reachcheck_model::environment::BrowserFamily;
use reachcheck_model::observation::{Answer, Outcome, Phases, Timing};
use reachcheck_wire::{
    CLOSE_BUSY, Challenge, Consistency, ControlsReport, Saw, TlsFacts, deadline,
};

use crate::browser::Browser;
use crate::engine::{family, ipv6_fallback_ms};
use crate::noise::Trips;
use crate::scene::{Relay, Scene};

mod dial;
mod talk;

pub use dial::dial;
pub use talk::Talk;

/// This computer's clock when a run begins, in milliseconds since 1970.
pub const NOW_UNIX_MS: f64 = 1_795_500_000_000.0;

/// What a connection that is closed as it opens takes to be closed, in milliseconds.
pub const AT_ONCE_MS: f64 = 3.0;

/// Whether its WebSockets open at all.
#[must_use]
pub fn takes_sockets(scene: &Scene) -> bool {
    let Some(relay) = &scene.relay else {
        return false;
    };
    !matches!(relay.front, Some(ReverseProxy::TurnsDown(_)))
        && relay.state != RelayState::ForAnotherOrigin
}

/// How long a socket stays open whatever is said on it, in milliseconds, and the code that it is closed with.
#[must_use]
pub fn closes_after_ms(scene: &Scene) -> Option<(f64, u16)> {
    let relay = scene.relay.as_ref()?;
    if relay.state == RelayState::Busy {
        return Some((AT_ONCE_MS, CLOSE_BUSY));
    }
    match relay.front {
        Some(ReverseProxy::ClosesAfter(ms)) => {
            let ms = f64::from(u32::try_from(ms).unwrap_or(u32::MAX));
            Some((ms.max(AT_ONCE_MS), 1006))
        }
        _ => None,
    }
}

/// By how much its clock is ahead of this computer's, in milliseconds.
#[must_use]
pub fn ahead_ms(scene: &Scene) -> f64 {
    match scene.relay.as_ref().map(|relay| relay.state) {
        Some(RelayState::Ahead(hours)) => 3_600_000.0 * f64::from(hours),
        _ => 0.0,
    }
}

/// This computer's clock beside another that is ahead, once `ms` have passed since `now`, and counts such steps.
#[must_use]
pub fn clock(ms: f64, now: f64, ahead_ms: f64, step_ms: f64) -> Outcome {
    let local_unix_ms = NOW_UNIX_MS + now + ms;
    let remote_unix_ms = ((local_unix_ms + ahead_ms) / step_ms).floor() * step_ms;
    Outcome::Answered {
        ms,
        answer: Answer::Clock {
            local_unix_ms,
            remote_unix_ms,
        },
    }
}

/// What it says to the challenge, at this time of the run's clock.
#[must_use]
pub fn challenge(browser: &Browser<'_>, at: f64) -> Challenge {
    let scene = browser.scene;
    let relay = scene.relay.as_ref();
    let state = relay.map_or(RelayState::Well, |relay| relay.state);
    Challenge {
        nonce: "simulated".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        origin_allowed: state != RelayState::ForAnotherOrigin,
        busy: state == RelayState::Busy,
        outside: relay.is_some_and(|relay| !relay.is_loopback),
        ports: relay.map_or_else(Vec::new, |relay| relay.ports.clone()),
        plain: relay.is_some_and(ends_tls),
        saw: saw(browser, browser.address(), at),
    }
}

/// Whether TLS ends at the relay itself.
const fn ends_tls(relay: &Relay) -> bool {
    relay.front.is_none() && !relay.is_loopback
}

/// What it sees of a request that came from this address.
pub(crate) fn saw(browser: &Browser<'_>, address: String, at: f64) -> Saw {
    let scene = browser.scene;
    let is_direct = scene.relay.as_ref().is_some_and(ends_tls);
    let tls = is_direct.then(|| TlsFacts {
        ja4: String::new(),
        consistency: match family(browser.engine) {
            BrowserFamily::Chromium | BrowserFamily::Firefox => Consistency::Consistent,
            BrowserFamily::WebKit | BrowserFamily::Other => Consistency::Unknown,
        },
    });
    let unix_ms = NOW_UNIX_MS + at + ahead_ms(scene);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "milliseconds since 1970"
    )]
    let unix_ms = unix_ms as u64;
    Saw {
        address: match is_direct {
            true => address,
            false => "127.0.0.1".to_owned(),
        },
        forwarded: Vec::new(),
        tls,
        unix_ms,
    }
}

/// Its controls, and how long it takes to ask them, in milliseconds.
#[must_use]
pub fn controls(scene: &Scene) -> (ControlsReport, f64) {
    let relay = scene.relay.as_ref();
    let is_lost = relay.is_some_and(|relay| relay.has_lost_its_way);
    let (answered, takes_ms) = match is_lost {
        true => (0, f64::from(deadline::RESOLVE_MS)),
        false => (1, 0.0),
    };
    let report = ControlsReport {
        answered,
        configured: 1,
    };
    (report, takes_ms)
}

/// What the browser timed of the page and of the relay's challenge.
pub(crate) fn timing(browser: &mut Browser<'_>, has_relay: bool, warm_ms: Option<f64>) -> Timing {
    let scene = browser.scene;
    if scene.page.is_loopback {
        let at_once = at_once();
        return Timing {
            page: Some(at_once.clone()),
            relay: has_relay.then_some(at_once),
            earlier: None,
            warm_ms,
        };
    }
    let Some((relay, page)) = browser.residuals.phases(&mut browser.rng) else {
        return Timing {
            warm_ms,
            ..Timing::default()
        };
    };
    let late_ms = match scene.ipv6_is_dead {
        true => ipv6_fallback_ms(browser.engine),
        false => 0.0,
    };
    let trips = Trips {
        // The page's name was known when it was asked for, the relay's was not.
        lookup_ms: browser.lookups_ms(1),
        tcp_ms: browser.trips_ms(false, 1) + late_ms,
        tls_ms: browser.trip_ms(false),
        request_ms: browser.trip_ms(false),
    };
    let of_page = Trips {
        lookup_ms: 0.0,
        ..trips
    };
    Timing {
        page: page.as_ref().map(|page| page.at(&of_page)),
        relay: has_relay.then(|| relay.at(&trips)),
        earlier: None,
        warm_ms,
    }
}

/// On this very computer, without TLS, on a connection that stood: as recorded.
fn at_once() -> Phases {
    Phases {
        lookup_start: 0.0,
        lookup_end: 0.0,
        connect_start: 0.0,
        secure_start: None,
        connect_end: 0.0,
        request_start: 2.0,
        response_start: 5.0,
        response_end: 6.0,
        protocol: "http/1.1".to_owned(),
    }
}
