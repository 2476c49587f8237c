//! What a check shows, how sure that is, and what it rests on.

use super::place::Place;
use super::relay::WhyNot;

/// What a check shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckOutcome {
    /// It works.
    Ok,
    /// It does not.
    Failed,
    /// The evidence does not decide.
    Unknown,
    /// There was no evidence to look at.
    NotRun,
}

impl CheckOutcome {
    /// The value of the hook `data-outcome`.
    #[must_use]
    pub const fn token(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::NotRun => "not-run",
        }
    }
}

/// How sure a conclusion is; the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proof {
    /// The browser alone proves it, or it failed here, by the browser's own word, while an outside relay got through
    /// the same dialogue in this run.
    Confirmed,
    /// By timing, because a deadline of the page ran out, or without counterpart.
    Inferred,
    /// There is no conclusion to be sure of.
    None,
}

impl Proof {
    /// The value of the hook `data-proof`.
    #[must_use]
    pub const fn token(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Inferred => "inferred",
            Self::None => "none",
        }
    }
}

/// The conclusion of a check: that it works or fails here, and where or by whom, each with its proof.
#[derive(Clone, Debug, PartialEq)]
pub struct Conclusion {
    /// What it shows.
    pub outcome: CheckOutcome,
    /// How sure that is.
    pub proof: Proof,
    /// Where it broke, or by what it is known who answered; `None` where nothing is known of it.
    pub place: Option<Place>,
    /// What it rests on, for the row.
    pub detail: Detail,
}

/// What a conclusion rests on. The words are in `reachcheck-texts`.
#[derive(Clone, Debug, PartialEq)]
pub enum Detail {
    /// Probes are still out.
    Pending,
    /// Nothing was tried.
    NotTried,
    /// It answered in so many milliseconds (typical).
    Answered {
        /// Milliseconds.
        ms: f64,
    },
    /// It answered some attempts and failed others.
    AnsweredSometimes {
        /// Answered attempts.
        answered: usize,
        /// Failed ones.
        failed: usize,
    },
    /// A connection with a trusted certificate was established, and that is all this port owes a browser.
    Connected,
    /// It behaves from here as it does from outside.
    AsFromOutside,
    /// An answer that cannot have come from the service: too fast for the way there.
    TooFast {
        /// Milliseconds.
        ms: f64,
        /// The fastest possible, milliseconds.
        floor_ms: f64,
    },
    /// It answers here as it does not from outside.
    AnswersUnlikeOutside,
    /// No answer until the deadline.
    NoAnswer,
    /// The name is not known here.
    NotResolved {
        /// Milliseconds.
        ms: f64,
    },
    /// Refused before anything left this network.
    RefusedNearby {
        /// Milliseconds.
        ms: f64,
    },
    /// Refused after one round trip.
    RefusedFar {
        /// Milliseconds.
        ms: f64,
    },
    /// Refused, and the operating system's own repeats hide where.
    Refused {
        /// Milliseconds.
        ms: f64,
    },
    /// The TLS handshake failed.
    TlsFailed {
        /// Milliseconds.
        ms: f64,
    },
    /// Cut while connecting.
    Cut {
        /// Milliseconds.
        ms: f64,
    },
    /// Closed once TLS stood, without an answer.
    ClosedAfterTls {
        /// Milliseconds.
        ms: f64,
    },
    /// Failed, and the time decides nothing.
    Failed {
        /// Milliseconds.
        ms: f64,
    },
    /// A healthy port that does not speak web protocols would look the same, and nobody outside looked.
    NeedsOutside(Option<WhyNot>),
    /// It is silent here and from outside alike.
    SilentHereAndOutside,
    /// From here and from outside it differs in a way that has more than one explanation.
    Ambiguous,
    /// Network checks: what answered, or that nothing did.
    Internet(super::Internet),
    /// Network checks: the relay could not be used.
    NoRelay(WhyNot),
    /// Network checks: the relay is on this computer, so its answers say nothing about the network.
    RelayOnThisComputer,
    /// The WebSocket works; the median round trip, if pings came back.
    SocketOpen {
        /// Milliseconds.
        ms: Option<f64>,
    },
    /// The WebSocket failed twice, HTTPS to the same place worked.
    SocketFailed,
    /// Server events.
    Events {
        /// How many were sent.
        expected: u32,
        /// How many came.
        arrived: u32,
        /// The largest delay, milliseconds.
        late_ms_max: f64,
    },
    /// The connection on which the events came died.
    EventsCut,
    /// There was no open connection to send events on.
    NoSocket,
    /// The relay does not serve that port.
    NotOffered,
    /// Ports: the relay answered there.
    PortOpen {
        /// Milliseconds.
        ms: f64,
    },
    /// Ports: refused.
    PortRefused {
        /// Milliseconds.
        ms: f64,
    },
    /// Ports: no answer.
    PortSilent,
    /// Ports: behind a proxy this says nothing about a client that goes another way.
    BehindProxy,
    /// Ports: something that is not the relay answers there.
    PortTaken,
    /// Ports: connected, and TLS was cut, which healthy plain traffic may pass.
    PortCut,
    /// Hold: open and silent for so many seconds.
    Held {
        /// Seconds.
        seconds: u32,
    },
    /// The page stood still meanwhile, for so long that what is missing or cut may be this computer's doing.
    StoodStill {
        /// Milliseconds.
        ms: f64,
    },
    /// The network of this computer came or went meanwhile.
    NetworkChanged,
    /// The browser asks for a permission, and lets nothing pass before it has its answer.
    PermissionWaits,
    /// Hold: cut after so many seconds, or silently at a time nobody saw.
    HoldCut {
        /// Seconds.
        seconds: Option<f64>,
    },
}

impl Conclusion {
    /// A conclusion, with its proof.
    #[must_use]
    pub const fn new(outcome: CheckOutcome, proof: Proof, detail: Detail) -> Self {
        Self {
            outcome,
            proof,
            place: None,
            detail,
        }
    }

    /// One that decides nothing.
    #[must_use]
    pub const fn unknown(detail: Detail) -> Self {
        Self::new(CheckOutcome::Unknown, Proof::None, detail)
    }

    /// One for lack of any evidence.
    #[must_use]
    pub const fn not_run(detail: Detail) -> Self {
        Self::new(CheckOutcome::NotRun, Proof::None, detail)
    }

    /// Whether probes it rests on are still out.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.detail == Detail::Pending
    }
}
