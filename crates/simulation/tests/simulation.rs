//! Ten thousand runs, spread over worlds and engines, and the models that they rest on.

use std::sync::LazyLock;

use fastrand::Rng;
use reachcheck_lab::engine::Engine;
use reachcheck_lab::recordings;
use reachcheck_lab::worlds;
use reachcheck_simulation::batch::{Outcome, run_all};
use reachcheck_simulation::noise::Noise;
use reachcheck_simulation::run::run;
use reachcheck_simulation::script::Script;
use reachcheck_simulation::stage::{Stage, Wanted};
use reachcheck_simulation::system::System;
use reachcheck_simulation::verdict::Agreement;

const RUNS: usize = 10_000;
/// The base seed of the runs; `REACHCHECK_SEED` names another.
const BASE_SEED: u64 = 1;
/// Of a hundred verdicts in an engine that agents work in, so many may be undecided: what noise does to real runs.
const UNDECIDED_PERCENT: usize = 3;
/// In WebKit, whose times scatter by 50 to 150 ms (docs/browsers.md).
const UNDECIDED_PERCENT_WEBKIT: usize = 5;
/// Wrong verdicts that the rules give in some runs, by engine, world and reason; docs/simulation.md has the reasons.
const KNOWN: [(&str, &str, &str); 9] = [
    ("chromium", "lossy", LOST_SYNS),
    ("firefox", "lossy", LOST_SYNS),
    ("webkit", "lossy", LOST_SYNS),
    ("webkit", "port-5222-refused-and-servers-off", LATE_REFUSAL),
    ("webkit", "all-well-tls-that-closes", BUSY_MEASURE),
    ("webkit", "tcp-refused-nearby-plain-protocol", BUSY_MEASURE),
    ("firefox", "all-well-plain-that-answers", BUSY_MEASURE),
    ("firefox", "plain-443-reset-plain-protocol", BUSY_MEASURE),
    ("firefox", "tcp-dropped-here-plain-protocol", BUSY_MEASURE),
];
const LOST_SYNS: &str = "SYNs that were lost make a region slow, or events late";
const LATE_REFUSAL: &str = "a refusal near by that is told late counts as a cut of TLS";
const BUSY_MEASURE: &str =
    "R was measured while the browser was busy, and failures came when it was not";

/// Known reasons make one verdict in 4,500 wrong (100,000 runs, base seed 9); more often they are not rare any more.
const KNOWN_AT_MOST_ONE_IN: usize = 1_000;

/// Why a wrong verdict was to be expected of these rules, if it was.
fn why_known(outcome: &Outcome) -> Option<&'static str> {
    let at = (outcome.engine.name(), outcome.world);
    let found = KNOWN
        .iter()
        .find(|(engine, world, _)| (*engine, *world) == at);
    found.map(|(.., why)| *why)
}

/// An outcome by engine, world and seed, and what there is to say of it.
fn line(outcome: &Outcome, what: &impl std::fmt::Debug) -> String {
    let Outcome {
        engine,
        world,
        seed,
        ..
    } = outcome;
    format!("{}/{world} {seed}: {what:?}", engine.name())
}

static STAGE: LazyLock<Stage> =
    LazyLock::new(|| Stage::new(Noise::read(&recordings::folder()).expect("recordings")));

fn base_seed() -> u64 {
    let named = std::env::var("REACHCHECK_SEED").ok();
    named.map_or(BASE_SEED, |seed| seed.parse().expect("a whole number"))
}

