//! Content-Security-Policy of the page, as far as it says what may be connected to: what the settings need of it, and
//! whether it allows an address (CSP Level 3, sections 6.1.2 and 6.7.2).

use std::fmt;

use crate::address::UrlParts;
use crate::catalogue::Kind;
use crate::config::Config;
use crate::machine::Action;
use crate::probe::Port;

/// Requests that the browser turns down itself, by which it tells how late it is (docs/browsers.md section 9).
const NULL_PROBE: &str = "https://null.invalid:6000";

/// The sources that a run and the report of it need, for `connect-src`. The page's own origin comes first.
#[must_use]
pub fn connect_sources(config: &Config) -> Vec<String> {
    let mut sources = vec![
        "'self'".to_owned(),
        "https://*.invalid".to_owned(),
        NULL_PROBE.to_owned(),
    ];
    for region in &config.catalogue.regions {
        for kind in Kind::ALL {
            let target = region.host_port(kind);
            sources.push(format!("https://{target}"));
            sources.push(format!("wss://{target}"));
            sources
                .extend(Port::ALL.map(|port| format!("https://{}:{}", target.host, port.number())));
            // What does not exist there is asked for to learn what a failing lookup costs.
            sources.extend(target.domain().map(|domain| format!("https://*.{domain}")));
        }
    }
    for relay in &config.relays {
        let Some(parts) = UrlParts::of(relay) else {
            // Beside the page: 'self' knows no other port, and the build does not know the page's host.
            sources.extend(
                Port::ALL
                    .into_iter()
                    .flat_map(|port| with_tls("*", port.number())),
            );
            continue;
        };
        let socket = parts.scheme.replacen("http", "ws", 1);
        sources.push(format!("{}://{}:{}", parts.scheme, parts.host, parts.port));
        sources.push(format!("{socket}://{}:{}", parts.host, parts.port));
        // The relay is asked on its other ports, too, with TLS there.
        sources.extend(
            Port::ALL
                .into_iter()
                .flat_map(|port| with_tls(parts.host, port.number())),
        );
    }
    let further = config.controls.iter().chain(&config.support.report_url);
    sources.extend(further.map(|it| format!("https://{}:{}", it.host, it.port)));
    let mut seen = Vec::new();
    sources.retain(|source| {
        let is_new = !seen.contains(source);
        seen.push(source.clone());
        is_new
    });
    sources
}

fn with_tls(host: &str, port: u16) -> [String; 2] {
    ["https", "wss"].map(|scheme| format!("{scheme}://{host}:{port}"))
}

/// The `connect-src` of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectSources {
    sources: Vec<String>,
    /// Scheme, host and port of the page.
    own: String,
}

impl ConnectSources {
    /// Those of a policy, for a page at that address. `None` where it does not say, so that everything is allowed.
    #[must_use]
    pub fn of(policy: &str, page: &str) -> Option<Self> {
        let directive = |name: &str| {
            policy.split(';').find_map(|directive| {
                let mut words = directive.split_ascii_whitespace();
                words
                    .next()
                    .is_some_and(|first| first.eq_ignore_ascii_case(name))
                    .then(|| words.map(str::to_owned).collect())
            })
        };
        Some(Self {
            sources: directive("connect-src").or_else(|| directive("default-src"))?,
            own: page.to_owned(),
        })
    }

    /// Whether an address may be connected to.
    #[must_use]
    pub fn allows(&self, address: &str) -> bool {
        let Some(address) = UrlParts::of(address) else {
            return true;
        };
        self.sources.iter().any(|source| match source.as_str() {
            "'self'" => UrlParts::of(&self.own).is_some_and(|own| {
                own.host == address.host
                    && own.port == address.port
                    && may_stand_for(own.scheme, address.scheme)
            }),
            "*" => ["http", "https", "ws", "wss"].contains(&address.scheme),
            source => is_of(source, &address),
        })
    }

    /// The first address that an attempt connects to, where it may not.
    #[must_use]
    pub fn forbids(&self, action: &Action) -> Option<Place> {
        let addresses = addresses(action);
        let forbidden = addresses.iter().find(|address| !self.allows(address))?;
        UrlParts::of(forbidden).map(|parts| Place {
            host: parts.host.to_owned(),
            port: parts.port,
        })
    }
}

/// Host and port that the policy does not know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    host: String,
    port: u16,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.host, self.port)
    }
}

