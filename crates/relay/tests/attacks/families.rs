//! A name with addresses of both families: each is dialled, each is held to the same list, and each is told apart.

use std::io;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::time::{Duration, Instant};

use reachcheck_wire::{AddressFamily, Connect, DialReport, Other, Plain, Rejection, Tls};
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpSocket};

use super::inside::{Everywhere, Names, is_inside};
use crate::harness::Relay;

const V4: &str = "203.0.113.7";
const V6: &str = "2001:db8::7";

/// A relay that may dial these, and whose one name has both.
async fn relay(port: u16, allowed: &str) -> (Names, Relay) {
    let both: Vec<IpAddr> = [V4, V6]
        .map(|text| text.parse().expect("an address"))
        .into();
    let names = Names::serve(move |_, _| both.clone()).await;
    let relay = Relay::with_tls()
        .hosts(&["both.example"], port, port)
        .flags(&["--allow-target", allowed])
        .start();
    (names, relay)
}

const BOTH: &str = "203.0.113.7/32,2001:db8::7/128";

/// One that listens on a port of one family alone, and says words to whoever comes.
async fn only(family: AddressFamily, port: u16, words: &'static [u8]) -> io::Result<u16> {
    let (socket, any): (_, IpAddr) = match family {
        AddressFamily::Ipv4 => (TcpSocket::new_v4()?, [0, 0, 0, 0].into()),
        AddressFamily::Ipv6 => (TcpSocket::new_v6()?, Ipv6Addr::UNSPECIFIED.into()),
    };
    if family == AddressFamily::Ipv6 {
        socket2::SockRef::from(&socket).set_only_v6(true)?;
    }
    socket.bind(SocketAddr::new(any, port))?;
    let listener = socket.listen(64)?;
    let port = listener.local_addr()?.port();
    tokio::spawn(serve(listener, words));
    Ok(port)
}

async fn serve(listener: TcpListener, words: &'static [u8]) {
    while let Ok((mut stream, _)) = listener.accept().await {
        let _ = stream.write_all(words).await;
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_secs(5)).await;
            drop(stream);
        });
    }
}

/// A port of one family whose queue is full: nothing answers a SYN there.
fn silent(family: AddressFamily, port: u16) -> (socket2::Socket, Vec<std::net::TcpStream>) {
    let (domain, any, near): (_, IpAddr, IpAddr) = match family {
        AddressFamily::Ipv4 => (
            socket2::Domain::IPV4,
            [0, 0, 0, 0].into(),
            [127, 0, 0, 1].into(),
        ),
        AddressFamily::Ipv6 => (
            socket2::Domain::IPV6,
            Ipv6Addr::UNSPECIFIED.into(),
            Ipv6Addr::LOCALHOST.into(),
        ),
    };
    let socket = socket2::Socket::new(domain, socket2::Type::STREAM, None).expect("a socket");
    if family == AddressFamily::Ipv6 {
        socket.set_only_v6(true).expect("set");
    }
    let at = |ip| SocketAddr::new(ip, port);
    socket.bind(&at(any).into()).expect("bound");
    socket.listen(0).expect("listening");
    let mut waiting = Vec::new();
    while let Ok(stream) =
        std::net::TcpStream::connect_timeout(&at(near), Duration::from_millis(300))
    {
        waiting.push(stream);
    }
    (socket, waiting)
}

fn other(report: &DialReport) -> &Other {
    report.other.as_deref().expect("the other family")
}

fn is_over(connect: Connect, wanted: AddressFamily) -> bool {
    matches!(connect, Connect::Connected { family, .. } if family == wanted)
}

#[tokio::test]
async fn of_a_name_with_both_families_each_is_told() {
    if !is_inside(of_a_name_with_both_families_each_is_told) {
        return;
    }
    let port = only(AddressFamily::Ipv4, 0, b"\x15\x03\x03\0\x02\x02\x28")
        .await
        .expect("listening");
    only(AddressFamily::Ipv6, port, b"220 another\r\n")
        .await
        .expect("listening");
    let (_names, relay) = relay(port, BOTH).await;
    let report = relay.dial("here/tcp").await;
    assert!(is_over(report.connect, AddressFamily::Ipv4), "{report:?}");
    assert!(
        matches!(report.plain, Some(Plain::Greeted { .. })),
        "{report:?}"
    );
    let how = |tls: &Option<Tls>| match tls {
        Some(Tls::Rejected { how, .. }) => Some(*how),
        _ => None,
    };
    assert_eq!(how(&report.tls), Some(Rejection::Alert));
    let other = other(&report);
    assert_eq!(other.family, AddressFamily::Ipv6);
    assert!(is_over(other.connect, AddressFamily::Ipv6), "{report:?}");
    assert_eq!(
        how(&other.tls),
        Some(Rejection::NotTls),
        "not the same host"
    );
}

