//! What this computer does while a run is out, and what the page must not make of it.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use reachcheck_lab::browser::Hooks;
use reachcheck_lab::engine::Engine;
use reachcheck_lab::fault::{self, Fault};
use reachcheck_lab::world::World;

use crate::cases::PageCase;
use crate::scene::Scene;

/// The hold lasts half a minute.
const HELD: Duration = Duration::from_mins(1);
/// Chromium takes some seconds to believe it, and Firefox was not seen to.
const NOTICES: Duration = Duration::from_secs(10);
const SOON: Duration = Duration::from_secs(20);

pub fn cases() -> Vec<PageCase> {
    vec![
        PageCase {
            name: "network-of-this-computer-goes-and-comes",
            spoils_browser: true,
            world: World::default,
            check: |scene| Box::pin(network_goes_and_comes(scene)),
        },
        PageCase {
            name: "timed-page-stands-still-during-events",
            spoils_browser: false,
            world: World::default,
            check: |scene| Box::pin(page_stands_still(scene)),
        },
    ]
}

fn found(hooks: &Hooks, code: &str) -> bool {
    hooks.findings.iter().any(|(given, _)| given == code)
}

/// A report whose lines are not wrapped.
pub fn in_one_line(report: &str) -> String {
    report.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A cable that is out while the quiet connection is held, until the browser says so. Whatever becomes of the connection,
/// no firewall cut it.
async fn network_goes_and_comes(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    browser.open(&scene.standing.url).await?;
    let hooks = browser.wait_finished().await?;
    ensure!(hooks.late == "pending", "{hooks:#?}");
    Fault::Unplugged.set()?;
    let says_so = is_offline_within(scene, NOTICES).await?;
    fault::lift_all()?;
    // Firefox goes on as if nothing had been.
    let is_chromium = browser.engine == Engine::Chromium;
    ensure!(says_so || !is_chromium, "Chromium notices");
    let settled = |hooks: &Hooks| hooks.late == "settled";
    let hooks = browser.wait_for("the late evidence", HELD, settled).await?;
    scene.look("settled").await?;
    ensure!(!found(&hooks, "hold-cut"), "{hooks:#?}");
    let report = in_one_line(&browser.report().await?);
    let told = report.contains("its network changed during the test");
    ensure!(told == says_so, "what is told of it: {report}");
    Ok(())
}

/// Whether the browser says within this time that it has no network.
async fn is_offline_within(scene: &Scene<'_>, most: Duration) -> Result<bool> {
    let begun = Instant::now();
    while begun.elapsed() < most {
        if scene.browser.run("return navigator.onLine").await? == false {
            return Ok(true);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(false)
}

/// A page that is busy for two seconds while events come hands all of them over late.
async fn page_stands_still(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    browser
        .open(&format!("{}?autostart=0", scene.standing.url))
        .await?;
    let idle = |hooks: &Hooks| hooks.run == "idle" && hooks.app == "ready";
    browser.wait_for("an idle page", SOON, idle).await?;
    // The page itself begins to be busy, so that no driver is late for it.
    browser
        .run(
            "const open = '[data-check=\"network/socket\"][data-outcome=ok]';
             const looks = setInterval(() => {
                 if (!document.querySelector(open)) return;
                 clearInterval(looks);
                 const end = performance.now() + 2000;
                 while (performance.now() < end);
             }, 5);",
        )
        .await?;
    browser.click("#start").await?;
    let hooks = browser.wait_finished().await?;
    scene.look("end").await?;
    ensure!(!found(&hooks, "events-lost"), "{hooks:#?}");
    let report = in_one_line(&browser.report().await?);
    ensure!(report.contains("stood still for up to"), "{report}");
    ensure!(hooks.verdict == "reachable", "{hooks:#?}");
    Ok(())
}
