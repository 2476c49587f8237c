//! How browsers hold WebSockets back (docs/browsers.md section 3).

use fastrand::Rng;
use reachcheck_lab::engine::Engine;

/// WebSockets of a run: where, when each ended or opened, and whether it had failed.
#[derive(Clone, Debug, Default)]
pub(super) struct Sockets {
    ends: Vec<(usize, f64, bool)>,
    /// Until when Firefox is busy connecting to the one IPv6 address that all hosts have.
    pub connecting_until: f64,
}

impl Sockets {
    /// Notes how one at this host comes to its end.
    pub fn note(&mut self, host: usize, at: f64, has_failed: bool) {
        self.ends.push((host, at, has_failed));
    }

    /// How long one that begins now waits, in milliseconds.
    pub fn wait_ms(&self, engine: Engine, host: usize, now: f64, rng: &mut Rng) -> f64 {
        let past = self.ends.iter().filter(|(_, at, _)| *at <= now);
        match engine {
            Engine::Chromium => {
                let failures: i32 = past.map(|(.., failed)| if *failed { 1 } else { -1 }).sum();
                let (least_ms, most_ms) = match failures {
                    ..8 => return 0.0,
                    8..=11 => (10.0, 60.0),
                    12..=14 => (200.0, 900.0),
                    15.. => (1_000.0, 5_000.0),
                };
                least_ms + (most_ms - least_ms) * rng.f64()
            }
            Engine::Firefox => {
                let failures = past.filter(|(other, _, failed)| *other == host && *failed);
                let (count, last_at) = failures
                    .fold((0, 0.0_f64), |(count, last_at), (_, at, _)| {
                        (count + 1, last_at.max(*at))
                    });
                if count == 0 {
                    return 0.0;
                }
                let delay_ms = (200.0 + 200.0 * rng.f64()) * 1.5_f64.powi(count - 1);
                (last_at + delay_ms - now).max(0.0)
            }
            Engine::WebKit => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use fastrand::Rng;
    use reachcheck_lab::engine::Engine;

    use super::Sockets;

    #[test]
    fn chromium_holds_back_after_eight_failures_more_than_successes() {
        let mut sockets = Sockets::default();
        let mut rng = Rng::with_seed(1);
        for _ in 0..8 {
            sockets.note(0, 10.0, true);
        }
        assert!(sockets.wait_ms(Engine::Chromium, 1, 9.0, &mut rng) < 1e-9);
        assert!(sockets.wait_ms(Engine::Chromium, 1, 11.0, &mut rng) >= 10.0);
        sockets.note(0, 10.0, false);
        assert!(sockets.wait_ms(Engine::Chromium, 1, 11.0, &mut rng) < 1e-9);
    }

    #[test]
    fn firefox_holds_back_at_one_host_for_a_while() {
        let mut sockets = Sockets::default();
        let mut rng = Rng::with_seed(1);
        sockets.note(0, 10.0, true);
        assert!(sockets.wait_ms(Engine::Firefox, 1, 11.0, &mut rng) < 1e-9);
        assert!(sockets.wait_ms(Engine::Firefox, 0, 11.0, &mut rng) > 150.0);
        assert!(sockets.wait_ms(Engine::Firefox, 0, 500.0, &mut rng) < 1e-9);
    }
}
