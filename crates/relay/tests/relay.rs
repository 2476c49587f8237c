//! The relay over real sockets on loopback: what it says, and what it refuses.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use futures_util::{SinkExt as _, StreamExt as _};
use reachcheck_wire::{
    self as wire, CertificateFault, Challenge, ClientMessage, Connect, ControlsReport, DialReport,
    Dialogue, Plain, Rejection, Schedule, ServerMessage, Tls,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;

use crate::harness::{
    ALLOW, Certificate, Inside, ORIGIN, Relay, SOON, ask, close_code, hear, open, open_over, ping,
    say,
};

/// A relay whose one region's endpoints, and whose control, are `localhost` at these ports.
async fn start(https: u16, tcp: u16, flags: &[&str]) -> Relay<Inside> {
    Relay::without_tls()
        .hosts(&["localhost"], https, tcp)
        .flags(&["--control", &format!("localhost:{https}")])
        .flags(flags)
        .start_inside()
        .await
}

async fn raw(relay: &Relay<Inside>, request: &str) -> u16 {
    ask(relay.plain().await, request.as_bytes()).await.status
}

// What it says.

#[tokio::test]
async fn the_challenge_is_echoed_to_anybody_and_says_who_is_allowed() {
    let relay = start(1, 1, &[]).await;
    for (headers, allowed) in [
        (format!("Origin: {ORIGIN}\r\n"), true),
        ("Origin: https://evil.example\r\n".to_owned(), false),
        ("Origin: null\r\n".to_owned(), false),
        (String::new(), false),
    ] {
        let path = "/relay/v1/challenge?nonce=abcdefgh12345678";
        let answer = relay.get(path, &headers).await;
        assert_eq!(answer.status, 200);
        let challenge: Challenge = wire::decode(&answer.body).expect("a challenge");
        assert_eq!(challenge.nonce, "abcdefgh12345678");
        assert_eq!(challenge.origin_allowed, allowed, "{headers}");
        assert!(!challenge.outside, "it listens on loopback");
        assert_eq!(challenge.ports, [relay.address().port()]);
    }
    for nonce in ["", "short", "%3Cscript%3E12345", &"a".repeat(65)] {
        let path = format!("/relay/v1/challenge?nonce={nonce}");
        assert_eq!(relay.get(&path, "").await.status, 400, "{nonce}");
    }
}

#[tokio::test]
async fn pings_and_events_come_as_asked() {
    let relay = start(1, 1, &[]).await;
    let mut client = open(relay.address()).await;
    ping(&mut client, 7).await;
    let schedule = Schedule::Short;
    let started = Instant::now();
    say(&mut client, &ClientMessage::Events { schedule }).await;
    for (expected, due) in (0..).zip(schedule.due_ms()) {
        let ServerMessage::Event { sequence, due_ms } = hear(&mut client).await else {
            panic!("not an event");
        };
        assert_eq!((sequence, due_ms), (expected, *due));
        assert!(
            started.elapsed() >= Duration::from_millis(u64::from(*due)),
            "too early"
        );
    }
}

#[tokio::test]
async fn the_page_is_served_with_settings_that_name_the_relay() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("index.html"), "<p>page</p>").expect("written");
    let page = folder.path().to_string_lossy().into_owned();
    let relay = start(1, 1, &["--page", &page]).await;
    let answer = relay.get("/", "").await;
    assert_eq!(answer.said(), (200, "<p>page</p>".to_owned()));
    let settings = relay.get("/config.json", "").await.body;
    assert!(
        settings.ends_with(r#","relays":[{"url":"relay/"}]}"#),
        "{settings}"
    );
    for path in [
        "/../Cargo.toml",
        "/%2e%2e/etc/passwd",
        "/nothing",
        "//etc/passwd",
    ] {
        assert_eq!(relay.get(path, "").await.status, 404, "{path}");
    }
    // A same-origin GET carries no Origin; the browser says so in its own header.
    let own = format!(
        "GET /relay/v1/controls HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\n\r\n",
        relay.address()
    );
    assert_eq!(raw(&relay, &own).await, 200);
}

