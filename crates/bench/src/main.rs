//! `cargo xtask bench relay`: what a held connection costs, how fast and how soon messages come back, how many
//! handshakes a core makes, and what a burst leaves behind. The relay and its peers each run on the first core,
//! one after the other; this client runs on the second. `cargo xtask bench watch`: what a contact centre costs that
//! watches its quiet connections. `cargo xtask bench hostile`: what one address can do to it.

mod client;
mod counted;
mod echo;
mod held;
mod hostile;
mod servers;
mod watch;

use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;

use servers::{PeerKind, Server};

/// Where the servers are, and how much to ask of them.
#[derive(Debug, Parser)]
pub struct Options {
    /// The relay's binary
    #[arg(long)]
    relay: PathBuf,
    /// A Python that has `websockets`, and beside which `websockify` lies
    #[arg(long)]
    python: Option<PathBuf>,
    /// A folder whose `node_modules` has `ws`
    #[arg(long)]
    node: Option<PathBuf>,
    /// A uWebSockets echo server of your own that takes its port as its one argument
    #[arg(long)]
    uwebsockets: Option<PathBuf>,
    /// Connections to hold
    #[arg(long, default_value_t = 10_000)]
    held: usize,
    /// Seconds of each run of the echo
    #[arg(long, default_value_t = 4)]
    seconds: u64,
    /// Runs of the echo, interleaved
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Agents who watch
    #[arg(long, default_value_t = 500)]
    agents: usize,
    /// Minutes that a watch is measured
    #[arg(long, default_value_t = 15.0)]
    minutes: f64,
    /// By how much faster than agents they watch: silences are so much shorter
    #[arg(long, default_value_t = 1)]
    pace: u32,
    /// What to measure: all (echo and held), echo, held, watch or hostile
    #[arg(long, default_value = "all")]
    only: String,
}

fn main() -> Result<()> {
    let options = Options::parse();
    rlimit::increase_nofile_limit(u64::MAX)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    runtime.block_on(measure(&options))
}

async fn measure(options: &Options) -> Result<()> {
    println!("{}\n", servers::machine());
    if options.only == "watch" {
        return watch::measure(options).await;
    }
    if options.only == "hostile" {
        return hostile::measure(options).await;
    }
    if options.only != "echo" {
        let relay = Server::start(PeerKind::Relay { tls: true }, options)?;
        held::measure(relay, options).await?;
    }
    if options.only != "held" {
        echo::measure(options).await?;
    }
    Ok(())
}
