//! One dial: the dialogue that a browser's attempt leads, from where the relay stands, step by step.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use ipnet::IpNet;
use reachcheck_model::catalogue::Kind;
use reachcheck_wire::{AddressFamily, Connect, Dialogue, Other, Plain, Rejection, Tls};
use rustls::RootCertStore;
use rustls::pki_types::ServerName;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::time::{self, timeout, timeout_at};
use tokio_rustls::TlsConnector;

use self::http::Asking;
use crate::{limits, target, tls};

mod http;
mod plain;

/// Where to dial and what to ask for.
#[derive(Clone, Debug)]
pub struct Target {
    /// Host name: resolved here, and sent as SNI and Host.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// Path of the GET.
    pub path: String,
    /// Which kind of endpoint it is; `None` for a control, of which one dialogue is enough.
    pub kind: Option<Kind>,
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
    /// The answer to a WebSocket upgrade, on a connection of its own.
    pub upgrade: Option<Dialogue>,
    /// What comes back for bytes that are not TLS, on a connection of its own.
    pub plain: Option<Plain>,
    /// The other address family, where there is one.
    pub other: Option<Other>,
}

impl From<Connect> for Facts {
    fn from(connect: Connect) -> Self {
        Self {
            connect,
            tls: None,
            get: None,
            upgrade: None,
            plain: None,
            other: None,
        }
    }
}

/// Dials. Ends by `until` whatever the target does; cannot fail. A step that was cut short then is not told at all.
pub async fn dial(
    target: &Target,
    allowed: &[IpNet],
    roots: &Arc<RootCertStore>,
    until: time::Instant,
) -> Facts {
    let dial = Dial {
        target,
        roots,
        until,
    };
    let addresses = match dial.resolve(allowed).await {
        Ok(addresses) => addresses,
        Err(connect) => return connect.into(),
    };
    match addresses[..] {
        [first, second] => dial.both([first, second]).await,
        [only] => {
            let (connect, stream) = connect_one(only, until).await;
            dial.lead(connect, stream).await
        }
        _ => Connect::NotTried.into(),
    }
}

/// Which deadline ended the wait for a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Late {
    /// The step's own: it had all its time.
    Step,
    /// The whole dial's, which came first: nothing can be said of the step.
    Dial,
}

/// Waits for a step as long as it may take, and not beyond the end of its dial.
async fn within<T>(
    longest: Duration,
    until: time::Instant,
    step: impl Future<Output = T>,
) -> Result<T, Late> {
    let own = time::Instant::now() + longest;
    let late = if own <= until { Late::Step } else { Late::Dial };
    timeout_at(own.min(until), step).await.map_err(|_| late)
}

/// One dial under way.
#[derive(Clone, Copy)]
struct Dial<'dial> {
    target: &'dial Target,
    roots: &'dial Arc<RootCertStore>,
    /// When it has to be over.
    until: time::Instant,
}

