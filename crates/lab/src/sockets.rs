//! Plain sockets from the agent's computer: what a fault looks like without a browser.

use std::io::{self, ErrorKind, Read as _, Write as _};
use std::net::{SocketAddr, SocketAddrV4, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::authority::Authority;

/// Longer than anything that answers takes in the lab.
const ANSWER: Duration = Duration::from_secs(5);

/// What silence is told by.
const SILENCE: Duration = Duration::from_millis(1500);

/// How a TCP connection begins.
#[derive(Debug)]
pub enum Opened {
    /// It stands, after so long.
    Open(TcpStream, Duration),
    /// Something answered with a refusal, after so long.
    Refused(Duration),
    /// No answer.
    Silent,
}

/// One attempt, and how long it took. The standard library sometimes sees that a connection was turned down before
/// the kernel says why ("no error set after POLLHUP"): that is asked again.
pub(crate) fn attempt(to: &SocketAddr, within: Duration) -> (io::Result<TcpStream>, Duration) {
    const TRIES: usize = 3;
    let mut tries = 0;
    loop {
        let started = Instant::now();
        let result = TcpStream::connect_timeout(to, within);
        let taken = started.elapsed();
        tries += 1;
        let has_no_reason = result.as_ref().is_err_and(|error| {
            error.raw_os_error().is_none() && error.kind() != ErrorKind::TimedOut
        });
        if !has_no_reason || tries == TRIES {
            return (result, taken);
        }
    }
}

/// Tries to connect.
///
/// # Errors
/// What is neither open, refused nor silent.
pub fn connect(to: SocketAddrV4) -> Result<Opened> {
    let (result, taken) = attempt(&SocketAddr::V4(to), SILENCE);
    match result {
        Ok(stream) => {
            stream.set_read_timeout(Some(ANSWER))?;
            stream.set_write_timeout(Some(ANSWER))?;
            Ok(Opened::Open(stream, taken))
        }
        Err(error) if error.kind() == ErrorKind::ConnectionRefused => Ok(Opened::Refused(taken)),
        Err(error) if error.kind() == ErrorKind::TimedOut => Ok(Opened::Silent),
        Err(error) => Err(error).with_context(|| to.to_string()),
    }
}

/// Connects, or says why not.
///
/// # Errors
/// If it is not open.
pub fn open(to: SocketAddrV4) -> Result<(TcpStream, Duration)> {
    match connect(to)? {
        Opened::Open(stream, taken) => Ok((stream, taken)),
        other => bail!("{to}: {other:?}"),
    }
}

/// Asks a proxy for a tunnel; gives the stream and the head of its answer.
///
/// # Errors
/// If the proxy does not answer.
pub fn tunnel(proxy: SocketAddrV4, host: &str, port: u16) -> Result<(TcpStream, String)> {
    let (mut stream, _) = open(proxy)?;
    write!(
        stream,
        "CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n"
    )?;
    let head = head(&mut stream)?;
    Ok((stream, head))
}

/// Sends a GET and gives the head of the answer.
///
/// # Errors
/// If none comes.
pub fn get(stream: &mut (impl io::Read + io::Write), host: &str, path: &str) -> Result<String> {
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    )?;
    stream.flush()?;
    head(stream)
}

/// Byte by byte, so that nothing of what follows is lost.
fn head(stream: &mut impl io::Read) -> Result<String> {
    let mut head = Vec::new();
    let mut byte = [0_u8];
    while !head.ends_with(b"\r\n\r\n") {
        ensure!(stream.read(&mut byte)? == 1, "closed before an answer");
        head.push(byte[0]);
        ensure!(head.len() < 16_384, "no end of an answer");
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}

/// Who answers in TLS.
#[derive(Debug)]
pub enum Answers {
    /// The host itself, by the lab's own certificate.
    Host(Box<Tls>),
    /// Somebody else, with a certificate that a browser of the lab trusts.
    TrustedOther(Box<Tls>),
    /// Somebody whom nobody trusts.
    Untrusted,
}

/// A TLS stream.
pub type Tls = StreamOwned<ClientConnection, TcpStream>;

/// Shakes hands and says who is there.
///
/// # Errors
/// If the handshake fails for another reason than trust.
pub fn shake_hands(stream: TcpStream, host: &str, authority: &Authority) -> Result<Answers> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(&authority.ca)?)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(host.to_owned())?;
    let client = ClientConnection::new(Arc::new(config), name)?;
    let mut tls = StreamOwned::new(client, stream);
    while tls.conn.is_handshaking() {
        if let Err(error) = tls.conn.complete_io(&mut tls.sock) {
            let text = error.to_string();
            if text.contains("UnknownIssuer") || text.contains("BadSignature") {
                return Ok(Answers::Untrusted);
            }
            return Err(error).with_context(|| host.to_owned());
        }
    }
    let own = CertificateDer::from_pem_file(&authority.cert)?;
    let shown = tls.conn.peer_certificates().and_then(|chain| chain.first());
    if shown == Some(&own) {
        Ok(Answers::Host(Box::new(tls)))
    } else {
        Ok(Answers::TrustedOther(Box::new(tls)))
    }
}

/// How long until the other side closes, if it does in time; what it says first is an error.
///
/// # Errors
/// If bytes come, or nothing happens.
pub fn closes_within(mut stream: TcpStream, deadline: Duration) -> Result<Duration> {
    stream.set_read_timeout(Some(deadline))?;
    let started = Instant::now();
    let mut chunk = [0_u8; 512];
    match stream.read(&mut chunk) {
        Ok(0) => Ok(started.elapsed()),
        Err(error) if error.kind() == ErrorKind::ConnectionReset => Ok(started.elapsed()),
        Ok(length) => bail!("{length} bytes instead of a close"),
        Err(error) => Err(error).context("open still"),
    }
}