#[tokio::test]
async fn where_one_family_is_refused_or_silent_the_other_is_told_in_full_and_soon() {
    if !is_inside(where_one_family_is_refused_or_silent_the_other_is_told_in_full_and_soon) {
        return;
    }
    for (works, fails) in [
        (AddressFamily::Ipv4, AddressFamily::Ipv6),
        (AddressFamily::Ipv6, AddressFamily::Ipv4),
    ] {
        let port = only(works, 0, b"hello\r\n").await.expect("listening");
        let (names, relay) = relay(port, BOTH).await;
        let report = relay.dial("here/tcp").await;
        assert!(is_over(report.connect, works), "{report:?}");
        assert!(
            matches!(report.plain, Some(Plain::Greeted { .. })),
            "{report:?}"
        );
        assert_eq!(other(&report).family, fails);
        let refused = matches!(other(&report).connect, Connect::Refused { .. });
        assert!(refused && other(&report).tls.is_none(), "{report:?}");
        drop((names, relay));
        tokio::time::sleep(Duration::from_millis(200)).await;

        let port = only(works, 0, b"hello\r\n").await.expect("listening");
        let _silent = silent(fails, port);
        let (names, relay) = self::relay(port, BOTH).await;
        let began = Instant::now();
        let report = relay.dial("here/tcp").await;
        let took = began.elapsed();
        assert!(is_over(report.connect, works), "{report:?}");
        assert!(
            matches!(report.plain, Some(Plain::Greeted { .. })),
            "{report:?}"
        );
        let late = other(&report).connect;
        assert!(
            matches!(late, Connect::TimedOut { ms } if (1_400.0..3_000.0).contains(&ms)),
            "{report:?}"
        );
        assert_eq!(other(&report).family, fails);
        assert!(took < Duration::from_millis(3_500), "{took:?}");
        drop((names, relay));
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

#[tokio::test]
async fn where_neither_connects_both_failures_are_told() {
    if !is_inside(where_neither_connects_both_failures_are_told) {
        return;
    }
    let free = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = free.local_addr().expect("an address").port();
    drop(free);
    let _silent = silent(AddressFamily::Ipv4, port);
    let (_names, relay) = relay(port, BOTH).await;
    let report = relay.dial("here/https").await;
    // A refusal says more.
    assert!(
        matches!(report.connect, Connect::Refused { .. }),
        "{report:?}"
    );
    assert_eq!(other(&report).family, AddressFamily::Ipv4);
    assert!(
        matches!(other(&report).connect, Connect::TimedOut { .. }),
        "{report:?}"
    );
}

#[tokio::test]
async fn a_family_that_may_not_be_dialled_spoils_the_other() {
    if !is_inside(a_family_that_may_not_be_dialled_spoils_the_other) {
        return;
    }
    let everywhere = Everywhere::listen().await;
    for allowed in ["203.0.113.7/32", "2001:db8::7/128"] {
        let (names, relay) = relay(everywhere.port, allowed).await;
        let report = relay.dial("here/https").await;
        assert_eq!(report.connect, Connect::Forbidden, "{allowed}");
        assert_eq!(report.other, None);
        drop((names, relay));
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    assert_eq!(everywhere.dialled().len(), 0);
    let (_names, relay) = relay(everywhere.port, BOTH).await;
    assert!(relay.dial("here/https").await.other.is_some());
    // TLS and a GET, and an upgrade only where TLS is trusted; TLS alone over the other.
    let dialled = everywhere.dialled();
    let count = |text: &str| dialled.get(&text.parse().expect("an address")).copied();
    assert_eq!((count(V4), count(V6)), (Some(2), Some(1)), "{dialled:?}");
}
