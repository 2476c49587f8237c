//! Chores of operation: new certificates and settings without a restart, enough open files, a container's question.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

use crate::config::{Arguments, PartialConfig, Settings};
use crate::limits::{self, Limits};
use crate::state::{RuntimeConfig, State};
use crate::tls;

/// Reads settings, certificates and page again on SIGHUP; and the certificate alone, by itself, when its files have
/// changed: what else may be half written at that moment is nobody's wish yet. What is wrong is logged, and what was in force
/// stays so.
pub struct Reload {
    arguments: Arguments,
    bound: Vec<SocketAddr>,
    /// TLS whose certificates renew themselves, and what tells that the first is there.
    renewing: Option<(TlsAcceptor, CancellationToken)>,
    /// The files of the certificate that is in force.
    certificate: Option<(PathBuf, PathBuf)>,
    /// When they were last changed, as seen before they were read: a change meanwhile is one that is yet to be read.
    seen: CertificateTimes,
    asked: Asked,
}

/// When certificate and key were last changed.
pub type CertificateTimes = [Option<SystemTime>; 2];

/// When the files of the certificate that these settings name were last changed.
#[must_use]
pub fn certificate_times(given: &PartialConfig) -> CertificateTimes {
    times(files(given).as_ref())
}

fn times(certificate: Option<&(PathBuf, PathBuf)>) -> CertificateTimes {
    let changed = |file: &Path| {
        let data = std::fs::metadata(file);
        data.and_then(|data| data.modified()).ok()
    };
    certificate.map_or([None, None], |(cert, key)| [changed(cert), changed(key)])
}

impl Reload {
    /// For listeners that are bound; those cannot be changed without a restart. From here on SIGHUP ends nothing.
    #[must_use]
    pub fn new(
        arguments: Arguments,
        given: &PartialConfig,
        bound: Vec<SocketAddr>,
        started: &RuntimeConfig,
        seen: CertificateTimes,
    ) -> Self {
        Self {
            renewing: started.tls.clone().zip(started.certificate.clone()),
            certificate: files(given),
            arguments,
            bound,
            seen,
            asked: Asked::new(),
        }
    }

    /// Goes on until everybody has to leave.
    pub async fn run(mut self, state: Arc<State>) {
        loop {
            let look = state.live().settings.limits.certificate_look;
            tokio::select! {
                () = self.asked.next() => {
                    self.seen = times(self.certificate.as_ref());
                    self.reload(&state);
                }
                () = tokio::time::sleep(look) => {
                    let now = times(self.certificate.as_ref());
                    if now != self.seen {
                        self.seen = now;
                        self.reload_certificate(&state);
                    }
                }
                () = state.stopping.cancelled() => return,
            }
        }
    }

    fn load(&self) -> Result<(RuntimeConfig, Option<(PathBuf, PathBuf)>), String> {
        let given = self.arguments.resolve()?;
        let mut live = RuntimeConfig::load(&given, &self.bound)?;
        if let (None, Some((acceptor, first))) = (&live.tls, self.renewing.clone()) {
            (live.tls, live.certificate) = (Some(acceptor), Some(first));
        }
        Ok((live, files(&given)))
    }

    fn reload(&mut self, state: &State) {
        match self.load() {
            Ok((live, certificate)) => {
                tracing::info!("reloaded; limits: {}", live.settings.limits);
                warn_and_raise(&live.settings);
                self.certificate = certificate;
                state.replace(live);
            }
            Err(error) => tracing::error!("not reloaded, the old settings stay: {error}"),
        }
    }

    fn reload_certificate(&self, state: &State) {
        let Some((cert, key)) = &self.certificate else {
            return;
        };
        match tls::acceptor(cert, key) {
            Ok(acceptor) => {
                tracing::info!("certificate: the one that was changed is in force");
                state.replace_tls(acceptor);
            }
            // Half of a pair, as a rule: the other half is the next change.
            Err(error) => tracing::error!("certificate: the old one stays: {error}"),
        }
    }
}

fn files(given: &PartialConfig) -> Option<(PathBuf, PathBuf)> {
    given
        .certificate()
        .map(|(cert, key)| (cert.to_owned(), key.to_owned()))
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

/// Says what is doubtful in settings that come into force, and sees to enough open files.
pub fn warn_and_raise(settings: &Settings) {
    for doubt in settings.doubts() {
        tracing::warn!("settings: {doubt}");
    }
    raise_open_files(&settings.limits);
}

/// Lets this process open as many files as its limits need, and says so where the system does not allow it.
fn raise_open_files(limits: &Limits) {
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
