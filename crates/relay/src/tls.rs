//! TLS at both ends: the listener's certificate, and what dials trust and record.

mod chain;

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use reachcheck_wire::{Certificate, CertificateFault};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::crypto::aws_lc_rs::kx_group::X25519MLKEM768;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::server::WantsServerCert;
use rustls::{CertificateError, DigitallySignedStruct, RootCertStore, SignatureScheme};
use tokio_rustls::TlsAcceptor;

/// The listener's side, from PEM files.
///
/// ALPN offers HTTP/1.1 alone: the WebSocket needs it, and HTTP/2's floods have nothing to attack. No
/// session tickets: a resumed handshake looks different, and what the relay sees of a client's TLS must
/// stay comparable.
///
/// # Errors
/// Which file, and what is wrong with it.
pub fn acceptor(cert: &Path, key: &Path) -> Result<TlsAcceptor, String> {
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(cert)
        .and_then(Iterator::collect)
        .map_err(|error| format!("--tls-cert {}: {error}", cert.display()))?;
    if chain.is_empty() {
        return Err(format!(
            "--tls-cert {}: holds no certificate",
            cert.display()
        ));
    }
    let key_der = PrivateKeyDer::from_pem_file(key)
        .map_err(|error| format!("--tls-key {}: {error}", key.display()))?;
    let config = server()?
        .with_single_cert(chain, key_der)
        .map_err(|error| {
            format!(
                "--tls-cert {} and --tls-key {}: {error}",
                cert.display(),
                key.display()
            )
        })?;
    Ok(accepting(config, &[HTTP]))
}

const HTTP: &[u8] = b"http/1.1";

fn server() -> Result<rustls::ConfigBuilder<rustls::ServerConfig, WantsServerCert>, String> {
    let builder = rustls::ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    Ok(builder.with_no_client_auth())
}

fn accepting(mut config: rustls::ServerConfig, protocols: &[&[u8]]) -> TlsAcceptor {
    config.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
    config.send_tls13_tickets = 0;
    TlsAcceptor::from(Arc::new(config))
}

/// The listener's side, with certificates from somewhere else, which may also prove to an authority that the name is
/// ours (RFC 8737).
///
/// # Errors
/// None that an operator can cause; passed on all the same.
pub fn acceptor_with(
    certificates: Arc<dyn rustls::server::ResolvesServerCert>,
) -> Result<TlsAcceptor, String> {
    let config = server()?.with_cert_resolver(certificates);
    Ok(accepting(config, &[HTTP, b"acme-tls/1"]))
}

/// A client that shows no certificate and trusts what dials trust.
///
/// # Errors
/// What is wrong with the file of further roots.
pub fn plain_client(extra: Option<&Path>) -> Result<Arc<rustls::ClientConfig>, String> {
    let config = rustls::ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots(extra)?)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

/// What dials trust: the roots that browsers ship, and one more file if the operator names it.
///
/// # Errors
/// What is wrong with the file.
pub fn roots(extra: Option<&Path>) -> Result<Arc<RootCertStore>, String> {
    let mut roots = RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    if let Some(path) = extra {
        let named =
            |error: &dyn std::fmt::Display| format!("--trust-ca {}: {error}", path.display());
        let certificates = CertificateDer::pem_file_iter(path)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|error| named(&error))?;
        if certificates.is_empty() {
            return Err(named(&"holds no certificate"));
        }
        for certificate in certificates {
            roots.add(certificate).map_err(|error| named(&error))?;
        }
    }
    Ok(Arc::new(roots))
}

/// Size of a dial's ClientHello.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HelloSize {
    /// About 270 bytes: one segment.
    Small,
    /// About 1,500 bytes, more than a segment of Ethernet holds: with a post-quantum key share (X25519MLKEM768, 1,216
    /// bytes), as browsers send one since 2024. Theirs are longer yet, up to 2,200 bytes.
    BrowserSized,
}

/// Makes the first post-quantum key of this program, which takes 50 ms of a core and more (measured; each later one
/// 0.05 ms), for AWS-LC gathers its randomness then. In a dial it would hold up the clocks of all dials beside it.
///
/// # Errors
/// If the system gives no randomness.
pub fn prepare() -> Result<(), String> {
    let key = X25519MLKEM768.start();
    key.map(drop)
        .map_err(|error| format!("no key can be made: {error}"))
}

