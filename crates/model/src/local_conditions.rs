//! Local conditions of a probe: what this computer did to it while it was out, as far as a page can know.
//!
//! Times of a page are taken where the browser hands an event over, so a computer that is busy, asleep or has just
//! changed its network looks like a slow or a broken path. A page cannot see a driver or a scanner that holds one
//! connection back (docs/decisions/0024).

use serde::{Deserialize, Serialize};

/// What this computer did while a probe was out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LocalConditions {
    /// The browser's own delay, in milliseconds, where it was measured: at attempts whose end is read by the clock. It is
    /// the longest that null probes took at the beginning and at the end of its attempts, and by how much a heartbeat was
    /// late there. The attempt's own time may be too long by it, and need not be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_delay_ms: Option<f64>,
    /// The longest time for which the page stood still meanwhile, in milliseconds; 0 where it did not.
    #[serde(default)]
    pub stalled_ms: f64,
    /// Whether the browser said that the network of this computer came or went.
    #[serde(default)]
    pub network_changed: bool,
    /// Whether the probe was not made: its outcome is that of the first of its kind in this tab, up to a minute before,
    /// since browsers hold a second one back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub kept: bool,
}

impl LocalConditions {
    /// Nothing known that would be worth a word.
    #[must_use]
    pub fn is_calm(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::LocalConditions;

    #[test]
    fn an_older_record_knows_of_nothing() {
        let read: LocalConditions = reachcheck_wire::decode("{}").expect("all optional");
        assert!(read.is_calm());
        assert!(
            !LocalConditions {
                stalled_ms: 300.0,
                ..read
            }
            .is_calm()
        );
    }
}
