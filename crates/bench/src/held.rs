//! What connections by `wss` cost the relay: each that is held, many at once, and what they leave behind.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;
use tokio::io::AsyncWriteExt as _;
use tokio::time::sleep;

use crate::Options;
use crate::client::{connect_tls, hold, upgrade};
use crate::servers::Server;

/// Handshakes under way at once.
const AT_ONCE: usize = 64;

/// Measures and prints.
pub async fn measure(server: Server, options: &Options) -> Result<()> {
    let server = Arc::new(server);
    // One of everything first: what is loaded once is no connection's.
    drop(open(&server, 256, true).await?);
    sleep(Duration::from_secs(3)).await;
    let before = server.memory()?;
    let began = Instant::now();
    let held = open(&server, options.held, true).await?;
    let seconds = began.elapsed().as_secs_f64();
    sleep(Duration::from_millis(500)).await;
    let full = server.memory()?;
    let kib = |bytes: usize| bytes as f64 / 1024.0;
    let each = kib(full.saturating_sub(before)) / options.held as f64;
    println!(
        "{} connections held by wss: {each:.1} KiB each, {:.1} MB in all",
        options.held,
        full as f64 / 1e6
    );
    println!(
        "TLS handshakes with upgrade: {:.0}/s on one core",
        options.held as f64 / seconds
    );
    drop(held);
    let mut after = server.memory()?;
    for _ in 0..10 {
        sleep(Duration::from_secs(1)).await;
        after = server.memory()?;
    }
    println!(
        "memory before {:.1} MB, after all are closed {:.1} MB",
        before as f64 / 1e6,
        after as f64 / 1e6
    );
    for round in 1..=3 {
        for _ in 0..options.held.div_ceil(1_000) {
            drop(open(&server, 1_000, false).await?);
        }
        sleep(Duration::from_secs(3)).await;
        println!(
            "{} more opened and closed ({round} of 3): {:.1} MB",
            options.held.div_ceil(1_000) * 1_000,
            server.memory()? as f64 / 1e6
        );
    }
    println!();
    Ok(())
}

type Held = Vec<tokio_rustls::client::TlsStream<tokio::net::TcpStream>>;

async fn open(server: &Arc<Server>, count: usize, is_held: bool) -> Result<Held> {
    let permits = Arc::new(tokio::sync::Semaphore::new(AT_ONCE));
    let mut opening = tokio::task::JoinSet::new();
    for number in 0..count {
        let (server, permit) = (server.clone(), permits.clone().acquire_owned().await?);
        opening.spawn(async move {
            let mut stream = connect_tls(&server, number).await?;
            upgrade(&server, &mut stream).await?;
            if is_held {
                stream.write_all(&hold()).await?;
                stream.flush().await?;
            }
            drop(permit);
            anyhow::Ok(stream)
        });
    }
    let mut held = Vec::with_capacity(count);
    while let Some(stream) = opening.join_next().await {
        held.push(stream??);
    }
    Ok(held)
}
