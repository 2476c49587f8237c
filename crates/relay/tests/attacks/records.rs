//! Records of TLS that hold nothing (L6 of the review): rustls passes none of them on, so nothing above it counts them.

use std::time::Duration;

use reachcheck_wire::{self as wire, ClientMessage, Quiet};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use rustls::ConnectionTrafficSecrets;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::harness::{Relay, frame, open_for, upgrade};

/// What a client encrypts by.
struct Sealing {
    key: LessSafeKey,
    iv: [u8; 12],
    number: u64,
}

impl Sealing {
    /// Application data of no length (RFC 8446 section 5.2).
    fn empty_record(&mut self) -> Vec<u8> {
        const APPLICATION_DATA: u8 = 23;
        let mut nonce = self.iv;
        for (byte, number) in nonce[4..].iter_mut().zip(self.number.to_be_bytes()) {
            *byte ^= number;
        }
        self.number += 1;
        // The type that is hidden, and the tag.
        let header = [APPLICATION_DATA, 3, 3, 0, 1 + 16];
        let mut hidden = vec![APPLICATION_DATA];
        let nonce = Nonce::assume_unique_for_key(nonce);
        self.key
            .seal_in_place_append_tag(nonce, Aad::from(header), &mut hidden)
            .expect("sealed");
        [&header[..], &hidden].concat()
    }
}

/// A socket that is watched for half an hour, and the keys to go on with it below TLS.
async fn watched(relay: &Relay) -> (TcpStream, Sealing) {
    let mut config = (*relay.client).clone();
    config.enable_secret_extraction = true;
    let name = "localhost".try_into().expect("a name");
    let mut stream = TlsConnector::from(std::sync::Arc::new(config))
        .connect(name, relay.plain().await)
        .await
        .expect("a handshake");
    upgrade(&mut stream, "").await;
    let watch = ClientMessage::Watch {
        quiet: Quiet::Both,
        ms: 1_800_000,
        name: "empty-records".to_owned(),
    };
    let watch = frame(true, 1, wire::encode(&watch).as_bytes());
    stream.write_all(&watch).await.expect("sent");
    stream.flush().await.expect("sent");
    let (stream, session) = stream.into_inner();
    let secrets = session.dangerous_extract_secrets().expect("keys");
    let (number, ConnectionTrafficSecrets::Aes256Gcm { key, iv }) = secrets.tx else {
        panic!("another cipher");
    };
    let key = UnboundKey::new(&AES_256_GCM, key.as_ref()).expect("a key");
    let sealing = Sealing {
        key: LessSafeKey::new(key),
        iv: iv.as_ref().try_into().expect("twelve bytes"),
        number,
    };
    (stream, sealing)
}

#[tokio::test]
async fn empty_records_have_a_budget_too() {
    let relay = Relay::with_tls()
        .limits(&["socket-bytes-in=16384", "connection-requests=4"])
        .start();
    let (mut stream, mut sealing) = watched(&relay).await;
    // So that they are understood at all.
    for _ in 0..100 {
        let record = sealing.empty_record();
        stream.write_all(&record).await.expect("taken");
    }
    let open = open_for(&mut stream, Duration::from_millis(500)).await;
    assert_eq!(open, None, "a hundred of them are no attack");
    let mut sent = 0;
    while sent < 50_000 && stream.write_all(&sealing.empty_record()).await.is_ok() {
        sent += 1;
    }
    let open = open_for(&mut stream, Duration::from_secs(5)).await;
    assert!(open.is_some(), "{sent} empty records, and it is still open");
    relay.serves().await;
}
