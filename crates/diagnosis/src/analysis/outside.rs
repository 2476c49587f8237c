//! What an endpoint looked like from outside, and so what to expect of it from here.

use reachcheck_wire::{
    AnsweredHello, CertificateFault, Connect, DialReport, Dialogue, Plain, Rejection, Tls,
};

use super::Facts;
use super::relay::Outside;
use reachcheck_model::catalogue::{EndpointRef, Kind};
use reachcheck_model::observation::{Answer, Observations, Outcome};
use reachcheck_model::probe::Probe;

/// One endpoint, seen from outside.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum OutsideView {
    /// Not known yet.
    Pending,
    /// Nobody outside looked.
    NotRun,
    /// It does not serve its purpose from outside either.
    Failed(OutsideFailure),
    /// It answers from outside, in this way, after this TCP handshake in milliseconds.
    Reached {
        /// What a healthy path shows of it.
        expect: Expectation,
        /// The relay's round trip to it.
        connect_ms: f64,
    },
}

/// How it failed from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutsideFailure {
    /// The port is closed.
    Refused,
    /// No answer to the SYN.
    NoAnswer,
    /// The network has no way there.
    NoRoute,
    /// The name has no address.
    NotResolved,
    /// Connected, but no TLS handshake.
    NoTls,
    /// TLS, with a certificate that browsers refuse.
    Certificate(CertificateFault),
    /// TLS, but no HTTP answer.
    NoHttp,
}

impl OutsideFailure {
    /// Whether the relay was connected before it failed.
    pub(super) const fn is_connected(self) -> bool {
        matches!(self, Self::NoTls | Self::Certificate(_) | Self::NoHttp)
    }
}

/// How it behaves towards the dialogue that a browser's attempt leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expectation {
    /// TLS, then an HTTP answer with this status: a browser's `fetch` must succeed.
    Http(u16),
    /// TLS, then bytes that are not HTTP.
    NotHttp,
    /// TLS, then closed.
    ClosedAfterTls,
    /// TLS, then silence.
    SilentAfterTls,
    /// TLS with a certificate that a browser refuses.
    CertificateRefused,
    /// Connected, and the ClientHello was turned down: what a port with another protocol does.
    NoTls(Rejection),
    /// Connected, and greeted in another protocol before anything was said to it.
    Greets,
    /// Connected, and the ClientHello was not answered.
    SilentInTls,
}

impl OutsideView {
    /// Whether somebody outside got through.
    #[must_use]
    pub const fn is_reached(&self) -> bool {
        matches!(self, Self::Reached { .. })
    }
}

/// A relay whose dials are a view from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialler {
    /// The one that the run uses.
    First,
    /// The next one, which is asked where the first does not get through.
    Next,
}

impl Dialler {
    /// What it met at an endpoint, if it has said that.
    pub(super) fn report(
        self,
        endpoint: EndpointRef,
        observations: &Observations,
    ) -> Option<&DialReport> {
        match self.dial(endpoint, observations)? {
            Outcome::Answered {
                answer: Answer::Dial(report),
                ..
            } => Some(report),
            _ => None,
        }
    }

    /// What it says of an endpoint.
    fn view(self, endpoint: EndpointRef, observations: &Observations) -> OutsideView {
        if self.dial(endpoint, observations).is_none() {
            return OutsideView::Pending;
        }
        let report = self.report(endpoint, observations);
        report.map_or(OutsideView::NotRun, |report| view(endpoint.kind, report))
    }

    fn dial(self, endpoint: EndpointRef, observations: &Observations) -> Option<&Outcome> {
        observations.get(match self {
            Self::First => Probe::Dial(endpoint),
            Self::Next => Probe::NextDial(endpoint),
        })
    }
}

impl Facts<'_> {
    /// What the relay says of an endpoint whose word counts first.
    pub(super) fn first_view(&self, endpoint: EndpointRef) -> OutsideView {
        match self.outside {
            Outside::Pending => OutsideView::Pending,
            Outside::No(_) => OutsideView::NotRun,
            Outside::Yes => self.dialler.view(endpoint, self.observations),
        }
    }

    /// What another relay says of an endpoint, where it may be asked.
    fn other_view(&self, endpoint: EndpointRef) -> OutsideView {
        match (self.dialler, self.next_outside) {
            (Dialler::First, Outside::Yes) => Dialler::Next.view(endpoint, self.observations),
            (Dialler::First, Outside::Pending) => OutsideView::Pending,
            _ => OutsideView::NotRun,
        }
    }

    /// Who of the relays gets through wins: this view, or another relay's.
    pub(super) fn or_another(&self, endpoint: EndpointRef, view: OutsideView) -> OutsideView {
        if view.is_reached() {
            return view;
        }
        match self.other_view(endpoint) {
            other @ (OutsideView::Reached { .. } | OutsideView::Pending) => other,
            OutsideView::NotRun | OutsideView::Failed(_) => view,
        }
    }

    /// The dial of an endpoint that its view from outside stands on.
    fn dialled(&self, endpoint: EndpointRef) -> Option<&DialReport> {
        let is_by_other =
            !self.first_view(endpoint).is_reached() && self.other_view(endpoint).is_reached();
        let dialler = if is_by_other {
            Dialler::Next
        } else {
            self.dialler
        };
        dialler.report(endpoint, self.observations)
    }

    /// How the endpoint answered the relay's WebSocket upgrade.
    pub(super) fn upgrade_status(&self, endpoint: EndpointRef) -> Option<u16> {
        match self.dialled(endpoint)?.upgrade {
            Some(Dialogue::Http { status, .. }) => Some(status),
            _ => None,
        }
    }

    /// Beginning and end of the certificate that the relay was shown and trusts, in seconds since 1970.
    pub(super) fn certificate_unix(&self, endpoint: EndpointRef) -> Option<(i64, i64)> {
        match &self.dialled(endpoint)?.tls {
            Some(Tls::Finished { certificate, .. }) if certificate.fault.is_none() => {
                Some((certificate.begins_unix, certificate.expires_unix))
            }
            _ => None,
        }
    }
}

