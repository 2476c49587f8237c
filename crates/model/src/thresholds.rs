//! Every number that a rule or a driver uses, with its reason. R is the round trip to the region.

use reachcheck_wire::{Hold, deadline};

/// Numbers that an operator may move in `config.json`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// A warm answer (one round trip plus the server's work) whose median is above this many
    /// milliseconds is `slow`. One second is where people lose the thread of what they are doing
    /// (Nielsen, Usability Engineering, 1993, chapter 5); a healthy path between continents takes a
    /// third of it.
    pub slow_ms: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { slow_ms: 1000.0 }
    }
}

/// An attempt at an endpoint without an answer ends after this. SYNs are sent again after 1, 3 and 7 s
/// (RFC 6298 section 2), so three tries have gone unanswered by then.
pub const ENDPOINT_DEADLINE_MS: u32 = 8_000;
/// An endpoint that has said nothing for this long (ms) is called silent so far, while its deadline runs on: SYNs go out
/// after 0, 1 and 3 s (RFC 6298 section 2; Linux, Windows and macOS alike), and the third had 0.3 s for the way there and
/// back. Refusals that Windows repeats take 2.0 s and a few round trips.
pub const SILENT_SO_FAR_MS: u32 = 3_300;
/// The same in seconds, for texts.
pub const ENDPOINT_DEADLINE_S: u32 = ENDPOINT_DEADLINE_MS / 1000;
/// No run takes longer than this (seconds), for texts: four attempts at an endpoint, each with its deadline and a gap,
/// or the wait for a relay and for two views from outside (`crates/simulation/src/bounds.rs` adds them up).
pub const RUN_AT_MOST_S: u32 = 40;
/// The challenge and the opening of the WebSocket. Shorter than the endpoints': everything that needs
/// the relay waits for it, and a relay that takes longer is no reference.
pub const RELAY_DEADLINE_MS: u32 = 5_000;
/// A dial by the relay, which ends within a deadline of its own, and the way there and back.
pub const DIAL_DEADLINE_MS: u32 = deadline::PAGE_MS;
/// Wait for the next relay's controls, and for each of its dials: it makes no report later by more than this. A dial that
/// gets through takes less; one that does not decides nothing.
pub const NEXT_RELAY_DEADLINE_MS: u32 = 4_000;
/// Pings over an open socket: five of them, one round trip each.
pub const PINGS_DEADLINE_MS: u32 = 6_000;
/// The short schedule lasts 1.5 s; what is 3 s late is lost to a person waiting for a call.
pub const EVENTS_DEADLINE_MS: u32 = 4_500;
/// The canary and the page's own origin fail or answer within a name lookup or a round trip.
pub const CONTROL_DEADLINE_MS: u32 = 6_000;

/// The relay on ports 80 and 5222, each try: a SYN and two repeats (after 1 and 3 s).
pub const PORT_DEADLINE_MS: u32 = 4_000;
/// WebRTC's plain TCP probe: what it proves comes within four round trips and some 200 ms of its own
/// (docs/browsers.md section 7); what comes at 40 s comes late.
pub const TURN_DEADLINE_MS: u32 = 3_000;
/// Chromium gives a TURN server that took the connection 40 s to answer (docs/browsers.md section 7).
pub const LATE_TURN_DEADLINE_MS: u32 = 42_000;
/// A held socket that has not heard from the relay this long after it should has been cut in silence:
/// a TCP repeat after one loss takes a second at most.
pub const HOLD_DEADLINE_MS: u32 = Hold::Short.ms() + 5_000;
/// Until here a browser left alone has given up a name lookup (10 to 13 s) or a TLS handshake that stalls
/// (30 to 31 s), and not yet a SYN that is dropped (90 s and more; docs/browsers.md section 1.2).
pub const GIVE_UP_DEADLINE_MS: u32 = 36_000;
/// When a browser gives up a name that no server answers for, on Linux and Windows: 10.0 s in Firefox and WebKit,
/// 13.0 s in Chromium, later lookups sooner (seconds; docs/browsers.md section 1.2). Windows asks at 0, 1, 2, 4 and 8 s
/// and stops at 10 (Microsoft, "DNS client resolution timeouts").
pub const GIVES_UP_LOOKUP_S: (f64, f64) = (9.5, 14.0);
/// When it gives up a TLS handshake that stalls: 30.2 s in Chromium, 31.2 s in Firefox (seconds).
pub const GIVES_UP_HANDSHAKE_S: (f64, f64) = (29.0, 33.0);
/// When Windows gives up a SYN that nothing answers: 21.0 s (3 + 6 + 12, four repeats, its shipped default), and at most two
/// for the name before (seconds).
pub const GIVES_UP_SYN_WINDOWS_S: (f64, f64) = (20.5, 23.0);

