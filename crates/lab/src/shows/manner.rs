//! That a host goes wrong in the way that its manner's name says, for whom it should.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use rustls::CertificateError;
use rustls::Error::InvalidCertificate;

use super::hear::{self, Heard};
use super::look;
use crate::addresses::{self, Place};
use crate::authority::{Authority, Flaw};
use crate::namespaces::Namespace;
use crate::servers::Odd;
use crate::servers::manner::Manner;
use crate::sockets::{Answers, shake_hands};

/// How much longer than it should an answer may take where the machine is busy.
const SLACK: Duration = Duration::from_secs(2);

/// A ClientHello of a usual length, in bytes.
const HELLO: u16 = 300;

/// A WebSocket's request (RFC 6455 section 1.3).
const UPGRADE: &str = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

impl Odd {
    /// Shows it.
    ///
    /// # Errors
    /// With what is otherwise.
    pub fn shows(&self, authority: &Authority) -> Result<()> {
        let place = addresses::place(&self.region, self.kind());
        look::together(
            || self.manner.shows(&place, true, authority),
            || {
                look::from(Namespace::Relay, || {
                    if self.for_agent_alone {
                        look::is_well(&place, authority)
                    } else {
                        self.manner.shows(&place, false, authority)
                    }
                })
            },
            || look::neighbours_are_well(&self.region, self.kind(), authority),
        )
        .with_context(|| format!("{self:?}"))
    }

    const fn kind(&self) -> reachcheck_model::catalogue::Kind {
        if self.is_https {
            reachcheck_model::catalogue::Kind::Https
        } else {
            reachcheck_model::catalogue::Kind::Tcp
        }
    }
}

impl Manner {
    /// Shows it from where we are, which is across the path or not.
    fn shows(&self, place: &Place, is_far: bool, authority: &Authority) -> Result<()> {
        let host = place.host.as_str();
        let answers = |path: &str, more: &str, status: u16| -> Result<String> {
            let (head, _) = look::ask(&mut look::tls(place, authority)?, host, path, more)?;
            let start = format!("HTTP/1.1 {status} ");
            ensure!(head.starts_with(&start), "{head}");
            Ok(head)
        };
        let hears = |words: &[u8], should: &Heard| hears(place, words, should, is_far);
        let hello = hear::hello(HELLO);
        match self {
            Self::Status(code) => answers("/anything", "", *code).map(drop),
            Self::Redirect(to) => {
                let head = answers("/anything", "", 302)?;
                ensure!(head.contains(&format!("\r\nLocation: {to}\r\n")), "{head}");
                Ok(())
            }
            Self::Slow(ms) => is_slow(place, *ms, authority),
            Self::Upgrade(code) => {
                answers("/", "", 200)?;
                answers("/", UPGRADE, *code).map(drop)
            }
            Self::Certificate(flaw) => flaw.shows(place, authority),
            Self::Alert(number) => hears(&hello, &Heard::Bytes(vec![21, 3, 3, 0, 2, 2, *number])),
            Self::PlainHttp => {
                let (heard, _) = hear::say(&mut look::open(look::at(place))?.0, &hello)?;
                let is_http =
                    matches!(&heard, Heard::Bytes(bytes) if bytes.starts_with(b"HTTP/1.1 400 "));
                ensure!(is_http, "{heard:?}");
                Ok(())
            }
            Self::Banner => {
                let (mut stream, _) = look::open(look::at(place))?;
                let (heard, _) = hear::say(&mut stream, b"")?;
                ensure!(
                    matches!(&heard, Heard::Bytes(bytes) if bytes.starts_with(b"220 ")),
                    "{heard:?}"
                );
                let (heard, _) = hear::say(&mut stream, &hello)?;
                ensure!(heard == Heard::Silence, "then {heard:?}");
                Ok(())
            }
            Self::Closes => {
                let (mut stream, _) = look::open(look::at(place))?;
                let (heard, _) = hear::say(&mut stream, b"")?;
                ensure!(heard == Heard::Closed, "{heard:?}");
                Ok(())
            }
            Self::ClosesOnHello => {
                waits_for_words(place)?;
                hears(&hello, &Heard::Closed)
            }
            Self::ResetsOnHello => {
                waits_for_words(place)?;
                hears(&hello, &Heard::Reset)
            }
            Self::Silent => hears(&hello, &Heard::Silence),
            Self::SilentAfterTls => after_tls(place, &Heard::Silence, authority),
            Self::ClosesAfterTls => after_tls(place, &Heard::Closed, authority),
            Self::Unsteady => is_unsteady(place, authority),
        }
    }
}

