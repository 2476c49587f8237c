//! Whether the service turns the relay away: what answers this browser refuses the relay or leaves it without an answer,
//! as filters against data centres and allow-lists do.

use reachcheck_wire::{Connect, DialReport, Rejection};

use super::attempt_pattern::AttemptPattern;
use super::intermediary::Intermediary;
use super::outside::{Expectation, OutsideFailure, OutsideView, shows_no_certificate};
use super::path::is_too_fast;
use super::taken::{Connection, Sign};
use super::{Canary, Facts, Outside};
use reachcheck_model::catalogue::{EndpointRef, Kind};

/// An endpoint that answers this browser, by a sign that is no time, and not the relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TurnedAway {
    /// The first one of the plan.
    pub endpoint: EndpointRef,
    /// Whether the relay was connected somewhere, and its TLS handshake was then ended.
    pub is_in_tls: bool,
}

/// How the relay was met where it is turned away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Met {
    /// No connection: a RST, an ICMP error or silence.
    NoConnection,
    /// A connection, and no certificate: closed, reset or silent.
    NoHandshake,
}

impl Met {
    /// Reads a dial. A name without an address, an alert and bytes that are not TLS turn nobody away, nor does the end
    /// of a handshake at a TCP endpoint, whose port may speak another protocol.
    fn read(kind: Kind, report: &DialReport) -> Option<Self> {
        match report.connect {
            Connect::Refused { .. } | Connect::TimedOut { .. } | Connect::Unreachable { .. } => {
                Some(Self::NoConnection)
            }
            Connect::Connected { .. } => {
                let is_ended = report.ends_handshake();
                (kind == Kind::Https && is_ended && shows_no_certificate(report))
                    .then_some(Self::NoHandshake)
            }
            Connect::NotResolved | Connect::Forbidden | Connect::NotTried => None,
        }
    }
}

impl TurnedAway {
    /// Of the endpoints that answer this browser, in the plan's order, and how the relay was met there.
    fn read(met: impl IntoIterator<Item = (EndpointRef, Met)>) -> Option<Self> {
        let mut met = met.into_iter();
        let (endpoint, first) = met.next()?;
        let is_in_tls = first == Met::NoHandshake || met.any(|(_, met)| met == Met::NoHandshake);
        Some(Self {
            endpoint,
            is_in_tls,
        })
    }

    /// What is left of the relay's view of an endpoint of the same service. A certificate that it was shown is a fact, and
    /// so is a port that answered it. Where handshakes are ended, a port that ends one may speak another protocol or
    /// turn the relay away.
    pub(super) fn what_is_left(self, view: OutsideView) -> OutsideView {
        match view {
            OutsideView::Failed(OutsideFailure::Certificate(_)) => view,
            OutsideView::Failed(_) => OutsideView::NotRun,
            OutsideView::Reached {
                expect:
                    Expectation::SilentInTls | Expectation::NoTls(Rejection::Closed | Rejection::Reset),
                ..
            } if self.is_in_tls => OutsideView::NotRun,
            _ => view,
        }
    }
}

impl Facts<'_> {
    /// Where the service turns the relay away, of all endpoints with what this browser tried at them.
    pub(super) fn read_turned_away<'run>(
        &self,
        tried: impl Iterator<Item = (EndpointRef, &'run AttemptPattern, Connection)>,
    ) -> Option<TurnedAway> {
        TurnedAway::read(tried.filter_map(|(endpoint, pattern, connection)| {
            let met = self.relay_met(endpoint)?;
            let got_further = self.got_further(endpoint, met, pattern, connection);
            got_further.then_some((endpoint, met))
        }))
    }

    /// How the relay was met at an endpoint, where that is as one meets who is turned away.
    fn relay_met(&self, endpoint: EndpointRef) -> Option<Met> {
        let report = self.dialler.report(endpoint, self.observations)?;
        match self.outside {
            Outside::Yes => Met::read(endpoint.kind, report),
            Outside::Pending | Outside::No(_) => None,
        }
    }

    /// Whether this browser got further at an endpoint than the relay, by a sign that is no time: to an answer, or to a
    /// connection where the relay had none. An answer faster than the path, and whatever comes where somebody answers for
    /// everybody or opens connections, may be anybody's.
    fn got_further(
        &self,
        endpoint: EndpointRef,
        relay_met: Met,
        pattern: &AttemptPattern,
        connection: Connection,
    ) -> bool {
        let is_anybodys = self.canary != Canary::Failed || self.inspection.is_some();
        match (pattern, connection) {
            (AttemptPattern::Answered(answered), _) => {
                // One round trip: what is known of more, the relay would have to have been told by an answer.
                let is_near = is_too_fast(answered.fastest_ms(), self.floor_ms(endpoint.region));
                answered.opened || self.image(endpoint) == Some(true) || !is_anybodys && !is_near
            }
            (_, Connection::Taken(taken)) => {
                let is_direct = !matches!(self.way, Intermediary::Proxy | Intermediary::EndsNearby);
                relay_met == Met::NoConnection
                    && is_direct
                    && !is_anybodys
                    && taken.sign != Sign::Ratio
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Met, TurnedAway};
    use crate::analysis::outside::{Expectation, OutsideFailure, OutsideView};
    use reachcheck_model::catalogue::{EndpointRef, Kind};
    use reachcheck_wire::{CertificateFault, Rejection};

    const FIRST: EndpointRef = EndpointRef {
        region: 0,
        kind: Kind::Https,
    };
    const SECOND: EndpointRef = EndpointRef { region: 1, ..FIRST };

    #[test]
    fn one_handshake_that_was_ended_shows_a_filter_in_tls() {
        let read = |met: &[(EndpointRef, Met)]| TurnedAway::read(met.iter().copied());
        let turned = |is_in_tls| {
            Some(TurnedAway {
                endpoint: FIRST,
                is_in_tls,
            })
        };
        let (none, ended) = (Met::NoConnection, Met::NoHandshake);
        assert_eq!(read(&[]), None);
        assert_eq!(read(&[(FIRST, none)]), turned(false));
        assert_eq!(read(&[(FIRST, ended)]), turned(true));
        assert_eq!(read(&[(FIRST, none), (SECOND, none)]), turned(false));
        assert_eq!(read(&[(FIRST, none), (SECOND, ended)]), turned(true));
        assert_eq!(read(&[(FIRST, ended), (SECOND, none)]), turned(true));
    }

    #[test]
    fn what_is_left_of_the_view_is_what_was_shown() {
        let left = |is_in_tls, view| {
            let endpoint = FIRST;
            TurnedAway {
                endpoint,
                is_in_tls,
            }
            .what_is_left(view)
        };
        let reached = |expect| OutsideView::Reached {
            expect,
            connect_ms: 2.0,
        };
        for is_in_tls in [false, true] {
            for kept in [
                OutsideView::Failed(OutsideFailure::Certificate(CertificateFault::Expired)),
                reached(Expectation::Http(200)),
                reached(Expectation::NoTls(Rejection::Alert)),
                OutsideView::Pending,
            ] {
                assert_eq!(left(is_in_tls, kept), kept);
            }
            let refused = OutsideView::Failed(OutsideFailure::Refused);
            assert_eq!(left(is_in_tls, refused), OutsideView::NotRun);
        }
        for ended in [
            Expectation::SilentInTls,
            Expectation::NoTls(Rejection::Closed),
            Expectation::NoTls(Rejection::Reset),
        ] {
            assert_eq!(left(true, reached(ended)), OutsideView::NotRun);
            assert_eq!(left(false, reached(ended)), reached(ended));
        }
    }
}
