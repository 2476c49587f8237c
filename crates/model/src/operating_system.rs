//! Operating system of the agent's computer. It decides what a refused or silent SYN and a name that does not exist look
//! like to a browser (docs/lab.md, "Other operating systems", with sources).

use serde::{Deserialize, Serialize};

/// Operating systems that differ in how connections and lookups fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum OperatingSystem {
    /// A refused SYN is repeated for 2 s, a silent one given up after 21 s; failed lookups are kept.
    Windows,
    /// A refused SYN fails at once, a silent one after 75 s; failed lookups are kept.
    MacOs,
    /// A refused SYN fails at once, a silent one after two minutes; failed lookups are kept only by a resolver that the
    /// distribution may bring.
    Linux,
    /// Linux underneath.
    ChromeOs,
    /// Linux underneath.
    Android,
    /// iPhones.
    Ios,
    /// iPads, also those that ask for pages as a desktop does.
    IpadOs,
    /// The browser does not say.
    #[default]
    Unknown,
}

impl OperatingSystem {
    /// Every one, in an order that never changes: reports carry the place in it.
    pub const ALL: [Self; 8] = [
        Self::Unknown,
        Self::Windows,
        Self::MacOs,
        Self::Linux,
        Self::ChromeOs,
        Self::Android,
        Self::Ios,
        Self::IpadOs,
    ];

    /// From the client hint `Sec-CH-UA-Platform` (User-Agent Client Hints, section 3.6) where the browser has one, else
    /// from its `User-Agent`. `touch_points` is `navigator.maxTouchPoints`: no Mac has any, every iPad does.
    #[must_use]
    pub fn detect(hint: Option<&str>, agent: &str, touch_points: u32) -> Self {
        let hinted = match hint {
            Some("Windows") => Self::Windows,
            Some("macOS") => Self::MacOs,
            Some("Linux") => Self::Linux,
            Some("Chrome OS" | "Chromium OS") => Self::ChromeOs,
            Some("Android") => Self::Android,
            Some("iOS") => Self::Ios,
            _ => Self::Unknown,
        };
        if hinted != Self::Unknown {
            return hinted;
        }
        // Most specific first: Android says Linux too, and iPhones say "like Mac OS X".
        const TOKENS: [(&str, OperatingSystem); 7] = [
            ("Windows", OperatingSystem::Windows),
            ("iPhone", OperatingSystem::Ios),
            ("iPad", OperatingSystem::IpadOs),
            ("Android", OperatingSystem::Android),
            ("CrOS", OperatingSystem::ChromeOs),
            ("Mac OS X", OperatingSystem::MacOs),
            ("Linux", OperatingSystem::Linux),
        ];
        let found = TOKENS.iter().find(|(token, _)| agent.contains(token));
        match found.map_or(Self::Unknown, |(_, system)| *system) {
            Self::MacOs if touch_points > 1 => Self::IpadOs,
            system => system,
        }
    }

    /// Its name, the same in every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Windows => "Windows",
            Self::MacOs => "macOS",
            Self::Linux => "Linux",
            Self::ChromeOs => "ChromeOS",
            Self::Android => "Android",
            Self::Ios => "iOS",
            Self::IpadOs => "iPadOS",
            Self::Unknown => "?",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::OperatingSystem;

    const MAC: &str = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15";

    #[test]
    fn the_hint_counts_more_than_the_user_agent() {
        for (hint, agent, touch_points, system) in [
            (Some("Windows"), "… (X11; Linux x86_64) …", 0, "Windows"),
            (Some("Chrome OS"), "… (X11; CrOS x86_64) …", 0, "ChromeOS"),
            // An empty hint, as some privacy settings give, says nothing.
            (Some(""), "… (Windows NT 10.0; Win64) …", 0, "Windows"),
            (None, "… (Windows NT 10.0; rv:153.0) …", 10, "Windows"),
            (None, "… (Linux; Android 15; Pixel 9) …", 5, "Android"),
            (None, "… (X11; Linux x86_64; rv:153.0) …", 0, "Linux"),
            (None, MAC, 0, "macOS"),
            (None, MAC, 5, "iPadOS"),
            (None, "curl/8", 0, "?"),
        ] {
            let found = OperatingSystem::detect(hint, agent, touch_points);
            assert_eq!(found.name(), system, "{hint:?} {agent}");
        }
    }

    #[test]
    fn all_are_listed_once() {
        for (at, system) in OperatingSystem::ALL.into_iter().enumerate() {
            let first = OperatingSystem::ALL.iter().position(|it| *it == system);
            assert_eq!(first, Some(at), "{system:?}");
        }
    }
}
