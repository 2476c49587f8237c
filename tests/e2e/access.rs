//! axe-core finds nothing, in every state and language; what is announced is announced once; all of it fits.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use reachcheck_lab::browser::Browser;
use reachcheck_lab::fault::Fault;
use reachcheck_lab::middlebox::{Ends, Middlebox};
use reachcheck_lab::world::World;
use reachcheck_model::catalogue::Kind;
use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, First, Ui};

use crate::cases::PageCase;
use crate::hosted::{self, Nginx};
use crate::layout::UNFOLD;
use crate::page::{SOON, wait_for_script, wait_in};
use crate::roles::{self, Role};
use crate::scene::Scene;
use crate::settings::Settings;

pub fn cases() -> Vec<PageCase> {
    vec![
        PageCase {
            name: "accessible-while-it-runs",
            spoils_browser: false,
            world: || World::with(Fault::DropsEndpoint("seattle", Kind::Https)),
            check: |scene| Box::pin(from_start_to_end(scene)),
        },
        PageCase {
            name: "accessible-when-all-is-well",
            spoils_browser: false,
            world: World::default,
            check: |scene| Box::pin(when_all_is_well(scene)),
        },
        PageCase {
            name: "accessible-when-offline",
            spoils_browser: true,
            world: World::default,
            check: |scene| Box::pin(when_offline(scene)),
        },
        PageCase {
            name: "accessible-first-screen",
            spoils_browser: false,
            world: World::default,
            check: |scene| Box::pin(first_screen(scene)),
        },
        PageCase {
            name: "accessible-other-views",
            spoils_browser: false,
            world: || World {
                pace: Some(60),
                middlebox: Some(Middlebox::EndsIdle(1_000, Ends::Resets)),
                ..World::default()
            },
            check: |scene| Box::pin(other_views(scene)),
        },
        PageCase {
            name: "fits-narrow-and-enlarged",
            spoils_browser: false,
            world: || World::with(Fault::DropsEndpoint("seattle", Kind::Https)),
            check: |scene| Box::pin(fits(scene)),
        },
        PageCase {
            name: "found-by-role-and-name",
            spoils_browser: false,
            world: World::default,
            check: |scene| Box::pin(found_by_role(scene)),
        },
    ]
}

async fn from_start_to_end(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    let url = &scene.standing.url;
    browser.open(&format!("{url}?autostart=0")).await?;
    browser
        .wait_for("an idle page", SOON, |hooks| {
            hooks.run == "idle" && !hooks.regions.is_empty()
        })
        .await?;
    axe_in_every_language(scene, "idle").await?;
    // What assistive technology would say, as it comes.
    browser
        .run(
            "window.said = [];
             new MutationObserver(() => {
               const words = document.querySelector('main [role=status]').textContent;
               if (words && said.at(-1) !== words) said.push(words);
             }).observe(document.querySelector('main'), {subtree: true, childList: true, characterData: true});",
        )
        .await?;
    browser.click("#start").await?;
    browser.wait_running().await?;
    axe(scene, "running").await?;
    browser.click("#cancel").await?;
    browser
        .wait_for("cancelled", SOON, |hooks| hooks.run == "cancelled")
        .await?;
    axe_in_every_language(scene, "cancelled").await?;
    let hooks = browser.run_again().await?;
    ensure!(hooks.verdict == "blocked", "{hooks:#?}");
    tokio::time::sleep(Duration::from_millis(300)).await;
    let said = browser.run("return window.said").await?;
    let said = said.as_array().context("a list")?;
    ensure!(said.len() == 1, "announced: {said:?}");
    browser.run(UNFOLD).await?;
    axe_in_every_language(scene, "blocked").await
}

async fn when_all_is_well(scene: &Scene<'_>) -> Result<()> {
    scene.browser.open(&scene.standing.url).await?;
    scene.browser.wait_finished().await?;
    axe_in_every_language(scene, "well").await
}

async fn when_offline(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    browser
        .open(&format!("{}?autostart=0", scene.standing.url))
        .await?;
    wait_for_script(scene, "document.querySelector('#start')").await?;
    // Words of a language that has been shown once are there without a network, too.
    for lang in Lang::ALL {
        choose_language(scene.browser, lang).await?;
    }
    Fault::Unplugged.set()?;
    let hooks = browser.run_again().await?;
    ensure!(hooks.verdict == "offline", "{hooks:#?}");
    axe_in_every_language(scene, "offline").await
}

/// Reading, the support link, and a watch: before it is begun, and with something found.
async fn other_views(scene: &Scene<'_>) -> Result<()> {
    let (browser, url) = (scene.browser, &scene.standing.url);
    for (view, there) in [
        ("#link", "#build-ticket"),
        ("#read", "#read-input"),
        ("#watch", "#watch-start"),
    ] {
        browser.open(&format!("{url}{view}")).await?;
        wait_for_script(scene, &format!("document.querySelector('{there}')")).await?;
        axe_in_every_language(scene, view).await?;
    }
    browser.start_watch(url).await?;
    browser
        .wait_watch("a cut", SOON, |watched| {
            watched.found("quiet-cut").is_some()
        })
        .await?;
    browser.run(UNFOLD).await?;
    axe_in_every_language(scene, "watching").await
}

