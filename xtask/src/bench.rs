//! `cargo xtask bench relay`: the relay's numbers beside its peers'.

use crate::shell::{command, execute, root, run};
use crate::tools;

/// Builds relay and client, installs the peers, measures. Further flags go to the client.
pub fn relay(flags: &[&str]) -> Result<(), String> {
    let peers = tools::peers()?;
    let build = ["build", "--locked", "--profile", "server"];
    let relay = ["-p", "reachcheck-relay", "-p", "reachcheck-bench"];
    run("cargo", &[&build[..], &relay].concat())?;
    let target = root().join("target/server");
    let program = target.join("reachcheck-bench");
    // The servers run on the first core. A machine with one core can measure memory, and nothing else.
    let mut bench = command("taskset", &["--cpu-list", "1-63"]);
    bench
        .arg(program)
        .arg("--relay")
        .arg(target.join("reachcheck-relay"))
        .arg("--python")
        .arg(peers.python)
        .arg("--node")
        .arg(peers.node);
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