/// What the host says to these first bytes; nobody nearer may say it.
fn hears(place: &Place, words: &[u8], should: &Heard, is_far: bool) -> Result<()> {
    let (mut stream, _) = look::open(look::at(place))?;
    let (heard, taken) = hear::say(&mut stream, words)?;
    ensure!(heard == *should, "{heard:?}, not {should:?}");
    ensure!(!is_far || taken > look::PATH, "after {taken:?}");
    Ok(())
}

/// Nothing happens before the first bytes.
fn waits_for_words(place: &Place) -> Result<()> {
    let (mut stream, _) = look::open(look::at(place))?;
    let (heard, _) = hear::say(&mut stream, b"")?;
    ensure!(heard == Heard::Silence, "unasked: {heard:?}");
    Ok(())
}

/// Its handshake is as quick as any, its answer is not.
pub fn is_slow(place: &Place, ms: u64, authority: &Authority) -> Result<()> {
    let mut tls = look::tls(place, authority)?;
    let started = Instant::now();
    let (head, _) = look::ask(&mut tls, &place.host, "/", "")?;
    let taken = started.elapsed();
    ensure!(head.starts_with("HTTP/1.1 200 "), "{head}");
    let should = Duration::from_millis(ms);
    ensure!(
        taken >= should && taken < should + SLACK,
        "after {taken:?}, not {should:?}"
    );
    Ok(())
}

/// What the host does with a request once TLS stands.
pub fn after_tls(place: &Place, should: &Heard, authority: &Authority) -> Result<()> {
    let mut tls = look::tls(place, authority)?;
    let request = format!("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", place.host);
    let (heard, _) = hear::say(&mut tls, request.as_bytes())?;
    ensure!(heard == *should, "{heard:?}, not {should:?}");
    Ok(())
}

/// Some requests are answered, some are closed on, and nothing else happens. Others ask at the same time, so
/// which of ours are which is not known.
fn is_unsteady(place: &Place, authority: &Authority) -> Result<()> {
    const TIMES: usize = 20;
    let request = format!("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", place.host);
    let mut answered = 0;
    for _ in 0..TIMES {
        match hear::say(&mut look::tls(place, authority)?, request.as_bytes())?.0 {
            Heard::Bytes(bytes) if bytes.starts_with(b"HTTP/1.1 200 ") => answered += 1,
            Heard::Closed => {}
            other => anyhow::bail!("{other:?}"),
        }
    }
    ensure!(
        answered > 0 && answered < TIMES,
        "{answered} of {TIMES} were answered"
    );
    Ok(())
}

impl Flaw {
    /// Shows it: a client that is strict refuses the certificate for this reason and no other.
    fn shows(self, place: &Place, authority: &Authority) -> Result<()> {
        let shake = |authority: &Authority| {
            let (stream, _) = look::open(look::at(place))?;
            shake_hands(stream, &place.host, authority)
        };
        let folder = authority.ca.parent().context("the lab's folder")?;
        // For somebody who trusts the very certificate.
        let trusting = Authority {
            ca: self.files(folder).0,
            cert: self.files(folder).0,
            ..authority.clone()
        };
        match self {
            Self::Untrusted => {
                let answers = (shake(authority)?, shake(&trusting)?);
                // Its own signature would have satisfied the second.
                ensure!(
                    matches!(answers, (Answers::Untrusted, Answers::Untrusted)),
                    "{answers:?}"
                );
                Ok(())
            }
            Self::SelfSigned => {
                let answers = (shake(authority)?, shake(&trusting)?);
                ensure!(
                    matches!(answers, (Answers::Untrusted, Answers::Host(_))),
                    "{answers:?}"
                );
                Ok(())
            }
            Self::Expired | Self::NotYetValid | Self::BeginsTomorrow | Self::WrongName => {
                let error = match shake(authority) {
                    Ok(answers) => anyhow::bail!("{answers:?}"),
                    Err(error) => error,
                };
                let error = certificate_error(&error).with_context(|| format!("{error:#}"))?;
                ensure!(self.is(error), "{error:?}");
                Ok(())
            }
        }
    }

    /// Whether this is what a strict client says of it.
    const fn is(self, error: &CertificateError) -> bool {
        match self {
            Self::Untrusted | Self::SelfSigned => matches!(error, CertificateError::UnknownIssuer),
            Self::Expired => matches!(
                error,
                CertificateError::Expired | CertificateError::ExpiredContext { .. }
            ),
            Self::NotYetValid | Self::BeginsTomorrow => matches!(
                error,
                CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. }
            ),
            Self::WrongName => matches!(
                error,
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. }
            ),
        }
    }
}

fn certificate_error(error: &anyhow::Error) -> Option<&CertificateError> {
    let error = error.downcast_ref::<std::io::Error>()?;
    match error.get_ref()?.downcast_ref::<rustls::Error>()? {
        InvalidCertificate(error) => Some(error),
        _ => None,
    }
}
