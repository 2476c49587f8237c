//! What TCP endpoints may speak: the dialects of their own kind, and the manners that a healthy one may have. Nobody
//! knows what the service's speak, so every class of failure is met at each.

use reachcheck_model::catalogue::Kind;

use crate::authority::Flaw;
use crate::browser::Engine;
use crate::case::{Expect, regions};
use crate::servers::manner::{HANDSHAKE_FAILURE, Manner};
use crate::servers::{Dialect, Odd};
use crate::under::Condition;
use crate::world::World;

use super::class::Class;

/// What every TCP endpoint of a cell speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Speech {
    /// TLS, and an HTTP answer.
    TlsAnswers,
    /// TLS, then it closes on a request.
    TlsCloses,
    /// TLS, then never a word.
    TlsSilent,
    /// TLS under a certificate of an authority that only its client knows.
    OwnAuthority,
    /// A TLS alert to a browser's ClientHello.
    Alerts,
    /// No TLS; it closes on a ClientHello.
    PlainCloses,
    /// No TLS; it resets on a ClientHello.
    PlainResets,
    /// No TLS; it answers a ClientHello in its own protocol, and closes.
    PlainAnswers,
    /// No TLS; it waits.
    PlainWaits,
    /// No TLS; it speaks first, and stays.
    Greets,
}

/// Why Chromium does not tell an alert from a handshake that goes wrong otherwise.
const ONE_ALERT: &str = "the relay does not say which alert came, and there is one after which Chromium does not try again, \
                         so that two round trips may be the endpoint's own";

impl Speech {
    /// Every one.
    pub const ALL: [Self; 10] = [
        Self::TlsAnswers,
        Self::TlsCloses,
        Self::TlsSilent,
        Self::OwnAuthority,
        Self::Alerts,
        Self::PlainCloses,
        Self::PlainResets,
        Self::PlainAnswers,
        Self::PlainWaits,
        Self::Greets,
    ];

    /// That of a region's TCP endpoint in a world, where it is one that a healthy endpoint may have.
    #[must_use]
    pub fn of(world: &World, region: &str) -> Option<Self> {
        let is_its = |odd: &&Odd| !odd.is_https && !odd.for_agent_alone && odd.region == region;
        let Some(odd) = world.hosts.odd.iter().find(is_its) else {
            return Some(match world.hosts.dialect {
                Dialect::TlsHttp => Self::TlsAnswers,
                Dialect::TlsCloses => Self::TlsCloses,
                Dialect::PlainCloses => Self::PlainCloses,
                Dialect::PlainAnswers => Self::PlainAnswers,
                Dialect::PlainWaits => Self::PlainWaits,
            });
        };
        match odd.manner {
            Manner::Status(_)
            | Manner::Redirect(_)
            | Manner::Slow(_)
            | Manner::Stalls(_)
            | Manner::Upgrade(_)
            | Manner::Unsteady => Some(Self::TlsAnswers),
            Manner::Certificate(Flaw::Untrusted) => Some(Self::OwnAuthority),
            // A certificate that its own client would turn down as well.
            Manner::Certificate(_) => None,
            Manner::Alert(_) => Some(Self::Alerts),
            Manner::PlainHttp => Some(Self::PlainAnswers),
            Manner::Banner => Some(Self::Greets),
            Manner::Closes | Manner::ClosesOnHello => Some(Self::PlainCloses),
            Manner::ResetsOnHello => Some(Self::PlainResets),
            Manner::Silent => Some(Self::PlainWaits),
            Manner::SilentAfterTls => Some(Self::TlsSilent),
            Manner::ClosesAfterTls => Some(Self::TlsCloses),
        }
    }

    /// As a condition, so that a world can be put under it.
    #[must_use]
    pub fn condition(self) -> Condition {
        let (name, about, put): (_, _, fn(&mut World)) = match self {
            Self::TlsAnswers => (
                "tcp-tls-answers",
                "TCP endpoints speak TLS and answer HTTP.",
                |world| world.hosts.dialect = Dialect::TlsHttp,
            ),
            Self::TlsCloses => (
                "tcp-tls-closes",
                "TCP endpoints speak TLS and close on a request.",
                |world| world.hosts.dialect = Dialect::TlsCloses,
            ),
            Self::TlsSilent => (
                "tcp-tls-silent",
                "TCP endpoints speak TLS and never answer a request.",
                |world| everywhere(world, &Manner::SilentAfterTls),
            ),
            Self::OwnAuthority => (
                "tcp-own-authority",
                "TCP endpoints show certificates of an authority that only their client knows.",
                |world| everywhere(world, &Manner::Certificate(Flaw::Untrusted)),
            ),
            Self::Alerts => (
                "tcp-alerts",
                "TCP endpoints answer a browser's ClientHello with an alert.",
                |world| everywhere(world, &Manner::Alert(HANDSHAKE_FAILURE)),
            ),
            Self::PlainCloses => (
                "tcp-plain-closes",
                "TCP endpoints speak no TLS and close on a ClientHello.",
                |world| world.hosts.dialect = Dialect::PlainCloses,
            ),
            Self::PlainResets => (
                "tcp-plain-resets",
                "TCP endpoints speak no TLS and reset on a ClientHello.",
                |world| everywhere(world, &Manner::ResetsOnHello),
            ),
            Self::PlainAnswers => (
                "tcp-plain-answers",
                "TCP endpoints speak no TLS, answer in their own protocol, and close.",
                |world| world.hosts.dialect = Dialect::PlainAnswers,
            ),
            Self::PlainWaits => (
                "tcp-plain-waits",
                "TCP endpoints speak no TLS and wait in silence.",
                |world| world.hosts.dialect = Dialect::PlainWaits,
            ),
            Self::Greets => (
                "tcp-greets",
                "TCP endpoints speak first, in their own protocol, and stay.",
                |world| everywhere(world, &Manner::Banner),
            ),
        };
        Condition { name, about, put }
    }

