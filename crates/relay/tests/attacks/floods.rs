//! Floods of connections (attacks 13, 14, 15 and 23). The limits are sized for a contact centre of 500 agents
//! behind one address; that it passes is shown here too.

use std::io::ErrorKind;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use reachcheck_wire as wire;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};
use tokio_rustls::client::TlsStream;

use super::inside::{is_inside, loopback, rotating};
use crate::harness::{Client, ORIGIN, Relay, SOON, close_code, open_over, ping, until};

/// As many files as this process may have: it plays hundreds of clients.
pub fn raise_files() {
    use nix::sys::resource::{Resource, getrlimit, setrlimit};
    let (soft, hard) = getrlimit(Resource::RLIMIT_NOFILE).expect("a limit");
    let wanted = hard.min(16_384);
    if soft < wanted {
        setrlimit(Resource::RLIMIT_NOFILE, wanted, hard).expect("raised");
    }
}

/// From an address of its own, through TLS to a socket.
async fn socket_from(relay: &Relay, own: IpAddr) -> Client<TlsStream<TcpStream>> {
    let stream = relay.plain_from(own).await.expect("a connection");
    let stream = relay.tls_over(stream).await.expect("a handshake");
    let socket = open_over(stream, &[("origin", ORIGIN)]).await;
    socket.expect("a socket")
}

/// A challenge on a connection that is kept.
async fn is_told_busy<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut S) -> bool {
    let request = b"GET /relay/v1/challenge?nonce=abcdefgh HTTP/1.1\r\nHost: localhost\r\n\r\n";
    stream.write_all(request).await.expect("sent");
    stream.flush().await.expect("sent");
    let mut answer = Vec::new();
    while !answer.ends_with(b"}}") {
        let read = timeout(SOON, stream.read_buf(&mut answer))
            .await
            .expect("in time");
        assert!(
            read.expect("an answer") > 0,
            "{}",
            String::from_utf8_lossy(&answer)
        );
    }
    String::from_utf8_lossy(&answer).contains("\"busy\":true")
}

/// How many of these connections the relay has closed by now.
fn closed(streams: &[TcpStream]) -> usize {
    let is_closed = |stream: &&TcpStream| match stream.try_read(&mut [0]) {
        Ok(read) => read == 0,
        Err(error) => error.kind() != ErrorKind::WouldBlock,
    };
    streams.iter().filter(is_closed).count()
}

/// Waits until the relay has closed so many of these connections.
async fn has_closed(streams: &[TcpStream], count: usize) {
    let enough = async || (closed(streams) >= count).then_some(());
    until(&format!("end of {count} connections"), enough).await;
}

#[tokio::test]
async fn a_contact_centre_of_500_agents_behind_one_address_passes() {
    raise_files();
    let relay = Arc::new(Relay::with_tls().start());
    relay.serves().await;
    let before = relay.memory();
    let centre = loopback(1);
    // Each with a WebSocket that talks, one that is held, and four connections of HTTPS.
    let mut agents = tokio::task::JoinSet::new();
    for _ in 0..10 {
        let relay = relay.clone();
        agents.spawn(async move {
            let (mut kept, mut sockets) = (Vec::new(), Vec::new());
            for _ in 0..50 {
                for _ in 0..4 {
                    let stream = relay.plain_from(centre).await.expect("a connection");
                    let mut stream = relay.tls_over(stream).await.expect("a handshake");
                    assert!(!is_told_busy(&mut stream).await, "told busy");
                    kept.push(stream);
                }
                for number in 0..2 {
                    let mut socket = socket_from(&relay, centre).await;
                    ping(&mut socket, number).await;
                    sockets.push(socket);
                }
            }
            (kept, sockets)
        });
    }
    let agents = agents.join_all().await;
    let sockets: usize = agents.iter().map(|(_, sockets)| sockets.len()).sum();
    assert_eq!(sockets, 1_000);
    relay.serves().await;
    drop(agents);
    relay.is_lean_again(before).await;
}

