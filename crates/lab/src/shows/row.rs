//! Rows of the self-tests: what somebody in the lab does to somebody else, turn by turn, and what must come of it.
//! [`super::check`] acts and compares.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use anyhow::Result;
use nix::errno::Errno;
use serde_json::Value;

use super::site::Site;
use super::wire::Traces;
use crate::authority::Flaw;
use crate::fault::Fault;
use crate::namespaces::Namespace;

/// A dialogue by plain sockets and its expected course.
#[derive(Debug)]
pub struct Row {
    /// The machine that it is led from.
    pub from: Namespace,
    /// The other side; nobody for what asks the system itself.
    pub to: Option<SocketAddr>,
    /// The name by which TLS and HTTP ask for the other side.
    pub host: String,
    /// One after the other, on one connection.
    pub turns: Vec<Turn>,
    /// What its packets leave behind, where that is part of the matter.
    pub traces: Option<Traces>,
}

/// One step of a dialogue.
#[derive(Debug)]
pub struct Turn {
    /// What is done.
    pub does: Action,
    /// What must come of it.
    pub sees: Sees,
    /// When it must come.
    pub when: When,
}

/// What is done.
#[derive(Debug)]
pub enum Action {
    /// Opens a TCP connection.
    Connect,
    /// Asks the proxy at the other end for a tunnel to this host and port.
    Tunnel(String, u16),
    /// Shakes hands, trusting the lab's authority, or the very certificate with this flaw.
    Tls(Option<Flaw>),
    /// Says these bytes, if there are any, and listens.
    Say(Bytes),
    /// Asks for a path by HTTP, with further header lines that each end in CR LF.
    Get(String, &'static str),
    /// Keeps a WebSocket for longer than so long, with words from here, from there, or both.
    Talk(Talks, Duration),
    /// Asks a name server for a name and a type (RFC 1035 section 3.2.2), by UDP.
    Query(String, u16),
    /// Asks `getaddrinfo` for a name.
    LookUp(String),
    /// Lets time pass.
    Pause(Duration),
    /// What is no dialogue.
    Do(Procedure),
}

/// Who says something on a WebSocket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Talks {
    /// The relay alone: events at random gaps.
    Relay,
    /// The agent alone.
    Agent,
    /// Both, by turns.
    Both,
}

/// What must come of it.
#[derive(Debug)]
pub enum Sees {
    /// The connection stands.
    Opens,
    /// The kernel gives up with this error.
    Fails(Errno),
    /// The kernel gives up at once, for whatever reason.
    NoWay,
    /// Nothing, for longer than any answer takes.
    Silence,
    /// FIN, or TLS's own close.
    Closed,
    /// RST.
    Reset,
    /// One of both.
    Ends,
    /// Some bytes.
    Bytes,
    /// These bytes.
    Says(Bytes),
    /// Bytes that begin so.
    Begins(Bytes),
    /// Bytes with this text in them.
    Holds(String),
    /// Bytes of which this is true.
    Such(fn(&[u8]) -> bool),
    /// The host itself, by the lab's own certificate (in a handshake with a flaw: by that one).
    Host,
    /// Somebody else whom a browser of the lab trusts.
    TrustedOther,
    /// Somebody whom nobody trusts.
    Untrusted,
    /// A certificate that a strict client refuses for this reason and no other.
    Flawed(Flaw),
    /// No TLS at all.
    NoTls,
    /// This answer in HTTP.
    Answer(Answer),
    /// This code (RFC 1035 section 4.1.1) and these addresses.
    Named(u8, Vec<IpAddr>),
    /// Whether the WebSocket is still there.
    Lasts(bool),
    /// Nothing was listened for.
    Done,
}

/// What came; the words are those of [`Sees`].
#[derive(Debug)]
pub enum Seen {
    Opens,
    Fails(Errno),
    Silence,
    Closed,
    Reset,
    Says(Bytes),
    Host,
    TrustedOther,
    Untrusted,
    /// A handshake that failed for another reason than trust.
    Broken(anyhow::Error),
    Answer(String, Bytes),
    Named(u8, Vec<IpAddr>),
    Lasts(bool),
    Done,
}

/// When it must come. What comes later than it may is looked at again, since the machine may be busy; what comes
/// earlier never is.
#[derive(Clone, Copy, Debug)]
pub enum When {
    /// At any time.
    Any,
    /// Sooner than anything that crosses the path.
    Near,
    /// Not sooner than what crosses the path.
    Far,
    /// After so long at least, and at most.
    Within(Duration, Duration),
    /// The same, counted from the first word of the dialogue.
    Since(Duration, Duration),
    /// At any time while so long is listened for.
    For(Duration),
}

/// An HTTP answer.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// What its head has in it.
    pub head: String,
    /// What its body has in it.
    pub body: String,
    /// What its body says in JSON, by pointers (RFC 6901).
    pub facts: Vec<(&'static str, Value)>,
    /// How far the clock of whoever answers is ahead, in seconds; minutes do not matter.
    pub ahead_s: Option<u64>,
}

impl Answer {
    /// One with this status.
    pub fn status(status: u16) -> Self {
        Self {
            status,
            ..Self::default()
        }
    }

    /// With this in its head.
    pub fn head(mut self, text: impl Into<String>) -> Self {
        self.head = text.into();
        self
    }