fn view(kind: Kind, report: &DialReport) -> OutsideView {
    let connect_ms = match report.connect {
        Connect::Connected { ms, .. } => ms,
        Connect::Refused { .. } => return OutsideView::Failed(OutsideFailure::Refused),
        Connect::TimedOut { .. } => return OutsideView::Failed(OutsideFailure::NoAnswer),
        Connect::Unreachable { .. } => return OutsideView::Failed(OutsideFailure::NoRoute),
        Connect::NotResolved => return OutsideView::Failed(OutsideFailure::NotResolved),
        // The relay's own rules or resources: no statement about the endpoint.
        Connect::Forbidden | Connect::NotTried => return OutsideView::NotRun,
    };
    // Browsers send a larger hello than the one that was answered: what they would meet is not known.
    if report.hello == Some(AnsweredHello::OnlySmall) {
        return OutsideView::NotRun;
    }
    let expect = match &report.tls {
        None => return OutsideView::NotRun,
        Some(Tls::Rejected { .. }) if matches!(report.plain, Some(Plain::Greeted { .. })) => {
            Expectation::Greets
        }
        Some(Tls::Rejected { how, .. }) => Expectation::NoTls(*how),
        Some(Tls::Silent { .. }) => Expectation::SilentInTls,
        // Browsers fetch what is missing, or have it: what they would meet is not known.
        Some(Tls::Finished { certificate, .. }) if certificate.lacks_issuer => {
            return OutsideView::NotRun;
        }
        Some(Tls::Finished { certificate, .. }) => match (certificate.fault, report.get) {
            (Some(fault), _) if kind == Kind::Https => {
                return OutsideView::Failed(OutsideFailure::Certificate(fault));
            }
            (Some(_), _) => Expectation::CertificateRefused,
            // What stalls from there as well is nobody's network, and does not compare with a browser that waits for the end.
            (
                None,
                Some(Dialogue::Http {
                    whole: Some(false), ..
                }),
            ) if kind == Kind::Https => {
                return OutsideView::NotRun;
            }
            (None, Some(Dialogue::Http { status, .. })) => Expectation::Http(status),
            (None, Some(Dialogue::NotHttp { .. })) => Expectation::NotHttp,
            (None, Some(Dialogue::Closed { .. })) => Expectation::ClosedAfterTls,
            (None, Some(Dialogue::Silent { .. })) => Expectation::SilentAfterTls,
            (None, None) => return OutsideView::NotRun,
        },
    };
    match (kind, expect) {
        (Kind::Tcp, _) | (Kind::Https, Expectation::Http(_)) => {
            OutsideView::Reached { expect, connect_ms }
        }
        (Kind::Https, Expectation::NoTls(_) | Expectation::Greets | Expectation::SilentInTls) => {
            OutsideView::Failed(OutsideFailure::NoTls)
        }
        (Kind::Https, _) => OutsideView::Failed(OutsideFailure::NoHttp),
    }
}

/// Whether a dial came to a connection and to no certificate, neither with a browser's hello nor with the small one.
/// Earlier relays do not say which hello was answered.
pub(super) fn shows_no_certificate(report: &DialReport) -> bool {
    report.is_connected()
        && matches!(report.tls, Some(Tls::Rejected { .. } | Tls::Silent { .. }))
        && matches!(report.hello, None | Some(AnsweredHello::Neither))
}

/// Whether an endpoint, as seen from outside, keeps a connection open after an answer.
pub(super) fn keeps_open(endpoint: EndpointRef, observations: &Observations) -> bool {
    let report = Dialler::First.report(endpoint, observations);
    report.is_some_and(|report| {
        matches!(
            report.get,
            Some(Dialogue::Http {
                keeps_open: true,
                ..
            })
        )
    })
}

/// How many addresses the endpoint's name has, of both families, as far as the relay says.
pub(super) fn addresses(endpoint: EndpointRef, observations: &Observations) -> u32 {
    let report = Dialler::First.report(endpoint, observations);
    let counts = report.and_then(|report| report.addresses);
    counts.map_or(1, |counts| counts.ipv4.saturating_add(counts.ipv6))
}

/// Whether the relay found that the name leads to an address that is not public.
pub(super) fn is_forbidden(endpoint: EndpointRef, observations: &Observations) -> bool {
    let report = Dialler::First.report(endpoint, observations);
    report.is_some_and(|report| report.connect == Connect::Forbidden)
}

/// The round trip to an endpoint, in milliseconds, of the relay whose own distance from here is known.
pub(super) fn round_trip_ms(endpoint: EndpointRef, observations: &Observations) -> Option<f64> {
    Dialler::First
        .report(endpoint, observations)?
        .round_trip_ms()
}
