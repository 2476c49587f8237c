//! TLS handshakes that the relay led, and the certificates it was shown.

use serde::{Deserialize, Serialize};

use crate::shown;

/// How the TLS handshake went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Tls {
    /// Finished.
    Finished {
        /// ClientHello to Finished, in milliseconds.
        ms: f64,
        /// `TLS 1.3` or `TLS 1.2`.
        #[serde(deserialize_with = "shown::text")]
        version: String,
        /// The certificate the endpoint showed.
        certificate: Certificate,
        /// What it chose of the protocols `h2` and `http/1.1`. Absent where not both were offered, and of relays of
        /// earlier versions.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        alpn: Option<Alpn>,
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
    #[serde(deserialize_with = "shown::text")]
    pub subject: String,
    /// The issuer's common name or organisation.
    #[serde(deserialize_with = "shown::text")]
    pub issuer: String,
    /// Beginning of validity, seconds since 1970.
    pub begins_unix: i64,
    /// End of validity, seconds since 1970.
    pub expires_unix: i64,
    /// What a browser would hold against it; `None` when it is trusted for this name now.
    pub fault: Option<CertificateFault>,
    /// Whether all that is wrong with it is that the certificate of its issuer did not come along, although it says
    /// where that is to be had (RFC 5280 section 4.2.2.1): a browser that fetches it, or has it, may trust what this relay
    /// cannot. Relays of earlier versions do not say it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lacks_issuer: bool,
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

/// Protocol that an endpoint chose in the handshake (ALPN, RFC 7301), of `h2` and `http/1.1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Alpn {
    /// HTTP/2 (RFC 9113): a browser's requests share one connection, whatever an HTTP/1.1 answer says of keeping it.
    #[serde(rename = "h2")]
    H2,
    /// HTTP/1.1 (RFC 9112).
    #[serde(rename = "http/1.1")]
    Http11,
    /// Neither: it did not answer the offer, and a browser speaks HTTP/1.1.
    #[serde(rename = "none")]
    NotChosen,
}

/// Which of the relay's two ClientHellos an endpoint answers: browsers' outgrow one segment since they hold a
/// post-quantum key share (X25519MLKEM768), and some boxes and servers read no second one.
///
/// A hello is answered where a certificate was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnsweredHello {
    /// The one of a browser's size, in two segments; the small one is then not in question.
    BrowserSized,
    /// The small one alone, in one segment: the report's handshake and answer are of it, and a browser may fail.
    OnlySmall,
    /// Neither.
    Neither,
}
