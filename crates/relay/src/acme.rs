//! Certificates by ACME (RFC 8555): asked for at the start, kept in a folder, renewed in time. The authority looks at
//! port 443 of the name, by the TLS-ALPN challenge (RFC 8737), so one listener must be reachable there.

use futures_util::StreamExt as _;
use rustls_acme::AcmeConfig;
use rustls_acme::caches::DirCache;
use tokio_rustls::TlsAcceptor;

use crate::config::Given;
use crate::tls;

/// Begins to see to certificates. Until the first is there, handshakes fail.
///
/// # Errors
/// Which flag is missing or wrong.
pub fn start(given: &Given) -> Result<Option<TlsAcceptor>, String> {
    if !given.has_acme() {
        return Ok(None);
    }
    for domain in &given.acme_domain {
        reachcheck_core::address::parse_host(domain)
            .map_err(|problem| format!("--acme-domain {domain}: {problem}"))?;
    }
    let folder = given
        .acme_state
        .clone()
        .ok_or("--acme-state is missing: a folder for account and certificates")?;
    std::fs::create_dir_all(&folder)
        .map_err(|error| format!("--acme-state {}: {error}", folder.display()))?;
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
    let mut work = config.state();
    let acceptor = tls::acceptor_with(work.resolver())?;
    tokio::spawn(async move {
        while let Some(event) = work.next().await {
            match event {
                Ok(event) => tracing::info!("certificate: {event:?}"),
                Err(error) => tracing::error!("certificate: {error:?}"),
            }
        }
    });
    Ok(Some(acceptor))
}
