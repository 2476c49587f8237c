//! What was given, and where: flags before the environment, the environment before the settings file, that before
//! the defaults.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::{Args, Parser, ValueEnum};
use ipnet::IpNet;
use serde::Deserialize;

use crate::limits::Limits;

/// Version, Cargo profile and panic strategy: whoever runs it can see that it is the build that was measured.
const VERSION: &str = if cfg!(panic = "unwind") {
    concat!(
        env!("CARGO_PKG_VERSION"),
        " (",
        env!("REACHCHECK_PROFILE"),
        ", panic=unwind)"
    )
} else {
    concat!(
        env!("CARGO_PKG_VERSION"),
        " (",
        env!("REACHCHECK_PROFILE"),
        ", panic=abort)"
    )
};

/// The command line. Every flag can also be set in the environment, and all but the first two in the settings file.
#[derive(Clone, Debug, Parser)]
#[command(name = "reachcheck-relay", version = VERSION, about, long_about = None)]
pub struct Arguments {
    /// What to do
    #[arg(value_enum, default_value_t = Task::Run)]
    pub task: Task,
    /// Settings file (TOML): the same names as the flags, and the limits as a table `[limits]`
    #[arg(long, env = "REACHCHECK_SETTINGS")]
    pub settings: Option<PathBuf>,
    /// Everything else.
    #[command(flatten)]
    pub given: PartialConfig,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Task {
    /// Serve until stopped.
    Run,
    /// Read and check all settings and files, print what would be in force, and end.
    CheckConfig,
    /// Ask a running relay's --admin listener whether it is ready; for containers.
    Healthcheck,
}

/// How to log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogFormat {
    /// One readable line per record.
    #[default]
    Text,
    /// One JSON object per line.
    Json,
}

/// What can be given in any of the three places. Lists are comma-separated in the environment.
#[derive(Clone, Debug, Default, Args, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct PartialConfig {
    /// Address to listen on (repeatable; for all that agents need: ports 443, 80 and 5222) [default: 127.0.0.1:8080]
    #[arg(long, env = "REACHCHECK_LISTEN", value_delimiter = ',')]
    pub listen: Vec<SocketAddr>,
    /// Certificate chain (PEM); with --tls-key, required unless listening on loopback
    #[arg(long, env = "REACHCHECK_TLS_CERT")]
    pub tls_cert: Option<PathBuf>,
    /// Private key of the certificate (PEM)
    #[arg(long, env = "REACHCHECK_TLS_KEY")]
    pub tls_key: Option<PathBuf>,
    /// Name for which to get a certificate by ACME, instead of --tls-cert and --tls-key (repeatable)
    #[arg(long, env = "REACHCHECK_ACME_DOMAINS", value_delimiter = ',')]
    pub acme_domain: Vec<String>,
    /// E-mail address that the certificate authority may write to
    #[arg(long, env = "REACHCHECK_ACME_CONTACT")]
    pub acme_contact: Option<String>,
    /// Folder for account and certificates; with --acme-domain, required
    #[arg(long, env = "REACHCHECK_ACME_STATE")]
    pub acme_state: Option<PathBuf>,
    /// ACME directory [default: Let's Encrypt's]
    #[arg(long, env = "REACHCHECK_ACME_DIRECTORY")]
    pub acme_directory: Option<String>,
    /// Folder with the built page, to be served beside the relay
    #[arg(long, env = "REACHCHECK_PAGE")]
    pub page: Option<PathBuf>,
    /// The page's config.json: its catalogue is what may be dialled (default: the embedded one)
    #[arg(long, env = "REACHCHECK_CONFIG")]
    pub config: Option<PathBuf>,
    /// Origin of a page that may use this relay, e.g. `https://check.example.com` (repeatable)
    #[arg(long, env = "REACHCHECK_ORIGINS", value_delimiter = ',')]
    pub origin: Vec<String>,
    /// This relay is outside the agents' networks although it listens on loopback
    #[arg(long, env = "REACHCHECK_OUTSIDE")]
    pub outside: bool,
    /// HOST:PORT that shows, by a trusted TLS handshake, that the relay itself has a way out (repeatable)
    /// [default: www.wikipedia.org:443,www.cloudflare.com:443,www.microsoft.com:443]
    #[arg(long, env = "REACHCHECK_CONTROLS", value_delimiter = ',')]
    pub control: Option<Vec<String>>,
    /// CIDR that may be dialled although it is not global; for tests (repeatable)
    #[arg(long, env = "REACHCHECK_ALLOW_TARGETS", value_delimiter = ',')]
    pub allow_target: Vec<IpNet>,
    /// Further certificate authority (PEM) that dials trust; for tests and private services
    #[arg(long, env = "REACHCHECK_TRUST_CA")]
    pub trust_ca: Option<PathBuf>,
    /// CIDR of a balancer in front; every connection from there must begin with a PROXY protocol v2 header (repeatable)
    #[arg(long, env = "REACHCHECK_PROXY_FROM", value_delimiter = ',')]
    pub proxy_from: Vec<IpNet>,
    /// Port at which agents reach this relay, where a balancer or a container maps it (repeatable) [default: those it
    /// listens on]
    #[arg(long, env = "REACHCHECK_PUBLIC_PORTS", value_delimiter = ',')]
    pub public_port: Vec<u16>,
    /// Address of a listener for /healthz, /readyz and /metrics; not for the internet
    #[arg(long, env = "REACHCHECK_ADMIN")]
    pub admin: Option<SocketAddr>,
    /// How to log
    #[arg(long, env = "REACHCHECK_LOG", value_enum)]
    pub log: Option<LogFormat>,
    /// NAME=NUMBER of a limit, e.g. sockets=4096 (repeatable; `check-config` prints all of them)
    #[arg(long, env = "REACHCHECK_LIMITS", value_delimiter = ',', value_parser = parse_limit)]
    #[serde(skip)]
    pub limit: Vec<(String, u64)>,
    /// Limits as the settings file has them.
    #[arg(skip)]
    pub limits: BTreeMap<String, u64>,
}

