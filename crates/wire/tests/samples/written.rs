//! Each message that this code writes, with every word that may stand in it, and with optional fields filled and left
//! out.

use reachcheck_wire::{
    AddressCounts, AddressFamily, Alpn, AnsweredHello, BodyEnd, Certificate, CertificateFault,
    Challenge, ClientMessage, Connect, Consistency, ControlsReport, DialReport, Dialogue, Ending,
    Hold, HttpVersion, Other, Plain, Quiet, Refusal, Rejection, Saw, Schedule, ServerMessage, Tls,
    TlsFacts,
};

/// The kind of a message of the page. A message without a sample does not compile here.
pub const fn kind_asked(message: &ClientMessage) -> &'static str {
    match message {
        ClientMessage::Ping { .. } => "ping",
        ClientMessage::Events { .. } => "events",
        ClientMessage::Dial { .. } => "dial",
        ClientMessage::Controls => "controls",
        ClientMessage::Saw => "saw",
        ClientMessage::Hold { .. } => "hold",
        ClientMessage::Watch { .. } => "watch",
        ClientMessage::Note => "note",
        ClientMessage::Ended { .. } => "ended",
    }
}

/// The kind of a message of the relay.
pub const fn kind_said(message: &ServerMessage) -> &'static str {
    match message {
        ServerMessage::Pong { .. } => "pong",
        ServerMessage::Event { .. } => "event",
        ServerMessage::Dial { .. } => "dial",
        ServerMessage::Controls { .. } => "controls",
        ServerMessage::Saw { .. } => "saw",
        ServerMessage::Held { .. } => "held",
        ServerMessage::Watched { .. } => "watched",
        ServerMessage::Ended { .. } => "ended",
        ServerMessage::Refused { .. } => "refused",
    }
}

/// What the page asks.
pub fn asked() -> Vec<ClientMessage> {
    let watch = |quiet| ClientMessage::Watch {
        quiet,
        ms: 60_000,
        name: "abcdEFGH-_09".to_owned(),
    };
    vec![
        ClientMessage::Ping { number: 7 },
        ClientMessage::Events {
            schedule: Schedule::Short,
        },
        ClientMessage::Dial {
            endpoint: "toronto/tcp".to_owned(),
        },
        ClientMessage::Controls,
        ClientMessage::Saw,
        ClientMessage::Hold { hold: Hold::Short },
        watch(Quiet::Both),
        watch(Quiet::Page),
        watch(Quiet::Relay),
        ClientMessage::Note,
        ClientMessage::Ended {
            name: "abcdEFGH-_09".to_owned(),
        },
    ]
}

/// What the relay says.
pub fn said() -> Vec<ServerMessage> {
    let ended = |how, ago_ms| ServerMessage::Ended {
        name: "abcdEFGH-_09".to_owned(),
        how,
        ago_ms,
    };
    let mut said = vec![
        ServerMessage::Pong { number: 7 },
        ServerMessage::Event {
            sequence: 3,
            due_ms: 230,
        },
        ServerMessage::Controls { report: CONTROLS },
        ServerMessage::Held { hold: Hold::Short },
        ServerMessage::Watched {
            ms: 60_000,
            events: 6,
        },
        ended(Ending::Open, None),
        ended(Ending::Closed, Some(1_500)),
        ended(Ending::Finished, Some(1_500)),
        ended(Ending::Reset, Some(1_500)),
        ended(Ending::TimedOut, Some(1_500)),
        ended(Ending::ByRelay, Some(1_500)),
        ended(Ending::NotKnown, None),
    ];
    said.extend(dials().into_iter().map(|report| ServerMessage::Dial {
        report: Box::new(report),
    }));
    said.extend(
        saws()
            .into_iter()
            .map(|report| ServerMessage::Saw { report }),
    );
    let refused = |why, endpoint| ServerMessage::Refused { why, endpoint };
    said.extend([
        refused(Refusal::UnknownEndpoint, Some("mars/tcp".to_owned())),
        refused(Refusal::Budget, None),
        refused(Refusal::Busy, None),
    ]);
    said
}

/// What the relay answers over plain HTTPS, beside dials.
pub const CONTROLS: ControlsReport = ControlsReport {
    answered: 2,
    configured: 3,
};

/// Answers to the challenge.
pub fn challenges() -> Vec<Challenge> {
    let challenge = |saw, is: bool| Challenge {
        nonce: "abcdEFGH-_09".to_owned(),
        version: "0.1.0".to_owned(),
        origin_allowed: is,
        busy: !is,
        outside: is,
        ports: if is { vec![443, 80, 5222] } else { vec![] },
        plain: is,
        saw,
    };
    let saws = saws().into_iter().enumerate();
    saws.map(|(index, saw)| challenge(saw, index == 0))
        .collect()
}

fn saws() -> Vec<Saw> {
    let saw = |tls| Saw {
        address: "2001:db8::7".to_owned(),
        forwarded: vec![("via".to_owned(), "1.1 \"box\"\\".to_owned())],
        tls,
        unix_ms: 1_800_000_000_000,
    };
    let judged = |consistency| {
        saw(Some(TlsFacts {
            ja4: String::new(),
            consistency,
        }))
    };
    vec![
        judged(Consistency::Consistent),
        judged(Consistency::Inconsistent),
        judged(Consistency::Unknown),
        Saw {
            forwarded: Vec::new(),
            ..saw(None)
        },
    ]
}

