//! How soon the verdict comes: from navigation to the end of the run, in a browser that has never been here.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use reachcheck_lab::browser::Browser;
use reachcheck_lab::case::regions;
use reachcheck_lab::engine::Engine;
use reachcheck_lab::fault::Fault;
use reachcheck_lab::path::LinkConditions;
use reachcheck_lab::world::{Lab, World};
use reachcheck_model::catalogue::Kind;
use reachcheck_model::thresholds::ENDPOINT_DEADLINE_MS;
use reachcheck_wire::Schedule;

/// Times each world is opened.
const TIMES: usize = 5;

/// A world, the least time that it takes, and the time that it should.
struct Timed {
    name: &'static str,
    world: World,
    bound_ms: f64,
    wanted_ms: f64,
}

fn timed() -> [Timed; 2] {
    let weather = LinkConditions::default();
    let r = f64::from(u32::try_from(2 * weather.delay_ms).unwrap_or(u32::MAX));
    // The page and its script: a connection with TLS, the document, what it names.
    let page_ms = 4.0 * r;
    let last_due_ms = f64::from(Schedule::Short.due_ms().last().copied().unwrap_or_default());
    let mut dropped = World::with(Fault::DropsRelay);
    for region in regions() {
        for kind in Kind::ALL {
            dropped = dropped.and(Fault::DropsEndpoint(region, kind));
        }
    }
    let deadline_ms = f64::from(ENDPOINT_DEADLINE_MS);
    [
        Timed {
            name: "all well",
            world: World::default(),
            // A socket (TCP, TLS, upgrade), the request for events, the last of them.
            bound_ms: page_ms + 3.0 * r + r + last_due_ms,
            wanted_ms: 3_000.0,
        },
        Timed {
            name: "endpoints and relay dropped",
            world: dropped,
            bound_ms: page_ms + deadline_ms,
            wanted_ms: deadline_ms + 1_000.0,
        },
    ]
}

/// Prints the times; gives how many worlds took longer than they should in Chromium.
pub async fn run(lab: &Lab, engines: &[Engine]) -> Result<usize> {
    let mut late = 0;
    println!("| world | engine | median ms | of {TIMES} | bound ms | ratio | wanted |");
    println!("|---|---|---:|---|---:|---:|---:|");
    for timed in timed() {
        for &engine in engines {
            let mut times = Vec::new();
            for _ in 0..TIMES {
                times.push(once(lab, engine, &timed.world).await?);
            }
            times.sort_by(f64::total_cmp);
            let median = times[TIMES / 2];
            let all: Vec<String> = times.iter().map(|ms| format!("{ms:.0}")).collect();
            println!(
                "| {} | {} | {median:.0} | {} | {:.0} | {:.2} | {:.0} |",
                timed.name,
                engine.name(),
                all.join(" "),
                timed.bound_ms,
                median / timed.bound_ms,
                timed.wanted_ms
            );
            late += usize::from(engine == Engine::Chromium && median > timed.wanted_ms);
        }
    }
    Ok(late)
}

/// Milliseconds from navigation to the end of the run, by the page's own clock.
async fn once(lab: &Lab, engine: Engine, world: &World) -> Result<f64> {
    let standing = lab.stand(world)?;
    let browser = Browser::start(engine, lab, standing.setting.clone()).await?;
    browser.open(&standing.url).await?;
    let deadline = Instant::now() + Duration::from_secs(40);
    let ms = loop {
        let said = browser.run(FINISHED).await?;
        if let Some(ms) = said.as_f64() {
            break ms;
        }
        ensure!(Instant::now() < deadline, "the run does not end");
        tokio::time::sleep(Duration::from_millis(10)).await;
    };
    browser.close().await?;
    Ok(ms)
}

/// `performance.now` counts from the navigation's start.
const FINISHED: &str =
    "return document.querySelector('main')?.dataset.run === 'finished' ? performance.now() : null";
