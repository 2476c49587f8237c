//! Traits: what a report tells of whoever made it, and others may share. What it leaves out is not known.

use std::net::IpAddr;

use crate::snapshot::Snapshot;
use reachcheck_model::time::{Moment, utc};

/// Something that people may share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The public address.
    Address,
    /// The public address's /24, or of IPv6 its /64: one site may have several.
    Network,
    /// Browser, its version and its system.
    Browser,
    /// The browser without its version.
    Program,
    /// The system.
    System,
    /// The relay that looked from outside.
    Relay,
    /// The hour in which the check was begun.
    Hour,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Address,
        Self::Network,
        Self::Browser,
        Self::Program,
        Self::System,
        Self::Relay,
        Self::Hour,
    ];

    /// Those that say the same more or less closely, the closest first.
    pub const DIMENSIONS: [&[Self]; 4] = [
        &[Self::Address, Self::Network],
        &[Self::Browser, Self::Program, Self::System],
        &[Self::Relay],
        &[Self::Hour],
    ];

    /// What it is called in the page.
    #[must_use]
    pub const fn token(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Network => "network",
            Self::Browser => "browser",
            Self::Program => "program",
            Self::System => "system",
            Self::Relay => "relay",
            Self::Hour => "hour",
        }
    }
}

/// What is known of one report, by kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traits([Option<String>; Kind::ALL.len()]);

impl Traits {
    /// Those of a report.
    #[must_use]
    pub fn of(report: &Snapshot, offset_minutes: i32) -> Self {
        let address = report.address.clone();
        let browser = report.browser.as_ref().map(|browser| browser.name.clone());
        let program = browser.as_deref().map(without_version);
        Self([
            address.clone(),
            address.as_deref().and_then(network),
            browser.clone(),
            program,
            browser.as_deref().and_then(system),
            report.relay.clone(),
            Some(hour(report.started.unix_ms, offset_minutes)),
        ])
    }

    /// One of them, if it is known.
    #[must_use]
    pub fn get(&self, kind: Kind) -> Option<&str> {
        self.0[kind as usize].as_deref()
    }
}

/// `203.0.113.0/24`, `2001:db8:1:2::/64`.
fn network(address: &str) -> Option<String> {
    Some(match address.parse().ok()? {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(address) => {
            let mut parts = address.segments();
            parts[4..].fill(0);
            format!("{}/64", std::net::Ipv6Addr::from(parts))
        }
    })
}

/// `Edge (Windows)`, of `Edge 142 (Windows)`.
fn without_version(browser: &str) -> String {
    let words = browser.split_whitespace();
    let words = words.filter(|word| !word.starts_with(|c: char| c.is_ascii_digit()));
    words.collect::<Vec<_>>().join(" ")
}

/// `Windows`, of `Edge 142 (Windows)`.
fn system(browser: &str) -> Option<String> {
    let (_, system) = browser.strip_suffix(')')?.rsplit_once('(')?;
    (!system.is_empty()).then(|| system.to_owned())
}

/// `2026-11-28 14:00–15:00`.
fn hour(unix_ms: f64, offset_minutes: i32) -> String {
    const HOUR_MS: f64 = 3_600_000.0;
    let begin = (unix_ms / HOUR_MS + f64::from(offset_minutes) / 60.0).floor() * HOUR_MS;
    let [begin, end] = [begin, begin + HOUR_MS].map(|unix_ms| minute(unix_ms, 0));
    let end = end.rsplit(' ').next().unwrap_or_default();
    format!("{begin}–{end}")
}

/// `2026-11-28 14:07`, by a clock that is so many minutes before UTC.
#[must_use]
pub fn minute(unix_ms: f64, offset_minutes: i32) -> String {
    let mut words = utc(Moment {
        unix_ms: unix_ms + f64::from(offset_minutes) * 60_000.0,
        offset_minutes: 0,
    });
    // Behind it are seconds and `UTC`.
    words.truncate(words.len() - ":05 UTC".len());
    words
}

#[cfg(test)]
mod tests {
    use super::{hour, minute, network, system, without_version};

    #[test]
    fn addresses_have_the_network_of_a_site() {
        for (address, expected) in [
            ("203.0.113.7", Some("203.0.113.0/24")),
            ("2001:db8:1:2:3:4:5:6", Some("2001:db8:1:2::/64")),
            ("nowhere", None),
        ] {
            assert_eq!(network(address).as_deref(), expected);
        }
    }

    #[test]
    fn browsers_have_a_name_without_version_and_a_system() {
        for (browser, program, on) in [
            ("Edge 142 (Windows)", "Edge (Windows)", Some("Windows")),
            ("Firefox 145.0 (Linux)", "Firefox (Linux)", Some("Linux")),
            ("Something", "Something", None),
            ("Odd ()", "Odd ()", None),
        ] {
            assert_eq!(without_version(browser), program);
            assert_eq!(system(browser).as_deref(), on);
        }
    }

    #[test]
    fn hours_are_those_of_the_readers_clock() {
        let half_past_nine = 1_795_771_800_000.0;
        assert_eq!(minute(half_past_nine, 0), "2026-11-27 09:30");
        assert_eq!(hour(half_past_nine, 0), "2026-11-27 09:00–10:00");
        assert_eq!(hour(half_past_nine, -600), "2026-11-26 23:00–00:00");
        // Half an hour off, as in India.
        assert_eq!(hour(half_past_nine, 330), "2026-11-27 15:00–16:00");
    }
}
