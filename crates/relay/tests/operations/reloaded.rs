//! New settings and certificates without a restart: what is open stays open.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;

use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::drained::{CATALOGUE, waits_for_its_catalogue};
use crate::harness::{Certificate, Relay, SOON, certify, get, get_over, open, ping, until};

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

/// What else may have been begun to be changed at that moment is nobody's wish yet.
/// It has been read already, and its files' times are looked at only later.
#[test]
fn a_certificate_that_is_renewed_while_the_relay_starts_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    certify(folder.path());
    let path = |name| folder.path().join(name).to_string_lossy().into_owned();
    let (cert, key) = (path("cert.pem"), path("key.pem"));
    let flags = [
        "--tls-cert",
        &*cert,
        "--tls-key",
        &*key,
        "--limit",
        "certificate-look-ms=100",
    ];
    let (mut relay, mut pipe) = waits_for_its_catalogue(folder.path(), &flags);
    certify(folder.path());
    pipe.write_all(CATALOGUE).expect("its catalogue");
    drop(pipe);
    let log = BufReader::new(relay.stderr.take().expect("its log"));
    let (says, said) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let is_it = |line: &String| line.contains("the one that was changed is in force");
        let _ = says.send(log.lines().map_while(Result::ok).find(is_it));
    });
    let said = said.recv_timeout(SOON);
    relay.kill().expect("killed");
    relay.wait().expect("its end");
    assert!(matches!(said, Ok(Some(_))), "{said:?}");
}

#[tokio::test]
async fn a_renewed_certificate_is_read_by_itself_and_nothing_else_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = certify(folder.path());
    let page = folder.path().join("dist");
    std::fs::create_dir(&page).expect("made");
    std::fs::write(page.join("index.html"), "the page").expect("written");
    let file = folder.path().join("relay.toml");
    let settings = "listen = [\"127.0.0.1:0\"]\ntls-cert = \"cert.pem\"\ntls-key = \"key.pem\"\npage = \"dist\"\n\
                    [limits]\ncertificate-look-ms = 100\n";
    std::fs::write(&file, settings).expect("written");
    let relay = Relay::without_tls()
        .flags(&["--settings", file.to_str().expect("text")])
        .start();
    let is_shown = async |trusted: &Certificate| connect(&relay, trusted).await.is_some();
    assert!(is_shown(&first).await);
    // Valid, and still not what anybody has asked for.
    let changed = format!("{settings}sockets = 0\n");
    std::fs::write(&file, changed).expect("written");
    std::fs::write(page.join("index.html"), "half of").expect("written");
    let second = certify(folder.path());
    until("the second certificate", async || {
        is_shown(&second).await.then_some(())
    })
    .await;
    let page_of = async |trusted: &Certificate| {
        let stream = connect(&relay, trusted).await.expect("a handshake");
        get_over(stream, "/", "").await.body
    };
    assert_eq!(page_of(&second).await, "the page");
    assert!(!relay.log().contains("sockets=0 "), "{}", relay.log());
    // Not even where it could not be read.
    std::fs::write(&file, "limits = [").expect("written");
    std::fs::remove_file(page.join("index.html")).expect("removed");
    let third = certify(folder.path());
    until("the third certificate", async || {
        is_shown(&third).await.then_some(())
    })
    .await;
    assert_eq!(page_of(&third).await, "the page");
    assert!(!relay.log().contains("not reloaded"), "{}", relay.log());
    // Half of a pair is no certificate, and the other half may still come.
    std::fs::write(folder.path().join("key.pem"), "no key").expect("written");
    relay
        .says("certificate: the old one stays: --tls-key")
        .await;
    assert!(is_shown(&third).await);
    let fourth = certify(folder.path());
    until("the fourth certificate", async || {
        is_shown(&fourth).await.then_some(())
    })
    .await;
}

#[tokio::test]
async fn limits_that_are_raised_raise_how_many_files_may_be_open() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("relay.toml");
    let write = |connections: u32| {
        let text = format!("listen = [\"127.0.0.1:0\"]\n[limits]\nconnections = {connections}\n");
        std::fs::write(&file, text).expect("written");
    };
    write(80);
    let relay = Relay::without_tls()
        .flags(&["--settings", file.to_str().expect("text")])
        .shell(r#"ulimit -S -n 128; exec "$@""#)
        .start();
    let files = || {
        let limits = std::fs::read_to_string(format!("/proc/{}/limits", relay.pid()));
        let limits = limits.expect("a process");
        let line = limits
            .lines()
            .find(|line| line.starts_with("Max open files"));
        let soft = line.and_then(|line| line.split_whitespace().nth(3)?.parse::<u32>().ok());
        soft.expect("a number")
    };
    assert_eq!(files(), 80 + 256);
    write(800);
    relay.signal("HUP");
    relay.says(" connections=800 ").await;
    assert_eq!(files(), 800 + 256);
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
