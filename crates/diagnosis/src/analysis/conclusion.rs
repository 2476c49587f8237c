//! What one endpoint's check shows: expected (from outside) against observed (from here).

use reachcheck_wire::Rejection;

use super::Canary;
use super::attempt_pattern::{Answered, AttemptPattern};
use super::intermediary::Intermediary;
use super::outside::{Expectation, OutsideFailure, OutsideView};
use super::path::is_too_fast;
use super::place::Place;
use super::relay::WhyNot;
use reachcheck_model::catalogue::Kind;
use reachcheck_model::environment::BrowserFamily;

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
    /// The browser alone proves it, or it failed here while an outside relay got through the same
    /// dialogue in this run.
    Confirmed,
    /// By timing, or without counterpart.
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

/// All that a conclusion about an endpoint rests on.
pub(super) struct Evidence<'facts> {
    pub kind: Kind,
    pub pattern: &'facts AttemptPattern,
    pub outside: &'facts OutsideView,
    pub canary: Canary,
    pub inspected: bool,
    pub way: Intermediary,
    pub floor_ms: Option<f64>,
    pub family: BrowserFamily,
    pub tcp_proven: bool,
    pub image: Option<bool>,
    pub upgrade_status: Option<u16>,
    pub why_not: Option<WhyNot>,
}