#[tokio::test]
async fn what_is_not_there_is_answered_with_the_builds_page_for_it() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in [
        ("index.html", "<p>page</p>"),
        ("404.html", "<p>no such page</p>"),
        (
            "_headers",
            "/*\n  Content-Security-Policy: default-src 'none'\n",
        ),
    ] {
        std::fs::write(folder.path().join(name), content).expect("written");
    }
    let page = folder.path().to_string_lossy().into_owned();
    let relay = start(1, 1, &["--page", &page]).await;
    let said = |status, words: &str| (status, words.to_owned());
    // As a mail gateway leaves the link of the largest report.
    let link = format!("/%2523read%253D{}", "0".repeat(1_900));
    for path in ["/nothing", "/repo/%23read=AB1", &link] {
        let answer = relay.get(path, "").await;
        for header in [
            "content-security-policy: default-src 'none'",
            "content-type: text/html; charset=utf-8",
            "cache-control: no-cache",
        ] {
            assert!(answer.head.contains(header), "{header}: {answer:?}");
        }
        assert_eq!(answer.said(), said(404, "<p>no such page</p>"), "{path}");
    }
    assert_eq!(relay.get("/", "").await.said(), said(200, "<p>page</p>"));
    // What is the relay's own is not the page's.
    let own = relay
        .get("/relay/v1/nothing", "Sec-Fetch-Site: same-origin\r\n")
        .await;
    assert!(!own.body.contains("no such page"), "{own:?}");
}

// What it refuses.

#[tokio::test]
async fn foreign_pages_may_not_use_it() {
    let relay = start(1, 1, &[]).await;
    for origin in [
        Some("https://evil.example"),
        Some("https://check.example.evil.example"),
        Some("http://check.example"),
        Some("https://check.example:8443"),
        Some("null"),
        None,
    ] {
        let origins: Vec<_> = origin
            .into_iter()
            .map(|origin| ("origin", origin))
            .collect();
        let opened = open_over(relay.plain().await, &origins).await;
        assert_eq!(opened.err(), Some(403), "{origin:?}");
        let header = origin.map_or_else(String::new, |origin| format!("Origin: {origin}\r\n"));
        for path in ["/relay/v1/dial?endpoint=here/tcp", "/relay/v1/controls"] {
            assert_eq!(
                relay.get(path, &header).await.status,
                403,
                "{origin:?} {path}"
            );
        }
    }
}

#[tokio::test]
async fn only_ids_of_the_catalogue_are_dialled() {
    let relay = start(1, 1, &[]).await;
    let mut client = open(relay.address()).await;
    for id in [
        "here",
        "here/udp",
        "there/tcp",
        "localhost:1",
        "127.0.0.1:22",
        "here/tcp/..",
        "",
    ] {
        let endpoint = id.to_owned();
        say(&mut client, &ClientMessage::Dial { endpoint }).await;
        let ServerMessage::Refused { why, .. } = hear(&mut client).await else {
            panic!("{id} was not refused");
        };
        assert_eq!(why, wire::Refusal::UnknownEndpoint, "{id}");
        let header = format!("Origin: {ORIGIN}\r\n");
        let path = format!("/relay/v1/dial?endpoint={id}");
        assert_eq!(relay.get(&path, &header).await.status, 404, "{id}");
    }
}

#[tokio::test]
async fn a_host_in_a_message_is_passed_over() {
    let relay = start(1, 1, &[]).await;
    let mut client = open(relay.address()).await;
    let with_host = r#"{"ask":"dial","endpoint":"there/tcp","host":"127.0.0.1"}"#;
    client.send(Message::text(with_host)).await.expect("sent");
    let ServerMessage::Refused { why, .. } = hear(&mut client).await else {
        panic!("the host was dialled");
    };
    assert_eq!(why, wire::Refusal::UnknownEndpoint);
}

