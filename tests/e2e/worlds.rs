//! One named world in one browser: opened, waited for, held against what is expected.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use reachcheck_lab::browser::Hooks;
use reachcheck_lab::case::{Case, Opening};
use reachcheck_lab::judge::{self, Miss, Severity};
use reachcheck_lab::matrix::Record;
use reachcheck_lab::quiet::Turn;

use crate::scene::Scene;

const SOON: Duration = Duration::from_secs(20);
/// A dropped SYN is given up after 134 s in Chromium (docs/browsers.md section 1.2), and that is late evidence.
const LATE: Duration = Duration::from_secs(150);
/// Of a run, what keeps the machine busy and is read by the clock: every answer that comes, its repeats after a gap.
const QUIET: Duration = Duration::from_millis(3_000);
/// Runs in all, while the page says that it cannot tell.
const RUNS: usize = 3;

/// Opens a world and holds what the page says against what it must.
pub async fn run(scene: &Scene<'_>, case: &Case) -> Result<()> {
    let engine = scene.browser.engine;
    let mut hooks = open(scene, case).await?;
    let mut misses = judge::misses(&case.expect, &hooks, engine);
    for _ in 1..RUNS {
        if !judge::may_run_again(&misses) {
            break;
        }
        scene.told.borrow_mut().repeats.push(in_words(&misses));
        // This time nobody disturbs.
        if scene.turn.borrow().is_none() {
            let turn = tokio::task::block_in_place(Turn::alone)?;
            scene.turn.replace(Some(turn));
        }
        hooks = scene.browser.run_again().await?;
        misses = judge::misses(&case.expect, &hooks, engine);
    }
    scene.look("end").await?;
    let report = scene.browser.report().await?;
    for words in &case.expect.report {
        ensure!(report.contains(words), "no “{words}” in the report");
    }
    ensure!(
        ["pending", "settled"].contains(&hooks.late.as_str()),
        "late is {}",
        hooks.late
    );
    if let Some(late) = &case.expect.late {
        let settled = |hooks: &Hooks| hooks.late == "settled";
        hooks = scene
            .browser
            .wait_for("the late evidence", LATE, settled)
            .await?;
        scene.look("late").await?;
        misses.extend(judge::misses(late, &hooks, engine));
    }
    record(scene).await?;
    let mut told = scene.told.borrow_mut();
    told.record = Some(Record::new(engine, case, &hooks, &misses));
    let is_wrong = misses.iter().any(|miss| miss.kind == Severity::Wrong);
    if scene.settings.is_loaded && !is_wrong && !misses.is_empty() {
        told.weaker.push(in_words(&misses));
        return Ok(());
    }
    ensure!(misses.is_empty(), "{}\n{hooks:#?}", in_words(&misses));
    Ok(())
}

fn in_words(misses: &[Miss]) -> String {
    let words = misses.iter().map(Miss::to_string);
    words.collect::<Vec<_>>().join("; ")
}

/// Opens the page as the world wants it, and waits for the end of its first run.
async fn open(scene: &Scene<'_>, case: &Case) -> Result<Hooks> {
    let browser = scene.browser;
    let mut parameters = Vec::new();
    if scene.settings.record.is_some() {
        parameters.push("trace=1");
    }
    if matches!(case.opening, Opening::StartAfter(_)) {
        parameters.push("autostart=0");
    }
    let mut url = scene.standing.url.clone();
    if !parameters.is_empty() {
        url = format!("{url}?{}", parameters.join("&"));
    }
    match &case.opening {
        Opening::ByItself => browser.open(&url).await?,
        Opening::StartAfter(fault) => {
            browser.open(&url).await?;
            browser
                .wait_for("an idle page", SOON, |hooks| {
                    hooks.run == "idle" && hooks.app == "ready" && !hooks.regions.is_empty()
                })
                .await?;
            fault.set()?;
            browser.click("#start").await?;
        }
        Opening::InBackground => browser.open_in_background(&url).await?,
    }
    // What has not answered by now is waited for, and waiting disturbs nobody.
    let begun = tokio::time::timeout(QUIET, browser.wait_finished()).await;
    scene.turn.replace(None);
    match begun {
        Ok(finished) => finished,
        Err(_) => browser.wait_finished().await,
    }
}

/// Keeps the page's own record of the run, where that is wanted.
async fn record(scene: &Scene<'_>) -> Result<()> {
    let Some(folder) = &scene.settings.record else {
        return Ok(());
    };
    let trace = scene
        .browser
        .run("return document.querySelector('script#trace')?.textContent")
        .await?;
    let trace = trace.as_str().context("the page offers no trace")?;
    let folder = folder.join(scene.browser.engine.name());
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join(format!("{}.json", scene.name)), trace)?;
    Ok(())
}
