//! One dial: the dialogue that a browser's attempt leads, from where the relay stands, step by step.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use ipnet::IpNet;
use reachcheck_wire::{Connect, Dialogue, Family, Rejection, Tls};
use rustls::RootCertStore;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use crate::{limits, target, tls};

/// Where to dial and what to ask for.
#[derive(Clone, Debug)]
pub struct Target {
    /// Host name: resolved here, and sent as SNI and Host.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// Path of the GET.
    pub path: String,
}

/// What was met.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Name and TCP.
    pub connect: Connect,
    /// TLS, once connected.
    pub tls: Option<Tls>,
    /// The answer to a GET, once TLS stands.
    pub get: Option<Dialogue>,
}

impl From<Connect> for Facts {
    fn from(connect: Connect) -> Self {
        Self {
            connect,
            tls: None,
            get: None,
        }
    }
}

/// Dials. Ends within the limits' sum whatever the target does; cannot fail.
pub async fn dial(target: &Target, allowed: &[IpNet], roots: &Arc<RootCertStore>) -> Facts {
    let addresses = match resolve(target, allowed).await {
        Ok(addresses) => addresses,
        Err(connect) => return connect.into(),
    };
    let (connect, stream) = connect_any(&addresses).await;
    let Some(stream) = stream else {
        return connect.into();
    };
    let (handshake, get) = converse(target, stream, roots).await;
    Facts {
        connect,
        tls: Some(handshake),
        get,
    }
}

/// Resolves once; the very addresses that were checked are dialled, so a name cannot change between
/// check and use. One address that may not be dialled spoils the answer.
async fn resolve(target: &Target, allowed: &[IpNet]) -> Result<Vec<SocketAddr>, Connect> {
    let lookup = tokio::net::lookup_host((target.host.as_str(), target.port));
    let addresses: Vec<SocketAddr> = match timeout(limits::DIAL_RESOLVE, lookup).await {
        Ok(Ok(addresses)) => addresses.collect(),
        Ok(Err(_)) | Err(_) => return Err(Connect::NotResolved),
    };
    if addresses.is_empty() {
        return Err(Connect::NotResolved);
    }
    if addresses
        .iter()
        .any(|address| !target::is_dialable(address.ip(), allowed))
    {
        return Err(Connect::Forbidden);
    }
    // One of each family is enough: we ask whether it can be reached, not whether all of it can.
    let first = |wanted: fn(&&SocketAddr) -> bool| addresses.iter().find(wanted).copied();
    Ok([first(|a| a.is_ipv4()), first(|a| a.is_ipv6())]
        .into_iter()
        .flatten()
        .collect())
}

/// Tries both families at once and keeps the first in the list that connects; if none does, the failure
/// that says most.
async fn connect_any(addresses: &[SocketAddr]) -> (Connect, Option<TcpStream>) {
    let attempts: Vec<_> = addresses
        .iter()
        .map(|address| tokio::spawn(connect_one(*address)))
        .collect();
    let mut best: Option<Connect> = None;
    for attempt in attempts {
        let Ok((connect, stream)) = attempt.await else {
            continue;
        };
        if stream.is_some() {
            return (connect, stream);
        }
        if best.is_none_or(|known| telling(&connect) > telling(&known)) {
            best = Some(connect);
        }
    }
    (best.unwrap_or(Connect::NotTried), None)
}

/// How much a failure says: a refusal came from there, silence may have, no route did not.
const fn telling(connect: &Connect) -> u8 {
    match connect {
        Connect::Connected { .. } => 5,
        Connect::Refused { .. } => 4,
        Connect::TimedOut { .. } => 3,
        Connect::Unreachable { .. } => 2,
        Connect::NotResolved | Connect::Forbidden => 1,
        Connect::NotTried => 0,
    }
}

async fn connect_one(address: SocketAddr) -> (Connect, Option<TcpStream>) {
    let started = Instant::now();
    let result = timeout(limits::DIAL_CONNECT, TcpStream::connect(address)).await;
    let ms = elapsed_ms(started);
    match result {
        Ok(Ok(stream)) => {
            let family = match address.ip() {
                IpAddr::V4(_) => Family::Ipv4,
                IpAddr::V6(_) => Family::Ipv6,
            };
            (Connect::Connected { ms, family }, Some(stream))
        }
        Err(_) => (Connect::TimedOut { ms }, None),
        Ok(Err(error)) => {
            let connect = match error.kind() {
                io::ErrorKind::ConnectionRefused => Connect::Refused { ms },
                io::ErrorKind::TimedOut => Connect::TimedOut { ms },
                io::ErrorKind::HostUnreachable
                | io::ErrorKind::NetworkUnreachable
                | io::ErrorKind::NetworkDown
                // ICMP "administratively prohibited" arrives as EACCES or EHOSTUNREACH.
                | io::ErrorKind::PermissionDenied => Connect::Unreachable { ms },
                _ => Connect::NotTried,
            };
            (connect, None)
        }
    }
}

