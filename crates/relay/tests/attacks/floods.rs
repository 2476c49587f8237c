//! Floods of connections (attacks 13, 14, 15 and 23). The limits are sized for a contact centre of 500 agents
//! behind one address; that it passes is shown here too.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use reachcheck_relay::limits;
use reachcheck_wire as wire;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use crate::harness::{ORIGIN, Relay, Setup, close_code, open_for};
use crate::inside::{is_inside, loopback, rotating};

/// As many files as this process may have: it plays hundreds of clients.
pub fn raise_files() {
    use nix::sys::resource::{Resource, getrlimit, setrlimit};
    let (soft, hard) = getrlimit(Resource::RLIMIT_NOFILE).expect("a limit");
    let wanted = hard.min(16_384);
    if soft < wanted {
        setrlimit(Resource::RLIMIT_NOFILE, wanted, hard).expect("raised");
    }
}

/// A relay with as many files as it may have.
pub fn roomy(listen: &'static str) -> Relay {
    raise_files();
    Relay::with(&Setup {
        listen,
        shell: r#"ulimit -n "$(ulimit -Hn)"; exec "$@""#,
        ..Setup::default()
    })
}

/// Whether this connection was closed at once.
async fn is_closed(stream: &mut TcpStream) -> bool {
    open_for(stream, Duration::from_millis(500)).await.is_some()
}

#[tokio::test]
async fn a_contact_centre_of_500_passes_and_a_flood_from_one_address_is_told_busy_then_closed() {
    let relay = Arc::new(roomy("127.0.0.1:0"));
    relay.serves().await;
    let before = relay.memory();
    let centre = loopback(1);
    // 500 agents: a WebSocket that talks and one that is held, four connections of HTTPS.
    let mut agents = tokio::task::JoinSet::new();
    for _ in 0..10 {
        let relay = relay.clone();
        agents.spawn(async move {
            let mut held = Vec::new();
            let mut sockets = Vec::new();
            for _ in 0..50 {
                for _ in 0..4 {
                    let stream = relay.plain_from(centre).await.expect("a connection");
                    held.push(relay.tls_over(stream).await.expect("a handshake"));
                }
                for _ in 0..2 {
                    let stream = relay.plain_from(centre).await.expect("a connection");
                    let stream = relay.tls_over(stream).await.expect("a handshake");
                    let socket = relay.socket_over(stream, &[("origin", ORIGIN)]).await;
                    sockets.push(socket.expect("a socket"));
                }
                let stream = held.pop().expect("four");
                assert!(!relay.challenge(stream, "").await.busy, "told busy");
            }
            (held, sockets)
        });
    }
    let mut agents = agents.join_all().await;
    // The WebSockets of this address are nearly used up: the next ones are told so on an open socket.
    let sockets: usize = agents.iter().map(|(_, sockets)| sockets.len()).sum();
    assert_eq!(sockets, 1_000);
    let mut busy = 0;
    for _ in 0..30 {
        let stream = relay.plain_from(centre).await.expect("a connection");
        let stream = relay.tls_over(stream).await.expect("a handshake");
        let socket = relay.socket_over(stream, &[("origin", ORIGIN)]).await;
        let mut socket = socket.expect("it is opened to be told");
        match timeout(Duration::from_millis(100), close_code(&mut socket)).await {
            Ok(code) => {
                assert_eq!(code, Some(wire::CLOSE_BUSY));
                busy += 1;
            }
            Err(_) => agents[0].1.push(socket),
        }
    }
    assert_eq!(busy, 30 - (limits::ADDRESS_SOCKETS as usize - 1_000));
    // Connections beyond the share: told busy, then closed unheard. Nobody else notices.
    let mut flood = Vec::new();
    let (mut told, mut closed) = (false, false);
    for _ in 0..1_500 {
        let mut stream = relay.plain_from(centre).await.expect("a connection");
        if flood.len() % 50 == 0 {
            let first = [22_u8];
            if stream.write_all(&first).await.is_err() || is_closed(&mut stream).await {
                closed = true;
                break;
            }
            let probe = relay.plain_from(centre).await.expect("a connection");
            if let Ok(stream) = relay.tls_over(probe).await {
                told |= relay.challenge(stream, "").await.busy;
            }
        }
        flood.push(stream);
    }
    assert!(told, "never told busy");
    assert!(closed, "{} more connections were taken", flood.len());
    let took = relay.serves().await;
    assert!(
        took < Duration::from_secs(5),
        "another address waited {took:?}"
    );
    drop((flood, agents));
    assert!(relay.is_lean_again(before).await);
}

