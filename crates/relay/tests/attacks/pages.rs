//! Foreign pages, forged headers and requests inside requests (attacks 6, 17, 18, 19, 20 and 25).

use reachcheck_wire as wire;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::harness::{Relay, ask, challenge, frame, hear, open_for, open_over, say, upgrade};

#[tokio::test]
async fn no_other_page_gets_a_socket_or_a_dial() {
    let relay = Relay::with_tls().start();
    for origins in [
        &[][..],
        &["null"],
        &["https://evil.example"],
        &["https://check.example.evil.example"],
        &["https://evilcheck.example"],
        &["http://check.example"],
        &["https://check.example:8443"],
        &["https://check.example/"],
        &["https://CHECK.example"],
        &["https://check.example "],
        &["https://check.example", "https://check.example"],
        &["https://evil.example", "https://check.example"],
        &["https://check.example, https://evil.example"],
        &["*"],
        &[""],
    ] {
        let headers: Vec<_> = origins.iter().map(|origin| ("origin", *origin)).collect();
        // A trailing space is no part of a value (RFC 9110 section 5.5).
        let is_allowed = origins == ["https://check.example "];
        let opened = open_over(relay.tls().await, &headers).await;
        assert_eq!(opened.err(), (!is_allowed).then_some(403), "{origins:?}");
        let lines: String = origins
            .iter()
            .map(|origin| format!("Origin: {origin}\r\n"))
            .collect();
        for path in ["/relay/v1/dial?endpoint=here/tcp", "/relay/v1/controls"] {
            let status = relay.get(path, &lines).await.status;
            assert_eq!(status == 403, !is_allowed, "{origins:?} {path}: {status}");
        }
    }
}

#[tokio::test]
async fn no_cookies_are_set_and_none_is_read() {
    let relay = Relay::with_tls().start();
    let answer = relay
        .get(
            "/relay/v1/challenge?nonce=abcdefgh",
            "Cookie: session=1\r\n",
        )
        .await;
    assert!(!answer.head.contains("set-cookie"), "{}", answer.head);
    assert!(!answer.body.contains("session"), "{}", answer.body);
}

#[tokio::test]
async fn forged_forwarding_headers_are_shown_and_never_believed() {
    let relay = Relay::with_tls().start();
    let forged = "X-Forwarded-For: 198.51.100.7, 10.0.0.1\r\nForwarded: for=198.51.100.7\r\n\
                  X-Real-IP: 198.51.100.7\r\nTrue-Client-IP: 198.51.100.7\r\nVia: 1.1 forged\r\n";
    let challenge = challenge(relay.tls().await, forged).await;
    assert_eq!(challenge.saw.address, "127.0.0.1", "the socket's own peer");
    let names: Vec<&str> = challenge
        .saw
        .forwarded
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(names, ["via", "forwarded", "x-forwarded-for", "x-real-ip"]);
    // Nor does a new address each time escape a limit that counts addresses: see `floods`.
}

#[tokio::test]
async fn what_headers_say_comes_back_short_printable_and_as_json() {
    let relay = Relay::with_tls().start();
    let attack = "\"}]}<script>alert(1)</script>\u{1b}[31m\u{7f}\u{a0}";
    let long = "v".repeat(4_000);
    let headers = format!("Via: {attack}\r\nX-Forwarded-For: {long}\r\nX-Other: {long}\r\n");
    let answer = relay
        .get("/relay/v1/challenge?nonce=abcdefgh", &headers)
        .await;
    if answer.status == 400 {
        // hyper turns control characters down before anything of ours sees them.
        let headers = headers.replace(['\u{1b}', '\u{7f}'], "");
        let answer = relay
            .get("/relay/v1/challenge?nonce=abcdefgh", &headers)
            .await;
        return check_reflection(&answer.head, &answer.body);
    }
    check_reflection(&answer.head, &answer.body);
}

fn check_reflection(head: &str, body: &str) {
    assert!(head.contains("content-type: application/json"), "{head}");
    assert!(head.contains("x-content-type-options: nosniff"), "{head}");
    assert!(
        body.bytes().all(|byte| (b' '..=b'~').contains(&byte)),
        "{body}"
    );
    assert!(body.len() < 1_200, "{} bytes", body.len());
    let challenge: wire::Challenge = wire::decode(body).expect("a challenge");
    let (count, length) = wire::FORWARDED_MAX;
    assert!(challenge.saw.forwarded.len() <= count);
    assert_eq!(challenge.saw.forwarded.len(), 2, "only what the list names");
    assert!(
        challenge
            .saw
            .forwarded
            .iter()
            .all(|(_, value)| value.len() <= length)
    );
}

