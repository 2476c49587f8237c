//! One dial: the dialogue that a browser's attempt leads, from where the relay stands, step by step.

use std::collections::BTreeSet;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use ipnet::IpNet;
use reachcheck_model::catalogue::Kind;
use reachcheck_wire::{
    AddressCounts, AddressFamily, AnsweredHello, Connect, Dialogue, Other, Plain, Tls,
};
use rustls::RootCertStore;
use tokio::net::TcpStream;
use tokio::time::{self, timeout_at};

use self::handshake::{Conversation, Hello};
use self::http::Asking;
use crate::tls::HelloSize;
use crate::{limits, target};

mod body;
mod families;
mod handshake;
mod http;
mod plain;
mod segments;

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
#[derive(Clone, Debug, Default)]
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
    /// How many addresses the name has.
    pub addresses: Option<AddressCounts>,
    /// Which ClientHello was answered.
    pub hello: Option<AnsweredHello>,
}

impl From<Connect> for Facts {
    fn from(connect: Connect) -> Self {
        Self {
            connect,
            ..Self::default()
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
    let (addresses, counts) = match dial.resolve(allowed).await {
        Ok(resolved) => resolved,
        Err(connect) => return connect.into(),
    };
    let facts = match addresses[..] {
        [first, second] => dial.both([first, second]).await,
        [only] => {
            let (connect, stream) = connect_one(only, until).await;
            dial.lead(connect, stream).await
        }
        _ => Connect::NotTried.into(),
    };
    Facts {
        addresses: Some(counts),
        ..facts
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
    /// All dialogues, with the address that is connected.
    async fn lead(self, connect: Connect, stream: Option<TcpStream>) -> Facts {
        let Some(stream) = stream else {
            return connect.into();
        };
        // To the very address that has answered, and side by side: a page waits for the slowest.
        let Ok(address) = stream.peer_addr() else {
            return connect.into();
        };
        let Some(kind) = self.target.kind else {
            let hello = Hello::http_11(HelloSize::Small);
            let met = self.converse(stream, hello, Asking::Document).await;
            return Facts {
                connect,
                tls: met.tls,
                get: met.dialogue,
                ..Facts::default()
            };
        };
        let (browser_sized, small, plain) = tokio::join!(
            self.document(stream, address, HelloSize::BrowserSized),
            self.upgrade(address),
            async {
                match kind {
                    Kind::Tcp => {
                        let (_, stream) = connect_one(address, self.until).await;
                        plain::ask(stream?, self.until).await
                    }
                    Kind::Https => None,
                }
            },
        );
        let upgrade = match &small.tls {
            Some(Tls::Finished { certificate, .. }) if certificate.fault.is_none() => {
                small.dialogue
            }
            // A browser would not come so far.
            _ => None,
        };
        let (hello, document) = self.by_answered_hello(address, browser_sized, small).await;
        Facts {
            connect,
            tls: document.tls,
            get: document.dialogue,
            upgrade,
            plain,
            hello,
            ..Facts::default()
        }
    }

    /// The document, as `fetch` asks for it. Where HTTP/2 is chosen it is asked for again, on a second connection that
    /// does not offer that: HTTP/2 is not spoken here, and the answer shows the same of the endpoint.
    async fn document(
        self,
        stream: TcpStream,
        address: SocketAddr,
        size: HelloSize,
    ) -> Conversation {
        let either = self.converse(stream, Hello::either(size), Asking::Document);
        let met = either.await;
        if !met.is_h2() {
            return met;
        }
        let again = self.anew(address, Hello::http_11(size), Asking::Document);
        Conversation {
            dialogue: again.await.dialogue,
            ..met
        }
    }

    /// A WebSocket upgrade. Its hello is the small one, so it also shows whether that is answered.
    async fn upgrade(self, address: SocketAddr) -> Conversation {
        let hello = Hello::http_11(HelloSize::Small);
        self.anew(address, hello, Asking::Upgrade).await
    }

    /// A conversation on a connection of its own.
    async fn anew(self, address: SocketAddr, hello: Hello, asking: Asking) -> Conversation {
        match connect_one(address, self.until).await {
            (_, Some(stream)) => self.converse(stream, hello, asking).await,
            (_, None) => Conversation::default(),
        }
    }

    /// Which hello was answered, and the document by that one: asked for once more where it is the small one alone.
    async fn by_answered_hello(
        self,
        address: SocketAddr,
        browser_sized: Conversation,
        small: Conversation,
    ) -> (Option<AnsweredHello>, Conversation) {
        match (browser_sized.is_answered, small.is_answered) {
            (Some(true), _) => (Some(AnsweredHello::BrowserSized), browser_sized),
            (Some(false), Some(false)) => (Some(AnsweredHello::Neither), browser_sized),
            (None, _) => (None, browser_sized),
            (Some(false), _) => {
                let again = match connect_one(address, self.until).await {
                    (_, Some(stream)) => self.document(stream, address, HelloSize::Small).await,
                    (_, None) => Conversation::default(),
                };
                match (again.is_answered, small.is_answered) {
                    (Some(true), _) => (Some(AnsweredHello::OnlySmall), again),
                    // Once is enough to know it; its request was another.
                    (_, Some(true)) => {
                        let without_answer = Conversation {
                            dialogue: None,
                            ..small
                        };
                        (Some(AnsweredHello::OnlySmall), without_answer)
                    }
                    (Some(false), _) => (Some(AnsweredHello::Neither), browser_sized),
                    (None, _) => (None, browser_sized),
                }
            }
        }
    }

    /// Resolves once; the very addresses that were checked are dialled, so a name cannot change between
    /// check and use. One address that may not be dialled spoils the answer.
    async fn resolve(self, allowed: &[IpNet]) -> Result<(Vec<SocketAddr>, AddressCounts), Connect> {
        let ask = || async {
            let found = tokio::net::lookup_host((absolute(&self.target.host), self.target.port));
            found.await.map(Vec::from_iter)
        };
        let lookup = repeated(limits::DIAL_ASK_AGAIN, ask);
        let addresses = found(within(limits::DIAL_RESOLVE, self.until, lookup).await)?;
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
        let dialled = [first(|a| a.is_ipv4()), first(|a| a.is_ipv6())];
        Ok((dialled.into_iter().flatten().collect(), count(&addresses)))
    }
}

/// A name that the resolver's search list is not put behind (resolv.conf(5), `search` and `ndots`): where the name does not
/// exist, a wildcard of the operator's own domain would answer for it. SNI and `Host` stay as they are. A name of one label
/// is the machine's own affair.
fn absolute(host: &str) -> String {
    let dot = if host.contains('.') && !host.ends_with('.') {
        "."
    } else {
        ""
    };
    format!("{host}{dot}")
}

/// What is asked again after so long, if there is no answer by then: the first answer counts. A question by UDP may be lost,
/// and resolvers repeat it after five seconds only (resolv.conf(5), `timeout`).
async fn repeated<F: Future>(after: Duration, ask: impl Fn() -> F) -> F::Output {
    let again = async {
        time::sleep(after).await;
        ask().await
    };
    tokio::select! {
        first = ask() => first,
        second = again => second,
    }
}

/// The addresses of a name, or what follows without one. A name server that says nothing is this relay's own: that the name
/// is not known has to be said.
fn found(answer: Result<io::Result<Vec<SocketAddr>>, Late>) -> Result<Vec<SocketAddr>, Connect> {
    match answer {
        Ok(Ok(addresses)) if !addresses.is_empty() => Ok(addresses),
        Ok(_) => Err(Connect::NotResolved),
        Err(Late::Step | Late::Dial) => Err(Connect::NotTried),
    }
}

/// How many there are of each family; one that stands there twice counts once.
fn count(addresses: &[SocketAddr]) -> AddressCounts {
    let distinct: BTreeSet<IpAddr> = addresses.iter().map(SocketAddr::ip).collect();
    let ipv4 = distinct.iter().filter(|address| address.is_ipv4()).count();
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    AddressCounts {
        ipv4: number(ipv4),
        ipv6: number(distinct.len() - ipv4),
    }
}

/// How a connection went, and the connection.
type Met = (Connect, Option<TcpStream>);

const NOT_TRIED: Met = (Connect::NotTried, None);

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

/// Reads the head of an endpoint's answer as a dial does, for [`crate::foreign`].
pub fn read_answer(head: &[u8]) -> Option<Dialogue> {
    http::read(head, 0.0)
}

fn elapsed_ms(started: Instant) -> f64 {
    // A tenth of a millisecond is all the page can use.
    (started.elapsed().as_secs_f64() * 10_000.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::future::{pending, ready};
    use std::io;
    use std::net::SocketAddr;
    use std::time::Duration;

    use reachcheck_wire::Connect;

    use super::{Late, found, repeated};

    #[tokio::test]
    async fn a_question_that_was_lost_is_asked_again() {
        let asked = Cell::new(0);
        let answer = repeated(Duration::from_millis(1), || {
            asked.set(asked.get() + 1);
            let number = asked.get();
            async move {
                if number == 1 {
                    pending::<()>().await;
                }
                number
            }
        });
        assert_eq!(answer.await, 2);
    }

    #[tokio::test]
    async fn what_is_answered_is_not_asked_again() {
        let asked = Cell::new(0);
        let answer = repeated(Duration::from_secs(60), || {
            asked.set(asked.get() + 1);
            ready(asked.get())
        });
        assert_eq!(answer.await, 1);
        assert_eq!(asked.get(), 1);
    }

    #[test]
    fn a_name_server_that_is_silent_says_nothing_of_a_name() {
        let address: SocketAddr = "203.0.113.7:443".parse().expect("an address");
        assert_eq!(found(Ok(Ok(vec![address]))), Ok(vec![address]));
        let unknown = io::Error::other("Name or service not known");
        assert_eq!(found(Ok(Err(unknown))), Err(Connect::NotResolved));
        assert_eq!(found(Ok(Ok(Vec::new()))), Err(Connect::NotResolved));
        for late in [Late::Step, Late::Dial] {
            assert_eq!(found(Err(late)), Err(Connect::NotTried));
        }
    }
}