impl Evidence<'_> {
    pub fn conclude(&self) -> Conclusion {
        let pending = matches!(self.pattern, AttemptPattern::Pending)
            || *self.outside == OutsideView::Pending
            || self.canary == Canary::Pending;
        if pending {
            return Conclusion::not_run(Detail::Pending);
        }
        match self.pattern {
            AttemptPattern::Pending | AttemptPattern::NotTried => {
                Conclusion::not_run(Detail::NotTried)
            }
            AttemptPattern::Answered(answered) => self.answered(answered),
            AttemptPattern::TlsFinished { .. } if self.kind == Kind::Tcp => self.tls_finished(),
            _ => match self.outside {
                OutsideView::Failed(failure) => self.fails_outside_too(*failure),
                OutsideView::Reached { expect, .. } => self.against(*expect),
                OutsideView::NotRun | OutsideView::Pending => self.alone(),
            },
        }
    }

    /// Something answered; is it the service?
    fn answered(&self, answered: &Answered) -> Conclusion {
        // On a new connection, through DNS, TCP, TLS and the upgrade: no other cause was ever seen.
        if answered.opened {
            return Conclusion::new(
                CheckOutcome::Ok,
                Proof::Confirmed,
                Detail::Answered {
                    ms: answered.typical_ms(),
                },
            );
        }
        if is_too_fast(answered.fastest_ms(), self.floor_ms) {
            return Conclusion::new(
                CheckOutcome::Failed,
                Proof::Inferred,
                Detail::TooFast {
                    ms: answered.fastest_ms(),
                    floor_ms: self.floor_ms.unwrap_or_default(),
                },
            );
        }
        // An error page of whoever opens the connections is an answer, too.
        if self.inspected && matches!(self.outside, OutsideView::Failed(_)) {
            return Conclusion::unknown(Detail::AnswersUnlikeOutside);
        }
        if self.kind == Kind::Tcp && self.answers_unlike_outside() {
            // With an answer for everybody, this one is not the service's. Without, the service may treat
            // the relay differently.
            return if self.canary == Canary::Answered {
                Conclusion::new(
                    CheckOutcome::Failed,
                    Proof::Inferred,
                    Detail::AnswersUnlikeOutside,
                )
            } else {
                Conclusion::unknown(Detail::AnswersUnlikeOutside)
            };
        }
        // Only the service has that image; a page that says "blocked" has not.
        if self.inspected && self.image == Some(false) {
            return Conclusion::new(
                CheckOutcome::Failed,
                Proof::Inferred,
                Detail::AnswersUnlikeOutside,
            );
        }
        if answered.failures > 0 {
            return Conclusion::new(
                CheckOutcome::Ok,
                Proof::Inferred,
                Detail::AnsweredSometimes {
                    answered: answered.successes,
                    failed: answered.failures,
                },
            );
        }
        Conclusion::new(
            CheckOutcome::Ok,
            self.opaque_proof(),
            Detail::Answered {
                ms: answered.typical_ms(),
            },
        )
    }

    /// An opaque success proves the service only where nothing answers for everybody.
    fn opaque_proof(&self) -> Proof {
        if self.canary == Canary::Failed && !self.inspected {
            Proof::Confirmed
        } else {
            Proof::Inferred
        }
    }

    fn answers_unlike_outside(&self) -> bool {
        matches!(
            self.outside,
            OutsideView::Reached {
                expect: Expectation::ClosedAfterTls
                    | Expectation::SilentAfterTls
                    | Expectation::CertificateRefused
                    | Expectation::NoTls(_)
                    | Expectation::Greets
                    | Expectation::SilentInTls,
                ..
            }
        )
    }

    /// Firefox shows that TLS finished at a TCP endpoint that then did not answer HTTP.
    fn tls_finished(&self) -> Conclusion {
        match self.outside {
            OutsideView::Reached {
                expect: Expectation::Http(_),
                ..
            } => Conclusion::new(
                CheckOutcome::Failed,
                Proof::Confirmed,
                self.failure_detail(),
            ),
            OutsideView::Reached {
                expect:
                    Expectation::NoTls(_)
                    | Expectation::Greets
                    | Expectation::SilentInTls
                    | Expectation::CertificateRefused,
                ..
            } => Conclusion::unknown(Detail::AnswersUnlikeOutside),
            _ => Conclusion::new(CheckOutcome::Ok, self.opaque_proof(), Detail::Connected),
        }
    }

    /// It failed here, and nobody outside looked.
    fn alone(&self) -> Conclusion {
        let decided_by_time = matches!(
            self.pattern,
            AttemptPattern::Near { .. }
                | AttemptPattern::Far { .. }
                | AttemptPattern::NotResolved { .. }
        );
        if self.kind == Kind::Https || decided_by_time {
            return Conclusion::new(CheckOutcome::Failed, Proof::Inferred, self.failure_detail());
        }
        Conclusion::unknown(Detail::NeedsOutside(self.why_not))
    }

    /// It failed here and fails from outside.
    fn fails_outside_too(&self, failure: OutsideFailure) -> Conclusion {
        let got_there = matches!(
            self.pattern,
            AttemptPattern::InTls { .. }
                | AttemptPattern::AfterTls { .. }
                | AttemptPattern::Cut { .. }
                | AttemptPattern::HelloReset { .. }
        );
        let connected_outside = matches!(
            failure,
            OutsideFailure::Certificate(_) | OutsideFailure::NoHttp | OutsideFailure::NoTls
        );
        if self.kind == Kind::Tcp && got_there && !connected_outside {
            // From here something at the far end took the connection, from outside nothing did.
            return Conclusion::unknown(Detail::Ambiguous);
        }
        Conclusion::new(CheckOutcome::Failed, Proof::Inferred, self.failure_detail())
    }

    /// It failed here; from outside it answers like this. Is that the same thing?
    fn against(&self, expect: Expectation) -> Conclusion {
        if matches!(self.pattern, AttemptPattern::SocketAlone { .. }) {
            return match self.upgrade_status {
                // The relay's upgrade was turned down by the endpoint just so.
                Some(200..) => Conclusion::new(
                    CheckOutcome::Ok,
                    Proof::Inferred,
                    Detail::AnsweredSometimes {
                        answered: 1,
                        failed: 1,
                    },
                ),
                _ => Conclusion::unknown(Detail::Ambiguous),
            };
        }
        let expect = match expect {
            // Firefox waits for ever for a host that has spoken first to say more (docs/browsers.md section 1.4,
            // rule 8), so its silence is not the network's. To the others such a host is one that speaks no TLS.
            Expectation::Greets
                if self.family == BrowserFamily::Firefox
                    && *self.pattern == AttemptPattern::Silent =>
            {
                return Conclusion::unknown(Detail::Ambiguous);
            }
            Expectation::Greets => Expectation::NoTls(Rejection::NotTls),
            expect => expect,
        };
        if let Expectation::Http(_) = expect {
            // The same dialogue got through from outside; no time is needed to say that it did not here.
            return Conclusion::new(
                CheckOutcome::Failed,
                Proof::Confirmed,
                self.failure_detail(),
            );
        }
        let failed = |proof| Conclusion::new(CheckOutcome::Failed, proof, self.failure_detail());
        let as_outside = || {
            let proof = if self.tcp_proven {
                Proof::Confirmed
            } else {
                Proof::Inferred
            };
            Conclusion::new(CheckOutcome::Ok, proof, Detail::AsFromOutside)
        };
        let ambiguous = || Conclusion::unknown(Detail::Ambiguous);
        match self.pattern {
            AttemptPattern::Near { .. }
            | AttemptPattern::Far { .. }
            | AttemptPattern::NotResolved { .. } => failed(Proof::Inferred),
            AttemptPattern::Silent => match expect {
                Expectation::SilentInTls | Expectation::SilentAfterTls => {
                    Conclusion::unknown(Detail::SilentHereAndOutside)
                }
                _ => failed(Proof::Confirmed),
            },
            AttemptPattern::Unplaced { tls_failed, .. } => match expect {
                // Firefox says that it was connected and that the other side does not speak TLS.
                Expectation::NoTls(Rejection::NotTls | Rejection::Alert) if *tls_failed => {
                    as_outside()
                }
                // The proxy's tunnel stood, and a proxy says so only once its far end does.
                Expectation::NoTls(_) if self.tcp_proven && self.way == Intermediary::Proxy => {
                    as_outside()
                }
                _ => ambiguous(),
            },
            AttemptPattern::HelloReset { .. } => failed(Proof::Inferred),
            AttemptPattern::AfterTls { .. } => match expect {
                Expectation::ClosedAfterTls | Expectation::NotHttp => as_outside(),
                _ => ambiguous(),
            },
            AttemptPattern::InTls { .. } => match expect {
                Expectation::CertificateRefused | Expectation::NoTls(Rejection::Alert) => {
                    as_outside()
                }
                // Firefox does not try again where the bytes are not TLS, so two round trips are right;
                // in Chromium two are a reset of the ClientHello, four are the far end's doing.
                Expectation::NoTls(Rejection::NotTls) if self.family != BrowserFamily::Chromium => {
                    as_outside()
                }
                Expectation::NoTls(_) if self.family == BrowserFamily::WebKit => as_outside(),
                Expectation::NoTls(_) | Expectation::ClosedAfterTls | Expectation::NotHttp => {
                    failed(Proof::Inferred)
                }
                _ => ambiguous(),
            },
            AttemptPattern::Cut { .. } => match expect {
                Expectation::NoTls(_) => as_outside(),
                Expectation::ClosedAfterTls
                | Expectation::NotHttp
                | Expectation::CertificateRefused => failed(Proof::Inferred),
                _ => ambiguous(),
            },
            AttemptPattern::Pending
            | AttemptPattern::NotTried
            | AttemptPattern::Answered(_)
            | AttemptPattern::SocketAlone { .. }
            | AttemptPattern::TlsFinished { .. } => ambiguous(),
        }
    }

    fn failure_detail(&self) -> Detail {
        match *self.pattern {
            AttemptPattern::NotResolved { ms } => Detail::NotResolved { ms },
            AttemptPattern::Near { ms } => Detail::RefusedNearby { ms },
            // WebKit does not try again after a reset of the ClientHello, so one round trip is that, or a
            // refusal at the far end (docs/browsers.md section 8.1, `snirst`).
            AttemptPattern::Far { ms } if self.family == BrowserFamily::WebKit => {
                Detail::Failed { ms }
            }
            AttemptPattern::Far { ms } => Detail::RefusedFar { ms },
            AttemptPattern::InTls { ms } => Detail::TlsFailed { ms },
            AttemptPattern::Unplaced {
                ms,
                tls_failed: true,
            } => Detail::TlsFailed { ms },
            AttemptPattern::AfterTls { ms } | AttemptPattern::TlsFinished { ms } => {
                Detail::ClosedAfterTls { ms }
            }
            AttemptPattern::Cut { ms } | AttemptPattern::HelloReset { ms } => Detail::Cut { ms },
            AttemptPattern::Silent | AttemptPattern::SocketAlone { .. } => Detail::NoAnswer,
            AttemptPattern::Unplaced { ms, .. } => Detail::Failed { ms },
            AttemptPattern::Pending | AttemptPattern::NotTried | AttemptPattern::Answered(_) => {
                Detail::Ambiguous
            }
        }
    }
}
