//! A finding: one rule that matched, with its evidence.

use crate::analysis::{OutsideFailure, Proof, WhyNot};
use crate::catalogue::EndpointRef;

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
    /// Something answered in the service's place.
    AnswerNotFromService = "answer-not-from-service",
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
    /// HTTPS to the relay works, WebSocket does not.
    SocketBlocked = "socket-blocked",
    /// Server events got lost or came late.
    EventsLost = "events-lost",
    /// It answers some attempts and fails others.
    Unsteady = "unsteady",
    /// It answers, slowly.
    Slow = "slow",
    /// Somebody opens the encrypted connections on the way.
    Inspected = "inspected",
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
    },
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
    /// See [`Code::Inspected`].
    Inspected,
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
            Self::Inspected => Code::Inspected,
            Self::RelayMisconfigured { .. } => Code::RelayMisconfigured,
            Self::RelayBusy => Code::RelayBusy,
            Self::RelayUnreachable { .. } => Code::RelayUnreachable,
            Self::RelayNotOutside { .. } => Code::RelayNotOutside,
            Self::NoRelay => Code::NoRelay,
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
            Code::SocketBlocked | Code::EventsLost => true,
            Code::Slow | Code::Unsteady | Code::AnswerNotFromService => {
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
            | Code::Inspected
            | Code::RelayMisconfigured
            | Code::RelayBusy
            | Code::RelayUnreachable
            | Code::RelayNotOutside
            | Code::NoRelay => false,
        }
    }
}
