//! Behind a balancer: its word on who is there, and nobody else's.

use std::io::Write as _;
use std::net::TcpStream;

use crate::harness::{Relay, SOON, get, say_get};

const CHALLENGE: &str = "/relay/v1/challenge?nonce=abcdefgh12345678";
/// 203.0.113.7:12345 to 10.0.0.1:443.
const HEADER: &[u8] =
    b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c\xcb\0\x71\x07\x0a\0\0\x01\x30\x39\x01\xbb";

fn after(relay: &Relay, bytes: &[&[u8]]) -> Option<(u16, String)> {
    let mut stream = TcpStream::connect(relay.addresses[0]).expect("a connection");
    stream.set_read_timeout(Some(SOON)).expect("set");
    stream.set_nodelay(true).expect("set");
    for piece in bytes {
        stream.write_all(piece).ok()?;
    }
    say_get(&mut stream, CHALLENGE, "")
}

#[test]
fn a_balancers_header_tells_who_is_behind_it() {
    let relay = Relay::start(&["--proxy-from", "127.0.0.0/8"]);
    let (_, body) = after(&relay, &[HEADER]).expect("an answer");
    assert!(body.contains("\"address\":\"203.0.113.7\""), "{body}");
    // However it is cut into pieces.
    let (_, body) =
        after(&relay, &[&HEADER[..3], &HEADER[3..20], &HEADER[20..]]).expect("an answer");
    assert!(body.contains("\"address\":\"203.0.113.7\""), "{body}");
    // Its own checks have no address behind them.
    let (_, body) = after(&relay, &[b"\r\n\r\n\0\r\nQUIT\n\x20\0\0\0"]).expect("an answer");
    assert!(body.contains("\"address\":\"127.0.0.1\""), "{body}");
}

#[test]
fn without_a_valid_header_a_balancers_connection_is_closed_unheard() {
    let relay = Relay::start(&["--proxy-from", "127.0.0.0/8"]);
    let long = b"\r\n\r\n\0\r\nQUIT\n\x21\x11\xff\xff";
    let version_1 = b"PROXY TCP4 203.0.113.7 10.0.0.1 12345 443\r\n";
    for bytes in [&[][..], &[&version_1[..]], &[&long[..]], &[&[0x16; 16][..]]] {
        assert_eq!(after(&relay, bytes), None, "{bytes:?}");
    }
    let (_, text) = relay.admin("/metrics");
    assert!(
        text.contains("limited_total{limit=\"ProxyHeader\"} 4"),
        "{text}"
    );
}

#[test]
fn from_anywhere_else_a_header_is_no_request() {
    for flags in [&[][..], &["--proxy-from", "10.0.0.0/8"]] {
        let relay = Relay::start(flags);
        let answer = after(&relay, &[HEADER]);
        let spoofed = answer
            .as_ref()
            .is_some_and(|(_, body)| body.contains("203.0.113.7"));
        assert!(!spoofed, "{answer:?}");
        let forged = "X-Forwarded-For: 203.0.113.7\r\nForwarded: for=203.0.113.7\r\n";
        let (_, body) = get(relay.addresses[0], CHALLENGE, forged).expect("an answer");
        assert!(body.contains("\"address\":\"127.0.0.1\""), "{body}");
    }
}

#[test]
fn limits_hold_for_who_is_behind_the_balancer_not_for_the_balancer() {
    let relay = Relay::start(&[
        "--proxy-from",
        "127.0.0.0/8",
        "--limit",
        "address-connections=2",
    ]);
    let other = {
        let mut header = HEADER.to_vec();
        header[19] = 8;
        header
    };
    let hold = |header: &[u8]| {
        let mut stream = TcpStream::connect(relay.addresses[0]).expect("a connection");
        stream.write_all(header).expect("sent");
        stream.write_all(b"GET /relay/v1/chall").expect("sent");
        stream
    };
    let held = [hold(HEADER), hold(HEADER)];
    crate::harness::until("two connections", || {
        let (_, text) = relay.admin("/metrics");
        text.contains("reachcheck_relay_accepted_total{spoke=\"Http\"} 2")
            .then_some(())
    });
    assert_eq!(after(&relay, &[HEADER]), None, "its share is used up");
    assert!(after(&relay, &[&other]).is_some(), "another's is not");
    drop(held);
}
