//! `cargo xtask mutants`: changes of the modules that conclude, one at a time, and whether a test notices
//! (`docs/mutants.md`).

use std::fs;

use crate::places::{MUTANTS, root};
use crate::shell::{command, status};
use crate::tools;

/// The modules that conclude: what of a check is said, what acquits it, whose view from outside counts, which verdict
/// follows.
const CONCLUDE: [&str; 8] = [
    "analysis/conclusion.rs",
    "analysis/evidence.rs",
    "analysis/counted.rs",
    "analysis/taken.rs",
    "analysis/tls_finished.rs",
    "analysis/turned_away.rs",
    "analysis/two_regions.rs",
    "diagnosis.rs",
];

/// The tests of the crate, which are soon built and run.
const NEAR: [&str; 2] = ["--", "--lib"];

/// For what those do not notice: the tests beside the crate, and what browsers said in the lab's worlds, read again.
const FAR: [&str; 5] = [
    "--test=so_far",
    "--test=enough",
    "--test=algebra",
    "--test=replay",
    "--test=replay_under",
];
/// Flags of cargo-mutants for those. Its own first run, of unchanged sources, knows only the tests of the package that is to be
/// changed, and would fail for want of the others: it is skipped, and [`run`] runs all of them unchanged instead.
const FAR_FLAGS: [&str; 5] = [
    "--iterate",
    "--baseline=skip",
    "--timeout=600",
    "--test-package=reachcheck-diagnosis",
    "--test-package=reachcheck-lab",
];

/// What cargo-mutants ends with where something survives.
const SURVIVED: i32 = 2;

/// Installs the tool if it is missing, and hands it the modules and the flags, which are its own (`--shard`, `--jobs`, `--re` …).
/// What it finds lies in `target/mutants.out`. Fails where something survives and has no reason in `docs/mutants.md`.
pub fn run(flags: &[&str]) -> Result<(), String> {
    tools::for_mutants(MUTANTS)?;
    // A result of earlier sources acquits nothing.
    let _ = fs::remove_dir_all(root().join("target/mutants.out"));
    if !survive(flags, &NEAR)? {
        return Ok(());
    }
    let unchanged = [
        "test",
        "--locked",
        "-p",
        "reachcheck-diagnosis",
        "-p",
        "reachcheck-lab",
    ];
    crate::shell::run("cargo", &[&unchanged[..], &FAR].concat())?;
    if !survive(flags, &[&FAR_FLAGS[..], &["--"], &FAR].concat())? {
        return Ok(());
    }
    let read = |file: &str| {
        fs::read_to_string(root().join(file)).map_err(|error| format!("{file}: {error}"))
    };
    let reasons = read("docs/mutants.md")?;
    let missed = read("target/mutants.out/missed.txt")?;
    let without = without_reason(&missed, &reasons);
    if without.is_empty() {
        return Ok(());
    }
    Err(format!(
        "no test notices, and docs/mutants.md gives no reason:\n{}",
        without.join("\n")
    ))
}

/// Whether something survives these tests.
fn survive(flags: &[&str], tests: &[&str]) -> Result<bool, String> {
    let files = CONCLUDE.map(|file| format!("--file=crates/diagnosis/src/{file}"));
    let files = files.iter().map(String::as_str);
    let mut words = vec!["mutants", "--package", "reachcheck-diagnosis"];
    words.extend(["--output", "target", "--no-shuffle"]);
    words.extend(files);
    words.extend(flags);
    words.extend(tests);
    let mut cargo = command("cargo", &words);
    // Two builds for each change: what is not read need not be written.
    cargo.env("CARGO_PROFILE_DEV_DEBUG", "0");
    cargo.env("CARGO_PROFILE_TEST_DEBUG", "0");
    let ended = status(&mut cargo)?;
    match ended.code() {
        Some(0) => Ok(false),
        Some(SURVIVED) => Ok(true),
        _ => Err(format!("cargo mutants: {ended}")),
    }
}

/// The changes that survived and are not among the reasons; there they stand as here, without the place in their file, which
/// moves.
fn without_reason<'missed>(missed: &'missed str, reasons: &str) -> Vec<&'missed str> {
    missed
        .lines()
        .filter(|line| !reasons.contains(&format!("`{}`", name(line))))
        .collect()
}

/// `FILE: CHANGE` of `crates/diagnosis/src/FILE:LINE:COLUMN: CHANGE`.
fn name(line: &str) -> String {
    let (place, change) = line.split_once(": ").unwrap_or((line, ""));
    let file = place.split(':').next().unwrap_or_default();
    let file = file.strip_prefix("crates/diagnosis/src/").unwrap_or(file);
    format!("{file}: {change}")
}

#[cfg(test)]
mod tests {
    use super::without_reason;

    #[test]
    fn who_survives_needs_a_reason_wherever_it_stands() {
        let missed = "crates/diagnosis/src/diagnosis.rs:123:46: replace == with != in Region::proof\n\
                      crates/diagnosis/src/analysis/taken.rs:7:1: replace && with || in taken\n";
        let reasons = "| `diagnosis.rs: replace == with != in Region::proof` | the same |";
        assert_eq!(
            without_reason(missed, reasons),
            ["crates/diagnosis/src/analysis/taken.rs:7:1: replace && with || in taken"]
        );
    }
}
