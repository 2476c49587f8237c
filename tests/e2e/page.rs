//! The page as a person uses it: start, cancel, run again, copy, download, a bad link.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use reachcheck_lab::addresses;
use reachcheck_lab::browser::{Browser, Hooks};
use reachcheck_lab::engine::Engine;
use reachcheck_lab::fault::{self, Fault};
use reachcheck_lab::proxy::Proxy;
use reachcheck_lab::servers::Dialect;
use reachcheck_lab::squid::Policy;
use reachcheck_lab::world::World;
use reachcheck_lab::worlds::healthy::with_dialect;
use reachcheck_model::catalogue::Kind;
use reachcheck_model::lang::Lang;

use crate::access::choose_language;
use crate::cases::PageCase;
use crate::local::in_one_line;
use crate::scene::Scene;
use crate::so_far;

pub const SOON: Duration = Duration::from_secs(20);

pub fn cases() -> Vec<PageCase> {
    vec![
        PageCase {
            name: "cancel-and-run-again",
            spoils_browser: false,
            // Something that takes its time, so that there is something to cancel.
            world: || World {
                faults: vec![Fault::DropsEndpoint("seattle", Kind::Https)],
                ..World::default()
            },
            check: |scene| Box::pin(cancel_and_run_again(scene)),
        },
        PageCase {
            name: "so-far-while-it-runs",
            spoils_browser: false,
            world: || World::with(Fault::DropsEndpoint("seattle", Kind::Https)),
            check: |scene| Box::pin(so_far::while_the_run_goes_on(scene)),
        },
        PageCase {
            name: "run-again-once-mended",
            spoils_browser: false,
            world: || World::with(Fault::DropsEndpoint("seattle", Kind::Https)),
            check: |scene| Box::pin(run_again_once_mended(scene)),
        },
        PageCase {
            name: "run-again-while-the-browser-holds-old-connections",
            // Six connections that nobody answers.
            spoils_browser: true,
            world: World::default,
            check: |scene| Box::pin(run_again_while_old_connections_are_held(scene)),
        },
        PageCase {
            name: "run-again-behind-a-proxy",
            spoils_browser: false,
            world: || World {
                proxy: Some(Proxy::squid(Policy::default())),
                ..World::default()
            },
            check: |scene| Box::pin(run_again_behind_a_proxy(scene)),
        },
        PageCase {
            name: "timed-run-again-and-reload",
            // Its WebSockets that failed are remembered for a minute.
            spoils_browser: true,
            world: || {
                with_dialect(Dialect::PlainCloses).and(Fault::RefusesEndpoint("seattle", Kind::Tcp))
            },
            check: |scene| Box::pin(run_again_and_reload_agree(scene)),
        },
        PageCase {
            name: "copy-gives-the-report-to-the-byte",
            spoils_browser: false,
            world: World::default,
            check: |scene| Box::pin(copy(scene)),
        },
        PageCase {
            name: "copy-refused-selects-the-report",
            spoils_browser: false,
            world: World::default,
            check: |scene| Box::pin(copy_refused(scene)),
        },
        PageCase {
            name: "download-is-the-report",
            spoils_browser: false,
            world: World::default,
            check: |scene| Box::pin(download(scene)),
        },
        PageCase {
            name: "support-link",
            spoils_browser: false,
            world: World::default,
            check: |scene| Box::pin(support_link(scene)),
        },
        PageCase {
            name: "first-look-on-a-phone",
            spoils_browser: false,
            world: || {
                World::with(Fault::DropsEndpoint("seattle", Kind::Tcp))
                    .and(Fault::DropsEndpoint("toronto", Kind::Https))
            },
            check: |scene| Box::pin(first_look(scene)),
        },
        PageCase {
            name: "keyboard-alone",
            spoils_browser: false,
            world: World::default,
            check: |scene| Box::pin(keyboard(scene)),
        },
    ]
}

/// Browsers go on trying a connection that was not answered, and a new attempt may still wait for it. Whoever has
/// mended the network must not read that it is still blocked.
async fn run_again_once_mended(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    browser.open(&scene.standing.url).await?;
    let hooks = browser.wait_finished().await?;
    ensure!(hooks.regions["seattle"] == "blocked", "{hooks:#?}");
    fault::lift_all()?;
    let hooks = browser.run_again().await?;
    scene.look("mended").await?;
    ensure!(
        ["reachable", "degraded"].contains(&hooks.regions["seattle"].as_str()),
        "{hooks:#?}"
    );
    Ok(())
}

