//! Times of many runs: when they finished, by world and engine, and what they waited for last.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use reachcheck_lab::engine::Engine;
use reachcheck_model::figures::ascending;

use crate::batch::{Outcome, Summary};

/// When the runs of one world in one engine finished that nothing disturbed, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Times {
    /// How many runs there were.
    pub runs: usize,
    /// The median.
    pub median_ms: f64,
    /// Nine in ten finished by then.
    pub ninth_ms: f64,
}

impl Times {
    /// Reads the runs of a world in an engine; `None` where none finished undisturbed.
    #[must_use]
    pub fn read(summary: &Summary, world: &str, engine: Engine) -> Option<Self> {
        let is_meant = |it: &&Outcome| it.world == world && it.engine == engine;
        Self::of(summary.0.iter().filter(is_meant))
    }

    fn of<'runs>(runs: impl Iterator<Item = &'runs Outcome>) -> Option<Self> {
        let calm = runs.filter(|it| !it.is_disturbed);
        let times = ascending(calm.filter_map(|it| Some(it.finished?.0)));
        Some(Self {
            runs: times.len(),
            median_ms: *times.get(times.len() / 2)?,
            ninth_ms: *times.get(times.len() * 9 / 10)?,
        })
    }
}

/// A line for each world and engine: runs, median, ninth decile, and the probes that were waited for last, the most
/// frequent first.
#[must_use]
pub fn table(summary: &Summary) -> String {
    let mut kinds: BTreeMap<_, Vec<&Outcome>> = BTreeMap::new();
    for outcome in &summary.0 {
        let kind = (outcome.world, outcome.engine.name());
        kinds.entry(kind).or_default().push(outcome);
    }
    let mut text = String::new();
    for ((world, engine), outcomes) in &kinds {
        let Some(times) = Times::of(outcomes.iter().copied()) else {
            continue;
        };
        let mut probes: BTreeMap<_, usize> = BTreeMap::new();
        for outcome in outcomes.iter().filter(|it| !it.is_disturbed) {
            if let Some((_, probe)) = outcome.finished {
                *probes.entry(probe).or_default() += 1;
            }
        }
        let mut probes: Vec<_> = probes.into_iter().collect();
        probes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let probes: Vec<String> = probes
            .iter()
            .map(|(probe, count)| format!("{probe:?} {count}"))
            .collect();
        let _ = writeln!(
            text,
            "{engine}/{world}: {} runs, median {:.0} ms, nine in ten by {:.0}; last {}",
            times.runs,
            times.median_ms,
            times.ninth_ms,
            probes.join(", ")
        );
    }
    text
}
