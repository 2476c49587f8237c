//! `cargo xtask simulate`: runs of the state machine against models of browser, path and operating system
//! (`docs/simulation.md`).

use std::path::PathBuf;

use crate::places::root;
use crate::shell::{self, command, execute};

/// Builds the simulation for release, and hands it the flags, which it reads itself.
pub fn run(flags: &[&str]) -> Result<(), String> {
    let build = [
        "build",
        "--locked",
        "--release",
        "-p",
        "reachcheck-simulation",
    ];
    shell::run("cargo", &build)?;
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let program = target.join("release/reachcheck-simulation");
    execute(command(&program.to_string_lossy(), flags))
}
