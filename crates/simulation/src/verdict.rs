//! What the page would say of a run, held against what it must say in the world.

use reachcheck_diagnosis::diagnosis::{Diagnosis, diagnose};
use reachcheck_lab::addresses;
use reachcheck_lab::browser::Hooks;
use reachcheck_lab::case::Expect;
use reachcheck_lab::engine::Engine;
use reachcheck_lab::judge::{Miss, Severity, misses_in};
use reachcheck_lab::shown::hooks;
use reachcheck_model::environment::Environment;
use reachcheck_model::operating_system::OperatingSystem;
use reachcheck_model::session::Session;
use reachcheck_model::thresholds::Thresholds;

use crate::engine::family;
use crate::run::Run;
use crate::system::System;

/// How far a run's verdict is from the expectation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// Nothing is amiss.
    Agrees,
    /// What follows from an answer is missing or too much.
    Consequence,
    /// The right answer on less proof.
    Weaker,
    /// No answer where there must be one.
    Undecided,
    /// A wrong answer.
    Wrong,
}

impl Agreement {
    /// All of them, the best first.
    pub const ALL: [Self; 5] = [
        Self::Agrees,
        Self::Consequence,
        Self::Weaker,
        Self::Undecided,
        Self::Wrong,
    ];

    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Consequence => "consequence",
            Self::Weaker => "weaker",
            Self::Undecided => "undecided",
            Self::Wrong => "wrong",
        }
    }

    /// The worst of these differences.
    #[must_use]
    pub fn of(misses: &[Miss]) -> Self {
        let each = misses.iter().map(|miss| match miss.kind {
            Severity::Wrong => Self::Wrong,
            Severity::Undecided => Self::Undecided,
            Severity::Weaker => Self::Weaker,
            Severity::Consequence => Self::Consequence,
            Severity::Misplaced => Self::Agrees,
        });
        each.max().unwrap_or(Self::Agrees)
    }
}

/// What a run's page says when it has finished, and once it has settled, and what is amiss with either. Nothing is
/// expected of a run that was disturbed.
#[must_use]
pub fn judge(run: &Run<'_>) -> Vec<Miss> {
    let (Some(finished), None) = (&run.finished, &run.disturbance) else {
        return Vec::new();
    };
    let expect = &run.staged.case.expect;
    let loopback = run.staged.scene.page.is_loopback;
    let misses = held(finished, expect, run.engine, loopback);
    if misses.iter().any(|miss| miss.kind != Severity::Misplaced) {
        return misses;
    }
    // Late evidence brings what the world says of it; it never changes another verdict.
    let late = match expect.late.as_deref() {
        Some(late) => late.clone(),
        None => Expect {
            headline: expect.headline,
            others: expect.others,
            regions: expect.regions.clone(),
            unknowable: expect.unknowable.clone(),
            blind: expect.blind.clone(),
            also: expect.also.clone(),
            ..Expect::default()
        },
    };
    let settled = held(&run.settled, &late, run.engine, loopback);
    let settled = settled.into_iter().map(|miss| Miss {
        what: format!("once settled, {}", miss.what),
        ..miss
    });
    settled.collect()
}

fn held(session: &Session, expect: &Expect, engine: Engine, is_loopback: bool) -> Vec<Miss> {
    let regions = session.plan.regions.iter();
    let regions: Vec<&str> = regions.map(|region| region.id.as_str()).collect();
    misses_in(
        &regions,
        expect,
        &shown(session, engine, is_loopback),
        engine,
    )
}

/// What the page shows of a session.
#[must_use]
pub fn shown(session: &Session, engine: Engine, is_loopback: bool) -> Hooks {
    hooks(&session.plan, &diagnosis_of(session, engine, is_loopback))
}

/// What follows from a session, finished or not.
#[must_use]
pub fn diagnosis_of(session: &Session, engine: Engine, is_loopback: bool) -> Diagnosis {
    let environment = environment(engine, System::Linux, is_loopback);
    diagnose(session, &environment, Thresholds::default())
}

/// Where the page of a run is.
#[must_use]
pub fn environment(engine: Engine, system: System, is_loopback: bool) -> Environment {
    Environment {
        family: family(engine),
        browser: engine.name().to_owned(),
        language: "en-US".to_owned(),
        origin: match is_loopback {
            true => "http://127.0.0.1:8080".to_owned(),
            false => format!("https://{}", addresses::PAGE_NAME),
        },
        origin_is_loopback: is_loopback,
        replaced: Vec::new(),
        system: match system {
            System::Linux => OperatingSystem::Linux,
            System::Windows => OperatingSystem::Windows,
            System::MacOs => OperatingSystem::MacOs,
        },
        clock_grain_ms: None,
        in_frame: false,
    }
}
