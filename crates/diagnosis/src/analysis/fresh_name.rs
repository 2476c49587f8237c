//! Fresh names: what the failure of a name that nobody has asked for says of an endpoint that fails beside it.
//!
//! It costs what a lookup costs that fails and that nobody keeps. A system that keeps what does not exist makes repeats
//! faster, as those of a refused name are that is known: only this tells such a lookup (`lookup` has the rest).

use std::ops::RangeInclusive;

use reachcheck_model::environment::BrowserFamily;
use reachcheck_model::operating_system::OperatingSystem;
use reachcheck_model::thresholds as limits;

use super::computer::Reading;
use super::path::{PathLength, RttMultiple};
use super::refusal;
use super::taken::Connection;

/// What an endpoint's failures have in common with that of a fresh name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Likeness {
    /// Nothing, or too little is known.
    None,
    /// They take as long, and the way to the service explains that as well.
    Either,
    /// They take as long, and nothing else does here.
    NotFound,
}

/// An endpoint's failures and what they are read beside.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beside<'run> {
    /// The requests that failed, in the order in which they were made.
    pub attempts: &'run [Reading],
    /// The failure of the fresh name.
    pub fresh: Reading,
    pub family: BrowserFamily,
    pub system: OperatingSystem,
    pub path: Option<&'run PathLength>,
    pub connection: Connection,
}

/// How far two times of the same lookups differ: 0.94 to 1.07 were recorded.
pub(super) const SAME: RangeInclusive<f64> = 0.75..=1.25;
/// The same for the first attempt of a page that still starts (215 beside 172 ms).
const SAME_AT_FIRST: RangeInclusive<f64> = 0.75..=1.5;
/// A name server that fails is asked twice as often as one that knows no such name (docs/browsers.md section 1.4).
const OF_SERVER_FAILURE: f64 = 2.0;
/// Chromium asks the name server itself, and then the system, which may know the second time (section 1.4).
const OF_SYSTEM_THAT_KNOWS: f64 = 0.5;

/// Reads an endpoint's failures beside that of a fresh name.
pub(super) fn read(beside: Beside<'_>) -> Likeness {
    let Beside {
        attempts: [first, repeats @ ..],
        fresh,
        family,
        system,
        ..
    } = beside
    else {
        return Likeness::None;
    };
    // Nobody was connected to whose name is not known; shorter times are those of a busy browser as well.
    let is_taken = matches!(beside.connection, Connection::Taken(_));
    if repeats.is_empty() || is_taken || fresh.shortest_ms < limits::CANARY_MIN_MS {
        return Likeness::None;
    }
    let within = |attempt: &Reading, times: f64, same: RangeInclusive<f64>| {
        same.contains(&(attempt.shortest_ms / (times * fresh.longest_ms)))
            && same.contains(&(attempt.longest_ms / (times * fresh.shortest_ms)))
    };
    let takes = |attempt: &Reading, times: f64| within(attempt, times, SAME);
    let all_take = |times: f64| beside.attempts.iter().all(|it| takes(it, times));
    let is_never_faster = all_take(1.0) || all_take(OF_SERVER_FAILURE);
    let first_takes = within(first, 1.0, SAME_AT_FIRST);
    let is_found = match family {
        BrowserFamily::Chromium => {
            let knows = |it: &Reading| takes(it, OF_SYSTEM_THAT_KNOWS);
            let repeats_take = repeats.iter().all(|it| takes(it, 1.0) || knows(it));
            is_never_faster
                || repeats.iter().any(knows) && repeats_take && (first_takes || knows(first))
        }
        // It leaves names to the system, in two ways that are kept apart. Where that repeats what is refused for seconds,
        // only a name fails at once.
        BrowserFamily::Firefox => {
            let is_at_once = |it: &Reading| it.longest_ms < limits::NEAR_MAX_MS;
            let repeats_take = repeats.iter().all(|it| takes(it, 1.0) || is_at_once(it));
            if !refusal::is_told_at_once(system)
                && first_takes
                && repeats_take
                && repeats.iter().any(is_at_once)
            {
                return Likeness::NotFound;
            }
            is_never_faster
        }
        // Its failures are late by chance (191 ms seen, at lookups of 3 ms).
        BrowserFamily::WebKit | BrowserFamily::Other => false,
    };
    match is_found {
        false => Likeness::None,
        true if beside.path_explains(repeats) => Likeness::Either,
        true => Likeness::NotFound,
    }
}

impl Beside<'_> {
    /// Whether the fastest of the repeats, which paid for no name, took a time that a refusal takes or, where something
    /// may have been connected, a handshake that failed.
    fn path_explains(&self, repeats: &[Reading]) -> bool {
        let fastest = repeats
            .iter()
            .min_by(|one, other| one.longest_ms.total_cmp(&other.longest_ms));
        let Some((path, fastest)) = self.path.zip(fastest) else {
            return true;
        };
        let is_one = |r_ms: f64, ms: f64| {
            let exactly = PathLength {
                shortest_ms: r_ms,
                longest_ms: r_ms,
            };
            exactly
                .level(ms, self.family)
                .is_some_and(|level| match level <= RttMultiple::One {
                    true => refusal::is_told_at_once(self.system),
                    false => self.connection != Connection::NotTaken,
                })
        };
        // What lies between the bounds of a path that is hardly known is not asked one by one.
        path.longest_ms > *SAME.end() * path.shortest_ms
            || [path.shortest_ms, path.longest_ms]
                .into_iter()
                .any(|r_ms| is_one(r_ms, fastest.shortest_ms) || is_one(r_ms, fastest.longest_ms))
    }
}