/// Where Chromium holds six connections to a host, all begun while it was silent, every request waits for one of them, and
/// the network that was mended meanwhile is not to blame.
async fn run_again_while_old_connections_are_held(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    fault::drops_connections("toronto", Kind::Https)?;
    browser.open(&scene.standing.url).await?;
    let hooks = browser.wait_finished().await?;
    ensure!(hooks.regions["toronto"] == "blocked", "{hooks:#?}");
    let host = addresses::place("toronto", Kind::Https).host;
    let given_up = browser
        .run(&format!(
            "const one = (n) => fetch(`https://{host}/?${{n}}`, {{mode: 'no-cors', credentials: 'omit', \
             cache: 'no-store', signal: AbortSignal.timeout(500)}}).then(() => false, () => true);
             return Promise.all([1, 2, 3, 4, 5, 6].map(one)).then((all) => all.every(Boolean));"
        ))
        .await?;
    ensure!(given_up == true, "one was answered");
    fault::lets_new_connections_through()?;
    let hooks = browser.run_again().await?;
    scene.look("old-connections-held").await?;
    let waits = ("requests-wait".to_owned(), "toronto".to_owned());
    if browser.engine == Engine::Chromium {
        ensure!(hooks.findings.contains(&waits), "{hooks:#?}");
        ensure!(hooks.regions["toronto"] == "degraded", "{hooks:#?}");
        let report = in_one_line(&browser.report().await?);
        ensure!(!report.contains("Wi-Fi"), "{report}");
    } else {
        ensure!(hooks.regions["toronto"] == "reachable", "{hooks:#?}");
    }
    Ok(())
}

/// Browsers hold a WebSocket back after one that failed, and its time then tells nothing. The first one stands in for it.
async fn run_again_and_reload_agree(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    browser.open(&scene.standing.url).await?;
    let first = browser.wait_finished().await?;
    let is_as_known = |hooks: &Hooks, region: &str, verdict: &str| {
        let said = hooks.regions.get(region).map(String::as_str);
        said == Some(verdict) || said == Some("unknown")
    };
    ensure!(is_as_known(&first, "seattle", "blocked"), "{first:#?}");
    ensure!(is_as_known(&first, "toronto", "reachable"), "{first:#?}");
    let is_known = |region: &String| region != "unknown";
    ensure!(first.regions.values().any(is_known), "{first:#?}");
    let stands_in = "Some WebSockets are those of the test before this one";
    ensure!(!in_one_line(&browser.report().await?).contains(stands_in));
    // What a loaded machine leaves open at first is open; what was said is said again. A WebSocket that is held back is so
    // ever longer, each time.
    let agrees = |later: &Hooks| {
        let mut regions = first.regions.iter();
        regions.all(|(region, was)| was == "unknown" || later.regions.get(region) == Some(was))
    };
    let mut again = browser.run_again().await?;
    for _ in 0..2 {
        if !agrees(&again) {
            again = browser.run_again().await?;
        }
    }
    ensure!(agrees(&again), "{first:#?}\nagain: {again:#?}");
    browser.open(&scene.standing.url).await?;
    let mut reloaded = browser.wait_finished().await?;
    scene.look("reloaded").await?;
    let report = in_one_line(&browser.report().await?);
    ensure!(report.contains(stands_in), "{report}");
    for _ in 0..2 {
        if !agrees(&reloaded) {
            reloaded = browser.run_again().await?;
        }
    }
    ensure!(agrees(&reloaded), "{first:#?}\nreloaded: {reloaded:#?}");
    Ok(())
}

/// A second run goes over the connections of the first, which show nothing of how they were made.
async fn run_again_behind_a_proxy(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    browser.open(&scene.standing.url).await?;
    let mut hooks = browser.wait_finished().await?;
    for _ in 0..2 {
        let proxy = ("proxy-in-path".to_owned(), "network".to_owned());
        ensure!(hooks.findings.contains(&proxy), "{hooks:#?}");
        hooks = browser.run_again().await?;
    }
    Ok(())
}

