//! What an operator's machines ask: health, readiness, metrics.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;

use crate::harness::{ORIGIN, Relay, command, get, until};

#[test]
fn the_admin_listener_tells_and_the_public_one_does_not() {
    let relay = Relay::start(&[]);
    assert_eq!(relay.admin("/healthz"), (200, "alive\n".to_owned()));
    assert_eq!(relay.admin("/readyz"), (200, "ready\n".to_owned()));
    assert_eq!(relay.admin("/nothing").0, 404);
    for path in ["/metrics", "/healthz", "/readyz"] {
        let (status, _) = get(relay.addresses[0], path, "").expect("an answer");
        assert_eq!(status, 404, "{path}");
    }
}

#[test]
fn metrics_count_what_happened_and_have_no_word_of_a_client() {
    let relay = Relay::start(&["--limit", "handshake-ms=300"]);
    let mut silent = TcpStream::connect(relay.addresses[0]).expect("a connection");
    let marked = "Origin: https://marked.example\r\nUser-Agent: marked\r\nVia: marked\r\n";
    for _ in 0..3 {
        let path = "/relay/v1/challenge?nonce=marked-marked";
        assert!(get(relay.addresses[0], path, marked).is_some());
    }
    let text = until("a handshake that was cut", || {
        let (_, text) = relay.admin("/metrics");
        text.contains("reachcheck_relay_limited_total{limit=\"Handshake\"} 1")
            .then_some(text)
    });
    assert!(
        text.contains("reachcheck_relay_accepted_total{spoke=\"Http\"} 3"),
        "{text}"
    );
    assert!(
        text.contains("reachcheck_relay_accepted_total{spoke=\"Nothing\"} 1"),
        "{text}"
    );
    assert!(text.contains("reachcheck_relay_ready 1"), "{text}");
    assert!(text.ends_with("# EOF\n"), "{text}");
    assert!(
        !text.contains("marked") && !text.contains("127.0.0.1"),
        "{text}"
    );
    let log = relay.log();
    assert!(!log.contains("marked"), "{log}");
    let _ = silent.write_all(b"x");
}

#[test]
fn a_log_for_machines_has_one_object_a_line() {
    let relay = Relay::start(&["--log", "json"]);
    for line in relay.log().lines() {
        assert!(
            line.starts_with("{\"timestamp\":") && line.ends_with('}'),
            "{line}"
        );
    }
}

#[test]
fn a_log_that_nobody_reads_ends_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("relay.toml");
    std::fs::write(&file, "").expect("written");
    let flags = ["--listen", "127.0.0.1:0", "--origin", ORIGIN, "--settings"];
    let mut child = command(&flags)
        .arg(&file)
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the relay");
    let mut line = String::new();
    let mut words = BufReader::new(child.stderr.take().expect("its words"));
    words.read_line(&mut line).expect("a line");
    drop(words);
    let address = line
        .split_once("://")
        .and_then(|(_, rest)| rest.split_once('/'));
    let address = address.and_then(|(address, _)| address.parse().ok());
    let address = address.expect("an address");
    std::fs::write(&file, "[limits]\nsockets = 0\n").expect("written");
    let id = child.id().to_string();
    let sent = std::process::Command::new("kill")
        .args(["-s", "HUP", &id])
        .status();
    assert!(sent.expect("kill").success());
    until("new limit", || {
        let path = "/relay/v1/challenge?nonce=abcdefgh12345678";
        let (_, body) = get(address, path, "").expect("it lives");
        body.contains("\"busy\":true").then_some(())
    });
    child.kill().expect("killed");
    child.wait().expect("ended");
}

#[test]
fn a_containers_healthcheck_asks_a_running_relay() {
    let relay = Relay::start(&[]);
    let ask = |address: &str| {
        command(&["healthcheck", "--admin", address])
            .output()
            .expect("run")
    };
    let admin = relay.admin.to_string();
    assert!(ask(&admin).status.success());
    drop(relay);
    let failed = ask(&admin);
    assert!(!failed.status.success());
    let words = String::from_utf8(failed.stderr).expect("text");
    assert!(words.contains(&admin), "{words}");
    let unsaid = command(&["healthcheck"]).output().expect("run");
    assert!(!unsaid.status.success());
}