#[cfg(test)]
mod tests {
    use super::{Beside, Likeness, read};
    use crate::analysis::taken::Connection;
    use crate::analysis::{PathLength, Reading};
    use reachcheck_model::environment::BrowserFamily::{self, Chromium, Firefox, WebKit};
    use reachcheck_model::operating_system::OperatingSystem::{self, Linux, Windows};

    const fn exactly(ms: f64) -> Reading {
        Reading {
            shortest_ms: ms,
            longest_ms: ms,
        }
    }

    const fn away(ms: f64) -> PathLength {
        PathLength {
            shortest_ms: ms,
            longest_ms: ms,
        }
    }

    fn likeness(
        attempts: &[f64],
        fresh_ms: f64,
        family: BrowserFamily,
        system: OperatingSystem,
        r_ms: f64,
    ) -> Likeness {
        let attempts: Vec<Reading> = attempts.iter().map(|ms| exactly(*ms)).collect();
        read(Beside {
            attempts: &attempts,
            fresh: exactly(fresh_ms),
            family,
            system,
            path: Some(&away(r_ms)),
            connection: Connection::NotTaken,
        })
    }

    /// Lookups of 80 ms, the service 600 ms away.
    #[test]
    fn what_takes_as_long_as_a_name_that_does_not_exist_is_none() {
        for (attempts, fresh_ms, family, system, expected) in [
            // Nobody keeps it; a second visit is the same.
            (
                &[162.0, 165.0, 164.0][..],
                166.0,
                Chromium,
                Linux,
                Likeness::NotFound,
            ),
            (
                &[82.0, 82.0, 84.0],
                81.0,
                Firefox,
                Linux,
                Likeness::NotFound,
            ),
            // A name server that fails.
            (
                &[327.0, 326.0, 330.0],
                164.0,
                Chromium,
                Linux,
                Likeness::NotFound,
            ),
            // The system keeps it, from the first time on or from before.
            (
                &[162.0, 81.0, 82.0],
                166.0,
                Chromium,
                Windows,
                Likeness::NotFound,
            ),
            (
                &[82.0, 81.0, 82.0],
                166.0,
                Chromium,
                Windows,
                Likeness::NotFound,
            ),
            (
                &[82.0, 1.0, 2.0],
                81.0,
                Firefox,
                Windows,
                Likeness::NotFound,
            ),
            (
                &[112.0, 79.0, 4.0],
                81.0,
                Firefox,
                Windows,
                Likeness::NotFound,
            ),
            // The page still started.
            (
                &[215.0, 94.0, 88.0],
                172.0,
                Chromium,
                Linux,
                Likeness::NotFound,
            ),
            // Elsewhere, and where the first was as fast, it may be a refusal close by.
            (&[82.0, 1.0, 2.0], 81.0, Firefox, Linux, Likeness::None),
            (&[1.0, 1.0, 2.0], 81.0, Firefox, Windows, Likeness::None),
            // Refused close by: one lookup, and it succeeded.
            (&[83.0, 3.0, 3.0], 166.0, Chromium, Linux, Likeness::None),
            // Refused far away: faster by the lookup, and not by half.
            (
                &[681.0, 600.0, 601.0],
                166.0,
                Chromium,
                Linux,
                Likeness::None,
            ),
            (&[681.0, 600.0, 601.0], 81.0, Firefox, Linux, Likeness::None),
            // A name server close by, or a busy browser.
            (&[50.0, 50.0, 50.0], 50.0, Firefox, Linux, Likeness::None),
            (&[191.0, 190.0, 190.0], 191.0, WebKit, Linux, Likeness::None),
            (&[82.0], 81.0, Firefox, Linux, Likeness::None),
        ] {
            let found = likeness(attempts, fresh_ms, family, system, 600.0);
            assert_eq!(
                found, expected,
                "{attempts:?} {fresh_ms} {family:?} {system:?}"
            );
        }
    }

    /// A refusal at the far end looks the same where a lookup takes as long as the way there.
    #[test]
    fn what_the_way_explains_as_well_is_either() {
        let found = |attempts: &[f64]| likeness(attempts, 166.0, Chromium, Linux, 82.0);
        let kept = [162.0, 81.0, 82.0];
        assert_eq!(found(&kept), Likeness::Either);
        // Windows repeats what is refused for two seconds.
        let on_windows = likeness(&kept, 166.0, Chromium, Windows, 82.0);
        assert_eq!(on_windows, Likeness::NotFound);
        // Two round trips are TLS, and nothing was connected.
        assert_eq!(found(&[162.0, 165.0, 164.0]), Likeness::NotFound);
        let attempts = [162.0, 165.0, 164.0].map(exactly);
        let beside = |connection, path| {
            read(Beside {
                attempts: &attempts,
                fresh: exactly(166.0),
                family: Chromium,
                system: Linux,
                path,
                connection,
            })
        };
        let path = away(82.0);
        assert_eq!(beside(Connection::Unknown, Some(&path)), Likeness::Either);
        assert_eq!(beside(Connection::NotTaken, None), Likeness::Either);
        let vague = PathLength {
            shortest_ms: 100.0,
            longest_ms: 300.0,
        };
        assert_eq!(beside(Connection::NotTaken, Some(&vague)), Likeness::Either);
    }

    /// What the browser itself may have taken is no lookup.
    #[test]
    fn a_busy_browser_is_no_name_server() {
        let late = |ms| Reading {
            shortest_ms: ms - 100.0,
            longest_ms: ms,
        };
        let path = away(200.0);
        let attempts = [late(164.0), late(165.0)];
        let found = read(Beside {
            attempts: &attempts,
            fresh: exactly(166.0),
            family: Chromium,
            system: Linux,
            path: Some(&path),
            connection: Connection::NotTaken,
        });
        assert_eq!(found, Likeness::None);
    }
}