#[test]
fn whatever_happens_a_run_ends_in_order_and_its_verdict_is_the_worlds() {
    let wanted = Wanted::default();
    let base = base_seed();
    println!("base seed {base}");
    let summary = run_all(&STAGE, &STAGE.seeds(base, RUNS, &wanted), &wanted);
    println!("{}", summary.table());
    let violated: Vec<String> = summary
        .violations()
        .map(|it| line(it, &it.violations))
        .collect();
    assert!(
        violated.is_empty(),
        "base seed {base}\n{}",
        violated.join("\n")
    );
    let wrong = summary.0.iter();
    let wrong = wrong.filter(|it| it.agreement == Some(Agreement::Wrong));
    let (known, wrong): (Vec<&Outcome>, Vec<&Outcome>) =
        wrong.partition(|it| why_known(it).is_some());
    for it in &known {
        println!("known: {}", line(it, &why_known(it)));
    }
    assert!(
        known.len() <= RUNS / KNOWN_AT_MOST_ONE_IN,
        "{} wrong for known reasons, base seed {base}",
        known.len()
    );
    let wrong: Vec<String> = wrong.iter().map(|it| line(it, &it.misses)).collect();
    assert!(wrong.is_empty(), "base seed {base}\n{}", wrong.join("\n"));
    for engine in Engine::ALL {
        let most = match engine {
            Engine::Chromium | Engine::Firefox => UNDECIDED_PERCENT,
            Engine::WebKit => UNDECIDED_PERCENT_WEBKIT,
        };
        let (judged, undecided) = summary.count(engine, Agreement::Undecided);
        assert!(judged > RUNS / 5, "{judged} verdicts in {}", engine.name());
        assert!(
            100 * undecided <= most * judged,
            "{undecided} of {judged} undecided in {}, base seed {base}\n{}",
            engine.name(),
            summary.amiss(Agreement::Undecided)
        );
    }
    let disturbed = summary.0.iter().filter(|it| it.is_disturbed).count();
    assert!(
        (RUNS / 20..RUNS / 5).contains(&disturbed),
        "{disturbed} disturbed"
    );
}

#[test]
fn nothing_else_hangs_on_the_operating_system() {
    for system in [System::Windows, System::MacOs] {
        let wanted = Wanted {
            system,
            ..Wanted::default()
        };
        let summary = run_all(&STAGE, &STAGE.seeds(base_seed(), 1_000, &wanted), &wanted);
        let violated = summary.violations().next();
        assert!(violated.is_none(), "{}: {violated:?}", system.name());
    }
}

#[test]
fn every_world_is_simulated_or_has_a_reason() {
    let told = STAGE.worlds.len() + STAGE.without.len();
    assert_eq!(told, worlds::all().len());
    for (name, why) in &STAGE.without {
        assert!(!why.is_empty(), "{name}");
    }
    let of = |case: &str| STAGE.worlds.iter().any(|staged| staged.case.name == case);
    for name in [
        "all-well",
        "tcp-refused-far",
        "closes-here",
        "name-not-found",
        "idle-closed",
    ] {
        assert!(of(name), "{name}");
    }
}

#[test]
fn the_same_seed_gives_the_same_run_to_the_byte() {
    let mut seeds = Rng::with_seed(base_seed());
    for _ in 0..20 {
        let seed = seeds.u64(..);
        let [first, second] = [(), ()].map(|()| {
            let mut script = Script::default();
            let run = run(&STAGE, seed, System::Linux, Some(&mut script));
            (format!("{:?}", run.settled.observations), script)
        });
        assert!(first.1.text().lines().count() > 10, "{seed}");
        assert_eq!(first, second, "{seed}");
    }
    let [one, other] = [7, 8].map(|seed| run(&STAGE, seed, System::Linux, None));
    let observed = |run: &reachcheck_simulation::run::Run<'_>| run.settled.observations.clone();
    assert_ne!(observed(&one), observed(&other));
}

#[test]
fn a_world_and_an_engine_are_had_by_their_names() {
    let wanted = Wanted {
        world: Some("tcp-refused-far"),
        engine: Some(Engine::Firefox),
        system: System::Linux,
    };
    let seeds = STAGE.seeds(3, 5, &wanted);
    assert_eq!(seeds.len(), 5);
    for seed in seeds {
        let (staged, engine) = STAGE.cast(seed);
        assert_eq!(
            (staged.case.name, engine),
            ("tcp-refused-far", Engine::Firefox)
        );
    }
}
