//! TLS inside a dial: a handshake, and one request once it stands.

use std::io;
use std::time::{Duration, Instant};

use reachcheck_wire::{Alpn, Dialogue, Rejection, Tls};
use rustls::ProtocolVersion;
use rustls::pki_types::ServerName;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::http::{self, Asking};
use super::{Dial, Late, elapsed_ms, within};
use crate::{limits, tls};

/// What a ClientHello offers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hello {
    /// Protocols (ALPN), the preferred first.
    protocols: &'static [&'static [u8]],
}

impl Hello {
    /// A `fetch`'s: HTTP/2 or HTTP/1.1.
    pub(super) const EITHER: Self = Self {
        protocols: &[H2, HTTP_11],
    };
    /// A WebSocket's, and that of whoever speaks no HTTP/2: HTTP/1.1 alone.
    pub(super) const HTTP_11: Self = Self {
        protocols: &[HTTP_11],
    };
}

const H2: &[u8] = b"h2";
const HTTP_11: &[u8] = b"http/1.1";

/// What a conversation came to.
#[derive(Debug, Default)]
pub(super) struct Conversation {
    /// The handshake; nothing if the dial's end came first.
    pub(super) tls: Option<Tls>,
    /// The answer to the request; nothing, too, where HTTP/2 was chosen, which is not spoken here.
    pub(super) dialogue: Option<Dialogue>,
}

impl Conversation {
    /// Whether the endpoint chose HTTP/2.
    pub(super) const fn is_h2(&self) -> bool {
        matches!(
            self.tls,
            Some(Tls::Finished {
                alpn: Some(Alpn::H2),
                ..
            })
        )
    }
}

impl From<Tls> for Conversation {
    fn from(tls: Tls) -> Self {
        Self {
            tls: Some(tls),
            dialogue: None,
        }
    }
}

impl Dial<'_> {
    /// TLS and one request inside it, on a connection that stands.
    pub(super) async fn converse(
        self,
        stream: TcpStream,
        hello: Hello,
        asking: Asking,
    ) -> Conversation {
        let started = Instant::now();
        let silent = |after: Duration| Tls::Silent {
            ms: after.as_secs_f64() * 1000.0,
        };
        let (Ok((config, recorder)), Ok(name)) = (
            tls::recording_client(self.roots, hello.protocols),
            ServerName::try_from(self.target.host.clone()),
        ) else {
            return silent(Duration::ZERO).into();
        };
        let handshake = TlsConnector::from(config).connect(name, stream);
        let mut stream = match within(limits::DIAL_TLS, self.until, handshake).await {
            Err(Late::Step) => return silent(limits::DIAL_TLS).into(),
            Err(Late::Dial) => return Conversation::default(),
            Ok(Err(error)) => {
                let rejected = Tls::Rejected {
                    ms: elapsed_ms(started),
                    how: rejection(&error),
                };
                return rejected.into();
            }
            Ok(Ok(stream)) => stream,
        };
        let Some(certificate) = recorder.certificate() else {
            return silent(Duration::ZERO).into();
        };
        let session = stream.get_ref().1;
        let mut met = Conversation::from(Tls::Finished {
            ms: elapsed_ms(started),
            version: version(session.protocol_version()).to_owned(),
            certificate,
            alpn: (hello.protocols.len() > 1).then(|| chosen(session.alpn_protocol())),
        });
        if asking != Asking::Nothing && !met.is_h2() {
            met.dialogue = http::ask(self.target, &mut stream, asking, self.until).await;
        }
        // Politely, or the target's log fills with errors in our name.
        let _ = within(limits::DIAL_FAREWELL, self.until, stream.shutdown()).await;
        met
    }
}

fn version(negotiated: Option<ProtocolVersion>) -> &'static str {
    match negotiated {
        Some(ProtocolVersion::TLSv1_3) => "TLS 1.3",
        Some(ProtocolVersion::TLSv1_2) => "TLS 1.2",
        _ => "TLS",
    }
}

/// What was chosen of two protocols; rustls refuses a third (RFC 7301 section 3.2).
fn chosen(protocol: Option<&[u8]>) -> Alpn {
    match protocol {
        Some(H2) => Alpn::H2,
        Some(_) => Alpn::Http11,
        None => Alpn::NotChosen,
    }
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