/// Reports of dials: one with every field, and each other way that a step may go.
pub fn dials() -> Vec<DialReport> {
    let full = full();
    let connect = |connect| DialReport { connect, ..bare() };
    let tls = |tls| DialReport {
        connect: CONNECTED,
        tls: Some(tls),
        ..bare()
    };
    let mut dials = vec![
        connect(Connect::Refused { ms: 20.5 }),
        connect(Connect::TimedOut { ms: 4000.0 }),
        connect(Connect::Unreachable { ms: 0.2 }),
        connect(Connect::NotResolved),
        connect(Connect::Forbidden),
        connect(Connect::NotTried),
        connect(CONNECTED),
        tls(Tls::Silent { ms: 3000.0 }),
    ];
    for how in [
        Rejection::Alert,
        Rejection::NotTls,
        Rejection::Closed,
        Rejection::Reset,
    ] {
        dials.push(tls(Tls::Rejected { ms: 40.1, how }));
    }
    for fault in [
        CertificateFault::Expired,
        CertificateFault::NotYetValid,
        CertificateFault::WrongName,
        CertificateFault::Untrusted,
        CertificateFault::Other,
    ] {
        dials.push(tls(finished(Some(fault))));
    }
    let mut incomplete = finished(Some(CertificateFault::Untrusted));
    if let Tls::Finished { certificate, .. } = &mut incomplete {
        certificate.lacks_issuer = true;
    }
    dials.push(tls(incomplete));
    for (get, plain) in [
        (Dialogue::NotHttp { ms: 1.5 }, Plain::Greeted { ms: 0.5 }),
        (Dialogue::Closed { ms: 1.5 }, Plain::Closed { ms: 80.5 }),
        (
            Dialogue::Silent { ms: 4000.0 },
            Plain::Silent { ms: 2000.0 },
        ),
    ] {
        dials.push(DialReport {
            get: Some(get),
            upgrade: Some(get),
            plain: Some(plain),
            ..full.clone()
        });
    }
    dials.push(DialReport {
        other: Some(Box::new(Other {
            family: AddressFamily::Ipv4,
            connect: Connect::TimedOut { ms: 1500.0 },
            tls: None,
        })),
        ..full.clone()
    });
    dials.extend(since_the_first());
    dials.insert(0, full);
    dials
}

/// Reports with each word of the fields that the first release did not know.
fn since_the_first() -> Vec<DialReport> {
    let mut dials = Vec::new();
    for (alpn, hello) in [
        (Alpn::H2, AnsweredHello::BrowserSized),
        (Alpn::Http11, AnsweredHello::OnlySmall),
        (Alpn::NotChosen, AnsweredHello::Neither),
    ] {
        let mut tls = finished(None);
        if let Tls::Finished { alpn: chosen, .. } = &mut tls {
            *chosen = Some(alpn);
        }
        dials.push(DialReport {
            connect: CONNECTED,
            tls: Some(tls),
            addresses: Some(AddressCounts { ipv4: 1, ipv6: 0 }),
            hello: Some(hello),
            ..bare()
        });
    }
    for (version, body) in [
        (HttpVersion::Http11, Some(BodyEnd::NoBody)),
        (HttpVersion::Http11, Some(BodyEnd::Length)),
        (HttpVersion::Http11, Some(BodyEnd::Chunked)),
        (HttpVersion::Http10, Some(BodyEnd::Close)),
        (HttpVersion::Http10, None),
    ] {
        dials.push(DialReport {
            connect: CONNECTED,
            tls: Some(finished(None)),
            get: Some(Dialogue::Http {
                ms: 80.5,
                status: 200,
                keeps_open: version == HttpVersion::Http11,
                version: Some(version),
                body,
                whole: None,
            }),
            ..bare()
        });
    }
    dials
}

const CONNECTED: Connect = Connect::Connected {
    ms: 80.25,
    family: AddressFamily::Ipv4,
};

fn finished(fault: Option<CertificateFault>) -> Tls {
    Tls::Finished {
        ms: 81.5,
        version: "TLS 1.3".to_owned(),
        certificate: Certificate {
            subject: "*.example.com".to_owned(),
            issuer: "Example \"CA\"".to_owned(),
            begins_unix: -1,
            expires_unix: 4_102_444_800,
            fault,
            lacks_issuer: false,
        },
        alpn: None,
    }
}

fn bare() -> DialReport {
    DialReport {
        endpoint: "toronto/https".to_owned(),
        age_ms: 0,
        ..DialReport::default()
    }
}

fn full() -> DialReport {
    DialReport {
        endpoint: "toronto/tcp".to_owned(),
        age_ms: 30_000,
        connect: CONNECTED,
        tls: Some(finished(None)),
        get: Some(Dialogue::Http {
            ms: 80.5,
            status: 200,
            keeps_open: true,
            version: Some(HttpVersion::Http11),
            body: Some(BodyEnd::Length),
            whole: None,
        }),
        upgrade: Some(Dialogue::Http {
            ms: 80.5,
            status: 101,
            keeps_open: false,
            version: Some(HttpVersion::Http11),
            body: Some(BodyEnd::NoBody),
            whole: None,
        }),
        plain: Some(Plain::Answered { ms: 80.75 }),
        other: Some(Box::new(Other {
            family: AddressFamily::Ipv6,
            connect: Connect::Connected {
                ms: 79.0,
                family: AddressFamily::Ipv6,
            },
            tls: Some(finished(Some(CertificateFault::WrongName))),
        })),
        addresses: Some(AddressCounts { ipv4: 4, ipv6: 2 }),
        hello: Some(AnsweredHello::BrowserSized),
    }
}
