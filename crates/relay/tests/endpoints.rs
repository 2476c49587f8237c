//! What a dial tells of an endpoint's TLS, of its way with connections and of its name, over real sockets on loopback.

use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use reachcheck_wire::{AddressCounts, Alpn, BodyEnd, DialReport, Dialogue, HttpVersion, Tls};
use rustls::SupportedProtocolVersion;
use rustls::version::{TLS12, TLS13};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;

use crate::attacks::inside::{Names, is_inside};
use crate::attacks::targets::{dialling, host};
use crate::harness::{Certificate, Relay};

const H2: &[u8] = b"h2";
const HTTP_11: &[u8] = b"http/1.1";

/// An endpoint whose TLS is of these versions and chooses of these protocols, in its own order.
fn acceptor(versions: &[&'static SupportedProtocolVersion], protocols: &[&[u8]]) -> TlsAcceptor {
    let mut config = Certificate::new("localhost").server(versions);
    config.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
    TlsAcceptor::from(Arc::new(config))
}

/// Answers a GET with this head; where HTTP/2 was chosen it does as such a server does with a client that sends
/// nothing: it waits.
async fn answer(stream: TcpStream, tls: TlsAcceptor, head: &'static [u8]) -> io::Result<()> {
    let mut stream = tls.accept(stream).await?;
    let mut request = [0; 1024];
    let length = stream.read(&mut request).await?;
    if stream.get_ref().1.alpn_protocol() == Some(H2) {
        assert_eq!(length, 0, "HTTP/1.1 was spoken where HTTP/2 was chosen");
        return Ok(());
    }
    stream.write_all(head).await?;
    let _ = stream.read(&mut request).await;
    Ok(())
}

const KEPT: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

/// The report of an endpoint, and how many connections that took.
async fn report(tls: TlsAcceptor, head: &'static [u8]) -> (DialReport, usize) {
    let (port, connections) = host(move |stream| answer(stream, tls.clone(), head)).await;
    let report = dialling(port, &[]).dial("here/https").await;
    (report, connections.load(Ordering::SeqCst))
}

/// Version of TLS, and the protocol that was chosen.
fn agreed(report: &DialReport) -> (&str, Option<Alpn>) {
    match &report.tls {
        Some(Tls::Finished { version, alpn, .. }) => (version, *alpn),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_version_of_tls_is_told() {
    for (version, name) in [(&TLS12, "TLS 1.2"), (&TLS13, "TLS 1.3")] {
        let (report, _) = report(acceptor(&[version], &[]), KEPT).await;
        assert_eq!(agreed(&report), (name, Some(Alpn::NotChosen)));
        assert!(is_http(report.get), "{report:?}");
    }
}

const fn is_http(dialogue: Option<Dialogue>) -> bool {
    matches!(dialogue, Some(Dialogue::Http { status: 200, .. }))
}

#[tokio::test]
async fn where_http_2_is_chosen_that_is_told_and_the_document_is_asked_for_by_http_1_1() {
    let tls = acceptor(&[&TLS13, &TLS12], &[H2, HTTP_11]);
    let (h2, connections) = report(tls, KEPT).await;
    assert_eq!(agreed(&h2), ("TLS 1.3", Some(Alpn::H2)));
    assert!(is_http(h2.get), "{h2:?}");
    // TLS, TLS and a GET, TLS and an upgrade.
    assert_eq!(connections, 3);

    let tls = acceptor(&[&TLS13, &TLS12], &[HTTP_11]);
    let (http_11, connections) = report(tls, KEPT).await;
    assert_eq!(agreed(&http_11).1, Some(Alpn::Http11));
    assert!(is_http(http_11.get), "{http_11:?}");
    assert_eq!(connections, 2);
}

#[tokio::test]
async fn of_an_endpoint_that_has_nothing_but_http_2_no_answer_is_made_up() {
    let (report, connections) = report(acceptor(&[&TLS13], &[H2]), KEPT).await;
    assert_eq!(agreed(&report), ("TLS 1.3", Some(Alpn::H2)));
    assert_eq!((report.get, report.upgrade), (None, None));
    assert_eq!(connections, 3);
}

#[tokio::test]
async fn the_type_of_an_answer_is_told_and_whether_its_connection_is_kept() {
    let (old, new) = (HttpVersion::Http10, HttpVersion::Http11);
    for (head, expected) in [
        (KEPT, (true, new, BodyEnd::Length)),
        (
            b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
            (false, new, BodyEnd::Length),
        ),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            (true, new, BodyEnd::Chunked),
        ),
        (b"HTTP/1.1 200 OK\r\n\r\n", (false, new, BodyEnd::Close)),
        (
            b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
            (false, old, BodyEnd::Length),
        ),
    ] {
        let (report, _) = report(acceptor(&[&TLS13], &[]), head).await;
        let Some(Dialogue::Http {
            keeps_open,
            version: Some(version),
            body: Some(body),
            ..
        }) = report.get
        else {
            panic!("{report:?}");
        };
        assert_eq!((keeps_open, version, body), expected, "{report:?}");
    }
}

/// A name, its addresses, and how many of each family are to be told.
type Named = (&'static str, &'static [&'static str], Option<(u32, u32)>);

#[tokio::test]
async fn the_addresses_of_a_name_are_counted_by_family_each_once() {
    if !is_inside(the_addresses_of_a_name_are_counted_by_family_each_once) {
        return;
    }
    const NAMES: [Named; 5] = [
        (
            "many.example",
            &[
                "203.0.113.7",
                "203.0.113.8",
                "203.0.113.8",
                "203.0.113.9",
                "2001:db8::7",
                "2001:db8::8",
            ],
            Some((3, 2)),
        ),
        ("four.example", &["203.0.113.7"], Some((1, 0))),
        ("six.example", &["2001:db8::7"], Some((0, 1))),
        ("none.example", &[], None),
        // One that the relay does not dial spoils the answer, and nothing is told of it.
        ("private.example", &["203.0.113.7", "10.0.0.1"], None),
    ];
    let _names = Names::serve(|name, _| {
        let known = NAMES.iter().find(|(known, ..)| *known == name);
        let texts = known.map_or(&[][..], |(_, texts, _)| texts);
        texts
            .iter()
            .map(|text| text.parse().expect("an address"))
            .collect()
    })
    .await;
    // Nobody listens there: every address refuses.
    let relay = Relay::with_tls()
        .hosts(&NAMES.map(|(name, ..)| name), 1, 1)
        .flags(&["--allow-target", "203.0.113.0/24,2001:db8::/32"])
        .start();
    for (id, (name, _, expected)) in ["here", "here1", "here2", "here3", "here4"]
        .iter()
        .zip(NAMES)
    {
        let report = relay.dial(&format!("{id}/tcp")).await;
        let expected = expected.map(|(ipv4, ipv6)| AddressCounts { ipv4, ipv6 });
        assert_eq!(report.addresses, expected, "{name} {report:?}");
    }
}
