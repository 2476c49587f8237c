//! The harness of the tests in browsers and of the lab's self-tests: `cargo test -p reachcheck-e2e tcp_dropped`.
//!
//! It takes the flags of every Rust test (`--list`, `--exact`, `--skip`, `--include-ignored`, `--test-threads`), and
//! `cargo nextest` runs it, too, at the price of a lab for each test. The default number of threads is one more than
//! the cores: what is read by the clock wants a core to itself, and of the others one mostly waits.

use std::process::ExitCode;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::Instant;

use libtest_mimic::{Arguments, Completion, Failed, Trial};
use reachcheck_e2e::cases::{self, Task, Test};
use reachcheck_e2e::pool::Pool;
use reachcheck_e2e::settings::Settings;
use reachcheck_e2e::summary::Summary;
use reachcheck_e2e::worker::Reply;
use reachcheck_e2e::{freshness, run_as_helper};

fn main() -> ExitCode {
    if let Some(code) = run_as_helper() {
        return code;
    }
    let mut arguments = Arguments::from_args();
    // Worlds have names in the command line's words, tests in Rust's.
    arguments.filter = arguments.filter.map(|words| words.replace('-', "_"));
    let threads = std::thread::available_parallelism().map_or(3, |cores| cores.get() + 1);
    arguments.test_threads = arguments.test_threads.or(Some(threads));
    let settings = match Settings::read() {
        Ok(settings) => settings,
        Err(error) => {
            eprintln!("e2e: {error:#}");
            return ExitCode::FAILURE;
        }
    };
    let run = Arc::new(Run::default());
    let began = Instant::now();
    let tests = if settings.is_off {
        Vec::new()
    } else {
        cases::all(&settings)
    };
    let trials = tests.into_iter().map(|test| {
        let run = run.clone();
        let (name, is_ignored) = (test.name.clone(), test.is_ignored);
        Trial::ignorable_test(name, move || run.test(&test)).with_ignored_flag(is_ignored)
    });
    let conclusion = libtest_mimic::run(&arguments, trials.collect());
    let Some(run) = Arc::into_inner(run) else {
        return conclusion.exit_code();
    };
    drop(run.pool);
    if settings.tally.is_some() {
        return match run.summary.tally(&settings, began.elapsed()) {
            Ok(true) => ExitCode::FAILURE,
            Ok(false) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("e2e: {error:#}");
                ExitCode::FAILURE
            }
        };
    }
    match run
        .summary
        .print(settings.matrix.as_deref(), settings.is_loaded)
    {
        Ok(false) => conclusion.exit_code(),
        Ok(true) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("e2e: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs of a world that has the machine to itself, while the page says that it cannot tell. A third of the runs of some are
/// undecided on two cores, where browser, page and all servers of the lab share them.
const RUNS_ALONE: usize = 4;

/// What the tests of one run share.
#[derive(Default)]
struct Run {
    pool: Pool,
    /// Whoever is read by the clock and could not tell is run again when nobody else runs.
    machine: RwLock<()>,
    summary: Summary,
    /// What is wrong with the page, looked at once and not before a test needs it.
    page: OnceLock<Option<String>>,
}

impl Run {
    fn reply(&self, test: &Test) -> anyhow::Result<Reply> {
        let mut reply = {
            let _shared = self.machine.read().unwrap_or_else(PoisonError::into_inner);
            self.pool.run(test, false)?
        };
        if !reply.is_undecided {
            return Ok(reply);
        }
        let _alone = self.machine.write().unwrap_or_else(PoisonError::into_inner);
        for _ in 0..RUNS_ALONE {
            let mut again = self.pool.run(test, true)?;
            again.repeats.splice(0..0, reply.repeats);
            reply = again;
            if !reply.is_undecided {
                break;
            }
        }
        Ok(reply)
    }

    fn test(&self, test: &Test) -> Result<Completion, Failed> {
        if let Some(why) = test.task.why_not_here() {
            return Ok(Completion::ignored_with(why));
        }
        if !matches!(test.task, Task::SelfTest(_)) {
            let wrong = self
                .page
                .get_or_init(|| freshness::check().err().map(|error| format!("{error:#}")));
            if let Some(wrong) = wrong {
                return Err(wrong.into());
            }
        }
        let started = Instant::now();
        let reply = self.reply(test).map_err(|error| {
            let error = format!("{error:#}");
            self.summary.lost(&test.name, &error);
            error
        })?;
        let failure = reply.failure.clone();
        self.summary.take(&test.name, started.elapsed(), reply);
        match failure {
            None => Ok(Completion::Completed),
            Some(error) => Err(error.into()),
        }
    }
}