#[tokio::test]
async fn what_is_no_message_ends_the_session() {
    let relay = start(1, 1, &[]).await;
    for message in [
        Message::text("hello"),
        Message::text(r#"{"ask":"dial","host":"10.0.0.1"}"#),
        Message::text(r#"{"ask":"shell","endpoint":"here/tcp"}"#),
        Message::binary(vec![0_u8; 8]),
    ] {
        let mut client = open(relay.address()).await;
        client.send(message).await.expect("sent");
        assert_eq!(close_code(&mut client).await, Some(wire::CLOSE_PROTOCOL));
    }
    // Too long: ended before it is read.
    let mut client = open(relay.address()).await;
    let long = "x".repeat(wire::CLIENT_MESSAGE_MAX + 1);
    let _ = client.send(Message::text(long)).await;
    let next = timeout(SOON, client.next()).await.expect("in time");
    assert!(!matches!(next, Some(Ok(Message::Text(_)))), "{next:?}");
    // Too many.
    let mut client = open(relay.address()).await;
    for number in 0..300 {
        let text = wire::encode(&ClientMessage::Ping { number });
        if client.send(Message::text(text)).await.is_err() {
            break;
        }
    }
    let code = loop {
        match timeout(SOON, client.next()).await.expect("in time") {
            Some(Ok(Message::Close(Some(frame)))) => break u16::from(frame.code),
            Some(Ok(_)) => {}
            other => panic!("no close frame, but {other:?}"),
        }
    };
    assert_eq!(code, wire::CLOSE_PROTOCOL);
}

#[tokio::test]
async fn only_plain_gets_are_answered() {
    let relay = start(1, 1, &[]).await;
    let path = "/relay/v1/challenge?nonce=abcdefgh12345678";
    for (request, status) in [
        (
            format!(
                "POST {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
            ),
            405,
        ),
        (
            format!(
                "GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc"
            ),
            400,
        ),
        (
            format!("GET {path} HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n"),
            400,
        ),
        (
            format!("GET {path} HTTP/1.1\r\nConnection: close\r\n\r\n"),
            400,
        ),
        (
            format!(
                "GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: {}\r\n\r\n",
                "x".repeat(20_000)
            ),
            431,
        ),
    ] {
        assert_eq!(raw(&relay, &request).await, status, "{}", &request[..60]);
    }
}

#[tokio::test]
async fn slow_and_silent_clients_are_cut_off_while_others_are_served() {
    let relay = start(1, 1, &["--limit", "handshake-ms=4000"]).await;
    let mut slow = Vec::new();
    for bytes in ["", "GET / HT", "GET / HTTP/1.1\r\nHost: a\r\n"] {
        let mut stream = relay.plain().await;
        stream.write_all(bytes.as_bytes()).await.expect("sent");
        slow.push((bytes, stream));
    }
    let started = Instant::now();
    let path = "/relay/v1/challenge?nonce=abcdefgh12345678";
    assert_eq!(relay.get(path, "").await.status, 200);
    for (bytes, mut stream) in slow {
        let mut rest = Vec::new();
        let read = timeout(SOON, stream.read_to_end(&mut rest)).await;
        assert!(read.is_ok(), "still open: {bytes:?}");
    }
    assert!(started.elapsed() >= Duration::from_secs(2), "cut too early");
}

#[tokio::test]
async fn it_stops_when_told_and_takes_its_sockets_along() {
    let relay = start(1, 1, &[]).await;
    let mut client = open(relay.address()).await;
    let address = relay.stop().await;
    let next = timeout(SOON, client.next()).await.expect("in time");
    assert!(!matches!(next, Some(Ok(Message::Text(_)))));
    let again = TcpStream::connect(address).await;
    assert_eq!(
        again.err().map(|error| error.kind()),
        Some(io::ErrorKind::ConnectionRefused)
    );
}

// What it dials.

/// A host for dials; counts its connections.
async fn host(role: Role) -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = connections.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::SeqCst);
            let role = role.clone();
            tokio::spawn(async move {
                let _ = serve(stream, role).await;
            });
        }
    });
    (port, connections)
}

