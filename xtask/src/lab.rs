//! `cargo xtask lab`: the lab's worlds, listed, one to look at, or all of them in every engine.

use std::path::Path;

use crate::shell::{command, execute, output, run as sh};
use crate::{build, dimensions, tools};

const ENGINES: [&str; 3] = ["chromium", "firefox", "webkit"];

/// What the harness of the tests in browsers is told beside its flags.
#[derive(Clone, Copy, Default)]
pub struct Settings<'given> {
    /// A page other than `dist/`.
    pub page: Option<&'given Path>,
    /// Whether the machine is kept busy on purpose.
    pub is_loaded: bool,
    /// A folder for a picture of every end.
    pub screenshots: Option<&'given str>,
    /// A file for expected against given.
    pub matrix: Option<&'given str>,
    /// A folder for the page's traces.
    pub record: Option<&'given str>,
    /// Cells of the cover, by names that commas part; the others are no tests.
    pub cells: Option<&'given str>,
    /// A file for what cells gave.
    pub tally: Option<&'given Path>,
    /// Conditions that worlds are put under, by names that commas part.
    pub under: Option<&'given str>,
}

/// Without flags lists the worlds; a world's name builds it, under conditions where some are named, and keeps it; other
/// flags select what is tested.
pub fn run(words: &[&str]) -> Result<(), String> {
    match words {
        [] | ["--list"] => tool(&["--list"]),
        ["--self-tests", names @ ..] => {
            tools::for_tests()?;
            self_tests(names)
        }
        ["--all", flags @ ..] => all(flags, None),
        ["--dimensions", flags @ ..] => dimensions::run(flags, false),
        [name] if !name.starts_with('-') => look(&["--world", name]),
        [name, "--under", names] if !name.starts_with('-') => {
            look(&["--world", name, "--under", names])
        }
        _ => Err(format!("lab {}: see cargo xtask help", words.join(" "))),
    }
}

/// The lab's tests of itself, by plain sockets, without a browser.
fn self_tests(names: &[&str]) -> Result<(), String> {
    if names.is_empty() {
        return harness(&["lab::", "--include-ignored"], Settings::default());
    }
    for name in names {
        let part = name.replace('-', "_").replace('/', "::");
        harness(
            &[
                &part,
                "--include-ignored",
                "--skip",
                "::worlds::",
                "--skip",
                "::cells::",
                "--skip",
                "::page::",
            ],
            Settings::default(),
        )?;
    }
    Ok(())
}

/// Every world in every engine, as far as flags do not say otherwise.
fn all(flags: &[&str], record: Option<&str>) -> Result<(), String> {
    let mut settings = Settings {
        record,
        ..Settings::default()
    };
    let mut engines = Vec::new();
    let mut only = String::new();
    let mut jobs = record.map(|_| "1");
    let mut rest = flags.iter();
    while let Some(flag) = rest.next() {
        let mut value = || {
            rest.next()
                .copied()
                .ok_or_else(|| format!("{flag} takes a value"))
        };
        match *flag {
            "--engine" => engines.push(value()?),
            "--only" => only = value()?.replace('-', "_").replace('/', "::worlds::"),
            // What is recorded is measured in milliseconds: it runs alone, unless there is no time for that.
            "--jobs" => jobs = Some(value()?),
            // What is recorded and replayed are the worlds alone.
            "--under" if record.is_none() => settings.under = Some(value()?),
            "--screenshots" => settings.screenshots = Some(value()?),
            "--matrix" => settings.matrix = Some(value()?),
            other => return Err(format!("lab --all does not know {other}")),
        }
    }
    if let Some(other) = engines.iter().find(|engine| !ENGINES.contains(engine)) {
        return Err(format!(
            "--engine {other}: there are {}",
            ENGINES.join(", ")
        ));
    }
    tools::for_page()?;
    tools::for_tests()?;
    let traced = record.map(|_| build::traced_page()).transpose()?;
    if traced.is_none() {
        build::page()?;
    }
    settings.page = traced.as_deref();
    let mut words = vec![
        "--include-ignored",
        "--skip",
        "::page::",
        "--skip",
        "::cells::",
        "--skip",
        "lab::",
    ];
    let left_out: Vec<String> = ENGINES
        .iter()
        .filter(|engine| !engines.is_empty() && !engines.contains(engine))
        .map(|engine| format!("{engine}::"))
        .collect();
    for engine in &left_out {
        words.extend(["--skip", engine]);
    }
    let threads = jobs.map(|jobs| format!("--test-threads={jobs}"));
    words.extend(threads.as_deref());
    if !only.is_empty() {
        words.push(&only);
    }
    harness(&words, settings)
}