#[tokio::test]
async fn an_address_with_too_many_sockets_is_told_busy_on_an_open_socket() {
    let relay = Relay::with_tls().limits(&["address-sockets=20"]).start();
    let mut sockets = Vec::new();
    for _ in 0..20 {
        sockets.push(socket_from(&relay, loopback(1)).await);
    }
    let mut one_more = socket_from(&relay, loopback(1)).await;
    assert_eq!(close_code(&mut one_more).await, Some(wire::CLOSE_BUSY));
    relay.serves().await;
    sockets.pop();
    relay.has_at_most(19, "sockets").await;
    let mut again = socket_from(&relay, loopback(1)).await;
    ping(&mut again, 1).await;
}

#[tokio::test]
async fn an_address_with_too_many_connections_is_told_busy_then_closed_unheard() {
    let relay = Relay::with_tls()
        .limits(&["address-connections=80"])
        .start();
    let mut told = Vec::new();
    for _ in 0..80 {
        let stream = relay.plain_from(loopback(1)).await.expect("a connection");
        let mut stream = relay.tls_over(stream).await.expect("a handshake");
        told.push((is_told_busy(&mut stream).await, stream));
    }
    assert_eq!(
        told.iter().filter(|(is_busy, _)| *is_busy).count(),
        10,
        "the last eighth"
    );
    // A socket that comes then is opened, and told.
    told.pop();
    relay.has_at_most(79, "connections").await;
    let mut socket = socket_from(&relay, loopback(1)).await;
    assert_eq!(close_code(&mut socket).await, Some(wire::CLOSE_BUSY));
    drop(socket);
    relay.has_at_most(79, "connections").await;
    let mut flood = Vec::new();
    for _ in 0..101 {
        flood.push(relay.plain_from(loopback(1)).await.expect("a connection"));
    }
    has_closed(&flood, 100).await;
    let took = relay.serves().await;
    assert!(
        took < Duration::from_secs(5),
        "another address waited {took:?}"
    );
    assert_eq!(closed(&flood), 100, "one found the last place");
}

#[tokio::test]
async fn a_websocket_goes_on_counting_as_a_connection() {
    let relay = Relay::with_tls()
        .limits(&["address-connections=16"])
        .start();
    let mut sockets = Vec::new();
    for _ in 0..14 {
        sockets.push(socket_from(&relay, loopback(1)).await);
    }
    let mut one_more = socket_from(&relay, loopback(1)).await;
    assert_eq!(close_code(&mut one_more).await, Some(wire::CLOSE_BUSY));
    relay.serves().await;
    drop((sockets, one_more));
    relay.has_at_most(0, "connections").await;
    let mut again = socket_from(&relay, loopback(1)).await;
    ping(&mut again, 1).await;
}

#[tokio::test]
async fn when_all_connections_are_taken_those_who_come_last_are_told_busy() {
    let relay = Relay::with_tls().limits(&["connections=80"]).start();
    let mut told = Vec::new();
    for number in 0..80 {
        let stream = relay
            .plain_from(loopback(number))
            .await
            .expect("a connection");
        let mut stream = relay.tls_over(stream).await.expect("a handshake");
        told.push((is_told_busy(&mut stream).await, stream));
    }
    let busy: Vec<_> = told.iter().map(|(is_busy, _)| *is_busy).collect();
    assert!(!busy[60] && busy[75], "{busy:?}");
    let mut more = Vec::new();
    for _ in 0..10 {
        more.push(relay.plain().await);
    }
    has_closed(&more, 10).await;
    drop(told);
    relay.has_at_most(0, "connections").await;
    relay.serves().await;
}

#[tokio::test]
async fn silent_connections_of_one_address_stop_at_its_share_of_handshakes() {
    raise_files();
    // Nobody is to be closed for having been silent for too long, however busy the machine.
    let relay = Relay::with_tls()
        .limits(&["address-handshakes=1000", "handshake-ms=60000"])
        .start();
    relay.serves().await;
    let mut silent = Vec::new();
    for _ in 0..1_200 {
        silent.push(relay.plain_from(loopback(2)).await.expect("a connection"));
    }
    has_closed(&silent, 200).await;
    let took = relay.serves().await;
    assert!(
        took < Duration::from_secs(5),
        "another address waited {took:?}"
    );
    assert_eq!(closed(&silent), 200, "its share stays");
}

