//! Pictures for people to look at: each state, in both themes, three widths and every language, and as it prints.

use std::path::Path;

use anyhow::Result;
use reachcheck_lab::browser::{Browser, Look};
use reachcheck_lab::engine::Engine;
use reachcheck_lab::fault::Fault;
use reachcheck_lab::world::{Lab, World};
use reachcheck_model::catalogue::Kind;
use reachcheck_model::lang::Lang;

use crate::hosted::Nginx;

/// A phone, a tablet, a desk.
const WIDTHS: [u32; 3] = [360, 768, 1280];

/// Makes them all.
pub async fn run(lab: &Lab, page: &Path, folder: &Path) -> Result<()> {
    let browser = Browser::start(Engine::Chromium, lab, World::default().setting()).await?;
    let blocked = || {
        World::with(Fault::DropsEndpoint("seattle", Kind::Tcp))
            .and(Fault::DropsEndpoint("toronto", Kind::Https))
    };
    for (state, world, query) in [
        ("idle", World::default(), "?autostart=0"),
        ("well", World::default(), "?ticket=INC-48213"),
        ("blocked", blocked(), "?ticket=INC-48213"),
        ("running", blocked(), ""),
    ] {
        let standing = lab.stand(&world)?;
        browser.open(&format!("{}{query}", standing.url)).await?;
        match state {
            "idle" => {
                let idle = |hooks: &reachcheck_lab::browser::Hooks| !hooks.regions.is_empty();
                browser
                    .wait_for("the page", crate::page::SOON, idle)
                    .await?;
            }
            "running" => {
                browser.wait_running().await?;
            }
            _ => {
                browser.wait_finished().await?;
            }
        }
        take(&browser, folder, state).await?;
        browser.open("about:blank").await?;
    }
    let standing = lab.stand(&World::default())?;
    browser
        .open(&format!("{}?autostart=0", standing.url))
        .await?;
    let idle = |hooks: &reachcheck_lab::browser::Hooks| !hooks.regions.is_empty();
    browser
        .wait_for("the page", crate::page::SOON, idle)
        .await?;
    Fault::Unplugged.set()?;
    browser.click("#start").await?;
    browser.wait_running().await?;
    browser.wait_finished().await?;
    take(&browser, folder, "offline").await?;
    browser.open("about:blank").await?;

    let own = lab.folder().join("gallery");
    std::fs::create_dir_all(own.join("nginx"))?;
    let no_wasm = "location ~ \\.wasm$ { return 403; }";
    let _nginx = Nginx::start(&own, page, no_wasm)?;
    browser.open(&Nginx::url("")).await?;
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    for look in looks() {
        shoot(&browser, folder, "first", "all", look).await?;
    }
    browser.close().await
}

async fn take(browser: &Browser, folder: &Path, state: &str) -> Result<()> {
    for lang in Lang::ALL {
        let tag = lang.tag();
        let choose = format!(
            "const list = document.querySelector('#language');
             list.value = {tag:?}; list.dispatchEvent(new Event('change', {{bubbles: true}}));"
        );
        browser.run(&choose).await?;
        for look in looks() {
            shoot(browser, folder, state, tag, look).await?;
        }
    }
    Ok(())
}

/// Both themes at every width, and on one of them colours that the system forces; and as it prints.
fn looks() -> Vec<Look> {
    let plain = Look {
        width: 1280,
        dark: false,
        print: false,
        forced: false,
    };
    let mut looks = Vec::new();
    for dark in [false, true] {
        looks.extend(WIDTHS.map(|width| Look {
            width,
            dark,
            ..plain
        }));
        let forced = true;
        looks.push(Look {
            dark,
            forced,
            ..plain
        });
    }
    looks.push(Look {
        // A4 between margins of 12 mm, at 96 pixels an inch.
        width: 703,
        print: true,
        ..plain
    });
    looks
}

async fn shoot(
    browser: &Browser,
    folder: &Path,
    state: &str,
    lang: &str,
    look: Look,
) -> Result<()> {
    let theme = match look {
        Look { print: true, .. } => "print",
        Look { forced, dark, .. } => match (forced, dark) {
            (false, false) => "light",
            (false, true) => "dark",
            (true, false) => "forced-light",
            (true, true) => "forced-dark",
        },
    };
    let file = folder.join(format!("{state}-{lang}-{theme}-{}.png", look.width));
    browser.picture(look, &file).await
}
