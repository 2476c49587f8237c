//! `cargo xtask mutants`: changes of the modules that conclude, one at a time, and whether a test notices
//! (`docs/mutants.md`).

use crate::places::MUTANTS;
use crate::shell::{command, execute};
use crate::tools;

/// The modules that conclude: what of a check is said, what acquits it, whose view from outside counts, which verdict
/// follows.
const CONCLUDE: [&str; 6] = [
    "analysis/conclusion.rs",
    "analysis/counted.rs",
    "analysis/taken.rs",
    "analysis/turned_away.rs",
    "analysis/two_regions.rs",
    "diagnosis.rs",
];

/// Installs the tool if it is missing, and hands it the modules and the flags, which are its own (`--shard`, `--jobs`, `--re` …).
/// What it finds lies in `target/mutants.out`.
pub fn run(flags: &[&str]) -> Result<(), String> {
    tools::for_mutants(MUTANTS)?;
    let files = CONCLUDE.map(|file| format!("--file=crates/diagnosis/src/{file}"));
    let files = files.iter().map(String::as_str);
    let mut words = vec!["mutants", "--package", "reachcheck-diagnosis"];
    words.extend(["--output", "target", "--no-shuffle"]);
    words.extend(files);
    words.extend(flags);
    // Examples in the documentation are the findings' own; what concludes has its tests in the crate and beside it.
    words.extend(["--", "--tests"]);
    let mut cargo = command("cargo", &words);
    // Two builds for each change: what is not read need not be written.
    cargo.env("CARGO_PROFILE_DEV_DEBUG", "0");
    cargo.env("CARGO_PROFILE_TEST_DEBUG", "0");
    execute(cargo)
}
