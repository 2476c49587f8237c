//! Places: where on its way a failing dialogue broke, or by what it is known who answered.
//!
//! *That* a check works or fails here is one claim, [`super::Proof`] in a [`super::Conclusion`]; *where* or *who* is
//! another, with a proof of its own. What is read from a clock is at most inferred: a browser that is late, a box that
//! holds a packet back, or an operating system that repeats a SYN takes the time of something else.

use super::Proof;
use super::attempt_pattern::AttemptPattern;
use super::conclusion::{CheckOutcome, Conclusion, Detail};
use super::evidence::Evidence;
use super::fast_answers::FastAnswers;
use super::late::GaveUp;
use super::outside::OutsideView;
use reachcheck_model::thresholds as limits;

/// A layer of the dialogue, in the order in which they are met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// The name's lookup.
    Name,
    /// The TCP connection.
    Connect,
    /// The TLS handshake, certificate included.
    Tls,
    /// The HTTP or WebSocket exchange after it.
    Http,
    /// What the answer holds: of a success, who gave it.
    Content,
}

impl Layer {
    /// The value of the hook `data-where`.
    #[must_use]
    pub const fn token(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Http => "http",
            Self::Content => "content",
        }
    }
}

/// Where a failure lies, or by what it is known who answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The layer.
    pub layer: Layer,
    /// How sure that is; never [`Proof::None`].
    pub proof: Proof,
}

impl Place {
    /// What two conclusions have in common: the same layer, and the weaker proof.
    #[must_use]
    pub fn shared(one: Option<Self>, other: Option<Self>) -> Option<Self> {
        let (one, other) = (one?, other?);
        (one.layer == other.layer).then_some(match other.proof {
            Proof::Confirmed => one,
            Proof::Inferred | Proof::None => other,
        })
    }

    const fn inferred(layer: Layer) -> Self {
        Self {
            layer,
            proof: Proof::Inferred,
        }
    }

    const fn confirmed(layer: Layer) -> Self {
        Self {
            layer,
            proof: Proof::Confirmed,
        }
    }
}

/// The value of the hook `data-where`: empty where nothing is known of the place.
#[must_use]
pub const fn where_token(place: Option<Place>) -> &'static str {
    match place {
        Some(place) => place.layer.token(),
        None => "",
    }
}

/// The value of the hook `data-where-proof`.
#[must_use]
pub const fn where_proof_token(place: Option<Place>) -> &'static str {
    match place {
        Some(place) => place.proof.token(),
        None => Proof::None.token(),
    }
}

/// Signs of a place that are no time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Signs {
    /// Firefox's close code 1015 of a WebSocket: its TLS handshake failed (docs/browsers.md section 1.1).
    pub tls_failed: bool,
    /// WebRTC established TCP (docs/browsers.md section 7).
    pub tcp_proven: bool,
    /// When the browser gave up, where that was waited for.
    pub gave_up: Option<GaveUp>,
}

/// The place of a conclusion about an endpoint; `None` where nothing is known of it.
pub(super) fn of(conclusion: &Conclusion, evidence: &Evidence<'_>, signs: Signs) -> Option<Place> {
    match conclusion.outcome {
        CheckOutcome::Ok => who(&conclusion.detail, evidence),
        // Where nobody is connected TLS does not finish; it was a proxy that refused (Firefox).
        CheckOutcome::Failed
            if matches!(evidence.pattern, AttemptPattern::TlsFinished { .. })
                && matches!(evidence.outside, OutsideView::Failed(it) if !it.is_connected()) =>
        {
            None
        }
        CheckOutcome::Failed => broke(&conclusion.detail, evidence.pattern, signs),
        CheckOutcome::Unknown | CheckOutcome::NotRun => None,
    }
}

/// By what it is known who answered. Only the service has the catalogue's image, and a WebSocket opened on a new
/// connection through every layer. An answer as slow as the path excludes a filter near by and none further away.
fn who(detail: &Detail, evidence: &Evidence<'_>) -> Option<Place> {
    let AttemptPattern::Answered(answered) = evidence.pattern else {
        return None;
    };
    if answered.opened || evidence.image == Some(true) {
        return Some(Place::confirmed(Layer::Content));
    }
    let is_far = |floor_ms| floor_ms >= limits::FLOOR_MIN_MS;
    // Where the service is reached by another way than the relay, nobody knows how slow is slow enough.
    let took_its_way = evidence.floor_ms.is_some_and(is_far)
        && !evidence.is_too_fast(answered)
        && evidence.fast_answers == FastAnswers::None
        && !evidence.inspected;
    let is_answer = matches!(
        detail,
        Detail::Answered { .. } | Detail::AnsweredSometimes { .. }
    );
    (took_its_way && is_answer).then_some(Place::inferred(Layer::Content))
}

/// Where a failure lies. A sign that is no time goes before every time.
fn broke(detail: &Detail, pattern: &AttemptPattern, signs: Signs) -> Option<Place> {
    if let Detail::TooFast { .. } | Detail::AnswersUnlikeOutside = detail {
        return Some(Place::inferred(Layer::Content));
    }
    if let AttemptPattern::TlsFinished { .. } = pattern {
        return Some(Place::confirmed(Layer::Http));
    }
    if signs.tls_failed {
        return Some(Place::confirmed(Layer::Tls));
    }
    let by_time = match detail {
        _ if signs.gave_up == Some(GaveUp::Lookup) => Some(Layer::Name),
        Detail::NotResolved { .. } => Some(Layer::Name),
        Detail::RefusedNearby { .. } | Detail::RefusedFar { .. } | Detail::Refused { .. } => {
            Some(Layer::Connect)
        }
        Detail::TlsFailed { .. } | Detail::Cut { .. } => Some(Layer::Tls),
        Detail::ClosedAfterTls { .. } => Some(Layer::Http),
        Detail::NoAnswer if signs.gave_up == Some(GaveUp::Connection) => Some(Layer::Connect),
        Detail::NoAnswer if signs.gave_up == Some(GaveUp::Handshake) => Some(Layer::Tls),
        _ => None,
    };
    // What was connected did not break while it was looked up or connected to.
    let by_time = by_time.filter(|layer| !signs.tcp_proven || *layer > Layer::Connect);
    let beyond_tcp = signs.tcp_proven.then_some(Layer::Tls);
    by_time.or(beyond_tcp).map(Place::inferred)
}
