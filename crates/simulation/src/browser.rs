//! The browser: what it still knows of hosts (names, connections, failures), and how an attempt at one goes.

use fastrand::Rng;
use reachcheck_lab::engine::Engine;

use crate::engine::{self, Way};
use crate::link::{Link, Packet};
use crate::noise::{Class, Kind, LATER, Residuals};
use crate::reaction::{NameFailure, Reaction};
use crate::scene::Scene;
use crate::system::System;

mod attempts;
mod connecting;
mod gathering;
mod hosts;
mod sockets;

pub use attempts::Coming;
pub(crate) use hosts::Target;

use crate::relay::Talk;
use hosts::Hosts;
use sockets::Sockets;

/// A browser in a scene.
#[derive(Debug)]
pub struct Browser<'run> {
    pub(crate) scene: &'run Scene,
    pub(crate) engine: Engine,
    system: System,
    link: Link,
    pub(crate) residuals: Residuals<'run>,
    pub(crate) rng: Rng,
    /// The kind of the last residual.
    pub(crate) drawn: Option<Kind>,
    pub(crate) hosts: Hosts<'run>,
    sockets: Sockets,
    /// Sockets on which the relay is talked to.
    pub(crate) talks: Vec<Talk>,
    icmp: IcmpErrors,
    /// How many connections have been made, which tells the address that the next leaves by.
    connections: u8,
}

/// How an attempt goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Course {
    /// From its beginning to its end, in milliseconds; `INFINITY` where it has none.
    pub ms: f64,
    /// How it ends.
    pub end: End,
}

/// How an attempt ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// An HTTP answer with this status.
    Answered(u16),
    /// A failure.
    Failed {
        /// TLS stood by then.
        after_tls: bool,
        /// The close code, of a WebSocket.
        code: u16,
    },
}

/// A gateway's ICMP errors to one address: six at once, then one a second (Linux, `icmp_ratelimit`).
#[derive(Clone, Copy, Debug)]
struct IcmpErrors {
    left: f64,
    at: f64,
}

impl IcmpErrors {
    const AT_ONCE: f64 = 6.0;
    const EACH_MS: f64 = 1000.0;

    /// Whether one is sent now.
    fn take(&mut self, now: f64) -> bool {
        self.left = (self.left + (now - self.at) / Self::EACH_MS).min(Self::AT_ONCE);
        self.at = now;
        let is_sent = self.left >= 1.0;
        self.left -= f64::from(u8::from(is_sent));
        is_sent
    }
}

impl<'run> Browser<'run> {
    /// A browser that has loaded the page in this scene.
    #[must_use]
    pub fn new(
        scene: &'run Scene,
        engine: Engine,
        system: System,
        residuals: Residuals<'run>,
        rng: Rng,
    ) -> Self {
        Self {
            scene,
            engine,
            system,
            link: Link::of(scene, system),
            residuals,
            rng,
            drawn: None,
            hosts: Hosts::of(scene),
            sockets: Sockets::default(),
            talks: Vec::new(),
            icmp: IcmpErrors {
                left: IcmpErrors::AT_ONCE,
                at: 0.0,
            },
            connections: 0,
        }
    }

    /// What the path and chance give it.
    pub(crate) fn draw(&mut self, kind: Kind) -> f64 {
        self.drawn = Some(kind);
        self.residuals.draw(kind, &mut self.rng)
    }

    /// Round trips to a place, in milliseconds: the first of a connection, and later ones.
    pub(crate) fn trips_ms(&mut self, is_near: bool, trips: u32) -> f64 {
        if is_near {
            return 0.0;
        }
        let mut ms = 0.0;
        for number in 0..trips {
            let packet = if number == 0 {
                Packet::Syn
            } else {
                Packet::Data
            };
            ms += self.link.trip_ms(packet, &mut self.rng);
        }
        ms
    }

    /// One more on a connection that stands.
    pub(crate) fn trip_ms(&mut self, is_near: bool) -> f64 {
        if is_near {
            0.0
        } else {
            self.link.trip_ms(Packet::Data, &mut self.rng)
        }
    }

    /// One word among others that only the far end says, beside the way of the question.
    pub(crate) fn word_ms(&mut self, is_near: bool) -> f64 {
        if is_near {
            0.0
        } else {
            self.link.trip_ms(Packet::Stream, &mut self.rng)
        }
    }

    /// So many name lookups, in milliseconds. A name server near by takes none to speak of.
    pub(crate) fn lookups_ms(&mut self, lookups: u32) -> f64 {
        if self.scene.is_unplugged || !self.scene.names_are_far {
            return 0.0;
        }
        (0..lookups).map(|_| self.trip_ms(false)).sum()
    }