/// How often the page gives a sign of life, in milliseconds: often enough to see what a person would, rarely enough to
/// cost nothing.
pub const HEARTBEAT_MS: f64 = 50.0;
/// The same in a tab that is hidden, where browsers let timers pass once a second (HTML, section "timers"; Chromium and
/// Firefox alike).
pub const HEARTBEAT_HIDDEN_MS: f64 = 1_000.0;
/// A sign of life that is late by this (ms) means that the page stood still. Garbage collection, layout and a timer that
/// the browser aligned stay below.
pub const STALL_MIN_MS: f64 = 250.0;
/// A connection that was cut while the page stood still for this long (ms), or longer, may have been cut by what stopped
/// it: a computer that sleeps closes all.
pub const STALL_CUTS_MS: f64 = 1_000.0;

/// A clock that is off by more than this (seconds) breaks sign-on tokens: five minutes is what Kerberos and
/// its heirs tolerate (RFC 4120 section 1.6).
pub const CLOCK_TOLERANCE_S: f64 = 300.0;
/// A name lookup shorter than this (ms) cannot be told from a refusal near by.
pub const LOOKUP_MIN_MS: f64 = 30.0;
/// Repeats that come down to less than this share of the first attempt did get faster. A refusal at the far end,
/// its name once known, comes down to half where a lookup takes a round trip.
pub const NEVER_FASTER_SHARE: f64 = 0.68;
/// The same for the failure of the name that cannot exist, which a busy browser answers late (20 to 47 seen where
/// the name server is near by).
pub const CANARY_MIN_MS: f64 = 60.0;
/// Of a lookup that took this long once, the hosts that are well must have had room for so large a share.
pub const LOOKUP_SHOWN_SHARE: f64 = 0.5;
/// Round trips of a first answer: TCP, TLS 1.3 (RFC 8446 section 2) and HTTP.
pub const NEW_CONNECTION_TRIPS: f64 = 3.0;
/// Where a proxy wants a login, a WebSocket fails within this (ms): 2 to 36 were seen (docs/browsers.md section 8.3).
pub const LOGIN_REFUSAL_MAX_MS: f64 = 60.0;
/// A hold cut within this many seconds of a number that people set timers to was cut by a timer.
pub const ROUND_WITHIN_S: f64 = 0.6;

/// Repeats of a failure closer together than this meet Chromium's half-finished backup socket and seem
/// to fail near by (docs/browsers.md section 3: clean with gaps of at least max(600 ms, 5 R)).
pub const FAILURE_GAP_MIN_MS: f64 = 700.0;
/// … in units of the time the failure itself took, which is at least one R unless nothing left the
/// network, and then no backup socket is open either.
pub const FAILURE_GAP_FACTOR: f64 = 5.0;
/// Bound for that gap, so that a run of slow failures ends.
pub const FAILURE_GAP_MAX_MS: f64 = 1_500.0;
/// … in Firefox, whose levels were measured with this gap, all of them as with longer ones (docs/browsers.md section 8.4).
pub const FAILURE_GAP_FIREFOX_MS: f64 = 150.0;
/// A WebSocket that fails only after this (ms) beside a silent `fetch` has met the same silence: no answer takes so
/// long, and browsers hold a second attempt back by half a second at most (docs/browsers.md section 3).
pub const END_OF_SILENCE_MS: f64 = 2_500.0;
/// A `fetch` that is silent this long gets a WebSocket attempt beside it, instead of after its deadline.
pub const SILENCE_BEFORE_SOCKET_MS: u32 = 1_500;
/// For so long a WebSocket that failed stands in for a later one of the same tab: Firefox forgets one after a minute and
/// the time for which it holds the next one back (`kWSReconnectBaseLifeTime` of its `WebSocketChannel.cpp`).
pub const FIRST_SOCKET_KEPT_MS: u32 = 60_000;
/// A WebSocket attempt at an endpoint that has already answered a `fetch`.
pub const SECOND_OPINION_DEADLINE_MS: u32 = 3_000;
/// Between the two attempts to open the relay's WebSocket.
pub const SOCKET_RETRY_GAP_MS: u32 = 800;

