//! Whatever clients say, the metrics have no more lines than there are words for (attack 24): a label of a client's
//! choice would grow the relay's memory, and that of whoever collects it, for good.

use reachcheck_wire::{ClientMessage, Quiet};
use tokio::io::AsyncWriteExt as _;
use tokio_rustls::TlsConnector;

use super::inside::loopback;
use crate::harness::{ORIGIN, Relay, ask, hear, say};

/// Limits, what connections spoke, how dials ended, and what is open now.
const SERIES_MAX: usize = 12 + 4 + 3 + 4;

async fn series(relay: &Relay) -> Vec<String> {
    let (_, answer) = relay.admin("/metrics").await;
    assert!(!answer.contains("marked"), "{answer}");
    assert!(!answer.contains("127.0.1."), "{answer}");
    let lines = answer
        .lines()
        .filter(|line| line.starts_with("reachcheck_relay_"));
    lines
        .filter_map(|line| Some(line.rsplit_once(' ')?.0.to_owned()))
        .collect()
}

/// One who says a word of its own wherever it can.
async fn client(relay: &Relay, number: u32) {
    let word = format!("marked-{number}-marked");
    let own = loopback(u8::try_from(number % 200).expect("small") + 2);
    // In the handshake; no certificate is for it, so it ends there.
    let name = format!("{word}.example").try_into().expect("a name");
    let under = relay.plain_from(own).await.expect("a connection");
    assert!(
        TlsConnector::from(relay.client.clone())
            .connect(name, under)
            .await
            .is_err()
    );
    // In requests.
    for path in [
        format!("/relay/v1/challenge?nonce={word}"),
        format!("/relay/v1/dial?endpoint={word}"),
        format!("/{word}"),
    ] {
        let stream = relay.tls_over(relay.plain_from(own).await.expect("a connection"));
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {word}\r\nUser-Agent: {word}\r\nVia: {word}\r\nX-{word}: {word}\r\n\
             Origin: {ORIGIN}\r\nConnection: close\r\n\r\n"
        );
        ask(stream.await.expect("a handshake"), request.as_bytes()).await;
    }
    let method = format!(
        "{} / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        word.to_uppercase()
    );
    let stream = relay.tls_over(relay.plain_from(own).await.expect("a connection"));
    ask(stream.await.expect("a handshake"), method.as_bytes()).await;
    // In messages.
    let mut socket = relay.socket().await;
    for message in [
        ClientMessage::Dial {
            endpoint: word.clone(),
        },
        ClientMessage::Ended { name: word.clone() },
        ClientMessage::Watch {
            quiet: Quiet::Both,
            ms: 1,
            name: word.clone(),
        },
    ] {
        say(&mut socket, &message).await;
        hear(&mut socket).await;
    }
    // And in bytes that are none of these.
    let mut plain = relay.plain_from(own).await.expect("a connection");
    let _ = plain.write_all(format!("{word}\r\n\r\n").as_bytes()).await;
}

#[tokio::test]
async fn whatever_clients_say_becomes_no_label() {
    let relay = Relay::with_tls().limits(&["handshake-ms=2000"]).start();
    for number in 0..10 {
        client(&relay, number).await;
    }
    let few = series(&relay).await;
    for number in 10..150 {
        client(&relay, number).await;
    }
    let many = series(&relay).await;
    assert!(many.len() <= SERIES_MAX, "{many:?}");
    assert!(many.len() <= few.len() + 3, "{few:?}\n{many:?}");
    assert!(many.contains(&"reachcheck_relay_accepted_total{spoke=\"Tls\"}".to_owned()));
    assert!(!relay.log().contains("marked"), "{}", relay.log());
}