async fn cancel_and_run_again(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    browser.open(&scene.standing.url).await?;
    browser
        .wait_for("first results", SOON, |hooks| {
            hooks.run == "running"
                && hooks
                    .checks
                    .get("toronto/https")
                    .is_some_and(|(outcome, _)| outcome == "ok")
        })
        .await?;
    scene.look("running").await?;
    browser.click("#cancel").await?;
    let hooks = browser
        .wait_for("cancelled", SOON, |hooks| hooks.run == "cancelled")
        .await?;
    scene.look("cancelled").await?;
    ensure!(hooks.verdict.is_empty(), "a verdict after cancel");
    ensure!(
        hooks.regions.values().all(String::is_empty),
        "a region's verdict after cancel"
    );
    let report = browser.report().await?;
    ensure!(report.contains("CANCELLED"), "{report}");
    for _ in 0..2 {
        let hooks = browser.run_again().await?;
        ensure!(hooks.verdict == "blocked", "again: {hooks:#?}");
    }
    Ok(())
}

async fn copy(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    browser.open(&scene.standing.url).await?;
    browser.wait_finished().await?;
    browser.click("#copy-report").await?;
    wait_for_script(scene, "document.querySelector('.copy-status--done')").await?;
    scene.look("copied").await?;
    // What another program would get: pasted by the keyboard.
    browser
        .run(
            "const area = document.createElement('textarea');
             area.id = 'elsewhere'; document.body.prepend(area); area.focus();",
        )
        .await?;
    // WebDriver's Control, then its release.
    browser.type_keys("\u{e009}v\u{e000}").await?;
    wait_for_script(
        scene,
        "document.querySelector('#elsewhere').value === document.querySelector('#report-text').textContent",
    )
    .await
}

async fn copy_refused(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    browser.open(&scene.standing.url).await?;
    browser.wait_finished().await?;
    browser
        .run("navigator.clipboard.writeText = () => Promise.reject(new Error('no'));")
        .await?;
    browser.click("#copy-report").await?;
    wait_for_script(scene, "document.querySelector('.copy-status--refused')").await?;
    scene.look("refused").await?;
    wait_for_script(
        scene,
        "document.querySelector('#report-panel').open
         && getSelection().toString().trim() === document.querySelector('#report-text').textContent.trim()",
    )
    .await
}

/// Keeps what is downloaded where a script finds it: the blob that becomes a link, and the name on that link. The
/// page's policy does not let a script fetch it.
pub const KEEP_DOWNLOADS: &str = "
    window.saved = {};
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => {
      blob.text().then((text) => { window.saved.text = text; });
      return make.call(URL, blob);
    };
    HTMLAnchorElement.prototype.click = function () { window.saved.name = this.download; };";

async fn download(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    browser
        .open(&format!("{}?ticket=INC-7", scene.standing.url))
        .await?;
    browser.wait_finished().await?;
    browser.run(KEEP_DOWNLOADS).await?;
    unfold(scene, ".ways").await?;
    browser.click("#download-report").await?;
    wait_for_script(
        scene,
        "window.saved?.text === document.querySelector('#report-text').textContent
         && /^reachcheck-INC-7-\\d{8}-\\d{6}\\.txt$/.test(window.saved.name)",
    )
    .await
}

async fn support_link(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    let link = "?ticket=INC-48213&lang=fr-CA&regions=seattle,mars&autostart=perhaps";
    browser
        .open(&format!("{}{link}", scene.standing.url))
        .await?;
    let hooks = browser.wait_finished().await?;
    scene.look("french").await?;
    ensure!(
        hooks.regions.keys().eq(["seattle"]),
        "regions: {:?}",
        hooks.regions
    );
    let page = browser
        .run("return document.documentElement.lang + ' ' + document.body.innerText")
        .await?;
    let page = page.as_str().unwrap_or_default();
    for words in [
        "fr-CA",
        "INC-48213",
        "« mars »",
        "« perhaps »",
        "accessible",
    ] {
        ensure!(page.contains(words), "no {words} in {page}");
    }
    let report = browser.report().await?;
    for words in ["Ticket INC-48213", "RESULT: REACHABLE", "“mars”"] {
        ensure!(report.contains(words), "no {words} in {report}");
    }
    // The page's language changes, the report's does not.
    browser
        .run(
            "const select = document.querySelector('#language');
             select.value = 'es'; select.dispatchEvent(new Event('change', {bubbles: true}));",
        )
        .await?;
    wait_for_script(
        scene,
        "document.documentElement.lang === 'es' && document.body.innerText.includes('Copiar el informe')",
    )
    .await?;
    ensure!(browser.report().await? == report, "the report changed");
    Ok(())
}