fn parse_limit(text: &str) -> Result<(String, u64), String> {
    let (name, number) = text
        .split_once('=')
        .ok_or("must be NAME=NUMBER, e.g. sockets=4096")?;
    let number = number
        .parse()
        .map_err(|_| format!("“{number}” is not a whole number"))?;
    Limits::default().set(name, number)?;
    Ok((name.to_owned(), number))
}

/// Controls that answer from nearly everywhere, of three different operators.
const CONTROLS: [&str; 3] = [
    "www.wikipedia.org:443",
    "www.cloudflare.com:443",
    "www.microsoft.com:443",
];

impl Arguments {
    /// Everything that is in force, the settings file and the defaults included.
    ///
    /// # Errors
    /// What is wrong with the settings file, and where.
    pub fn resolve(&self) -> Result<PartialConfig, String> {
        let mut given = self.given.clone();
        if let Some(file) = &self.settings {
            let named =
                |error: &dyn std::fmt::Display| format!("--settings {}: {error}", file.display());
            let text = std::fs::read_to_string(file).map_err(|error| named(&error))?;
            let mut from_file =
                PartialConfig::parse_settings(&text).map_err(|error| named(&error))?;
            from_file.beside(file.parent().unwrap_or(Path::new("")));
            given.fill_from(from_file);
        }
        if given.listen.is_empty() {
            given.listen = vec![SocketAddr::from(([127, 0, 0, 1], 8080))];
        }
        given
            .control
            .get_or_insert_with(|| CONTROLS.map(str::to_owned).to_vec());
        Ok(given)
    }
}

impl PartialConfig {
    /// Reads a settings file's text.
    ///
    /// # Errors
    /// Line and column, or the limit, and what is wrong with it.
    pub fn parse_settings(text: &str) -> Result<Self, String> {
        let given: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        given.effective_limits()?;
        Ok(given)
    }

    /// Whether certificates are to come by ACME.
    #[must_use]
    pub const fn has_acme(&self) -> bool {
        !self.acme_domain.is_empty()
    }

    /// The files of a certificate and its key, if both are named.
    #[must_use]
    pub fn certificate(&self) -> Option<(&Path, &Path)> {
        self.tls_cert.as_deref().zip(self.tls_key.as_deref())
    }

    /// The limits that are in force.
    ///
    /// # Errors
    /// Which limit, and what it may be.
    pub fn effective_limits(&self) -> Result<Limits, String> {
        let mut limits = Limits::default();
        for (name, number) in &self.limits {
            limits
                .set(name, *number)
                .map_err(|error| format!("[limits] {error}"))?;
        }
        for (name, number) in &self.limit {
            limits
                .set(name, *number)
                .map_err(|error| format!("--limit {error}"))?;
        }
        Ok(limits)
    }

