//! How soon the verdict comes, in a browser that has never been here: from navigation to the end of the run.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use reachcheck_lab::browser::Browser;
use reachcheck_lab::case::regions;
use reachcheck_lab::engine::Engine;
use reachcheck_lab::fault::Fault;
use reachcheck_lab::path::LinkConditions;
use reachcheck_lab::world::{Lab, World};
use reachcheck_model::catalogue::Kind;
use reachcheck_model::thresholds::ENDPOINT_DEADLINE_MS;
use reachcheck_wire::Schedule;
use serde_json::Value;

/// Times each world is opened.
const TIMES: usize = 5;

/// A line on which the page's weight is felt: 1.5 Mbit/s each way, and round trips of 80 ms.
const SLOW_LINE: LinkConditions = LinkConditions {
    delay_ms: 40,
    jitter_ms: 0,
    loss_per_mille: 0,
    kbit_per_s: Some(1_500),
};

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
                times.push(once(lab, engine, &timed.world).await?.0);
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

/// Prints what a first load takes on [`SLOW_LINE`] in Chromium: medians, from navigation on.
pub async fn first_load(lab: &Lab) -> Result<usize> {
    let world = World {
        weather: SLOW_LINE,
        ..World::default()
    };
    let mut times = [const { Vec::new() }; 3];
    for _ in 0..TIMES {
        let (verdict, steps) = once(lab, Engine::Chromium, &world).await?;
        let step = |name: &str| {
            let ms = steps[name].as_f64();
            ms.with_context(|| format!("{name} in {steps}"))
        };
        for (times, ms) in times
            .iter_mut()
            .zip([step("text")?, step("probe")?, verdict])
        {
            times.push(ms);
        }
    }
    let [text, probe, verdict] = times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[TIMES / 2] / 1000.0
    });
    println!(
        "On a line of 1.5 Mbit/s with round trips of 80 ms, in a browser that has never been here: first text after \
         {text:.1} s, first probe after {probe:.1} s, verdict after {verdict:.1} s (medians of {TIMES})"
    );
    Ok(0)
}

/// Opens the page in a browser that has never been here. Gives the end of its run, in milliseconds from navigation on by
/// the page's own clock, and the steps before it.
async fn once(lab: &Lab, engine: Engine, world: &World) -> Result<(f64, Value)> {
    let standing = lab.stand(world)?;
    let browser = Browser::start(engine, lab, standing.setting.clone()).await?;
    browser.open(&standing.url).await?;
    let deadline = Instant::now() + Duration::from_secs(40);
    let verdict = loop {
        let said = browser.run(FINISHED).await?;
        if let Some(ms) = said.as_f64() {
            break ms;
        }
        ensure!(Instant::now() < deadline, "the run does not end");
        tokio::time::sleep(Duration::from_millis(10)).await;
    };
    let steps = browser.run(STEPS).await?;
    browser.close().await?;
    Ok((verdict, steps))
}

/// `performance.now` counts from the navigation's start.
const FINISHED: &str =
    "return document.querySelector('main')?.dataset.run === 'finished' ? performance.now() : null";

/// The canary's name ends so, and it is among the first probes.
const STEPS: &str = "
    const probe = performance.getEntriesByType('resource').find((entry) => entry.name.includes('.invalid'));
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    return {text: paint?.startTime, probe: probe?.startTime};";
