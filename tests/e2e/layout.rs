//! Whether the page fits: nothing leaves the screen, no text is cut, nothing lies on something else.
//!
//! A test looks at one width and one theme; `cargo xtask screenshots` looks at all of which it makes a picture.

use anyhow::{Context as _, Result, ensure};
use reachcheck_lab::browser::Browser;
use reachcheck_lab::fault::Fault;
use reachcheck_lab::world::World;
use reachcheck_model::catalogue::Kind;

use crate::cases::PageCase;
use crate::handover::paste;
use crate::page::wait_for_script;
use crate::scene::Scene;

/// Words as another language might have them, put in the place of those that are shown; the page keeps its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pseudo {
    /// A script that is written from right to left, half as long again.
    RightToLeft,
    /// Names of regions, networks and people that are long, and have no place to break.
    LongNames,
}

impl Pseudo {
    pub const ALL: [Self; 2] = [Self::RightToLeft, Self::LongNames];

    /// Its name in the names of pictures.
    pub const fn name(self) -> &'static str {
        match self {
            Self::RightToLeft => "rtl",
            Self::LongNames => "long-names",
        }
    }

    const fn script(self) -> &'static str {
        match self {
            // Hebrew letters for Latin ones, and every second word twice.
            Self::RightToLeft => {
                "document.documentElement.dir = 'rtl';
                 each((text) => text.split(' ').map((word, index) => {
                     const other = word.replace(/[a-z]/gi, (c) => String.fromCharCode(0x5d0 + c.toLowerCase().charCodeAt(0) - 97));
                     return index % 2 ? `${other} ${other}` : other;
                 }).join(' '));"
            }
            Self::LongNames => {
                "each((text) => text
                     .replaceAll('Seattle', 'Saint-Quentin-en-Yvelines-Montigny-le-Bretonneux-Zentralverwaltung')
                     .replaceAll('Toronto', 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch')
                     .replaceAll('INC-48213', 'INC-48213-Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'));"
            }
        }
    }

    /// Puts them in.
    pub async fn put(self, browser: &Browser) -> Result<()> {
        let script = format!(
            "const each = (change) => {{
                 const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                 for (let node = walker.nextNode(); node; node = walker.nextNode()) {{
                     if (node.data.trim() && !node.parentElement.closest('script, style, pre, option')) node.data = change(node.data);
                 }}
             }};
             {}",
            self.script()
        );
        browser.run(&script).await?;
        Ok(())
    }
}

/// What is wrong with the layout now, a line each.
pub async fn faults(browser: &Browser, is_print: bool) -> Result<Vec<String>> {
    let script = format!("const isPrint = {is_print};\n{}", include_str!("layout.js"));
    let found = browser.run(&script).await?;
    serde_json::from_value(found).context("a list of lines")
}

/// Opens every fold of the page.
pub const UNFOLD: &str =
    "document.querySelectorAll('details').forEach((fold) => { fold.open = true; })";

pub fn cases() -> Vec<PageCase> {
    vec![
        PageCase {
            name: "looks-whole",
            spoils_browser: false,
            world: || {
                World::with(Fault::DropsEndpoint("seattle", Kind::Tcp))
                    .and(Fault::DropsEndpoint("toronto", Kind::Https))
            },
            check: |scene| Box::pin(looks_whole(scene)),
        },
        PageCase {
            name: "sees-what-does-not-fit",
            spoils_browser: false,
            world: World::default,
            check: |scene| Box::pin(sees_what_does_not_fit(scene)),
        },
    ]
}

/// In the language that takes most room, as narrow as the browser's window can be.
async fn looks_whole(scene: &Scene<'_>) -> Result<()> {
    let (browser, url) = (scene.browser, &scene.standing.url);
    browser.resize(360, 800).await?;
    browser
        .open(&format!("{url}?lang=fr&autostart=0&ticket=INC-48213"))
        .await?;
    wait_for_script(scene, "document.querySelector('#start')").await?;
    is_whole(scene, "before").await?;
    browser.click("#start").await?;
    browser.wait_running().await?;
    is_whole(scene, "running").await?;
    browser.wait_finished().await?;
    is_whole(scene, "blocked").await?;
    let report = browser.report().await?;
    browser.run(UNFOLD).await?;
    is_whole(scene, "blocked, unfolded").await?;
    for pseudo in Pseudo::ALL {
        pseudo.put(browser).await?;
        is_whole(scene, pseudo.name()).await?;
    }
    for (view, there) in [("link", "#build-ticket"), ("watch", "#watch-start")] {
        browser.open("about:blank").await?;
        browser.open(&format!("{url}?lang=fr#{view}")).await?;
        wait_for_script(scene, &format!("document.querySelector('{there}')")).await?;
        is_whole(scene, view).await?;
    }
    browser.open("about:blank").await?;
    browser.open(&format!("{url}?lang=fr#read")).await?;
    wait_for_script(scene, "document.querySelector('#read-input')").await?;
    is_whole(scene, "nothing read").await?;
    paste(scene.browser, &report).await?;
    wait_for_script(scene, "document.querySelector('[data-report]')").await?;
    browser.run(UNFOLD).await?;
    is_whole(scene, "a report that is read").await?;
    for pseudo in Pseudo::ALL {
        pseudo.put(browser).await?;
        is_whole(scene, pseudo.name()).await?;
    }
    browser.resize(1280, 900).await
}

async fn is_whole(scene: &Scene<'_>, state: &str) -> Result<()> {
    let faults = faults(scene.browser, false).await?;
    ensure!(faults.is_empty(), "{state}: {faults:#?}");
    Ok(())
}

/// The look itself: each of what it is to find, put into a page in which it finds nothing.
async fn sees_what_does_not_fit(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    browser
        .open(&format!("{}?autostart=0", scene.standing.url))
        .await?;
    wait_for_script(scene, "document.querySelector('#start')").await?;
    is_whole(scene, "before").await?;
    for (put, expected) in [
        (
            "[['p', 'inline-size: 5000px', 'Wide']]",
            "leaves the screen: p",
        ),
        (
            "[['p', 'inline-size: 3em; overflow: hidden; white-space: nowrap', 'More than three']]",
            "cut: p",
        ),
        (
            "[['p', 'inline-size: 3em; white-space: nowrap', 'More than three']]",
            "leaves its box: “More",
        ),
        (
            "[['p', '', 'One'], ['p', 'margin-block-start: -1lh', 'Other']]",
            "overlap: “One” and “Other”",
        ),
        (
            "[['button', 'inline-size: 4em', ''], ['button', 'margin-inline-start: -1em', 'B']]",
            "overlap: button",
        ),
    ] {
        // By properties, not by attributes: the page's policy lets no style in.
        let put = format!(
            "document.querySelector('#put')?.remove();
             const put = document.body.appendChild(document.createElement('div'));
             put.id = 'put';
             for (const [tag, style, text] of {put}) {{
                 const element = put.appendChild(document.createElement(tag));
                 element.style.cssText = style;
                 element.textContent = text;
             }}"
        );
        browser.run(&put).await?;
        let faults = faults(browser, false).await?;
        let is_seen = faults.iter().any(|fault| fault.starts_with(expected));
        ensure!(is_seen, "{expected}: {faults:?}");
    }
    Ok(())
}
