//! End to end: real browsers in the lab's worlds, asserted by the page's hooks; and the lab's own self-tests.
//!
//! `harness.rs` lists every case as a test. Its parent process runs none of them: each thread borrows a worker
//! ([`pool`]), which is this program once more in namespaces of its own ([`worker`]). `main.rs` has what is looked at
//! or measured and is no test.

pub mod by_hand;
pub mod cases;
pub mod demo;
pub mod freshness;
pub mod gallery;
pub mod pool;
pub mod settings;
pub mod smooth;
pub mod speed;
pub mod summary;
pub mod torture;
pub mod worker;

mod access;
mod album;
mod broken;
mod computers;
mod deployments;
mod handover;
mod hosted;
mod layout;
mod local;
mod own_doing;
mod page;
mod pattern;
mod roles;
mod scene;
mod so_far;
mod translated;
mod watching;
mod worlds;

use std::ffi::OsString;
use std::process::ExitCode;

/// The word on the command line that makes this program a relay.
const RELAY: &str = "lab-relay";

/// Runs what this program was started again for: a helper of the lab, the relay, or a worker. `None` if it was not.
#[must_use]
pub fn run_as_helper() -> Option<ExitCode> {
    let first = std::env::args().nth(1);
    let done = match first.as_deref() {
        // What follows the word is the relay's own command line, the word standing for the program's name.
        Some(RELAY) => return Some(reachcheck_relay::command::main(std::env::args_os().skip(1))),
        Some(worker::WORKER) => worker::run().map(|()| true),
        _ => reachcheck_lab::run_as_helper(),
    };
    match done {
        Ok(false) => None,
        Ok(true) => Some(ExitCode::SUCCESS),
        Err(error) => {
            eprintln!("{}: {error:#}", first.unwrap_or_default());
            Some(ExitCode::FAILURE)
        }
    }
}

/// The command line of the relay that was compiled with this program.
///
/// # Errors
/// If the system does not say where this program lies.
pub fn relay() -> anyhow::Result<Vec<String>> {
    let me = std::env::current_exe().map(OsString::from)?;
    Ok(vec![me.to_string_lossy().into_owned(), RELAY.to_owned()])
}
