//! A finding: one rule that matched, with its evidence.

use crate::analysis::{GaveUp, Inspection, OutsideFailure, Proof, Way, WhyNot};
use reachcheck_model::catalogue::EndpointRef;

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// The agent's network as a whole, or the way to the relay.
    Network,
    /// One region, by its index in the plan.
    Region(usize),
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $token:literal,)*) => {
        /// The stable token of a finding, in page, report and docs.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $variant,)* }

        impl Code {
            /// Every code, in order of importance.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The token itself.
            #[must_use]
            pub const fn token(self) -> &'static str {
                match self { $(Self::$variant => $token,)* }
            }
        }
    };
}

codes! {
    /// Nothing beyond this computer answered.
    Offline = "offline",
    /// A proxy wants a login that it did not get.
    ProxyLogin = "proxy-login",
    /// Something answered in the service's place.
    AnswerNotFromService = "answer-not-from-service",
    /// The name is not known here.
    NotResolved = "not-resolved",
    /// The name leads to a private address.
    PrivateAddress = "private-address",
    /// Refused faster than the path to the service allows.
    RefusedNearby = "refused-nearby",
    /// Silence until the deadline.
    Dropped = "dropped",
    /// The TLS handshake was refused.
    TlsRejected = "tls-rejected",
    /// Cut while the TLS handshake was under way.
    CutInHandshake = "cut-in-handshake",
    /// Closed once TLS stood, without an answer.
    ClosedAfterTls = "closed-after-tls",
    /// Refused after one round trip.
    RefusedFar = "refused-far",
    /// Failed in a way that the evidence does not place.
    NotConnected = "not-connected",
    /// It fails from outside too.
    ServiceDown = "service-down",
    /// TLS passes on 443, other protocols do not.
    Plain443Blocked = "plain-443-blocked",
    /// HTTPS to the relay works, WebSocket does not.
    SocketBlocked = "socket-blocked",
    /// A connection that was quiet for a while was cut.
    HoldCut = "hold-cut",
    /// Server events got lost or came late.
    EventsLost = "events-lost",
    /// Port 80 is closed.
    Port80Closed = "port-80-closed",
    /// Port 5222 is closed.
    Port5222Closed = "port-5222-closed",
    /// It answers some attempts and fails others.
    Unsteady = "unsteady",
    /// It answers, slowly.
    Slow = "slow",
    /// This computer's clock is wrong.
    ClockWrong = "clock-wrong",
    /// Something in this browser stands between the page and the network.
    ExtensionInterferes = "extension-interferes",
    /// Somebody opens the encrypted connections on the way.
    Inspected = "inspected",
    /// Somebody connects in the browser's place.
    ProxyInPath = "proxy-in-path",
    /// HTTPS and the socket leave by different addresses.
    SplitEgress = "split-egress",
    /// IPv6 is tried first and leads nowhere.
    Ipv6Broken = "ipv6-broken",
    /// The relay does not allow this page's origin.
    RelayMisconfigured = "relay-misconfigured",
    /// The relay has no room.
    RelayBusy = "relay-busy",
    /// The relay did not answer.
    RelayUnreachable = "relay-unreachable",
    /// The relay answers, but it is no view from outside.
    RelayNotOutside = "relay-not-outside",
    /// The settings name no relay.
    NoRelay = "no-relay",
}

