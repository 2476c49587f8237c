//! `cargo xtask lab`: the lab's worlds, listed, one to look at, or all of them in every engine.

use std::path::Path;

use crate::shell::run as sh;
use crate::{build, tools};

/// Without flags lists the worlds; a world's name builds it and keeps it; other flags are the runner's.
pub fn run(flags: &[&str]) -> Result<(), String> {
    let world;
    let arguments: &[&str] = match flags {
        [] => &["--list"],
        [name] if !name.starts_with('-') => {
            world = ["--world", name];
            &world
        }
        flags => flags,
    };
    let mut page = None;
    if arguments != ["--list"] {
        tools::for_tests()?;
        if arguments.contains(&"--record") {
            page = Some(build::traced_page()?);
        } else if !arguments.contains(&"--shows") {
            // With --shows no browser looks at a page.
            tools::for_page()?;
            build::page()?;
        }
    }
    start(arguments, page.as_deref())
}

/// Every world in every engine, kept: the recordings that tests replay, and from them the table in the docs.
pub fn record(flags: &[&str]) -> Result<(), String> {
    const KEPT: [&str; 3] = ["--all", "--record", "crates/lab/recordings"];
    let recorded = run(&[&KEPT[..], flags].concat());
    let mut replay = crate::shell::command(
        "cargo",
        &[
            "test",
            "--locked",
            "-p",
            "reachcheck-lab",
            "--test",
            "replay",
        ],
    );
    replay.env("REACHCHECK_WRITE_DOCS", "1");
    recorded.and(crate::shell::execute(replay))
}

/// Pictures of the page in each state, theme, width and language, for people to look at.
pub fn screenshots(folder: &str) -> Result<(), String> {
    run(&["--gallery", folder])
}

/// Builds the runner and the relay, and starts the runner with `dist/`.
pub fn runner(arguments: &[&str]) -> Result<(), String> {
    start(arguments, None)
}

/// The same, with the page in another folder, if given.
fn start(arguments: &[&str], page: Option<&Path>) -> Result<(), String> {
    sh(
        "cargo",
        &[
            "build",
            "--locked",
            "-p",
            "reachcheck-relay",
            "-p",
            "reachcheck-e2e",
        ],
    )?;
    // The program itself, not `cargo run`: it starts itself again in namespaces of its own.
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
    let mut runner = crate::shell::command(&format!("{target}/debug/reachcheck-e2e"), arguments);
    if !arguments.contains(&"--shows") && arguments != ["--list"] {
        runner.env("REACHCHECK_AXE", tools::axe()?);
    }
    if let Some(page) = page {
        runner.env("REACHCHECK_PAGE", page);
    }
    crate::shell::execute(runner)
}
