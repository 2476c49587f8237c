//! What a browser on a busy machine adds to the times of the model: residuals of the lab's recordings, drawn again.

use std::collections::BTreeMap;

use fastrand::Rng;
use reachcheck_lab::engine::Engine;
use reachcheck_model::observation::Phases;

pub mod fit;

/// How an attempt ended, as far as that bears on the time that the browser adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Answered on a new connection, or a WebSocket's upgrade was.
    Answered,
    /// Answered on a connection that stood.
    Kept,
    /// Failed without leaving the site.
    Near,
    /// Refused by the far end.
    Far,
    /// Failed in the TLS handshake, tried once.
    Rejected,
    /// Failed after TLS, tried once.
    AfterTls,
    /// Failed after several tries.
    Repeated,
    /// The name did not resolve.
    NoName,
}

/// A kind of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A `fetch` of an endpoint; whether it was the first there.
    Fetch(Class, bool),
    /// A WebSocket to an endpoint.
    Socket(Class),
    /// WebRTC at an endpoint.
    Turn,
    /// The page's own address.
    Origin,
    /// The name that cannot exist.
    Canary,
    /// The relay's challenge.
    Challenge,
    /// The challenge on another port.
    Port,
    /// The challenge on a connection that stands.
    WarmChallenge,
    /// Opening the relay's WebSocket.
    RelaySocket,
    /// A ping on it; whether it was the first, when everything else is asked as well.
    Ping(bool),
    /// What the relay saw.
    Saw,
    /// The relay's controls.
    Controls,
    /// A dial's report; whether of a TCP endpoint.
    Dial(bool),
    /// Plain bytes to the relay.
    Plain,
    /// The relay's own steps at an endpoint: TCP, TLS, an answer to a request, one to plain bytes.
    Step(Step),
}

/// A step of a dial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// TCP.
    Connect,
    /// TLS.
    Tls,
    /// The answer to a request.
    Request,
    /// The answer to plain bytes.
    Plain,
}

/// Residuals by kind, in milliseconds.
type Samples = BTreeMap<Kind, Vec<f64>>;

/// The residuals of one engine.
#[derive(Clone, Debug, Default)]
pub struct EngineNoise {
    /// Each recording's own.
    pub recordings: Vec<Samples>,
    /// All of them together.
    pub all: Samples,
    /// Resource Timing of the challenge and of the page, less the round trips.
    pub phases: Vec<(PhaseNoise, Option<PhaseNoise>)>,
}

/// The residuals of every engine.
#[derive(Clone, Debug)]
pub struct Noise(Vec<(Engine, EngineNoise)>);

impl Noise {
    /// One engine's.
    ///
    /// # Panics
    /// If there is none: [`fit`] reads all of them.
    #[must_use]
    pub fn of(&self, engine: Engine) -> &EngineNoise {
        let found = self.0.iter().find(|(other, _)| *other == engine);
        &found.expect("every engine is recorded").1
    }
}

/// What one run draws: as far as it can from one recording, so that a busy moment stays one for the whole run.
#[derive(Clone, Copy, Debug)]
pub struct Residuals<'noise> {
    noise: Option<&'noise EngineNoise>,
    recording: usize,
}

impl<'noise> Residuals<'noise> {
    /// No residuals: the model's ideal times.
    #[must_use]
    pub const fn none() -> Self {
        Self {
            noise: None,
            recording: 0,
        }
    }

    /// Residuals of a recording that is drawn now.
    #[must_use]
    pub fn of(noise: &'noise EngineNoise, rng: &mut Rng) -> Self {
        Self {
            noise: Some(noise),
            recording: rng.usize(..noise.recordings.len().max(1)),
        }
    }

    /// A residual, in milliseconds.
    pub fn draw(&self, kind: Kind, rng: &mut Rng) -> f64 {
        let Some(noise) = self.noise else {
            return 0.0;
        };
        let own = noise.recordings.get(self.recording);
        let candidates = [own, Some(&noise.all)];
        let mut kinds = vec![kind];
        kinds.extend(like(kind));
        for kind in kinds {
            for samples in candidates.into_iter().flatten() {
                if let Some(found) = samples.get(&kind) {
                    return found[rng.usize(..found.len())];
                }
            }
        }
        0.0
    }

    /// Resource Timing of a challenge that paid for its connection, and of the page.
    pub fn phases(&self, rng: &mut Rng) -> Option<&'noise (PhaseNoise, Option<PhaseNoise>)> {
        let phases = &self.noise?.phases;
        phases.get(rng.usize(..phases.len().max(1)))
    }
}

/// The kind whose residuals serve where there are none.
const fn like(kind: Kind) -> Option<Kind> {
    match kind {
        Kind::Fetch(class, is_first) => Some(Kind::Fetch(class, !is_first)),
        Kind::Socket(Class::Near) => Some(Kind::Fetch(Class::Near, false)),
        Kind::Socket(_) => Some(Kind::Socket(Class::Answered)),
        Kind::WarmChallenge => Some(Kind::Challenge),
        _ => None,
    }
}

/// An entry of Resource Timing, less the round trips that the path takes. Milliseconds.
#[derive(Clone, Debug)]
pub struct PhaseNoise {
    lookup_start: f64,
    lookup: f64,
    before_connect: f64,
    tcp: f64,
    tls: f64,
    before_request: f64,
    request: f64,
    after: f64,
    protocol: String,
}

impl PhaseNoise {
    /// Of an entry over a path with this round trip, whose connection was late by so much more.
    fn of(phases: &Phases, round_trip_ms: f64, late_ms: f64) -> Self {
        let secure_start = phases.secure_start.unwrap_or(phases.connect_end);
        Self {
            lookup_start: phases.lookup_start,
            lookup: phases.lookup_ms(),
            before_connect: phases.connect_start - phases.lookup_end,
            tcp: secure_start - phases.connect_start - round_trip_ms - late_ms,
            tls: phases.tls_ms() - round_trip_ms,
            before_request: phases.request_start - phases.connect_end,
            request: phases.response_start - phases.request_start - round_trip_ms,
            after: phases.response_end - phases.response_start,
            protocol: phases.protocol.clone(),
        }
    }

    /// The same without a lookup that the path made so long.
    fn less_lookup(mut self, lookup_ms: f64) -> Self {
        self.lookup -= lookup_ms;
        self
    }

    /// An entry whose lookup, connection and request had these round trips to pay.
    pub(crate) fn at(&self, trips: &Trips) -> Phases {
        let lookup_end = self.lookup_start + self.lookup + trips.lookup_ms;
        let connect_start = lookup_end + self.before_connect;
        let secure_start = connect_start + (self.tcp + trips.tcp_ms).max(0.0);
        let connect_end = secure_start + (self.tls + trips.tls_ms).max(0.0);
        let request_start = connect_end + self.before_request;
        let response_start = request_start + (self.request + trips.request_ms).max(0.0);
        Phases {
            lookup_start: self.lookup_start,
            lookup_end,
            connect_start,
            secure_start: Some(secure_start),
            connect_end,
            request_start,
            response_start,
            response_end: response_start + self.after,
            protocol: self.protocol.clone(),
        }
    }
}

/// What the phases of a request paid to the path, in milliseconds.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Trips {
    pub lookup_ms: f64,
    pub tcp_ms: f64,
    pub tls_ms: f64,
    pub request_ms: f64,
}
