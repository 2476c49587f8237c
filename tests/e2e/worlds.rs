//! One named world in one browser: opened, waited for, held against what is expected.

use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use reachcheck_lab::browser::Hooks;
use reachcheck_lab::case::{Case, Opening};
use reachcheck_lab::judge::{self, Miss, Severity};
use reachcheck_lab::matrix::Record;
use reachcheck_lab::quiet::Turn;
use reachcheck_lab::usage::Visit;

use crate::scene::Scene;

const SOON: Duration = Duration::from_secs(20);
/// A dropped SYN is given up after 134 s in Chromium (docs/browsers.md section 1.2), and that is late evidence.
const LATE: Duration = Duration::from_secs(150);
/// Of a run, what keeps the machine busy and is read by the clock: every answer that comes, its repeats after a gap.
const QUIET: Duration = Duration::from_millis(3_000);
/// What the part of a report that support reads begins and ends with.
const MEASUREMENTS: [&str; 2] = ["MEASUREMENTS", "PERSONAL DETAILS"];

/// Opens a world and holds what the page says against what it must.
pub async fn run(scene: &Scene<'_>, case: &Case) -> Result<()> {
    let engine = scene.browser.engine;
    let mut hooks = open(scene, case).await?;
    // A page that stopped by itself says so instead (src/boot/crash.mjs), whatever harmless error it took for that.
    ensure!(hooks.app == "ready", "the page is {}", hooks.app);
    let mut misses = judge::misses(&case.expect, &hooks, engine);
    if judge::may_run_again(&misses) && scene.settings.may_run_again() {
        {
            let mut told = scene.told.borrow_mut();
            told.is_undecided = true;
            told.repeats.push(in_words(&misses));
            told.record = Some(Record::new(engine, case, &hooks, &misses));
        }
        bail!("{}", told_of(scene, &misses, &hooks).await);
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
    record(scene, case).await?;
    scene.told.borrow_mut().record = Some(Record::new(engine, case, &hooks, &misses));
    // An inferred place that is not the world's is counted, and no failure.
    misses.retain(|miss| miss.kind != Severity::Misplaced);
    let is_wrong = misses.iter().any(|miss| miss.kind == Severity::Wrong);
    if scene.settings.is_loaded && !is_wrong && !misses.is_empty() {
        let weaker = in_words(&misses);
        scene.told.borrow_mut().weaker.push(weaker);
        return Ok(());
    }
    if !misses.is_empty() {
        bail!("{}", told_of(scene, &misses, &hooks).await);
    }
    Ok(())
}

/// What was missed, what the page said, and what it had measured: on another machine all that is left of a failure.
async fn told_of(scene: &Scene<'_>, misses: &[Miss], hooks: &Hooks) -> String {
    let report = scene.browser.report().await.unwrap_or_default();
    let [begin, end] = MEASUREMENTS.map(|words| report.find(words));
    let measured = begin.zip(end).and_then(|(from, to)| report.get(from..to));
    let measured = measured.unwrap_or("no measurements");
    format!("{}\n{hooks:?}\n{measured}", in_words(misses))
}

fn in_words(misses: &[Miss]) -> String {
    let words = misses.iter().map(Miss::to_string);
    words.collect::<Vec<_>>().join("; ")
}

/// Opens the page as the world wants it, and waits for the end of the run that is judged.
async fn open(scene: &Scene<'_>, case: &Case) -> Result<Hooks> {
    match scene.standing.usage.visit {
        Visit::First => visit(scene, case, Time::First).await,
        Visit::Second => {
            visit(scene, case, Time::Before).await?;
            quiet(scene)?;
            visit(scene, case, Time::Again).await
        }
        Visit::RunAgain => {
            visit(scene, case, Time::First).await?;
            run_again(scene).await
        }
    }
}

/// Which visit it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Time {
    /// The only one.
    First,
    /// One that another follows: what is broken once the page is open, is broken in that one.
    Before,
    /// One that another went before.
    Again,
}

/// Opens the page, and waits for the end of its first run.
async fn visit(scene: &Scene<'_>, case: &Case, time: Time) -> Result<Hooks> {
    let browser = scene.browser;
    let busy = &scene.standing.usage.busy;
    // What is busy in the run is not busy before it.
    let is_pressed = matches!(case.opening, Opening::StartAfter(_)) || !busy.is_empty();
    let mut parameters = Vec::new();
    if scene.settings.record.is_some() {
        parameters.push("trace=1");
    }
    if is_pressed {
        parameters.push("autostart=0");
    }
    let mut url = scene.standing.url.clone();
    if !parameters.is_empty() {
        url = format!("{url}?{}", parameters.join("&"));
    }
    match (&case.opening, time) {
        (_, Time::Again) => browser.open_again(&url).await?,
        (Opening::InBackground, _) => browser.open_in_background(&url).await?,
        _ => browser.open(&url).await?,
    }
    if is_pressed {
        browser
            .wait_for("an idle page", SOON, |hooks| {
                hooks.run == "idle" && hooks.app == "ready" && !hooks.regions.is_empty()
            })
            .await?;
    }
    if let (Opening::StartAfter(fault), Time::First | Time::Again) = (&case.opening, time) {
        fault.set()?;
    }
    let run = async {
        if is_pressed {
            press_start(scene, case).await?;
        }
        finished(scene).await
    };
    browser.while_busy(busy, run).await
}

/// Presses Start; nobody can point at what is in a tab behind another.
async fn press_start(scene: &Scene<'_>, case: &Case) -> Result<()> {
    if case.opening == Opening::InBackground {
        let press = "document.querySelector('#start').click()";
        scene.browser.run(press).await?;
        return Ok(());
    }
    scene.browser.click("#start").await
}

/// Waits for the end of the run under way.
async fn finished(scene: &Scene<'_>) -> Result<Hooks> {
    let browser = scene.browser;
    // What has not answered by now is waited for, and waiting disturbs nobody.
    let begun = tokio::time::timeout(QUIET, browser.wait_finished()).await;
    scene.turn.replace(None);
    match begun {
        Ok(finished) => finished,
        Err(_) => browser.wait_finished().await,
    }
}

/// Runs once more, and this time nobody disturbs.
async fn run_again(scene: &Scene<'_>) -> Result<Hooks> {
    quiet(scene)?;
    let again = scene.browser.run_again();
    let busy = &scene.standing.usage.busy;
    scene.browser.while_busy(busy, again).await
}

/// Has a turn alone, unless there is one already.
fn quiet(scene: &Scene<'_>) -> Result<()> {
    if scene.turn.borrow().is_none() {
        let turn = tokio::task::block_in_place(Turn::alone)?;
        scene.turn.replace(Some(turn));
    }
    Ok(())
}

/// Keeps the page's own record of the run, where that is wanted.
async fn record(scene: &Scene<'_>, case: &Case) -> Result<()> {
    let Some(folder) = &scene.settings.record else {
        return Ok(());
    };
    let trace = scene
        .browser
        .run("return document.querySelector('script#trace')?.textContent")
        .await?;
    let trace = trace.as_str().context("the page offers no trace")?;
    let file = folder
        .join(scene.browser.engine.name())
        .join(case.recording());
    std::fs::create_dir_all(file.parent().context("a folder")?)?;
    std::fs::write(file, trace)?;
    Ok(())
}