#[tokio::test]
async fn silent_connections_of_one_address_stop_at_its_share_of_handshakes() {
    let relay = roomy("127.0.0.1:0");
    relay.serves().await;
    let mut silent = Vec::new();
    for _ in 0..limits::ADDRESS_HANDSHAKES + 200 {
        silent.push(relay.plain_from(loopback(2)).await.expect("a connection"));
    }
    let mut closed = 0;
    for stream in silent.iter_mut().rev().take(300) {
        closed += u32::from(
            timeout(Duration::from_millis(20), stream.read(&mut [0]))
                .await
                .is_ok(),
        );
    }
    assert_eq!(closed, 200);
    let took = relay.serves().await;
    assert!(
        took < Duration::from_secs(5),
        "another address waited {took:?}"
    );
}

#[tokio::test]
async fn addresses_of_ipv6_that_rotate_fill_no_table_and_keep_nobody_out() {
    if !is_inside("floods::addresses_of_ipv6_that_rotate_fill_no_table_and_keep_nobody_out") {
        return;
    }
    let relay = roomy("[::1]:0");
    relay.serves().await;
    let before = relay.memory();
    // Twenty thousand sites, one after the other.
    for number in 0..20_000 {
        let stream = relay
            .plain_from(rotating(number).ip())
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
    for network in 0..limits::SITE_HANDSHAKES + 200 {
        let own: IpAddr = format!("2a01:1:1:{network:x}::1")
            .parse()
            .expect("an address");
        silent.push(relay.plain_from(own).await.expect("a connection"));
    }
    let mut closed = 0;
    for stream in silent.iter_mut().rev().take(300) {
        closed += u32::from(
            timeout(Duration::from_millis(20), stream.read(&mut [0]))
                .await
                .is_ok(),
        );
    }
    assert_eq!(closed, 200);
    relay.serves().await;
}

#[tokio::test]
async fn handshakes_of_one_address_are_paced_and_others_are_served_between_them() {
    let relay = Arc::new(roomy("127.0.0.1:0"));
    relay.serves().await;
    let before = relay.memory();
    let hello = relay.hello();
    let began = Instant::now();
    let mut attackers = tokio::task::JoinSet::new();
    for _ in 0..16 {
        let (relay, hello) = (relay.clone(), hello.clone());
        attackers.spawn(async move {
            let mut answered = 0_u32;
            for _ in 0..400 {
                let Ok(mut stream) = relay.plain_from(loopback(3)).await else {
                    continue;
                };
                let _ = stream.write_all(&hello).await;
                if let Ok(Ok(1)) = timeout(Duration::from_secs(10), stream.read(&mut [0])).await {
                    answered += 1;
                }
            }
            answered
        });
    }
    sleep(Duration::from_secs(1)).await;
    let took = relay.serves().await;
    assert!(
        took < Duration::from_secs(5),
        "another address waited {took:?}"
    );
    let answered: u32 = attackers.join_all().await.into_iter().sum();
    let seconds = u32::try_from(began.elapsed().as_secs()).expect("few") + 1;
    let most = limits::ADDRESS_BURST + seconds * limits::ADDRESS_PER_SECOND;
    assert!(
        answered <= most.min(6_400 - 1),
        "{answered} handshakes in {seconds} s"
    );
    assert!(
        answered >= limits::ADDRESS_BURST,
        "{answered}: a burst is honest"
    );
    assert!(relay.is_lean_again(before).await);
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
    let relay = Relay::with(&Setup {
        shell: r#"ulimit -n 64; exec "$@""#,
        ..Setup::default()
    });
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