/// What a rule found, with the evidence that its text states.
#[derive(Clone, Debug, PartialEq)]
pub enum Cause {
    /// See [`Code::Offline`].
    Offline,
    /// An answer in `ms`, where the way there takes at least `floor_ms`; or one that is unlike the
    /// service's (then both are `None`).
    AnswerNotFromService {
        /// Milliseconds.
        ms: Option<f64>,
        /// Milliseconds.
        floor_ms: Option<f64>,
    },
    /// See [`Code::RefusedNearby`].
    RefusedNearby {
        /// Milliseconds.
        ms: f64,
    },
    /// See [`Code::RefusedFar`].
    RefusedFar {
        /// Milliseconds.
        ms: f64,
    },
    /// See [`Code::Dropped`].
    Dropped {
        /// How long was waited, in seconds.
        seconds: u32,
        /// What the browser was waiting for, if that is known by now.
        gave_up: Option<GaveUp>,
    },
    /// See [`Code::NotResolved`].
    NotResolved {
        /// How long each attempt took, milliseconds; `None` where no server answered at all.
        ms: Option<f64>,
    },
    /// See [`Code::PrivateAddress`].
    PrivateAddress {
        /// The relay found it so too.
        everywhere: bool,
    },
    /// See [`Code::Plain443Blocked`].
    Plain443Blocked,
    /// See [`Code::ProxyLogin`].
    ProxyLogin,
    /// See [`Code::TlsRejected`].
    TlsRejected {
        /// Milliseconds.
        ms: f64,
        /// The browser itself says that the handshake failed (Firefox, 1015).
        said_by_browser: bool,
    },
    /// See [`Code::CutInHandshake`].
    CutInHandshake {
        /// Milliseconds.
        ms: f64,
    },
    /// See [`Code::ClosedAfterTls`].
    ClosedAfterTls {
        /// Milliseconds.
        ms: f64,
    },
    /// See [`Code::NotConnected`].
    NotConnected {
        /// Milliseconds.
        ms: f64,
    },
    /// See [`Code::ServiceDown`].
    ServiceDown {
        /// How it failed from outside.
        outside: OutsideFailure,
    },
    /// See [`Code::SocketBlocked`].
    SocketBlocked,
    /// See [`Code::HoldCut`].
    HoldCut {
        /// After how many seconds; `None` where it died unseen.
        seconds: Option<f64>,
        /// Whether that is a number to which people set timers.
        is_round: bool,
    },
    /// See [`Code::Port80Closed`].
    Port80Closed {
        /// Refused, after so many milliseconds; `None`: no answer.
        refused_ms: Option<f64>,
    },
    /// See [`Code::Port5222Closed`].
    Port5222Closed {
        /// Refused, after so many milliseconds; `None`: no answer.
        refused_ms: Option<f64>,
    },
    /// See [`Code::ClockWrong`].
    ClockWrong {
        /// How far ahead this computer is, in seconds; negative where it is behind.
        ahead_s: f64,
        /// How many others agree that it is.
        witnesses: usize,
    },
    /// See [`Code::ProxyInPath`].
    ProxyInPath {
        /// How it shows.
        way: Way,
    },
    /// See [`Code::SplitEgress`].
    SplitEgress,
    /// See [`Code::Ipv6Broken`].
    Ipv6Broken {
        /// By how much connecting took longer than a round trip, milliseconds.
        lost_ms: f64,
    },
    /// See [`Code::EventsLost`].
    EventsLost {
        /// How many were sent.
        expected: u32,
        /// How many came in time.
        arrived: u32,
        /// The largest delay, milliseconds; `None` if the connection died.
        late_ms_max: Option<f64>,
    },
    /// See [`Code::Unsteady`].
    Unsteady {
        /// Attempts that were answered.
        answered: usize,
        /// Attempts that failed.
        failed: usize,
    },
    /// See [`Code::Slow`].
    Slow {
        /// The typical answer, milliseconds.
        ms: f64,
        /// The threshold, milliseconds.
        limit_ms: f64,
    },
    /// See [`Code::ExtensionInterferes`].
    ExtensionInterferes {
        /// The functions that are not the browser's own.
        replaced: Vec<String>,
    },
    /// See [`Code::Inspected`].
    Inspected {
        /// How it shows.
        how: Inspection,
    },
    /// See [`Code::RelayMisconfigured`].
    RelayMisconfigured {
        /// This page's origin.
        origin: String,
    },
    /// See [`Code::RelayBusy`].
    RelayBusy,
    /// See [`Code::RelayUnreachable`].
    RelayUnreachable {
        /// The relay's address.
        relay: String,
        /// Something answered in its place.
        wrong_answer: bool,
    },
    /// See [`Code::RelayNotOutside`].
    RelayNotOutside {
        /// Why.
        why: WhyNot,
    },
    /// See [`Code::NoRelay`].
    NoRelay,
}

impl Cause {
    /// The code of the finding.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::Offline => Code::Offline,
            Self::AnswerNotFromService { .. } => Code::AnswerNotFromService,
            Self::RefusedNearby { .. } => Code::RefusedNearby,
            Self::RefusedFar { .. } => Code::RefusedFar,
            Self::Dropped { .. } => Code::Dropped,
            Self::TlsRejected { .. } => Code::TlsRejected,
            Self::CutInHandshake { .. } => Code::CutInHandshake,
            Self::ClosedAfterTls { .. } => Code::ClosedAfterTls,
            Self::NotConnected { .. } => Code::NotConnected,
            Self::ServiceDown { .. } => Code::ServiceDown,
            Self::SocketBlocked => Code::SocketBlocked,
            Self::EventsLost { .. } => Code::EventsLost,
            Self::Unsteady { .. } => Code::Unsteady,
            Self::Slow { .. } => Code::Slow,
            Self::ExtensionInterferes { .. } => Code::ExtensionInterferes,
            Self::Inspected { .. } => Code::Inspected,
            Self::NotResolved { .. } => Code::NotResolved,
            Self::PrivateAddress { .. } => Code::PrivateAddress,
            Self::Plain443Blocked => Code::Plain443Blocked,
            Self::ProxyLogin => Code::ProxyLogin,
            Self::HoldCut { .. } => Code::HoldCut,
            Self::Port80Closed { .. } => Code::Port80Closed,
            Self::Port5222Closed { .. } => Code::Port5222Closed,
            Self::ClockWrong { .. } => Code::ClockWrong,
            Self::ProxyInPath { .. } => Code::ProxyInPath,
            Self::SplitEgress => Code::SplitEgress,
            Self::Ipv6Broken { .. } => Code::Ipv6Broken,
            Self::RelayMisconfigured { .. } => Code::RelayMisconfigured,
            Self::RelayBusy => Code::RelayBusy,
            Self::RelayUnreachable { .. } => Code::RelayUnreachable,
            Self::RelayNotOutside { .. } => Code::RelayNotOutside,
            Self::NoRelay => Code::NoRelay,
        }
    }
}

