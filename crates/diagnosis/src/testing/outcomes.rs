//! What probes meet, and what the relay says of its dials.

use super::R;
use reachcheck_model::observation::{Answer, Events, Failure, NotRun, Outcome, Phases};
use reachcheck_wire::{
    AddressFamily, Alpn, BodyEnd, Certificate, CertificateFault, Challenge, Connect, Consistency,
    ControlsReport, DialReport, Dialogue, HttpVersion, Rejection, Saw, Tls, TlsFacts,
};

/// An answer after so many milliseconds.
#[must_use]
pub fn answered(ms: f64, answer: Answer) -> Outcome {
    Outcome::Answered { ms, answer }
}

/// A failure after so many milliseconds, of which the browser shows nothing else.
#[must_use]
pub fn failed(ms: f64) -> Outcome {
    Outcome::Failed {
        ms,
        failure: Failure::Network { tls_finished: None },
    }
}

/// A failure after TLS had finished.
#[must_use]
pub fn failed_after_tls(ms: f64) -> Outcome {
    Outcome::Failed {
        ms,
        failure: Failure::Network {
            tls_finished: Some(true),
        },
    }
}

/// A WebSocket that closed without having opened.
#[must_use]
pub fn closed(ms: f64, code: u16) -> Outcome {
    Outcome::Failed {
        ms,
        failure: Failure::Closed {
            code,
            opened: false,
        },
    }
}

/// There was no occasion for it.
#[must_use]
pub fn not_needed() -> Outcome {
    Outcome::NotRun(NotRun::NotNeeded)
}

/// So many of the relay's own controls answered it, of one.
#[must_use]
pub fn controls(answered_count: u32) -> Outcome {
    answered(
        60.0,
        Answer::Controls(ControlsReport {
            answered: answered_count,
            configured: 1,
        }),
    )
}

/// So many of ten server events, and how late the latest was in milliseconds.
#[must_use]
pub fn events(arrived: u32, late_ms_max: f64) -> Events {
    Events {
        expected: 10,
        arrived,
        late_ms_max,
    }
}

pub(super) fn challenge() -> Challenge {
    Challenge {
        nonce: "n".to_owned(),
        version: "0.1.0".to_owned(),
        origin_allowed: true,
        busy: false,
        outside: true,
        ports: vec![443, 80, 5222],
        plain: true,
        saw: saw(),
    }
}

/// What the relay saw of a healthy request.
#[must_use]
pub fn saw() -> Saw {
    Saw {
        address: "198.51.100.7".to_owned(),
        forwarded: Vec::new(),
        tls: Some(TlsFacts {
            ja4: "t13d1516h1_8daaf6152771_5b37b36a67c0".to_owned(),
            consistency: Consistency::Consistent,
        }),
        unix_ms: 1_795_385_405_000,
    }
}

/// Our clock, so many seconds ahead.
#[must_use]
pub fn clock(ahead_s: f64) -> Outcome {
    let remote_unix_ms = 1_795_385_405_000.0;
    answered(
        84.0,
        Answer::Clock {
            local_unix_ms: remote_unix_ms + ahead_s * 1000.0,
            remote_unix_ms,
        },
    )
}

/// A cold request without anything in the way, after a lookup of so many milliseconds.
#[must_use]
pub fn phases_direct(lookup_ms: f64) -> Phases {
    let connect_start = 2.0 + lookup_ms;
    Phases {
        lookup_start: 2.0,
        lookup_end: connect_start,
        connect_start,
        secure_start: Some(connect_start + R),
        connect_end: connect_start + 2.0 * R,
        request_start: connect_start + 2.0 * R,
        response_start: connect_start + 3.0 * R,
        response_end: connect_start + 3.0 * R + 1.0,
        protocol: "h2".to_owned(),
    }
}

/// The relay's dial of an endpoint that speaks HTTP.
#[must_use]
pub fn speaks_http(id: &str) -> DialReport {
    after_tls(
        id,
        None,
        Dialogue::Http {
            ms: 2.0,
            status: 200,
            keeps_open: true,
            version: None,
            body: None,
            whole: None,
        },
    )
}

