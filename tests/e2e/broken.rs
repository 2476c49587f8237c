//! The page where things are broken: policy in force, Wasm that does not come as it was sent, no network at the
//! second visit.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use reachcheck_lab::engine::Engine;
use reachcheck_lab::fault::Fault;
use reachcheck_lab::world::World;
use reachcheck_model::catalogue::Kind;
use reachcheck_model::lang::Lang;

use crate::cases::PageCase;
use crate::hosted::{Nginx, copy_page};
use crate::page::{SOON, wait_for_script};
use crate::scene::Scene;
use crate::settings::Settings;

pub fn cases() -> Vec<PageCase> {
    vec![
        PageCase {
            name: "policy-on-nginx",
            spoils_browser: true,
            world: || World::with(Fault::DropsEndpoint("seattle", Kind::Tcp)),
            check: |scene| Box::pin(policy(scene)),
        },
        PageCase {
            name: "wasm-does-not-come-as-sent",
            spoils_browser: true,
            world: World::default,
            check: |scene| Box::pin(wasm_broken(scene)),
        },
        PageCase {
            name: "wasm-is-changed-or-late",
            spoils_browser: true,
            world: World::default,
            check: |scene| Box::pin(wasm_changed_or_late(scene)),
        },
        PageCase {
            name: "wasm-is-switched-off",
            spoils_browser: true,
            world: World::default,
            check: |scene| Box::pin(wasm_off(scene)),
        },
        PageCase {
            name: "words-of-a-language-do-not-come",
            spoils_browser: true,
            world: World::default,
            check: |scene| Box::pin(words_missing(scene)),
        },
        PageCase {
            name: "what-the-worker-gets-in-half-is-not-kept",
            spoils_browser: true,
            world: World::default,
            check: |scene| Box::pin(half_is_not_kept(scene)),
        },
        PageCase {
            name: "helpdesk-program-comes-when-asked-for",
            spoils_browser: true,
            world: World::default,
            check: |scene| Box::pin(second_program(scene)),
        },
        PageCase {
            name: "second-visit-is-the-same-and-needs-no-network",
            spoils_browser: true,
            world: World::default,
            check: |scene| Box::pin(second_visit(scene)),
        },
        PageCase {
            name: "extension-interferes",
            spoils_browser: true,
            world: World::default,
            check: |scene| Box::pin(extension(scene)),
        },
    ]
}

/// What extensions do to a page before it begins (only Chromium's protocol can do it in their place).
async fn extension(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    if browser.engine != Engine::Chromium {
        return Ok(());
    }
    let wrapped = "const own = window.fetch; window.fetch = (...asked) => own(...asked);";
    browser
        .with_script(wrapped, async {
            browser.open(&scene.standing.url).await?;
            let hooks = browser.wait_finished().await?;
            let found = ("extension-interferes".to_owned(), "network".to_owned());
            ensure!(hooks.findings.contains(&found), "{hooks:#?}");
            ensure!(hooks.verdict == "reachable", "{hooks:#?}");
            Ok(())
        })
        .await
}

/// A browser in which WebAssembly is switched off, as Edge's stricter setting and Lockdown Mode do, is told how to switch
/// it on (only Chromium's protocol can do it in their place).
async fn wasm_off(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    if browser.engine != Engine::Chromium {
        return Ok(());
    }
    browser
        .with_script("delete window.WebAssembly", async {
            browser.open(&scene.standing.url).await?;
            wait_for_script(
                scene,
                "document.querySelector('[data-finding=wasm-off]')
                 && document.documentElement.dataset.app === 'failed'
                 && document.body.innerText.includes('Lockdown Mode')
                 && document.body.innerText.includes('pop0-ccans.mycontactcenter.net:443')
                 && !document.documentElement.dataset.crash",
            )
            .await?;
            scene.look("off").await
        })
        .await
}