    /// What a world expects, where its TCP endpoints speak this: proofs are the dialect's matter, and of some dialects
    /// a browser cannot know that they are well.
    #[must_use]
    pub fn expected(self, mut expect: Expect) -> Expect {
        for (name, _, proof) in &mut expect.checks {
            if name.ends_with("/tcp") {
                *proof = "";
            }
        }
        match self {
            Self::TlsAnswers
            | Self::TlsCloses
            | Self::OwnAuthority
            | Self::Alerts
            | Self::PlainCloses
            | Self::PlainResets
            | Self::PlainAnswers => expect,
            Self::PlainWaits => unknown_where_well(expect),
            Self::TlsSilent => {
                let expect = unknown_where_well(expect);
                expect
                    .also("unknown", "reachable", TLS_STOOD)
                    .also("unknown", "ok", TLS_STOOD)
            }
            Self::Greets => expect.unknowable(
                Engine::Firefox,
                "Firefox waits for ever for more than a greeting, as it waits where everything is dropped",
            ),
        }
    }

    /// What no browser, or not this one, can tell of a class of failure at such an endpoint.
    #[must_use]
    pub fn hides(self, class: Class, expect: Expect) -> Expect {
        match (self, class) {
            (Self::PlainWaits | Self::TlsSilent, Class::Dropped) => expect.unknowable_anywhere(
                "an endpoint that says nothing and one whose packets vanish are both silent",
            ),
            (Self::OwnAuthority, Class::Certificate) => blind_anywhere(
                expect,
                "a browser turns down the endpoint's own certificate as it turns down another one",
            ),
            (Self::PlainResets, Class::Cut) => {
                blind_anywhere(expect, "the endpoint resets a browser's ClientHello itself")
            }
            (Self::OwnAuthority, Class::Cut) => expect.blind(
                Engine::Chromium,
                "Chromium tries a hello that is reset once more, so that it takes the two round trips of the certificate \
                 that it turns down",
            ),
            (Self::Alerts, Class::Cut) => expect.unknowable(Engine::Chromium, ONE_ALERT),
            (Self::Alerts, Class::Certificate) => {
                expect.unknowable(Engine::Chromium, ONE_ALERT).blind(
                    Engine::Firefox,
                    "Firefox tries neither again, so that both take two round trips",
                )
            }
            (Self::PlainAnswers, Class::Certificate) => expect.blind(
                Engine::Firefox,
                "Firefox tries neither again, so that both take two round trips",
            ),
            _ => expect,
        }
    }
}

/// Why more than *unknown* may be right.
const TLS_STOOD: &str = "that TLS stood may be seen, and from outside no more is to be had either";

fn blind_anywhere(expect: Expect, why: &'static str) -> Expect {
    let engines = Engine::ALL.into_iter();
    engines.fold(expect, |expect, engine| expect.blind(engine, why))
}

/// A check that cannot be concluded makes its region unknown, unless the region is blocked or down by its other one.
fn unknown_where_well(mut expect: Expect) -> Expect {
    let verdicts = expect.regions.iter_mut().map(|(_, verdict)| verdict);
    for verdict in verdicts.chain([&mut expect.headline, &mut expect.others]) {
        if ["reachable", "degraded"].contains(verdict) {
            *verdict = "unknown";
        }
    }
    for (name, outcome, _) in &mut expect.checks {
        if name.ends_with("/tcp") && *outcome == "ok" {
            *outcome = "unknown";
        }
    }
    expect.exact = false;
    expect
}

fn everywhere(world: &mut World, manner: &Manner) {
    for region in regions() {
        *world = std::mem::take(world).odd(region, Kind::Tcp, manner.clone());
    }
}
