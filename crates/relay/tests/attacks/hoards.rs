//! Attacks by one address that asks for more than anybody needs: questions that wait, requests without end, watches of no
//! length (H1, M2, M3, M7 to M9, M11, L2, L3, L5, L18 of the review).

use std::net::IpAddr;
use std::time::{Duration, Instant};

use futures_util::{SinkExt as _, StreamExt as _};
use reachcheck_wire::{
    self as wire, ClientMessage, Connect, Ending, Quiet, Refusal, ServerMessage,
};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::Message;

use super::inside::{Everywhere, Names, is_inside, loopback};
use super::targets::{dialling, host};
use crate::harness::{
    Client, ORIGIN, Relay, SOON, ask, challenge, frame, get_over, hear, open_over, ping, say,
    until, upgrade,
};

/// The endpoint takes connections and says nothing, so that every question waits for as long as a dial may take. Each of
/// them is small, and each session has each of them once.
#[tokio::test]
async fn questions_that_wait_for_a_dial_cost_next_to_nothing() {
    const SOCKETS: usize = 200;
    let (port, _) = host(|mut stream| async move {
        let mut byte = [0];
        while stream.read(&mut byte).await? > 0 {}
        Ok(())
    })
    .await;
    let control = format!("localhost:{port}");
    let relay = dialling(port, &["--control", &control]);
    let mut clients = Vec::new();
    for _ in 0..SOCKETS {
        clients.push(relay.socket().await);
    }
    let before = relay.memory();
    let began = Instant::now();
    for client in &mut clients {
        for number in 0..60 {
            let message = match number % 3 {
                0 => ClientMessage::Controls,
                1 => ClientMessage::Dial {
                    endpoint: "here/https".to_owned(),
                },
                _ => ClientMessage::Dial {
                    endpoint: "here/tcp".to_owned(),
                },
            };
            say(client, &message).await;
        }
    }
    for client in &mut clients {
        ping(client, 1).await;
    }
    let more = relay.memory().saturating_sub(before);
    assert!(
        began.elapsed() < Duration::from_secs(4),
        "too late to see them wait: {:?}",
        began.elapsed()
    );
    // Ten thousand bytes each, before.
    let each = more / (SOCKETS * 60);
    assert!(each < 512, "{each} bytes for each question");
    // Each is answered once.
    let client = &mut clients[0];
    let mut heard = Vec::new();
    while heard.len() < 3 {
        heard.push(match hear(client).await {
            ServerMessage::Dial { report } => report.endpoint,
            ServerMessage::Controls { .. } => "controls".to_owned(),
            other => panic!("{other:?}"),
        });
    }
    heard.sort_unstable();
    assert_eq!(heard, ["controls", "here/https", "here/tcp"]);
}

#[tokio::test]
async fn controls_are_counted_like_dials() {
    let relay = Relay::with_tls().limits(&["socket-dials=3"]).start();
    let mut client = relay.socket().await;
    for _ in 0..3 {
        say(&mut client, &ClientMessage::Controls).await;
        let answer = hear(&mut client).await;
        assert!(
            matches!(answer, ServerMessage::Controls { .. }),
            "{answer:?}"
        );
    }
    say(&mut client, &ClientMessage::Controls).await;
    let ServerMessage::Refused { why, .. } = hear(&mut client).await else {
        panic!("a fourth was answered");
    };
    assert_eq!(why, Refusal::Budget);
}

const CHALLENGE: &str = "/relay/v1/challenge?nonce=abcdefgh";

