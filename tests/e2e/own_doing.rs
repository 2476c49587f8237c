//! What the page does to itself: settings that come late, broken or not at all, a policy that does not know them, an old
//! tab after a deployment, a program that stops. None of it may be told as the network's doing.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use reachcheck_lab::world::World;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::watch;

use crate::cases::PageCase;
use crate::hosted::{Nginx, copy_page};
use crate::page::wait_for_script;
use crate::scene::Scene;
use crate::settings::Settings;
use crate::torture;

pub fn cases() -> Vec<PageCase> {
    vec![
        PageCase {
            name: "settings-broken-or-not-there",
            spoils_browser: true,
            world: World::default,
            check: |scene| Box::pin(settings_broken(scene)),
        },
        PageCase {
            name: "settings-come-late",
            spoils_browser: true,
            world: World::default,
            check: |scene| Box::pin(settings_late(scene)),
        },
        PageCase {
            name: "settings-are-kept",
            spoils_browser: true,
            world: World::default,
            check: |scene| Box::pin(settings_kept(scene)),
        },
        PageCase {
            name: "settings-that-the-policy-does-not-know",
            spoils_browser: true,
            world: World::default,
            check: |scene| Box::pin(policy_too_narrow(scene)),
        },
        PageCase {
            name: "old-tab-after-a-deployment",
            spoils_browser: true,
            world: World::default,
            check: |scene| Box::pin(old_tab(scene)),
        },
        PageCase {
            name: "first-screen-without-scripts",
            spoils_browser: true,
            world: World::default,
            check: |scene| Box::pin(scripts_stopped(scene)),
        },
        PageCase {
            name: "program-stops-by-itself",
            spoils_browser: true,
            world: World::default,
            check: |scene| Box::pin(torture::sample(scene)),
        },
    ]
}

/// Settings of one region.
const ONE_REGION: &str = r#"{"catalogue": {"provider": "Small Calls", "source": "x", "regions": [
    {"id": "oslo", "country": "Norway", "name": "Oslo", "https": {"url": "https://pop0-ccans.mycontactcenter.net/"},
     "tcp": {"host": "pop1-ccans.mycontactcenter.net"}}]}, "support": {"name": "Small Helpdesk"}}"#;

/// The page shows those regions and no others.
fn shows_regions(ids: &str) -> String {
    format!(
        "[...document.querySelectorAll('[data-region]')].map((it) => it.dataset.region).sort().join() === '{ids}'"
    )
}

/// The page says that something stands in for its settings, with these words.
fn says_in_place(words: &str) -> String {
    format!("document.querySelector('#settings-in-place')?.innerText.includes('{words}')")
}

async fn settings_broken(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    for (answer, words) in [
        ("return 500;", "status 500"),
        ("return 404;", "status 404"),
        (
            "types {} default_type text/html; return 200 '<h1>Not here</h1>';",
            "a web page",
        ),
        (
            "default_type application/json; return 200 '{ \"relays\": 1 }';",
            "relays",
        ),
        (
            "default_type application/json; return 200 '{ \"relays\":';",
            "line 1",
        ),
        ("return 444;", "the request failed"),
    ] {
        let location = format!("location = /config.json {{ {answer} }}");
        let nginx = Nginx::start(&scene.folder("settings")?, &Settings::page()?, &location)?;
        browser
            .open(&Nginx::url("?autostart=0&regions=oslo"))
            .await?;
        let script = format!(
            "{} && {} && document.documentElement.dataset.app === 'ready'",
            says_in_place(words),
            says_in_place("UNIVERGE BLUE ENGAGE")
        );
        let shown = wait_for_script(scene, &script).await;
        shown.with_context(|| answer.to_owned())?;
        drop(nginx);
        browser.open("about:blank").await?;
    }
    // The link's regions are not those of the list in force: nothing begins by itself. And the report says all this.
    let none = "location = /config.json { return 404; }";
    let _nginx = Nginx::start(&scene.folder("settings")?, &Settings::page()?, none)?;
    browser.open(&Nginx::url("?regions=oslo")).await?;
    wait_for_script(
        scene,
        "document.querySelector('main[data-run=idle] #start')",
    )
    .await?;
    browser.run_again().await?;
    let report = browser.report().await?;
    ensure!(report.contains("status 404"), "{report}");
    scene.look("in-place").await
}