/// The relay's dial of an endpoint that speaks HTTP/1.1, with a body of a given length.
#[must_use]
pub fn speaks_http_1_1(id: &str) -> DialReport {
    let mut report = speaks_http(id);
    if let Some(Tls::Finished { alpn, .. }) = &mut report.tls {
        *alpn = Some(Alpn::Http11);
    }
    report.get = Some(Dialogue::Http {
        ms: 2.0,
        status: 200,
        keeps_open: true,
        version: Some(HttpVersion::Http11),
        body: Some(BodyEnd::Length),
        whole: None,
    });
    report
}

/// The relay's dial of an endpoint that speaks HTTP, and answers what asks for a WebSocket with this status.
#[must_use]
pub fn answers_upgrades(id: &str, status: u16) -> DialReport {
    DialReport {
        upgrade: Some(Dialogue::Http {
            ms: 2.0,
            status,
            keeps_open: false,
            version: None,
            body: None,
            whole: None,
        }),
        ..speaks_http(id)
    }
}

/// The relay's dial of an endpoint that finished TLS.
#[must_use]
pub fn after_tls(id: &str, fault: Option<CertificateFault>, get: Dialogue) -> DialReport {
    DialReport {
        tls: Some(Tls::Finished {
            ms: 5.0,
            version: "TLS 1.3".to_owned(),
            certificate: Certificate {
                subject: "pop.example".to_owned(),
                issuer: "CA".to_owned(),
                begins_unix: 1_700_000_000,
                expires_unix: 4_000_000_000,
                fault,
                lacks_issuer: false,
            },
            alpn: None,
        }),
        get: Some(get),
        ..connected(id)
    }
}

/// The relay's dial of an endpoint that closes once TLS stands.
#[must_use]
pub fn closes_after_tls(id: &str) -> DialReport {
    after_tls(id, None, Dialogue::Closed { ms: 2.0 })
}

/// The relay's dial of an endpoint that speaks another protocol.
#[must_use]
pub fn rejects_tls(id: &str, how: Rejection) -> DialReport {
    DialReport {
        tls: Some(Tls::Rejected { ms: 2.0, how }),
        ..connected(id)
    }
}

/// What the relay says of an endpoint that is so many milliseconds away from it.
#[must_use]
pub fn further_away(mut report: DialReport, away_ms: f64) -> DialReport {
    if let Connect::Connected { ms, .. } = &mut report.connect {
        *ms = away_ms;
    }
    if let Some(Tls::Finished { ms, .. } | Tls::Rejected { ms, .. }) = &mut report.tls {
        *ms = away_ms;
    }
    if let Some(Dialogue::Http { ms, .. } | Dialogue::Closed { ms }) = &mut report.get {
        *ms = away_ms;
    }
    report
}

/// The relay's dial of an endpoint that waits for more.
#[must_use]
pub fn waits(id: &str) -> DialReport {
    DialReport {
        tls: Some(Tls::Silent { ms: 3000.0 }),
        ..connected(id)
    }
}

/// The relay's dial of an endpoint that it did not reach.
#[must_use]
pub fn unreached(id: &str, connect: Connect) -> DialReport {
    DialReport {
        connect,
        ..connected(id)
    }
}

fn connected(id: &str) -> DialReport {
    DialReport {
        endpoint: id.to_owned(),
        age_ms: 0,
        connect: Connect::Connected {
            ms: 2.0,
            family: AddressFamily::Ipv4,
        },
        ..DialReport::default()
    }
}

/// No answer until an endpoint's deadline.
#[must_use]
pub fn silence() -> Outcome {
    Outcome::TimedOut { ms: 8000.0 }
}

/// A cold request as Chromium shows it through an explicit proxy.
#[must_use]
pub fn through_proxy() -> Phases {
    Phases {
        lookup_start: 0.0,
        lookup_end: 0.0,
        connect_start: 1.1,
        secure_start: Some(82.6),
        connect_end: 164.9,
        request_start: 165.0,
        response_start: 246.0,
        response_end: 247.0,
        protocol: "h2".to_owned(),
    }
}