#[derive(Clone)]
enum Role {
    Http(tokio_rustls::TlsAcceptor),
    TlsThenClose(tokio_rustls::TlsAcceptor),
    Says(&'static [u8]),
    Greets,
    Waits,
}

async fn serve(mut stream: TcpStream, role: Role) -> io::Result<()> {
    let mut bytes = [0_u8; 4096];
    match role {
        Role::Http(tls) => {
            let mut stream = tls.accept(stream).await?;
            let length = stream.read(&mut bytes).await?;
            assert!(
                bytes[..length].starts_with(b"GET /"),
                "the GET of a browser"
            );
            let head = String::from_utf8_lossy(&bytes[..length]).to_ascii_lowercase();
            let answer = if head.contains("upgrade: websocket\r\n") {
                &b"HTTP/1.1 101 Switching Protocols\r\n\r\n"[..]
            } else {
                b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
            };
            stream.write_all(answer).await?;
            let _ = stream.read(&mut bytes).await?;
        }
        Role::TlsThenClose(tls) => {
            let mut stream = tls.accept(stream).await?;
            let _ = stream.read(&mut bytes).await?;
            stream.shutdown().await?;
        }
        Role::Says(words) => {
            let _ = stream.read(&mut bytes).await?;
            stream.write_all(words).await?;
            stream.shutdown().await?;
        }
        Role::Greets => {
            stream.write_all(b"220 ready\r\n").await?;
            while stream.read(&mut bytes).await? > 0 {}
        }
        Role::Waits => while stream.read(&mut bytes).await? > 0 {},
    }
    Ok(())
}

/// An authority's file, and an acceptor with a certificate of it for a name.
fn certificate(name: &str, folder: &std::path::Path) -> (String, tokio_rustls::TlsAcceptor) {
    let certificate = Certificate::new(name);
    let [file, _] = certificate.write(folder);
    (file, certificate.acceptor())
}

#[tokio::test]
async fn addresses_that_are_not_global_are_not_dialled() {
    let (port, connections) = host(Role::Waits).await;
    let relay = start(port, port, &[]).await;
    for id in ["here/https", "here/tcp"] {
        assert_eq!(relay.dial(id).await.connect, Connect::Forbidden);
    }
    let headers = format!("Origin: {ORIGIN}\r\n");
    let body = relay.get("/relay/v1/controls", &headers).await.body;
    let report: ControlsReport = wire::decode(&body).expect("a report");
    assert_eq!((report.answered, report.configured), (0, 1));
    assert_eq!(connections.load(Ordering::SeqCst), 0, "not even tried");
}

#[tokio::test]
async fn a_trusted_endpoint_is_told_in_full() {
    let folder = tempfile::tempdir().expect("a folder");
    let (ca, tls) = certificate("localhost", folder.path());
    let (port, _) = host(Role::Http(tls)).await;
    let relay = start(port, port, &[&ALLOW[..], &["--trust-ca", &ca]].concat()).await;
    let report = relay.dial("here/https").await;
    assert!(report.is_connected());
    let Some(Tls::Finished {
        version,
        certificate,
        ..
    }) = &report.tls
    else {
        panic!("{report:?}");
    };
    assert_eq!(version, "TLS 1.3");
    assert_eq!(certificate.fault, None);
    assert!(
        matches!(
            report.get,
            Some(Dialogue::Http {
                status: 200,
                keeps_open: true,
                ..
            })
        ),
        "{report:?}"
    );
    assert!(
        matches!(report.upgrade, Some(Dialogue::Http { status: 101, .. })),
        "{report:?}"
    );
    assert_eq!(report.plain, None, "foreign bytes to an HTTPS endpoint");
    let headers = format!("Origin: {ORIGIN}\r\n");
    let body = relay.get("/relay/v1/controls", &headers).await.body;
    let controls: ControlsReport = wire::decode(&body).expect("a report");
    assert_eq!((controls.answered, controls.configured), (1, 1));
}

#[tokio::test]
async fn bad_certificates_are_told_not_hidden() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, tls) = certificate("localhost", folder.path());
    let (port, _) = host(Role::Http(tls)).await;
    let relay = start(port, port, &ALLOW).await;
    let untrusted = relay.dial("here/https").await;
    assert_eq!(fault(&untrusted), Some(CertificateFault::Untrusted));
    assert!(matches!(untrusted.get, Some(Dialogue::Http { .. })));

    let (ca, tls) = certificate("elsewhere.example", folder.path());
    let (port, _) = host(Role::Http(tls)).await;
    let relay = start(port, port, &[&ALLOW[..], &["--trust-ca", &ca]].concat()).await;
    let wrong = relay.dial("here/tcp").await;
    assert_eq!(fault(&wrong), Some(CertificateFault::WrongName));
}

