//! What the relay met when it dialled an endpoint: facts, no judgement.

use serde::{Deserialize, Serialize};

/// One dial of one endpoint, step by step; a step that was not reached is absent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DialReport {
    /// The id that was asked for.
    pub endpoint: String,
    /// How old the facts are, in milliseconds; dials are shared between sessions for a while.
    pub age_ms: u64,
    /// Name resolution and the TCP connection.
    pub connect: Connect,
    /// The TLS handshake, once connected.
    pub tls: Option<Tls>,
    /// An HTTP GET of the endpoint's path, once TLS stands.
    pub get: Option<Dialogue>,
    /// A WebSocket upgrade on a TLS connection of its own: status 101 where it is taken up.
    pub upgrade: Option<Dialogue>,
    /// The opening bytes of a plain TCP probe (a STUN Allocate request, as WebRTC sends it), on a
    /// connection of their own; only for TCP endpoints.
    pub plain: Option<Plain>,
    /// The other address family, where the name has both; everything above is of the one. Relays of earlier versions
    /// do not say it.
    pub other: Option<Box<Other>>,
}

/// How an endpoint answers over the address family that its report is not about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Other {
    /// Which.
    pub family: AddressFamily,
    /// The TCP connection. The other family does not wait for it long.
    pub connect: Connect,
    /// The TLS handshake, where both families are connected.
    pub tls: Option<Tls>,
}

/// What came back for the opening bytes of a plain TCP probe.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Plain {
    /// Bytes, before anything was said to it.
    Greeted {
        /// In milliseconds.
        ms: f64,
    },
    /// Bytes, whatever they were.
    Answered {
        /// In milliseconds.
        ms: f64,
    },
    /// FIN or RST.
    Closed {
        /// In milliseconds.
        ms: f64,
    },
    /// Nothing until the deadline.
    Silent {
        /// The deadline, in milliseconds.
        ms: f64,
    },
}

/// How the TCP connection went.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Connect {
    /// Established; one round trip.
    Connected {
        /// SYN to SYN-ACK, in milliseconds.
        ms: f64,
        /// Over which address family.
        family: AddressFamily,
    },
    /// RST in answer to the SYN.
    Refused {
        /// In milliseconds.
        ms: f64,
    },
    /// No answer until the deadline.
    TimedOut {
        /// The deadline, in milliseconds.
        ms: f64,
    },
    /// The network said that there is no way there (ICMP, or no route).
    Unreachable {
        /// In milliseconds.
        ms: f64,
    },
    /// The name has no address for the relay.
    NotResolved,
    /// The name leads to an address that the relay does not dial (private, loopback, own …).
    Forbidden,
    /// The relay could not even try (out of sockets, local policy). Says nothing about the endpoint.
    NotTried,
}

/// Address family of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AddressFamily {
    /// IPv4.
    Ipv4,
    /// IPv6.
    Ipv6,
}

/// How the TLS handshake went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Tls {
    /// Finished.
    Finished {
        /// ClientHello to Finished, in milliseconds.
        ms: f64,
        /// `TLS 1.3` or `TLS 1.2`.
        version: String,
        /// The certificate the endpoint showed.
        certificate: Certificate,
    },
    /// Ended by the endpoint, or by bytes that are not TLS.
    Rejected {
        /// In milliseconds.
        ms: f64,
        /// How.
        how: Rejection,
    },
    /// No answer until the deadline.
    Silent {
        /// The deadline, in milliseconds.
        ms: f64,
    },
}

/// How a handshake was ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rejection {
    /// A TLS alert.
    Alert,
    /// Bytes that are not TLS.
    NotTls,
    /// FIN.
    Closed,
    /// RST.
    Reset,
}

/// What matters of a certificate. Names are cut to 120 characters and made printable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// The subject's common name, or its first alternative name.
    pub subject: String,
    /// The issuer's common name or organisation.
    pub issuer: String,
    /// Beginning of validity, seconds since 1970.
    pub begins_unix: i64,
    /// End of validity, seconds since 1970.
    pub expires_unix: i64,
    /// What a browser would hold against it; `None` when it is trusted for this name now.
    pub fault: Option<CertificateFault>,
}

