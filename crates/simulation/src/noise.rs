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
    /// The same, at every endpoint at once.
    NearEverywhere,
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

/// From this `fetch` on they are alike.
pub const LATER: u8 = 3;

/// A kind of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A `fetch` of an endpoint; how many there were before it, to [`LATER`].
    Fetch(Class, u8),
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
    /// A ping on it, by its number: the fastest of a run is what its path is known by.
    Ping(u32),
    /// Another word of the relay on it.
    Word,
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

/// The residuals of one recording.
#[derive(Clone, Debug)]
pub struct Recording {
    /// How busy the browser was: what its first answers took too long, in milliseconds, in the median.
    busy_ms: f64,
    /// By kind.
    samples: Samples,
    /// Resource Timing of the challenge and of the page, less the round trips.
    phases: Option<(PhaseNoise, Option<PhaseNoise>)>,
}

impl Recording {
    fn new(samples: Samples, phases: Option<(PhaseNoise, Option<PhaseNoise>)>) -> Self {
        // Where no endpoint answers, the relay may; where that does not either, the browser had little to do.
        let first = [Kind::Fetch(Class::Answered, 0), Kind::Challenge];
        let mut first = first.iter().filter_map(|kind| samples.get(kind));
        let busy_ms = first.next().map_or(0.0, |all| {
            let mut all = all.clone();
            all.sort_by(f64::total_cmp);
            all[all.len() / 2]
        });
        Self {
            busy_ms,
            samples,
            phases,
        }
    }
}

/// The residuals of one engine.
#[derive(Clone, Debug, Default)]
pub struct EngineNoise {
    /// Recordings, the least busy first.
    recordings: Vec<Recording>,
}

impl EngineNoise {
    fn sort(&mut self) {
        let by_work = |one: &Recording, other: &Recording| one.busy_ms.total_cmp(&other.busy_ms);
        self.recordings.sort_by(by_work);
    }

    /// Every residual of every kind, in milliseconds.
    #[must_use]
    pub fn all(&self) -> BTreeMap<Kind, Vec<f64>> {
        let mut all = BTreeMap::new();
        for recording in &self.recordings {
            for (kind, samples) in &recording.samples {
                let of_kind: &mut Vec<f64> = all.entry(*kind).or_default();
                of_kind.extend(samples);
            }
        }
        all
    }

    /// What the recording at this place has, or those that are nearest to it and have any: one of so many of them.
    fn nearest<'noise, T>(
        &'noise self,
        place: usize,
        rng: &mut Rng,
        has: impl Fn(&'noise Recording) -> Option<T>,
    ) -> Option<T> {
        if let Some(own) = self.recordings.get(place).and_then(&has) {
            return Some(own);
        }
        let mut found = Vec::with_capacity(NEAREST);
        for distance in 1..self.recordings.len() {
            let below = place.checked_sub(distance);
            let around = [below, place.checked_add(distance)];
            let around = around.into_iter().flatten();
            found.extend(around.filter_map(|place| has(self.recordings.get(place)?)));
            if found.len() >= NEAREST {
                break;
            }
        }
        if found.is_empty() {
            return None;
        }
        Some(found.swap_remove(rng.usize(..found.len())))
    }
}

/// Of so many recordings that were about as busy, one is drawn.
const NEAREST: usize = 8;

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
        for kind in std::iter::once(kind).chain(like(kind)) {
            let samples = noise.nearest(self.recording, rng, |it| it.samples.get(&kind));
            if let Some(samples) = samples {
                return samples[rng.usize(..samples.len())];
            }
        }
        0.0
    }

    /// Resource Timing of a challenge that paid for its connection, and of the page.
    pub fn phases(&self, rng: &mut Rng) -> Option<&'noise (PhaseNoise, Option<PhaseNoise>)> {
        let noise = self.noise?;
        let has = |place: usize| noise.recordings.get(place)?.phases.as_ref();
        has(self.recording).or_else(|| {
            let places = (0..noise.recordings.len()).filter_map(has);
            let places: Vec<_> = places.collect();
            places.get(rng.usize(..places.len().max(1))).copied()
        })
    }
}

/// Kinds whose residuals serve where there are none, the best first.
fn like(kind: Kind) -> Vec<Kind> {
    let fetches = |class, number: u8| {
        let mut numbers: Vec<u8> = (0..=LATER).filter(|other| *other != number).collect();
        numbers.sort_by_key(|other| (other.abs_diff(number), *other));
        let kinds = numbers
            .into_iter()
            .map(move |number| Kind::Fetch(class, number));
        kinds.collect()
    };
    match kind {
        Kind::Fetch(class, number) => fetches(class, number),
        Kind::Socket(class @ (Class::Near | Class::NearEverywhere)) => fetches(class, LATER),
        Kind::Socket(_) => vec![Kind::Socket(Class::Answered)],
        Kind::WarmChallenge => vec![Kind::Challenge],
        _ => Vec::new(),
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
