//! `cargo xtask bench relay`: the relay's numbers beside its peers'; `bench watch`: what a contact centre that watches
//! costs it; `bench hostile`: what one address can do to it and to agents behind another.

use std::process::Command;

use crate::places::root;
use crate::shell::{command, execute, run};
use crate::tools;

/// Builds relay and client, installs the peers, measures. Further flags go to the client.
pub fn relay(flags: &[&str]) -> Result<(), String> {
    let peers = tools::peers()?;
    let mut bench = client()?;
    bench.arg("--python").arg(peers.python);
    bench.arg("--node").arg(peers.node);
    if let Some(uwebsockets) = std::env::var_os("REACHCHECK_UWEBSOCKETS") {
        bench.arg("--uwebsockets").arg(uwebsockets);
    } else {
        println!(
            "without uWebSockets: no registry has it; set REACHCHECK_UWEBSOCKETS to an echo server that you built, \
             which takes its port as its argument"
        );
    }
    bench.args(flags);
    execute(bench)
}

/// Builds relay and client, and has 500 agents watch. `--minutes` says how long, `--pace` how much faster than agents
/// do: a shift of 8 h is `--minutes 8 --pace 60`.
pub fn watch(flags: &[&str]) -> Result<(), String> {
    let mut bench = client()?;
    bench.args(["--only", "watch"]).args(flags);
    execute(bench)
}

/// Builds relay and client, and has one address do its worst while 500 agents behind another run their tests.
pub fn hostile(flags: &[&str]) -> Result<(), String> {
    let mut bench = client()?;
    bench.args(["--only", "hostile"]).args(flags);
    execute(bench)
}

/// The client, built together with the relay.
fn client() -> Result<Command, String> {
    let build = ["build", "--locked", "--release"];
    let relay = ["-p", "reachcheck-relay", "-p", "reachcheck-bench"];
    run("cargo", &[&build[..], &relay].concat())?;
    let target = root().join("target/release");
    // The servers run on the first core. A machine with one core can measure memory, and nothing else.
    let mut bench = command("taskset", &["--cpu-list", "1-63"]);
    bench.arg(target.join("reachcheck-bench"));
    bench.arg("--relay").arg(target.join("reachcheck-relay"));
    Ok(bench)
}
