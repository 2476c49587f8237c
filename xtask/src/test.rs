//! `cargo xtask test`: everything, in the order in which mistakes are cheapest; or what has a name.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::lab::{self, NATIVE, Settings};
use crate::places::DENY;
use crate::shell::{command, execute, has, run as sh};
use crate::{build, tools};

/// Processes that keep the cores busy under `--loaded`.
const BUSY: usize = 4;

/// Tells the harness to have no tests.
const NO_BROWSERS: (&str, &str) = ("REACHCHECK_NO_BROWSERS", "1");
const PAGE: [&str; 5] = [
    "--locked",
    "-p",
    "reachcheck",
    "--target",
    "wasm32-unknown-unknown",
];
const DENY_WARNINGS: [&str; 3] = ["--", "-D", "warnings"];

/// Runs the tests.
pub fn run(words: &[&str]) -> Result<(), String> {
    let flags: Vec<&str> = words
        .iter()
        .copied()
        .filter(|it| it.starts_with('-'))
        .collect();
    let names: Vec<&str> = words
        .iter()
        .copied()
        .filter(|it| !it.starts_with('-'))
        .collect();
    let mut parts = Parts::default();
    let done = match (flags.as_slice(), names.as_slice()) {
        ([], []) => everything(&mut parts, true),
        (["--fast"], []) => everything(&mut parts, false),
        (["--loaded"], []) => loaded(&mut parts, &[]),
        (["--loaded"], [name]) => loaded(&mut parts, &[&name.replace('-', "_")]),
        ([], names) => named(&mut parts, names),
        _ => return Err("test takes --fast, --loaded [NAME], or names of tests".to_owned()),
    };
    parts.print();
    done
}

fn everything(parts: &mut Parts, with_browsers: bool) -> Result<(), String> {
    parts.time("set-up", || {
        tools::for_page()?;
        if with_browsers {
            tools::for_tests()
        } else {
            Ok(())
        }
    })?;
    parts.time("formatting", || sh("cargo", &["fmt", "--all", "--check"]))?;
    parts.time("what it is built from", dependencies)?;
    parts.time("lints", lints)?;
    parts.time("native tests, built", || cargo_test(&NATIVE, &["--no-run"]))?;
    parts.time("native tests, run", || {
        let threads = side_by_side();
        native(&["--", &threads])
    })?;
    if with_browsers {
        parts.time("tests in Wasm, built", || cargo_test(&PAGE, &["--no-run"]))?;
        parts.time("tests in Wasm, run", || cargo_test(&PAGE, &[]))?;
        in_browsers(parts, &[], Settings::default())
    } else {
        println!("\nskipped, as asked: the tests in browsers and in the lab");
        Ok(())
    }
}

/// Threads of one test binary: the relay's tests mostly wait for its deadlines.
fn side_by_side() -> String {
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    format!("--test-threads={}", 3 * cores)
}

/// Licences, sources and bans of everything that the lock file names (`deny.toml`). Advisories come over the network, which
/// no test asks.
fn dependencies() -> Result<(), String> {
    if !has("cargo-deny") {
        println!(
            "\nnot looked at: cargo-deny is missing (cargo install cargo-deny --version {DENY} --locked; its build takes minutes)"
        );
        return Ok(());
    }
    let all = [
        "deny",
        "--locked",
        "--offline",
        "--workspace",
        "--all-features",
    ];
    let check = [
        "check",
        "--hide-inclusion-graph",
        "bans",
        "licenses",
        "sources",
    ];
    sh("cargo", &[&all[..], &check].concat())
}

fn lints() -> Result<(), String> {
    let native = [
        "clippy",
        "--locked",
        "--workspace",
        "--exclude",
        "reachcheck",
        "--all-targets",
    ];
    sh("cargo", &[&native[..], &DENY_WARNINGS].concat())?;
    sh(
        "cargo",
        &[&["clippy"], &PAGE[..], &["--all-targets"], &DENY_WARNINGS].concat(),
    )
}

/// The tests in browsers and the lab's self-tests, with the flags of a harness.
fn in_browsers(parts: &mut Parts, flags: &[&str], settings: Settings<'_>) -> Result<(), String> {
    parts.time("the page, built", build::page)?;
    parts.time("tests in browsers, built", || {
        lab::harness_program().map(drop)
    })?;
    parts.time("tests in browsers, run", || lab::harness(flags, settings))
}

