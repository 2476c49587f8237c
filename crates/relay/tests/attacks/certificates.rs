//! Certificates that dials meet: bad ones are reported, huge chains are not swallowed, and the farewell is polite.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use reachcheck_wire::{CertificateFault, Dialogue, Tls};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio_rustls::TlsAcceptor;

use super::targets::{dialling, host};
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
