//! Clients that take their time (attacks 7 and 12).

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::sleep;

use crate::harness::{Relay, SOON, open_for};

/// Each of these says so much and then nothing, or goes on a byte at a time; all are cut off by the one deadline
/// from accept to the end of the first head.
#[tokio::test]
async fn silence_and_half_handshakes_end_by_the_handshake_limit_while_others_are_served() {
    let relay = Relay::with_tls().limits(&["handshake-ms=4000"]).start();
    relay.serves().await;
    let before = relay.memory();
    let files = relay.files();
    let hello = relay.hello();
    let half_hello = &hello[..hello.len() / 2];
    let mut cut = tokio::task::JoinSet::new();
    // A hundred of each.
    for _ in 0..100 {
        for bytes in [
            &b""[..],
            b"\x16",
            b"\x16\x03\x01\x02\x00",
            half_hello,
            &hello,
            b"GET /relay/v1/challenge?nonce=abcdefgh HTTP/1.1\r\nHost: a\r\n",
            b"\x00\x03\x00\x08\x21\x12",
        ] {
            let mut stream = relay.plain().await;
            stream.write_all(bytes).await.expect("sent");
            cut.spawn(async move { open_for(&mut stream, SOON).await });
        }
    }
    // … and, after a whole handshake, half a head.
    for _ in 0..20 {
        let mut stream = relay.tls().await;
        stream
            .write_all(b"GET / HTTP/1.1\r\nHost: ")
            .await
            .expect("sent");
        cut.spawn(async move { open_for(&mut stream, SOON).await });
    }
    // A byte now and then changes nothing.
    for _ in 0..20 {
        let mut stream = relay.tls().await;
        cut.spawn(async move {
            let began = std::time::Instant::now();
            loop {
                if stream.write_all(b"G").await.is_err() || stream.flush().await.is_err() {
                    return Some(began.elapsed());
                }
                let mut byte = [0; 64];
                let ended =
                    tokio::time::timeout(Duration::from_millis(200), stream.read(&mut byte));
                if let Ok(Ok(0) | Err(_)) = ended.await {
                    return Some(began.elapsed());
                }
                if began.elapsed() > SOON {
                    return None;
                }
            }
        });
    }
    let took = relay.serves().await;
    assert!(took < Duration::from_secs(5), "others waited {took:?}");
    for open in cut.join_all().await {
        let open = open.expect("still open after fifteen seconds");
        assert!(open < Duration::from_secs(6), "{open:?}");
    }
    relay.is_lean_again(before).await;
    assert!(
        relay.files() <= files + 2,
        "{} open files, before {files}",
        relay.files()
    );
}

/// A reader that never reads costs little beside what the kernel keeps for it (`readers.rs`), and is cut.
#[tokio::test]
async fn a_client_that_asks_and_does_not_read_is_cut_off() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(
        folder.path().join("index.html"),
        vec![b'x'; 7 * 1024 * 1024],
    )
    .expect("written");
    let page = folder.path().to_string_lossy().into_owned();
    let relay = Relay::with_tls().flags(&["--page", &page]).start();
    relay.serves().await;
    let before = relay.memory();
    let mut readers = Vec::new();
    for _ in 0..50 {
        let mut stream = relay.tls().await;
        let request = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
        for _ in 0..10 {
            stream.write_all(request).await.expect("sent");
        }
        stream.flush().await.expect("sent");
        readers.push(stream);
    }
    sleep(Duration::from_secs(2)).await;
    let took = relay.serves().await;
    assert!(took < Duration::from_secs(5), "others waited {took:?}");
    // 3,500 MB were asked for: 40 KiB each, and what many handshakes at once leave behind for a while.
    assert!(
        relay.memory() < before + 50 * 40 * 1024 + 2 * 1024 * 1024,
        "{} bytes, before {before}",
        relay.memory()
    );
    drop(readers);
    relay.is_lean_again(before).await;
}
