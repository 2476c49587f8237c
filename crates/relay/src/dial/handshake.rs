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
use super::segments::TwoWrites;
use super::{Dial, Late, elapsed_ms, within};
use crate::limits;
use crate::tls::{self, HelloSize};

/// A ClientHello: its size, and what it offers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hello {
    size: HelloSize,
    /// Protocols (ALPN), the preferred first.
    protocols: &'static [&'static [u8]],
}

impl Hello {
    /// A `fetch`'s offer: HTTP/2 or HTTP/1.1.
    pub(super) const fn either(size: HelloSize) -> Self {
        Self {
            size,
            protocols: &[H2, HTTP_11],
        }
    }

    /// A WebSocket's offer, and that of whoever speaks no HTTP/2: HTTP/1.1 alone.
    pub(super) const fn http_11(size: HelloSize) -> Self {
        Self {
            size,
            protocols: &[HTTP_11],
        }
    }
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
    /// Whether the hello was answered with a certificate; nothing if the dial's end came first.
    pub(super) is_answered: Option<bool>,
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
        let without_answer = |tls, is_answered| Conversation {
            tls: Some(tls),
            dialogue: None,
            is_answered: Some(is_answered),
        };
        let (Ok((config, recorder)), Ok(name)) = (
            tls::recording_client(self.roots, hello.size, hello.protocols),
            ServerName::try_from(self.target.host.clone()),
        ) else {
            return without_answer(silent(Duration::ZERO), false);
        };
        let stream = match hello.size {
            // Where the option cannot be set the second write is late, and goes all the same.
            HelloSize::BrowserSized => {
                let _ = stream.set_nodelay(true);
                TwoWrites::new(stream)
            }
            HelloSize::Small => TwoWrites::uncut(stream),
        };
        let is_answered = || recorder.certificate().is_some();
        let handshake = TlsConnector::from(config).connect(name, stream);
        let mut stream = match within(limits::DIAL_TLS, self.until, handshake).await {
            Err(Late::Step) => return without_answer(silent(limits::DIAL_TLS), is_answered()),
            Err(Late::Dial) => return Conversation::default(),
            Ok(Err(error)) => {
                let rejected = Tls::Rejected {
                    ms: elapsed_ms(started),
                    how: rejection(&error),
                };
                return without_answer(rejected, is_answered());
            }
            Ok(Ok(stream)) => stream,
        };
        let Some(certificate) = recorder.certificate() else {
            return without_answer(silent(Duration::ZERO), false);
        };
        let session = stream.get_ref().1;
        let finished = Tls::Finished {
            ms: elapsed_ms(started),
            version: version(session.protocol_version()).to_owned(),
            certificate,
            alpn: (hello.protocols.len() > 1).then(|| chosen(session.alpn_protocol())),
        };
        let mut met = without_answer(finished, true);
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
