//! The fit: what each recording took beyond the model's ideal time. A new recording changes the model by itself.

use std::path::Path;

use fastrand::Rng;
use reachcheck_lab::engine::Engine;
use reachcheck_lab::worlds;
use reachcheck_model::catalogue::{EndpointRef, Kind as EndpointKind};
use reachcheck_model::observation::{Answer, Observations, Outcome};
use reachcheck_model::plan::{Plan, failure_gap_ms};
use reachcheck_model::probe::{Port, Probe};
use reachcheck_model::thresholds::TURN_DEADLINE_MS;
use reachcheck_model::trace;
use reachcheck_wire::{Connect, DialReport, Dialogue, Plain, Tls};

use super::{Class, EngineNoise, Kind, Noise, PhaseNoise, Recording, Residuals, Samples, Step};
use crate::browser::{Browser, Course, End};
use crate::engine::ipv6_fallback_ms;
use crate::scene::Scene;
use crate::system::System;

impl Noise {
    /// Reads the recordings of every engine: `FOLDER/ENGINE/WORLD.json`.
    ///
    /// # Errors
    /// With the file that cannot be read, or an engine of which there is none.
    pub fn read(recordings: &Path) -> Result<Self, String> {
        let engines = Engine::ALL.map(|engine| (engine, EngineNoise::default()));
        let mut noise = Self(engines.to_vec());
        for case in worlds::all() {
            let Ok(scene) = Scene::of(&case) else {
                continue;
            };
            if !scene.is_quiet() {
                continue;
            }
            for (engine, noise) in &mut noise.0 {
                let file = recordings
                    .join(engine.name())
                    .join(format!("{}.json", case.name));
                let Ok(text) = std::fs::read_to_string(&file) else {
                    continue;
                };
                let (session, _) = trace::read(&text)
                    .map_err(|problem| format!("{}: {problem}", file.display()))?;
                Fit::new(&scene, *engine, noise).take(&session.plan, &session.observations);
            }
        }
        for (_, noise) in &mut noise.0 {
            noise.sort();
        }
        match noise
            .0
            .iter()
            .find(|(_, noise)| noise.recordings.is_empty())
        {
            Some((engine, _)) => Err(format!(
                "no recordings of {} in {}: cargo xtask record",
                engine.name(),
                recordings.display()
            )),
            None => Ok(noise),
        }
    }
}

/// A first answer that is early by this share of a round trip did not pay for its connection.
const AGAIN_SHARE: f64 = 0.5;

/// One recording, being read.
struct Fit<'fit> {
    scene: &'fit Scene,
    engine: Engine,
    noise: &'fit mut EngineNoise,
    own: Samples,
    phases: Option<(PhaseNoise, Option<PhaseNoise>)>,
}

impl<'fit> Fit<'fit> {
    fn new(scene: &'fit Scene, engine: Engine, noise: &'fit mut EngineNoise) -> Self {
        Self {
            scene,
            engine,
            noise,
            own: Samples::new(),
            phases: None,
        }
    }

