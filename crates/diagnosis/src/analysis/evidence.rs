//! What one endpoint's check shows: expected (from outside) against observed (from here).

use reachcheck_wire::Rejection;

use super::Canary;
use super::attempt_pattern::{Answered, AttemptPattern};
use super::conclusion::{CheckOutcome, Conclusion, Detail, Proof};
use super::fast_answers::FastAnswers;
use super::intermediary::Intermediary;
use super::outside::{Expectation, OutsideFailure, OutsideView};
use super::path::{PathLength, is_too_fast};
use super::relay::WhyNot;
use super::taken::{Connection, Reach, Sign};
use reachcheck_model::catalogue::Kind;
use reachcheck_model::environment::BrowserFamily;

#[cfg(test)]
mod answers;
#[cfg(test)]
mod decisions;

/// All that a conclusion about an endpoint rests on.
#[cfg_attr(test, derive(Clone))]
pub(super) struct Evidence<'facts> {
    pub kind: Kind,
    pub pattern: &'facts AttemptPattern,
    pub outside: &'facts OutsideView,
    pub canary: Canary,
    pub inspected: bool,
    pub way: Intermediary,
    pub floor_ms: Option<f64>,
    pub answer_trips: f64,
    pub fast_answers: FastAnswers,
    pub family: BrowserFamily,
    pub path: Option<&'facts PathLength>,
    pub tcp_proven: bool,
    pub connection: Connection,
    /// Whether its attempts failed sooner than anything can come from the service.
    pub ends_short: bool,
    pub disturbance: Option<Detail>,
    pub waits_for_permission: bool,
    pub failed_by_itself: bool,
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
            _ if let Some(disturbance) = &self.disturbance => {
                Conclusion::unknown(disturbance.clone())
            }
            AttemptPattern::Silent if self.waits_for_permission => {
                Conclusion::unknown(Detail::PermissionWaits)
            }
            _ => match self.outside {
                OutsideView::Failed(failure) => self.fails_outside_too(*failure),
                OutsideView::Reached { expect, .. } => self.against(*expect),
                OutsideView::NotRun | OutsideView::Pending => self.alone(),
            },
        }
    }

    /// Whether an answer came faster than the way by which the relay is reached allows.
    pub fn is_too_fast(&self, answered: &Answered) -> bool {
        is_too_fast(answered.fastest_ms() / self.answer_trips, self.floor_ms)
    }

    /// Something answered; is it the service?
    fn answered(&self, answered: &Answered) -> Conclusion {
        // On a new connection, through DNS, TCP, TLS and the upgrade: no other cause was ever seen.
        if answered.opened {
            return Conclusion::new(
                CheckOutcome::Ok,
                Proof::Confirmed,
                Detail::Answered {
                    ms: answered.typical_ms,
                },
            );
        }
        if self.is_too_fast(answered) {
            let detail = Detail::TooFast {
                ms: answered.fastest_ms(),
                floor_ms: self.floor_ms.unwrap_or_default(),
            };
            // A time alone convicts nobody: beside it stands somebody who answers for everybody or opens connections,
            // an image that does not come, or hosts that would have to be in two places at once.
            let is_another = self.inspected || self.image == Some(false);
            match self.fast_answers {
                _ if is_another => {
                    return Conclusion::new(CheckOutcome::Failed, Proof::Inferred, detail);
                }
                FastAnswers::NotTheService => {
                    return Conclusion::new(CheckOutcome::Failed, Proof::Inferred, detail);
                }
                FastAnswers::Undecided => return Conclusion::unknown(detail),
                FastAnswers::None | FastAnswers::WaysDiffer => {}
            }
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
        // Somebody answers for everybody, and here each time as if anew, though the service keeps connections: a proxy that
        // refuses is an answer to WebKit.
        let is_webkit = self.family == BrowserFamily::WebKit;
        let for_everybody = self.canary == Canary::Answered;
        if is_webkit && for_everybody && self.answer_trips <= 1.0 && answered.is_never_kept() {
            return Conclusion::unknown(Detail::AnswersUnlikeOutside);
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
                ms: answered.typical_ms,
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
            // Firefox says so of a proxy's refusal, too.
            OutsideView::Failed(failure) if !failure.is_connected() => {
                Conclusion::unknown(Detail::Ambiguous)
            }
            _ => Conclusion::new(CheckOutcome::Ok, self.opaque_proof(), Detail::Connected),
        }
    }

    /// It failed here, and nobody outside looked.
    fn alone(&self) -> Conclusion {
        let decided_by_time = matches!(
            self.pattern,
            AttemptPattern::Near { .. }
                | AttemptPattern::Far { .. }
                | AttemptPattern::Refused { .. }
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
        if self.kind == Kind::Tcp && got_there && !failure.is_connected() {
            // From here something at the far end took the connection, from outside nothing did.
            return Conclusion::unknown(Detail::Ambiguous);
        }
        Conclusion::new(CheckOutcome::Failed, Proof::Inferred, self.failure_detail())
    }

    /// It failed here; from outside it answers like this. Is that the same thing?
    fn against(&self, expect: Expectation) -> Conclusion {
        if matches!(self.pattern, AttemptPattern::SocketAlone { .. })
            && self.family == BrowserFamily::Chromium
        {
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
            // rule 8), so its silence is not the network's, and an end of it not as from outside. To the others such a host is one that speaks no TLS.
            Expectation::Greets if self.family == BrowserFamily::Firefox && !self.is_refused() => {
                return Conclusion::unknown(Detail::Ambiguous);
            }
            Expectation::Greets => Expectation::NoTls(Rejection::NotTls),
            expect => expect,
        };
        if let Expectation::Http(_) = expect {
            // The same dialogue got through from outside; no time is needed to say that it did not here.
            return Conclusion::new(
                CheckOutcome::Failed,
                self.failure_proof(),
                self.failure_detail(),
            );
        }
        let failed = |proof| Conclusion::new(CheckOutcome::Failed, proof, self.failure_detail());
        let as_outside = || self.as_outside(expect);
        let ambiguous = || Conclusion::unknown(Detail::Ambiguous);
        // WebKit shows no sign, and a round trip more or less is a browser that was busy when the path was measured.
        let is_by_one_trip = matches!(
            self.pattern,
            AttemptPattern::Far { .. } | AttemptPattern::InTls { .. }
        );
        let is_without_sign =
            self.family == BrowserFamily::WebKit && self.connection == Connection::Unknown;
        if is_without_sign && is_by_one_trip {
            return ambiguous();
        }
        match self.pattern {
            AttemptPattern::Near { .. }
            | AttemptPattern::Far { .. }
            | AttemptPattern::Refused { .. }
            | AttemptPattern::NotResolved { .. } => failed(Proof::Inferred),
            AttemptPattern::Silent => match expect {
                // It waits for the client's first bytes here as there, on a connection that stands.
                Expectation::SilentInTls if self.tcp_proven && self.way != Intermediary::Proxy => {
                    Conclusion::new(CheckOutcome::Ok, Proof::Inferred, Detail::AsFromOutside)
                }
                Expectation::SilentInTls | Expectation::SilentAfterTls => {
                    Conclusion::unknown(Detail::SilentHereAndOutside)
                }
                _ => failed(self.failure_proof()),
            },
            AttemptPattern::Unplaced { tls_failed, .. } => match expect {
                // TLS failed here, and from outside it passed.
                Expectation::ClosedAfterTls | Expectation::NotHttp if *tls_failed => {
                    failed(Proof::Inferred)
                }
                Expectation::NoTls(_)
                | Expectation::CertificateRefused
                | Expectation::ClosedAfterTls
                | Expectation::NotHttp => as_outside(),
                _ => ambiguous(),
            },
            // Ten times one round trip, or ten times two of a shorter path, and then nothing is known.
            AttemptPattern::HelloReset { .. } => match (self.connection, as_outside().outcome) {
                (Connection::Taken(_), CheckOutcome::Ok | CheckOutcome::Unknown) => ambiguous(),
                _ => failed(Proof::Inferred),
            },
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
                // What was taken may be late by a round trip.
                _ if matches!(self.connection, Connection::Taken(_)) => ambiguous(),
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

    /// It failed here as it does outside, at a port of another protocol. That it works needs a sign that something took
    /// the connection, and an attempt that got as far as from outside; a time alone acquits nobody.
    fn as_outside(&self, expect: Expectation) -> Conclusion {
        let works = |proof| Conclusion::new(CheckOutcome::Ok, proof, Detail::AsFromOutside);
        match self.way {
            // The proxy's tunnel stood, and a proxy says so only once its far end does. The times are the proxy's.
            Intermediary::Proxy if self.tcp_proven => match expect {
                Expectation::NoTls(_) => return works(Proof::Confirmed),
                _ => return Conclusion::unknown(Detail::Ambiguous),
            },
            Intermediary::Proxy | Intermediary::EndsNearby => {
                return Conclusion::unknown(Detail::Ambiguous);
            }
            _ => {}
        }
        let failed = |detail| Conclusion::new(CheckOutcome::Failed, Proof::Inferred, detail);
        let taken = match self.connection {
            Connection::Taken(taken) => taken,
            // Refused, or a name that is not known: no time says which.
            Connection::NotTaken if matches!(self.pattern, AttemptPattern::Unplaced { .. }) => {
                return failed(self.failure_detail());
            }
            // Whoever ended it is nearer than the service.
            Connection::NotTaken | Connection::Unknown if self.ends_short => {
                return failed(self.failure_detail());
            }
            Connection::NotTaken | Connection::Unknown => {
                return Conclusion::unknown(Detail::Ambiguous);
            }
        };
        let passes_tls = matches!(expect, Expectation::ClosedAfterTls | Expectation::NotHttp);
        // Who closes or resets answers nothing that TLS could fail of.
        let is_silent = matches!(
            expect,
            Expectation::NoTls(Rejection::Closed | Rejection::Reset)
        );
        if taken.sign == Sign::TlsFailed && (passes_tls || is_silent) {
            return failed(self.failure_detail());
        }
        match (taken.sign, taken.reach(expect, self.path, self.family)) {
            // WebRTC would have proven TLS (`turns:`), which passes from outside.
            (Sign::Turn | Sign::TurnWaits, Reach::AsOutside) if passes_tls => {
                Conclusion::unknown(Detail::Ambiguous)
            }
            (Sign::Turn, Reach::AsOutside) => works(Proof::Confirmed),
            (_, Reach::AsOutside) => works(Proof::Inferred),
            // Something nearer than the service took the connection, or ended the dialogue.
            (_, Reach::Short) => failed(match self.failure_detail() {
                Detail::Failed { ms } => Detail::Cut { ms },
                detail => detail,
            }),
            (_, Reach::Unclear) => Conclusion::unknown(Detail::Ambiguous),
        }
    }

    /// Whether the attempts were refused, or the name is not known.
    fn is_refused(&self) -> bool {
        matches!(
            self.pattern,
            AttemptPattern::Near { .. }
                | AttemptPattern::Far { .. }
                | AttemptPattern::Refused { .. }
                | AttemptPattern::NotResolved { .. }
        ) || self.connection == Connection::NotTaken
    }

    /// How sure it is that it fails here, where the same dialogue got through from outside.
    fn failure_proof(&self) -> Proof {
        if self.failed_by_itself {
            Proof::Confirmed
        } else {
            Proof::Inferred
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
            AttemptPattern::Refused { ms } => Detail::Refused { ms },
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
            // It was connected, so it broke in TLS or later.
            AttemptPattern::Unplaced { ms, .. }
                if matches!(self.connection, Connection::Taken(_)) =>
            {
                Detail::TlsFailed { ms }
            }
            AttemptPattern::Unplaced { ms, .. } => Detail::Failed { ms },
            AttemptPattern::Pending | AttemptPattern::NotTried | AttemptPattern::Answered(_) => {
                Detail::Ambiguous
            }
        }
    }
}
