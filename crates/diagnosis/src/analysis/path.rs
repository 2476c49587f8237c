//! The length of the path, and what a failure's time says in units of it (docs/browsers.md section 1.2).

use reachcheck_model::environment::BrowserFamily;
use reachcheck_model::thresholds as limits;

/// Our round trip to a region, as bounds in milliseconds. Equal where the region itself answered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PathLength {
    /// It cannot be shorter.
    pub shortest_ms: f64,
    /// It cannot be longer.
    pub longest_ms: f64,
}

/// A failure's time in round trips, shortest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RttMultiple {
    /// Nothing left this network.
    Near,
    /// One: refused at the far end.
    One,
    /// Two: certificate, alert, or the ClientHello reset.
    Two,
    /// Three: after TLS.
    Three,
    /// Four: cut in the handshake, twice. Chromium always, Firefox where it has met that port before.
    Four,
    /// About ten, in Firefox: the ClientHello reset, ten times.
    Ten,
    /// About twenty, in Firefox: cut in the handshake, ten times.
    Twenty,
}

impl PathLength {
    /// The level of a failure that took `ms`. `None` where the bounds disagree or nothing fits: then the
    /// time decides nothing.
    #[must_use]
    pub fn level(&self, ms: f64, family: BrowserFamily) -> Option<RttMultiple> {
        let shortest = level_at(ms, self.shortest_ms, family)?;
        let longest = level_at(ms, self.longest_ms, family)?;
        (shortest == longest).then_some(shortest)
    }
}

/// A round trip to a region, by an answer of the region itself.
#[derive(Clone, Copy, Debug)]
pub struct OwnTrip {
    /// The answer's time divided by the round trips that it certainly took, in milliseconds.
    pub ms: f64,
    /// The browser's own delay in that, in milliseconds.
    pub own_delay_ms: f64,
    /// Whether it took no more of them.
    pub is_told: bool,
}

/// Makes one length of it, with bounds by way of the relay. A warm answer takes one round trip only on a kept connection;
/// on a new one it takes three (TCP, TLS, HTTP), and reading that as one would call healthy ports refused. So it is the
/// round trip itself only where it is beyond doubt, and otherwise no more than an upper bound.
#[must_use]
pub fn combine(bounds: Option<PathLength>, own: Option<OwnTrip>) -> Option<PathLength> {
    let Some(own) = own else {
        return bounds;
    };
    match bounds {
        Some(bounds) => {
            let possible = own.ms >= bounds.shortest_ms * limits::BOUND_SLACK_LOW
                && own.ms <= bounds.longest_ms * limits::BOUND_SLACK_HIGH;
            if possible && own.is_told {
                return Some(PathLength {
                    shortest_ms: (own.ms - own.own_delay_ms).max(bounds.shortest_ms.min(own.ms)),
                    longest_ms: own.ms,
                });
            }
            Some(PathLength {
                shortest_ms: bounds.shortest_ms.min(own.ms),
                longest_ms: bounds.longest_ms.min(own.ms),
            })
        }
        None => Some(PathLength {
            shortest_ms: own.ms / limits::NEW_CONNECTION_TRIPS_MAX,
            longest_ms: own.ms,
        }),
    }
}

/// Windows as measured, with gaps between them in which nothing is claimed.
fn level_at(ms: f64, r: f64, family: BrowserFamily) -> Option<RttMultiple> {
    if r < limits::LEVELS_MIN_R_MS {
        return None;
    }
    let near_max_ms = if r < limits::SMALL_R_MS {
        limits::NEAR_MAX_SMALL_R_MS
    } else {
        limits::NEAR_MAX_MS
    };
    if ms < near_max_ms && ms < 0.5 * r {
        return Some(RttMultiple::Near);
    }
    let trips = ms / r;
    let within = |low: f64, high: f64| (low..=high).contains(&trips);
    if within(0.7, 1.5) {
        Some(RttMultiple::One)
    } else if within(1.7, 2.5) {
        Some(RttMultiple::Two)
    } else if within(2.7, 3.5) {
        Some(RttMultiple::Three)
    } else if matches!(family, BrowserFamily::Chromium | BrowserFamily::Firefox)
        && trips >= 3.7
        && (trips <= 4.6 || ms < limits::SYN_REPEAT_MS && trips <= limits::FOUR_TRIPS_MAX)
    {
        Some(RttMultiple::Four)
    } else if family == BrowserFamily::Firefox && within(8.5, 13.0) {
        Some(RttMultiple::Ten)
    } else if family == BrowserFamily::Firefox && within(16.5, 25.0) {
        Some(RttMultiple::Twenty)
    } else {
        None
    }
}

/// Whether an answer came faster than the path allows.
#[must_use]
pub fn is_too_fast(ms: f64, floor_ms: Option<f64>) -> bool {
    floor_ms
        .is_some_and(|floor| floor >= limits::FLOOR_MIN_MS && ms < limits::FASTER_THAN_PATH * floor)
}

#[cfg(test)]
mod tests {
    use super::{OwnTrip, PathLength, RttMultiple, combine, is_too_fast};
    use reachcheck_model::environment::BrowserFamily;

