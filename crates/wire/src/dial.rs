//! What the relay met when it dialled an endpoint: facts, no judgement.

use serde::{Deserialize, Serialize};

use crate::{AnsweredHello, Dialogue, Rejection, Tls};

/// One dial of one endpoint, step by step; a step that was not reached is absent.
///
/// The default is of a dial that was not tried.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DialReport {
    /// The id that was asked for.
    pub endpoint: String,
    /// How old the facts are, in milliseconds; dials are shared between sessions for a while.
    pub age_ms: u64,
    /// Name resolution and the TCP connection.
    pub connect: Connect,
    /// The TLS handshake, once connected.
    pub tls: Option<Tls>,
    /// An HTTP GET of the endpoint's path, once TLS stands. Where `h2` was chosen: on a second connection, which
    /// offers HTTP/1.1 alone; absent if the endpoint has no other than `h2`.
    pub get: Option<Dialogue>,
    /// A WebSocket upgrade on a TLS connection of its own: status 101 where it is taken up.
    pub upgrade: Option<Dialogue>,
    /// The opening bytes of a plain TCP probe (a STUN Allocate request, as WebRTC sends it), on a
    /// connection of their own; only for TCP endpoints.
    pub plain: Option<Plain>,
    /// The other address family, where the name has both; everything above is of the one. Relays of earlier versions
    /// do not say it.
    pub other: Option<Box<Other>>,
    /// How many addresses the name has, where it has any that the relay dials. Relays of earlier versions do not say
    /// it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub addresses: Option<AddressCounts>,
    /// Which ClientHello was answered. Absent where that was not found out in time, and of relays of earlier versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hello: Option<AnsweredHello>,
}

/// Addresses in one answer to the relay's lookup of a name, counted by family, each address once. The answer is that
/// of the relay's resolver: where a name server hands out a few of many, or others elsewhere, it holds those few.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressCounts {
    /// A records.
    pub ipv4: u32,
    /// AAAA records.
    pub ipv6: u32,
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
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
    #[default]
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

impl DialReport {
    /// Whether TCP was established, the one fact every endpoint owes.
    #[must_use]
    pub const fn is_connected(&self) -> bool {
        matches!(self.connect, Connect::Connected { .. })
    }

    /// Whether an HTTP answer came over TLS that browsers trust, and to a ClientHello as large as theirs.
    #[must_use]
    pub fn gets_http_as_browser(&self) -> bool {
        let is_trusted = matches!(
            &self.tls,
            Some(Tls::Finished { certificate, .. })
                if certificate.fault.is_none() && !certificate.lacks_issuer
        );
        is_trusted
            && matches!(self.get, Some(Dialogue::Http { whole, .. }) if whole != Some(false))
            && self.hello != Some(AnsweredHello::OnlySmall)
    }

    /// Whether the connection stood and its TLS handshake came to no certificate: closed, reset or silent. An alert and
    /// bytes of another protocol are an answer.
    #[must_use]
    pub const fn ends_handshake(&self) -> bool {
        let is_ended = matches!(
            self.tls,
            Some(
                Tls::Silent { .. }
                    | Tls::Rejected {
                        how: Rejection::Closed | Rejection::Reset,
                        ..
                    }
            )
        );
        self.is_connected() && is_ended
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
    use super::{AddressCounts, AddressFamily, Connect, DialReport, Other, Plain};
    use crate::{
        Alpn, AnsweredHello, BodyEnd, Certificate, CertificateFault, Dialogue, HttpVersion,
        SERVER_MESSAGE_MAX, ServerMessage, Tls, decode, encode,
    };

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
                lacks_issuer: false,
            },
            alpn: Some(Alpn::Http11),
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
                version: Some(HttpVersion::Http11),
                body: Some(BodyEnd::Chunked),
                whole: None,
            }),
            upgrade: Some(Dialogue::Http {
                ms: 20.0,
                status: 101,
                keeps_open: false,
                version: Some(HttpVersion::Http11),
                body: Some(BodyEnd::NoBody),
                whole: None,
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
            addresses: Some(AddressCounts {
                ipv4: u32::MAX,
                ipv6: u32::MAX,
            }),
            hello: Some(AnsweredHello::BrowserSized),
        };
        let message = ServerMessage::Dial {
            report: Box::new(report),
        };
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
            ..DialReport::default()
        };
        assert_eq!(decode(text).as_ref(), Ok(&report));
    }
}
