//! 100 connections, each with one short message on the way at a time: how many come back in a second, and how
//! soon.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use tokio::time::timeout;

use crate::Options;
use crate::client::{connect, hear, ping, upgrade};
use crate::servers::{PeerKind, Server};

const CONNECTIONS: usize = 100;

/// One run.
#[derive(Clone, Copy, Debug)]
struct Run {
    per_second: f64,
    p50_us: f64,
    p99_us: f64,
}

/// Runs all servers in turn, so many times, and prints the medians.
pub async fn measure(options: &Options) -> Result<()> {
    let mut kinds = vec![PeerKind::Relay { tls: false }];
    if options.uwebsockets.is_some() {
        kinds.push(PeerKind::UWebSockets);
    }
    if options.node.is_some() {
        kinds.push(PeerKind::NodeWs);
    }
    if options.python.is_some() {
        kinds.extend([PeerKind::PythonWebsockets, PeerKind::Websockify]);
    }
    let mut all = vec![Vec::new(); kinds.len()];
    for _ in 0..options.runs {
        for (kind, runs) in kinds.iter().zip(&mut all) {
            let server = Arc::new(Server::start(*kind, options)?);
            runs.push(run(&server, Duration::from_secs(options.seconds)).await?);
        }
    }
    println!("| Server | messages/s | p50 | p99 | runs |\n|---|---|---|---|---|");
    for (kind, runs) in kinds.iter().zip(&all) {
        let each: Vec<String> = runs
            .iter()
            .map(|run| format!("{:.0}", run.per_second / 1000.0))
            .collect();
        println!(
            "| {} | {:.0} | {:.2} ms | {:.2} ms | {} k |",
            kind.name(),
            median(runs, |run| run.per_second),
            median(runs, |run| run.p50_us) / 1000.0,
            median(runs, |run| run.p99_us) / 1000.0,
            each.join(" ")
        );
    }
    Ok(())
}

fn median(runs: &[Run], value: impl Fn(&Run) -> f64) -> f64 {
    let mut values: Vec<f64> = runs.iter().map(value).collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

async fn run(server: &Arc<Server>, length: Duration) -> Result<Run> {
    let mut streams = Vec::new();
    for number in 0..CONNECTIONS {
        let mut stream = connect(server, number).await?;
        upgrade(server, &mut stream).await?;
        streams.push(stream);
    }
    let began = Instant::now();
    let warm = began + Duration::from_millis(500);
    let end = warm + length;
    let mut clients = tokio::task::JoinSet::new();
    for mut stream in streams {
        let kind = server.kind;
        clients.spawn(async move {
            let (ping, mut bytes) = (ping(kind), [0; 256]);
            let mut times = Vec::with_capacity(16_384);
            loop {
                let sent = Instant::now();
                tokio::io::AsyncWriteExt::write_all(&mut stream, &ping).await?;
                hear(&mut stream, &mut bytes).await?;
                let now = Instant::now();
                if sent >= warm {
                    times.push(u32::try_from((now - sent).as_micros()).unwrap_or(u32::MAX));
                }
                if now >= end {
                    return anyhow::Ok(times);
                }
            }
        });
    }
    let mut times = Vec::new();
    let late = length + Duration::from_secs(10);
    while let Some(client) = timeout(late, clients.join_next())
        .await
        .with_context(|| format!("{} does not answer", server.kind.name()))?
    {
        times.extend(client??);
    }
    times.sort_unstable();
    let at = |share: f64| {
        let index = (times.len() as f64 * share) as usize;
        f64::from(
            times
                .get(index.min(times.len().saturating_sub(1)))
                .copied()
                .unwrap_or_default(),
        )
    };
    Ok(Run {
        per_second: times.len() as f64 / length.as_secs_f64(),
        p50_us: at(0.5),
        p99_us: at(0.99),
    })
}
