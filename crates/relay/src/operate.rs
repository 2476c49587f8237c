//! Chores of operation: new certificates and settings without a restart, enough open files, a container's question.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio_rustls::TlsAcceptor;

use crate::config::{Arguments, PartialConfig};
use crate::limits::{self, Limits};
use crate::state::{RuntimeConfig, State};

/// Reads settings, certificates and page again: on SIGHUP all of them, and by itself when the certificate's files have
/// changed. What is wrong is logged, and what was in force stays so.
pub struct Reload {
    arguments: Arguments,
    bound: Vec<SocketAddr>,
    /// TLS whose certificates renew themselves.
    renewing: Option<TlsAcceptor>,
    asked: Asked,
}

impl Reload {
    /// For listeners that are bound; those cannot be changed without a restart. From here on SIGHUP ends nothing.
    #[must_use]
    pub fn new(arguments: Arguments, bound: Vec<SocketAddr>, started: &RuntimeConfig) -> Self {
        Self {
            renewing: started
                .tls
                .clone()
                .filter(|_| arguments.resolve().is_ok_and(|given| given.has_acme())),
            arguments,
            bound,
            asked: Asked::new(),
        }
    }

    /// Goes on until everybody has to leave.
    pub async fn run(mut self, state: Arc<State>) {
        let mut seen = self.certificate_times();
        loop {
            tokio::select! {
                () = self.asked.next() => {
                    self.reload(&state, "asked");
                    seen = self.certificate_times();
                }
                () = tokio::time::sleep(limits::CERTIFICATE_LOOK) => {
                    let now = self.certificate_times();
                    if now != seen {
                        seen = now;
                        self.reload(&state, "certificate changed");
                    }
                }
                () = state.stopping.cancelled() => return,
            }
        }
    }

    fn load(&self) -> Result<RuntimeConfig, String> {
        let mut live = RuntimeConfig::load(&self.arguments.resolve()?, &self.bound)?;
        live.tls = live.tls.or_else(|| self.renewing.clone());
        Ok(live)
    }

    fn reload(&self, state: &State, why: &str) {
        match self.load() {
            Ok(live) => {
                tracing::info!(why, "reloaded; limits: {}", live.settings.limits);
                state.replace(live);
            }
            Err(error) => tracing::error!(why, "not reloaded, the old settings stay: {error}"),
        }
    }

    /// When certificate and key were last changed.
    fn certificate_times(&self) -> Vec<Option<SystemTime>> {
        let given: Option<PartialConfig> = self.arguments.resolve().ok();
        let files: Vec<PathBuf> = given
            .into_iter()
            .flat_map(|given| [given.tls_cert, given.tls_key])
            .flatten()
            .collect();
        files
            .iter()
            .map(|file| {
                std::fs::metadata(file)
                    .and_then(|data| data.modified())
                    .ok()
            })
            .collect()
    }
}

/// SIGHUP, where there is one.
struct Asked {
    #[cfg(unix)]
    hangups: Option<tokio::signal::unix::Signal>,
}

impl Asked {
    fn new() -> Self {
        Self {
            #[cfg(unix)]
            hangups: tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup()).ok(),
        }
    }

    async fn next(&mut self) {
        #[cfg(unix)]
        if let Some(hangups) = &mut self.hangups
            && hangups.recv().await.is_some()
        {
            return;
        }
        std::future::pending().await
    }
}

/// Lets this process open as many files as its limits need, and says so where the system does not allow it.
pub fn raise_open_files(limits: &Limits) {
    let needed = limits.connections as u64 + limits::OTHER_FILES;
    match rlimit::increase_nofile_limit(needed) {
        Ok(allowed) if allowed >= needed => {}
        Ok(allowed) => tracing::warn!(
            "limits: connections={} needs {needed} open files, and this system allows {allowed}; set LimitNOFILE (systemd) \
             or ulimit -n, or a lower limit",
            limits.connections
        ),
        Err(error) => tracing::warn!(%error, "cannot read how many files may be open"),
    }
}

/// Asks `/readyz` of a relay on this machine.
///
/// # Errors
/// If it is not ready, or does not answer.
pub fn ask_readiness(admin: Option<SocketAddr>) -> Result<(), String> {
    const PATIENCE: Duration = Duration::from_secs(3);
    let address = admin.ok_or("healthcheck: needs --admin, the address to ask")?;
    let named = |error: std::io::Error| format!("healthcheck: {address}: {error}");
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE).map_err(named)?;
    stream.set_read_timeout(Some(PATIENCE)).map_err(named)?;
    stream
        .write_all(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        .map_err(named)?;
    let mut answer = String::new();
    stream
        .take(1024)
        .read_to_string(&mut answer)
        .map_err(named)?;
    if answer.starts_with("HTTP/1.1 200 ") {
        return Ok(());
    }
    let status = answer.lines().next().unwrap_or("no answer");
    Err(format!("healthcheck: {address}: {status}"))
}