async fn converse(
    target: &Target,
    stream: TcpStream,
    roots: &Arc<RootCertStore>,
) -> (Tls, Option<Dialogue>) {
    let started = Instant::now();
    let silent = |after: Duration| Tls::Silent {
        ms: after.as_secs_f64() * 1000.0,
    };
    let (Ok((config, recorder)), Ok(name)) = (
        tls::recording_client(roots),
        ServerName::try_from(target.host.clone()),
    ) else {
        return (silent(Duration::ZERO), None);
    };
    let handshake = TlsConnector::from(config).connect(name, stream);
    let mut stream = match timeout(limits::DIAL_TLS, handshake).await {
        Err(_) => return (silent(limits::DIAL_TLS), None),
        Ok(Err(error)) => {
            let rejected = Tls::Rejected {
                ms: elapsed_ms(started),
                how: rejection(&error),
            };
            return (rejected, None);
        }
        Ok(Ok(stream)) => stream,
    };
    let version = match stream.get_ref().1.protocol_version() {
        Some(rustls::ProtocolVersion::TLSv1_3) => "TLS 1.3",
        Some(rustls::ProtocolVersion::TLSv1_2) => "TLS 1.2",
        _ => "TLS",
    };
    let Some(certificate) = recorder.certificate() else {
        return (silent(Duration::ZERO), None);
    };
    let finished = Tls::Finished {
        ms: elapsed_ms(started),
        version: version.to_owned(),
        certificate,
    };
    let dialogue = ask(target, &mut stream).await;
    // Politely, or the target's log fills with errors in our name.
    let _ = timeout(Duration::from_millis(500), stream.shutdown()).await;
    (finished, Some(dialogue))
}

fn rejection(error: &io::Error) -> Rejection {
    let tls = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match (tls, error.kind()) {
        (Some(rustls::Error::AlertReceived(_)), _) => Rejection::Alert,
        (Some(_), _) => Rejection::NotTls,
        (None, io::ErrorKind::UnexpectedEof) => Rejection::Closed,
        (None, _) => Rejection::Reset,
    }
}

/// One GET, no redirects, no more of the answer than its head.
async fn ask<S>(target: &Target, stream: &mut S) -> Dialogue
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    let started = Instant::now();
    let host = if target.port == 443 {
        target.host.clone()
    } else {
        format!("{}:{}", target.host, target.port)
    };
    let request = format!(
        "GET {} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: reachcheck-relay/{}\r\nAccept: */*\r\n\r\n",
        target.path,
        env!("CARGO_PKG_VERSION")
    );
    let mut head = Vec::new();
    let mut first_ms = None;
    let exchange = async {
        stream.write_all(request.as_bytes()).await?;
        stream.flush().await?;
        let mut chunk = [0_u8; 512];
        while head.len() < HEAD_MAX && !ends_head(&head) {
            let read = stream.read(&mut chunk).await?;
            if read == 0 {
                break;
            }
            first_ms.get_or_insert_with(|| elapsed_ms(started));
            head.extend_from_slice(&chunk[..read]);
            // What does not begin like HTTP will not become it.
            if head.len() >= 5 && !head.starts_with(b"HTTP/") {
                break;
            }
        }
        Ok::<(), io::Error>(())
    };
    let ended = timeout(limits::DIAL_ANSWER, exchange).await;
    let ms = first_ms.unwrap_or_else(|| elapsed_ms(started));
    match (status(&head), ended) {
        (Some(status), _) => Dialogue::Http {
            ms,
            status,
            keeps_open: keeps_open(&head),
        },
        (None, Err(_)) if head.is_empty() => Dialogue::Silent { ms },
        (None, _) if head.is_empty() => Dialogue::Closed { ms },
        (None, _) => Dialogue::NotHttp { ms },
    }
}

/// No more of an answer is read than this many bytes.
const HEAD_MAX: usize = 8 * 1024;

fn ends_head(bytes: &[u8]) -> bool {
    bytes.windows(4).any(|window| window == b"\r\n\r\n")
}

fn status(head: &[u8]) -> Option<u16> {
    let line = std::str::from_utf8(head.get(..12)?).ok()?;
    let (version, status) = line.split_once(' ')?;
    version.strip_prefix("HTTP/1.")?;
    status
        .parse()
        .ok()
        .filter(|status| (100..600).contains(status))
}

/// Whether the connection stays for the next request (RFC 9112 section 9.3): HTTP/1.1, a whole head, and
/// no `Connection: close`.
fn keeps_open(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    text.starts_with("http/1.1")
        && ends_head(head)
        && !text.lines().any(|line| {
            line.strip_prefix("connection:")
                .is_some_and(|value| value.split(',').any(|token| token.trim() == "close"))
        })
}

fn elapsed_ms(started: Instant) -> f64 {
    // A tenth of a millisecond is all the page can use.
    (started.elapsed().as_secs_f64() * 10_000.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::{keeps_open, status};

    #[test]
    fn status_lines() {
        assert_eq!(status(b"HTTP/1.1 200 OK\r\n"), Some(200));
        assert_eq!(status(b"HTTP/1.0 503"), Some(503));
        for bytes in [
            &b"HTTP/2 200 O"[..],
            b"HTTP/1.1 xyz",
            b"HTTP/1.1",
            b"SSH-2.0-abcdefgh",
            b"HTTP/1.1 999",
        ] {
            assert_eq!(status(bytes), None);
        }
    }

    #[test]
    fn kept_connections() {
        assert!(keeps_open(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        for head in [
            &b"HTTP/1.1 200 OK\r\nConnection: Close\r\n\r\n"[..],
            b"HTTP/1.1 200 OK\r\nConnection: upgrade, close\r\n\r\n",
            b"HTTP/1.0 200 OK\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Len",
        ] {
            assert!(!keeps_open(head));
        }
    }
}
