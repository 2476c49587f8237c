//! Stopping: nobody new, those who are there may finish, the rest is told to come again.

use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::harness::{Relay, close_code, open, ping, until};

async fn is_open(relay: &Relay) -> bool {
    let connecting = TcpStream::connect(relay.address());
    matches!(timeout(Duration::from_secs(1), connecting).await, Ok(Ok(_)))
}

#[tokio::test]
async fn told_to_stop_it_takes_nobody_new_and_lets_a_session_end() {
    let mut relay = Relay::without_tls().limits(&["drain-ms=60000"]).start();
    let mut client = open(relay.address()).await;
    ping(&mut client, 1).await;
    relay.signal("TERM");
    until("end of listening", async || {
        (!is_open(&relay).await).then_some(())
    })
    .await;
    assert_eq!(relay.admin("/readyz").await, (503, "draining\n".to_owned()));
    assert_eq!(relay.admin("/healthz").await.0, 200);
    ping(&mut client, 2).await;
    client.close(None).await.expect("closed");
    assert!(relay.end().await.success(), "{}", relay.log());
}

#[tokio::test]
async fn who_stays_beyond_the_drain_is_told_to_come_again() {
    let mut relay = Relay::without_tls().limits(&["drain-ms=500"]).start();
    let mut client = open(relay.address()).await;
    ping(&mut client, 1).await;
    relay.signal("TERM");
    assert_eq!(close_code(&mut client).await, Some(1012));
    assert!(relay.end().await.success(), "{}", relay.log());
}

#[tokio::test]
async fn from_the_keyboard_it_ends_at_once() {
    let mut relay = Relay::without_tls().limits(&["drain-ms=600000"]).start();
    let mut client = open(relay.address()).await;
    ping(&mut client, 1).await;
    relay.signal("INT");
    assert_eq!(close_code(&mut client).await, Some(1012));
    assert!(relay.end().await.success(), "{}", relay.log());
}