fn fault(report: &DialReport) -> Option<CertificateFault> {
    match &report.tls {
        Some(Tls::Finished { certificate, .. }) => certificate.fault,
        _ => None,
    }
}

#[tokio::test]
async fn every_kind_of_port_is_told_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let (ca, tls) = certificate("localhost", folder.path());
    let flags = [&ALLOW[..], &["--trust-ca", &ca]].concat();
    let dial = async |role| {
        let (port, _) = host(role).await;
        start(port, port, &flags).await.dial("here/tcp").await
    };
    let closes = dial(Role::TlsThenClose(tls)).await;
    assert!(
        matches!(closes.get, Some(Dialogue::Closed { .. })),
        "{closes:?}"
    );
    for (words, expected) in [
        (&b"ERR what?\r\n"[..], Rejection::NotTls),
        (&b""[..], Rejection::Closed),
        (&[0x15, 3, 3, 0, 2, 2, 40][..], Rejection::Alert),
    ] {
        let report = dial(Role::Says(words)).await;
        let Some(Tls::Rejected { how, .. }) = report.tls else {
            panic!("{report:?}");
        };
        assert_eq!(how, expected);
    }
    let greets = dial(Role::Greets).await;
    assert!(
        matches!(greets.plain, Some(Plain::Greeted { .. })),
        "{greets:?}"
    );
    let answers = dial(Role::Says(b"ERR what?\r\n")).await;
    assert!(
        matches!(answers.plain, Some(Plain::Answered { .. })),
        "{answers:?}"
    );
    let closes = dial(Role::Says(b"")).await;
    assert!(
        matches!(closes.plain, Some(Plain::Closed { .. })),
        "{closes:?}"
    );
    assert_eq!(closes.upgrade, None);
    let waits = dial(Role::Waits).await;
    assert!(
        matches!(waits.plain, Some(Plain::Silent { .. })),
        "{waits:?}"
    );
    assert!(matches!(waits.tls, Some(Tls::Silent { .. })), "{waits:?}");
    // A port that nobody listens on.
    let free = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = free.local_addr().expect("an address").port();
    drop(free);
    let refused = start(port, port, &flags).await.dial("here/tcp").await;
    assert!(
        matches!(refused.connect, Connect::Refused { .. }),
        "{refused:?}"
    );
}

#[tokio::test]
async fn many_who_ask_cost_the_endpoint_one_connection_per_dialogue() {
    let (port, connections) = host(Role::Waits).await;
    let relay = Arc::new(start(1, port, &ALLOW).await);
    let mut asking = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let relay = relay.clone();
        asking.spawn(async move { relay.dial("here/tcp").await });
    }
    let reports = asking.join_all().await;
    assert_eq!(reports.len(), 50);
    assert!(reports.iter().all(DialReport::is_connected));
    // TLS and a GET, TLS and an upgrade, plain bytes.
    assert_eq!(connections.load(Ordering::SeqCst), 3);
}
