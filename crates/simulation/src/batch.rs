//! Many runs, on every core, and what came of them by engine and world.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use reachcheck_lab::engine::Engine;
use reachcheck_model::probe::Probe;

use crate::run::run;
use crate::stage::{Stage, Wanted};
use crate::verdict::{Agreement, judge};

/// How many seeds of a kind are named.
const SEEDS_NAMED: usize = 3;
/// How many runs a thread takes at once.
const AT_ONCE: usize = 64;

/// What came of one run.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its seed.
    pub seed: u64,
    /// Its engine.
    pub engine: Engine,
    /// Its world.
    pub world: &'static str,
    /// Whether it was disturbed.
    pub is_disturbed: bool,
    /// How far its verdict is from the expectation; `None` where nothing is expected.
    pub agreement: Option<Agreement>,
    /// When it finished, in milliseconds, and the probe that it waited for last.
    pub finished: Option<(f64, Probe)>,
    /// What is amiss with its verdict.
    pub misses: Vec<String>,
    /// What did not hold of it.
    pub violations: Vec<String>,
}

/// What came of many runs.
#[derive(Clone, Debug, Default)]
pub struct Summary(pub Vec<Outcome>);

/// Runs these seeds.
#[must_use]
pub fn run_all(stage: &Stage, seeds: &[u64], wanted: &Wanted<'_>) -> Summary {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(Vec::with_capacity(seeds.len()));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let from = next.fetch_add(AT_ONCE, Ordering::Relaxed);
                    let Some(seeds) = seeds.get(from..) else {
                        return;
                    };
                    let taken = seeds.iter().take(AT_ONCE);
                    let done: Vec<Outcome> = taken.map(|seed| one(stage, *seed, wanted)).collect();
                    if done.is_empty() {
                        return;
                    }
                    let mut outcomes = outcomes.lock().unwrap_or_else(PoisonError::into_inner);
                    outcomes.extend(done.into_iter().zip(from..));
                }
            });
        }
    });
    let mut outcomes = outcomes
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    // Whichever thread was first.
    outcomes.sort_by_key(|(_, number)| *number);
    Summary(outcomes.into_iter().map(|(outcome, _)| outcome).collect())
}

fn one(stage: &Stage, seed: u64, wanted: &Wanted<'_>) -> Outcome {
    let run = run(stage, seed, wanted.system, None);
    let misses = judge(&run);
    let is_disturbed = run.disturbance.is_some();
    Outcome {
        seed,
        engine: run.engine,
        world: run.staged.case.name,
        is_disturbed,
        agreement: (!is_disturbed)
            .then(|| Agreement::of(&misses))
            // Late times leave things undecided, and nothing else: only what is wrong counts.
            .filter(|agreement| !run.is_busy || *agreement == Agreement::Wrong),
        finished: run.ledger.finished_at.zip(run.ledger.waited_for),
        misses: misses.iter().map(ToString::to_string).collect(),
        violations: run.ledger.violations,
    }
}

impl Summary {
    /// The runs of an engine whose verdict is expected, and how many of them came to this.
    #[must_use]
    pub fn count(&self, engine: Engine, agreement: Agreement) -> (usize, usize) {
        let judged = self.0.iter().filter(|it| it.engine == engine);
        let judged = judged.filter_map(|it| it.agreement);
        let (mut all, mut counted) = (0, 0);
        for other in judged {
            all += 1;
            counted += usize::from(other == agreement);
        }
        (all, counted)
    }

    /// The runs of which something did not hold.
    pub fn violations(&self) -> impl Iterator<Item = &Outcome> {
        self.0.iter().filter(|it| !it.violations.is_empty())
    }

    /// Engine by engine, how many agree.
    #[must_use]
    pub fn table(&self) -> String {
        let mut text = format!("{:<10}{:>9}", "engine", "judged");
        for agreement in Agreement::ALL {
            let _ = write!(text, "{:>17}", agreement.word());
        }
        for engine in Engine::ALL {
            let (judged, _) = self.count(engine, Agreement::Agrees);
            if judged == 0 {
                continue;
            }
            let _ = write!(text, "\n{:<10}{judged:>9}", engine.name());
            for agreement in Agreement::ALL {
                let (_, count) = self.count(engine, agreement);
                let _ = write!(text, "{count:>8} {:>7.3}%", percent(count, judged));
            }
        }
        text
    }

    /// World by world, what is amiss at least as much as this, with a few seeds.
    #[must_use]
    pub fn amiss(&self, from: Agreement) -> String {
        let mut kinds: BTreeMap<_, Vec<&Outcome>> = BTreeMap::new();
        for outcome in &self.0 {
            if let Some(agreement) = outcome.agreement.filter(|it| *it >= from) {
                let kind = (
                    std::cmp::Reverse(agreement),
                    outcome.world,
                    outcome.engine.name(),
                );
                kinds.entry(kind).or_default().push(outcome);
            }
        }
        let mut text = String::new();
        for ((agreement, world, engine), outcomes) in &kinds {
            let all = self.0.iter().filter(|it| {
                it.agreement.is_some() && (it.world, it.engine.name()) == (*world, *engine)
            });
            let word = agreement.0.word();
            let _ = writeln!(
                text,
                "{word} {engine}/{world}: {} of {}",
                outcomes.len(),
                all.count()
            );
            for outcome in outcomes.iter().take(SEEDS_NAMED) {
                let misses = outcome.misses.join("; ");
                let _ = writeln!(text, "  {}: {misses}", outcome.seed);
            }
        }
        text
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of runs")]
fn percent(count: usize, all: usize) -> f64 {
    100.0 * count as f64 / all.max(1) as f64
}