/// What is seen of the first 360 × 560 pixels, in every language: Copy, whole, the only filled button, and the keyboard
/// comes to it at its third stop at most. What is well is a line, what is broken shows where.
async fn first_look(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    browser.open(&scene.standing.url).await?;
    browser.wait_finished().await?;
    for lang in Lang::ALL {
        choose_language(scene.browser, lang).await?;
        // Windows have a least width, frames have none.
        let seen = browser
            .run(
                "document.body.style.width = '360px';
                 const copy = document.querySelector('#copy-report');
                 const box = copy.getBoundingClientRect();
                 const shown = (selector) => [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility());
                 const stops = shown('#check :is(a[href], button:enabled, select, input, summary, [tabindex])');
                 const ground = getComputedStyle(copy).backgroundColor;
                 const open = [...document.querySelectorAll('[data-region] > details')].filter((e) => e.open);
                 const found = {
                     bottom: box.bottom + scrollY, right: box.right,
                     stop: stops.indexOf(copy) + 1,
                     filled: shown('button, a.button').filter((e) => getComputedStyle(e).backgroundColor === ground).length,
                     open: open.map((e) => e.parentElement.dataset.region).join(),
                     folded: shown('[data-region] [data-check]').length,
                 };
                 document.body.style.width = '';
                 return found;",
            )
            .await?;
        let number = |key: &str| seen[key].as_f64().with_context(|| format!("{key}: {seen}"));
        ensure!(
            number("bottom")? <= 560.0 && number("right")? <= 360.0,
            "{lang:?}: {seen}"
        );
        ensure!(
            number("stop")? <= 3.0 && number("filled")? == 1.0,
            "{lang:?}: {seen}"
        );
        ensure!(seen["open"] == "toronto,seattle", "{lang:?}: {seen}");
        ensure!(number("folded")? == 0.0, "{lang:?}: {seen}");
    }
    // Both findings are said once, and have their hooks.
    wait_for_script(
        scene,
        "document.querySelectorAll('.finding').length < document.querySelectorAll('[data-finding]').length
         && new Set([...document.querySelectorAll('[data-finding]')].map((e) => e.dataset.finding + e.dataset.scope)).size
            === document.querySelectorAll('[data-finding]').length",
    )
    .await
}

async fn keyboard(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    browser
        .open(&format!("{}?autostart=0", scene.standing.url))
        .await?;
    browser
        .wait_for("an idle page", SOON, |hooks| {
            hooks.run == "idle" && !hooks.regions.is_empty()
        })
        .await?;
    wait_for_script(scene, "document.querySelector('#start')").await?;
    browser
        .run("document.querySelector('#start').focus()")
        .await?;
    browser.type_keys("\u{e007}").await?;
    browser.wait_running().await?;
    wait_for_script(scene, "document.activeElement.id === 'cancel'").await?;
    browser.type_keys("\u{e007}").await?;
    browser
        .wait_for("cancelled", SOON, |hooks| hooks.run == "cancelled")
        .await?;
    wait_for_script(scene, "document.activeElement.id === 'start'").await
}

/// Unfolds a `details` element by its summary, if it is folded.
pub async fn unfold(scene: &Scene<'_>, details: &str) -> Result<()> {
    let is_open = format!("document.querySelector('{details}').open");
    if scene.browser.run(&format!("return {is_open}")).await? != true {
        scene.browser.click(&format!("{details} > summary")).await?;
    }
    wait_for_script(scene, &is_open).await
}

/// Waits until an expression is true.
pub async fn wait_for_script(scene: &Scene<'_>, expression: &str) -> Result<()> {
    wait_for_script_within(scene, expression, SOON).await
}

/// The same, for so long at most.
pub async fn wait_for_script_within(
    scene: &Scene<'_>,
    expression: &str,
    within: Duration,
) -> Result<()> {
    wait_in(scene.browser, expression, within).await
}

/// The same in a browser that is looked at, where there is no case.
pub async fn wait_in(browser: &Browser, expression: &str, within: Duration) -> Result<()> {
    let script = format!("return Boolean({expression})");
    let deadline = std::time::Instant::now() + within;
    loop {
        if browser.run(&script).await?.as_bool() == Some(true) {
            return Ok(());
        }
        ensure!(
            std::time::Instant::now() < deadline,
            "waited {within:?} for {expression}"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