#[tokio::test]
async fn nothing_a_client_says_reaches_the_log_and_no_line_is_about_a_client() {
    let relay = Relay::with_tls().start();
    let said = relay.log();
    let words = "MARK\u{1b}[2J";
    for request in [
        "GET /MARK%0d%0aMARK HTTP/1.1\r\nHost: MARK\r\nUser-Agent: MARK\r\n\r\n".to_owned(),
        format!("GET / HTTP/1.1\r\nHost: a\r\nReferer: {words}\r\nVia: {words}\r\n\r\n"),
        "MARK MARK MARK\r\n\r\n".to_owned(),
        "GET / HTTP/1.1\r\nMARK: a\rMARK: b\nMARK\r\n\r\n".to_owned(),
    ] {
        let mut stream = relay.tls().await;
        stream.write_all(request.as_bytes()).await.expect("sent");
        stream.flush().await.expect("sent");
        let _ = tokio::time::timeout(
            std::time::Duration::from_millis(300),
            stream.read(&mut [0; 64]),
        )
        .await;
    }
    // Garbage instead of TLS, a message that is none, a close with words.
    let mut stream = relay.plain().await;
    stream
        .write_all(b"\x16\x03\x01\x00\x05MARK\n")
        .await
        .expect("sent");
    let _ = open_for(&mut stream, std::time::Duration::from_secs(1)).await;
    let mut client = relay.socket().await;
    let endpoint = "MARK\n".to_owned();
    say(&mut client, &wire::ClientMessage::Dial { endpoint }).await;
    hear(&mut client).await;
    let mut stream = relay.raw_socket().await;
    stream
        .write_all(&frame(true, 1, b"MARK\n"))
        .await
        .expect("sent");
    let _ = open_for(&mut stream, std::time::Duration::from_secs(5)).await;
    relay.serves().await;
    let more = relay.log()[said.len()..].to_owned();
    assert!(!more.contains("MARK") && !more.contains('\u{1b}'), "{more}");
    assert!(
        !more.contains("127.0.0.1"),
        "an address is personal data: {more}"
    );
}

#[tokio::test]
async fn a_request_inside_a_request_is_not_answered() {
    let relay = Relay::with_tls().limits(&["handshake-ms=4000"]).start();
    let inner = "GET /relay/v1/challenge?nonce=smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let length = inner.len();
    // Side by side: some wait for what the relay will never take as a request.
    let mut asking = tokio::task::JoinSet::new();
    for (what, head) in [
        (
            "length and chunks",
            format!(
                "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            ),
        ),
        (
            "a body",
            format!("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n"),
        ),
        (
            "a POST's body",
            format!("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n"),
        ),
        (
            "two lengths",
            format!(
                "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: {length}\r\n\r\n"
            ),
        ),
        (
            "an obscured coding",
            "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n".to_owned(),
        ),
        (
            "a folded header",
            format!("GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n Content-Length: {length}\r\n\r\n"),
        ),
        (
            "a space before the colon",
            format!("GET / HTTP/1.1\r\nHost: a\r\nContent-Length : {length}\r\n\r\n"),
        ),
        ("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned()),
    ] {
        let (stream, request) = (relay.tls().await, format!("{head}{inner}"));
        asking.spawn(async move {
            let answer = ask(stream, request.as_bytes()).await;
            let all = format!("{}{}", answer.head, answer.body);
            assert!(!all.contains("smuggled"), "{what}: {all}");
        });
    }
    for (what, request) in [
        ("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
        ("no host", "GET / HTTP/1.1\r\n\r\n"),
        (
            "a method",
            "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n",
        ),
        // An address instead of a path is no proxy request: nothing is fetched.
        (
            "an address",
            "GET http://evil.example/relay/v1/challenge HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        ),
    ] {
        let stream = relay.tls().await;
        asking.spawn(async move {
            let answer = ask(stream, request.as_bytes()).await;
            assert!((400..500).contains(&answer.status), "{what}: {answer:?}");
        });
    }
    asking.join_all().await;
}

#[tokio::test]
async fn after_a_socket_is_refused_its_connection_is_no_socket() {
    let relay = Relay::with_tls().limits(&["handshake-ms=4000"]).start();
    let mut stream = relay.tls().await;
    let request = "GET /relay/v1/socket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
                   Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: cmVhY2hjaGVjay1yZWxheQ==\r\n\r\n";
    stream.write_all(request.as_bytes()).await.expect("sent");
    stream
        .write_all(&frame(true, 1, br#"{"ask":"saw"}"#))
        .await
        .expect("sent");
    stream.flush().await.expect("sent");
    let mut heard = Vec::new();
    let read = stream.read_to_end(&mut heard);
    let _ = tokio::time::timeout(std::time::Duration::from_secs(12), read)
        .await
        .expect("in time");
    let heard = String::from_utf8_lossy(&heard);
    assert!(heard.starts_with("HTTP/1.1 403 "), "{heard}");
    assert!(!heard.contains("\"say\""), "{heard}");
    // And the other way round: what comes with a good upgrade is read as frames, never as requests.
    let mut stream = relay.tls().await;
    upgrade(&mut stream, "").await;
    let inner = b"GET /relay/v1/challenge?nonce=smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";
    stream.write_all(inner).await.expect("sent");
    stream.flush().await.expect("sent");
    let mut heard = Vec::new();
    let read = stream.read_to_end(&mut heard);
    let _ = tokio::time::timeout(std::time::Duration::from_secs(12), read)
        .await
        .expect("in time");
    assert!(!String::from_utf8_lossy(&heard).contains("smuggled"));
    let mut client = relay.socket().await;
    say(&mut client, &wire::ClientMessage::Saw).await;
    assert!(matches!(
        hear(&mut client).await,
        wire::ServerMessage::Saw { .. }
    ));
}
