//! New connections: what name, TCP and TLS take, and how one ends that comes to nothing.

use reachcheck_lab::engine::Engine;
use reachcheck_lab::fault::With;

use super::hosts::Target;
use super::{Browser, End, failed};
use crate::engine::{self, Shown, Way, shown};
use crate::noise::Class;
use crate::reaction::{NameFailure, Place, Reaction};

/// Firefox opens so many connections ahead while it tries again and again (recordings of `unsteady-here`).
const OPENED_AHEAD: u32 = 2;

impl Browser<'_> {
    /// What it takes to the other host of a redirect: a new connection, then one that stands.
    pub(super) fn redirected_ms(&mut self, redirects: bool, is_first: bool) -> f64 {
        match (redirects, is_first) {
            (false, _) => 0.0,
            (true, true) => self.trips_ms(false, 3),
            (true, false) => self.trip_ms(false),
        }
    }

    /// Name, TCP and TLS of a new connection, in milliseconds.
    pub(super) fn connecting_ms(&mut self, target: Target, now: f64) -> f64 {
        let named_ms = self.named_ms(target, Way::Fetch, now);
        let fallback_ms = self.fallback_ms(target);
        self.connections = self.connections.wrapping_add(1);
        named_ms + fallback_ms + self.trips_ms(target.place.is_near, 2)
    }

    /// What an attempt waits for a name that resolves, in milliseconds: for a lookup of its own, or for one under way.
    pub(super) fn named_ms(&mut self, target: Target, way: Way, now: f64) -> f64 {
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
    pub(super) fn fallback_ms(&mut self, target: Target) -> f64 {
        let is_new = !std::mem::replace(&mut self.hosts.pool(target).knows_family, true);
        if self.scene.ipv6_is_dead && is_new && !self.hosts.is_literal(target) {
            engine::ipv6_fallback_ms(self.engine)
        } else {
            0.0
        }
    }

    /// A new connection to a place that does not simply answer: when it ends, how, and what that is like.
    pub(super) fn new_connection(
        &mut self,
        target: Target,
        way: Way,
        now: f64,
    ) -> (f64, End, Class) {
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
    pub(super) fn near(&self) -> Class {
        let mut endpoints = self.scene.endpoints.iter();
        match endpoints.all(|endpoint| endpoint.here.is_near) {
            true => Class::NearEverywhere,
            false => Class::Near,
        }
    }

    /// When a SYN that is not answered is given up.
    pub(super) fn syn_ceiling_ms(&self, way: Way) -> f64 {
        let system_ms = self.system.syn_ceiling_ms();
        system_ms.min(engine::gives_up_syn_ms(self.engine, way))
    }

    /// How long a refused SYN takes beyond its way there and back; `None` where the refusal is not heard.
    pub(super) fn refused_ms(&mut self, with: With, now: f64) -> Option<f64> {
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
    pub(super) fn unsteady(&mut self, target: Target, way: Way) -> (f64, End) {
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
}