/// A whole run under the policy with nothing that it forbids; and it does forbid.
async fn policy(scene: &Scene<'_>) -> Result<()> {
    let _nginx = Nginx::start(&scene.folder("policy")?, &Settings::page()?, "")?;
    let browser = scene.browser;
    browser.open(&Nginx::url("?autostart=0")).await?;
    wait_for_script(scene, "document.querySelector('#start')").await?;
    browser
        .run(
            "window.forbidden = [];
             document.addEventListener('securitypolicyviolation', (e) =>
                 forbidden.push(`${e.violatedDirective} ${e.blockedURI}`));",
        )
        .await?;
    let hooks = browser.run_again().await?;
    // The lab's relay does not know this origin, and none is set: so no view from outside.
    ensure!(hooks.checks["toronto/https"].0 == "ok", "{hooks:#?}");
    let forbidden = browser.run("return window.forbidden").await?;
    ensure!(forbidden == serde_json::json!([]), "forbidden: {forbidden}");
    // Each inline style came through, and so did the file of the icon.
    wait_for_script(
        scene,
        "[...document.querySelectorAll('style')].every((e) => e.sheet?.cssRules.length > 0)",
    )
    .await?;
    browser
        .run(
            "const script = document.createElement('script');
             script.textContent = 'window.injected = true'; document.body.append(script);
             const style = document.createElement('style');
             style.textContent = 'body { color: red }'; document.body.append(style);
             fetch('http://forbidden.example/').catch(() => undefined);",
        )
        .await?;
    wait_for_script(scene, "window.forbidden.length >= 3").await?;
    wait_for_script(scene, "window.injected === undefined").await?;
    // The headers that only count as headers.
    browser
        .run(
            "fetch(location.href, {cache: 'no-store'}).then((answer) => { window.answer = answer; });",
        )
        .await?;
    wait_for_script(
        scene,
        "window.answer?.headers.get('content-security-policy')?.includes(\"frame-ancestors 'none'\")
         && answer.headers.get('x-content-type-options') === 'nosniff'
         && answer.headers.get('referrer-policy') === 'no-referrer'
         && answer.headers.get('permissions-policy')?.includes('camera=()')
         && answer.headers.get('cache-control') === 'no-cache'",
    )
    .await?;
    // The page for what is not there may run its script, too.
    browser.open(&Nginx::url("%2523read%253D0")).await?;
    wait_for_script(
        scene,
        "location.pathname === '/' && location.hash === '#read=0' && document.querySelector('#read-input')",
    )
    .await
}

async fn wasm_broken(scene: &Scene<'_>) -> Result<()> {
    let page = Settings::page()?;
    let block = "default_type text/html; return 200 '<h1>Blocked by your administrator</h1>';";
    for (what, locations, code, detail) in [
        // First: what came once is kept for ever.
        (
            "no script",
            "location ~ ^/reachcheck-.*\\.js$ { return 403; }".to_owned(),
            "script-blocked",
            "",
        ),
        (
            "no initializer",
            "location ~ initializer\\.js$ { return 403; }".to_owned(),
            "script-blocked",
            "",
        ),
        (
            "forbidden",
            "location ~ \\.wasm$ { return 403; }".to_owned(),
            "wasm-blocked",
            "status-403",
        ),
        (
            "a block page",
            format!("location ~ \\.wasm$ {{ {block} }}"),
            "wasm-blocked",
            "web-page",
        ),
        (
            "not there",
            "location ~ \\.wasm$ { return 404; }".to_owned(),
            "wasm-missing",
            "status-404",
        ),
        (
            "the host's own page for what is not there",
            "location ~ \\.wasm$ { rewrite ^ /index.html last; }".to_owned(),
            "wasm-missing",
            "own-page",
        ),
        (
            "cut off",
            "location ~ \\.wasm$ { return 444; }".to_owned(),
            "wasm-blocked",
            "no-answer",
        ),
    ] {
        let nginx = Nginx::start(&scene.folder("broken")?, &page, &locations)?;
        scene.browser.open(&Nginx::url("?autostart=0")).await?;
        let script = format!(
            "document.querySelector('[data-finding={code:?}]')?.dataset.scope === 'network'
             && (document.querySelector('[data-finding]').dataset.detail ?? '') === {detail:?}
             && document.documentElement.dataset.app === 'failed'
             && document.body.innerText.includes('pop0-ccans.mycontactcenter.net:443')"
        );
        wait_for_script(scene, &script)
            .await
            .map_err(|error| error.context(what))?;
        drop(nginx);
        scene.browser.open("about:blank").await?;
    }
    // A wrong type alone does no harm: the bytes are what they are.
    let typed = "location ~ \\.wasm$ { types {} default_type text/plain; }";
    let _nginx = Nginx::start(&scene.folder("broken")?, &page, typed)?;
    scene.browser.open(&Nginx::url("?autostart=0")).await?;
    wait_for_script(scene, "document.documentElement.dataset.app === 'ready'").await
}