#[tokio::test]
async fn one_connection_has_so_many_requests_and_is_closed_by_the_last_answer() {
    let relay = Relay::without_tls()
        .limits(&["connection-requests=5"])
        .start();
    let request = format!("GET {CHALLENGE} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    let mut stream = relay.plain().await;
    stream
        .write_all(request.repeat(20).as_bytes())
        .await
        .expect("sent");
    let mut heard = Vec::new();
    // It ends by itself; what was asked for beyond that may be answered by a reset.
    let _ = stream.read_to_end(&mut heard).await;
    let heard = String::from_utf8_lossy(&heard).to_ascii_lowercase();
    assert_eq!(heard.matches("http/1.1 200").count(), 5, "{heard}");
    assert_eq!(heard.matches("connection: close").count(), 1, "{heard}");
}

#[tokio::test]
async fn an_address_that_asks_too_often_is_told_so_and_others_are_served() {
    let limits = ["address-request-burst=20", "address-requests=1"];
    let relay = Relay::without_tls().limits(&limits).start();
    let from = async |last: u8| {
        let stream = relay
            .plain_from(loopback(last))
            .await
            .expect("a connection");
        get_over(stream, CHALLENGE, "").await.status
    };
    let began = Instant::now();
    let mut told = Vec::new();
    for _ in 0..40 {
        told.push(from(21).await);
    }
    let served = told.iter().filter(|status| **status == 200).count();
    // One more each second.
    let most = 21 + usize::try_from(began.elapsed().as_secs()).expect("few");
    assert!((20..=most).contains(&served), "{told:?}");
    assert!(served < 40, "it was never told");
    assert!(
        told.iter().all(|status| [200, 429].contains(status)),
        "{told:?}"
    );
    assert_eq!(from(22).await, 200);
    let (_, metrics) = relay.admin("/metrics").await;
    assert!(metrics.contains("Requests\"}"), "{metrics}");
}

/// Another site's page learns that it is not allowed, and not who its visitor is.
#[tokio::test]
async fn a_page_of_another_site_does_not_learn_its_visitors_address() {
    let relay = Relay::without_tls().start();
    let said = async |origin: &str| {
        let headers = format!("Origin: {origin}\r\nVia: 1.1 proxy\r\n");
        challenge(relay.plain().await, &headers).await
    };
    let own = said(ORIGIN).await;
    assert!(own.origin_allowed);
    assert_eq!(own.saw.address, "127.0.0.1");
    assert_eq!(own.saw.forwarded.len(), 1);
    let another = said("https://elsewhere.example").await;
    assert!(!another.origin_allowed);
    assert_eq!(another.saw.address, "");
    assert!(another.saw.forwarded.is_empty() && another.saw.tls.is_none());
    assert!(another.saw.unix_ms > 0);
}

#[tokio::test]
async fn silent_connections_keep_nobody_from_asking_for_health() {
    let relay = Relay::without_tls().start();
    for _ in 0..5 {
        let mut silent = Vec::new();
        for _ in 0..100 {
            silent.push(
                TcpStream::connect(relay.admin_address())
                    .await
                    .expect("a connection"),
            );
        }
        assert_eq!(relay.admin("/healthz").await.0, 200);
        assert_eq!(relay.admin("/readyz").await.0, 200);
    }
}

/// Nobody knows whether a TCP endpoint speaks TLS: one that was connected to is well.
#[tokio::test]
async fn a_healthy_endpoint_without_tls_is_dialled_no_more_often_than_others() {
    let (port, connections) = host(|mut stream| async move {
        let mut bytes = [0; 2048];
        let _ = stream.read(&mut bytes).await?;
        stream.write_all(b"220 ready\r\n").await
    })
    .await;
    let relay = dialling(port, &["--limit", "dial-fresh-failed-ms=1000"]);
    assert!(relay.dial("here/tcp").await.is_connected());
    let counted = || connections.load(std::sync::atomic::Ordering::SeqCst);
    let at_first = counted();
    let aged = async || (relay.dial("here/tcp").await.age_ms > 1_500).then_some(());
    until("facts older than those of a failed dial", aged).await;
    assert_eq!(counted(), at_first);
}

/// Otherwise two addresses have all that there are.
#[tokio::test]
async fn an_address_has_its_share_of_holds_and_another_its_own() {
    let relay = Relay::without_tls().limits(&["address-holds=3"]).start();
    let socket = async |last: u8| {
        let stream = relay.plain_from(loopback(last)).await;
        let opened = open_over(stream.expect("a connection"), &[("origin", ORIGIN)]).await;
        opened.expect("a socket")
    };
    let mut all = Vec::new();
    for _ in 0..3 {
        let client = socket(31).await;
        all.push(relay.held(all.len(), client).await.expect("its share"));
    }
    let one_more = socket(31).await;
    assert!(relay.held(all.len(), one_more).await.is_none());
    let other = socket(32).await;
    all.push(relay.held(all.len(), other).await.expect("its own share"));
}

#[tokio::test]
async fn a_watch_of_no_length_has_no_events_without_end() {
    let relay = Relay::with_tls().start();
    let mut client = relay.socket().await;
    let watch = ClientMessage::Watch {
        quiet: Quiet::Page,
        ms: 9,
        name: "abcdefgh".to_owned(),
    };
    say(&mut client, &watch).await;
    let mut heard = 0;
    while let ServerMessage::Event { .. } = hear(&mut client).await {
        heard += 1;
    }
    assert!(heard <= 9, "{heard} events in nine milliseconds");
}

/// A watch that does not begin is none.
#[tokio::test]
async fn a_refused_watch_lengthens_no_sockets_life() {
    let relay = Relay::with_tls()
        .limits(&["socket-life-ms=1500", "socket-messages=100000"])
        .start();
    let mut client = relay.socket().await;
    let began = Instant::now();
    // None of that length: half an hour each, if it counted.
    let watch = ClientMessage::Watch {
        quiet: Quiet::Both,
        ms: u32::MAX,
        name: "abcdefgh".to_owned(),
    };
    while began.elapsed() < SOON {
        if !matches!(
            exchange(&mut client, &watch).await,
            Some(ServerMessage::Refused { .. })
        ) {
            break;
        }
        // Or its bytes are used up first.
        sleep(Duration::from_millis(10)).await;
    }
    assert!(
        (Duration::from_millis(1_400)..Duration::from_secs(6)).contains(&began.elapsed()),
        "{:?}",
        began.elapsed()
    );
}

/// Twelve hours as it is shipped, however much of them was watched.
#[tokio::test]
async fn a_watched_socket_has_an_end_too() {
    let relay = Relay::with_tls()
        .limits(&["socket-life-ms=1000", "watched-life-ms=3000"])
        .start();
    let mut client = relay.socket().await;
    let began = Instant::now();
    let mut watches = 0;
    while began.elapsed() < SOON {
        let watch = ClientMessage::Watch {
            quiet: Quiet::Both,
            ms: 200,
            name: format!("watch-number-{watches}"),
        };
        match exchange(&mut client, &watch).await {
            Some(ServerMessage::Watched { .. }) => watches += 1,
            _ => break,
        }
    }
    // Beyond a life without watches, and not beyond its own.
    assert!(watches > 5, "{watches}");
    assert!(
        (Duration::from_millis(2_900)..Duration::from_secs(8)).contains(&began.elapsed()),
        "{:?}",
        began.elapsed()
    );
}

/// Says something and hears the answer; `None` where the socket ends instead.
async fn exchange<S>(client: &mut Client<S>, message: &ClientMessage) -> Option<ServerMessage>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let message = Message::text(wire::encode(message));
    client.send(message).await.ok()?;
    let answer = timeout(SOON, client.next()).await.expect("in time");
    wire::decode(answer?.ok()?.to_text().ok()?).ok()
}