/// Attempts per endpoint: one cold (name lookup, TCP, TLS) and three warm (one round trip each).
pub const FETCHES: u8 = 4;
/// Attempts per endpoint when it fails: enough that one odd time does not decide.
pub const FETCHES_WHEN_FAILING: u8 = 3;
/// Pings on the relay's socket.
pub const PINGS: u32 = 5;

/// A warm answer on a kept connection takes one round trip where the cold one took three and a name
/// lookup (measured: 84 of 330 ms); above this share of it, the connection was probably new.
pub const KEPT_SHARE: f64 = 0.55;
/// An answer on a new connection takes three round trips (TCP, TLS 1.3, HTTP), four with TLS 1.2.
pub const NEW_CONNECTION_TRIPS_MAX: f64 = 4.0;
/// … and with a proxy's `CONNECT` before it, five.
pub const FIRST_ANSWER_TRIPS_MAX: f64 = 5.0;
/// The bounds |A-B| and A+B hold for the shortest ways; real routes differ a little.
pub const BOUND_SLACK_LOW: f64 = 0.9;
/// See [`BOUND_SLACK_LOW`]; above, the server's own work adds to it.
pub const BOUND_SLACK_HIGH: f64 = 1.2;
/// Below this R (ms) the levels cannot be told apart from noise; none is given.
pub const LEVELS_MIN_R_MS: f64 = 15.0;
/// "Nothing left this network" is also bounded in milliseconds (docs/browsers.md section 1.2: under about
/// 25 ms; local rejects were seen at 2 to 20 ms).
pub const NEAR_MAX_MS: f64 = 25.0;
/// … and for near regions (R of 20 ms was measured) by this, since one R is then 23 ms.
pub const NEAR_MAX_SMALL_R_MS: f64 = 10.0;
/// Below this R the stricter bound holds.
pub const SMALL_R_MS: f64 = 30.0;

/// A request that Firefox repeated took at least so many times as long as the WebSocket, which it does not repeat: below 2
/// at every refusal and unknown name of the recordings, 6.9 and more at every connection that was taken and cut.
pub const REPEATED_TIMES: f64 = 6.0;
/// The first repeat of a SYN (RFC 6298 section 2): what takes longer may have waited for it.
pub const SYN_REPEAT_MS: f64 = 950.0;
/// Four trips and the delays of a busy machine; five are seen only where a client certificate is demanded.
pub const FOUR_TRIPS_MAX: f64 = 5.4;

/// An answer in less than this share of the shortest possible round trip came from somewhere nearer.
pub const FASTER_THAN_PATH: f64 = 0.5;
/// A TCP handshake in less than this share of a round trip ended near by (0.004 to 0.01 were seen there, 0.98 to
/// 1.35 on a direct path).
pub const ENDS_NEARBY_SHARE: f64 = 0.25;
/// … and then TLS takes two round trips, TCP upstream included (1.95 to 2.6 seen). One would also be seen where
/// the browser had connected ahead.
pub const TLS_BEYOND_NEARBY_TCP: f64 = 1.5;
/// A request that takes this many round trips has paid for a handshake (3.0 seen behind proxies, 1.0 without): more than
/// an answer takes that is late by a whole round trip.
pub const PAYS_FOR_HANDSHAKE: f64 = 2.2;
/// By how much (ms) a first connection takes longer where IPv6 is tried first and leads nowhere: 260 in Firefox,
/// 450 in WebKit (docs/browsers.md section 3). Chromium's 45 are not told from chance.
/// A lost SYN costs one connection 250 by the second one that browsers begin, or 1000.
pub const IPV6_FALLBACK_MS: (f64, f64) = (180.0, 700.0);
/// … on a way whose round trips differ by less than this (ms), or the delay itself would explain it.
pub const STEADY_WITHIN_MS: f64 = 60.0;

/// A round trip to the relay shorter than this (ms) tells nothing of what stands on the way.
pub const WARM_MIN_MS: f64 = 20.0;
/// The shortest possible round trip must be at least this (ms) before an answer can be too fast for it.
pub const FLOOR_MIN_MS: f64 = 30.0;