/// It is other Wasm, which would run; or it comes, but takes its time.
async fn wasm_changed_or_late(scene: &Scene<'_>) -> Result<()> {
    let (browser, page) = (scene.browser, Settings::page()?);
    let folder = scene.folder("changed")?;
    let changed = folder.join("page");
    copy_page(&page, &changed, |name, mut bytes| {
        if name.ends_with(".wasm") {
            // A section that nothing reads: it still compiles and runs.
            bytes.extend_from_slice(b"\0\x05\x04more");
        }
        bytes
    })?;
    let nginx = Nginx::start(&folder, &changed, "location = /nothing { return 404; }")?;
    browser.open(&Nginx::url("?autostart=0")).await?;
    wait_for_script(
        scene,
        "document.querySelector('[data-finding=wasm-changed]')?.dataset.detail === 'changed'
         && document.documentElement.dataset.app === 'failed'",
    )
    .await?;
    drop(nginx);
    browser.open("about:blank").await?;
    // Longer than the page waits before it says so, and it comes.
    let rate = wasm_size(&page)? / 20;
    let slow = format!("location ~ \\.wasm$ {{ limit_rate {rate}; }}");
    let _nginx = Nginx::start(&scene.folder("late")?, &page, &slow)?;
    browser.open(&Nginx::url("?autostart=0")).await?;
    wait_for_script(
        scene,
        "document.querySelector('[data-finding=wasm-late]')
         && document.documentElement.dataset.app === 'late'
         && document.body.innerText.includes('pop0-ccans.mycontactcenter.net:443')",
    )
    .await?;
    wait_for_script(
        scene,
        "document.documentElement.dataset.app === 'ready' && document.querySelector('#start')
         && !document.querySelector('.first')",
    )
    .await
}

/// The size of the larger of the page's two programs, in bytes.
fn wasm_size(page: &Path) -> Result<u64> {
    let mut largest = 0;
    for entry in std::fs::read_dir(page)? {
        let entry = entry?;
        if entry.path().extension().is_some_and(|it| it == "wasm") {
            largest = largest.max(entry.metadata()?.len());
        }
    }
    Ok(largest)
}

/// Then the page speaks English, or goes on in the language that it is in, and says so; the check itself is there.
async fn words_missing(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    let blocked = "location ~ texts-fr.*\\.txt$ { return 403; }";
    let _nginx = Nginx::start(&scene.folder("words")?, &Settings::page()?, blocked)?;
    browser.open(&Nginx::url("?autostart=0&lang=fr")).await?;
    let missing = "document.querySelector('[data-words-missing=fr-CA]')";
    let is_in = |lang: &str| {
        format!(
            "document.documentElement.lang === '{lang}' && document.querySelector('#language').value === '{lang}'
             && document.querySelector('#start')"
        )
    };
    wait_for_script(scene, &format!("{missing} && {}", is_in("en"))).await?;
    scene.look("missing").await?;
    let choose = |tag: &str| {
        format!(
            "const list = document.querySelector('#language');
             list.value = '{tag}'; list.dispatchEvent(new Event('change', {{bubbles: true}}));"
        )
    };
    browser.run(&choose("es")).await?;
    wait_for_script(scene, &format!("!{missing} && {}", is_in("es"))).await?;
    browser.run(&choose("fr-CA")).await?;
    wait_for_script(scene, &format!("{missing} && {}", is_in("es"))).await
}