impl HelloSize {
    fn provider(self) -> CryptoProvider {
        let mut provider = rustls::crypto::ring::default_provider();
        if self == Self::BrowserSized {
            // ring has no ML-KEM.
            provider.kx_groups.insert(0, X25519MLKEM768);
        }
        provider
    }
}

/// The client's side of one handshake of a dial, whose hello is of this size and offers these protocols (ALPN), and
/// where it records the certificate it met.
///
/// # Errors
/// None that a valid root store can cause; passed on all the same.
pub fn recording_client(
    roots: &Arc<RootCertStore>,
    size: HelloSize,
    protocols: &[&[u8]],
) -> Result<(Arc<rustls::ClientConfig>, Arc<Recorder>), String> {
    let inner = WebPkiServerVerifier::builder_with_provider(roots.clone(), provider())
        .build()
        .map_err(|error| error.to_string())?;
    let recorder = Arc::new(Recorder {
        inner,
        met: Mutex::new(None),
    });
    let mut config = rustls::ClientConfig::builder_with_provider(Arc::new(size.provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .dangerous()
        .with_custom_certificate_verifier(recorder.clone())
        .with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
    // A resumed session shows no certificate.
    config.resumption = rustls::client::Resumption::disabled();
    Ok((Arc::new(config), recorder))
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

/// Verifies a certificate as a browser would and lets the handshake go on either way, so that a bad one
/// is reported instead of merely failing. Nothing secret is ever sent over such a connection.
#[derive(Debug)]
pub struct Recorder {
    inner: Arc<WebPkiServerVerifier>,
    met: Mutex<Option<Certificate>>,
}

impl Recorder {
    /// The certificate that was met, if the handshake came that far.
    pub fn certificate(&self) -> Option<Certificate> {
        self.met
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl ServerCertVerifier for Recorder {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let verified = self.inner.verify_server_cert(
            end_entity,
            intermediates,
            server_name,
            ocsp_response,
            now,
        );
        let met = describe(end_entity, verified.err().map(|error| fault(&error)));
        let met = chain::complete(met, end_entity, intermediates, server_name);
        *self.met.lock().unwrap_or_else(PoisonError::into_inner) = Some(met);
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.inner.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.inner.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}

fn fault(error: &rustls::Error) -> CertificateFault {
    match error {
        rustls::Error::InvalidCertificate(error) => match error {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                CertificateFault::Expired
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                CertificateFault::NotYetValid
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                CertificateFault::WrongName
            }
            CertificateError::UnknownIssuer | CertificateError::BadSignature => {
                CertificateFault::Untrusted
            }
            _ => CertificateFault::Other,
        },
        _ => CertificateFault::Other,
    }
}

/// What is told of a certificate, whatever is in it.
pub fn describe(certificate: &CertificateDer<'_>, fault: Option<CertificateFault>) -> Certificate {
    let Ok((_, parsed)) = x509_parser::parse_x509_certificate(certificate) else {
        return Certificate {
            subject: String::new(),
            issuer: String::new(),
            begins_unix: 0,
            expires_unix: 0,
            fault: Some(fault.unwrap_or(CertificateFault::Other)),
            lacks_issuer: false,
        };
    };
    let name = |name: &x509_parser::x509::X509Name<'_>| {
        name.iter_common_name()
            .chain(name.iter_organization())
            .find_map(|attribute| attribute.as_str().ok())
            .map(printable)
    };
    let alternative = || {
        let extension = parsed.subject_alternative_name().ok()??;
        extension
            .value
            .general_names
            .iter()
            .find_map(|general| match general {
                x509_parser::extensions::GeneralName::DNSName(dns) => Some(printable(dns)),
                _ => None,
            })
    };
    Certificate {
        subject: name(parsed.subject())
            .or_else(alternative)
            .unwrap_or_default(),
        issuer: name(parsed.issuer()).unwrap_or_default(),
        begins_unix: parsed.validity().not_before.timestamp(),
        expires_unix: parsed.validity().not_after.timestamp(),
        fault,
        lacks_issuer: false,
    }
}

/// A stranger's words, made harmless: printable ASCII, at most 120 characters.
fn printable(text: &str) -> String {
    text.chars()
        .take(120)
        .map(|c| {
            if c.is_ascii_graphic() || c == ' ' {
                c
            } else {
                '?'
            }
        })
        .collect()
}