/// A server of settings that answers when it is told to, one request after the other.
struct LateSettings {
    /// Whether it answers. Who asks later is answered, too.
    may_answer: watch::Sender<bool>,
    serving: tokio::task::JoinHandle<()>,
}

impl LateSettings {
    /// Where nginx finds it.
    const LOCATION: &'static str =
        "location = /config.json { proxy_pass http://127.0.0.1:8092; proxy_read_timeout 300s; }";

    async fn start(settings: &'static str) -> Result<Self> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:8092").await?;
        let (may_answer, wait) = watch::channel(false);
        let serving = tokio::spawn(async move {
            while let Ok((mut connection, _)) = listener.accept().await {
                let mut wait = wait.clone();
                tokio::spawn(async move {
                    let _ = connection.read(&mut [0; 4096]).await;
                    if wait.wait_for(|may_answer| *may_answer).await.is_err() {
                        return;
                    }
                    let length = settings.len();
                    let answer = format!(
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{settings}"
                    );
                    let _ = connection.write_all(answer.as_bytes()).await;
                    let _ = connection.shutdown().await;
                });
            }
        });
        Ok(Self {
            may_answer,
            serving,
        })
    }
}

impl Drop for LateSettings {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// They are waited for; then something stands in for them, and what comes after all is used by the next run.
async fn settings_late(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    let late = LateSettings::start(ONE_REGION).await?;
    let page = Settings::page()?;
    let _nginx = Nginx::start(
        &scene.folder("late-settings")?,
        &page,
        LateSettings::LOCATION,
    )?;
    browser.open(&Nginx::url("")).await?;
    wait_for_script(
        scene,
        "document.querySelector('[data-finding=settings-late]')
         && document.documentElement.dataset.app === 'late' && !document.querySelector('#start')",
    )
    .await?;
    scene.look("waiting").await?;
    wait_for_script(scene, &says_in_place("after 10 s")).await?;
    browser.wait_finished().await?;
    wait_for_script(
        scene,
        &shows_regions("seattle,toronto,virginia,virginia-seattle"),
    )
    .await?;
    let report = browser.report().await?;
    ensure!(report.contains("had not arrived after 10 s"), "{report}");
    late.may_answer.send_replace(true);
    wait_for_script(scene, "document.querySelector('#settings-came')").await?;
    scene.look("came").await?;
    browser.run_again().await?;
    let script = format!(
        "!document.querySelector('.notices') && {}",
        shows_regions("oslo")
    );
    wait_for_script(scene, &script).await?;
    let report = browser.report().await?;
    ensure!(
        report.contains("Small Calls") && !report.contains("NOTICES"),
        "{report}"
    );
    Ok(())
}

/// What was read once stands in, and after a while that of the service worker.
async fn settings_kept(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    let page = Settings::page()?;
    let file = scene.folder("kept-settings")?.join("one.json");
    std::fs::write(&file, ONE_REGION)?;
    let good = format!(
        "location = /config.json {{ default_type application/json; alias {}; }}",
        file.display()
    );
    let nginx = Nginx::start(&scene.folder("kept-settings")?, &page, &good)?;
    browser.open(&Nginx::url("")).await?;
    browser.wait_finished().await?;
    browser
        .run("navigator.serviceWorker.ready.then(() => { window.kept = true; })")
        .await?;
    wait_for_script(scene, "window.kept").await?;
    drop(nginx);
    browser.open("about:blank").await?;
    for broken in [
        "return 500;",
        "default_type application/json; return 200 '{';",
    ] {
        let broken = format!("location = /config.json {{ {broken} }}");
        let nginx = Nginx::start(&scene.folder("kept-settings")?, &page, &broken)?;
        browser.open(&Nginx::url("?autostart=0")).await?;
        let script = format!(
            "{} && {}",
            says_in_place("last read them"),
            shows_regions("oslo")
        );
        wait_for_script(scene, &script).await?;
        drop(nginx);
        browser.open("about:blank").await?;
    }
    let late = LateSettings::start(ONE_REGION).await?;
    let _nginx = Nginx::start(
        &scene.folder("kept-settings")?,
        &page,
        LateSettings::LOCATION,
    )?;
    browser.open(&Nginx::url("?autostart=0")).await?;
    wait_for_script(scene, "navigator.serviceWorker.controller").await?;
    let script = format!(
        "{} && {}",
        says_in_place("after 2 s"),
        shows_regions("oslo")
    );
    wait_for_script(scene, &script).await?;
    late.may_answer.send_replace(true);
    wait_for_script(scene, "document.querySelector('#settings-came')").await
}

/// A page whose text files are changed, in a folder of its own; other files are as they are.
fn changed_page(
    page: &Path,
    to: PathBuf,
    change: impl Fn(&str, String) -> String,
) -> Result<PathBuf> {
    copy_page(page, &to, |name, bytes| match String::from_utf8(bytes) {
        Ok(text) => change(name, text).into_bytes(),
        Err(error) => error.into_bytes(),
    })?;
    Ok(to)
}

/// A build that was given other settings: what its policy does not know was not tested, and that is said.
async fn policy_too_narrow(scene: &Scene<'_>) -> Result<()> {
    const WIDE: &str = "connect-src 'self' https: wss:";
    const NARROW: &str = "connect-src 'self' https://*.invalid https://null.invalid:6000 https://pop0-ccans.mycontactcenter.net:443 \
         https://pop0-ccans.mycontactcenter.net:80 https://pop0-ccans.mycontactcenter.net:5222 https://*.mycontactcenter.net:9";
    let browser = scene.browser;
    let settings = scene.folder("policy")?.join("one.json");
    std::fs::write(&settings, ONE_REGION)?;
    let good = format!(
        "location = /config.json {{ default_type application/json; alias {}; }}",
        settings.display()
    );
    // Once in the page's head, once in a header alone.
    for narrowed in ["index.html", "_nginx.conf"] {
        let folder = scene
            .folder("policy")?
            .join(narrowed.replace(['.', '_'], "-"));
        let page = changed_page(&Settings::page()?, folder, |name, text| {
            match name == narrowed {
                true => text.replace(WIDE, NARROW),
                false => text,
            }
        })?;
        let nginx = Nginx::start(&scene.folder("policy")?, &page, &good)?;
        browser.open(&Nginx::url("")).await?;
        let hooks = browser.wait_finished().await?;
        let wanted = [("oslo/https", "ok"), ("oslo/tcp", "unknown")];
        for (check, wanted) in wanted {
            let (outcome, _) = &hooks.checks[check];
            ensure!(
                outcome == wanted || (wanted == "unknown" && outcome == "not-run"),
                "{narrowed}: {check} is {outcome}\n{hooks:#?}"
            );
        }
        ensure!(hooks.verdict == "unknown", "{narrowed}: {hooks:#?}");
        let named = "document.querySelector('#settings-forbidden')?.innerText.includes('pop1-ccans.mycontactcenter.net:443')";
        wait_for_script(scene, named).await?;
        let report = browser.report().await?;
        ensure!(
            report.contains("own policy does not let"),
            "{narrowed}: {report}"
        );
        drop(nginx);
        browser.open("about:blank").await?;
    }
    Ok(())
}

/// A tab of a version that is gone: it is loaded anew where nothing is lost by it, and otherwise that is said. A file
/// that is gone from the version that is there is the site's fault.
async fn old_tab(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    let built = Settings::page()?;
    let folder = scene.folder("deployed")?;
    let page = changed_page(&built, folder.join("page"), |_, text| text)?;
    let gone = |name: &str| -> Result<()> {
        for entry in std::fs::read_dir(&page)? {
            let path = entry?.path();
            let is_it = path
                .file_name()
                .is_some_and(|it| it.to_string_lossy().contains(name));
            if is_it && path.extension().is_some_and(|it| it == "wasm") {
                std::fs::remove_file(path)?;
            }
        }
        Ok(())
    };
    let nginx = Nginx::start(&folder, &page, "location = /sw.js { return 404; }")?;
    browser.open(&Nginx::url("?autostart=0")).await?;
    wait_for_script(scene, "document.querySelector('#start')").await?;
    // The file alone is gone, and the page still names it.
    gone("desk")?;
    browser.click("#read-report").await?;
    let script =
        "document.querySelector('[data-finding=wasm-missing]')?.dataset.detail === 'status-404'";
    wait_for_script(scene, script).await?;
    scene.look("missing").await?;
    browser.open("about:blank").await?;
    // Another version is there: its page names other files.
    browser.open(&Nginx::url("?autostart=0")).await?;
    wait_for_script(scene, "document.querySelector('#start')").await?;
    let index = std::fs::read_to_string(page.join("index.html"))?;
    let other = index.replace("reachcheck-desk-", "reachcheck-desk-0123456789abcdef-");
    std::fs::write(page.join("index.html"), other)?;
    browser.click("#read-report").await?;
    wait_for_script(
        scene,
        "document.querySelector('[data-finding=new-version]')",
    )
    .await?;
    scene.look("new-version").await?;
    browser.open("about:blank").await?;
    drop(nginx);
    // Nothing is lost where no program is there yet: the page is loaded anew. Here whoever asks first gets a page that names
    // what is gone, and whoever asks again gets it as it is built.
    let swapped = "location = /sw.js { return 404; }
         location = / {
           if ($http_cookie ~ renewed) { rewrite ^ /new.html last; }
           rewrite ^ /index.html last;
         }
         location = /index.html { add_header Set-Cookie renewed=1; add_header Cache-Control no-store; }";
    let new_page = changed_page(&built, folder.join("new"), |name, text| match name {
        "index.html" => without_policy(&text).replace("_bg.wasm", "_bg-0123456789abcdef.wasm"),
        "_nginx.conf" => "add_header Cache-Control no-store;".to_owned(),
        _ => text,
    })?;
    std::fs::copy(built.join("index.html"), new_page.join("new.html"))?;
    let _nginx = Nginx::start(&folder, &new_page, swapped)?;
    browser.open(&Nginx::url("?autostart=0")).await?;
    let script =
        "document.querySelector('#start') && document.documentElement.dataset.app === 'ready'";
    wait_for_script(scene, script).await
}

/// A page without its meta element of the policy.
fn without_policy(index: &str) -> String {
    let Some(begin) = index.find("<meta http-equiv=Content-Security-Policy") else {
        return index.to_owned();
    };
    let end = index[begin..]
        .find('>')
        .map_or(begin, |end| begin + end + 1);
    [&index[..begin], &index[end..]].concat()
}

/// Somebody on the way has made all scripts something else: the style sheet alone says so.
async fn scripts_stopped(scene: &Scene<'_>) -> Result<()> {
    let page = changed_page(
        &Settings::page()?,
        scene.folder("stopped")?.join("page"),
        |name, text| match name {
            "index.html" => text
                .replace("<script", "<script type=\"x-text/javascript\" data-was")
                .replace("rel=\"modulepreload\"", "rel=\"none\""),
            _ => text,
        },
    )?;
    let nothing = "location = /nothing { return 404; }";
    let _nginx = Nginx::start(&scene.folder("stopped")?, &page, nothing)?;
    let browser = scene.browser;
    browser.open(&Nginx::url("")).await?;
    let shown = "getComputedStyle(document.querySelector('.first__stalled')).visibility";
    wait_for_script(scene, &format!("{shown} === 'hidden'")).await?;
    wait_for_script(scene, &format!("{shown} === 'visible'")).await?;
    scene.look("stopped").await?;
    Ok(())
}
