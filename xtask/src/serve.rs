//! `cargo xtask serve`: the main job, on this machine, with the embedded catalogue.

use crate::shell::{command, execute};
use crate::{build, tools};

/// Sets up, builds, and serves until it is stopped.
pub fn run(flags: &[&str]) -> Result<(), String> {
    let listen = match flags {
        [] => "127.0.0.1:8080",
        ["--listen", address] => address,
        _ => return Err("serve takes one flag: --listen ADDRESS:PORT".to_owned()),
    };
    tools::for_page()?;
    build::page()?;
    let relay = build::relay()?;
    println!("\nReachcheck is at  http://{listen}/  (Ctrl+C ends it)");
    let mut serve = command(&relay.to_string_lossy(), &["--page", "dist", "--listen"]);
    serve.arg(listen);
    execute(serve)
}
