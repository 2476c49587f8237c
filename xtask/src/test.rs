//! `cargo xtask test`: everything, in the order in which mistakes are cheapest.

use std::time::Instant;

use crate::shell::{command, execute, run as sh};
use crate::{build, tools};

/// Runs every test.
pub fn run(flags: &[&str]) -> Result<(), String> {
    let with_browsers = match flags {
        [] => true,
        ["--fast"] => false,
        _ => return Err("test takes one flag: --fast".to_owned()),
    };
    let started = Instant::now();
    tools::for_page()?;
    if with_browsers {
        tools::for_tests()?;
    }
    sh("cargo", &["fmt", "--all", "--check"])?;
    let warnings = ["--", "-D", "warnings"];
    let native = [
        "clippy",
        "--locked",
        "--workspace",
        "--exclude",
        "reachcheck",
        "--all-targets",
    ];
    sh("cargo", &[&native[..], &warnings].concat())?;
    // The one feature that a relay may be built with.
    let acme = ["--locked", "-p", "reachcheck-relay", "--features", "acme"];
    sh(
        "cargo",
        &[&["clippy"], &acme[..], &["--all-targets"], &warnings].concat(),
    )?;
    let wasm = ["clippy", "--locked", "-p", "reachcheck", "--all-targets"];
    let target = ["--target", "wasm32-unknown-unknown"];
    sh("cargo", &[&wasm[..], &target, &warnings].concat())?;
    // Unit, property, scenario and relay tests. The page's own need a browser and come below.
    sh(
        "cargo",
        &["test", "--locked", "--workspace", "--exclude", "reachcheck"],
    )?;
    let tests = ["--test", "relay", "acme::"];
    sh("cargo", &[&["test"], &acme[..], &tests].concat())?;
    if with_browsers {
        in_browsers()?;
    } else {
        println!("\nskipped, as asked: the tests in browsers");
    }
    println!("\nall of it passed in {} s", started.elapsed().as_secs());
    Ok(())
}

fn in_browsers() -> Result<(), String> {
    let mut wasm = command(
        "cargo",
        &[
            "test",
            "--locked",
            "-p",
            "reachcheck",
            "--target",
            "wasm32-unknown-unknown",
        ],
    );
    wasm.env(
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
        "wasm-bindgen-test-runner",
    )
    .env("CHROMEDRIVER", "chromedriver");
    execute(wasm)?;
    build::page()?;
    // First that the lab's faults are what they are called, then what the page says of them.
    crate::lab::runner(&["--shows"])?;
    crate::lab::runner(&[])
}
