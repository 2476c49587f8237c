//! The length of the path, and what a failure's time says in units of it (browser.md section 1.2).

use crate::environment::Family;
use crate::thresholds as limits;

/// Our round trip to a region, as bounds in milliseconds. Equal where the region itself answered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PathLength {
    /// It cannot be shorter.
    pub shortest_ms: f64,
    /// It cannot be longer.
    pub longest_ms: f64,
}

/// A failure's time in round trips.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Nothing left this network.
    Near,
    /// One: refused at the far end.
    One,
    /// Two: certificate, alert, or the ClientHello reset.
    Two,
    /// Three: after TLS.
    Three,
    /// Four, in Chromium: cut in the handshake, twice.
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
    pub fn level(&self, ms: f64, family: Family) -> Option<Level> {
        let shortest = level_at(ms, self.shortest_ms, family)?;
        let longest = level_at(ms, self.longest_ms, family)?;
        (shortest == longest).then_some(shortest)
    }
}

/// Windows as measured, with gaps between them in which nothing is claimed.
fn level_at(ms: f64, r: f64, family: Family) -> Option<Level> {
    if r < limits::LEVELS_MIN_R_MS {
        return None;
    }
    let near_max_ms = if r < limits::SMALL_R_MS {
        limits::NEAR_MAX_SMALL_R_MS
    } else {
        limits::NEAR_MAX_MS
    };
    if ms < near_max_ms && ms < 0.5 * r {
        return Some(Level::Near);
    }
    let trips = ms / r;
    let within = |low: f64, high: f64| (low..=high).contains(&trips);
    if within(0.7, 1.5) {
        Some(Level::One)
    } else if within(1.7, 2.5) {
        Some(Level::Two)
    } else if within(2.7, 3.5) {
        Some(Level::Three)
    } else if family == Family::Chromium && within(3.7, 4.6) {
        Some(Level::Four)
    } else if family == Family::Firefox && within(8.5, 13.0) {
        Some(Level::Ten)
    } else if family == Family::Firefox && within(16.5, 25.0) {
        Some(Level::Twenty)
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
    use super::{Level, PathLength, is_too_fast};
    use crate::environment::Family;

    const fn exactly(ms: f64) -> PathLength {
        PathLength {
            shortest_ms: ms,
            longest_ms: ms,
        }
    }

    /// Times of browser.md section 8.1 and 8.4, at R = 82 ms.
    #[test]
    fn measured_times_fall_into_their_levels() {
        let path = exactly(83.0);
        for (ms, family, level) in [
            (3.0, Family::Chromium, Some(Level::Near)),
            (15.0, Family::Firefox, Some(Level::Near)),
            (83.0, Family::Chromium, Some(Level::One)),
            (164.0, Family::Chromium, Some(Level::Two)),
            (247.0, Family::Chromium, Some(Level::Three)),
            (326.0, Family::Chromium, Some(Level::Four)),
            (326.0, Family::Firefox, None),
            (828.0, Family::Firefox, Some(Level::Ten)),
            (1634.0, Family::Firefox, Some(Level::Twenty)),
            (828.0, Family::Chromium, None),
            // Between two windows nothing is claimed.
            (130.0, Family::Chromium, None),
            (215.0, Family::Chromium, None),
            (30.0, Family::Chromium, None),
        ] {
            assert_eq!(path.level(ms, family), level, "{ms} ms in {family:?}");
        }
    }

    #[test]
    fn near_regions_need_a_stricter_near() {
        let path = exactly(23.0);
        assert_eq!(path.level(3.0, Family::Chromium), Some(Level::Near));
        assert_eq!(path.level(12.0, Family::Chromium), None);
        assert_eq!(path.level(23.0, Family::Chromium), Some(Level::One));
        assert_eq!(exactly(9.0).level(1.0, Family::Chromium), None);
    }

    #[test]
    fn a_level_counts_only_if_both_bounds_agree() {
        let path = PathLength {
            shortest_ms: 60.0,
            longest_ms: 100.0,
        };
        assert_eq!(path.level(3.0, Family::Chromium), Some(Level::Near));
        assert_eq!(path.level(80.0, Family::Chromium), Some(Level::One));
        assert_eq!(path.level(110.0, Family::Chromium), None);
        let wide = PathLength {
            shortest_ms: 2.0,
            longest_ms: 160.0,
        };
        assert_eq!(wide.level(3.0, Family::Chromium), None);
    }

    #[test]
    fn too_fast_needs_a_path_worth_the_name() {
        assert!(is_too_fast(4.0, Some(60.0)));
        assert!(!is_too_fast(31.0, Some(60.0)));
        assert!(!is_too_fast(4.0, Some(29.0)));
        assert!(!is_too_fast(4.0, None));
    }
}
