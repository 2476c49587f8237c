//! New settings and certificates without a restart: what is open stays open.

use std::path::Path;

use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::harness::{Certificate, Relay, certify, get, open, ping, until};

async fn connect(relay: &Relay, trusted: &Certificate) -> Option<TlsStream<TcpStream>> {
    let name = "localhost".try_into().expect("a name");
    TlsConnector::from(trusted.client())
        .connect(name, relay.plain().await)
        .await
        .ok()
}

async fn still_answers(stream: &mut TlsStream<TcpStream>) -> bool {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let request =
        "GET /relay/v1/challenge?nonce=abcdefgh12345678 HTTP/1.1\r\nHost: localhost\r\n\r\n";
    if stream.write_all(request.as_bytes()).await.is_err() {
        return false;
    }
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).await.is_ok() && &answer == b"HTTP/1.1 200"
}

fn start(folder: &Path) -> (Relay, Certificate) {
    let first = certify(folder);
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let relay = Relay::without_tls()
        .flags(&["--tls-cert", &path("cert.pem")])
        .flags(&["--tls-key", &path("key.pem")])
        .start();
    (relay, first)
}

#[tokio::test]
async fn a_renewed_certificate_is_shown_to_who_comes_and_nobody_is_dropped() {
    let folder = tempfile::tempdir().expect("a folder");
    let (relay, first) = start(folder.path());
    let mut before = connect(&relay, &first)
        .await
        .expect("the first certificate");
    let second = certify(folder.path());
    relay.signal("HUP");
    relay.says("reloaded").await;
    assert!(connect(&relay, &second).await.is_some());
    assert!(connect(&relay, &first).await.is_none());
    assert!(still_answers(&mut before).await);
}

#[tokio::test]
async fn what_is_wrong_with_new_files_is_logged_and_the_old_stay_in_force() {
    let folder = tempfile::tempdir().expect("a folder");
    let (relay, first) = start(folder.path());
    std::fs::write(folder.path().join("key.pem"), "no key").expect("written");
    relay.signal("HUP");
    relay
        .says("not reloaded, the old settings stay: --tls-key")
        .await;
    assert!(connect(&relay, &first).await.is_some());
}

#[tokio::test]
async fn settings_are_read_again_and_hold_for_what_begins_then() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("relay.toml");
    let write = |sockets: u32| {
        let text = format!("listen = [\"127.0.0.1:0\"]\n[limits]\nsockets = {sockets}\n");
        std::fs::write(&file, text).expect("written");
    };
    write(8);
    let relay = Relay::without_tls()
        .flags(&["--settings", file.to_str().expect("text")])
        .start();
    let is_busy = async || {
        let path = "/relay/v1/challenge?nonce=abcdefgh12345678";
        let answer = get(relay.address(), path, "").await.expect("an answer");
        answer.body.contains("\"busy\":true")
    };
    assert!(!is_busy().await);
    let mut client = open(relay.address()).await;
    ping(&mut client, 1).await;
    write(0);
    relay.signal("HUP");
    until("new limit", async || is_busy().await.then_some(())).await;
    ping(&mut client, 2).await;
    relay.says(" sockets=0 ").await;
}
