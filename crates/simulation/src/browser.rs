//! The browser: what it still knows of hosts (names, connections, failures), and how an attempt at one goes.

use fastrand::Rng;
use reachcheck_lab::engine::Engine;
use reachcheck_lab::fault::With;

use crate::engine::{self, Shown, Way, shown};
use crate::link::{Link, Packet};
use crate::noise::{Class, Kind, LATER, Residuals};
use crate::reaction::{NameFailure, Place, Reaction};
use crate::scene::Scene;
use crate::system::System;

mod attempts;
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

    /// What it takes to the other host of a redirect: a new connection, then one that stands.
    fn redirected_ms(&mut self, redirects: bool, is_first: bool) -> f64 {
        match (redirects, is_first) {
            (false, _) => 0.0,
            (true, true) => self.trips_ms(false, 3),
            (true, false) => self.trip_ms(false),
        }
    }

    /// Name, TCP and TLS of a new connection, in milliseconds.
    fn connecting_ms(&mut self, target: Target, now: f64) -> f64 {
        let named_ms = self.named_ms(target, Way::Fetch, now);
        let fallback_ms = self.fallback_ms(target);
        self.connections = self.connections.wrapping_add(1);
        named_ms + fallback_ms + self.trips_ms(target.place.is_near, 2)
    }

    /// What an attempt waits for a name that resolves, in milliseconds: for a lookup of its own, or for one under way.
    fn named_ms(&mut self, target: Target, way: Way, now: f64) -> f64 {
        let Some(known_at) = self.hosts.known_at(target) else {
            let ms = self.lookups_ms(1);
            self.hosts.know(target, now + ms);
            return ms;
        };
        if known_at > now {
            known_at - now
        } else if self.hosts.asks_again(target, self.engine, way) {
            self.lookups_ms(1)
        } else {
            0.0
        }
    }

    /// What a connection waits for where IPv6 leads nowhere; the browser remembers that it did.
    fn fallback_ms(&mut self, target: Target) -> f64 {
        let is_new = !std::mem::replace(&mut self.hosts.pool(target).knows_family, true);
        if self.scene.ipv6_is_dead && is_new && !self.hosts.is_literal(target) {
            engine::ipv6_fallback_ms(self.engine)
        } else {
            0.0
        }
    }

    /// A new connection to a place that does not simply answer: when it ends, how, and what that is like.
    fn new_connection(&mut self, target: Target, way: Way, now: f64) -> (f64, End, Class) {
        let Place { reaction, is_near } = target.place;
        let named_ms = match reaction {
            Reaction::NoNetwork | Reaction::NoName(NameFailure::Silent) => 0.0,
            Reaction::NoName(failure) => {
                let is_first = self.hosts.is_unknown(target);
                self.hosts.know(target, now);
                let lookups = self.failing_lookups(failure, is_first);
                self.lookups_ms(lookups)
            }
            _ => self.named_ms(target, way, now),
        };
        let never = (f64::INFINITY, failed(), Class::Rejected);
        match reaction {
            Reaction::NoNetwork => (0.0, failed(), self.near()),
            Reaction::NoName(NameFailure::Silent) => {
                let ms = self.system.lookup_ceiling_ms(self.engine);
                (ms, failed(), Class::NoName)
            }
            Reaction::NoName(_) => (named_ms, failed(), Class::NoName),
            Reaction::Drops => {
                let ms = self.syn_ceiling_ms(way);
                (named_ms + ms, failed(), Class::Rejected)
            }
            Reaction::Refuses(with) => {
                let trip_ms = self.trips_ms(is_near, 1);
                let class = if is_near { self.near() } else { Class::Far };
                match self.refused_ms(with, now) {
                    Some(ms) => (named_ms + trip_ms + ms, failed(), class),
                    None => (named_ms + self.syn_ceiling_ms(way), failed(), class),
                }
            }
            Reaction::Unsteady => {
                let (ms, end) = self.unsteady(target, way);
                let class = match end {
                    End::Answered(_) => Class::Answered,
                    End::Failed { .. } if self.engine == Engine::Firefox => Class::Repeated,
                    End::Failed { .. } => Class::AfterTls,
                };
                (named_ms + ms, end, class)
            }
            _ => match shown(self.engine, way, reaction) {
                Some(Shown::GivesUp(ms)) => (named_ms + ms, failed(), Class::Rejected),
                Some(Shown::Fails {
                    trips,
                    tries,
                    after_tls,
                    code,
                }) => {
                    let tries_ms: f64 = (0..tries).map(|_| self.trips_ms(is_near, trips)).sum();
                    let class = match (tries, after_tls) {
                        (1, true) => Class::AfterTls,
                        (1, false) => Class::Rejected,
                        _ => Class::Repeated,
                    };
                    (named_ms + tries_ms, End::Failed { after_tls, code }, class)
                }
                None => never,
            },
        }
    }

    /// The class of a failure near by: where all endpoints fail so, they wait for each other.
    fn near(&self) -> Class {
        let mut endpoints = self.scene.endpoints.iter();
        match endpoints.all(|endpoint| endpoint.here.is_near) {
            true => Class::NearEverywhere,
            false => Class::Near,
        }
    }

    /// When a SYN that is not answered is given up.
    fn syn_ceiling_ms(&self, way: Way) -> f64 {
        let system_ms = self.system.syn_ceiling_ms();
        system_ms.min(engine::gives_up_syn_ms(self.engine, way))
    }

    /// How long a refused SYN takes beyond its way there and back; `None` where the refusal is not heard.
    fn refused_ms(&mut self, with: With, now: f64) -> Option<f64> {
        let mut waited_ms = 0.0;
        let mut wait_ms = self.system.syn_repeat_ms();
        // An ICMP error that is not sent is waited for as a lost packet is.
        while with != With::Reset && self.scene.icmp_is_limited && !self.icmp.take(now + waited_ms)
        {
            waited_ms += wait_ms;
            wait_ms *= 2.0;
        }
        Some(waited_ms + self.system.repeats_refused_ms(with)?)
    }

    /// A host that closes most connections on the request (`Manner::Unsteady`).
    fn unsteady(&mut self, target: Target, way: Way) -> (f64, End) {
        let tries = match shown(self.engine, way, Reaction::ClosesAfterTls) {
            Some(Shown::Fails { tries, .. }) => tries,
            _ => 1,
        };
        let mut ms = 0.0;
        for _ in 0..tries {
            let number = self.hosts.pool(target).conversations;
            self.hosts.pool(target).conversations += 1;
            ms += self.trips_ms(target.place.is_near, 3);
            if !(1..=12).contains(&(number % 17)) {
                return (ms, End::Answered(200));
            }
        }
        if self.engine == Engine::Firefox && way == Way::Fetch {
            self.hosts.pool(target).conversations += OPENED_AHEAD;
        }
        let end = End::Failed {
            after_tls: true,
            code: 1006,
        };
        (ms, end)
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

/// Firefox opens so many connections ahead while it tries again and again (recordings of `unsteady-here`).
const OPENED_AHEAD: u32 = 2;

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
