//! Clients that ask and do not read (M1 of the review): what waits for them is bounded in the relay and in the kernel, and
//! goes when they are cut off.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

use crate::harness::{Relay, until};

const READERS: usize = 40;
/// What the kernel may keep for each, in bytes: twice SO_SNDBUF (socket(7)), and what of the last segment goes beyond.
/// Measured: 84,000 to 134,000; 169,000 to 197,000 where SO_SNDBUF is not set.
const IN_KERNEL: usize = 160 * 1024;

/// Bytes that the kernel keeps for the clients of a port, whether or not a process still has their connections: the send
/// queues of /proc/net/tcp (proc(5)).
fn send_queues(port: u16) -> usize {
    let text = std::fs::read_to_string("/proc/net/tcp").expect("the kernel's list");
    let ends = format!(":{port:04X}");
    let queue = |line: &str| {
        let mut fields = line.split_whitespace();
        let is_ours = fields.nth(1)?.ends_with(&ends);
        let queues = fields.nth(2)?.split_once(':')?.0;
        is_ours.then(|| usize::from_str_radix(queues, 16).expect("a number"))
    };
    text.lines().filter_map(queue).sum()
}

/// Reads a part of a large file, as fast as it comes, and no more of it.
async fn reader(relay: &Relay) -> TlsStream<TcpStream> {
    let mut stream = relay.tls().await;
    let request = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    stream.write_all(request).await.expect("sent");
    stream.flush().await.expect("sent");
    let mut part = vec![0; 2 * 1024 * 1024];
    stream.read_exact(&mut part).await.expect("a part");
    stream
}

#[tokio::test]
async fn a_reader_that_stops_costs_little_in_the_kernel_too_and_is_cut() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = vec![b'x'; 7 * 1024 * 1024];
    std::fs::write(folder.path().join("index.html"), page).expect("written");
    let page = folder.path().to_string_lossy().into_owned();
    let relay = Relay::with_tls()
        .flags(&["--page", &page])
        .limits(&["write-stall-ms=4000"])
        .start();
    relay.serves().await;
    let before = relay.memory();
    let mut readers = Vec::new();
    for _ in 0..READERS {
        readers.push(reader(&relay).await);
    }
    let began = Instant::now();
    let port = relay.address().port();
    let (in_kernel, here) = (send_queues(port), relay.memory().saturating_sub(before));
    assert!(in_kernel > 0, "nothing waits: this shows nothing");
    let each = in_kernel / READERS;
    println!("{each} bytes each in the kernel, {} here", here / READERS);
    assert!(each < IN_KERNEL, "{each} bytes each in the kernel");
    // Connection, TLS and what both keep of the file; the handshakes' memory is given back later.
    let each = here / READERS;
    assert!(each < 96 * 1024, "{each} bytes each");
    // Nobody reads, and nobody goes; all are cut, and nothing of theirs stays.
    relay.has_at_most(0, "connections").await;
    assert!(
        began.elapsed() < Duration::from_secs(12),
        "{:?}",
        began.elapsed()
    );
    until("empty send queues", async || {
        (send_queues(port) == 0).then_some(())
    })
    .await;
    let (_, metrics) = relay.admin("/metrics").await;
    let name = "reachcheck_relay_limited_total{limit=\"SlowReader\"} ";
    let cut = metrics.lines().find_map(|line| line.strip_prefix(name));
    let cut = cut.and_then(|count| count.parse::<usize>().ok());
    // On a busy machine a few end otherwise first.
    assert!(cut.is_some_and(|cut| cut >= READERS / 2), "{metrics}");
    drop(readers);
}

/// The deadline is for those who take nothing.
#[tokio::test]
async fn a_reader_that_is_slow_and_reads_is_not_cut() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(
        folder.path().join("index.html"),
        vec![b'x'; 3 * 1024 * 1024],
    )
    .expect("written");
    let page = folder.path().to_string_lossy().into_owned();
    let relay = Relay::with_tls()
        .flags(&["--page", &page])
        .limits(&["write-stall-ms=1500"])
        .start();
    let mut stream = relay.tls().await;
    let request = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    stream.write_all(request).await.expect("sent");
    stream.flush().await.expect("sent");
    let (mut read, mut piece) = (0, vec![0; 256 * 1024]);
    while let Ok(length @ 1..) = stream.read(&mut piece).await {
        read += length;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(read > 3 * 1024 * 1024, "cut off after {read} bytes");
}
