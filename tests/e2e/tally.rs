//! What passed and what failed, told as it happens.

use std::time::Instant;

use anyhow::{Result, ensure};

/// Counts, and prints one line for each.
#[derive(Default)]
pub struct Tally {
    passed: usize,
    failed: usize,
}

impl Tally {
    /// Takes the result of what was begun at `started`.
    pub fn count(&mut self, name: &str, started: Instant, result: Result<()>) {
        let seconds = started.elapsed().as_secs_f64();
        match result {
            Ok(()) => {
                self.passed += 1;
                println!("ok      {name} ({seconds:.1} s)");
            }
            Err(error) => {
                self.failed += 1;
                println!("FAILED  {name} ({seconds:.1} s)\n{error:#}\n");
            }
        }
    }

    /// How many failed.
    ///
    /// # Errors
    /// If there was nothing to count.
    pub fn end(self) -> Result<usize> {
        println!("{} passed, {} failed", self.passed, self.failed);
        ensure!(self.passed + self.failed > 0, "nothing of that name");
        Ok(self.failed)
    }
}

/// Sets something of the lab up, and once more where that fails: a port still held by the world before says nothing
/// about what is tested. What is tested itself gets one try.
pub fn twice<T>(what: &str, set_up: impl Fn() -> Result<T>) -> Result<T> {
    set_up().or_else(|error| {
        println!("{what} was set up again: {error:#}");
        set_up()
    })
}