    /// With this in its body.
    pub fn body(mut self, text: impl Into<String>) -> Self {
        self.body = text.into();
        self
    }

    /// With this in its body's JSON.
    pub fn fact(mut self, pointer: &'static str, value: impl Into<Value>) -> Self {
        self.facts.push((pointer, value.into()));
        self
    }

    /// By a clock that is so many seconds ahead.
    pub const fn ahead(mut self, seconds: u64) -> Self {
        self.ahead_s = Some(seconds);
        self
    }
}

type Run = dyn Fn(&Site<'_>) -> Result<()> + Send + Sync;

/// A function that looks where a dialogue cannot.
pub struct Procedure(pub Box<Run>);

impl fmt::Debug for Procedure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a procedure")
    }
}

/// Bytes that are written as text where they are.
#[derive(PartialEq, Eq)]
pub struct Bytes(pub Vec<u8>);

impl fmt::Debug for Bytes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.0.get(..160).unwrap_or(&self.0);
        write!(
            formatter,
            "{} bytes “{}”",
            self.0.len(),
            shown.escape_ascii()
        )
    }
}

impl<T: Into<Vec<u8>>> From<T> for Bytes {
    fn from(bytes: T) -> Self {
        Self(bytes.into())
    }
}

impl Row {
    /// A dialogue of the agent's that begins without a connection.
    pub const fn new(to: Option<SocketAddr>) -> Self {
        Self {
            from: Namespace::Agent,
            to,
            host: String::new(),
            turns: Vec::new(),
            traces: None,
        }
    }

    /// A connection of the agent's that opens.
    pub fn to(to: impl Into<SocketAddr>) -> Self {
        Self::new(Some(to.into())).turn(Action::Connect, Sees::Opens)
    }

    /// A question to a name server.
    pub fn query(server: Ipv4Addr, name: &str, kind: u16, sees: Sees) -> Self {
        let to = SocketAddr::from((server, 53));
        Self::new(Some(to)).turn(Action::Query(name.to_owned(), kind), sees)
    }

    /// A question to the system's own resolver; its order is the system's affair.
    pub fn look_up(name: &str, mut found: Vec<IpAddr>) -> Self {
        found.sort();
        Self::new(None).turn(Action::LookUp(name.to_owned()), Sees::Named(0, found))
    }

    /// A procedure alone.
    pub fn procedure(run: impl Fn(&Site<'_>) -> Result<()> + Send + Sync + 'static) -> Self {
        Self::new(None).does(run)
    }

    /// From another machine than the agent's.
    pub const fn seen_from(mut self, namespace: Namespace) -> Self {
        self.from = namespace;
        self
    }

    /// With these traces.
    pub const fn leaving(mut self, traces: Traces) -> Self {
        self.traces = Some(traces);
        self
    }

    /// One turn more.
    pub fn turn(mut self, does: Action, sees: Sees) -> Self {
        let when = When::Any;
        self.turns.push(Turn { does, sees, when });
        self
    }

    /// The last turn ends otherwise.
    pub fn sees(mut self, sees: Sees) -> Self {
        if let Some(turn) = self.turns.last_mut() {
            turn.sees = sees;
        }
        self
    }

    /// The last turn ends at this time.
    pub fn at(mut self, when: When) -> Self {
        if let Some(turn) = self.turns.last_mut() {
            turn.when = when;
        }
        self
    }

    /// The last turn ends nearby.
    pub fn near(self) -> Self {
        self.at(When::Near)
    }

    /// The last turn ends beyond the path.
    pub fn far(self) -> Self {
        self.at(When::Far)
    }

    /// Asks for a tunnel.
    pub fn tunnel(self, host: &str, port: u16, answer: Answer) -> Self {
        let sees = Sees::Answer(answer);
        self.turn(Action::Tunnel(host.to_owned(), port), sees)
    }

    /// The name that is asked for from here on.
    pub fn named(mut self, host: &str) -> Self {
        host.clone_into(&mut self.host);
        self
    }

    /// Shakes hands with the host itself.
    pub fn tls(self, host: &str) -> Self {
        self.named(host).turn(Action::Tls(None), Sees::Host)
    }

    /// Says something and hears what comes first.
    pub fn says(self, words: impl Into<Bytes>, sees: Sees) -> Self {
        self.turn(Action::Say(words.into()), sees)
    }

    /// Says nothing, and hears what comes first.
    pub fn hears(self, sees: Sees) -> Self {
        self.says("", sees)
    }

    /// Asks for a path.
    pub fn gets(self, path: &str, answer: Answer) -> Self {
        self.gets_with(path, "", answer)
    }

    /// Asks for a path with further header lines.
    pub fn gets_with(self, path: &str, more: &'static str, answer: Answer) -> Self {
        self.turn(Action::Get(path.to_owned(), more), Sees::Answer(answer))
    }

    /// Lets time pass.
    pub fn pause(self, time: Duration) -> Self {
        self.turn(Action::Pause(time), Sees::Done)
    }

    /// Does what is no dialogue.
    pub fn does(self, run: impl Fn(&Site<'_>) -> Result<()> + Send + Sync + 'static) -> Self {
        self.turn(Action::Do(Procedure(Box::new(run))), Sees::Done)
    }

    /// Breaks something more.
    pub fn sets(self, fault: Fault) -> Self {
        self.does(move |_| fault.set())
    }
}