async fn first_screen(scene: &Scene<'_>) -> Result<()> {
    let blocked = "location ~ \\.wasm$ { return 403; }";
    let _nginx = Nginx::start(&scene.folder("first")?, &Settings::page()?, blocked)?;
    scene.browser.open(&Nginx::url("")).await?;
    wait_for_script(scene, "document.documentElement.dataset.app === 'failed'").await?;
    scene.look("first").await?;
    axe(scene, "first screen").await?;
    for lang in Lang::ALL {
        let words = text::first(lang, First::WasmBlocked);
        let script = format!("document.body.innerText.includes({words:?})");
        wait_for_script(scene, &script).await?;
    }
    Ok(())
}

/// 320 CSS pixels wide (WCAG 2.2, 1.4.10), which is also 1280 at 400 %; and at 200 % on a narrow screen.
async fn fits(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    browser
        .open(&format!("{}?lang=fr", scene.standing.url))
        .await?;
    browser.wait_finished().await?;
    // Windows have a least width, frames have none.
    for (width, size) in [(320, "100%"), (360, "100%"), (720, "200%"), (1280, "200%")] {
        let script = format!(
            "document.documentElement.style.fontSize = '{size}';
             document.body.style.width = '{width}px';
             const wide = [...document.querySelectorAll('body *')].filter((e) =>
                 e.getBoundingClientRect().right > {width} + 1 && !e.closest('pre, .visually-hidden, svg, [popover]'));
             const found = wide.map((e) => `${{e.tagName}}.${{e.className}} ${{Math.round(e.getBoundingClientRect().right)}}`);
             document.documentElement.style.fontSize = ''; document.body.style.width = '';
             return found;"
        );
        let wide = browser.run(&script).await?;
        let wide = wide.as_array().context("a list")?;
        ensure!(wide.is_empty(), "at {width} and {size}: {wide:?}");
    }
    Ok(())
}

async fn found_by_role(scene: &Scene<'_>) -> Result<()> {
    scene.browser.open(&scene.standing.url).await?;
    scene.browser.wait_finished().await?;
    let following = Lang::ALL.into_iter().cycle().skip(1);
    for (lang, next) in Lang::ALL.into_iter().zip(following) {
        roles::unfold(scene, text::ui(lang, Ui::MoreWays)).await?;
        for (role, key) in [
            (Role::Button, Ui::CopyReport),
            (Role::Button, Ui::DownloadReport),
            (Role::Button, Ui::StartAgain),
            (Role::Combobox, Ui::Language),
            (Role::Heading, Ui::RegionsTitle),
            (Role::Region, Ui::RegionsTitle),
            (Role::Region, Ui::NetworkTitle),
        ] {
            let name = text::ui(lang, key);
            ensure!(roles::has(scene, role, name).await?, "no {role:?} {name}");
        }
        roles::choose(scene, text::ui(lang, Ui::Language), next.tag()).await?;
        let script = format!("document.documentElement.lang === {:?}", next.tag());
        wait_for_script(scene, &script).await?;
    }
    ensure!(roles::has(scene, Role::Status, "").await?, "no status");
    roles::press(scene, text::ui(Lang::En, Ui::StartAgain)).await?;
    scene.browser.wait_running().await?;
    Ok(())
}

async fn axe_in_every_language(scene: &Scene<'_>, state: &str) -> Result<()> {
    for lang in Lang::ALL {
        choose_language(scene.browser, lang).await?;
        axe(scene, &format!("{state}, {}", lang.tag())).await?;
    }
    Ok(())
}

/// Chooses a language in the page's list, and waits until the page speaks it.
pub async fn choose_language(browser: &Browser, lang: Lang) -> Result<()> {
    let script = format!(
        "const list = document.querySelector('#language');
         list.value = {:?}; list.dispatchEvent(new Event('change', {{bubbles: true}}));",
        lang.tag()
    );
    browser.run(&script).await?;
    let is_there = format!("document.documentElement.lang === {:?}", lang.tag());
    wait_in(browser, &is_there, SOON).await
}

/// Every rule of WCAG 2.2 A and AA that axe-core has, and its best practices.
pub async fn axe(scene: &Scene<'_>, state: &str) -> Result<()> {
    let script = format!(
        "{}; const results = await axe.run(document, {{resultTypes: ['violations']}});
         return {{passes: results.passes.length, violations: results.violations.map((found) =>
             `${{found.id}}: ${{found.help}}: ${{found.nodes.map((node) => node.html.slice(0, 200)).join(' | ')}}`)}};",
        hosted::axe()?
    );
    let script = format!("return (async () => {{ {script} }})();");
    let said = scene.browser.run(&script).await?;
    let violations = said["violations"].as_array().context("axe's list")?;
    ensure!(said["passes"].as_u64() > Some(5), "axe looked at nothing");
    ensure!(violations.is_empty(), "{state}: {violations:#?}");
    Ok(())
}
