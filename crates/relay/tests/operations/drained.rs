//! Stopping: nobody new, those who are there may finish, the rest is told to come again.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use reachcheck_wire::{self as wire, ClientMessage, ServerMessage};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::harness::{ORIGIN, Relay, SOON, until};

type Client = WebSocketStream<MaybeTlsStream<TcpStream>>;

pub async fn open(address: std::net::SocketAddr) -> Client {
    let url = format!("ws://{address}/relay/v1/socket");
    let mut request = url.into_client_request().expect("a request");
    request
        .headers_mut()
        .insert("origin", ORIGIN.parse().expect("a header"));
    tokio_tungstenite::connect_async(request)
        .await
        .expect("a socket")
        .0
}

pub async fn ping(client: &mut Client, number: u32) {
    let ping = wire::encode(&ClientMessage::Ping { number });
    client.send(Message::text(ping)).await.expect("sent");
    let answer = timeout(SOON, client.next()).await.expect("in time");
    let text = answer.expect("open").expect("no error").to_string();
    assert_eq!(wire::decode(&text), Ok(ServerMessage::Pong { number }));
}

pub async fn close_code(client: &mut Client) -> Option<u16> {
    match timeout(SOON, client.next()).await.expect("in time") {
        Some(Ok(Message::Close(Some(frame)))) => Some(frame.code.into()),
        _ => None,
    }
}

fn is_open(relay: &Relay) -> bool {
    std::net::TcpStream::connect_timeout(&relay.addresses[0], Duration::from_secs(1)).is_ok()
}

#[tokio::test]
async fn told_to_stop_it_takes_nobody_new_and_lets_a_session_end() {
    let mut relay = Relay::start(&["--limit", "drain-ms=60000"]);
    let mut client = open(relay.addresses[0]).await;
    ping(&mut client, 1).await;
    relay.signal("TERM");
    until("end of listening", || (!is_open(&relay)).then_some(()));
    assert_eq!(relay.admin("/readyz"), (503, "draining\n".to_owned()));
    assert_eq!(relay.admin("/healthz").0, 200);
    ping(&mut client, 2).await;
    client.close(None).await.expect("closed");
    assert!(relay.end().success(), "{}", relay.log());
}

#[tokio::test]
async fn who_stays_beyond_the_drain_is_told_to_come_again() {
    let mut relay = Relay::start(&["--limit", "drain-ms=500"]);
    let mut client = open(relay.addresses[0]).await;
    ping(&mut client, 1).await;
    relay.signal("TERM");
    assert_eq!(close_code(&mut client).await, Some(1012));
    assert!(relay.end().success(), "{}", relay.log());
}

#[tokio::test]
async fn from_the_keyboard_it_ends_at_once() {
    let mut relay = Relay::start(&["--limit", "drain-ms=600000"]);
    let mut client = open(relay.addresses[0]).await;
    ping(&mut client, 1).await;
    relay.signal("INT");
    assert_eq!(close_code(&mut client).await, Some(1012));
    assert!(relay.end().success(), "{}", relay.log());
}