/// A file that breaks off on its way to the worker: nothing is kept, the page goes on, and the next visit mends it.
async fn half_is_not_kept(scene: &Scene<'_>) -> Result<()> {
    /// Where the helpdesk's program comes from, which the page itself has not asked for.
    const HALF: &str = "127.0.0.1:8091";
    let (browser, page) = (scene.browser, Settings::page()?);
    let half = tokio::net::TcpListener::bind(HALF).await?;
    let (asked, mut is_asked) = tokio::sync::mpsc::unbounded_channel();
    let sender = tokio::spawn(async move {
        while let Ok((mut connection, _)) = half.accept().await {
            use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

            let _ = connection.read(&mut [0; 4096]).await;
            let head = "HTTP/1.1 200 OK\r\nContent-Type: application/wasm\r\nConnection: close\r\n\r\n\0asm\x01\0\0\0";
            let _ = connection.write_all(head.as_bytes()).await;
            let _ = connection.shutdown().await;
            let _ = asked.send(());
        }
    });
    let through =
        format!("location ~ desk.*\\.wasm$ {{ proxy_pass http://{HALF}; proxy_buffering off; }}");
    let nginx = Nginx::start(&scene.folder("half")?, &page, &through)?;
    browser.open(&Nginx::url("")).await?;
    browser.wait_finished().await?;
    let waited = tokio::time::timeout(SOON, is_asked.recv()).await;
    waited.context("the worker did not ask for the file")?;
    let kept = "(async () => {
        window.kept = undefined;
        const registration = await navigator.serviceWorker.getRegistration();
        const busy = registration?.installing;
        const names = await caches.keys();
        const keys = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length));
        window.kept = {is_over: !busy, is_active: !!(registration?.active ?? registration?.waiting),
                       files: keys.reduce((sum, one) => sum + one, 0)};
    })()";
    wait_until(
        scene,
        kept,
        "window.kept?.is_over && !kept.is_active && kept.files === 0",
    )
    .await?;
    drop(nginx);
    sender.abort();
    browser.open("about:blank").await?;
    let _nginx = Nginx::start(
        &scene.folder("half")?,
        &page,
        "location = /nothing { return 404; }",
    )?;
    browser.open(&Nginx::url("")).await?;
    browser.wait_finished().await?;
    wait_until(scene, kept, "window.kept?.is_active && kept.files >= 6").await
}

/// Lets the page look again and again, until what it saw is as wanted.
pub async fn wait_until(scene: &Scene<'_>, look: &str, wanted: &str) -> Result<()> {
    let deadline = tokio::time::Instant::now() + SOON;
    loop {
        scene.browser.run(look).await?;
        tokio::time::sleep(Duration::from_millis(100)).await;
        if scene.browser.run(&format!("return !!({wanted})")).await? == true {
            return Ok(());
        }
        ensure!(
            tokio::time::Instant::now() < deadline,
            "not so within {SOON:?}: {wanted}; {}",
            scene.browser.run("return window.kept").await?
        );
    }
}

