//! The command: many runs and what came of them, or one run as a script.

use std::process::ExitCode;
use std::time::Instant;

use reachcheck_lab::recordings;
use reachcheck_simulation::batch::run_all;
use reachcheck_simulation::noise::Noise;
use reachcheck_simulation::options::Options;
use reachcheck_simulation::run::run;
use reachcheck_simulation::script::Script;
use reachcheck_simulation::stage::{Stage, Wanted};
use reachcheck_simulation::system::System;
use reachcheck_simulation::times;
use reachcheck_simulation::verdict::{Agreement, judge, shown};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match simulate(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            eprintln!("simulate: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// Whether everything held.
fn simulate(arguments: &[String]) -> Result<bool, String> {
    let options = Options::read(arguments)?;
    let stage = Stage::new(Noise::read(&recordings::folder())?);
    if options.lists_worlds {
        list_worlds(&stage);
        return Ok(true);
    }
    if let Some(seed) = options.one {
        return Ok(one(&stage, seed, options.system));
    }
    if let Some(name) = &options.world
        && let Some(problem) = why_no_such(&stage, name)
    {
        return Err(problem);
    }
    let wanted = Wanted {
        world: options.world.as_deref(),
        engine: options.engine,
        system: options.system,
    };
    let seeds = stage.seeds(options.seed, options.runs, &wanted);
    let began = Instant::now();
    let summary = run_all(&stage, &seeds, &wanted);
    let took_s = began.elapsed().as_secs_f64();
    let is_expected = options.system == System::Linux;
    if options.tells_times {
        print!("{}", times::table(&summary));
        return Ok(true);
    }
    print!("{}", summary.amiss(Agreement::Undecided));
    for outcome in summary.violations() {
        let (engine, world) = (outcome.engine.name(), outcome.world);
        let problems = outcome.violations.join("; ");
        println!("violated {engine}/{world}, {}: {problems}", outcome.seed);
    }
    println!("{}", summary.table());
    if !is_expected {
        println!(
            "no expectation is held against runs under {}",
            options.system.name()
        );
    }
    println!(
        "{} runs from base seed {} in {took_s:.1} s; one of them again: --one SEED",
        seeds.len(),
        options.seed
    );
    let is_wrong = |it: &Option<Agreement>| *it == Some(Agreement::Wrong) && is_expected;
    let any_wrong = summary.0.iter().any(|it| is_wrong(&it.agreement));
    Ok(summary.violations().next().is_none() && !any_wrong)
}

fn list_worlds(stage: &Stage) {
    for staged in &stage.worlds {
        println!("{}", staged.case.name);
    }
    for (name, why) in &stage.without {
        println!("{name}: not simulated: {why}");
    }
}

fn why_no_such(stage: &Stage, name: &str) -> Option<String> {
    if stage.worlds.iter().any(|staged| staged.case.name == name) {
        return None;
    }
    let without = stage.without.iter().find(|(other, _)| *other == name);
    Some(match without {
        Some((_, why)) => format!("{name} is not simulated: {why}"),
        None => format!("no world is called {name}; --worlds lists them"),
    })
}

/// Prints one run; whether everything held.
fn one(stage: &Stage, seed: u64, system: System) -> bool {
    let mut script = Script::default();
    let run = run(stage, seed, system, Some(&mut script));
    print!("{}", script.text());
    println!(
        "world      {}: {}",
        run.staged.case.name, run.staged.case.about
    );
    println!("engine     {} under {}", run.engine.name(), system.name());
    if let Some(disturbance) = &run.disturbance {
        println!("disturbed  {disturbance:?}");
    }
    let is_loopback = run.staged.scene.page.is_loopback;
    if let Some(finished) = &run.finished {
        let said = shown(finished, run.engine, is_loopback);
        println!("verdict    {}: {:?}", said.verdict, said.regions);
        println!("findings   {:?}", said.findings);
    }
    let said = shown(&run.settled, run.engine, is_loopback);
    println!("settled    {}: {:?}", said.verdict, said.findings);
    let misses = judge(&run);
    for miss in &misses {
        println!("amiss      {miss}");
    }
    for violation in &run.ledger.violations {
        println!("violated   {violation}");
    }
    run.ledger.violations.is_empty() && Agreement::of(&misses) != Agreement::Wrong
}
