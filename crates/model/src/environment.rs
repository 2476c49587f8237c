//! What the page knows about where it runs.

use serde::{Deserialize, Serialize};

use crate::operating_system::OperatingSystem;

/// The browser and the place the page was opened from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Environment {
    /// How its network stack behaves.
    pub family: BrowserFamily,
    /// As the report names it, for example `Firefox 153 (Linux)`.
    pub browser: String,
    /// `navigator.language`.
    pub language: String,
    /// The page's origin, for example `https://check.example.com`.
    pub origin: String,
    /// Whether the page was served from this very computer.
    pub origin_is_loopback: bool,
    /// Functions of the browser in whose place something else stands.
    #[serde(default)]
    pub replaced: Vec<String>,
    /// The computer's operating system, as the browser tells it.
    #[serde(default)]
    pub system: OperatingSystem,
    /// The smallest step of the page's clock, in milliseconds: 0.1 in Chromium, 1 in Firefox and WebKit, 17 or 100 where
    /// settings coarsen it against fingerprinting. `None` where it was not measured.
    #[serde(default)]
    pub clock_grain_ms: Option<f64>,
    /// Whether the page is in a frame of another page.
    #[serde(default)]
    pub in_frame: bool,
}

/// Browsers that share a network stack, and so the meaning of their timings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BrowserFamily {
    /// Chrome, Edge, Opera …
    Chromium,
    /// Firefox.
    Firefox,
    /// Safari and WebKitGTK.
    WebKit,
    /// None that was measured.
    Other,
}

impl BrowserFamily {
    /// Reads a `User-Agent`.
    #[must_use]
    pub fn from_user_agent(agent: &str) -> Self {
        if agent.contains("Firefox/") {
            Self::Firefox
        } else if agent.contains("Chrome/") || agent.contains("Chromium/") {
            Self::Chromium
        } else if agent.contains("AppleWebKit/") {
            Self::WebKit
        } else {
            Self::Other
        }
    }
}

/// The browser's name, version and system as people say them.
#[must_use]
pub fn browser_name(agent: &str, system: OperatingSystem) -> String {
    // Most specific first: every Edge also says Chrome, every Chrome also says Safari.
    const NAMES: [(&str, &str); 7] = [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("HeadlessChrome/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Version/", "Safari"),
        ("AppleWebKit/", "WebKit"),
    ];
    let browser = NAMES.iter().find_map(|(token, name)| {
        let after = &agent[agent.find(token)? + token.len()..];
        let major: String = after.chars().take_while(char::is_ascii_digit).collect();
        Some(format!("{name} {major}"))
    });
    // The same in every language.
    format!(
        "{} ({})",
        browser.unwrap_or_else(|| "?".to_owned()),
        system.name()
    )
}

#[cfg(test)]
mod tests {
    use super::{BrowserFamily, browser_name};
    use crate::operating_system::OperatingSystem;

    #[test]
    fn browsers_are_recognised() {
        for (agent, family, name) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
                BrowserFamily::Chromium,
                "Edge 142 (Windows)",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0",
                BrowserFamily::Firefox,
                "Firefox 153 (Linux)",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36",
                BrowserFamily::Chromium,
                "Chrome 156 (Linux)",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
                BrowserFamily::WebKit,
                "Safari 18 (macOS)",
            ),
            ("curl/8", BrowserFamily::Other, "? (?)"),
        ] {
            assert_eq!(BrowserFamily::from_user_agent(agent), family, "{agent}");
            let system = OperatingSystem::detect(None, agent, 0);
            assert_eq!(browser_name(agent, system), name);
        }
    }
}
