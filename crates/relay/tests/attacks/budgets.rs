//! What a session may get out of the relay, and what a hold costs (attacks 21 and 22).

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use reachcheck_relay::limits::Limits;
use reachcheck_wire::{ClientMessage, Hold, Refusal, Schedule, ServerMessage};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use super::inside::loopback;
use crate::harness::{ORIGIN, Relay, hear, open_over, say};

#[tokio::test]
async fn schedules_come_from_a_fixed_menu_and_few_times() {
    let relay = Relay::with_tls().start();
    let mut client = relay.socket().await;
    let schedule = Schedule::Short;
    let allowed = Limits::default().socket_schedules;
    let asked = allowed + 3;
    for _ in 0..asked {
        say(&mut client, &ClientMessage::Events { schedule }).await;
    }
    let (mut events, mut refused) = (0, 0);
    let expected = allowed * schedule.due_ms().len();
    while events + refused < expected + 3 {
        match hear(&mut client).await {
            ServerMessage::Event { .. } => events += 1,
            ServerMessage::Refused { why, .. } => {
                assert_eq!(why, Refusal::Budget);
                refused += 1;
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((events, refused), (expected, 3));
    let more = timeout(Duration::from_millis(500), hear(&mut client)).await;
    assert!(more.is_err(), "{more:?}");
    for unknown in [
        r#"{"ask":"events","schedule":"long"}"#,
        r#"{"ask":"events","schedule":[1,2]}"#,
    ] {
        assert!(reachcheck_wire::decode::<ClientMessage>(unknown).is_err());
    }
}

#[tokio::test]
async fn no_session_gets_more_bytes_than_its_budget_whatever_it_asks() {
    let relay = Relay::with_tls().start();
    let mut asking = tokio::task::JoinSet::new();
    for message in [
        ClientMessage::Saw,
        ClientMessage::Controls,
        ClientMessage::Ping { number: u32::MAX },
        ClientMessage::Dial {
            endpoint: "here/tcp".to_owned(),
        },
        ClientMessage::Dial {
            endpoint: "x".repeat(900),
        },
        ClientMessage::Events {
            schedule: Schedule::Short,
        },
    ] {
        let mut stream = relay.raw_socket().await;
        let text = reachcheck_wire::encode(&message);
        let bytes = crate::harness::frame(true, 1, text.as_bytes());
        asking.spawn(async move {
            let (mut reading, mut writing) = tokio::io::split(&mut stream);
            let sends = async {
                for _ in 0..1_000 {
                    if writing.write_all(&bytes).await.is_err() {
                        break;
                    }
                }
                let _ = writing.flush().await;
            };
            let mut heard = Vec::new();
            let hears = async {
                let _ = timeout(Duration::from_secs(10), reading.read_to_end(&mut heard))
                    .await
                    .expect("cut off");
            };
            tokio::join!(sends, hears);
            assert!(
                heard.len() <= Limits::default().socket_bytes_out,
                "{message:?}: {} bytes",
                heard.len()
            );
        });
    }
    asking.join_all().await;
    relay.serves().await;
}

#[tokio::test]
async fn holds_have_a_cap_of_their_own_and_are_small() {
    const HOLDS: u8 = 240;
    let relay = Relay::with_tls().limits(&["holds=240"]).start();
    relay.serves().await;
    let before = relay.memory();
    let mut held = Vec::new();
    let open = async |last| {
        let stream = relay
            .plain_from(loopback(last))
            .await
            .expect("a connection");
        let stream = relay.tls_over(stream).await.expect("a handshake");
        let socket = open_over(stream, &[("origin", ORIGIN)]).await;
        let mut socket = socket.expect("a socket");
        say(&mut socket, &ClientMessage::Hold { hold: Hold::Short }).await;
        socket
    };
    for number in 0..HOLDS {
        held.push(open(number).await);
    }
    // All of them are held within the thirty seconds of the first, or this shows nothing.
    let mut one_more = open(HOLDS).await;
    let ServerMessage::Refused { why, .. } = hear(&mut one_more).await else {
        panic!("it was held");
    };
    assert_eq!(why, Refusal::Busy);
    let each = (relay.memory() - before) / usize::from(HOLDS);
    assert!(each < 24 * 1024, "{each} bytes for each that is held");
    // Held sockets keep nobody from talking.
    relay.serves().await;
    drop(held);
    relay.is_lean_again(before).await;
}

/// Passes bytes between a client and the relay, and writes down when the relay sent any.
async fn watched(
    relay: SocketAddr,
) -> (
    SocketAddr,
    Arc<Mutex<Vec<(Instant, usize)>>>,
    Arc<Mutex<u16>>,
) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let sent = Arc::new(Mutex::new(Vec::new()));
    let port = Arc::new(Mutex::new(0));
    let (writes, knows) = (sent.clone(), port.clone());
    tokio::spawn(async move {
        let (client, _) = listener.accept().await.expect("a client");
        let relay = TcpStream::connect(relay).await.expect("the relay");
        *knows.lock().expect("not poisoned") = relay.local_addr().expect("an address").port();
        let (mut from_client, mut to_client) = client.into_split();
        let (mut from_relay, mut to_relay) = relay.into_split();
        tokio::spawn(async move { tokio::io::copy(&mut from_client, &mut to_relay).await });
        let mut bytes = [0; 4096];
        while let Ok(length @ 1..) = from_relay.read(&mut bytes).await {
            writes
                .lock()
                .expect("not poisoned")
                .push((Instant::now(), length));
            to_client.write_all(&bytes[..length]).await.expect("sent");
        }
    });
    (address, sent, port)
}

/// Which timer the kernel runs for the relay's end of a connection: 2 would be TCP keepalive (proc(5), tcp).
fn kernel_timer(relay: u16, client: u16) -> u8 {
    let table = std::fs::read_to_string("/proc/net/tcp").expect("the kernel's table");
    let ends = (format!(":{relay:04X}"), format!(":{client:04X}"));
    let line = table.lines().find(|line| {
        let mut words = line.split_whitespace().skip(1);
        words.next().is_some_and(|own| own.ends_with(&ends.0))
            && words.next().is_some_and(|other| other.ends_with(&ends.1))
    });
    let timer = line.and_then(|line| line.split_whitespace().nth(5)?.split(':').next());
    timer
        .and_then(|timer| timer.parse().ok())
        .expect("its connection")
}

#[tokio::test]
async fn a_hold_puts_not_one_byte_on_the_wire_until_it_ends() {
    let relay = Relay::with_tls().start();
    let (address, sent, port) = watched(relay.address()).await;
    let under = TcpStream::connect(address).await.expect("a connection");
    let stream = relay.tls_over(under).await.expect("a handshake");
    let opened = open_over(stream, &[("origin", ORIGIN)]).await;
    let mut client = opened.expect("a socket");
    let hold = Hold::Short;
    say(&mut client, &ClientMessage::Hold { hold }).await;
    let began = Instant::now();
    let port = *port.lock().expect("not poisoned");
    let silence = Duration::from_millis(hold.ms().into());
    while began.elapsed() < silence - Duration::from_secs(2) {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let timer = kernel_timer(relay.address().port(), port);
        assert_eq!(timer, 0, "no timer may speak for us");
    }
    let held = timeout(Duration::from_secs(5), hear(&mut client))
        .await
        .expect("in time");
    assert_eq!(held, ServerMessage::Held { hold });
    let sent = sent.lock().expect("not poisoned");
    let during: Vec<_> = sent
        .iter()
        .map(|(at, length)| (at.saturating_duration_since(began), *length))
        .filter(|(after, _)| *after > Duration::from_millis(200))
        .collect();
    // The word that it is over: one frame in one record.
    assert_eq!(during.len(), 1, "{during:?}");
    assert!(
        during[0].0 + Duration::from_millis(100) >= silence,
        "{during:?}"
    );
}
