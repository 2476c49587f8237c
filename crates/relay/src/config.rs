//! What the relay is told: flags and environment become a checked configuration, or a clear error.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use clap::Parser;
use ipnet::IpNet;
use reachcheck_core::address::parse_host;

use crate::limits;

/// The command line. Every flag can also be set in the environment.
#[derive(Clone, Debug, Parser)]
#[command(name = "reachcheck-relay", version, about, long_about = None)]
pub struct Arguments {
    /// Address to listen on (repeatable; for all that agents need: ports 443, 80 and 5222)
    #[arg(
        long,
        env = "REACHCHECK_LISTEN",
        value_delimiter = ',',
        default_value = "127.0.0.1:8080"
    )]
    pub listen: Vec<SocketAddr>,
    /// Certificate chain (PEM); with --tls-key, required unless listening on loopback
    #[arg(long, env = "REACHCHECK_TLS_CERT", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// Private key of the certificate (PEM)
    #[arg(long, env = "REACHCHECK_TLS_KEY", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// Folder with the built page, to be served beside the relay
    #[arg(long, env = "REACHCHECK_PAGE")]
    pub page: Option<PathBuf>,
    /// The page's config.json: its catalogue is what may be dialled (default: the embedded one)
    #[arg(long, env = "REACHCHECK_CONFIG")]
    pub config: Option<PathBuf>,
    /// Origin of a page that may use this relay, e.g. https://check.example.com (repeatable)
    #[arg(long = "origin", env = "REACHCHECK_ORIGINS", value_delimiter = ',')]
    pub origins: Vec<String>,
    /// This relay is outside the agents' networks although it listens on loopback
    #[arg(long, env = "REACHCHECK_OUTSIDE")]
    pub outside: bool,
    /// HOST:PORT that shows, by a trusted TLS handshake, that the relay itself has a way out (repeatable)
    #[arg(
        long = "control",
        env = "REACHCHECK_CONTROLS",
        value_delimiter = ',',
        default_value = "www.wikipedia.org:443,www.cloudflare.com:443,www.microsoft.com:443"
    )]
    pub controls: Vec<String>,
    /// WebSockets at once; above it a client is told "busy"
    #[arg(long, env = "REACHCHECK_MAX_SESSIONS", default_value_t = limits::SOCKETS)]
    pub max_sessions: usize,
    /// CIDR that may be dialled although it is not global; for tests (repeatable)
    #[arg(
        long = "allow-target",
        env = "REACHCHECK_ALLOW_TARGETS",
        value_delimiter = ','
    )]
    pub allow_targets: Vec<IpNet>,
    /// Further certificate authority (PEM) that dials trust; for tests and private services
    #[arg(long, env = "REACHCHECK_TRUST_CA")]
    pub trust_ca: Option<PathBuf>,
}

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
    /// The ports it serves.
    pub ports: Vec<u16>,
    /// Whether it speaks TLS there, and so answers plain bytes beside it.
    pub has_tls: bool,
    /// WebSockets at once.
    pub max_sessions: usize,
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
    /// Checks the arguments for addresses that are bound already (so that port 0 is known).
    ///
    /// # Errors
    /// Which flag, what is wrong with it, and what it should be.
    pub fn new(arguments: &Arguments, bound: &[SocketAddr]) -> Result<Self, String> {
        let has_tls = arguments.tls_cert.is_some();
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
        for origin in &arguments.origins {
            origins.push(check_origin(origin)?);
        }
        let local = bound.iter().filter(|address| is_inside(address.ip()));
        for address in local.filter(|_| arguments.page.is_some()) {
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
        if arguments.controls.len() > CONTROLS_MAX {
            return Err(format!("--control: more than {CONTROLS_MAX} controls"));
        }
        let controls = arguments
            .controls
            .iter()
            .filter(|control| !control.is_empty())
            .map(|control| check_control(control))
            .collect::<Result<Vec<Control>, String>>()?;
        Ok(Self {
            origins,
            outside: arguments.outside || bound.iter().any(|address| !is_inside(address.ip())),
            controls,
            allow_targets: arguments.allow_targets.clone(),
            ports: bound.iter().map(SocketAddr::port).collect(),
            has_tls,
            max_sessions: arguments.max_sessions,
        })
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
    Ok(text.to_ascii_lowercase())
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
        Settings::new(&arguments, &[bound.parse().expect("an address")])
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
}
