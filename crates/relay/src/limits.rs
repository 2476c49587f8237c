//! Every limit, with its reason.

use std::time::Duration;

/// From accept to the end of the first request's head, TLS included. Nobody honest needs ten seconds;
/// stock servers wait for ever.
pub const HANDSHAKE: Duration = Duration::from_secs(10);
/// Longest ClientHello that is read for its facts, in bytes, with and without the headers of its records. A
/// browser's has about 1,900. A longer one goes on to rustls, which has its own limit, without any.
pub const HELLO: usize = 16 * 1024;
/// A connection that is not a WebSocket ends after this, however busy it keeps itself.
pub const CONNECTION_LIFE: Duration = Duration::from_secs(60);
/// Connections at once, of any kind. Of the last eighth, whoever comes is told "busy"; above it a connection is
/// closed unheard.
pub const CONNECTIONS: usize = 8_192;
/// Of these, what one address may have (an IPv4 address or an IPv6 /64), told and closed in the same way: 500
/// agents behind one address open about six each.
pub const ADDRESS_CONNECTIONS: u32 = 3_500;
/// … and an IPv6 /48, which may be one company's site, or a piece of a mobile network with many customers in it.
pub const SITE_CONNECTIONS: u32 = 5_250;
/// Connections of one address that have not come to the end of their first request's head. 500 browsers that
/// start within a second have fewer, and what is silent stays here for [`HANDSHAKE`].
pub const ADDRESS_HANDSHAKES: u32 = 1_024;
/// … of an IPv6 /48.
pub const SITE_HANDSHAKES: u32 = 1_536;
/// Connections that one address may open at once after a quiet time: 500 agents who press Start at nine.
pub const ADDRESS_BURST: u32 = 4_096;
/// … of an IPv6 /48.
pub const SITE_BURST: u32 = 6_144;
/// Connections that one address may open in a second in the long run. A TLS handshake costs a core some 0.3 ms,
/// so that one address can keep at most a tenth of a core busy. 500 agents who run the test again and again, each
/// 20 s, need 150.
pub const ADDRESS_PER_SECOND: u32 = 256;
/// … of an IPv6 /48.
pub const SITE_PER_SECOND: u32 = 384;
/// WebSockets at once; above it a client is told "busy".
pub const SOCKETS: usize = 2_048;
/// Of these, what one address may have: 500 agents with one that talks and one that is held.
pub const ADDRESS_SOCKETS: u32 = 1_024;
/// … and an IPv6 /48.
pub const SITE_SOCKETS: u32 = 1_536;
/// Sockets that are held in silence at once; above it a hold is refused as busy. Each is one more idle socket
/// beside a client's talking one.
pub const HOLDS: usize = 1_024;
/// Longest plain STUN request that is read, attributes included, in bytes. WebRTC's has 28 to 100.
pub const STUN_REQUEST: u16 = 512;
/// How long after its answer a client may take to close. One that has heard it has no reason to stay.
pub const STUN_LINGER: Duration = Duration::from_secs(2);
/// A WebSocket lives no longer. A quick run takes some 15 s.
pub const SOCKET_LIFE: Duration = Duration::from_secs(120);
/// … and closes when the client says nothing for this long.
pub const SOCKET_IDLE: Duration = Duration::from_secs(45);
/// One message must reach the client's kernel within this; slow readers are cut.
pub const SOCKET_WRITE: Duration = Duration::from_secs(5);
/// Messages a client may send in a session. A run sends about sixteen.
pub const SOCKET_MESSAGES: u32 = 256;
/// Bytes a client may send in a session, whatever they are: a run's messages have some 1,500, and no cap on
/// messages counts empty fragments.
pub const SOCKET_BYTES_IN: usize = 64 * 1024;
/// Bytes the relay sends in a session. Everything a run asks for comes to some 20,000.
pub const SOCKET_BYTES_OUT: usize = 256 * 1024;
/// Dials a client may ask for in a session: every endpoint of the largest catalogue, once.
pub const SOCKET_DIALS: u32 = 64;
/// Event schedules a client may ask for in a session.
pub const SOCKET_SCHEDULES: u32 = 4;
/// Messages waiting for one client. Each is at most 4 KiB.
pub const SOCKET_QUEUE: usize = 32;
/// Longest request head, in bytes.
pub const REQUEST_HEAD: usize = 8 * 1024;

/// Name lookup of a dial.
pub const DIAL_RESOLVE: Duration = Duration::from_secs(2);
/// TCP connect of a dial: the SYN and its repeats after 1 and 3 s.
pub const DIAL_CONNECT: Duration = Duration::from_secs(4);
/// TLS handshake of a dial.
pub const DIAL_TLS: Duration = Duration::from_secs(3);
/// The endpoint's answer to a GET.
pub const DIAL_ANSWER: Duration = Duration::from_secs(4);
/// How long a plain TCP probe listens for a greeting before it says anything. Servers that greet do so at
/// once; a name lookup of the client's address before it would take longer, and is rare.
pub const DIAL_GREETING: Duration = Duration::from_millis(300);
/// … and how long it waits for an answer.
pub const DIAL_PLAIN: Duration = Duration::from_secs(2);
/// Dials under way at once, over all clients and endpoints.
pub const DIALS: usize = 64;
/// How long the facts of a dial serve everybody. 500 agents who press Start at nine make one dial.
pub const DIAL_FRESH: Duration = Duration::from_secs(30);
/// How long a failed dial does: shorter, so that the end of an outage is seen soon.
pub const DIAL_FRESH_FAILED: Duration = Duration::from_secs(8);

/// Largest file of the page, in bytes, and how many there may be: the page is held in memory.
pub const PAGE_FILE: u64 = 8 * 1024 * 1024;
/// See [`PAGE_FILE`].
pub const PAGE_FILES: usize = 256;
