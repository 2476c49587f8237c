//! HTTP inside a dial: what the relay was answered.

use serde::{Deserialize, Serialize};

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
        /// Whether it keeps the connection for the next request (RFC 9112 section 9.3): HTTP/1.1 without
        /// `Connection: close`, and a body whose end shows. Then a second answer takes one round trip.
        keeps_open: bool,
        /// The version that the status line names. Relays of earlier versions do not say it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        version: Option<HttpVersion>,
        /// How the end of the body shows. Absent where the head did not come whole or contradicts itself, of interim
        /// answers (1xx), and of relays of earlier versions.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<BodyEnd>,
        /// Whether the body came to its end in time. Absent where it was too long to be read, or was not waited for, of answers
        /// to an upgrade, and of relays of earlier versions.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        whole: Option<bool>,
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

/// Version of HTTP in a status line. The relay asks in HTTP/1.1, also of endpoints that would choose `h2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HttpVersion {
    /// HTTP/1.0: a connection for every request.
    #[serde(rename = "1.0")]
    Http10,
    /// HTTP/1.1.
    #[serde(rename = "1.1")]
    Http11,
}

/// How the end of an answer's body shows (RFC 9112 section 6.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BodyEnd {
    /// There is none, by the status (101, 204, 304).
    NoBody,
    /// By its stated length.
    Length,
    /// By the last chunk.
    Chunked,
    /// By the end of the connection.
    Close,
}
