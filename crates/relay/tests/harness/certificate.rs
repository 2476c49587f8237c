//! Certificates that are signed by themselves, who shows them, and who trusts them.

use std::path::Path;
use std::sync::Arc;

use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

/// A certificate that is its own authority, and its key.
pub struct Certificate {
    der: CertificateDer<'static>,
    pem: String,
    key: String,
}

impl Certificate {
    pub fn new(name: &str) -> Self {
        Self::of(&rcgen::CertificateParams::new(vec![name.to_owned()]).expect("a name"))
    }

    pub fn of(params: &rcgen::CertificateParams) -> Self {
        let key = rcgen::KeyPair::generate().expect("a key");
        let certificate = params.self_signed(&key).expect("signed");
        Self {
            der: certificate.der().clone(),
            pem: certificate.pem(),
            key: key.serialize_pem(),
        }
    }

    /// Writes `cert.pem` and `key.pem`; gives their paths.
    pub fn write(&self, folder: &Path) -> [String; 2] {
        [("cert.pem", &self.pem), ("key.pem", &self.key)].map(|(name, text)| {
            let path = folder.join(name);
            std::fs::write(&path, text).expect("written");
            path.to_string_lossy().into_owned()
        })
    }

    /// A client that trusts it.
    pub fn client(&self) -> Arc<rustls::ClientConfig> {
        trusting(self.der.clone())
    }

    /// A server that shows it.
    pub fn acceptor(&self) -> TlsAcceptor {
        self.acceptor_of_chain(1)
    }

    /// Settings of a server that shows it and speaks these versions of TLS.
    pub fn server(
        &self,
        versions: &[&'static rustls::SupportedProtocolVersion],
    ) -> rustls::ServerConfig {
        server(vec![self.der.clone()], &self.key, versions)
    }

    /// A server that shows it so many times in one chain.
    pub fn acceptor_of_chain(&self, length: usize) -> TlsAcceptor {
        acceptor(vec![self.der.clone(); length], &self.key)
    }
}

/// A certificate for `localhost`, written to a folder as [`Certificate::write`] does.
pub fn certify(folder: &Path) -> Certificate {
    let certificate = Certificate::new("localhost");
    certificate.write(folder);
    certificate
}

/// A server that shows this chain.
pub fn acceptor(chain: Vec<CertificateDer<'static>>, key: &str) -> TlsAcceptor {
    TlsAcceptor::from(Arc::new(server(chain, key, rustls::DEFAULT_VERSIONS)))
}

fn server(
    chain: Vec<CertificateDer<'static>>,
    key: &str,
    versions: &[&'static rustls::SupportedProtocolVersion],
) -> rustls::ServerConfig {
    let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).expect("PEM");
    rustls::ServerConfig::builder_with_provider(provider())
        .with_protocol_versions(versions)
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .expect("a certificate")
}

/// A client that trusts this authority alone.
pub fn trusting(root: CertificateDer<'static>) -> Arc<rustls::ClientConfig> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(root).expect("a root");
    let config = rustls::ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    Arc::new(config)
}

pub fn provider() -> Arc<rustls::crypto::CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}
