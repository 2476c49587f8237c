//! Certificates by ACME (RFC 8555): asked for at the start, kept in a folder, renewed in time. The authority looks at
//! port 443 of the name, by the TLS-ALPN challenge (RFC 8737), so one listener must be reachable there.

use std::fmt::{Debug, Display};
use std::io;
use std::path::Path;
use std::time::Duration;

use futures_util::StreamExt as _;
use rustls_acme::acme::Identifier;
use rustls_acme::caches::DirCache;
use rustls_acme::{AcmeConfig, AcmeState, EventError, EventOk, OrderError};
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

use crate::config::PartialConfig;
use crate::tls;

/// Begins to see to certificates, and gives beside the listeners' side of TLS what is cancelled once the first is there.
/// Until then handshakes fail.
///
/// # Errors
/// Which flag is missing or wrong.
pub fn start(given: &PartialConfig) -> Result<Option<(TlsAcceptor, CancellationToken)>, String> {
    if !given.has_acme() {
        return Ok(None);
    }
    for domain in &given.acme_domain {
        reachcheck_model::address::parse_host(domain)
            .map_err(|problem| format!("--acme-domain {domain}: {problem}"))?;
    }
    let folder = given
        .acme_state
        .clone()
        .ok_or("--acme-state is missing: a folder for account and certificates")?;
    private(&folder).map_err(|error| format!("--acme-state {}: {error}", folder.display()))?;
    let client = tls::plain_client(given.trust_ca.as_deref())?;
    let contact = given
        .acme_contact
        .iter()
        .map(|address| format!("mailto:{address}"));
    let mut config = AcmeConfig::new_with_client_config(&given.acme_domain, client)
        .contact(contact)
        .cache(DirCache::new(folder))
        .directory_lets_encrypt(true);
    if let Some(directory) = &given.acme_directory {
        config = config.directory(directory);
    }
    let work = config.state();
    let acceptor = tls::acceptor_with(work.resolver())?;
    let first = CancellationToken::new();
    tokio::spawn(tell(work, given.acme_domain.join(", "), first.clone()));
    Ok(Some((acceptor, first)))
}

/// Makes a folder that nobody else may look into: it will hold keys. One that is there already is closed, too; where it is
/// another's, as volumes are, that is said.
fn private(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)?;
    #[cfg(unix)]
    {
        // What is written from here on is nobody else's to read: account and key are all that is.
        rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
        close(folder, 0o700);
        for entry in std::fs::read_dir(folder)? {
            close(&entry?.path(), 0o600);
        }
    }
    Ok(())
}

/// Takes a file or folder from everybody but its owner.
#[cfg(unix)]
fn close(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    let Ok(metadata) = std::fs::symlink_metadata(path) else {
        return;
    };
    if metadata.is_symlink() || metadata.permissions().mode() & 0o077 == 0 {
        return;
    }
    if let Err(error) = std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)) {
        tracing::warn!(%error, "--acme-state: others may look into {}", path.display());
    }
}

/// How long the first certificate may take before it is said that there is none.
const FIRST: Duration = Duration::from_secs(10);

/// Does the work, and says in the log what came of it.
async fn tell<C, A>(mut work: AcmeState<C, A>, names: String, first: CancellationToken)
where
    C: Debug + Display + 'static,
    A: Debug + Display + 'static,
{
    let mut has_one = false;
    loop {
        let next = work.next();
        let event = if has_one {
            next.await
        } else {
            match timeout(FIRST, next).await {
                Ok(event) => event,
                // An order has no time limit of its own, and goes on.
                Err(_) => {
                    tracing::error!("certificate: none yet, the authority does not answer");
                    continue;
                }
            }
        };
        let Some(event) = event else { return };
        match event {
            Ok(EventOk::DeployedNewCert) => {
                has_one = true;
                first.cancel();
                tracing::info!("certificate: a new one is in force for {names}");
            }
            Ok(EventOk::DeployedCachedCert) => {
                has_one = true;
                first.cancel();
                tracing::info!("certificate: the one that was kept is in force for {names}");
            }
            Ok(EventOk::CertCacheStore | EventOk::AccountCacheStore) => {
                tracing::info!("certificate: kept in --acme-state");
            }
            Err(error) => {
                let state = if has_one {
                    "not renewed for"
                } else {
                    "none for"
                };
                tracing::error!(
                    "certificate: {state} {names}, and tried again: {}",
                    printable(&told(&error))
                );
            }
        }
    }
}

/// What went wrong, in words.
fn told<C: Debug + Display, A: Debug + Display>(error: &EventError<C, A>) -> String {
    match error {
        EventError::Order(OrderError::BadAuth(auth)) => {
            let Identifier::Dns(name) = &auth.identifier;
            let mut why = auth.challenges.iter().filter_map(|challenge| {
                let problem = challenge.error.as_ref()?;
                problem.detail.as_deref().or(problem.typ.as_deref())
            });
            let why = why.next().unwrap_or("it does not say why");
            format!("the authority did not find {name} here: {why}")
        }
        EventError::Order(OrderError::TooManyAttemptsAuth(name)) => {
            format!("the authority did not look for {name} in time")
        }
        EventError::Order(OrderError::BadOrder(order) | OrderError::ProcessingTimeout(order)) => {
            let why = order
                .error
                .as_ref()
                .and_then(|problem| problem.detail.as_deref());
            format!(
                "the order failed: {}",
                why.unwrap_or("the authority does not say why")
            )
        }
        other => other.to_string(),
    }
}

/// A stranger's words in one line of a log.
fn printable(text: &str) -> String {
    let one_line = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    one_line.take(400).collect()
}
