//! One origin that has the page in several folders, tabs of one page that were copied, and a page in another one's frame.

use anyhow::{Context as _, Result, ensure};
use reachcheck_lab::world::World;
use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, Limit};

use crate::broken::wait_until;
use crate::cases::PageCase;
use crate::hosted::{Nginx, copy_page};
use crate::local::in_one_line;
use crate::page::wait_for_script;
use crate::scene::Scene;
use crate::settings::Settings;
use crate::watching::{self, FASTEST};

pub fn cases() -> Vec<PageCase> {
    vec![
        PageCase {
            name: "several-folders-on-one-origin",
            spoils_browser: true,
            world: World::default,
            check: |scene| Box::pin(several_folders(scene)),
        },
        PageCase {
            name: "watch-in-a-copied-tab",
            spoils_browser: true,
            world: || watching::at(FASTEST),
            check: |scene| Box::pin(copied_tab(scene)),
        },
        PageCase {
            name: "frame-of-another-page-is-a-limit",
            spoils_browser: true,
            world: World::default,
            check: |scene| Box::pin(in_a_frame(scene)),
        },
    ]
}

/// What an earlier release kept: a cache for all folders, and the log of a watch.
const KEPT_EARLIER: &str = "(async () => {
    const cache = await caches.open('reachcheck-0123456789ab');
    for (const path of ['/live/', '/live/config.json', '/staging/']) {
        await cache.put(new URL(path, location.origin), new Response('as it was'));
    }
    localStorage.setItem('reachcheck.watch', 'stopped nobody 3');
    localStorage.setItem('reachcheck.watch.3',
        'unix_ms,utc,what,lane,ms,detail,still_ms\\r\\n1700000000000,,began,,,,\\r\\n1700000001000,,stopped,,,,\\r\\n');
    window.prepared = true;
})()";

/// Names of caches, and the paths that the earlier release's has.
const CACHES: &str = "(async () => {
    const names = await caches.keys();
    const earlier = names.find((name) => name.startsWith('reachcheck-'));
    const keys = earlier ? await (await caches.open(earlier)).keys() : [];
    window.kept = {names, earlier: keys.map(({url}) => new URL(url).pathname)};
})()";

/// Each has its own caches and its own log; what an earlier release kept for all of them is the first one's, once.
async fn several_folders(scene: &Scene<'_>) -> Result<()> {
    let (browser, page) = (scene.browser, Settings::page()?);
    let folder = scene.folder("folders")?;
    let root = folder.join("root");
    for name in ["live", "staging"] {
        copy_page(&page, &root.join(name), |_, bytes| bytes)?;
    }
    std::fs::copy(page.join("_nginx.conf"), root.join("_nginx.conf"))?;
    let nginx = Nginx::start(&folder, &root, "")?;
    browser.open(&Nginx::url("nothing-here")).await?;
    browser.run(KEPT_EARLIER).await?;
    wait_for_script(scene, "window.prepared").await?;

    browser.open(&Nginx::url("live/?autostart=0#watch")).await?;
    wait_for_script(
        scene,
        "document.querySelector('main[data-watch=stopped]') && document.querySelectorAll('[data-entry]').length === 2
         && ['reachcheck.watch', 'reachcheck.watch.3'].every((name) => localStorage.getItem(name) === null)",
    )
    .await?;
    wait_until(
        scene,
        CACHES,
        "kept?.names.some((name) => name.startsWith('reachcheck /live/ ')) && kept.earlier.join() === '/staging/'",
    )
    .await?;

    browser
        .open(&Nginx::url("staging/?autostart=0#watch"))
        .await?;
    wait_for_script(scene, "document.querySelector('main[data-watch=idle]')").await?;
    wait_until(
        scene,
        CACHES,
        // Looking into an earlier one that is deleted meanwhile makes it anew, empty.
        "kept?.names.filter((name) => name.startsWith('reachcheck /')).length === 2 && kept.earlier.length === 0
         && ['live', 'staging'].every((it) => kept.names.some((name) => name.startsWith(`reachcheck /${it}/ `)))",
    )
    .await?;
    wait_for_script(
        scene,
        "(navigator.serviceWorker.ready.then(() => { window.ready = true; }), window.ready)",
    )
    .await?;

    // Both are there without a network, and the log is where it was.
    drop(nginx);
    for (name, state) in [("live", "stopped"), ("staging", "idle")] {
        let url = Nginx::url(&format!("{name}/?autostart=0&again=1#watch"));
        browser.open(&url).await?;
        let script = format!("document.querySelector('main[data-watch={state}]')");
        wait_for_script(scene, &script).await?;
    }
    Ok(())
}