/// The tests in browsers, as far as the harness's flags do not say otherwise, while other processes keep the machine busy:
/// wrong verdicts fail, what is not known is counted.
fn loaded(parts: &mut Parts, flags: &[&str]) -> Result<(), String> {
    tools::for_page()?;
    tools::for_tests()?;
    let busy = Busy::start()?;
    let settings = Settings {
        is_loaded: true,
        ..Settings::default()
    };
    let done = in_browsers(parts, flags, settings);
    drop(busy);
    done
}

/// Every test whose name has one of these parts, wherever it is. One after the other: a harness of our own takes one name.
fn named(parts: &mut Parts, names: &[&str]) -> Result<(), String> {
    let has_page = tools::for_page().is_ok();
    for name in names {
        let mut any = false;
        if is_listed(native_tests(&["--", "--list", name]), name) {
            any = true;
            parts.time("native tests", || native(&["--", name]))?;
        }
        let list = ["--", "--list", name];
        let in_wasm = command("cargo", &[&["test"], &PAGE[..], &list].concat());
        if has_page && is_listed(in_wasm, name) {
            any = true;
            tools::for_tests()?;
            parts.time("tests in Wasm", || cargo_test(&PAGE, &["--", name]))?;
        }
        let name = name.replace('-', "_");
        let harness = lab::harness_program()?;
        if is_listed(command(&harness, &["--list", &name]), &name) {
            any = true;
            tools::for_tests()?;
            in_browsers(parts, &[&name, "--include-ignored"], Settings::default())?;
        }
        if !any {
            return Err(format!("no test has {name} in its name"));
        }
    }
    Ok(())
}

/// Whether a list of tests has one with this part in its name.
fn is_listed(mut list: Command, name: &str) -> bool {
    let listed = list.stdin(Stdio::null()).stderr(Stdio::null()).output();
    let listed = listed.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let is_it = |line: &str| line.ends_with(": test") && line.contains(name);
    listed.unwrap_or_default().lines().any(is_it)
}

/// Native tests, none in a browser.
fn native(more: &[&str]) -> Result<(), String> {
    execute(native_tests(more))
}

fn native_tests(more: &[&str]) -> Command {
    let mut tests = command("cargo", &[&["test"], &NATIVE[..], more].concat());
    tests.env(NO_BROWSERS.0, NO_BROWSERS.1);
    tests
}

fn cargo_test(selection: &[&str], more: &[&str]) -> Result<(), String> {
    sh("cargo", &[&["test"], selection, more].concat())
}

/// What a run consists of, and how long each part took.
#[derive(Default)]
struct Parts(Vec<(&'static str, Duration)>);

impl Parts {
    fn time(
        &mut self,
        name: &'static str,
        part: impl FnOnce() -> Result<(), String>,
    ) -> Result<(), String> {
        let started = Instant::now();
        let done = part();
        self.0.push((name, started.elapsed()));
        done
    }

    fn print(&self) {
        println!();
        for (name, time) in &self.0 {
            println!("{:>6} s  {name}", time.as_secs());
        }
        let all: Duration = self.0.iter().map(|(_, time)| *time).sum();
        println!("{:>6} s  in all", all.as_secs());
    }
}

/// Processes that do nothing but keep the cores busy, until this is dropped.
struct Busy(Vec<Child>);

impl Busy {
    fn start() -> Result<Self, String> {
        let mut busy = Self(Vec::new());
        for _ in 0..BUSY {
            let child = Command::new("sh")
                .args(["-c", "while :; do :; done"])
                .stdin(Stdio::null())
                .spawn()
                .map_err(|error| format!("sh: {error}"))?;
            busy.0.push(child);
        }
        Ok(busy)
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        for child in &mut self.0 {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// The runner of `cargo test --target wasm32-unknown-unknown`, which `.cargo/config.toml` names: wasm-bindgen's own,
/// with a browser.
pub fn wasm_runner(words: &[&str]) -> Result<(), String> {
    tools::has_wasm_runner()?;
    let mut runner = command("wasm-bindgen-test-runner", words);
    // Where cargo starts it: webdriver.json lies there.
    runner.env("CHROMEDRIVER", "chromedriver");
    execute(runner)
}
