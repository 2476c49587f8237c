//! Rows about TLS and HTTP of the endpoints: which version is agreed on, and what becomes of a connection after an
//! answer.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream, UdpSocket};
use std::sync::Arc;

use anyhow::{Context as _, Result, bail, ensure};
use reachcheck_model::catalogue::Kind;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, ProtocolVersion, RootCertStore, StreamOwned};

use super::places::{at, well};
use super::row::{Answer, Row, Sees};
use super::site::{ANSWER, SILENCE, Site};
use crate::addresses::{self, EndpointAddress};
use crate::namespaces::Namespace;
use crate::servers::web::{ALT_SVC, HttpVersion, Web};

/// What the endpoints speak, to the agent and to the relay; the page's host speaks what it always does.
pub fn web(web: Web) -> Vec<Row> {
    let version = if web.tls12_alone {
        ProtocolVersion::TLSv1_2
    } else {
        ProtocolVersion::TLSv1_3
    };
    let page = EndpointAddress {
        region: String::new(),
        kind: Kind::Https,
        host: addresses::PAGE_NAME.to_owned(),
        address: addresses::PAGE,
    };
    let again = || {
        let page = well_page();
        page.gets("/app/", Answer::status(200))
    };
    let mut rows = vec![agrees(page, ProtocolVersion::TLSv1_3, b"http/1.1"), again()];
    for place in addresses::places() {
        let is_two = place.kind == Kind::Https && web.http == HttpVersion::Two;
        let alpn: &[u8] = if is_two { b"h2" } else { b"http/1.1" };
        for from in [Namespace::Agent, Namespace::Relay] {
            rows.push(agrees(place.clone(), version, alpn).seen_from(from));
            rows.push(goes_on(&place, web.http).seen_from(from));
            if is_two {
                let place = place.clone();
                let answers = Row::procedure(move |site| answers_by_frames(&place, site));
                rows.push(answers.seen_from(from));
            }
        }
    }
    if web.offers_http3 {
        rows.extend(offers_http3(web.http));
    }
    rows
}

/// Every HTTP/1.1 answer offers HTTP/3, and to UDP nobody says a word, not even by ICMP.
fn offers_http3(http: HttpVersion) -> Vec<Row> {
    let mut rows = Vec::new();
    for place in addresses::places() {
        let answer = Answer::status(200).head(ALT_SVC);
        let is_nginx = http == HttpVersion::Two && place.kind == Kind::Https;
        if !is_nginx {
            rows.push(super::places::tls(&place).gets("/", answer));
        }
        rows.push(Row::procedure(move |_| {
            let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))?;
            socket.connect(at(&place))?;
            socket.set_read_timeout(Some(SILENCE))?;
            // As long as a first packet of QUIC (RFC 9000 section 14.1).
            socket.send(&[0xc0; 1200])?;
            let heard = socket.recv(&mut [0_u8; 1500]);
            let kind = heard.as_ref().map_err(std::io::Error::kind);
            ensure!(kind == Err(ErrorKind::WouldBlock), "{heard:?}");
            Ok(())
        }));
    }
    rows
}

fn well_page() -> Row {
    let page = Row::to((addresses::PAGE, 443)).tls(addresses::PAGE_NAME);
    page.gets("/app/", Answer::status(200))
}

/// What becomes of a connection after an HTTP/1.1 answer.
fn goes_on(place: &EndpointAddress, http: HttpVersion) -> Row {
    match http {
        HttpVersion::Closes => {
            let answer = Answer::status(200).head("\r\nConnection: close\r\n");
            let row = super::places::tls(place).gets("/", answer);
            row.hears(Sees::Closed)
        }
        HttpVersion::KeepsAlive | HttpVersion::Two => well(place).gets("/", Answer::status(200)),
    }
}

/// Somebody who speaks everything agrees on these with an endpoint.
fn agrees(place: EndpointAddress, version: ProtocolVersion, alpn: &'static [u8]) -> Row {
    Row::procedure(move |site| {
        let tls = shake_hands(&place, site)?;
        let agreed = (tls.conn.protocol_version(), tls.conn.alpn_protocol());
        ensure!(
            agreed == (Some(version), Some(alpn)),
            "{}: {agreed:?}, not {version:?} and {}",
            place.host,
            alpn.escape_ascii()
        );
        Ok(())
    })
}

type Tls = StreamOwned<ClientConnection, TcpStream>;

/// A handshake that offers TLS 1.2 and 1.3, HTTP/2 and HTTP/1.1, as browsers do.
fn shake_hands(place: &EndpointAddress, site: &Site<'_>) -> Result<Tls> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(&site.lab.authority.ca)?)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let name = ServerName::try_from(place.host.clone())?;
    let client = ClientConnection::new(Arc::new(config), name)?;
    let stream = TcpStream::connect_timeout(&at(place), ANSWER)?;
    stream.set_read_timeout(Some(ANSWER))?;
    let mut tls = StreamOwned::new(client, stream);
    while tls.conn.is_handshaking() {
        tls.conn.complete_io(&mut tls.sock)?;
    }
    Ok(tls)
}

/// What a client of HTTP/2 says first (RFC 9113 section 3.4), and an empty SETTINGS frame.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";
/// Frame type HEADERS (RFC 9113 section 6.2), and its flags END_STREAM and END_HEADERS.
const HEADERS: u8 = 1;
const IS_ALL: u8 = 0x05;
/// `:status: 200`, `:method: GET`, `:scheme: https`, `:path: /` and the name `:authority` to come (RFC 7541 appendix A).
const OK: u8 = 0x88;
const GET: [u8; 4] = [0x82, 0x87, 0x84, 0x41];

/// A GET in HTTP/2 is answered with 200, twice on one connection.
fn answers_by_frames(place: &EndpointAddress, site: &Site<'_>) -> Result<()> {
    let mut tls = shake_hands(place, site)?;
    tls.write_all(PREFACE)?;
    for stream in [1, 3] {
        let host = place.host.as_bytes();
        let host_length = u8::try_from(host.len())?;
        let block = [&GET[..], &[host_length], host].concat();
        let length = u8::try_from(block.len())?;
        let head = [0, 0, length, HEADERS, IS_ALL, 0, 0, 0, stream];
        tls.write_all(&[&head[..], &block].concat())?;
        let answer = headers_of(&mut tls, stream)
            .with_context(|| format!("HTTP/2 with {}, stream {stream}", place.host))?;
        // Tables' sizes may be told first (RFC 7541 section 6.3).
        let status = answer.iter().find(|byte| **byte & 0xe0 != 0x20);
        ensure!(status == Some(&OK), "not 200: {}", answer.escape_ascii());
    }
    Ok(())
}

/// The header block of a stream's first HEADERS frame.
fn headers_of(tls: &mut Tls, stream: u8) -> Result<Vec<u8>> {
    for _ in 0..32 {
        let mut head = [0_u8; 9];
        tls.read_exact(&mut head)?;
        let length = usize::from(head[0]) << 16 | usize::from(head[1]) << 8 | usize::from(head[2]);
        let mut body = vec![0_u8; length];
        tls.read_exact(&mut body)?;
        if head[3] == HEADERS && head[8] == stream {
            return Ok(body);
        }
    }
    bail!("no answer among 32 frames")
}
