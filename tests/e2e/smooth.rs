//! How smooth the page is in Chromium, unthrottled: first paint, first probe, long tasks, and memory over many runs.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use reachcheck_lab::browser::Browser;
use reachcheck_lab::engine::Engine;
use reachcheck_lab::world::{Lab, World};
use serde_json::{Value, json};

/// Times the page is opened for what has a median.
const TIMES: usize = 5;
/// Runs, one after the other in one page, for memory.
const RUNS: usize = 200;
/// A run's probes begin so soon after the Wasm is there, in milliseconds.
const FIRST_PROBE_MAX_MS: f64 = 200.0;
/// No task holds the main thread for longer, in milliseconds (W3C Long Tasks).
const TASK_MAX_MS: f64 = 50.0;
/// What is still held after the last of many runs may be so much more than after the tenth, in bytes.
const GROWTH_MAX: f64 = 1_000_000.0;

/// Prints the numbers; gives how many are not as wanted.
pub async fn run(lab: &Lab) -> Result<usize> {
    let mut missed = 0;
    let mut row = |what: &str, value: f64, wanted: f64| {
        let is_met = value <= wanted;
        missed += usize::from(!is_met);
        let word = if is_met { "ok" } else { "MISSED" };
        println!("| {what} | {value:.0} | {wanted:.0} | {word} |");
    };
    println!("| what | measured | at most | |\n|---|---:|---:|---|");
    let (mut paint, mut probe, mut tasks) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..TIMES {
        let standing = lab.stand(&World::default())?;
        let browser = Browser::start(Engine::Chromium, lab, standing.setting.clone()).await?;
        browser.open(&standing.url).await?;
        browser.wait_finished().await?;
        let said = browser.run(NUMBERS).await?;
        let number = |key: &str| {
            said[key]
                .as_f64()
                .with_context(|| format!("{key} in {said}"))
        };
        paint.push(number("paint")? - number("wasm")?);
        probe.push(number("probe")? - number("wasm")?);
        tasks.push(number("task")?);
        browser.close().await?;
    }
    row("first paint after the Wasm (ms)", median(&mut paint), 0.0);
    row(
        "first probe after the Wasm (ms)",
        median(&mut probe),
        FIRST_PROBE_MAX_MS,
    );
    row(
        "longest task of a run (ms)",
        median(&mut tasks),
        TASK_MAX_MS,
    );
    row(
        &format!("growth over {RUNS} runs (bytes)"),
        growth(lab).await?,
        GROWTH_MAX,
    );
    Ok(missed)
}

fn median(numbers: &mut [f64]) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

/// What the page holds after many runs more than after ten, when all that could go is gone.
async fn growth(lab: &Lab) -> Result<f64> {
    let standing = lab.stand(&World::default())?;
    let browser = Browser::start(Engine::Chromium, lab, standing.setting.clone()).await?;
    browser.open(&standing.url).await?;
    browser.wait_finished().await?;
    // The page presses its own button: each look from outside compiles a script, and V8 keeps those for a while.
    runs(&browser, 10).await?;
    let early = held(&browser).await?;
    runs(&browser, RUNS - 10).await?;
    let late = held(&browser).await?;
    browser.close().await?;
    Ok(late - early)
}

/// Lets the page run so many times, one after the other.
async fn runs(browser: &Browser, count: usize) -> Result<()> {
    let script = format!(
        "window.left = {count};
         const main = document.querySelector('main');
         const again = () => {{
             if (main.dataset.run !== 'finished') return;
             if (left === 0) return watch.disconnect();
             left -= 1;
             document.querySelector('#start').click();
         }};
         const watch = new MutationObserver(again);
         watch.observe(main, {{attributeFilter: ['data-run']}});
         again();"
    );
    browser.run(&script).await?;
    let deadline = std::time::Instant::now() + Duration::from_secs(30 + 10 * count as u64);
    let over =
        "return window.left === 0 && document.querySelector('main').dataset.run === 'finished'";
    while browser.run(over).await? != true {
        ensure!(std::time::Instant::now() < deadline, "the runs do not end");
        tokio::time::sleep(Duration::from_secs(5)).await;
    }
    Ok(())
}

async fn held(browser: &Browser) -> Result<f64> {
    tokio::time::sleep(Duration::from_secs(1)).await;
    let nothing = || Value::Object(serde_json::Map::new());
    browser
        .devtools("HeapProfiler.collectGarbage", nothing())
        .await?;
    let usage = browser.devtools("Runtime.getHeapUsage", json!({})).await?;
    let parts = ["usedSize", "embedderHeapUsedSize", "backingStorageSize"];
    let named: Vec<String> = parts
        .iter()
        .map(|part| format!("{part} {}", usage[*part]))
        .collect();
    println!("held: {}", named.join(", "));
    let held: f64 = parts.iter().filter_map(|part| usage[*part].as_f64()).sum();
    ensure!(held > 0.0, "no numbers in {usage}");
    Ok(held)
}

/// By the page's own clock, which begins with the navigation.
const NUMBERS: &str = "return (async () => {
    const [wasm] = performance.getEntriesByName('wasm-arrived');
    const probe = performance.getEntriesByType('resource').find((e) => e.name.includes('.invalid'));
    const tasks = await new Promise((tell) => {
        new PerformanceObserver((list) => tell(list.getEntries())).observe({type: 'longtask', buffered: true});
        setTimeout(() => tell([]), 200);
    });
    return {
        paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
        wasm: wasm?.startTime,
        probe: probe?.startTime,
        task: Math.max(0, ...tasks.filter((e) => e.startTime > wasm.startTime).map((e) => e.duration)),
    };
    })();";
