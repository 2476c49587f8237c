//! Detection of sleep, frozen tabs and throttled timers from two clocks, and of a change of network from public
//! addresses.

use std::net::IpAddr;

use super::log::What;

/// Both clocks at one moment, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClockSample {
    /// The calendar's: it goes on while the computer sleeps, and may be set.
    pub unix_ms: f64,
    /// The monotonic one: some systems stop it in sleep.
    pub monotonic_ms: f64,
    /// Whether the tab is hidden.
    pub is_hidden: bool,
}

/// Between two looks at the clocks, in milliseconds.
pub const CLOCK_SAMPLE_MS: f64 = 10_000.0;
/// A look that is later than this, in milliseconds, was held back. A busy computer delays a timer by a second or two.
const HELD_BACK_MS: f64 = 5_000.0;
/// Browsers let the timers of a hidden tab through once a minute at the least (Chromium's intensive throttling;
/// Firefox: once a second). What comes later than this was not held back but stood still.
const STOOD_STILL_MS: f64 = 65_000.0;

/// What the time between two looks says, where the second was due after `due_ms`.
#[must_use]
pub fn interruption(last: ClockSample, now: ClockSample, due_ms: f64) -> Option<What> {
    let passed = (now.unix_ms - last.unix_ms).max(now.monotonic_ms - last.monotonic_ms);
    let ms = passed - due_ms;
    if ms <= HELD_BACK_MS {
        return None;
    }
    let was_hidden = last.is_hidden || now.is_hidden;
    Some(if was_hidden && ms <= STOOD_STILL_MS {
        What::Throttled { ms }
    } else {
        What::Slept { ms }
    })
}

/// The addresses at which the relay has seen us. Big networks leave by several; only one that is new is another
/// network, and not even that on the way from IPv4 to IPv6.
#[derive(Clone, Debug, Default)]
pub struct Addresses(Vec<String>);

/// A pool of addresses larger than this is not learned.
const POOL_MAX: usize = 64;

impl Addresses {
    /// Takes an address; whether it shows another network.
    pub fn is_another(&mut self, address: &str) -> bool {
        let Some(place) = place(address) else {
            return false;
        };
        if self.0.contains(&place) {
            return false;
        }
        let is_v6 = |place: &String| place.contains(':');
        let is_first = !self.0.iter().any(|known| is_v6(known) == is_v6(&place));
        if self.0.len() == POOL_MAX {
            self.0.remove(0);
        }
        self.0.push(place);
        !is_first
    }
}

/// An IPv4 address, or the /64 in which an IPv6 address changes by itself (RFC 8981).
fn place(address: &str) -> Option<String> {
    Some(match address.parse().ok()? {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => v4.to_string(),
            None => {
                let [a, b, c, d, ..] = v6.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}:")
            }
        },
    })
}

#[cfg(test)]
mod tests {
    use super::{Addresses, CLOCK_SAMPLE_MS, ClockSample, interruption};
    use crate::What;

    fn after(unix_ms: f64, monotonic_ms: f64, is_hidden: bool) -> Option<What> {
        let last = ClockSample {
            unix_ms: 1e12,
            monotonic_ms: 5e4,
            is_hidden,
        };
        let now = ClockSample {
            unix_ms: 1e12 + unix_ms,
            monotonic_ms: 5e4 + monotonic_ms,
            is_hidden,
        };
        interruption(last, now, CLOCK_SAMPLE_MS)
    }

    #[test]
    fn sleep_a_frozen_tab_and_a_throttled_one_are_three_things() {
        assert_eq!(after(10_200.0, 10_200.0, false), None);
        assert_eq!(after(14_000.0, 14_000.0, true), None);
        // A hidden tab gets its timers once a minute.
        assert!(matches!(
            after(60_000.0, 60_000.0, true),
            Some(What::Throttled { .. })
        ));
        // A shown one does not.
        assert!(matches!(
            after(60_000.0, 60_000.0, false),
            Some(What::Slept { .. })
        ));
        // Asleep, whether or not the monotonic clock went on.
        for monotonic in [3_610_000.0, 10_000.0] {
            let slept = after(3_610_000.0, monotonic, true);
            assert_eq!(slept, Some(What::Slept { ms: 3_600_000.0 }));
        }
        // A clock that was set back is no sleep.
        assert_eq!(after(-3_600_000.0, 10_000.0, false), None);
    }

    #[test]
    fn a_new_address_is_another_network_unless_mapped_or_of_a_new_family() {
        let mut seen = Addresses::default();
        assert!(!seen.is_another("192.0.2.7"), "the first");
        assert!(!seen.is_another("::ffff:192.0.2.7"));
        assert!(!seen.is_another("2001:db8:1:2::7"), "the first of IPv6");
        assert!(
            !seen.is_another("2001:db8:1:2:ab::9"),
            "a temporary address"
        );
        assert!(seen.is_another("192.0.2.8"));
        assert!(!seen.is_another("192.0.2.7"), "a pool that is known");
        assert!(seen.is_another("2001:db8:1:3::7"));
        assert!(!seen.is_another("nonsense"));
        for last in 0..=255 {
            seen.is_another(&format!("198.51.100.{last}"));
        }
        assert_eq!(seen.0.len(), super::POOL_MAX);
    }
}
