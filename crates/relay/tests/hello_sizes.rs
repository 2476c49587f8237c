//! A dial's two ClientHellos, of a browser's size and small, and boxes before an endpoint that take the small one alone,
//! over real sockets on loopback.

use std::io;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use reachcheck_wire::{
    self as wire, AnsweredHello, ControlsReport, DialReport, Dialogue, Rejection, Tls, deadline,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;

use crate::attacks::targets::{dialling, host};
use crate::harness::{Certificate, ORIGIN};

/// What one segment of Ethernet holds.
const SEGMENT: usize = 1_460;
/// The post-quantum key share of a hello: X25519MLKEM768 with 1,216 bytes.
const KEY_SHARE: [u8; 4] = [0x11, 0xec, 0x04, 0xc0];

/// What a box does with a hello of more than one segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Middlebox {
    Passes,
    Closes,
    Resets,
    Alerts,
    Waits,
}

/// The whole hello, which stays to be read.
async fn hello(stream: &TcpStream) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; 16 * 1024];
    loop {
        let length = stream.peek(&mut bytes).await?;
        let wanted = 5 + usize::from(u16::from_be_bytes([bytes[3], bytes[4]]));
        if length == 0 || length >= 5 && length >= wanted {
            bytes.truncate(length);
            return Ok(bytes);
        }
        tokio::task::yield_now().await;
    }
}

type Hellos = Arc<Mutex<Vec<Vec<u8>>>>;

/// An endpoint behind a box.
async fn serve(
    mut stream: TcpStream,
    tls: TlsAcceptor,
    middle: Middlebox,
    seen: Hellos,
) -> io::Result<()> {
    let hello = hello(&stream).await?;
    let is_large = hello.len() > SEGMENT;
    seen.lock().expect("not poisoned").push(hello);
    if is_large && middle != Middlebox::Passes {
        let mut taken = [0; 4096];
        match middle {
            Middlebox::Resets => stream.set_zero_linger()?,
            Middlebox::Alerts => {
                let _ = stream.read(&mut taken).await?;
                // handshake_failure
                stream.write_all(&[21, 3, 3, 0, 2, 2, 40]).await?;
                stream.shutdown().await?;
            }
            Middlebox::Waits => while stream.read(&mut taken).await? > 0 {},
            Middlebox::Closes => {
                let _ = stream.read(&mut taken).await?;
                stream.shutdown().await?;
            }
            Middlebox::Passes => {}
        }
        return Ok(());
    }
    let mut stream = tls.accept(stream).await?;
    let mut request = [0; 1024];
    let length = stream.read(&mut request).await?;
    let is_upgrade = request[..length]
        .windows(9)
        .any(|bytes| bytes == b"websocket");
    let answer = if is_upgrade {
        &b"HTTP/1.1 101 Switching Protocols\r\n\r\n"[..]
    } else {
        b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
    };
    stream.write_all(answer).await?;
    let _ = stream.read(&mut request).await;
    Ok(())
}

struct Seen {
    report: DialReport,
    controls: ControlsReport,
    took: Duration,
    hellos: Vec<Vec<u8>>,
}

/// Dials an endpoint behind such a box, as endpoint and as control.
async fn behind(middle: Middlebox) -> Seen {
    let folder = tempfile::tempdir().expect("a folder");
    let certificate = Certificate::new("localhost");
    let ([ca, _], tls) = (certificate.write(folder.path()), certificate.acceptor());
    let hellos = Hellos::default();
    let kept = hellos.clone();
    let (port, _) = host(move |stream| serve(stream, tls.clone(), middle, kept.clone())).await;
    let control = format!("localhost:{port}");
    let relay = dialling(port, &["--trust-ca", &ca, "--control", &control]);
    let began = Instant::now();
    let report = relay.dial("here/https").await;
    let took = began.elapsed();
    let hellos = hellos.lock().expect("not poisoned").clone();
    let headers = format!("Origin: {ORIGIN}\r\n");
    let answer = relay.get("/relay/v1/controls", &headers).await;
    Seen {
        report,
        controls: wire::decode(&answer.body).expect("a report"),
        took,
        hellos,
    }
}

const fn is_http(dialogue: Option<Dialogue>, wanted: u16) -> bool {
    matches!(dialogue, Some(Dialogue::Http { status, .. }) if status == wanted)
}

fn is_large(hello: &&Vec<u8>) -> bool {
    hello.len() > SEGMENT
}

#[tokio::test]
async fn a_dial_asks_with_a_hello_of_a_browsers_size_and_its_upgrade_with_a_small_one() {
    let seen = behind(Middlebox::Passes).await;
    assert_eq!(seen.report.hello, Some(AnsweredHello::BrowserSized));
    assert!(is_http(seen.report.get, 200), "{:?}", seen.report);
    assert!(is_http(seen.report.upgrade, 101), "{:?}", seen.report);
    let has_share = |hello: &Vec<u8>| hello.windows(4).any(|bytes| bytes == KEY_SHARE);
    let (large, small): (Vec<_>, Vec<_>) = seen.hellos.iter().partition(is_large);
    assert_eq!((large.len(), small.len()), (1, 1));
    assert!(has_share(large[0]) && !has_share(small[0]));
    assert!(small[0].len() < 400, "{}", small[0].len());
}

#[tokio::test]
async fn where_the_small_hello_alone_gets_through_that_is_told_and_the_rest_by_it() {
    let mut boxes = tokio::task::JoinSet::new();
    for middle in [
        Middlebox::Closes,
        Middlebox::Resets,
        Middlebox::Alerts,
        Middlebox::Waits,
    ] {
        boxes.spawn(async move { (middle, behind(middle).await) });
    }
    for (middle, seen) in boxes.join_all().await {
        let report = &seen.report;
        assert_eq!(report.hello, Some(AnsweredHello::OnlySmall), "{middle:?}");
        assert!(
            matches!(report.tls, Some(Tls::Finished { .. })),
            "{middle:?} {report:?}"
        );
        assert!(is_http(report.get, 200), "{middle:?} {report:?}");
        assert!(is_http(report.upgrade, 101), "{middle:?} {report:?}");
        // One of a browser's size; small ones for the upgrade and for the document.
        let large = seen.hellos.iter().filter(is_large).count();
        assert_eq!((large, seen.hellos.len()), (1, 3), "{middle:?}");
        // A control shows that the relay gets out, and not that browsers do.
        assert_eq!(seen.controls.answered, 1, "{middle:?}");
        assert!(
            seen.took < Duration::from_millis(deadline::DIAL_MS.into()),
            "{:?}",
            seen.took
        );
    }
}

#[tokio::test]
async fn what_answers_neither_hello_costs_no_further_connection() {
    let says = |words: &'static [u8]| async move {
        let (port, connections) = host(move |mut stream| async move {
            let _ = stream.read(&mut [0; 4096]).await?;
            stream.write_all(words).await?;
            stream.shutdown().await
        })
        .await;
        let report = dialling(port, &[]).dial("here/https").await;
        (report, connections.load(Ordering::SeqCst))
    };
    for (words, expected) in [
        (&b"SSH-2.0-any\r\n"[..], Rejection::NotTls),
        (&[21, 3, 3, 0, 2, 2, 40], Rejection::Alert),
    ] {
        let (report, connections) = says(words).await;
        assert_eq!(report.hello, Some(AnsweredHello::Neither), "{report:?}");
        assert!(
            matches!(report.tls, Some(Tls::Rejected { how, .. }) if how == expected),
            "{report:?}"
        );
        assert_eq!((report.get, connections), (None, 2));
    }
}
