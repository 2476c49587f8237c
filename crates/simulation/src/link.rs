//! The path: how long a round trip takes in this moment.

use fastrand::Rng;

use crate::scene::Scene;
use crate::system::System;

/// What is sent first on a round trip, and so how soon it is sent again where it was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packet {
    /// The first of a connection.
    Syn,
    /// Any later one.
    Data,
}

/// The path between gateway and outside.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    round_trip_ms: f64,
    jitter_ms: f64,
    loss: f64,
    syn_repeat_ms: f64,
}

/// Packets keep their order on the lab's path: one waits for those before it, of which so many are under way.
const IN_ORDER: usize = 3;
/// The least time after which Linux sends data again, beyond the round trip (milliseconds).
const RTO_MIN_MS: f64 = 200.0;

impl Link {
    /// The path of a scene, under a system.
    #[must_use]
    pub fn of(scene: &Scene, system: System) -> Self {
        let number = |value: u64| f64::from(u32::try_from(value).unwrap_or(u32::MAX));
        Self {
            round_trip_ms: scene.round_trip_ms(),
            jitter_ms: number(scene.link.jitter_ms),
            loss: number(scene.link.loss_per_mille) / 1000.0,
            syn_repeat_ms: system.syn_repeat_ms(),
        }
    }

    /// A round trip that begins with this packet, in milliseconds.
    pub fn trip_ms(&self, packet: Packet, rng: &mut Rng) -> f64 {
        let mut ms = self.round_trip_ms;
        if self.jitter_ms > 0.0 {
            ms += self.jitter_ms * (latest(rng) + latest(rng));
        }
        if self.loss > 0.0 {
            let mut wait_ms = match packet {
                Packet::Syn => self.syn_repeat_ms,
                Packet::Data => self.round_trip_ms + RTO_MIN_MS,
            };
            // Either direction may lose it. The wait doubles each time (RFC 6298 section 5.5).
            while rng.f64() < self.loss || rng.f64() < self.loss {
                ms += wait_ms;
                wait_ms *= 2.0;
            }
        }
        ms
    }
}

/// The share of the jitter that a packet waits which must not overtake others.
fn latest(rng: &mut Rng) -> f64 {
    (0..IN_ORDER).map(|_| rng.f64()).fold(0.0, f64::max)
}
