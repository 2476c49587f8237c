//! How soon a run says something, and is over, where round trips take 80 ms: times of the models, not of a clock.

use std::sync::LazyLock;

use reachcheck_diagnosis::diagnosis::Verdict;
use reachcheck_lab::engine::Engine;
use reachcheck_lab::recordings;
use reachcheck_model::session::{Event, Session};
use reachcheck_model::time::Moment;
use reachcheck_simulation::noise::Noise;
use reachcheck_simulation::run::{Run, run};
use reachcheck_simulation::stage::{Stage, Wanted};
use reachcheck_simulation::system::System;
use reachcheck_simulation::verdict::diagnosis_of;

/// Runs of each world and engine.
const RUNS: usize = 60;

static STAGE: LazyLock<Stage> =
    LazyLock::new(|| Stage::new(Noise::read(&recordings::folder()).expect("recordings")));

/// Undisturbed runs of a world in an engine.
fn runs(world: &str, engine: Engine, system: System) -> Vec<Run<'static>> {
    let wanted = Wanted {
        world: Some(world),
        engine: Some(engine),
        system,
    };
    let seeds = STAGE.seeds(5, RUNS, &wanted);
    let runs = seeds.iter().map(|seed| run(&STAGE, *seed, system, None));
    runs.filter(|run| run.disturbance.is_none()).collect()
}

/// When something is first said of a region so far, and each thing that is said of the regions while the run goes on.
fn said_so_far(run: &Run<'_>) -> Vec<(f64, Vec<Option<Verdict>>)> {
    let plan = run.settled.plan.clone();
    let mut session = Session::idle(plan.clone()).after(Event::Started {
        plan,
        at: Moment::default(),
    });
    let mut said: Vec<(f64, Vec<Option<Verdict>>)> = Vec::new();
    for (at, probe) in &run.ended {
        let observations = &run.settled.observations;
        let outcome = observations.get(*probe).expect("it has ended").clone();
        session = session.after(Event::Observed {
            run: 1,
            probe: *probe,
            outcome: outcome.into(),
            conditions: observations.local(*probe),
        });
        let diagnosis = diagnosis_of(&session, run.engine, false);
        let regions = diagnosis.regions.iter().map(|region| region.so_far());
        let regions: Vec<_> = regions.collect();
        if said.last().is_none_or(|(_, before)| *before != regions) {
            said.push((*at, regions));
        }
        if Some(*at) == run.ledger.finished_at {
            break;
        }
    }
    said
}

/// The median of some times, in milliseconds.
fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// On a healthy path the first region is called reachable so far within a second of the run's beginning, and nothing else
/// is said of any.
#[test]
fn the_first_region_is_reachable_so_far_within_a_second() {
    for engine in Engine::ALL {
        let runs = runs("all-well", engine, System::Linux);
        assert!(runs.len() > RUNS / 2);
        let mut first = Vec::new();
        for run in &runs {
            let said = said_so_far(run);
            let anything = said.iter().flat_map(|(_, regions)| regions).flatten();
            for verdict in anything {
                assert_eq!(*verdict, Verdict::Reachable, "seed {}", run.seed);
            }
            let is_said =
                |(_, regions): &&(f64, Vec<Option<Verdict>>)| regions.iter().any(Option::is_some);
            first.push(said.iter().find(is_said).expect("reachable so far").0);
        }
        let median_ms = median(first);
        println!("{}: first after {median_ms:.0} ms", engine.name());
        assert!(median_ms <= 1_000.0, "{}: {median_ms}", engine.name());
    }
}

/// A world, an engine and a system, and by when (ms) a run in it has finished in the median.
type Bound = (&'static str, Engine, System, f64);

/// Endpoints that answer are done before the relay's last event; those that close after two attempts, which take four round
/// trips each in Chromium and twenty in Firefox, thirty where it finished TLS; on Windows a refusal takes two seconds.
const BOUNDS: [Bound; 8] = [
    ("all-well", Engine::Chromium, System::Linux, 3_000.0),
    ("all-well", Engine::Firefox, System::Linux, 3_000.0),
    (
        "all-well-plain-that-closes",
        Engine::Chromium,
        System::Linux,
        3_000.0,
    ),
    ("closes-here", Engine::Chromium, System::Linux, 3_000.0),
    (
        "all-well-plain-that-closes",
        Engine::Firefox,
        System::Linux,
        4_000.0,
    ),
    ("closes-here", Engine::Firefox, System::Linux, 4_000.0),
    (
        "tcp-refused-far",
        Engine::Chromium,
        System::Windows,
        6_000.0,
    ),
    ("tcp-refused-far", Engine::Firefox, System::Windows, 6_000.0),
];

#[test]
fn a_run_finishes_as_soon_as_enough_is_known() {
    let mut late = Vec::new();
    for (world, engine, system, bound_ms) in BOUNDS {
        let runs = runs(world, engine, system);
        let finished = runs.iter().filter_map(|run| run.ledger.finished_at);
        let median_ms = median(finished.collect());
        let line = format!("{}/{world}: {median_ms:.0} of {bound_ms} ms", engine.name());
        println!("{line}");
        if median_ms > bound_ms {
            late.push(line);
        }
    }
    assert!(late.is_empty(), "{}", late.join("\n"));
}

/// A silent endpoint is called silent after three SYNs, in every run, and one that answers, closes or refuses is in none.
#[test]
fn only_silence_is_called_silence() {
    for engine in Engine::ALL {
        for run in runs("https-dropped-here", engine, System::Linux) {
            let silent = run.ledger.silent.len();
            assert_eq!(silent, 1, "{} {}", engine.name(), run.seed);
        }
        for world in ["all-well", "all-well-plain-that-closes", "tcp-refused-far"] {
            for run in runs(world, engine, System::Linux) {
                let silent = &run.ledger.silent;
                assert!(silent.is_empty(), "{}/{world} {}", engine.name(), run.seed);
            }
        }
    }
}