    /// A browser that adds nothing.
    fn ideal(&self) -> Browser<'fit> {
        let residuals = Residuals::none();
        let rng = Rng::with_seed(0);
        Browser::new(self.scene, self.engine, System::Linux, residuals, rng)
    }

    fn take(mut self, plan: &Plan, observations: &Observations) {
        for endpoint in plan.endpoints() {
            self.endpoint(plan, observations, endpoint);
        }
        self.page(observations);
        if let Some(relay) = &self.scene.relay
            && !relay.is_loopback
        {
            self.relay(observations, &relay.base);
            if relay.front.is_none() {
                self.talk(plan, observations);
            }
        }
        // A run in a browser that had run before went over connections which stood, and the relay knew its dials.
        let first = [
            Kind::Fetch(Class::Answered, 0),
            Kind::Challenge,
            Kind::Origin,
        ];
        let first = first.iter().filter_map(|kind| self.own.get(kind));
        let earliest_ms = first.flatten().copied().fold(0.0, f64::min);
        if earliest_ms > -AGAIN_SHARE * self.scene.round_trip_ms() {
            let recording = Recording::new(self.own, self.phases);
            self.noise.recordings.push(recording);
        }
    }

    fn push(&mut self, kind: Option<Kind>, residual_ms: f64) {
        if let Some(kind) = kind
            && residual_ms.is_finite()
        {
            self.own.entry(kind).or_default().push(residual_ms);
        }
    }

    /// Takes what an attempt took beyond its course, where both came to the same.
    fn compare(&mut self, browser: &Browser<'_>, course: Course, outcome: &Outcome) {
        match (outcome, course.end) {
            (Outcome::Answered { ms, .. }, End::Answered(_))
            | (Outcome::Failed { ms, .. }, End::Failed { .. }) => {
                self.push(browser.drawn, ms - course.ms);
            }
            _ => {}
        }
    }

    fn endpoint(&mut self, plan: &Plan, observations: &Observations, endpoint: EndpointRef) {
        let region = plan.region(endpoint);
        let mut browser = self.ideal();
        let mut now = 0.0;
        for number in 0.. {
            let Some(outcome) = observations.get(Probe::Fetch(endpoint, number)) else {
                break;
            };
            let (Outcome::Answered { ms, .. } | Outcome::Failed { ms, .. }) = outcome else {
                break;
            };
            let target = browser.hosts.find(&region.fetch_url(endpoint.kind));
            let course = browser.fetch(target, now, None);
            self.compare(&browser, course, outcome);
            // The model's connection is free by then, too.
            now += ms.max(course.ms);
            if number == 0
                && let Some(upgrade) = observations.get(Probe::Upgrade(endpoint))
            {
                let target = browser.hosts.find(&region.socket_url(endpoint.kind));
                let course = browser.socket(target, now);
                self.compare(&browser, course, upgrade);
            }
            if outcome.is_failure() {
                now += failure_gap_ms(*ms);
            }
        }
        if let Some(Outcome::Answered { ms, .. }) = observations.get(Probe::Turn(endpoint)) {
            let target = browser.hosts.find(&region.fetch_url(endpoint.kind));
            let told = browser.gather_endpoint(target);
            if let Some((ideal_ms, _)) = told.first()
                && *ms < f64::from(TURN_DEADLINE_MS)
            {
                self.push(Some(Kind::Turn), ms - ideal_ms);
            }
        }
    }

    fn page(&mut self, observations: &Observations) {
        let mut browser = self.ideal();
        let course = browser.canary();
        if let Some(canary) = observations.get(Probe::Canary) {
            self.compare(&browser, course, canary);
        }
        if let Some(origin) = observations.get(Probe::Origin) {
            let course = browser.own_page(0.0);
            self.compare(&browser, course, origin);
        }
    }

    fn relay(&mut self, observations: &Observations, base: &str) {
        let mut browser = self.ideal();
        let target = browser.hosts.find(base);
        if let Some(challenge) = observations.get(Probe::Challenge(0)) {
            let course = browser.fetch(target, 0.0, Some(Kind::Challenge));
            self.compare(&browser, course, challenge);
        }
        if let Some(socket) = observations.get(Probe::Socket)
            && matches!(socket, Outcome::Answered { .. } | Outcome::Failed { .. })
        {
            let course = self.ideal().socket(target, 0.0);
            if let Outcome::Answered { ms, .. } | Outcome::Failed { ms, .. } = socket {
                self.push(Some(Kind::RelaySocket), ms - course.ms);
            }
        }
        for port in Port::ALL {
            if let Some(Outcome::Answered {
                ms,
                answer: Answer::Readable(_),
            }) = observations.get(Probe::Port(port))
            {
                // The name is known by then.
                let ideal_ms = browser.trips_ms(false, 3);
                self.push(Some(Kind::Port), ms - ideal_ms);
            }
        }
    }

    /// What was asked on the socket.
    fn talk(&mut self, plan: &Plan, observations: &Observations) {
        let trip_ms = self.scene.round_trip_ms();
        let answered = |probe| match observations.get(probe) {
            Some(Outcome::Answered { ms, answer }) => Some((*ms, answer)),
            _ => None,
        };
        if let Some((_, Answer::Timing(timing))) = answered(Probe::Timing) {
            if let Some(warm_ms) = timing.warm_ms {
                self.push(Some(Kind::WarmChallenge), warm_ms - trip_ms);
            }
            if let Some(relay) = timing.relay.as_ref().filter(|it| it.shows_connecting()) {
                let late_ms = match self.scene.ipv6_is_dead {
                    true => ipv6_fallback_ms(self.engine),
                    false => 0.0,
                };
                let lookup_ms = self.ideal().lookups_ms(1);
                let of = |phases, late_ms| PhaseNoise::of(phases, trip_ms, late_ms);
                let page = timing.page.as_ref().map(|page| of(page, late_ms));
                let relay = of(relay, late_ms).less_lookup(lookup_ms);
                self.phases = Some((relay, page));
            }
        }
        if answered(Probe::Socket).is_none() {
            return;
        }
        if let Some((_, Answer::Pings(pings))) = answered(Probe::Pings) {
            for (number, ms) in (0..).zip(pings) {
                self.push(Some(Kind::Ping(number)), ms - trip_ms);
                // The first waits for everything else that is asked at once.
                if number > 0 {
                    self.push(Some(Kind::Word), ms - trip_ms);
                }
            }
        }
        if let Some((ms, _)) = answered(Probe::Saw) {
            self.push(Some(Kind::Saw), ms - trip_ms);
        }
        if let Some((ms, _)) = answered(Probe::RelayControls) {
            let (_, takes_ms) = crate::relay::controls(self.scene);
            self.push(Some(Kind::Controls), ms - trip_ms - takes_ms);
        }
        if let Some((ms, Answer::Passed)) = answered(Probe::Plain) {
            self.push(Some(Kind::Plain), ms - 2.0 * trip_ms);
        }
        for endpoint in plan.endpoints() {
            if let Some((ms, Answer::Dial(report))) = answered(Probe::Dial(endpoint)) {
                let mut browser = self.ideal();
                let (_, takes_ms) = crate::relay::dial(&mut browser, &report.endpoint);
                let kind = Kind::Dial(endpoint.kind == EndpointKind::Tcp);
                self.push(Some(kind), ms - trip_ms - takes_ms);
                self.steps(report, takes_ms);
            }
        }
    }

    fn steps(&mut self, report: &DialReport, takes_ms: f64) {
        if let Connect::Connected { ms, .. } | Connect::Refused { ms } = report.connect {
            self.push(Some(Kind::Step(Step::Connect)), ms);
        }
        if let Some(Tls::Finished { ms, .. } | Tls::Rejected { ms, .. }) = report.tls {
            self.push(Some(Kind::Step(Step::Tls)), ms);
        }
        if let Some(Dialogue::Http { ms, .. } | Dialogue::Closed { ms }) = report.get
            && ms < takes_ms.max(1_000.0)
        {
            self.push(Some(Kind::Step(Step::Request)), ms);
        }
        if let Some(Plain::Answered { ms } | Plain::Closed { ms } | Plain::Greeted { ms }) =
            report.plain
        {
            self.push(Some(Kind::Step(Step::Plain)), ms);
        }
    }
}
