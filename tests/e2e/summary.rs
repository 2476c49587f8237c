//! What a run tells beside the result of each test: what was run again, what was not known, and what took longest.

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, Result};
use reachcheck_lab::cover::table::Tally;
use reachcheck_lab::matrix::Matrix;

use crate::settings::Settings;
use crate::worker::Reply;

/// Of a hundred cases, so many may be undecided where nothing else runs, and run once more. What was undecided beside
/// others is told, and says more of the machine.
const REPEATED_PERCENT_MAX: usize = 2;
/// Tests that are named for their time.
const SLOWEST: usize = 10;

/// Everything that was told so far, by all threads of the harness.
#[derive(Debug, Default)]
pub struct Summary(Mutex<Vec<(String, Duration, Reply)>>);

impl Summary {
    /// Takes what became of one test.
    pub fn take(&self, name: &str, time: Duration, reply: Reply) {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        told.push((name.to_owned(), time, reply));
    }

    /// Takes that a test gave no reply.
    pub fn lost(&self, name: &str, error: &str) {
        let reply = Reply {
            failure: Some(error.to_owned()),
            ..Reply::default()
        };
        self.take(name, Duration::ZERO, reply);
    }

    /// Writes and prints what the cells of the cover gave, and tells whether something is wrong.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn tally(self, settings: &Settings, took: Duration) -> Result<bool> {
        let mut told = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        told.sort_by(|(a, ..), (b, ..)| a.cmp(b));
        let without_record = |(name, _, reply): &(String, Duration, Reply)| {
            let failure = reply.failure.clone();
            let failure = failure.filter(|_| reply.record.is_none());
            failure.map(|error| (name.clone(), error))
        };
        let tally = Tally {
            cells: settings.cells.clone(),
            records: told
                .iter()
                .filter_map(|(.., reply)| reply.record.clone())
                .collect(),
            broken: told.iter().filter_map(without_record).collect(),
            at: SystemTime::now(),
            took,
        };
        let text = tally.to_markdown();
        println!("{text}");
        let alone: Duration = told.iter().map(|(_, time, _)| *time).sum();
        println!(
            "{} cells, {:.1} s each where they run side by side, {:.0} s in all",
            told.len(),
            alone.as_secs_f64() / told.len().max(1) as f64,
            took.as_secs_f64()
        );
        let file = settings.tally.as_deref().context("no file for the tally")?;
        std::fs::write(file, text)?;
        Ok(tally.is_wrong())
    }

    /// Prints it, writes the table of worlds where one is wanted, and tells whether too much was run again.
    ///
    /// # Errors
    /// If the table cannot be written.
    pub fn print(self, matrix: Option<&Path>, is_loaded: bool) -> Result<bool> {
        let mut told = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        if told.is_empty() {
            return Ok(false);
        }
        told.sort_by(|(a, ..), (b, ..)| a.cmp(b));
        let list = |title: &str, lines: fn(&Reply) -> &[String]| {
            for (name, _, reply) in &told {
                for line in lines(reply) {
                    println!("{title} {name}: {line}");
                }
            }
        };
        list("set up again:", |reply| &reply.set_up_again);
        list("told:", |reply| &reply.notes);
        list("run again:", |reply| &reply.repeats);
        list("known less:", |reply| &reply.weaker);
        if let Some(file) = matrix {
            let records = told.iter().filter_map(|(.., reply)| reply.record.clone());
            std::fs::write(file, records.collect::<Matrix>().to_markdown())?;
        }
        let cases = told.len();
        let undecided = |times: usize| {
            let it = told
                .iter()
                .filter(|(.., reply)| reply.repeats.len() >= times);
            it.count()
        };
        let (in_company, repeated) = (undecided(1), undecided(2));
        let weaker = told.iter().filter(|(.., reply)| !reply.weaker.is_empty());
        let weaker = weaker.count();
        println!(
            "{in_company} of {cases} undecided beside others and run again alone, {repeated} of them undecided again, \
             {weaker} known less for the load"
        );
        told.sort_by_key(|(_, time, _)| std::cmp::Reverse(*time));
        println!("slowest:");
        for (name, time, _) in told.iter().take(SLOWEST) {
            println!("{:>7.1} s  {name}", time.as_secs_f64());
        }
        let is_too_much = is_too_much(repeated, cases) && !is_loaded;
        if is_too_much {
            println!(
                "\nFAILED: at most {REPEATED_PERCENT_MAX} % may be undecided where nothing else runs"
            );
        }
        Ok(is_too_much)
    }
}

/// One is allowed whatever the number, so that a handful can be run at all.
const fn is_too_much(repeated: usize, cases: usize) -> bool {
    repeated > 1 && 100 * repeated > REPEATED_PERCENT_MAX * cases
}

#[cfg(test)]
mod tests {
    use super::is_too_much;

    #[test]
    fn two_of_a_hundred_may_be_run_again() {
        assert!(!is_too_much(0, 0));
        assert!(!is_too_much(1, 1));
        assert!(is_too_much(2, 99));
        assert!(!is_too_much(2, 100));
        assert!(is_too_much(5, 240));
    }
}
