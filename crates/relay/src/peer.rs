//! Who is at the other end of a connection, and what it has of what all share.

use std::net::SocketAddr;
use std::sync::Arc;

use crate::hello::Seen;
use crate::quota::QuotaPermit;
use crate::semaphore::Permit;

/// Where a connection came from and how.
#[derive(Clone, Debug)]
pub struct Peer {
    /// The socket's other end.
    pub address: SocketAddr,
    /// What is spoken on it.
    pub speaks: Speaks,
    /// What its TLS began with, where it is TLS and could be read. Small enough to be copied along.
    pub hello: Option<Seen>,
    /// Whether it came when there was just enough left to be told that there is no more.
    pub is_crowded: bool,
    /// What it has of what all share, for as long as anybody serves it: its WebSocket too.
    pub _held: Option<Arc<Held>>,
}

/// A connection's places among all connections, and among those of its address.
#[derive(Debug)]
pub struct Held {
    // Given back first: who is counted out among all, and asked again, finds the share of its address too.
    _of_its_address: QuotaPermit,
    _among_all: Permit,
}

impl Held {
    /// Both, given back together.
    pub const fn new(among_all: Permit, of_its_address: QuotaPermit) -> Self {
        Self {
            _of_its_address: of_its_address,
            _among_all: among_all,
        }
    }
}

/// What is spoken on a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaks {
    /// HTTP over TLS.
    Tls,
    /// Plain HTTP at a listener that has no TLS: on loopback, or behind something that ends TLS.
    PlainOnly,
    /// Plain HTTP at a listener that has TLS: the challenge, and the way to TLS.
    PlainBesideTls,
}

impl Peer {
    /// Whether TLS ends here.
    pub fn is_tls(&self) -> bool {
        self.speaks == Speaks::Tls
    }
}