impl Dial<'_> {
    /// Dials both address families side by side. What is told in full is the first of the two that connects soon, else
    /// the one that connects at all, else the failure that says most; of the other, how far it came.
    async fn both(self, addresses: [SocketAddr; 2]) -> Facts {
        let began = Instant::now();
        let soon = time::Instant::now() + limits::DIAL_OTHER;
        // Tasks, since both must begin at once.
        let mut attempts = addresses.map(|address| tokio::spawn(connect_one(address, self.until)));
        let mut met: [Option<Met>; 2] = [None, None];
        let [first, second] = &mut attempts;
        if let Ok(early) = timeout_at(soon, &mut *first).await {
            met[0] = Some(early.unwrap_or(NOT_TRIED));
        }
        while !met.iter().flatten().any(|(_, stream)| stream.is_some())
            && met.iter().any(Option::is_none)
        {
            tokio::select! {
                done = &mut *first, if met[0].is_none() => met[0] = Some(done.unwrap_or(NOT_TRIED)),
                done = &mut *second, if met[1].is_none() => met[1] = Some(done.unwrap_or(NOT_TRIED)),
            }
        }
        let says = |met: &Option<Met>| met.as_ref().map_or(0, |(connect, _)| telling(connect));
        let full = usize::from(says(&met[1]) > says(&met[0]));
        let (connect, stream) = met[full].take().unwrap_or(NOT_TRIED);
        let beside = 1 - full;
        let other = async {
            let pending = if beside == 0 { first } else { second };
            let (connect, stream) = match met[beside].take() {
                Some(met) => met,
                None => match timeout_at(soon, pending).await {
                    Ok(done) => done.unwrap_or(NOT_TRIED),
                    Err(_) => (
                        Connect::TimedOut {
                            ms: elapsed_ms(began),
                        },
                        None,
                    ),
                },
            };
            let tls = match stream {
                Some(stream) if self.target.kind.is_some() => {
                    let handshake = self.converse(stream, Asking::Nothing);
                    let silent = Tls::Silent {
                        ms: limits::DIAL_OTHER.as_secs_f64() * 1000.0,
                    };
                    let handshake = timeout(limits::DIAL_OTHER, handshake).await;
                    handshake.map_or(Some(silent), |(tls, _)| tls)
                }
                _ => None,
            };
            Other {
                family: family(addresses[beside]),
                connect,
                tls,
            }
        };
        let (facts, other) = tokio::join!(self.lead(connect, stream), other);
        attempts.iter().for_each(tokio::task::JoinHandle::abort);
        Facts {
            other: Some(other),
            ..facts
        }
    }

    /// All dialogues, with the address that is connected.
    async fn lead(self, connect: Connect, stream: Option<TcpStream>) -> Facts {
        let Some(stream) = stream else {
            return connect.into();
        };
        // To the very address that has answered, and side by side: a page waits for the slowest.
        let Ok(address) = stream.peer_addr() else {
            return connect.into();
        };
        let ((handshake, get), upgrade, plain) = tokio::join!(
            self.converse(stream, Asking::Document),
            async {
                self.target.kind?;
                self.upgrade(address).await
            },
            async {
                match self.target.kind? {
                    Kind::Tcp => {
                        let (_, stream) = connect_one(address, self.until).await;
                        plain::ask(stream?, self.until).await
                    }
                    Kind::Https => None,
                }
            },
        );
        Facts {
            connect,
            tls: handshake,
            get,
            upgrade,
            plain,
            other: None,
        }
    }

    /// A WebSocket upgrade; nothing where TLS does not stand with a trusted certificate, for there a browser would
    /// not come so far.
    async fn upgrade(self, address: SocketAddr) -> Option<Dialogue> {
        let (_, stream) = connect_one(address, self.until).await;
        let (handshake, dialogue) = self.converse(stream?, Asking::Upgrade).await;
        match handshake? {
            Tls::Finished { certificate, .. } if certificate.fault.is_none() => dialogue,
            _ => None,
        }
    }

    /// Resolves once; the very addresses that were checked are dialled, so a name cannot change between
    /// check and use. One address that may not be dialled spoils the answer.
    async fn resolve(self, allowed: &[IpNet]) -> Result<Vec<SocketAddr>, Connect> {
        let lookup = tokio::net::lookup_host((self.target.host.as_str(), self.target.port));
        let looked_up = within(limits::DIAL_RESOLVE, self.until, lookup).await;
        let addresses: Vec<SocketAddr> = match looked_up {
            Ok(Ok(addresses)) => addresses.collect(),
            Ok(Err(_)) | Err(Late::Step) => return Err(Connect::NotResolved),
            Err(Late::Dial) => return Err(Connect::NotTried),
        };
        if addresses.is_empty() {
            return Err(Connect::NotResolved);
        }
        let is_forbidden = |address: &SocketAddr| {
            let address = address.ip();
            !target::is_dialable(address, allowed)
                || target::is_own(address) && !target::is_allowed(address, allowed)
        };
        if addresses.iter().any(is_forbidden) {
            return Err(Connect::Forbidden);
        }
        // One of each family is enough: we ask whether it can be reached, not whether all of it can.
        let first = |wanted: fn(&&SocketAddr) -> bool| addresses.iter().find(wanted).copied();
        Ok([first(|a| a.is_ipv4()), first(|a| a.is_ipv6())]
            .into_iter()
            .flatten()
            .collect())
    }

    /// TLS and one request inside it, on a connection that stands.
    async fn converse(self, stream: TcpStream, asking: Asking) -> (Option<Tls>, Option<Dialogue>) {
        let started = Instant::now();
        let silent = |after: Duration| Tls::Silent {
            ms: after.as_secs_f64() * 1000.0,
        };
        let (Ok((config, recorder)), Ok(name)) = (
            tls::recording_client(self.roots),
            ServerName::try_from(self.target.host.clone()),
        ) else {
            return (Some(silent(Duration::ZERO)), None);
        };
        let handshake = TlsConnector::from(config).connect(name, stream);
        let mut stream = match within(limits::DIAL_TLS, self.until, handshake).await {
            Err(Late::Step) => return (Some(silent(limits::DIAL_TLS)), None),
            Err(Late::Dial) => return (None, None),
            Ok(Err(error)) => {
                let rejected = Tls::Rejected {
                    ms: elapsed_ms(started),
                    how: rejection(&error),
                };
                return (Some(rejected), None);
            }
            Ok(Ok(stream)) => stream,
        };
        let version = match stream.get_ref().1.protocol_version() {
            Some(rustls::ProtocolVersion::TLSv1_3) => "TLS 1.3",
            Some(rustls::ProtocolVersion::TLSv1_2) => "TLS 1.2",
            _ => "TLS",
        };
        let Some(certificate) = recorder.certificate() else {
            return (Some(silent(Duration::ZERO)), None);
        };
        let finished = Tls::Finished {
            ms: elapsed_ms(started),
            version: version.to_owned(),
            certificate,
        };
        let dialogue = match asking {
            Asking::Nothing => None,
            _ => http::ask(self.target, &mut stream, asking, self.until).await,
        };
        // Politely, or the target's log fills with errors in our name.
        let _ = within(limits::DIAL_FAREWELL, self.until, stream.shutdown()).await;
        (Some(finished), dialogue)
    }
}

/// How a connection went, and the connection.
type Met = (Connect, Option<TcpStream>);

const NOT_TRIED: Met = (Connect::NotTried, None);

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

const fn family(address: SocketAddr) -> AddressFamily {
    match address.ip() {
        IpAddr::V4(_) => AddressFamily::Ipv4,
        IpAddr::V6(_) => AddressFamily::Ipv6,
    }
}

async fn connect_one(address: SocketAddr, until: time::Instant) -> Met {
    let started = Instant::now();
    let connecting = TcpStream::connect(address);
    let result = within(limits::DIAL_CONNECT, until, connecting).await;
    let ms = elapsed_ms(started);
    match result {
        Ok(Ok(stream)) => {
            let family = family(address);
            (Connect::Connected { ms, family }, Some(stream))
        }
        Err(Late::Step) => (Connect::TimedOut { ms }, None),
        Err(Late::Dial) => NOT_TRIED,
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

/// Reads the head of an endpoint's answer as a dial does, for [`crate::foreign`].
pub fn read_answer(head: &[u8]) -> (Option<u16>, bool) {
    (http::status(head), http::keeps_open(head))
}

fn elapsed_ms(started: Instant) -> f64 {
    // A tenth of a millisecond is all the page can use.
    (started.elapsed().as_secs_f64() * 10_000.0).round() / 10.0
}
