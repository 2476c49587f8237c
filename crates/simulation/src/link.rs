//! The path: how long a round trip takes in this moment.

use fastrand::Rng;

use crate::scene::Scene;
use crate::system::System;

/// What is sent first on a round trip, and so how soon it is sent again where it was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packet {
    /// The first of a connection.
    Syn,
    /// A request, of which the answer comes back.
    Data,
    /// What one side says again and again: the far end notices by the next that one is missing (RFC 8985).
    Stream,
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
            let timeout_ms = self.round_trip_ms + RTO_MIN_MS;
            let mut wait_ms = match packet {
                Packet::Syn => self.syn_repeat_ms,
                Packet::Data => timeout_ms,
                Packet::Stream => self.round_trip_ms,
            };
            // Either direction may lose it, unless one alone carries anything. The wait doubles each time (RFC 6298
            // section 5.5).
            let is_one_way = packet == Packet::Stream;
            while rng.f64() < self.loss || (!is_one_way && rng.f64() < self.loss) {
                ms += wait_ms;
                wait_ms = (2.0 * wait_ms).max(timeout_ms);
            }
        }
        ms
    }
}

/// The share of the jitter that a packet waits which must not overtake others.
fn latest(rng: &mut Rng) -> f64 {
    (0..IN_ORDER).map(|_| rng.f64()).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use fastrand::Rng;
    use reachcheck_lab::worlds;

    use super::{Link, Packet};
    use crate::scene::Scene;
    use crate::system::System;

    fn trips_ms(world: &str, packet: Packet) -> Vec<f64> {
        let mut cases = worlds::all().into_iter();
        let case = cases.find(|case| case.name == world).expect("a world");
        let scene = Scene::of(&case).expect("a simulated world");
        let link = Link::of(&scene, System::Linux);
        let mut rng = Rng::with_seed(1);
        (0..10_000)
            .map(|_| link.trip_ms(packet, &mut rng))
            .collect()
    }

    #[test]
    fn a_quiet_path_takes_its_round_trip() {
        let trips = trips_ms("all-well", Packet::Syn);
        assert!(trips.iter().all(|ms| (ms - 80.0).abs() < 1e-9));
    }

    #[test]
    fn jitter_lies_between_none_and_all_of_it() {
        let trips = trips_ms("unsteady-delay", Packet::Data);
        assert!(trips.iter().all(|ms| (120.0..320.0).contains(ms)));
        assert!(trips.iter().any(|ms| *ms < 200.0) && trips.iter().any(|ms| *ms > 300.0));
    }

    #[test]
    fn one_packet_in_fifty_is_lost_and_sent_again() {
        for (packet, repeat_ms, share) in [
            (Packet::Syn, 1_080.0, 0.04),
            (Packet::Data, 360.0, 0.04),
            (Packet::Stream, 160.0, 0.02),
        ] {
            let trips = trips_ms("lossy", packet);
            let late: Vec<f64> = trips.into_iter().filter(|ms| *ms > 81.0).collect();
            let earliest_ms = late.iter().copied().fold(f64::INFINITY, f64::min);
            assert!((earliest_ms - repeat_ms).abs() < 1e-9, "{earliest_ms}");
            let count = u32::try_from(late.len()).expect("few");
            let seen = f64::from(count) / 10_000.0;
            assert!((seen - share).abs() < 0.01, "{seen}");
        }
    }
}