    const fn exactly(ms: f64) -> PathLength {
        PathLength {
            shortest_ms: ms,
            longest_ms: ms,
        }
    }

    /// Times of docs/browsers.md section 8.1 and 8.4, at R = 82 ms.
    #[test]
    fn measured_times_fall_into_their_levels() {
        let path = exactly(83.0);
        for (ms, family, level) in [
            (3.0, BrowserFamily::Chromium, Some(RttMultiple::Near)),
            (15.0, BrowserFamily::Firefox, Some(RttMultiple::Near)),
            (83.0, BrowserFamily::Chromium, Some(RttMultiple::One)),
            (164.0, BrowserFamily::Chromium, Some(RttMultiple::Two)),
            (247.0, BrowserFamily::Chromium, Some(RttMultiple::Three)),
            (326.0, BrowserFamily::Chromium, Some(RttMultiple::Four)),
            (326.0, BrowserFamily::Firefox, Some(RttMultiple::Four)),
            (828.0, BrowserFamily::Firefox, Some(RttMultiple::Ten)),
            (1634.0, BrowserFamily::Firefox, Some(RttMultiple::Twenty)),
            (828.0, BrowserFamily::Chromium, None),
            (326.0, BrowserFamily::WebKit, None),
            // A busy machine adds to it (seen: 401 ms beside 345 ms), and nothing else takes that long.
            (436.0, BrowserFamily::Chromium, Some(RttMultiple::Four)),
            (460.0, BrowserFamily::Chromium, None),
            // Between two windows nothing is claimed.
            (130.0, BrowserFamily::Chromium, None),
            (215.0, BrowserFamily::Chromium, None),
            (30.0, BrowserFamily::Chromium, None),
        ] {
            assert_eq!(path.level(ms, family), level, "{ms} ms in {family:?}");
        }
    }

    #[test]
    fn near_regions_need_a_stricter_near() {
        let path = exactly(23.0);
        assert_eq!(
            path.level(3.0, BrowserFamily::Chromium),
            Some(RttMultiple::Near)
        );
        assert_eq!(path.level(12.0, BrowserFamily::Chromium), None);
        assert_eq!(
            path.level(23.0, BrowserFamily::Chromium),
            Some(RttMultiple::One)
        );
        assert_eq!(exactly(9.0).level(1.0, BrowserFamily::Chromium), None);
    }

    #[test]
    fn a_level_counts_only_if_both_bounds_agree() {
        let path = PathLength {
            shortest_ms: 60.0,
            longest_ms: 100.0,
        };
        assert_eq!(
            path.level(3.0, BrowserFamily::Chromium),
            Some(RttMultiple::Near)
        );
        assert_eq!(
            path.level(80.0, BrowserFamily::Chromium),
            Some(RttMultiple::One)
        );
        assert_eq!(path.level(110.0, BrowserFamily::Chromium), None);
        let wide = PathLength {
            shortest_ms: 2.0,
            longest_ms: 160.0,
        };
        assert_eq!(wide.level(3.0, BrowserFamily::Chromium), None);
    }

    #[test]
    fn an_own_answer_is_the_round_trip_only_beyond_doubt() {
        let bounds = Some(PathLength {
            shortest_ms: 60.0,
            longest_ms: 100.0,
        });
        let own = OwnTrip {
            ms: 84.0,
            own_delay_ms: 0.0,
            is_told: true,
        };
        assert_eq!(combine(bounds, Some(own)), Some(exactly(84.0)));
        // A browser that was late itself leaves a shorter one, but none that is shorter than the bounds.
        let late = |own_delay_ms| {
            let path = combine(
                bounds,
                Some(OwnTrip {
                    own_delay_ms,
                    ..own
                }),
            );
            path.map(|path| (path.shortest_ms, path.longest_ms))
        };
        assert_eq!(late(10.0), Some((74.0, 84.0)));
        assert_eq!(late(50.0), Some((60.0, 84.0)));
        // Nobody knows how many it took: no more than an upper bound.
        let untold = |ms| {
            Some(OwnTrip {
                ms,
                is_told: false,
                ..own
            })
        };
        assert_eq!(combine(bounds, untold(250.0)), bounds);
        assert_eq!(
            combine(bounds, untold(84.0)),
            Some(PathLength {
                shortest_ms: 60.0,
                longest_ms: 84.0
            })
        );
        // Without a relay it is one as well, and a far refusal is never claimed.
        let alone = combine(None, untold(84.0)).expect("an upper bound");
        assert_eq!(
            alone.level(3.0, BrowserFamily::Chromium),
            Some(RttMultiple::Near)
        );
        assert_eq!(alone.level(84.0, BrowserFamily::Chromium), None);
        assert_eq!(alone.level(330.0, BrowserFamily::Chromium), None);
    }

    #[test]
    fn too_fast_needs_a_path_worth_the_name() {
        assert!(is_too_fast(4.0, Some(60.0)));
        assert!(!is_too_fast(31.0, Some(60.0)));
        assert!(!is_too_fast(4.0, Some(29.0)));
        assert!(!is_too_fast(4.0, None));
    }
}
