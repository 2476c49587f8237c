//! What the relay is told: flags and environment become a checked configuration, or a clear error.

mod partial;

use std::net::{IpAddr, SocketAddr};

use ipnet::IpNet;
use reachcheck_model::address::parse_host;

pub use partial::{Arguments, LogFormat, PartialConfig, Task};

use crate::limits::{self, Limits};

/// What the relay works with.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Origins of pages that may use it, exactly as browsers send them.
    pub origins: Vec<String>,
    /// Whether it listens outside, or says that it does.
    pub outside: bool,
    /// Its own controls.
    pub controls: Vec<Control>,
    /// Non-global addresses that may be dialled all the same.
    pub allow_targets: Vec<IpNet>,
    /// The ports at which agents reach it.
    pub ports: Vec<u16>,
    /// Whether it speaks TLS there, and so answers plain bytes beside it.
    pub has_tls: bool,
    /// Where a PROXY protocol header is asked for, and believed.
    pub proxy_from: Vec<IpNet>,
    /// The limits in force.
    pub limits: Limits,
}

/// A host that shows whether the relay has a way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Control {
    /// Host name.
    pub host: String,
    /// TCP port.
    pub port: u16,
}

const CONTROLS_MAX: usize = 8;
const ORIGINS_MAX: usize = 64;

impl Settings {
    /// Checks what was given for addresses that are bound already (so that port 0 is known).
    ///
    /// # Errors
    /// Which flag, what is wrong with it, and what it should be.
    pub fn new(given: &PartialConfig, bound: &[SocketAddr]) -> Result<Self, String> {
        let has_tls = match (&given.tls_cert, &given.tls_key) {
            (Some(_), Some(_)) if given.has_acme() => {
                return Err("--acme-domain: not beside --tls-cert and --tls-key".to_owned());
            }
            (Some(_), Some(_)) => true,
            (None, None) => given.has_acme(),
            (Some(_), None) => {
                return Err("--tls-key is missing: it goes with --tls-cert".to_owned());
            }
            (None, Some(_)) => {
                return Err("--tls-cert is missing: it goes with --tls-key".to_owned());
            }
        };
        let is_open = |address: &&SocketAddr| !is_inside(address.ip());
        if let Some(open) = bound.iter().find(is_open)
            && !has_tls
        {
            return Err(format!(
                "--listen {open}: without --tls-cert and --tls-key the relay listens on loopback only; \
                 give both, or listen on 127.0.0.1"
            ));
        }
        let mut origins: Vec<String> = Vec::new();
        for origin in &given.origin {
            origins.push(check_origin(origin)?);
        }
        let local = bound.iter().filter(|address| is_inside(address.ip()));
        for address in local.filter(|_| given.page.is_some()) {
            let scheme = if has_tls { "https" } else { "http" };
            for host in ["127.0.0.1", "localhost", "[::1]"] {
                origins.push(format!("{scheme}://{host}:{}", address.port()));
            }
        }
        if origins.is_empty() {
            return Err(
                "--origin: no page may use this relay; name the page's origin, e.g. --origin https://check.example.com"
                    .to_owned(),
            );
        }
        if origins.len() > ORIGINS_MAX {
            return Err(format!("--origin: more than {ORIGINS_MAX} origins"));
        }
        let controls = given.control.as_deref().unwrap_or_default();
        if controls.len() > CONTROLS_MAX {
            return Err(format!("--control: more than {CONTROLS_MAX} controls"));
        }
        let controls = controls
            .iter()
            .filter(|control| !control.is_empty())
            .map(|control| check_control(control))
            .collect::<Result<Vec<Control>, String>>()?;
        Ok(Self {
            origins,
            outside: given.outside || bound.iter().any(|address| !is_inside(address.ip())),
            controls,
            allow_targets: given.allow_target.clone(),
            ports: if given.public_port.is_empty() {
                bound.iter().map(SocketAddr::port).collect()
            } else {
                given.public_port.clone()
            },
            has_tls,
            proxy_from: given.proxy_from.clone(),
            limits: given.effective_limits()?,
        })
    }
}

impl Settings {
    /// What is valid, and not likely to be meant.
    #[must_use]
    pub fn doubts(&self) -> Vec<String> {
        let mut doubts = Vec::new();
        for net in &self.proxy_from {
            let host_bits = net.max_prefix_len() - net.prefix_len();
            if host_bits > limits::BALANCER_BITS {
                doubts.push(format!(
                    "proxy-from {net} is a large network: whoever is in it may say that it is any address; name the balancer's \
                     own addresses"
                ));
            }
        }
        let limits = &self.limits;
        for (name, of_address, of_all, all) in [
            (
                "connections",
                limits.address_connections,
                limits.connections,
                "connections",
            ),
            ("sockets", limits.address_sockets, limits.sockets, "sockets"),
            ("holds", limits.address_holds, limits.holds, "holds"),
        ] {
            if of_address as usize > of_all.div_ceil(2) && of_all > 1 {
                doubts.push(format!(
                    "address-{name}={of_address} is more than half of {all}={of_all}: one address gets no more than is left \
                     for others, which is half"
                ));
            }
        }
        doubts
    }
}