/// Where what browsers said is kept.
pub const RECORDINGS: &str = "crates/lab/recordings";

/// Every world in every engine, or every cell, kept: the recordings that tests replay, and from them what the docs say.
pub fn record(flags: &[&str]) -> Result<(), String> {
    let recorded = match flags {
        ["--dimensions", flags @ ..] => dimensions::run(flags, true),
        flags => all(flags, Some(RECORDINGS)),
    };
    let replay = [
        "test",
        "--locked",
        "-p",
        "reachcheck-lab",
        "--test",
        "replay",
        "--test",
        "replay_under",
    ];
    let mut replay = command("cargo", &replay);
    replay.env("REACHCHECK_WRITE_DOCS", "1");
    recorded.and(execute(replay))
}

/// Everything but the page's own package, whose tests need a browser. One selection for all, so that nothing is built
/// twice; the harness of the tests in browsers is left out by an environment variable.
pub const NATIVE: [&str; 4] = ["--locked", "--workspace", "--exclude", "reachcheck"];

/// Builds all native tests and gives the path of the one program among them that has the tests in browsers. One
/// selection of packages for all: another would turn on other features, and build most dependencies a second time.
pub fn harness_program() -> Result<String, String> {
    sh("cargo", &[&["test"], &NATIVE[..], &["--no-run"]].concat())?;
    let json = ["--no-run", "--message-format=json"];
    let messages = output("cargo", &[&["test"], &NATIVE[..], &json].concat());
    let messages = messages.ok_or("cargo test --no-run does not say what it built")?;
    let harness = messages
        .lines()
        .find(|line| line.contains(r#""kind":["test"]"#) && line.contains(r#""name":"e2e""#));
    let program = harness.and_then(|line| {
        let (_, after) = line.split_once(r#""executable":""#)?;
        after.split('"').next()
    });
    let program = program.ok_or("cargo test --no-run built no test called e2e")?;
    Ok(program.to_owned())
}

/// The tests in browsers, by the flags of a harness.
pub fn harness(flags: &[&str], settings: Settings<'_>) -> Result<(), String> {
    let mut harness = command(&harness_program()?, flags);
    harness.env("REACHCHECK_AXE", tools::axe()?);
    let here = crate::places::root();
    for (name, path) in [
        ("REACHCHECK_SCREENSHOTS", settings.screenshots),
        ("REACHCHECK_MATRIX", settings.matrix),
        ("REACHCHECK_RECORD", settings.record),
    ] {
        if let Some(path) = path {
            harness.env(name, here.join(path));
        }
    }
    if let Some(page) = settings.page {
        harness.env("REACHCHECK_PAGE", page);
    }
    if let Some(names) = settings.cells {
        harness.env("REACHCHECK_CELLS", names);
    }
    if let Some(file) = settings.tally {
        harness.env("REACHCHECK_TALLY", file);
    }
    if let Some(names) = settings.under {
        harness.env("REACHCHECK_UNDER", names);
    }
    if settings.is_loaded {
        harness.env("REACHCHECK_LOADED", "1");
    }
    execute(harness)
}

/// Something to look at or to measure in the lab, with the page.
pub fn look(words: &[&str]) -> Result<(), String> {
    tools::for_page()?;
    tools::for_tests()?;
    build::page()?;
    tool(words)
}

/// A world's report as a link to a page that is served, and the world itself where there is a display.
pub fn demo(words: &[&str]) -> Result<(), String> {
    let (world, engine) = match words {
        [world] => (*world, ENGINES[0]),
        [world, "--engine", engine] => (*world, *engine),
        _ => return Err("cargo xtask demo WORLD [--engine NAME]".to_owned()),
    };
    println!("\nAs {engine} met it; `cargo xtask serve` serves the page that shows it:");
    tool(&["--read-link", engine, world, "http://127.0.0.1:8080/"])?;
    let has_display = ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|it| !it.is_empty()));
    if has_display {
        return look(&["--world", world]);
    }
    println!(
        "\nLive, by hand: cargo xtask lab {world} (where there is a display, it is opened by itself)"
    );
    Ok(())
}

/// The program itself, not by `cargo run`: it starts itself again in namespaces of its own.
fn tool(words: &[&str]) -> Result<(), String> {
    sh("cargo", &["build", "--locked", "-p", "reachcheck-e2e"])?;
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
    execute(command(&format!("{target}/debug/reachcheck-e2e"), words))
}
