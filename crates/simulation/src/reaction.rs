//! What becomes of a connection to a place: the one word by which the models of browser and relay know it.

use reachcheck_lab::fault::With;
use reachcheck_wire::CertificateFault;

/// What a browser or the relay meets at a host and port.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reaction {
    /// TLS with a trusted certificate, and an HTTP answer.
    Answers(Http),
    /// The SYN is turned down.
    Refuses(With),
    /// The SYN is not answered.
    Drops,
    /// The name leads nowhere.
    NoName(NameFailure),
    /// This computer has no network: nothing leaves it.
    NoNetwork,
    /// A box near by resets the connection at its first data; the SYN went to the far end.
    ResetsHelloNearby,
    /// TCP stands, and the ClientHello is not answered.
    SilentAtHello,
    /// FIN where the ClientHello's answer should be.
    ClosesAtHello,
    /// RST where the ClientHello's answer should be.
    ResetsAtHello,
    /// A few bytes of another protocol, then the end of the connection.
    AnswersAndCloses,
    /// An HTTP answer without TLS.
    PlainHttp,
    /// A greeting in another protocol, and then patience.
    Greets,
    /// A TLS alert with this number (RFC 8446 section 6).
    Alert(u8),
    /// TLS, with a certificate that browsers refuse.
    BadCertificate(CertificateFault),
    /// TLS, then closed on the request.
    ClosesAfterTls,
    /// TLS, then nothing.
    SilentAfterTls,
    /// One request a connection; most are closed without an answer (`Manner::Unsteady` of the lab).
    Unsteady,
}

/// How a place answers HTTP.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Http {
    /// The status.
    pub status: u16,
    /// The status that answers a WebSocket upgrade.
    pub upgrade: u16,
    /// Until the answer, in milliseconds.
    pub wait_ms: f64,
    /// The body is HTML, which Chromium keeps from a page that may not read it; the connection ends with that.
    pub is_html: bool,
    /// The answer is at another host.
    pub redirects: bool,
    /// The answer begins and does not end.
    pub stalls: bool,
}

impl Http {
    /// Status 200, at once.
    #[must_use]
    pub const fn ok(is_html: bool) -> Self {
        Self {
            status: 200,
            upgrade: 200,
            wait_ms: 0.0,
            is_html,
            redirects: false,
            stalls: false,
        }
    }

    /// The same status for everything.
    #[must_use]
    pub const fn status(status: u16) -> Self {
        Self {
            status,
            upgrade: status,
            ..Self::ok(false)
        }
    }
}

/// How a name lookup goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameFailure {
    /// NXDOMAIN, or no address.
    NotFound,
    /// SERVFAIL.
    ServerFails,
    /// No answer.
    Silent,
}

/// A host and port, as the agent's browser meets it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// What it does.
    pub reaction: Reaction,
    /// Whether what reacts stands on this side of the path, at no distance to speak of.
    pub is_near: bool,
}

impl Place {
    /// At the other end of the path.
    #[must_use]
    pub const fn far(reaction: Reaction) -> Self {
        Self {
            reaction,
            is_near: false,
        }
    }

    /// On this side of it.
    #[must_use]
    pub const fn near(reaction: Reaction) -> Self {
        Self {
            reaction,
            is_near: true,
        }
    }
}