#[tokio::test]
async fn addresses_of_ipv6_that_rotate_fill_no_table_and_keep_nobody_out() {
    if !is_inside(addresses_of_ipv6_that_rotate_fill_no_table_and_keep_nobody_out) {
        return;
    }
    raise_files();
    let relay = Relay::with_tls()
        .listen("[::1]:0")
        // Longer than it takes to open them on a busy machine: nobody is to be closed for being slow.
        .limits(&["site-handshakes=1500", "handshake-ms=60000"])
        .start();
    relay.serves().await;
    let before = relay.memory();
    // Thousands of sites, one after the other.
    for number in 0..4_000 {
        let stream = relay
            .plain_from(rotating(number))
            .await
            .expect("a connection");
        drop(stream);
    }
    let took = relay.serves().await;
    assert!(took < Duration::from_secs(5), "others waited {took:?}");
    assert!(
        relay.memory() < before * 3 / 2,
        "{} bytes, before {before}",
        relay.memory()
    );
    // Networks of one site share what a site may have.
    let mut silent = Vec::new();
    for network in 0..1_700 {
        let own: IpAddr = format!("2a01:1:1:{network:x}::1")
            .parse()
            .expect("an address");
        silent.push(relay.plain_from(own).await.expect("a connection"));
    }
    has_closed(&silent, 200).await;
    relay.serves().await;
    assert_eq!(closed(&silent), 200, "what a site may have stays");
}

#[tokio::test]
async fn handshakes_of_one_address_are_paced_and_others_are_served_between_them() {
    let (burst, per_second) = (500, 20);
    let relay = Arc::new(
        Relay::with_tls()
            .limits(&["address-burst=500", "address-per-second=20"])
            .start(),
    );
    relay.serves().await;
    let before = relay.memory();
    let hello = relay.hello();
    let began = Instant::now();
    let mut attackers = tokio::task::JoinSet::new();
    for _ in 0..16 {
        let (relay, hello) = (relay.clone(), hello.clone());
        attackers.spawn(async move {
            let mut answered = 0_u32;
            for _ in 0..100 {
                let mut stream = relay.plain_from(loopback(3)).await.expect("a connection");
                let _ = stream.write_all(&hello).await;
                if let Ok(Ok(1)) = timeout(Duration::from_secs(10), stream.read(&mut [0])).await {
                    answered += 1;
                }
            }
            answered
        });
    }
    let took = relay.serves().await;
    assert!(
        took < Duration::from_secs(5),
        "another address waited {took:?}"
    );
    let answered: u32 = attackers.join_all().await.into_iter().sum();
    let seconds = u32::try_from(began.elapsed().as_secs()).expect("few") + 1;
    assert!(
        answered <= burst + seconds * per_second,
        "{answered} handshakes in {seconds} s"
    );
    assert!(answered >= burst, "{answered}: a burst is honest");
    relay.serves().await;
    relay.is_lean_again(before).await;
}

/// CPU time that a process has used.
fn cpu(pid: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).expect("a process");
    let (_, fields) = stat.rsplit_once(") ").expect("a name in brackets");
    let ticks: u64 = fields
        .split(' ')
        .skip(11)
        .take(2)
        .map(|ticks| ticks.parse::<u64>().expect("a number"))
        .sum();
    // USER_HZ is 100 on every Linux.
    Duration::from_millis(ticks * 10)
}

#[tokio::test]
async fn a_relay_that_has_run_out_of_files_waits_without_spinning_and_serves_again() {
    let relay = Relay::with_tls()
        .shell(r#"ulimit -n 64; exec "$@""#)
        .start();
    relay.serves().await;
    let mut silent = Vec::new();
    for _ in 0..100 {
        silent.push(relay.plain().await);
    }
    sleep(Duration::from_millis(500)).await;
    let before = cpu(relay.pid());
    sleep(Duration::from_secs(3)).await;
    let used = cpu(relay.pid()) - before;
    assert!(used < Duration::from_millis(300), "{used:?} of CPU in 3 s");
    drop(silent);
    relay.serves().await;
}
