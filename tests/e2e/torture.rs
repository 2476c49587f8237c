//! Torture of the page: one call of its programs to the browser throws, or one promise is rejected or never kept. Each
//! run must end in a report: that of the check, or that of a page that has stopped by itself.

use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use reachcheck_lab::browser::Browser;
use reachcheck_lab::engine::Engine;

use crate::scene::Scene;

/// What becomes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ill {
    /// A function of the browser throws.
    Throws,
    /// A promise is rejected.
    Rejects,
    /// A promise is never kept.
    Hangs,
}

impl Ill {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Throws, Self::Rejects, Self::Hangs];

    /// Its name in the script and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Throws => "throws",
            Self::Rejects => "rejects",
            Self::Hangs => "hangs",
        }
    }
}

/// What a page says of its calls, and which of them goes wrong. `WebAssembly` is given its imports here, and each
/// function among them is a call to the browser; those that give promises are counted where they are.
const SCRIPT: &str = include_str!("torture.js");

/// Longer than the page waits before it says that it is stuck (`src/boot/crash.mjs`).
const END: Duration = Duration::from_secs(130);

/// How a run ended under torture.
#[derive(Clone, Debug)]
pub struct Ending {
    /// Calls that were counted until then.
    pub calls: u64,
    /// The error that the page tells of, where it stopped by itself.
    pub crash: Option<String>,
}

/// Opens the page so that its call of that number goes wrong, and waits for the end of the run. None goes wrong for the
/// number 0.
///
/// # Errors
/// If it ends without a report, or not at all.
pub async fn run(browser: &Browser, url: &str, ill: Ill, number: u64) -> Result<Ending> {
    let source = SCRIPT
        .replace("NUMBER", &number.to_string())
        .replace("ILL", ill.name());
    let ended = async {
        browser.open(url).await?;
        let deadline = tokio::time::Instant::now() + END;
        loop {
            let state = browser.run(LOOK).await?;
            if let Some(ending) = state.as_object().filter(|it| it["is_over"] == true) {
                ensure!(
                    ending["report"]
                        .as_str()
                        .is_some_and(|it| it.contains("REACHCHECK")),
                    "it ended without a report: {state}"
                );
                return Ok(Ending {
                    calls: ending["calls"].as_u64().unwrap_or_default(),
                    crash: ending["crash"].as_str().map(str::to_owned),
                });
            }
            if tokio::time::Instant::now() > deadline {
                bail!("no end after {END:?}: {state}");
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    let ended = browser.with_script(&source, ended).await;
    browser.open("about:blank").await?;
    ended.with_context(|| format!("call {number} {}", ill.name()))
}

/// A run is over when it has finished, or the page has said that it stopped.
const LOOK: &str = "
    const crash = document.documentElement.dataset.crash;
    const finished = document.querySelector('main[data-run=finished]');
    const report = document.querySelector('.crash__text')?.value ?? document.getElementById('report-text')?.textContent;
    return {
        is_over: !!(crash || finished), crash: crash ?? null, report: report ?? null, calls: window.calls ?? 0,
        app: document.documentElement.dataset.app ?? null, run: document.querySelector('main')?.dataset.run ?? null,
    };";

/// A fixed sample: the first calls, and some from everywhere in a run.
pub async fn sample(scene: &Scene<'_>) -> Result<()> {
    // Only Chromium's protocol can be there before the page.
    if scene.browser.engine != Engine::Chromium {
        return Ok(());
    }
    let (browser, url) = (scene.browser, &scene.standing.url);
    let mut crashes = 0;
    for (ill, parts) in [
        (Ill::Throws, &[0, 2, 30, 100, 300, 700][..]),
        (Ill::Rejects, &[50, 500][..]),
        (Ill::Hangs, &[200][..]),
    ] {
        let whole = run(browser, url, ill, 0).await?;
        ensure!(whole.crash.is_none(), "nothing was wrong: {whole:?}");
        ensure!(whole.calls > 10, "only {} calls", whole.calls);
        for part in parts {
            let ending = run(browser, url, ill, 1 + whole.calls * part / 1000).await?;
            crashes += usize::from(ending.crash.is_some());
        }
    }
    ensure!(crashes > 0, "no run was disturbed enough to stop");
    Ok(())
}

/// Every call of those numbers, one run each, in one world. Gives how many runs ended without a report.
///
/// # Errors
/// If the page cannot be opened at all.
pub async fn every(browser: &Browser, url: &str, from: u64, to: u64) -> Result<usize> {
    let mut lost = 0;
    for ill in Ill::ALL {
        let whole = run(browser, url, ill, 0).await?;
        println!("{}: {} calls in a run", ill.name(), whole.calls);
        for number in from.max(1)..=to.min(whole.calls) {
            match run(browser, url, ill, number).await {
                Ok(Ending { crash: None, .. }) => {}
                Ok(Ending {
                    crash: Some(error), ..
                }) => {
                    println!(
                        "{} {number}: the page stopped and said so: {error}",
                        ill.name()
                    );
                }
                Err(error) => {
                    lost += 1;
                    println!("{} {number}: LOST: {error:#}", ill.name());
                }
            }
        }
    }
    Ok(lost)
}