/// What an attempt connects to, of that which `connect-src` is about: WebRTC and images are not. A fresh name has its
/// random part in place of a star.
fn addresses(action: &Action) -> Vec<String> {
    let on_port = |base: &str, port: Option<u16>| {
        let parts = UrlParts::of(base)?;
        let port = port.unwrap_or(parts.port);
        Some(format!("{}://{}:{port}/", parts.scheme, parts.host))
    };
    match action {
        Action::Fetch(url) | Action::FetchInSpace { url, .. } | Action::Socket(url) => {
            vec![url.clone()]
        }
        Action::FetchFreshName(domain) => vec![format!("https://name.{domain}/")],
        Action::Challenge { base, port } => on_port(base, *port).into_iter().collect(),
        Action::RelaySocket { base, port } => {
            let base = on_port(base, *port).into_iter();
            base.map(|base| base.replacen("http", "ws", 1)).collect()
        }
        Action::AskDial { base, .. } | Action::AskControls { base } => {
            on_port(base, None).into_iter().collect()
        }
        Action::FetchPage
        | Action::GatherEndpoint { .. }
        | Action::GatherRelay { .. }
        | Action::Image(_)
        | Action::AwaitBodies { .. }
        | Action::ReadTiming { .. } => Vec::new(),
    }
}

/// Whether a source with that scheme is also one of an address with the other (CSP Level 3, section 6.7.2.9).
fn may_stand_for(source: &str, scheme: &str) -> bool {
    source == scheme
        || match source {
            "http" => scheme == "https" || scheme == "ws" || scheme == "wss",
            "https" => scheme == "wss",
            "ws" => scheme == "wss",
            _ => false,
        }
}

/// Whether a scheme or a host of the policy is that of an address (CSP Level 3, sections 6.7.2.8 to 6.7.2.12).
fn is_of(source: &str, address: &UrlParts<'_>) -> bool {
    let matches_scheme = |scheme: &str| {
        scheme == address.scheme
            || (scheme == "http" && address.scheme == "https")
            || (scheme == "ws" && address.scheme == "wss")
    };
    if let Some(scheme) = source.strip_suffix(':') {
        return matches_scheme(scheme);
    }
    let Some(source) = UrlParts::of(source) else {
        return false;
    };
    let is_host = match source.host.strip_prefix('*') {
        Some("") => true,
        Some(domain) => address.host.ends_with(domain) && address.host.len() > domain.len(),
        None => address.host == source.host,
    };
    matches_scheme(source.scheme) && is_host && source.port == address.port
}

#[cfg(test)]
mod tests {
    use super::{ConnectSources, connect_sources};
    use crate::machine::Action;

    const PAGE: &str = "https://check.example.com/reach/";

    fn allows(sources: &str, address: &str) -> bool {
        let policy = format!("default-src 'none'; connect-src {sources}; base-uri 'none'");
        let sources = ConnectSources::of(&policy, PAGE).expect("a directive");
        sources.allows(address)
    }

    #[test]
    fn sources_are_read_as_browsers_read_them() {
        for (sources, allowed, forbidden) in [
            (
                "'self'",
                "https://check.example.com/config.json",
                "https://check.example.com:5222/",
            ),
            (
                "'self'",
                "wss://check.example.com/relay/socket",
                "wss://other.example.com/",
            ),
            ("https:", "https://a.example:8443/", "wss://a.example/"),
            (
                "https://a.example",
                "https://a.example/x",
                "https://b.a.example/",
            ),
            (
                "https://a.example:443",
                "https://a.example/",
                "https://a.example:80/",
            ),
            (
                "https://*.a.example",
                "https://x.y.a.example/",
                "https://a.example/",
            ),
            (
                "https://*:80",
                "https://anything.example:80/",
                "https://anything.example/",
            ),
            ("wss://a.example", "wss://a.example/", "https://a.example/"),
            (
                "http://a.example:443",
                "https://a.example/",
                "https://b.example/",
            ),
            (
                "https://[::1]:8443",
                "https://[::1]:8443/",
                "https://[::1]/",
            ),
            ("*", "https://a.example:1/", "ftp://a.example/"),
        ] {
            assert!(allows(sources, allowed), "{sources}: {allowed}");
            assert!(!allows(sources, forbidden), "{sources}: {forbidden}");
        }
    }

    #[test]
    fn what_no_directive_names_is_allowed_and_the_default_stands_in() {
        assert_eq!(ConnectSources::of("script-src 'self'", PAGE), None);
        let none = ConnectSources::of("default-src 'none'", PAGE).expect("a default");
        assert!(!none.allows("https://a.example/"));
    }

    #[test]
    fn the_place_that_is_forbidden_is_named() {
        let policy = format!(
            "connect-src {}",
            connect_sources(&crate::config::Config::default()).join(" ")
        );
        let sources = ConnectSources::of(&policy, PAGE).expect("a directive");
        let base = "https://relay.example.com/relay/".to_owned();
        let forbidden = sources.forbids(&Action::RelaySocket {
            base,
            port: Some(5222),
        });
        assert_eq!(
            forbidden.map(|it| it.to_string()).as_deref(),
            Some("relay.example.com:5222")
        );
        let fresh = Action::FetchFreshName("mycontactcenter.net".to_owned());
        assert_eq!(sources.forbids(&fresh), None);
    }
}
