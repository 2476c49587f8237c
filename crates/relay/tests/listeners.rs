//! The real binary on several listeners with TLS: what it says to TLS, to plain HTTP, to plain STUN, and to
//! those who hold.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::StreamExt as _;
use reachcheck_wire::{self as wire, Challenge, ClientMessage, Hold, Refusal, ServerMessage};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::client::TlsStream;

use crate::harness::{Client, ORIGIN, Relay, SOON, Setup, get_over, hear, open_over, ping, say};

fn setup() -> Setup {
    Relay::with_tls().listen("127.0.0.1:0,127.0.0.1:0")
}

async fn plain(relay: &Relay, listener: usize) -> TcpStream {
    let stream = TcpStream::connect(relay.addresses[listener]).await;
    stream.expect("a connection")
}

async fn challenge(relay: &Relay, listener: usize, headers: &str) -> (String, Challenge) {
    let stream = relay.tls_over(plain(relay, listener).await).await;
    let path = "/relay/v1/challenge?nonce=abcdefgh";
    let answer = get_over(stream.expect("a handshake"), path, headers).await;
    let challenge = wire::decode(&answer.body).expect("a challenge");
    (answer.head, challenge)
}

async fn socket(relay: &Relay) -> Client<TlsStream<TcpStream>> {
    let headers = [("origin", ORIGIN), ("via", "1.1 squid")];
    let opened = open_over(relay.tls().await, &headers).await;
    opened.expect("a socket")
}

#[tokio::test]
async fn every_listener_answers_the_challenge_and_names_all_ports() {
    let relay = setup().start();
    let ports: Vec<u16> = relay.addresses.iter().map(SocketAddr::port).collect();
    for listener in [0, 1] {
        let (head, challenge) = challenge(&relay, listener, "").await;
        assert_eq!(challenge.ports, ports);
        assert!(challenge.plain);
        assert!(head.contains("timing-allow-origin: *"), "{head}");
        assert!(challenge.saw.unix_ms > 1_700_000_000_000);
        assert!(challenge.saw.forwarded.is_empty());
    }
}

#[tokio::test]
async fn what_a_proxy_adds_is_told_and_nothing_else() {
    let relay = setup().start();
    let headers = format!(
        "Via: 1.1 \u{e9}proxy{}\r\nCookie: secret\r\nX-Forwarded-For: 10.0.0.2\r\n",
        "y".repeat(300)
    );
    let (_, challenge) = challenge(&relay, 0, &headers).await;
    let names: Vec<&str> = challenge
        .saw
        .forwarded
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(names, ["via", "x-forwarded-for"]);
    let via = &challenge.saw.forwarded[0].1;
    assert_eq!(via.len(), wire::FORWARDED_MAX.1);
    assert!(via.starts_with("1.1 ??proxy"), "{via}");
    let mut socket = socket(&relay).await;
    say(&mut socket, &ClientMessage::Saw).await;
    let ServerMessage::Saw { report } = hear(&mut socket).await else {
        panic!("not what it saw");
    };
    assert_eq!(
        report.forwarded,
        [("via".to_owned(), "1.1 squid".to_owned())]
    );
}

#[tokio::test]
async fn plain_http_beside_tls_gets_the_challenge_and_the_way_to_tls() {
    let relay = setup().start();
    let path = "/relay/v1/challenge?nonce=abcdefgh";
    let answer = get_over(plain(&relay, 1).await, path, "").await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let answer = get_over(plain(&relay, 1).await, "/app/?a=b", "").await;
    assert_eq!(answer.status, 308, "{answer:?}");
    let path = "/relay/v1/dial?endpoint=here/tcp";
    let headers = format!("Origin: {ORIGIN}\r\n");
    let answer = get_over(plain(&relay, 1).await, path, &headers).await;
    assert!(matches!(answer.status, 300..310 | 404), "{answer:?}");
}

/// As WebRTC sends it: a header, and REQUESTED-TRANSPORT.
fn allocate(transaction: [u8; 12]) -> Vec<u8> {
    let mut request = vec![0x00, 0x03, 0x00, 0x08, 0x21, 0x12, 0xa4, 0x42];
    request.extend(transaction);
    request.extend([0x00, 0x19, 0x00, 0x04, 17, 0, 0, 0]);
    request
}

#[tokio::test]
async fn a_plain_stun_request_gets_one_error_and_its_transaction_back() {
    let relay = setup().start();
    let mut stream = plain(&relay, 0).await;
    let transaction = *b"transaction!";
    stream
        .write_all(&allocate(transaction))
        .await
        .expect("sent");
    let mut answer = vec![0; 48];
    timeout(SOON, stream.read_exact(&mut answer))
        .await
        .expect("in time")
        .expect("an answer");
    assert_eq!(answer[..2], [0x01, 0x13]);
    assert_eq!(answer[8..20], transaction);
    let code = u16::from(answer[26]) * 100 + u16::from(answer[27]);
    assert_eq!(code, wire::STUN_ERROR);
    // That was all, and the client may close first.
    stream.shutdown().await.expect("closed");
    let ended = timeout(SOON, stream.read(&mut [0; 8]))
        .await
        .expect("in time");
    assert_eq!(ended.expect("the end"), 0);
}

#[tokio::test]
async fn plain_bytes_that_are_no_such_request_get_no_answer() {
    let relay = setup().start();
    let mut wrong_cookie = allocate([7; 12]);
    wrong_cookie[4] = 0;
    let mut endless = allocate([7; 12]);
    endless[2] = 0xff;
    for request in [wrong_cookie, endless, vec![0; 64]] {
        let mut stream = plain(&relay, 0).await;
        stream.write_all(&request).await.expect("sent");
        let mut answer = Vec::new();
        let read = timeout(SOON, stream.read_to_end(&mut answer))
            .await
            .expect("in time");
        assert!(answer.is_empty(), "{read:?} {answer:?}");
    }
}

#[tokio::test]
async fn a_relay_without_room_says_so() {
    let relay = setup().limits(&["sockets=0"]).start();
    assert!(challenge(&relay, 0, "").await.1.busy);
}

#[tokio::test]
async fn who_speaks_during_a_hold_ends_it_and_the_silence_is_complete() {
    let relay = setup().start();
    let mut socket = socket(&relay).await;
    say(&mut socket, &ClientMessage::Hold { hold: Hold::Short }).await;
    let silence = timeout(Duration::from_secs(2), socket.next()).await;
    assert!(silence.is_err(), "{silence:?}");
    say(&mut socket, &ClientMessage::Ping { number: 1 }).await;
    let ServerMessage::Refused { why, .. } = hear(&mut socket).await else {
        panic!("the hold goes on");
    };
    assert_eq!(why, Refusal::Budget);
    ping(&mut socket, 2).await;
}

#[tokio::test]
async fn a_hold_that_nobody_disturbs_ends_with_a_word() {
    let relay = setup().start();
    let mut socket = socket(&relay).await;
    say(&mut socket, &ClientMessage::Hold { hold: Hold::Short }).await;
    let started = tokio::time::Instant::now();
    let message = timeout(Duration::from_secs(60), socket.next())
        .await
        .expect("in time");
    let message = message.expect("open").expect("a message");
    let held = wire::decode::<ServerMessage>(message.to_text().expect("text"));
    assert_eq!(held, Ok(ServerMessage::Held { hold: Hold::Short }));
    assert!(started.elapsed() >= Duration::from_millis(Hold::Short.ms().into()));
}
