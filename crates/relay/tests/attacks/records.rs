//! Records of TLS that hold nothing (L6 of the review). rustls ends a connection after a row of them, and passes none on: with
//! a byte now and then between them, nothing above it counts what they are.

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
    /// Application data in a record of its own (RFC 8446 section 5.2).
    fn record(&mut self, data: &[u8]) -> Vec<u8> {
        const APPLICATION_DATA: u8 = 23;
        let mut nonce = self.iv;
        for (byte, number) in nonce[4..].iter_mut().zip(self.number.to_be_bytes()) {
            *byte ^= number;
        }
        self.number += 1;
        // The type that is hidden, and the tag.
        let length = u8::try_from(data.len() + 1 + 16).expect("short");
        let header = [APPLICATION_DATA, 3, 3, 0, length];
        let mut hidden = [data, &[APPLICATION_DATA]].concat();
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
async fn empty_records_in_a_row_end_the_connection() {
    let relay = Relay::with_tls().start();
    let (mut stream, mut sealing) = watched(&relay).await;
    // So that they are understood at all.
    for _ in 0..8 {
        stream.write_all(&sealing.record(b"")).await.expect("taken");
    }
    let open = open_for(&mut stream, Duration::from_millis(500)).await;
    assert_eq!(open, None, "a few of them are no attack");
    for _ in 0..40 {
        let _ = stream.write_all(&sealing.record(b"")).await;
    }
    let open = open_for(&mut stream, Duration::from_secs(5)).await;
    assert!(open.is_some(), "it is still open");
    relay.serves().await;
}

#[tokio::test]
async fn empty_records_between_others_have_a_budget() {
    let relay = Relay::with_tls()
        .limits(&["socket-bytes-in=16384", "connection-requests=4"])
        .start();
    let (mut stream, mut sealing) = watched(&relay).await;
    // A message of 900 bytes, of which one comes at a time.
    let begin = &frame(true, 1, &[b'x'; 900])[..8];
    stream
        .write_all(&sealing.record(begin))
        .await
        .expect("sent");
    let mut empty = 0;
    'sending: for _ in 0..890 {
        for _ in 0..16 {
            if stream.write_all(&sealing.record(b"")).await.is_err() {
                break 'sending;
            }
            empty += 1;
        }
        if stream.write_all(&sealing.record(b"x")).await.is_err() {
            break;
        }
    }
    let open = open_for(&mut stream, Duration::from_secs(5)).await;
    assert!(
        open.is_some(),
        "{empty} empty records, and it is still open"
    );
    let (_, metrics) = relay.admin("/metrics").await;
    assert!(
        metrics.contains("limited_total{limit=\"Budget\"} 1"),
        "{metrics}"
    );
    relay.serves().await;
}