    /// Paths in a settings file are meant from where it lies.
    fn beside(&mut self, folder: &Path) {
        if let Some(state) = &mut self.acme_state {
            *state = folder.join(&*state);
        }
        for path in [
            &mut self.tls_cert,
            &mut self.tls_key,
            &mut self.page,
            &mut self.config,
            &mut self.trust_ca,
        ]
        .into_iter()
        .flatten()
        {
            *path = folder.join(&*path);
        }
    }

    fn fill_from(&mut self, other: Self) {
        fn list<T>(mine: &mut Vec<T>, other: Vec<T>) {
            if mine.is_empty() {
                *mine = other;
            }
        }
        list(&mut self.listen, other.listen);
        list(&mut self.origin, other.origin);
        list(&mut self.allow_target, other.allow_target);
        list(&mut self.proxy_from, other.proxy_from);
        list(&mut self.public_port, other.public_port);
        self.control = self.control.take().or(other.control);
        self.outside |= other.outside;
        // A certificate and its key come from the same place.
        if self.tls_cert.is_none() && self.tls_key.is_none() {
            (self.tls_cert, self.tls_key) = (other.tls_cert, other.tls_key);
        }
        list(&mut self.acme_domain, other.acme_domain);
        self.acme_contact = self.acme_contact.take().or(other.acme_contact);
        self.acme_state = self.acme_state.take().or(other.acme_state);
        self.acme_directory = self.acme_directory.take().or(other.acme_directory);
        self.page = self.page.take().or(other.page);
        self.config = self.config.take().or(other.config);
        self.trust_ca = self.trust_ca.take().or(other.trust_ca);
        self.admin = self.admin.or(other.admin);
        self.log = self.log.or(other.log);
        self.limits = other.limits;
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::{Arguments, LogFormat, PartialConfig};

    fn resolve(flags: &[&str]) -> Result<PartialConfig, String> {
        Arguments::parse_from(std::iter::once(&"reachcheck-relay").chain(flags).copied()).resolve()
    }

    #[test]
    fn flags_win_over_the_file_and_the_file_over_the_defaults() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("relay.toml");
        let text = "listen = [\"127.0.0.1:1\", \"[::1]:2\"]\norigin = [\"https://a.example\"]\npage = \"dist\"\n\
                    control = []\nlog = \"json\"\n[limits]\nsockets = 7\nholds = 8\n";
        std::fs::write(&file, text).expect("written");
        let file = file.to_str().expect("a path");
        let given = resolve(&[
            "--settings",
            file,
            "--origin",
            "https://b.example",
            "--limit",
            "sockets=9",
        ])
        .expect("valid");
        assert_eq!(given.listen.len(), 2);
        assert_eq!(given.origin, ["https://b.example"]);
        assert_eq!(given.page, Some(folder.path().join("dist")));
        assert_eq!(given.control, Some(Vec::new()));
        assert_eq!(given.log, Some(LogFormat::Json));
        let limits = given.effective_limits().expect("limits");
        assert_eq!((limits.sockets, limits.holds, limits.dials), (9, 8, 64));
        let nothing = resolve(&[]).expect("valid");
        assert_eq!(nothing.listen.len(), 1);
        assert_eq!(nothing.control.map(|controls| controls.len()), Some(3));
    }

    #[test]
    fn mistakes_in_the_file_name_the_place() {
        for (text, expected) in [
            ("listen = [\"127.0.0.1\"]", "line 1, column 11"),
            ("\norigins = []", "unknown field `origins`"),
            (
                "[limits]\nsocket = 1",
                "[limits] socket: there is no limit of that name",
            ),
            ("[limits]\nsockets = -1", "line 2, column 11"),
            (
                "[limits]\nhandshake-ms = 1",
                "[limits] handshake-ms = 1: must be 100 to 60000",
            ),
            ("proxy-from = [\"10.0.0.0/40\"]", "line 1, column 15"),
            ("log = \"xml\"", "unknown variant `xml`"),
            ("outside", "line 1"),
        ] {
            let error = PartialConfig::parse_settings(text).expect_err(expected);
            assert!(error.contains(expected), "{error}");
        }
    }
}