/// A listener on loopback serves this computer alone.
fn is_inside(address: IpAddr) -> bool {
    address.is_loopback()
}

fn check_origin(text: &str) -> Result<String, String> {
    let wrong = |why: &str| {
        Err(format!(
            "--origin {text}: {why}, e.g. https://check.example.com"
        ))
    };
    let Some((scheme, authority)) = text.split_once("://") else {
        return wrong("must be scheme://host, with the port if it is not the scheme's own");
    };
    if !["https", "http"].contains(&scheme) {
        return wrong("must begin with https:// (or http:// for tests)");
    }
    if authority.is_empty() || authority.contains(['/', '?', '#', '@', '*', ' ']) {
        return wrong("must end after host and port: no path, no wildcard");
    }
    if !authority.is_ascii() {
        return wrong("must have the host as browsers send it, in ASCII (xn--…)");
    }
    // A port stands behind the last colon, unless that is one of an IPv6 address.
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    if host.is_empty() || host.ends_with('.') {
        return wrong("must have a host, without a dot behind it");
    }
    let port = match port.map(str::parse::<u16>) {
        Some(Err(_) | Ok(0)) => return wrong("must have a port from 1 to 65535, or none"),
        Some(Ok(port)) => Some(port),
        None => None,
    };
    // As browsers write it (RFC 6454 section 6.2).
    let own = if scheme == "https" { 443 } else { 80 };
    let host = host.to_ascii_lowercase();
    Ok(match port.filter(|port| *port != own) {
        Some(port) => format!("{scheme}://{host}:{port}"),
        None => format!("{scheme}://{host}"),
    })
}

fn check_control(text: &str) -> Result<Control, String> {
    let (host, port) = text
        .rsplit_once(':')
        .ok_or_else(|| format!("--control {text}: must be HOST:PORT, e.g. www.example.com:443"))?;
    Ok(Control {
        host: parse_host(host).map_err(|problem| format!("--control {text}: {problem}"))?,
        port: port
            .parse()
            .ok()
            .filter(|port| *port > 0)
            .ok_or_else(|| format!("--control {text}: “{port}” is not a port (1 to 65535)"))?,
    })
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::{Arguments, Settings};

    fn settings(flags: &[&str], bound: &str) -> Result<Settings, String> {
        let arguments =
            Arguments::parse_from(std::iter::once(&"reachcheck-relay").chain(flags).copied());
        let given = arguments.resolve().expect("nothing to read");
        Settings::new(&given, &[bound.parse().expect("an address")])
    }

    #[test]
    fn serving_the_page_on_loopback_needs_nothing_else() {
        let settings = settings(&["--page", "dist"], "127.0.0.1:8080").expect("settings");
        assert!(
            settings
                .origins
                .contains(&"http://127.0.0.1:8080".to_owned())
        );
        assert!(!settings.outside);
        assert_eq!(settings.controls.len(), 3);
    }

    #[test]
    fn outside_is_a_listener_that_is_not_loopback_or_the_operators_word() {
        let tls = [
            "--tls-cert",
            "c",
            "--tls-key",
            "k",
            "--origin",
            "https://a.example",
        ];
        assert!(settings(&tls, "203.0.113.7:443").expect("settings").outside);
        assert!(!settings(&tls, "127.0.0.1:443").expect("settings").outside);
        let mut said = tls.to_vec();
        said.push("--outside");
        assert!(settings(&said, "127.0.0.1:443").expect("settings").outside);
    }

    #[test]
    fn mistakes_are_named() {
        for (flags, bound, expected) in [
            (
                vec!["--origin", "https://a.example"],
                "203.0.113.7:80",
                "--tls-cert",
            ),
            (vec![], "127.0.0.1:80", "--origin: no page"),
            (
                vec!["--tls-cert", "c"],
                "127.0.0.1:80",
                "--tls-key is missing",
            ),
            (
                vec!["--origin", "a.example"],
                "127.0.0.1:80",
                "--origin a.example",
            ),
            (
                vec!["--origin", "https://*.example"],
                "127.0.0.1:80",
                "no wildcard",
            ),
            (
                vec!["--origin", "https://a.example/x"],
                "127.0.0.1:80",
                "no path",
            ),
            (
                vec!["--page", "d", "--control", "x"],
                "127.0.0.1:80",
                "HOST:PORT",
            ),
            (
                vec!["--page", "d", "--control", "10.0.0.1:443"],
                "127.0.0.1:80",
                "IP address",
            ),
            (
                vec!["--page", "d", "--control", "a.example:0"],
                "127.0.0.1:80",
                "not a port",
            ),
        ] {
            let error = settings(&flags, bound).expect_err(expected);
            assert!(error.contains(expected), "{error}");
        }
    }

    #[test]
    fn an_origin_is_kept_as_browsers_send_it() {
        for (given, kept) in [
            ("https://Check.Example:443", "https://check.example"),
            ("http://check.example:80", "http://check.example"),
            ("https://check.example:8443", "https://check.example:8443"),
            ("http://[::1]:8080", "http://[::1]:8080"),
            ("http://[::1]", "http://[::1]"),
        ] {
            assert_eq!(super::check_origin(given).as_deref(), Ok(kept));
        }
    }
}
