//! What an endpoint looked like from outside, and so what to expect of it from here.

use reachcheck_wire::{
    AnsweredHello, CertificateFault, Connect, DialReport, Dialogue, Plain, Rejection, Tls,
};

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

pub(super) fn read(
    endpoint: EndpointRef,
    observations: &Observations,
    outside: &Outside,
) -> OutsideView {
    match outside {
        Outside::Pending => return OutsideView::Pending,
        Outside::No(_) => return OutsideView::NotRun,
        Outside::Yes => {}
    }
    match observations.get(Probe::Dial(endpoint)) {
        None => OutsideView::Pending,
        Some(Outcome::Answered {
            answer: Answer::Dial(report),
            ..
        }) => view(endpoint.kind, report),
        Some(_) => OutsideView::NotRun,
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

/// Whether the relay's dial of an endpoint ended so.
pub(super) fn ended_before_certificate(endpoint: EndpointRef, observations: &Observations) -> bool {
    matches!(
        observations.get(Probe::Dial(endpoint)),
        Some(Outcome::Answered {
            answer: Answer::Dial(report),
            ..
        }) if shows_no_certificate(report)
    )
}

/// Whether an endpoint, as seen from outside, keeps a connection open after an answer.
pub(super) fn keeps_open(endpoint: EndpointRef, observations: &Observations) -> bool {
    match observations.get(Probe::Dial(endpoint)) {
        Some(Outcome::Answered {
            answer: Answer::Dial(report),
            ..
        }) => matches!(
            report.get,
            Some(Dialogue::Http {
                keeps_open: true,
                ..
            })
        ),
        _ => false,
    }
}

/// How many addresses the endpoint's name has, of both families, as far as the relay says.
pub(super) fn addresses(endpoint: EndpointRef, observations: &Observations) -> u32 {
    match observations.get(Probe::Dial(endpoint)) {
        Some(Outcome::Answered {
            answer: Answer::Dial(report),
            ..
        }) => report
            .addresses
            .map_or(1, |counts| counts.ipv4.saturating_add(counts.ipv6)),
        _ => 1,
    }
}

/// How the endpoint answered the relay's WebSocket upgrade.
pub(super) fn upgrade_status(endpoint: EndpointRef, observations: &Observations) -> Option<u16> {
    match observations.get(Probe::Dial(endpoint))? {
        Outcome::Answered {
            answer: Answer::Dial(report),
            ..
        } => match report.upgrade {
            Some(Dialogue::Http { status, .. }) => Some(status),
            _ => None,
        },
        _ => None,
    }
}

/// Whether the relay found that the name leads to an address that is not public.
pub(super) fn is_forbidden(endpoint: EndpointRef, observations: &Observations) -> bool {
    matches!(
        observations.get(Probe::Dial(endpoint)),
        Some(Outcome::Answered {
            answer: Answer::Dial(report),
            ..
        }) if report.connect == Connect::Forbidden
    )
}

/// Beginning and end of the certificate that the relay was shown and trusts, in seconds since 1970.
pub(super) fn certificate_unix(
    endpoint: EndpointRef,
    observations: &Observations,
) -> Option<(i64, i64)> {
    match observations.get(Probe::Dial(endpoint))? {
        Outcome::Answered {
            answer: Answer::Dial(report),
            ..
        } => match &report.tls {
            Some(Tls::Finished { certificate, .. }) if certificate.fault.is_none() => {
                Some((certificate.begins_unix, certificate.expires_unix))
            }
            _ => None,
        },
        _ => None,
    }
}

/// The relay's round trip to an endpoint, in milliseconds, if it got there.
pub(super) fn round_trip_ms(endpoint: EndpointRef, observations: &Observations) -> Option<f64> {
    match observations.get(Probe::Dial(endpoint))? {
        Outcome::Answered {
            answer: Answer::Dial(report),
            ..
        } => report.round_trip_ms(),
        _ => None,
    }
}
