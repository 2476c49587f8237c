//! Refused connections that the operating system does not report at once.
//!
//! Windows takes a RST that answers a SYN for an accident and sends the SYN again, five in all within 2.0 s, for each
//! address of a name anew (Microsoft KB 175523; 2,002 to 2,011 ms in twelve public measurements of a closed port). macOS
//! does so for 4.0 s where a router says by ICMP that net or host cannot be reached. So a refusal, near by or far away,
//! takes the time of something else: of twenty round trips of 100 ms, for example.

use reachcheck_model::operating_system::OperatingSystem;

use super::computer::Reading;
use super::path::PathLength;

/// For how long a system tries again, in milliseconds, for each address.
const fn repeats_ms(system: OperatingSystem) -> Option<f64> {
    match system {
        OperatingSystem::Windows => Some(2_000.0),
        OperatingSystem::MacOs => Some(4_000.0),
        _ => None,
    }
}

/// Whether a system reports a SYN that was refused without trying it again. Not known of one that does not say what it is.
pub(super) const fn is_told_at_once(system: OperatingSystem) -> bool {
    !matches!(system, OperatingSystem::Windows)
}

/// Timers of Windows step by 15.6 ms; three of them early.
const EARLY_MS: f64 = 50.0;
/// How late the last of five timers came, and some more for a busy computer.
const LATE_MS: f64 = 150.0;
/// Whether the half seconds count from a SYN or from the RST that answered it was not measured: in the second case all
/// five round trips come on top.
const TRIPS_MAX: f64 = 5.0;
/// Addresses of a name that are tried one after the other before the page's own deadline.
const ADDRESSES_MAX: u32 = 4;
/// What is left of a refusal near by once the repeats are taken off stays below this (ms), and below half a round trip.
const NEAR_MAX_MS: f64 = 60.0;

/// A refusal that the operating system held back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Refusal {
    /// What is left once the repeats are taken off, in milliseconds.
    pub rest_ms: f64,
    /// Whether that is less than the way to the service takes.
    pub is_near: bool,
}

/// Whether failures that took so long were refusals, each of one address or of several: Firefox tries some connections
/// twice (4,508 ms beside 2,087, 2,088 and 2,087).
pub(super) fn read(
    failures: &[Reading],
    path: Option<&PathLength>,
    system: OperatingSystem,
) -> Option<Refusal> {
    let repeats_ms = repeats_ms(system)?;
    let longest_r_ms = path.map_or(0.0, |path| path.longest_ms);
    let of_addresses = |failure: &Reading| {
        (1..=ADDRESSES_MAX).rev().find_map(|count| {
            let from_ms = repeats_ms * f64::from(count);
            let to_ms = from_ms + LATE_MS + TRIPS_MAX * longest_r_ms * f64::from(count);
            let fits = failure.longest_ms >= from_ms - EARLY_MS && failure.shortest_ms <= to_ms;
            fits.then_some(from_ms)
        })
    };
    let repeats: Option<Vec<f64>> = failures.iter().map(of_addresses).collect();
    let from_ms = repeats?.into_iter().min_by(f64::total_cmp)?;
    let fastest_ms = failures
        .iter()
        .map(|failure| failure.longest_ms)
        .min_by(f64::total_cmp)?;
    let rest_ms = (fastest_ms - from_ms).max(0.0);
    let is_near = path.is_some_and(|path| rest_ms < NEAR_MAX_MS.min(0.5 * path.shortest_ms));
    Some(Refusal { rest_ms, is_near })
}

#[cfg(test)]
mod tests {
    use super::{Refusal, read};
    use crate::analysis::{PathLength, Reading};
    use reachcheck_model::operating_system::OperatingSystem::{self, Linux, MacOs, Windows};

    fn refusal(times_ms: &[f64], r_ms: Option<f64>, system: OperatingSystem) -> Option<Refusal> {
        let exactly = |ms| Reading {
            shortest_ms: ms,
            longest_ms: ms,
        };
        let failures: Vec<Reading> = times_ms.iter().map(|ms| exactly(*ms)).collect();
        let path = r_ms.map(|ms| PathLength {
            shortest_ms: ms,
            longest_ms: ms,
        });
        read(&failures, path.as_ref(), system)
    }

    #[test]
    fn a_connection_may_be_tried_twice() {
        let times = [4_508.0, 2_087.0, 4_400.0, 2_087.0];
        assert!(refusal(&times, Some(82.0), Windows).is_some());
        // Nothing is tried for so long and no longer, and what was sooner was connected.
        let between = [3_200.0, 2_087.0, 2_088.0, 2_087.0];
        assert!(refusal(&between, Some(82.0), Windows).is_none());
        let sooner = [180.0, 2_087.0, 2_088.0, 2_087.0];
        assert!(refusal(&sooner, Some(82.0), Windows).is_none());
    }

    #[test]
    fn two_seconds_on_windows_are_a_refusal_near_or_somewhere() {
        let near = |times: &[f64], r| refusal(times, Some(r), Windows).map(|it| it.is_near);
        assert_eq!(near(&[2003.0, 2005.0, 2011.0], 80.0), Some(true));
        // One round trip more, or five: at the far end, or near by and held back.
        assert_eq!(near(&[2085.0, 2090.0, 2083.0], 80.0), Some(false));
        assert_eq!(near(&[2400.0, 2405.0, 2402.0], 80.0), Some(false));
        // A region so near that the timer's own steps are as long as the way there.
        assert_eq!(near(&[2011.0, 2012.0], 20.0), Some(false));
        // Two addresses, three addresses.
        assert_eq!(near(&[4006.0, 4009.0], 80.0), Some(true));
        assert_eq!(near(&[6010.0, 6009.0], 80.0), Some(true));
        // Without a path nothing says where.
        assert_eq!(
            refusal(&[2003.0], None, Windows).map(|it| it.is_near),
            Some(false)
        );
    }

    #[test]
    fn other_times_and_other_systems_are_not() {
        assert_eq!(refusal(&[2003.0, 2005.0], Some(80.0), Linux), None);
        assert_eq!(refusal(&[1700.0, 1690.0], Some(80.0), Windows), None);
        assert_eq!(refusal(&[2003.0, 330.0], Some(80.0), Windows), None);
        assert_eq!(refusal(&[2700.0, 2710.0], Some(80.0), Windows), None);
        // macOS reports a RST at once, and an ICMP error after four seconds.
        assert_eq!(refusal(&[2003.0, 2005.0], Some(80.0), MacOs), None);
        assert!(refusal(&[4003.0, 4005.0], Some(80.0), MacOs).is_some());
    }
}