/// Why a browser would refuse a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CertificateFault {
    /// Past its end.
    Expired,
    /// Before its beginning.
    NotYetValid,
    /// For other names.
    WrongName,
    /// By an authority that is not trusted.
    Untrusted,
    /// Anything else (bad encoding, wrong purpose …).
    Other,
}

/// How the endpoint answered a GET inside TLS.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Dialogue {
    /// With an HTTP status line.
    Http {
        /// Request to status line, in milliseconds.
        ms: f64,
        /// The status.
        status: u16,
        /// Whether it keeps the connection for the next request (RFC 9112 section 9.3): then a second
        /// answer takes one round trip.
        keeps_open: bool,
    },
    /// With bytes that are not HTTP.
    NotHttp {
        /// In milliseconds.
        ms: f64,
    },
    /// By closing.
    Closed {
        /// In milliseconds.
        ms: f64,
    },
    /// Not at all.
    Silent {
        /// The deadline, in milliseconds.
        ms: f64,
    },
}

impl DialReport {
    /// Whether TCP was established, the one fact every endpoint owes.
    #[must_use]
    pub const fn is_connected(&self) -> bool {
        matches!(self.connect, Connect::Connected { .. })
    }

    /// The round trip between relay and endpoint, in milliseconds: no step that was answered can have
    /// taken less than one, so the fastest of them is the best measure of it.
    #[must_use]
    pub fn round_trip_ms(&self) -> Option<f64> {
        let connect = match self.connect {
            Connect::Connected { ms, .. } => ms,
            _ => return None,
        };
        let tls = match self.tls {
            Some(Tls::Finished { ms, .. } | Tls::Rejected { ms, .. }) => ms,
            Some(Tls::Silent { .. }) | None => connect,
        };
        let get = match self.get {
            Some(
                Dialogue::Http { ms, .. } | Dialogue::NotHttp { ms } | Dialogue::Closed { ms },
            ) => ms,
            Some(Dialogue::Silent { .. }) | None => connect,
        };
        Some(connect.min(tls).min(get))
    }
}

#[cfg(test)]
mod tests {
    use super::{
        AddressFamily, Certificate, CertificateFault, Connect, DialReport, Dialogue, Other, Plain,
        Tls,
    };
    use crate::{SERVER_MESSAGE_MAX, ServerMessage, decode, encode};

    #[test]
    fn the_longest_report_fits_a_message_and_survives_the_trip() {
        // Printable, and each of them escaped.
        let tls = Tls::Finished {
            ms: 31.5,
            version: "TLS 1.3".to_owned(),
            certificate: Certificate {
                subject: "\"".repeat(120),
                issuer: "\\".repeat(120),
                begins_unix: 1_767_225_600,
                expires_unix: 4_102_444_800,
                fault: Some(CertificateFault::NotYetValid),
            },
        };
        let report = DialReport {
            endpoint: "r".repeat(64),
            age_ms: 30_000,
            connect: Connect::Connected {
                ms: 12.345,
                family: AddressFamily::Ipv6,
            },
            tls: Some(tls.clone()),
            get: Some(Dialogue::Http {
                ms: 20.0,
                status: 200,
                keeps_open: true,
            }),
            upgrade: Some(Dialogue::Http {
                ms: 20.0,
                status: 101,
                keeps_open: true,
            }),
            plain: Some(Plain::Silent { ms: 2000.0 }),
            other: Some(Box::new(Other {
                family: AddressFamily::Ipv4,
                connect: Connect::Connected {
                    ms: 12.345,
                    family: AddressFamily::Ipv4,
                },
                tls: Some(tls),
            })),
        };
        let message = ServerMessage::Dial { report };
        let text = encode(&message);
        assert!(text.len() < SERVER_MESSAGE_MAX);
        assert_eq!(decode::<ServerMessage>(&text).as_ref(), Ok(&message));
    }

    #[test]
    fn a_report_of_an_earlier_relay_is_read() {
        let text = r#"{"endpoint":"a/tcp","age_ms":1,"connect":{"is":"refused","ms":20.5},"tls":null,"get":null,
            "upgrade":null,"plain":null}"#;
        let report = DialReport {
            endpoint: "a/tcp".to_owned(),
            age_ms: 1,
            connect: Connect::Refused { ms: 20.5 },
            tls: None,
            get: None,
            upgrade: None,
            plain: None,
            other: None,
        };
        assert_eq!(decode(text).as_ref(), Ok(&report));
    }
}
