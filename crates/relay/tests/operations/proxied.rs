//! Behind a balancer: its word on who is there, and nobody else's.

use tokio::io::AsyncWriteExt as _;

use crate::harness::{Relay, get, get_over, until};

const CHALLENGE: &str = "/relay/v1/challenge?nonce=abcdefgh12345678";
/// 203.0.113.7:12345 to 10.0.0.1:443.
const HEADER: &[u8] =
    b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c\xcb\0\x71\x07\x0a\0\0\x01\x30\x39\x01\xbb";

/// The body of the answer, if there is one.
async fn after(relay: &Relay, bytes: &[&[u8]]) -> Option<String> {
    let mut stream = relay.plain().await;
    for piece in bytes {
        stream.write_all(piece).await.ok()?;
    }
    let answer = get_over(stream, CHALLENGE, "").await;
    (answer.status != 0).then_some(answer.body)
}

#[tokio::test]
async fn a_balancers_header_tells_who_is_behind_it() {
    let relay = Relay::without_tls()
        .flags(&["--proxy-from", "127.0.0.0/8"])
        .start();
    let body = after(&relay, &[HEADER]).await.expect("an answer");
    assert!(body.contains("\"address\":\"203.0.113.7\""), "{body}");
    // However it is cut into pieces.
    let pieces = [&HEADER[..3], &HEADER[3..20], &HEADER[20..]];
    let body = after(&relay, &pieces).await.expect("an answer");
    assert!(body.contains("\"address\":\"203.0.113.7\""), "{body}");
    // Its own checks have no address behind them.
    let own = [&b"\r\n\r\n\0\r\nQUIT\n\x20\0\0\0"[..]];
    let body = after(&relay, &own).await.expect("an answer");
    assert!(body.contains("\"address\":\"127.0.0.1\""), "{body}");
}

#[tokio::test]
async fn without_a_valid_header_a_balancers_connection_is_closed_unheard() {
    let relay = Relay::without_tls()
        .flags(&["--proxy-from", "127.0.0.0/8"])
        .start();
    let long = b"\r\n\r\n\0\r\nQUIT\n\x21\x11\xff\xff";
    let version_1 = b"PROXY TCP4 203.0.113.7 10.0.0.1 12345 443\r\n";
    for bytes in [&[][..], &[&version_1[..]], &[&long[..]], &[&[0x16; 16][..]]] {
        assert_eq!(after(&relay, bytes).await, None, "{bytes:?}");
    }
    let (_, text) = relay.admin("/metrics").await;
    assert!(
        text.contains("limited_total{limit=\"ProxyHeader\"} 4"),
        "{text}"
    );
}

#[tokio::test]
async fn from_anywhere_else_a_header_is_no_request() {
    for flags in [&[][..], &["--proxy-from", "10.0.0.0/8"]] {
        let relay = Relay::without_tls().flags(flags).start();
        let answer = after(&relay, &[HEADER]).await;
        let spoofed = answer
            .as_ref()
            .is_some_and(|body| body.contains("203.0.113.7"));
        assert!(!spoofed, "{answer:?}");
        let forged = "X-Forwarded-For: 203.0.113.7\r\nForwarded: for=203.0.113.7\r\n";
        let answer = get(relay.address(), CHALLENGE, forged).await;
        let body = answer.expect("an answer").body;
        assert!(body.contains("\"address\":\"127.0.0.1\""), "{body}");
    }
}

#[tokio::test]
async fn limits_hold_for_who_is_behind_the_balancer_not_for_the_balancer() {
    let relay = Relay::without_tls()
        .flags(&["--proxy-from", "127.0.0.0/8"])
        .limits(&["address-connections=2"])
        .start();
    let other = {
        let mut header = HEADER.to_vec();
        header[19] = 8;
        header
    };
    let hold = async || {
        let mut stream = relay.plain().await;
        stream.write_all(HEADER).await.expect("sent");
        let half = b"GET /relay/v1/chall";
        stream.write_all(half).await.expect("sent");
        stream
    };
    let held = [hold().await, hold().await];
    until("two connections", async || {
        let (_, text) = relay.admin("/metrics").await;
        text.contains("reachcheck_relay_accepted_total{spoke=\"Http\"} 2")
            .then_some(())
    })
    .await;
    assert_eq!(after(&relay, &[HEADER]).await, None, "its share is used up");
    assert!(after(&relay, &[&other]).await.is_some(), "another's is not");
    drop(held);
}
