//! The few forms of address that settings may hold, checked when they are read.
//!
//! A full URL parser would weigh more than the rest of this crate in the page; these grammars are
//! narrower than RFC 3986 on purpose, and what they accept every browser and the relay read alike.

use std::fmt;

/// An `https:` URL without user, query or fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpsUrl {
    /// Host name, lower case.
    pub host: String,
    /// TCP port, 443 unless given.
    pub port: u16,
    /// Begins with `/`.
    pub path: String,
}

impl fmt::Display for HttpsUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "https://{}{}", self.authority(), self.path)
    }
}

/// Scheme, host and port of an address that was read before, or of a source of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UrlParts<'text> {
    /// Without its colon.
    pub scheme: &'text str,
    /// Host name, or an IPv6 address in brackets.
    pub host: &'text str,
    /// The scheme's own port unless another is named.
    pub port: u16,
}

impl<'text> UrlParts<'text> {
    /// Those of an absolute address.
    #[must_use]
    pub fn of(text: &'text str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let authority = rest.split(['/', '?', '#']).next()?;
        let named = authority
            .rsplit_once(':')
            .filter(|(_, port)| !port.contains(']'));
        let (host, port) = match named {
            Some((host, port)) => (host, port.parse().ok()?),
            None => (
                authority,
                if matches!(scheme, "http" | "ws") {
                    80
                } else {
                    443
                },
            ),
        };
        Some(Self { scheme, host, port })
    }
}

impl HttpsUrl {
    /// The host, and its port where that is not 443.
    #[must_use]
    pub fn authority(&self) -> String {
        match self.port {
            443 => self.host.clone(),
            port => format!("{}:{port}", self.host),
        }
    }

    /// Reads one.
    ///
    /// # Errors
    /// What is wrong and what it should be, as a clause for an operator.
    pub fn parse(text: &str) -> Result<Self, String> {
        let rest = text
            .strip_prefix("https://")
            .ok_or_else(|| format!("“{text}” must begin with https://"))?;
        let (authority, path) = match rest.find('/') {
            Some(slash) => rest.split_at(slash),
            None => (rest, "/"),
        };
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) => (host, parse_port(port)?),
            None => (authority, 443),
        };
        if !path
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !b"?#\\\"<>".contains(&byte))
        {
            return Err(format!(
                "the path “{path}” may hold neither spaces, quotes, “?” nor “#”"
            ));
        }
        Ok(Self {
            host: parse_host(host)?,
            port,
            path: path.to_owned(),
        })
    }
}

/// Reads a host name: labels of letters, digits and hyphens (RFC 952, RFC 1123 section 2.1).
///
/// IP addresses are refused: certificates, proxies and firewall rules of the service go by name.
///
/// # Errors
/// What is wrong, as a clause for an operator.
pub fn parse_host(text: &str) -> Result<String, String> {
    let host = text.to_ascii_lowercase();
    let label_ok = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if host.len() > 253 || !host.split('.').all(label_ok) {
        return Err(format!(
            "“{text}” is not a host name (letters, digits, hyphens and dots, as in pop0-ccans.example.com)"
        ));
    }
    // The last label of an address is all digits, that of a name never is (RFC 3696 section 2).
    if host
        .rsplit('.')
        .next()
        .is_some_and(|label| label.bytes().all(|byte| byte.is_ascii_digit()))
    {
        return Err(format!("“{text}” is an IP address; give the host's name"));
    }
    Ok(host)
}

fn parse_port(text: &str) -> Result<u16, String> {
    match text.parse::<u16>() {
        Ok(port) if port > 0 && !text.starts_with('+') => Ok(port),
        _ => Err(format!("“{text}” is not a port (1 to 65535)")),
    }
}

/// Whether a host, as the browser writes it, is this very computer.
#[must_use]
pub fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    if host == "localhost" || host.ends_with(".localhost") {
        return true;
    }
    // As browsers write addresses. The standard library's parser knows every spelling, and weighs a kilobyte.
    let is_ipv4 = host.split('.').count() == 4
        && host
            .split('.')
            .all(|part| !part.starts_with('+') && part.parse::<u8>().is_ok());
    host == "::1" || is_ipv4 && host.starts_with("127.")
}

#[cfg(test)]
mod tests {
    use super::{HttpsUrl, is_loopback, parse_host};

    #[test]
    fn urls_are_read_and_written_alike() {
        for (text, written) in [
            (
                "https://a.example.com/x/y.asmx",
                "https://a.example.com/x/y.asmx",
            ),
            ("https://A.Example.com", "https://a.example.com/"),
            ("https://a.example.com:8443/", "https://a.example.com:8443/"),
        ] {
            assert_eq!(
                HttpsUrl::parse(text).map(|url| url.to_string()),
                Ok(written.to_owned())
            );
        }
    }

    #[test]
    fn what_is_not_an_https_url_is_refused_with_the_reason() {
        for (text, reason) in [
            ("http://a.example.com/", "must begin with https://"),
            ("https://user@a.example.com/", "not a host name"),
            ("https://a.example.com:0/", "not a port"),
            ("https://a.example.com:99999/", "not a port"),
            ("https://a.example.com/?q=1", "neither spaces"),
            ("https://a.example.com/a b", "neither spaces"),
            ("https://192.0.2.1/", "IP address"),
            ("https:///", "not a host name"),
            ("https://-a.example.com/", "not a host name"),
        ] {
            let error = HttpsUrl::parse(text).expect_err(text);
            assert!(error.contains(reason), "{text}: {error}");
        }
    }

    #[test]
    fn hosts() {
        assert_eq!(parse_host("Pop0.example"), Ok("pop0.example".to_owned()));
        assert!(parse_host("").is_err());
        assert!(parse_host("a..b").is_err());
        assert!(parse_host("10.0.0.1").is_err());
    }

    #[test]
    fn loopback_in_all_its_spellings() {
        for host in [
            "localhost",
            "127.0.0.1",
            "127.9.9.9",
            "[::1]",
            "::1",
            "a.localhost",
        ] {
            assert!(is_loopback(host), "{host}");
        }
        for host in ["example.com", "128.0.0.1", "localhost.example.com", "[::2]"] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
