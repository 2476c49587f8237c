//! The one comparison that may stand for a sign in engines which show no more than a time: the same dialogue in two
//! regions, one of them clearly further away. What stands near by, an operating system's timers and a browser's own delay
//! take the same time at both; only a dialogue with the far ends takes times in the ratio of the ways.

use super::outside::Expectation;
use super::path::PathLength;

/// An endpoint whose attempts failed, and of whose connection nothing else is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Candidate {
    /// How it behaves towards the relay.
    pub expect: Expectation,
    /// The round trip to its region.
    pub path: PathLength,
    /// The attempts that agree took so long, in milliseconds.
    pub ms: f64,
    /// The browser's own delay beside them, in milliseconds.
    pub own_delay_ms: f64,
}

/// The further region is at least so many times as far away.
const FURTHER_TIMES: f64 = 1.5;
/// Times may miss the ratio of the ways by this share.
const MISSES_SHARE: f64 = 0.15;
/// A browser's own delay that spoils no ratio: this (ms), or this share of the way.
const OWN_DELAY_MAX_MS: f64 = 10.0;
const OWN_DELAY_MAX_SHARE: f64 = 0.15;

/// Whether each candidate agrees with another one.
pub(super) fn agree(candidates: &[Option<Candidate>]) -> Vec<bool> {
    let with_another = |one: &Candidate| {
        let others = candidates.iter().flatten();
        others
            .filter(|other| other.expect == one.expect)
            .any(|other| are_in_ratio(one, other) || are_in_ratio(other, one))
    };
    let agrees = |it: &Option<Candidate>| it.as_ref().is_some_and(with_another);
    candidates.iter().map(agrees).collect()
}

fn are_in_ratio(near: &Candidate, far: &Candidate) -> bool {
    let is_prompt = |it: &Candidate| {
        let share_ms = OWN_DELAY_MAX_SHARE * it.path.shortest_ms;
        it.own_delay_ms < OWN_DELAY_MAX_MS.max(share_ms)
    };
    let least = far.path.shortest_ms / near.path.longest_ms;
    let most = far.path.longest_ms / near.path.shortest_ms;
    let ratio = far.ms / near.ms;
    is_prompt(near)
        && is_prompt(far)
        && near.path.shortest_ms > 0.0
        && least >= FURTHER_TIMES
        && ratio >= least * (1.0 - MISSES_SHARE)
        && ratio <= most * (1.0 + MISSES_SHARE)
}

#[cfg(test)]
mod tests {
    use reachcheck_wire::Rejection;

    use super::{Candidate, agree};
    use crate::analysis::{Expectation, PathLength};

    const fn candidate(r_ms: f64, ms: f64) -> Candidate {
        Candidate {
            expect: Expectation::NoTls(Rejection::Closed),
            path: PathLength {
                shortest_ms: 0.95 * r_ms,
                longest_ms: r_ms,
            },
            ms,
            own_delay_ms: 3.0,
        }
    }

    #[test]
    fn times_in_the_ratio_of_the_ways_agree() {
        let at = |near_ms, far_ms| {
            let near = candidate(40.0, near_ms);
            let far = candidate(100.0, far_ms);
            agree(&[Some(near), None, Some(far)])
        };
        assert_eq!(at(82.0, 203.0), [true, false, true]);
        // What takes the same time everywhere.
        assert_eq!(at(82.0, 90.0), [false; 3]);
        assert_eq!(at(2_002.0, 2_004.0), [false; 3]);
    }

    #[test]
    fn regions_equally_far_compare_with_nothing() {
        let equal = [Some(candidate(82.0, 165.0)), Some(candidate(90.0, 180.0))];
        assert_eq!(agree(&equal), [false; 2]);
        // Nor do other dialogues, or a browser that is late itself.
        let other = Candidate {
            expect: Expectation::ClosedAfterTls,
            ..candidate(100.0, 203.0)
        };
        assert_eq!(
            agree(&[Some(candidate(40.0, 82.0)), Some(other)]),
            [false; 2]
        );
        let late = Candidate {
            own_delay_ms: 30.0,
            ..candidate(100.0, 203.0)
        };
        assert_eq!(
            agree(&[Some(candidate(40.0, 82.0)), Some(late)]),
            [false; 2]
        );
    }

    /// Two regions with exact ways, and what their attempts took.
    fn exactly(near: (f64, f64), far: (f64, f64)) -> bool {
        let exact = |(r_ms, ms)| Candidate {
            path: PathLength {
                shortest_ms: r_ms,
                longest_ms: r_ms,
            },
            own_delay_ms: 0.0,
            ..candidate(r_ms, ms)
        };
        agree(&[Some(exact(near)), Some(exact(far))]) == [true; 2]
    }

    #[test]
    fn the_bounds_of_a_ratio() {
        // Half as far again.
        assert!(exactly((100.0, 200.0), (150.0, 300.0)));
        assert!(!exactly((100.0, 200.0), (149.9, 300.0)));
        // 15 % less, and 15 % more.
        assert!(exactly((100.0, 200.0), (200.0, 340.1)));
        assert!(!exactly((100.0, 200.0), (200.0, 339.9)));
        assert!(exactly((100.0, 200.0), (200.0, 459.9)));
        assert!(!exactly((100.0, 200.0), (200.0, 460.1)));
        // A region on this computer has no way.
        assert!(!exactly((0.0, 1.0), (200.0, 400.0)));
    }

    /// The ways are intervals: the least ratio is of the shortest further way and the longest nearer one.
    #[test]
    fn a_ratio_is_held_against_what_both_ways_may_be() {
        let with = |shortest_ms, longest_ms, ms| Candidate {
            path: PathLength {
                shortest_ms,
                longest_ms,
            },
            own_delay_ms: 0.0,
            ..candidate(0.0, ms)
        };
        // Of a way that may be none at all every ratio is possible.
        let none = with(0.0, 100.0, 200.0);
        let far = with(200.0, 200.0, 400.0);
        assert_eq!(agree(&[Some(none), Some(far)]), [false; 2]);
        let agrees = |near_ms, far_ms| {
            let near = with(80.0, 100.0, near_ms);
            agree(&[Some(near), Some(with(160.0, 200.0, far_ms))]) == [true; 2]
        };
        // From 1.6 to 2.5 times as far, and 15 % on either side.
        assert!(agrees(100.0, 136.1) && !agrees(100.0, 135.9));
        assert!(agrees(100.0, 287.4) && !agrees(100.0, 287.6));
    }

    #[test]
    fn a_browser_that_is_late_by_a_share_of_the_way_compares_nothing() {
        let late = |r_ms: f64, own_delay_ms| {
            let of = |r_ms: f64| Candidate {
                path: PathLength {
                    shortest_ms: r_ms,
                    longest_ms: r_ms,
                },
                ms: 2.0 * r_ms,
                own_delay_ms,
                ..candidate(r_ms, 0.0)
            };
            agree(&[Some(of(r_ms)), Some(of(2.0 * r_ms))]) == [true; 2]
        };
        // 10 ms, or 15 % of the way.
        assert!(late(40.0, 9.9) && !late(40.0, 10.0));
        assert!(late(100.0, 14.9) && !late(100.0, 15.0));
    }
}