/// The helpdesk's views are a program of their own: no check begins behind them, and where it does not come, that is said
/// in words that lead back to the check.
async fn second_program(scene: &Scene<'_>) -> Result<()> {
    let page = Settings::page()?;
    let browser = scene.browser;
    let one_main = "[...document.querySelectorAll('main')].filter((main) => main.offsetParent !== null).length === 1";
    let no_script = "location ~ desk.*\\.js$ { return 403; }";
    let nginx = Nginx::start(&scene.folder("second")?, &page, no_script)?;
    browser.open(&Nginx::url("?autostart=0#read")).await?;
    let script = format!(
        "document.querySelector('.first [data-finding=script-blocked]')
         && document.documentElement.dataset.app === 'failed' && {one_main}"
    );
    wait_for_script(scene, &script).await?;
    drop(nginx);
    browser.open("about:blank").await?;
    let blocked = "location ~ desk.*\\.wasm$ { return 403; }";
    let nginx = Nginx::start(&scene.folder("second")?, &page, blocked)?;
    browser.open(&Nginx::url("?autostart=0")).await?;
    wait_for_script(scene, "document.querySelector('#start')").await?;
    browser.click("#read-report").await?;
    let script = format!(
        "document.querySelector('.first [data-finding=wasm-blocked]')?.dataset.detail === 'status-403'
         && document.documentElement.dataset.app === 'failed' && {one_main}"
    );
    wait_for_script(scene, &script).await?;
    scene.look("blocked").await?;
    browser.click(".first__back a").await?;
    let script = format!(
        "document.querySelector('#start').offsetParent !== null && !document.querySelector('.first')
         && document.documentElement.dataset.app === 'ready' && {one_main}"
    );
    wait_for_script(scene, &script).await?;
    drop(nginx);
    browser.open("about:blank").await?;
    let _nginx = Nginx::start(&scene.folder("second")?, &page, "")?;
    browser.open(&Nginx::url("?lang=fr#read")).await?;
    let loaded = "performance.getEntriesByType('resource').filter((e) => e.name.endsWith('.wasm')).map((e) => e.name)";
    let script = format!(
        "document.querySelector('#read-input') && {loaded}.some((name) => name.includes('desk'))
         && !document.querySelector('main[data-run]') && {one_main}"
    );
    wait_for_script(scene, &script).await?;
    // What was chosen in one holds in the other.
    browser
        .run(
            "const list = document.querySelector('#language');
             list.value = 'es'; list.dispatchEvent(new Event('change', {bubbles: true}));",
        )
        .await?;
    browser.click("#back-to-check").await?;
    browser.wait_running().await?;
    let script = format!(
        "document.documentElement.lang === 'es' && document.querySelectorAll('#language').length === 1 && {one_main}"
    );
    wait_for_script(scene, &script).await?;
    browser.wait_finished().await?;
    Ok(())
}

/// The worker keeps the page, and keeps out of everything else.
async fn second_visit(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    let nginx = Nginx::start(&scene.folder("again")?, &Settings::page()?, "")?;
    browser.open(&Nginx::url("")).await?;
    let first = browser.wait_finished().await?;
    browser
        .run("navigator.serviceWorker.ready.then(() => { window.kept = true; })")
        .await?;
    wait_for_script(scene, "window.kept").await?;
    browser.open(&Nginx::url("?ticket=2")).await?;
    wait_for_script(scene, "navigator.serviceWorker.controller").await?;
    let second = browser.wait_finished().await?;
    ensure!(
        (&first.verdict, &first.regions, &first.findings)
            == (&second.verdict, &second.regions, &second.findings),
        "with the worker it differs: {first:#?} {second:#?}"
    );
    // What was probed has not been kept, and neither has a config.json that was not there.
    browser
        .run(
            "(async () => {
               const cache = await caches.open((await caches.keys())[0]);
               window.keys = (await cache.keys()).map((key) => new URL(key.url).pathname);
             })()",
        )
        .await?;
    // The page, its initializer and icon, two programs of two files, and the words of both in each language but English.
    let count = 7 + 2 * (Lang::ALL.len() - 1);
    let kept = format!(
        "window.keys?.length === {count}
         && window.keys.every((path) => path === '/' || /^\\/[\\w-]*[0-9a-f]{{12}}[\\w-]*\\.(js|wasm|svg|txt)$/.test(path))"
    );
    wait_for_script(scene, &kept).await?;
    drop(nginx);
    Fault::Unplugged.set()?;
    browser.open(&Nginx::url("?ticket=3")).await?;
    let offline = browser
        .wait_for(
            "an end without a network",
            Duration::from_secs(40),
            |hooks| hooks.run == "finished",
        )
        .await?;
    scene.look("offline").await?;
    ensure!(offline.verdict == "offline", "{offline:#?}");
    // The helpdesk's program is kept with the rest, though it was never asked for.
    browser.click("#read-report").await?;
    wait_for_script(scene, "document.querySelector('#read-input')").await
}
