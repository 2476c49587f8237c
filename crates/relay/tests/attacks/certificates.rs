//! Certificates that dials meet: bad ones are reported, huge chains are not swallowed, and the farewell is polite.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use reachcheck_wire::{CertificateFault, Dialogue, Tls};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio_rustls::TlsAcceptor;

use super::targets::{dialling, host};
use crate::harness::certificate::acceptor;
use crate::harness::{Certificate, until};

async fn answers(tls: TlsAcceptor) -> u16 {
    let (port, _) = host(move |stream| {
        let tls = tls.clone();
        async move {
            let mut stream = tls.accept(stream).await?;
            let _ = stream.read(&mut [0; 1024]).await?;
            stream
                .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                .await?;
            let _ = stream.read(&mut [0; 1024]).await;
            Ok(())
        }
    })
    .await;
    port
}

#[tokio::test]
async fn a_bad_certificate_is_reported_with_its_fault_and_its_dates() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = || rcgen::CertificateParams::new(vec!["localhost".to_owned()]).expect("a name");
    let mut expired = good();
    expired.not_after = rcgen::date_time_ymd(2020, 2, 3);
    let mut future = good();
    (future.not_before, future.not_after) = (
        rcgen::date_time_ymd(2090, 1, 1),
        rcgen::date_time_ymd(2091, 1, 1),
    );
    let other = rcgen::CertificateParams::new(vec!["other.example".to_owned()]).expect("a name");
    for (params, trusts, fault) in [
        (good(), true, None),
        (good(), false, Some(CertificateFault::Untrusted)),
        (expired, true, Some(CertificateFault::Expired)),
        (future, true, Some(CertificateFault::NotYetValid)),
        (other, true, Some(CertificateFault::WrongName)),
    ] {
        let expires = params.not_after.unix_timestamp();
        let certificate = Certificate::of(&params);
        let ([ca, _], tls) = (certificate.write(folder.path()), certificate.acceptor());
        let trust: &[&str] = if trusts { &["--trust-ca", &ca] } else { &[] };
        let relay = dialling(answers(tls).await, trust);
        let report = relay.dial("here/https").await;
        let Some(Tls::Finished { certificate, .. }) = &report.tls else {
            panic!("{fault:?}: {report:?}");
        };
        assert_eq!(certificate.fault, fault);
        assert_eq!(certificate.expires_unix, expires);
        // A browser would ask nothing of it; what it answers is told all the same.
        assert!(
            matches!(report.get, Some(Dialogue::Http { status: 200, .. })),
            "{report:?}"
        );
        assert_eq!(report.upgrade.is_some(), fault.is_none());
    }
}

/// An authority that nobody trusts, and one below it.
fn authorities() -> (rcgen::Certificate, rcgen::Issuer<'static, rcgen::KeyPair>) {
    let authority = |name: &str| {
        let mut params = rcgen::CertificateParams::default();
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        params.distinguished_name = rcgen::DistinguishedName::new();
        params
            .distinguished_name
            .push(rcgen::DnType::CommonName, name);
        params
    };
    let key = || rcgen::KeyPair::generate().expect("a key");
    let root = rcgen::Issuer::new(authority("Root"), key());
    let (params, own) = (authority("Below"), key());
    let below = params.signed_by(&own, &root).expect("signed");
    (below, rcgen::Issuer::new(params, own))
}

/// Says where the issuer's certificate is to be had: caIssuers, http://ca.test/ (RFC 5280 section 4.2.2.1).
const AUTHORITY_INFORMATION: &[u8] =
    b"\x30\x1e\x30\x1c\x06\x08\x2b\x06\x01\x05\x05\x07\x30\x02\x86\x10http://ca.test/a";

#[tokio::test]
async fn a_chain_without_the_issuers_certificate_is_told_from_an_authority_that_nobody_knows() {
    let (below, issuer) = authorities();
    for (name, says_where, comes_along, fault, lacks) in [
        ("localhost", true, false, CertificateFault::Untrusted, true),
        // Nearly: all of it came; nobody could fetch it; it is another's name besides.
        ("localhost", true, true, CertificateFault::Untrusted, false),
        (
            "localhost",
            false,
            false,
            CertificateFault::Untrusted,
            false,
        ),
        (
            "other.example",
            true,
            false,
            CertificateFault::WrongName,
            false,
        ),
    ] {
        let mut params = rcgen::CertificateParams::new(vec![name.to_owned()]).expect("a name");
        if says_where {
            let oid = [1, 3, 6, 1, 5, 5, 7, 1, 1];
            let content = AUTHORITY_INFORMATION.to_vec();
            params.custom_extensions =
                vec![rcgen::CustomExtension::from_oid_content(&oid, content)];
        }
        let key = rcgen::KeyPair::generate().expect("a key");
        let leaf = params.signed_by(&key, &issuer).expect("signed");
        let mut chain = vec![leaf.der().clone()];
        chain.extend(comes_along.then(|| below.der().clone()));
        let tls = acceptor(chain, &key.serialize_pem());
        let relay = dialling(answers(tls).await, &[]);
        let report = relay.dial("here/https").await;
        let Some(Tls::Finished { certificate, .. }) = &report.tls else {
            panic!("{report:?}");
        };
        let told = (certificate.fault, certificate.lacks_issuer);
        assert_eq!(
            told,
            (Some(fault), lacks),
            "{name} {says_where} {comes_along}"
        );
    }
}

#[tokio::test]
async fn a_huge_chain_is_not_swallowed() {
    let tls = Certificate::new("localhost").acceptor_of_chain(2_001);
    let relay = dialling(answers(tls).await, &[]);
    relay.serves().await;
    let before = relay.memory();
    let report = relay.dial("here/https").await;
    assert!(
        matches!(report.tls, Some(Tls::Rejected { .. })),
        "{report:?}"
    );
    relay.serves().await;
    relay.is_lean_again(before).await;
}

#[tokio::test]
async fn a_dial_ends_with_close_notify() {
    let tls = Certificate::new("localhost").acceptor();
    let politely = Arc::new(AtomicBool::new(false));
    let seen = politely.clone();
    let (port, _) = host(move |stream| {
        let (tls, seen) = (tls.clone(), seen.clone());
        async move {
            let mut stream = tls.accept(stream).await?;
            let _ = stream.read(&mut [0; 1024]).await?;
            stream
                .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                .await?;
            // rustls calls an end without close_notify an unexpected one.
            let end = stream.read(&mut [0; 1024]).await;
            seen.store(matches!(end, Ok(0)), Ordering::SeqCst);
            Ok(())
        }
    })
    .await;
    let relay = dialling(port, &[]);
    assert!(relay.dial("here/https").await.is_connected());
    until("close_notify", async || {
        politely.load(Ordering::SeqCst).then_some(())
    })
    .await;
}
