//! Addresses that take everything they get together: whoever comes then has room all the same (M3 of the review).

use std::time::Duration;

use reachcheck_wire::{self as wire, ClientMessage};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::inside::loopback;
use crate::harness::{Client, ORIGIN, Relay, challenge, open_over, ping, say};

/// Three attackers.
const HOGS: [u8; 3] = [41, 42, 43];
/// A contact centre that comes when they have what they get.
const CENTRE: u8 = 44;

async fn socket(relay: &Relay, last: u8) -> Client {
    let stream = relay.plain_from(loopback(last)).await;
    let opened = open_over(stream.expect("a connection"), &[("origin", ORIGIN)]).await;
    opened.expect("a socket")
}

#[tokio::test]
async fn three_addresses_do_not_fill_every_hold() {
    let relay = Relay::without_tls()
        .limits(&["holds=40", "address-holds=30"])
        .start();
    let mut all = Vec::new();
    loop {
        let before = all.len();
        for last in HOGS {
            let client = socket(&relay, last).await;
            all.extend(relay.held(all.len(), client).await);
        }
        if all.len() == before {
            break;
        }
    }
    assert!((28..=32).contains(&all.len()), "{}", all.len());
    for _ in 0..4 {
        let client = socket(&relay, CENTRE).await;
        all.push(relay.held(all.len(), client).await.expect("room"));
    }
}

#[tokio::test]
async fn three_addresses_do_not_take_every_socket() {
    let relay = Relay::without_tls()
        .limits(&["sockets=40", "address-sockets=30"])
        .start();
    let opens = async |last| {
        let mut client = socket(&relay, last).await;
        say(&mut client, &ClientMessage::Ping { number: 1 }).await;
        match timeout(
            Duration::from_secs(5),
            futures_util::StreamExt::next(&mut client),
        )
        .await
        {
            Ok(Some(Ok(message))) if message.is_text() => Some(client),
            Ok(Some(Ok(message))) if message.is_close() => None,
            other => panic!("{other:?}"),
        }
    };
    let mut all = Vec::new();
    loop {
        let before = all.len();
        for last in HOGS {
            all.extend(opens(last).await);
        }
        if all.len() == before {
            break;
        }
    }
    assert!((28..=32).contains(&all.len()), "{}", all.len());
    for _ in 0..4 {
        all.push(opens(CENTRE).await.expect("room"));
    }
}

#[tokio::test]
async fn three_addresses_do_not_take_every_connection() {
    let relay = Relay::without_tls()
        .limits(&["connections=160", "address-connections=150"])
        .start();
    let mut all: Vec<TcpStream> = Vec::new();
    for _ in 0..80 {
        for last in HOGS {
            all.push(
                relay
                    .plain_from(loopback(last))
                    .await
                    .expect("a connection"),
            );
        }
    }
    relay.has_at_most(125, "connections").await;
    let answer = challenge(
        relay
            .plain_from(loopback(CENTRE))
            .await
            .expect("a connection"),
        "",
    )
    .await;
    assert!(!answer.busy);
    let mut client = socket(&relay, CENTRE).await;
    ping(&mut client, 1).await;
    assert!(wire::encode(&answer).contains("127.0.1.44"));
}