impl Code {
    /// A cause of this code without its evidence: what a short code leaves of a finding. It has the title of
    /// any other.
    #[must_use]
    pub const fn bare(self) -> Cause {
        let ms = 0.0;
        match self {
            Self::Offline => Cause::Offline,
            Self::ProxyLogin => Cause::ProxyLogin,
            Self::AnswerNotFromService => Cause::AnswerNotFromService {
                ms: None,
                floor_ms: None,
            },
            Self::NotResolved => Cause::NotResolved { ms: None },
            Self::PrivateAddress => Cause::PrivateAddress { everywhere: false },
            Self::RefusedNearby => Cause::RefusedNearby { ms },
            Self::Dropped => Cause::Dropped {
                seconds: 0,
                gave_up: None,
            },
            Self::TlsRejected => Cause::TlsRejected {
                ms,
                said_by_browser: false,
            },
            Self::CutInHandshake => Cause::CutInHandshake { ms },
            Self::ClosedAfterTls => Cause::ClosedAfterTls { ms },
            Self::RefusedFar => Cause::RefusedFar { ms },
            Self::NotConnected => Cause::NotConnected { ms },
            Self::ServiceDown => Cause::ServiceDown {
                outside: OutsideFailure::NoAnswer,
            },
            Self::Plain443Blocked => Cause::Plain443Blocked,
            Self::SocketBlocked => Cause::SocketBlocked,
            Self::HoldCut => Cause::HoldCut {
                seconds: None,
                is_round: false,
            },
            Self::EventsLost => Cause::EventsLost {
                expected: 0,
                arrived: 0,
                late_ms_max: None,
            },
            Self::Port80Closed => Cause::Port80Closed { refused_ms: None },
            Self::Port5222Closed => Cause::Port5222Closed { refused_ms: None },
            Self::Unsteady => Cause::Unsteady {
                answered: 0,
                failed: 0,
            },
            Self::Slow => Cause::Slow { ms, limit_ms: ms },
            Self::ClockWrong => Cause::ClockWrong {
                ahead_s: ms,
                witnesses: 2,
            },
            Self::ExtensionInterferes => Cause::ExtensionInterferes {
                replaced: Vec::new(),
            },
            Self::Inspected => Cause::Inspected {
                how: Inspection::Handshake,
            },
            Self::ProxyInPath => Cause::ProxyInPath { way: Way::Unknown },
            Self::SplitEgress => Cause::SplitEgress,
            Self::Ipv6Broken => Cause::Ipv6Broken { lost_ms: ms },
            Self::RelayMisconfigured => Cause::RelayMisconfigured {
                origin: String::new(),
            },
            Self::RelayBusy => Cause::RelayBusy,
            Self::RelayUnreachable => Cause::RelayUnreachable {
                relay: String::new(),
                wrong_answer: false,
            },
            Self::RelayNotOutside => Cause::RelayNotOutside {
                why: WhyNot::NoWord,
            },
            Self::NoRelay => Cause::NoRelay,
        }
    }
}

/// One rule that matched in one scope.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Where.
    pub scope: Scope,
    /// What, with its evidence.
    pub cause: Cause,
    /// How sure.
    pub proof: Proof,
    /// The endpoints it is about; none for the network.
    pub endpoints: Vec<EndpointRef>,
    /// The outside relay's round trip to the first of them, in milliseconds, where it got through.
    pub outside_ms: Option<f64>,
}

impl Finding {
    /// A finding about the network.
    #[must_use]
    pub const fn network(cause: Cause, proof: Proof) -> Self {
        Self {
            scope: Scope::Network,
            cause,
            proof,
            endpoints: Vec::new(),
            outside_ms: None,
        }
    }

    /// Whether it spoils the verdict of a region that otherwise works (ARCHITECTURE.md, "Verdicts").
    #[must_use]
    pub fn spoils(&self, region: usize) -> bool {
        match self.cause.code() {
            Code::SocketBlocked
            | Code::HoldCut
            | Code::EventsLost
            | Code::Port80Closed
            | Code::Port5222Closed => true,
            Code::Slow | Code::Unsteady | Code::AnswerNotFromService | Code::Plain443Blocked => {
                self.scope == Scope::Region(region)
            }
            Code::Offline
            | Code::RefusedNearby
            | Code::RefusedFar
            | Code::Dropped
            | Code::TlsRejected
            | Code::CutInHandshake
            | Code::ClosedAfterTls
            | Code::NotConnected
            | Code::ServiceDown
            | Code::ProxyLogin
            | Code::NotResolved
            | Code::PrivateAddress
            | Code::ClockWrong
            | Code::ExtensionInterferes
            | Code::Inspected
            | Code::ProxyInPath
            | Code::SplitEgress
            | Code::Ipv6Broken
            | Code::RelayMisconfigured
            | Code::RelayBusy
            | Code::RelayUnreachable
            | Code::RelayNotOutside
            | Code::NoRelay => false,
        }
    }
}
