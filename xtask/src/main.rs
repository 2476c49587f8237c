//! Reachcheck's chores, one command each: `cargo xtask serve`, `test`, `lab`, `record`, `simulate`, `mutants`, `build`,
//! `bench`, `new`.
//!
//! Each sets up what it needs and is missing, shows every command it runs, and names what it cannot
//! install with the line to type.

mod bench;
mod build;
mod dimensions;
mod lab;
mod mutants;
mod new;
mod places;
mod sbom;
mod serve;
mod shell;
mod simulate;
mod size;
#[cfg(test)]
mod styles;
mod test;
#[cfg(test)]
mod tidy;
mod tools;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask serve [--listen ADDRESS:PORT]   set up, build, and serve page and relay on one address
cargo xtask test  [--fast | NAME...]        set up and run every test (--fast: without browsers), or those of a name
cargo xtask test  --loaded [NAME]           the tests in browsers while four processes keep the machine busy
cargo xtask lab   [WORLD]                   list the lab's worlds and conditions, or build one to look at;
                                            --under NAME,NAME puts it under conditions
cargo xtask demo  WORLD [--engine NAME]     the world's report as a link for any browser, and the live world in Chromium
                                            where there is a display
cargo xtask lab   --all [FLAGS]             test every world in every engine; --engine NAME, --only [ENGINE/]PART,
                                            --jobs NUMBER, --screenshots FOLDER, --matrix FILE,
                                            --under NAME,NAME
cargo xtask lab   --dimensions [FLAGS]      worlds under conditions in Chromium and Firefox, into docs/accuracy.md;
                                            --only [ENGINE/]PART, --cells NAME,NAME, --jobs NUMBER
cargo xtask lab   --self-tests [PART]       show by plain sockets that each fault does what its name says
cargo xtask build                           dist/ for a static host, the relay, and its bill of materials
cargo xtask new finding TOKEN               the files of a further finding, to be filled in
cargo xtask screenshots FOLDER              the page in each state, finding, theme, width and language, side by side, and
                                            what does not fit
cargo xtask record [FLAGS]                  test all worlds, and keep what browsers said for `cargo test`
cargo xtask record --dimensions [FLAGS]     the same of the worlds under conditions
cargo xtask simulate [RUNS] [FLAGS]         the run's state machine against models of browser and path; --seed N, --world NAME,
                                            --engine NAME, --under SYSTEM, --one SEED, --worlds
cargo xtask torture [FROM TO]               each call of the page to the browser, of those numbers, goes wrong once: does the
                                            run end in a report? (Chromium; all of them take hours)
cargo xtask mutants [FLAGS]                 the modules that conclude, changed here and there: does a test notice? Flags are
                                            those of cargo-mutants
cargo xtask bench [size | page | verdict]    what a first load weighs, how smooth the page is, how soon the verdict comes
cargo xtask bench size REVISION...          what it weighs at each revision, and the difference to the one before
cargo xtask bench relay [FLAGS]             the relay's numbers beside its peers', on one core
cargo xtask bench watch [--minutes 15] [--pace 1]   500 agents who watch their connections, on one core
cargo xtask bench hostile                   one address does its worst with 6,000 connections: what 500 agents notice";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["serve", flags @ ..] => serve::run(flags),
        ["test", flags @ ..] => test::run(flags),
        ["lab", flags @ ..] => lab::run(flags),
        ["demo", words @ ..] => lab::demo(words),
        ["build"] => build::run(),
        ["record", flags @ ..] => lab::record(flags),
        ["simulate", flags @ ..] => simulate::run(flags),
        ["mutants", flags @ ..] => mutants::run(flags),
        ["new", "finding", token] => new::finding(token),
        ["screenshots", folder] => lab::look(&["--gallery", folder]),
        ["torture", numbers @ ..] => lab::look(&[&["--torture"], numbers].concat()),
        ["bench", "page"] => lab::look(&["--smooth"]),
        ["bench"] | ["bench", "size"] => size::page(),
        ["bench", "size", revisions @ ..] => size::revisions(revisions),
        ["bench", "relay", flags @ ..] => bench::relay(flags),
        ["bench", "watch", flags @ ..] => bench::watch(flags),
        ["bench", "hostile", flags @ ..] => bench::hostile(flags),
        ["bench", "verdict", engine @ ..] => lab::look(&[&["--speed"], engine].concat()),
        ["wasm-runner", words @ ..] => test::wasm_runner(words),
        [] | ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        _ => Err(format!("unknown: {}\n{USAGE}", words.join(" "))),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("xtask: {problem}");
            ExitCode::FAILURE
        }
    }
}
