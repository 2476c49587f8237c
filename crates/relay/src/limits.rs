//! Every limit, with its reason: those that an operator may move, and those that are part of how it works.

use std::fmt;
use std::time::Duration;

use reachcheck_wire::deadline;

/// What a limit's number counts.
trait Unit: Copy {
    fn from_number(number: u64) -> Self;
    fn number(self) -> u64;
}

impl Unit for usize {
    fn from_number(number: u64) -> Self {
        Self::try_from(number).unwrap_or(Self::MAX)
    }

    fn number(self) -> u64 {
        self as u64
    }
}

impl Unit for u32 {
    fn from_number(number: u64) -> Self {
        Self::try_from(number).unwrap_or(Self::MAX)
    }

    fn number(self) -> u64 {
        self.into()
    }
}

impl Unit for Duration {
    fn from_number(number: u64) -> Self {
        Self::from_millis(number)
    }

    fn number(self) -> u64 {
        u64::try_from(self.as_millis()).unwrap_or(u64::MAX)
    }
}

/// One struct of limits, with the name by which each is set, its default, and what it may be.
macro_rules! limits {
    ($($(#[doc = $doc:literal])+ $field:ident: $unit:ty = $name:literal, $default:literal, $range:expr;)+) => {
        /// What an operator may move: `[limits]` in the settings file, `--limit NAME=NUMBER`, or
        /// `REACHCHECK_LIMITS`. Times are in milliseconds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct Limits {
            $($(#[doc = $doc])+ pub $field: $unit,)+
        }

        impl Default for Limits {
            fn default() -> Self {
                Self { $($field: Unit::from_number($default),)+ }
            }
        }

        impl Limits {
            /// The names, in order.
            pub const NAMES: &[&str] = &[$($name),+];

            /// Sets one by its name.
            ///
            /// # Errors
            /// If there is none of that name, or it may not be that.
            pub fn set(&mut self, name: &str, number: u64) -> Result<(), String> {
                match name {
                    $($name => {
                        let range: std::ops::RangeInclusive<u64> = $range;
                        if !range.contains(&number) {
                            return Err(format!(
                                "{name} = {number}: must be {} to {}", range.start(), range.end()
                            ));
                        }
                        self.$field = Unit::from_number(number);
                    })+
                    _ => {
                        return Err(format!(
                            "{name}: there is no limit of that name; there are {}", Self::NAMES.join(", ")
                        ));
                    }
                }
                Ok(())
            }
        }

        impl fmt::Display for Limits {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                let all = [$(($name, self.$field.number())),+];
                for (index, (name, number)) in all.iter().enumerate() {
                    let space = if index == 0 { "" } else { " " };
                    write!(formatter, "{space}{name}={number}")?;
                }
                Ok(())
            }
        }
    };
}

/// An hour, in milliseconds: no wait is longer.
const HOUR: u64 = 3_600_000;

limits! {
    /// Connections at once, of any kind. Of the last sixteenth, whoever comes is told "busy"; above it a connection is
    /// closed unheard. Of these, of WebSockets and of holds no address has more than is left for all others (`quota.rs`).
    connections: usize = "connections", 12_288, 8..=1_000_000;
    /// Of these, what one address may have (an IPv4 address or an IPv6 /64), told in its last eighth and closed in the
    /// same way: 500 agents behind one address who watch four connections each and all run a test beside, which opens about six.
    address_connections: u32 = "address-connections", 6_000, 1..=1_000_000;
    /// … and an IPv6 /48, which may be one company's site, or a piece of a mobile network with many customers in it.
    site_connections: u32 = "site-connections", 9_000, 1..=1_000_000;
    /// Connections of one address that have not come to the end of their first request's head. When a firewall before
    /// 500 agents who watch is restarted, 2,000 come back at once; what is silent stays here for [`Limits::handshake`].
    address_handshakes: u32 = "address-handshakes", 2_500, 1..=1_000_000;
    /// … of an IPv6 /48.
    site_handshakes: u32 = "site-handshakes", 3_750, 1..=1_000_000;
    /// Connections that one address may open at once after a quiet time: 500 agents who press Start at nine.
    address_burst: u32 = "address-burst", 4_096, 1..=1_000_000;
    /// … of an IPv6 /48.
    site_burst: u32 = "site-burst", 6_144, 1..=1_000_000;
    /// Connections that one address may open in a second in the long run. A TLS handshake costs a core some 0.3 ms,
    /// so that one address can keep at most a tenth of a core busy. 500 agents who run the test again and again, each
    /// 20 s, need 150.
    address_per_second: u32 = "address-per-second", 256, 1..=1_000_000;
    /// … of an IPv6 /48.
    site_per_second: u32 = "site-per-second", 384, 1..=1_000_000;
    /// Requests that one address may make at once after a quiet time, over all its connections: 500 agents who press Start at
    /// nine, 70 each.
    address_request_burst: u32 = "address-request-burst", 65_536, 1..=100_000_000;
    /// … of an IPv6 /48.
    site_request_burst: u32 = "site-request-burst", 98_304, 1..=100_000_000;
    /// Requests that one address may make in a second in the long run; whoever makes more is answered with 429 (RFC 6585).
    /// 500 agents who run the test again and again, each 20 s, make 1,750.
    address_requests: u32 = "address-requests", 2_048, 1..=100_000_000;
    /// … of an IPv6 /48.
    site_requests: u32 = "site-requests", 3_072, 1..=100_000_000;
    /// Requests on one connection; its last answer closes it. A run makes some 70.
    connection_requests: usize = "connection-requests", 128, 1..=1_000_000;
    /// WebSockets at once; above it a client is told "busy".
    sockets: usize = "sockets", 9_000, 0..=1_000_000;
    /// Of these, what one address may have: 500 agents who watch four each, and run a test beside, with two more.
    address_sockets: u32 = "address-sockets", 4_000, 0..=1_000_000;
    /// … and an IPv6 /48.
    site_sockets: u32 = "site-sockets", 6_000, 0..=1_000_000;
    /// Sockets that are held or watched at once; above it one more is refused as busy.
    holds: usize = "holds", 6_144, 0..=1_000_000;
    /// Of these, what one address may have: 500 agents who watch four connections each, and half as much again.
    address_holds: u32 = "address-holds", 3_000, 0..=1_000_000;
    /// … and an IPv6 /48.
    site_holds: u32 = "site-holds", 4_500, 0..=1_000_000;
    /// From accept to the end of the first request's head, TLS included. Nobody honest needs ten seconds; stock
    /// servers wait for ever.
    handshake: Duration = "handshake-ms", 10_000, 100..=60_000;
    /// A connection that is not a WebSocket ends after this, however busy it keeps itself.
    connection_life: Duration = "connection-life-ms", 60_000, 1_000..=HOUR;
    /// A WebSocket lives no longer. A quick run takes some 15 s.
    socket_life: Duration = "socket-life-ms", 120_000, 1_000..=24 * HOUR;
    /// … but for what was watched, which comes on top up to this: a long shift.
    watched_life: Duration = "watched-life-ms", 43_200_000, 1_000..=24 * HOUR;
    /// … and closes when the client says nothing for this long.
    socket_idle: Duration = "socket-idle-ms", 45_000, 100..=HOUR;
    /// One message must reach the client's kernel within this; slow readers are cut.
    socket_write: Duration = "socket-write-ms", 5_000, 100..=60_000;
    /// A connection, of whatever kind, that takes nothing of what waits for it is reset after this: what waits is in our
    /// memory and the kernel's. A network that loses five repeats in turn is silent for six seconds.
    write_stall: Duration = "write-stall-ms", 10_000, 100..=HOUR;
    /// Messages a client may send in a session, but for those in watches. A run sends about sixteen.
    socket_messages: usize = "socket-messages", 256, 1..=1_000_000;
    /// Bytes a client may send in a session, whatever they are: a run's messages have some 1,500, a shift of silences
    /// that are watched for 20 s each some 130,000, and no cap on messages counts empty fragments.
    socket_bytes_in: usize = "socket-bytes-in", 196_608, 1_024..=1_073_741_824;
    /// Bytes the relay sends in a session. Everything a run asks for comes to some 20,000.
    socket_bytes_out: usize = "socket-bytes-out", 262_144, 1_024..=1_073_741_824;
    /// Dials a client may ask for in a session: every endpoint of the largest catalogue, once.
    socket_dials: usize = "socket-dials", 64, 0..=10_000;
    /// Event schedules a client may ask for in a session.
    socket_schedules: usize = "socket-schedules", 4, 0..=1_000;
    /// Dials under way at once, over all clients and endpoints. One more waits, within its own deadline.
    dials: usize = "dials", 64, 1..=4_096;
    /// How long the facts of a dial serve everybody. 500 agents who press Start at nine make one dial.
    dial_fresh: Duration = "dial-fresh-ms", 30_000, 1_000..=HOUR;
    /// How long a failed dial does: shorter, so that the end of an outage is seen soon.
    dial_fresh_failed: Duration = "dial-fresh-failed-ms", 8_000, 1_000..=HOUR;
    /// How often the certificate's files are looked at, for one that was renewed.
    certificate_look: Duration = "certificate-look-ms", 60_000, 100..=HOUR;
    /// How long sessions may go on once the relay was told to stop (SIGTERM). A quick run takes some 15 s.
    drain: Duration = "drain-ms", 20_000, 0..=HOUR;
}

/// How long what is left may take to close after the drain.
pub const CLOSING: Duration = Duration::from_secs(5);
/// Files that are open beside connections: listeners, the page, dials, the runtime's own.
pub const OTHER_FILES: u64 = 256;
/// How long what was sent may stay without an acknowledgement before the connection counts as dead
/// (TCP_USER_TIMEOUT, RFC 5482): five repeats, at 0.2 to 6.4 s.
pub const UNACKNOWLEDGED: Duration = Duration::from_secs(20);
/// What the kernel keeps of what a client has not yet been sent, in bytes (TCP_NOTSENT_LOWAT): all that one costs that
/// acknowledges and does not read.
pub const UNSENT: u32 = 16 * 1024;
/// What the kernel keeps for a client in all, in bytes, half of it for its own records (SO_SNDBUF): what is on its way to
/// one that acknowledges nothing. At 200 ms it lets 300 kB a second through.
pub const SEND_BUFFER: usize = 64 * 1024;
/// Bytes that one connection may send for each byte of a WebSocket's budget, those of TLS included, and beside all its
/// requests: records of TLS that hold nothing are counted nowhere else (rustls takes 32 in a row).
pub const WIRE_BYTES: usize = 4;
/// Connections of one private address, and of no other, after which it is said that everybody seems to come from there.
pub const ONE_PEER: usize = 100;
/// A network that is named as a balancer's is one address, or a few: one with more bits than these for its hosts is warned of.
pub const BALANCER_BITS: u8 = 8;
/// A compressed file that is so much older than its original is not its compressed form. A copy of a folder may take
/// that long.
pub const PAGE_COPY: Duration = Duration::from_secs(60);
/// Longest PROXY protocol header after its first 16 bytes: addresses and what a balancer adds (a certificate's
/// name, an endpoint's id).
pub const PROXY_HEADER: usize = 1024;
/// Longest ClientHello that is read for its facts, in bytes, with and without the headers of its records. A
/// browser's has about 1,900. A longer one goes on to rustls, which has its own limit, without any.
pub const HELLO: usize = 16 * 1024;
/// Longest plain STUN request that is read, attributes included, in bytes. WebRTC's has 28 to 100.
pub const STUN_REQUEST: u16 = 512;
/// How long after its answer a client may take to close. One that has heard it has no reason to stay.
pub const STUN_LINGER: Duration = Duration::from_secs(2);
/// Messages waiting for one client. Each is at most 4 KiB.
pub const SOCKET_QUEUE: usize = 32;
/// Plaintext that rustls keeps for a client that does not read, in bytes: hyper writes no more at once.
pub const TLS_UNSENT: usize = 8 * 1024;
/// Longest request head, in bytes.
pub const REQUEST_HEAD: usize = 8 * 1024;

/// A dial as a whole, from its being asked for. Why, and why its steps take what they take: [`deadline`].
pub const DIAL: Duration = milliseconds(deadline::DIAL_MS);
/// What a dial needs for the steps that a verdict rests on.
pub const DIAL_CORE: Duration = milliseconds(deadline::DIAL_MS - deadline::ANSWER_LEFT_MS);
/// Name lookup of a dial.
pub const DIAL_RESOLVE: Duration = milliseconds(deadline::RESOLVE_MS);
/// After so long without an answer a dial's name is asked for again.
pub const DIAL_ASK_AGAIN: Duration = milliseconds(deadline::RESOLVE_MS / 2);
/// TCP connect of a dial.
pub const DIAL_CONNECT: Duration = milliseconds(deadline::CONNECT_MS);
/// TLS handshake of a dial.
pub const DIAL_TLS: Duration = milliseconds(deadline::TLS_MS);
/// The endpoint's answer to a GET.
pub const DIAL_ANSWER: Duration = milliseconds(deadline::ANSWER_MS);
/// How long a dial waits for the end of a document whose head has come. An agent's page waits 8 s; from where relays stand the end
/// comes within a second, and who sends without end is not waited for.
pub const DIAL_BODY: Duration = milliseconds(2_000);
/// How much of a document a dial reads, in bytes. It is counted, and not kept.
pub const DIAL_BODY_MAX: u64 = 128 * 1024;
/// How long a dial that is connected waits for its endpoint's other address family, and again for TLS there.
pub const DIAL_OTHER: Duration = milliseconds(deadline::OTHER_FAMILY_MS);
/// How long a plain TCP probe listens for a greeting before it says anything.
pub const DIAL_GREETING: Duration = milliseconds(deadline::GREETING_MS);
/// … and how long it waits for an answer.
pub const DIAL_PLAIN: Duration = milliseconds(deadline::PLAIN_MS);
/// How long a dial takes for TLS's farewell, once its facts are there.
pub const DIAL_FAREWELL: Duration = milliseconds(deadline::FAREWELL_MS);

const fn milliseconds(number: u32) -> Duration {
    Duration::from_millis(number as u64)
}

/// Largest file of the page, in bytes, and how many there may be: the page is held in memory.
pub const PAGE_FILE: u64 = 8 * 1024 * 1024;
/// See [`PAGE_FILE`].
pub const PAGE_FILES: usize = 256;

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Limits;

    #[test]
    fn a_limit_is_set_by_its_name_and_printed_as_it_is_set() {
        let mut limits = Limits::default();
        for pair in limits.to_string().split(' ') {
            let (name, number) = pair.split_once('=').expect("a pair");
            limits
                .set(name, number.parse().expect("a number"))
                .expect("a limit");
        }
        assert_eq!(limits, Limits::default());
        limits.set("sockets", 3).expect("a limit");
        limits.set("handshake-ms", 1_500).expect("a limit");
        assert_eq!(limits.sockets, 3);
        assert_eq!(limits.handshake, Duration::from_millis(1_500));
        assert!(limits.to_string().contains(" sockets=3 "), "{limits}");
    }

    #[test]
    fn mistakes_name_the_limit_and_what_it_may_be() {
        let mut limits = Limits::default();
        let unknown = limits.set("socket", 3).expect_err("no such limit");
        assert!(unknown.contains("sockets, address-sockets"), "{unknown}");
        let range = limits.set("handshake-ms", 5).expect_err("too short");
        assert_eq!(range, "handshake-ms = 5: must be 100 to 60000");
        assert_eq!(limits, Limits::default());
    }
}
