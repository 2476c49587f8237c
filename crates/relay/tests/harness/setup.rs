//! What a relay is started with, and its start.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use clap::Parser as _;
use reachcheck_relay::config::Arguments;
use reachcheck_relay::{RuntimeConfig, Shutdown, State, run};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::{Certificate, ORIGIN, Process, Relay, SOON, command};

/// A relay that is yet to be started: on a port of its own, for [`ORIGIN`], without controls, and with a catalogue of
/// one region `here` whose endpoints are port 1 of `localhost`, where nobody listens.
#[derive(Clone, Debug)]
pub struct Setup {
    has_tls: bool,
    listen: &'static str,
    /// Host, HTTPS port and TCP port of the regions `here`, `here1` …
    regions: Vec<(String, u16, u16)>,
    flags: Vec<String>,
    shell: Option<&'static str>,
}

impl Relay {
    /// One whose client trusts its certificate for `localhost`.
    pub fn with_tls() -> Setup {
        Setup {
            has_tls: true,
            ..Self::without_tls()
        }
    }

    pub fn without_tls() -> Setup {
        Setup {
            has_tls: false,
            listen: "127.0.0.1:0",
            regions: vec![("localhost".to_owned(), 1, 1)],
            flags: Vec::new(),
            shell: None,
        }
    }
}

impl Setup {
    pub fn listen(mut self, addresses: &'static str) -> Self {
        self.listen = addresses;
        self
    }

    /// Adds flags as they are. Where they name a settings file, the addresses to listen at are to be in it.
    pub fn flags(mut self, flags: &[&str]) -> Self {
        self.flags
            .extend(flags.iter().map(|flag| (*flag).to_owned()));
        self
    }

    /// Sets limits, `NAME=NUMBER` each, so that they are reached soon.
    pub fn limits(self, limits: &[&str]) -> Self {
        limits
            .iter()
            .fold(self, |setup, limit| setup.flags(&["--limit", limit]))
    }

    /// Other hosts in the catalogue, a region for each.
    pub fn hosts(mut self, hosts: &[&str], https: u16, tcp: u16) -> Self {
        let region = |host: &&str| ((*host).to_owned(), https, tcp);
        self.regions = hosts.iter().map(region).collect();
        self
    }

    /// A shell line that runs the relay as `"$@"`.
    pub fn shell(mut self, line: &'static str) -> Self {
        self.shell = Some(line);
        self
    }

    fn catalogue(&self) -> String {
        let region = |(index, (host, https, tcp)): (usize, &(String, u16, u16))| {
            let number = if index == 0 {
                String::new()
            } else {
                index.to_string()
            };
            format!(
                r#"{{"id": "here{number}", "country": "C", "name": "here{number}",
                    "https": {{"url": "https://{host}:{https}/path"}}, "tcp": {{"host": "{host}", "port": {tcp}}}}}"#
            )
        };
        let regions: Vec<String> = self.regions.iter().enumerate().map(region).collect();
        let regions = regions.join(",");
        format!(r#"{{"catalogue": {{"provider": "T", "regions": [{regions}]}}}}"#)
    }

    /// All flags but for addresses, and the certificate; what they name is written to the folder.
    fn write(&self, folder: &Path) -> (Vec<String>, Certificate) {
        let config = folder.join("config.json");
        std::fs::write(&config, self.catalogue()).expect("written");
        let config = config.to_string_lossy().into_owned();
        let certificate = Certificate::new("localhost");
        let mut words = vec!["--origin".to_owned(), ORIGIN.to_owned()];
        words.extend(["--config".to_owned(), config]);
        if !self.flags.iter().any(|flag| flag == "--control") {
            words.extend(["--control".to_owned(), String::new()]);
        }
        if self.has_tls {
            let [cert, key] = certificate.write(folder);
            words.extend(["--tls-cert".to_owned(), cert, "--tls-key".to_owned(), key]);
        }
        words.extend(self.flags.iter().cloned());
        (words, certificate)
    }

    /// Starts the binary that is shipped.
    pub fn start(&self) -> Relay {
        let folder = tempfile::tempdir().expect("a folder");
        let (words, certificate) = self.write(folder.path());
        let mut command = match self.shell {
            None => command(&[]),
            Some(line) => {
                let mut command = Command::new("sh");
                command.args(["-c", line, "sh"]).env_clear();
                command.arg(env!("CARGO_BIN_EXE_reachcheck-relay"));
                command
            }
        };
        command.args(["--admin", "127.0.0.1:0"]).args(words);
        if !self.flags.iter().any(|flag| flag == "--settings") {
            command.args(["--listen", self.listen]);
        }
        let (process, addresses) = Process::start(&mut command);
        Relay {
            addresses,
            client: certificate.client(),
            has_tls: self.has_tls,
            running: process,
            _folder: folder,
        }
    }

    /// Starts it on the test's own runtime. It is stopped when it is dropped.
    pub async fn start_inside(&self) -> Relay<Inside> {
        let folder = tempfile::tempdir().expect("a folder");
        let (words, certificate) = self.write(folder.path());
        let listener = TcpListener::bind(self.listen).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let name = "reachcheck-relay".to_owned();
        let arguments = Arguments::parse_from([name].into_iter().chain(words));
        let given = arguments.resolve().expect("nothing to read");
        let state = State::new(RuntimeConfig::load(&given, &[address]).expect("valid settings"));
        let (stop, stopped) = oneshot::channel();
        let ended = tokio::spawn(run(vec![listener], Arc::new(state), async {
            let _ = stopped.await;
            Shutdown::Now
        }));
        Relay {
            addresses: vec![address],
            client: certificate.client(),
            has_tls: self.has_tls,
            running: Inside { stop, ended },
            _folder: folder,
        }
    }
}

/// A relay inside the test.
pub struct Inside {
    stop: oneshot::Sender<()>,
    ended: JoinHandle<()>,
}

impl Relay<Inside> {
    /// Tells it to stop at once, and waits until it has; gives where it was.
    pub async fn stop(self) -> SocketAddr {
        let address = self.address();
        self.running.stop.send(()).expect("told");
        let ended = timeout(SOON, self.running.ended).await;
        ended.expect("in time").expect("no panic");
        address
    }
}