/// “Duplicate tab” copies what a tab keeps: the copy does not take itself for the tab that writes the log. And that one
/// knows itself again after a reload.
async fn copied_tab(scene: &Scene<'_>) -> Result<()> {
    const ID: &str =
        "sessionStorage.getItem(Object.keys(sessionStorage).find((name) => name.endsWith(' tab')))";
    let browser = scene.browser;
    browser.start_watch(&scene.standing.url).await?;
    watching::until_stands(scene).await?;
    let id = browser.run(&format!("return {ID}")).await?;
    let id = id.as_str().context("the tab has no id")?.to_owned();
    browser
        .run("window.isBefore = true; location.reload()")
        .await?;
    let runs = "document.querySelector('main[data-watch=running]')";
    wait_for_script(
        scene,
        &format!("!window.isBefore && {runs} && {ID} === '{id}'"),
    )
    .await?;

    let first = browser.tab().await?;
    browser
        .run(
            "const link = document.createElement('a');
             Object.assign(link, {id: 'copy', href: location.href, target: '_blank', rel: 'opener', textContent: 'copy'});
             document.querySelector('main[data-watch]').prepend(link);",
        )
        .await?;
    browser.click("#copy").await?;
    browser.other_tab(&first).await?;
    let copied = browser.tab().await?;
    let is_another =
        format!("document.querySelector('main[data-watch=stopped]') && {ID} && {ID} !== '{id}'");
    wait_for_script(scene, &is_another).await?;
    browser.other_tab(&copied).await?;
    ensure!(
        browser.watched().await?.state == "running",
        "the first goes on"
    );

    // Told to, the copy takes over, and the first stops.
    browser.other_tab(&first).await?;
    browser.click("#watch-start").await?;
    wait_for_script(scene, runs).await?;
    // What the first kept before that is told late: both would stop.
    let late = "const key = Object.keys(localStorage).find((name) => name.endsWith(' watch'));
                window.dispatchEvent(new StorageEvent('storage', {key, newValue: 'running another 0'}));
                return localStorage.getItem(key);";
    let kept = browser.run(late).await?;
    ensure!(
        kept.as_str()
            .is_some_and(|kept| kept.starts_with("running ")),
        "{kept}"
    );
    ensure!(
        browser.watched().await?.state == "running",
        "a late word stops nobody"
    );
    browser.other_tab(&copied).await?;
    wait_for_script(scene, "document.querySelector('main[data-watch=stopped]')").await?;
    browser.other_tab(&first).await?;
    watching::stop(scene).await
}

/// Where a host lets another page have it in a frame, the report says so.
async fn in_a_frame(scene: &Scene<'_>) -> Result<()> {
    let (browser, folder) = (scene.browser, scene.folder("frame")?);
    let root = folder.join("root");
    copy_page(&Settings::page()?, &root, |_, bytes| bytes)?;
    // A host that sends none of the page's headers.
    std::fs::write(root.join("_nginx.conf"), "")?;
    std::fs::write(
        root.join("around.html"),
        "<!doctype html><title>Around</title><iframe src='./'></iframe>",
    )?;
    let _nginx = Nginx::start(&folder, &root, "")?;
    browser.open(&Nginx::url("around.html")).await?;
    let inside = "frames[0]?.document.querySelector('#report-text')";
    wait_for_script(scene, &format!("{inside}?.textContent")).await?;
    let framed = browser.run(&format!("return {inside}.textContent")).await?;
    let framed = framed.as_str().context("no report")?;
    let limit = text::limit(Lang::En, Limit::InFrame);
    ensure!(in_one_line(framed).contains(&limit), "{framed}");
    browser.open(&Nginx::url("")).await?;
    browser.wait_finished().await?;
    let report = browser.report().await?;
    ensure!(!in_one_line(&report).contains(&limit), "{report}");
    Ok(())
}
