//! What an operator's machines ask: health, readiness, metrics.

use std::io::{BufRead as _, BufReader};

use tokio::io::AsyncWriteExt as _;

use crate::harness::{ORIGIN, Relay, command, get, signal, until};

#[tokio::test]
async fn the_admin_listener_tells_and_the_public_one_does_not() {
    let relay = Relay::without_tls().start();
    assert_eq!(relay.admin("/healthz").await, (200, "alive\n".to_owned()));
    assert_eq!(relay.admin("/readyz").await, (200, "ready\n".to_owned()));
    assert_eq!(relay.admin("/nothing").await.0, 404);
    for path in ["/metrics", "/healthz", "/readyz"] {
        let answer = get(relay.address(), path, "").await.expect("an answer");
        assert_eq!(answer.status, 404, "{path}");
    }
}

#[tokio::test]
async fn metrics_count_what_happened_and_have_no_word_of_a_client() {
    let relay = Relay::without_tls().limits(&["handshake-ms=300"]).start();
    let mut silent = relay.plain().await;
    let marked = "Origin: https://marked.example\r\nUser-Agent: marked\r\nVia: marked\r\n";
    for _ in 0..3 {
        let path = "/relay/v1/challenge?nonce=marked-marked";
        assert!(get(relay.address(), path, marked).await.is_some());
    }
    let text = until("a handshake that was cut", async || {
        let (_, text) = relay.admin("/metrics").await;
        text.contains("reachcheck_relay_limited_total{limit=\"Handshake\"} 1")
            .then_some(text)
    })
    .await;
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
    let _ = silent.write_all(b"x").await;
}

#[test]
fn a_log_for_machines_has_one_object_a_line() {
    let relay = Relay::without_tls().flags(&["--log", "json"]).start();
    for line in relay.log().lines() {
        assert!(
            line.starts_with("{\"timestamp\":") && line.ends_with('}'),
            "{line}"
        );
    }
}

#[tokio::test]
async fn a_log_that_nobody_reads_ends_nothing() {
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
    signal(child.id(), "HUP");
    until("new limit", async || {
        let path = "/relay/v1/challenge?nonce=abcdefgh12345678";
        let answer = get(address, path, "").await.expect("it lives");
        answer.body.contains("\"busy\":true").then_some(())
    })
    .await;
    child.kill().expect("killed");
    child.wait().expect("ended");
}

#[test]
fn a_containers_healthcheck_asks_a_running_relay() {
    let relay = Relay::without_tls().start();
    let ask = |address: &str| {
        command(&["healthcheck", "--admin", address])
            .output()
            .expect("run")
    };
    let admin = relay.admin_address().to_string();
    assert!(ask(&admin).status.success());
    drop(relay);
    let failed = ask(&admin);
    assert!(!failed.status.success());
    let words = String::from_utf8(failed.stderr).expect("text");
    assert!(words.contains(&admin), "{words}");
    let unsaid = command(&["healthcheck"]).output().expect("run");
    assert!(!unsaid.status.success());
}
