//! What the page says of regions and endpoints while the run goes on: so far, and no verdict.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serde_json::Value;

use crate::page::SOON;
use crate::scene::Scene;

/// Notes, as the page draws, every so-far and every verdict that it ever has while its run goes on.
const NOTE: &str = "
    window.said = {};
    const note = () => {
        const run = document.querySelector('main')?.dataset.run;
        const at = Math.round(performance.now());
        for (const it of document.querySelectorAll('[data-so-far]')) {
            const key = `${run} ${it.dataset.region ?? it.dataset.check} ${it.dataset.soFar}`;
            window.said[key] ??= [at, it.textContent];
        }
        // What is drawn last is the run's own state.
        const isSoFar = document.querySelector('[data-so-far]');
        if (isSoFar && document.querySelector('[data-verdict]')) window.said.verdict = [at, ''];
    };
    new MutationObserver(note).observe(document, {subtree: true, childList: true, attributes: true});";

/// One region's endpoint is dropped: the others are reachable so far, and that one silent so far; no verdict before the run
/// has finished, and nothing so far after it.
pub async fn while_the_run_goes_on(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    let idle = format!("{}?autostart=0", scene.standing.url);
    browser.open(&idle).await?;
    browser
        .wait_for("the page", SOON, |hooks| !hooks.regions.is_empty())
        .await?;
    browser.run(NOTE).await?;
    browser.click("#start").await?;
    let deadline = Instant::now() + SOON;
    let silent = "running seattle/https failed";
    loop {
        let said = browser.run("return window.said").await?;
        if said.get(silent).is_some() {
            break;
        }
        ensure!(Instant::now() < deadline, "nobody is silent: {said}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    scene.look("silent-so-far").await?;
    let hooks = browser.wait_finished().await?;
    scene.look("finished").await?;
    let said = browser.run("return window.said").await?;
    for region in ["toronto", "virginia", "virginia-seattle"] {
        let reachable = format!("running {region} reachable");
        ensure!(said.get(&reachable).is_some(), "{region}: {said}");
        ensure!(hooks.regions[region] == "reachable", "{hooks:#?}");
    }
    ensure!(hooks.regions["seattle"] == "blocked", "{hooks:#?}");
    ensure!(said.get("verdict").is_none(), "a verdict too early: {said}");
    let said: Vec<(&String, &Value)> = said.as_object().into_iter().flatten().collect();
    let is_early = |(key, _): &(&String, &Value)| key.starts_with("running ");
    ensure!(said.iter().all(is_early), "so far once finished: {said:?}");
    Ok(())
}