    /// How often an engine asks for a name that goes wrong in this way: docs/browsers.md section 1.4, rule 6; Firefox
    /// asks twice as often from the second time on (recordings).
    fn failing_lookups(&self, failure: NameFailure, is_first: bool) -> u32 {
        if self.system.keeps_negative_answers() && !is_first {
            return u32::from(self.engine == Engine::Chromium);
        }
        let of_name = match (self.engine, is_first) {
            (Engine::Chromium, _) | (Engine::Firefox, false) => 2,
            (Engine::Firefox, true) | (Engine::WebKit, _) => 1,
        };
        match failure {
            NameFailure::ServerFails => 2 * of_name,
            NameFailure::NotFound | NameFailure::Silent => of_name,
        }
    }

    /// A name that cannot exist: its lookups alone.
    pub(crate) fn canary(&mut self) -> Course {
        let lookups = self.failing_lookups(NameFailure::NotFound, true);
        let ms = self.lookups_ms(lookups) + self.draw(Kind::Canary);
        Course {
            ms: ms.max(0.0),
            end: failed(),
        }
    }

    /// A `fetch`. The residual is of this kind, or of the one that fits its end.
    pub(crate) fn fetch(&mut self, target: Target, now: f64, kind: Option<Kind>) -> Course {
        let number = self.hosts.pool(target).attempts;
        self.hosts.pool(target).attempts = LATER.min(number + 1);
        let Reaction::Answers(http) = target.place.reaction else {
            let (ms, end, class) = self.new_connection(target, Way::Fetch, now);
            let noise = self.draw(match (end, kind) {
                (End::Answered(_), Some(kind)) => kind,
                _ => Kind::Fetch(class, number),
            });
            return Course {
                ms: (ms + noise).max(0.0),
                end,
            };
        };
        // Firefox hands no answer over before its end.
        if http.stalls && self.engine == Engine::Firefox {
            return Course {
                ms: f64::INFINITY,
                end: failed(),
            };
        }
        let elsewhere_ms = self.redirected_ms(http.redirects, number == 0);
        let answer = |ms: f64| Course {
            ms: ms.max(0.0),
            end: End::Answered(http.status),
        };
        let keeps = !(self.engine == Engine::Chromium && http.is_html);
        if let Some(ready_at) = self.hosts.pool(target).take(now) {
            let trip_ms = self.trip_ms(target.place.is_near);
            let noise = self.draw(kind.map_or(Kind::Fetch(Class::Kept, number), warm));
            let ms = ready_at - now + trip_ms + http.wait_ms + elsewhere_ms + noise;
            self.hosts.pool(target).keep(now + ms, keeps);
            return answer(ms);
        }
        let connecting_ms = self.connecting_ms(target, now);
        let trip_ms = self.trip_ms(target.place.is_near);
        let noise = self.draw(kind.unwrap_or(Kind::Fetch(Class::Answered, number)));
        let ms = connecting_ms + trip_ms + http.wait_ms + elsewhere_ms + noise;
        self.hosts.pool(target).keep(now + ms, keeps);
        // The backup socket, which a later request finds.
        if self.engine == Engine::Chromium && connecting_ms > BACKUP_AFTER_MS {
            let ready_at =
                now + BACKUP_AFTER_MS + self.connecting_ms(target, now + BACKUP_AFTER_MS);
            self.hosts.pool(target).spare_at = Some(ready_at);
        }
        answer(ms)
    }

    /// The address that the relay sees.
    pub(crate) fn address(&self) -> String {
        match self.scene.egress_is_split {
            true => format!("10.0.1.{}", self.connections % 100 + 1),
            false => reachcheck_lab::addresses::AGENT.to_string(),
        }
    }

    /// A time as the page's clock gives it.
    pub(crate) fn on_its_clock(&self, ms: f64) -> f64 {
        let step_ms = engine::clock_step_ms(self.engine);
        (ms / step_ms).round() * step_ms
    }
}

/// Chromium opens a second socket when connecting takes longer than this, in milliseconds (docs/browsers.md section 3).
const BACKUP_AFTER_MS: f64 = 250.0;

const fn failed() -> End {
    End::Failed {
        after_tls: false,
        code: 1006,
    }
}

/// The kind of the same on a connection that stands.
const fn warm(kind: Kind) -> Kind {
    match kind {
        Kind::Challenge | Kind::Port => Kind::WarmChallenge,
        kind => kind,
    }
}