/// More than may wait for a client: whoever asks that much at once is answered as fast as it reads.
#[tokio::test]
async fn every_question_is_answered_however_many_come_at_once() {
    const QUESTIONS: usize = 200;
    let relay = Relay::without_tls().start();
    let mut stream = relay.plain().await;
    upgrade(&mut stream, "").await;
    let question = frame(true, 1, wire::encode(&ClientMessage::Saw).as_bytes());
    stream
        .write_all(&question.repeat(QUESTIONS))
        .await
        .expect("sent");
    let (mut heard, mut answers) = (Vec::new(), 0);
    while answers < QUESTIONS {
        let read = timeout(Duration::from_secs(5), stream.read_buf(&mut heard)).await;
        let length = read.unwrap_or_else(|_| panic!("{answers} answers"));
        assert!(length.expect("open") > 0, "{answers} answers");
        answers = String::from_utf8_lossy(&heard).matches("unix_ms").count();
    }
}

/// Otherwise a dozen sockets with short watches make the relay forget how everybody else's ended.
#[tokio::test]
async fn one_socket_has_one_ending_to_remember() {
    let relay = Relay::with_tls().start();
    let mut client = relay.socket().await;
    for number in 0..20 {
        let watch = ClientMessage::Watch {
            quiet: Quiet::Both,
            ms: 1,
            name: format!("watch-number-{number}"),
        };
        let answer = exchange(&mut client, &watch).await;
        assert!(matches!(answer, Some(ServerMessage::Watched { .. })));
    }
    let mut known = Vec::new();
    for number in 0..20 {
        let name = format!("watch-number-{number}");
        let answer = exchange(&mut client, &ClientMessage::Ended { name }).await;
        let Some(ServerMessage::Ended { how, .. }) = answer else {
            panic!("{answer:?}");
        };
        known.push(how);
    }
    assert!(
        known[..19].iter().all(|how| *how == Ending::NotKnown),
        "{known:?}"
    );
    assert_eq!(known[19], Ending::Open);
}

