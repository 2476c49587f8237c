//! Stopping: nobody new, those who are there may finish, the rest is told to come again.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::harness::{ORIGIN, Relay, SOON, close_code, command, open, ping, signal, until};

async fn is_open(relay: &Relay) -> bool {
    let connecting = TcpStream::connect(relay.address());
    matches!(timeout(Duration::from_secs(1), connecting).await, Ok(Ok(_)))
}

#[tokio::test]
async fn told_to_stop_it_takes_nobody_new_and_lets_a_session_end() {
    let mut relay = Relay::without_tls().limits(&["drain-ms=60000"]).start();
    let mut client = open(relay.address()).await;
    ping(&mut client, 1).await;
    relay.signal("TERM");
    until("end of listening", async || {
        (!is_open(&relay).await).then_some(())
    })
    .await;
    assert_eq!(relay.admin("/readyz").await, (503, "draining\n".to_owned()));
    assert_eq!(relay.admin("/healthz").await.0, 200);
    ping(&mut client, 2).await;
    client.close(None).await.expect("closed");
    assert!(relay.end().await.success(), "{}", relay.log());
}

#[tokio::test]
async fn who_stays_beyond_the_drain_is_told_to_come_again() {
    let mut relay = Relay::without_tls().limits(&["drain-ms=500"]).start();
    let mut client = open(relay.address()).await;
    ping(&mut client, 1).await;
    relay.signal("TERM");
    assert_eq!(close_code(&mut client).await, Some(1012));
    assert!(relay.end().await.success(), "{}", relay.log());
}

#[tokio::test]
async fn from_the_keyboard_it_ends_at_once() {
    let mut relay = Relay::without_tls().limits(&["drain-ms=600000"]).start();
    let mut client = open(relay.address()).await;
    ping(&mut client, 1).await;
    relay.signal("INT");
    assert_eq!(close_code(&mut client).await, Some(1012));
    assert!(relay.end().await.success(), "{}", relay.log());
}

pub(super) const CATALOGUE: &[u8] = br#"{"catalogue": {"provider": "T", "regions": [{"id": "here", "country": "C",
    "name": "here", "https": {"url": "https://localhost/"}, "tcp": {"host": "localhost", "port": 443}}]}}"#;

/// A start that takes its time, with the port already bound and the certificate read: it waits for its catalogue, which comes
/// through the pipe that is given back.
pub(super) fn waits_for_its_catalogue(folder: &Path, flags: &[&str]) -> (Child, File) {
    let pipe = folder.join("config.json");
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo").success());
    let config = pipe.to_string_lossy().into_owned();
    let own = [
        "--listen",
        "127.0.0.1:0",
        "--origin",
        ORIGIN,
        "--config",
        &*config,
    ];
    let relay = command(&[&own, flags].concat())
        .stderr(Stdio::piped())
        .spawn();
    let relay = relay.expect("the relay");
    // Opened once the relay opens it too.
    let (opened, is_open) = mpsc::channel();
    thread::spawn(move || opened.send(File::options().write(true).open(pipe)));
    let opened = is_open.recv_timeout(SOON).expect("it reads its catalogue");
    (relay, opened.expect("a pipe"))
}

#[test]
fn a_signal_before_anybody_is_served_ends_it_in_order() {
    for name in ["INT", "TERM"] {
        let folder = tempfile::tempdir().expect("a folder");
        let (relay, mut pipe) = waits_for_its_catalogue(folder.path(), &[]);
        signal(relay.id(), name);
        // Fails where the signal has ended it.
        let _ = pipe.write_all(CATALOGUE);
        drop(pipe);
        let ended = relay.wait_with_output().expect("its end");
        let log = String::from_utf8_lossy(&ended.stderr);
        assert!(ended.status.success(), "{name}: {log}");
        assert!(log.contains("stopped"), "{name}: {log}");
    }
}