/// A name that does not exist, on a machine whose search list has a wildcard (resolv.conf(5)), as in Kubernetes.
#[tokio::test]
async fn the_search_list_answers_for_no_endpoint() {
    if !is_inside(the_search_list_answers_for_no_endpoint) {
        return;
    }
    let everywhere = Everywhere::listen().await;
    let service: IpAddr = "203.0.113.7".parse().expect("an address");
    let names = Names::serve(move |name, _| match name.ends_with(".search.example") {
        true => vec![service],
        false => Vec::new(),
    })
    .await;
    let relay = Relay::with_tls()
        .hosts(&["missing.example"], everywhere.port, everywhere.port)
        .flags(&["--allow-target", "203.0.113.7/32"])
        .start();
    let report = relay.dial("here/https").await;
    assert_eq!(report.connect, Connect::NotResolved);
    assert_eq!(names.asked("missing.example.search.example"), 0);
    assert!(everywhere.dialled().is_empty());
}

/// A lookup that hangs keeps nobody from stopping: systemd would call it failed.
#[tokio::test]
async fn a_name_server_that_says_nothing_does_not_hold_up_the_end() {
    if !is_inside(a_name_server_that_says_nothing_does_not_hold_up_the_end) {
        return;
    }
    let _silent = tokio::net::UdpSocket::bind("127.0.0.1:53")
        .await
        .expect("the port of names");
    let mut relay = Relay::without_tls()
        .hosts(&["hangs.example"], 443, 443)
        .limits(&["drain-ms=0"])
        .start();
    let path = "/relay/v1/dial?endpoint=here/https";
    let stream = relay.plain().await;
    let asking = tokio::spawn(async move {
        let origin = format!("Origin: {ORIGIN}\r\n");
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{origin}\r\n");
        ask(stream, request.as_bytes()).await
    });
    let threads = format!("/proc/{}/task", relay.pid());
    let count = || std::fs::read_dir(&threads).map_or(0, Iterator::count);
    let before = count();
    // The lookup has a thread of its own.
    until("a lookup", async || (count() > before).then_some(())).await;
    // Nobody waits for it any more.
    asking.abort();
    let began = Instant::now();
    relay.signal("INT");
    assert!(relay.end().await.success(), "{}", relay.log());
    assert!(
        began.elapsed() < Duration::from_millis(900),
        "{:?}",
        began.elapsed()
    );
}
