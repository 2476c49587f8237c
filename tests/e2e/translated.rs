//! The helpdesk's views while the browser translates them: text nodes are wrapped, or replaced, as they come.

use anyhow::{Context as _, Result, ensure};
use reachcheck_handover::codec;
use reachcheck_lab::fault::Fault;
use reachcheck_lab::world::World;
use reachcheck_model::catalogue::Kind;
use reachcheck_model::lang::Lang;
use reachcheck_texts::watch::{self as watch_text, WatchUi};
use reachcheck_texts::{self as text, HelpdeskUi, Ui};

use crate::access::choose_language;
use crate::cases::PageCase;
use crate::handover::{only, paste};
use crate::page::wait_for_script;
use crate::scene::Scene;
use crate::watching::{self, FASTEST};

pub fn cases() -> Vec<PageCase> {
    vec![
        PageCase {
            name: "translated-check-stays-as-it-is",
            spoils_browser: false,
            world: World::default,
            check: |scene| Box::pin(check_stays(scene)),
        },
        PageCase {
            name: "translated-helpdesk-texts-wrapped",
            spoils_browser: false,
            world: || World::with(Fault::DropsEndpoint("seattle", Kind::Tcp)),
            check: |scene| Box::pin(helpdesk(scene, "wrap")),
        },
        PageCase {
            name: "translated-helpdesk-texts-replaced",
            spoils_browser: false,
            world: || World::with(Fault::DropsEndpoint("seattle", Kind::Tcp)),
            check: |scene| Box::pin(helpdesk(scene, "replace")),
        },
        PageCase {
            name: "watch-translated-texts-wrapped",
            spoils_browser: false,
            world: || watching::at(FASTEST),
            check: |scene| Box::pin(watch(scene, "wrap")),
        },
        PageCase {
            name: "watch-translated-texts-replaced",
            spoils_browser: false,
            world: || watching::at(FASTEST),
            check: |scene| Box::pin(watch(scene, "replace")),
        },
    ]
}

/// A translator of everything that may be translated, as it is and as it comes; and a list of what went wrong.
const TRANSLATOR: &str = "
    window.wrong = [];
    for (const event of ['error', 'unhandledrejection']) {
        addEventListener(event, (it) => wrong.push(`${event}: ${it.message ?? it.reason}`));
    }
    const error = console.error;
    console.error = (...said) => { wrong.push(said.map(String).join(' ')); error(...said); };
    window.translate = (root, how) => {
        const all = () => {
            const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
            const texts = [];
            while (walker.nextNode()) texts.push(walker.currentNode);
            for (const text of texts.filter((it) => !it.parentElement.closest('font, script, [translate=no]'))) {
                const font = document.createElement('font');
                text.replaceWith(font);
                if (how === 'wrap') font.append(text);
                else font.textContent = `«${text.data}»`;
            }
        };
        all();
        new MutationObserver(all).observe(root, {subtree: true, childList: true, characterData: true});
    };";

async fn translate(scene: &Scene<'_>, how: &str) -> Result<()> {
    scene.browser.run(TRANSLATOR).await?;
    let script = format!("window.translate(document.querySelector('#desk'), '{how}')");
    scene.browser.run(&script).await?;
    wait_for_script(scene, "document.querySelector('#desk h1 font')").await
}

/// Waits until an element says this, translated.
async fn says(scene: &Scene<'_>, selector: &str, words: &str) -> Result<()> {
    let words = serde_json::to_string(words)?;
    let script = format!(
        "(() => {{ const it = document.querySelector('{selector}');
                   return it?.querySelector('font') && it.textContent.replace(/[«»]/g, '') === {words}; }})()"
    );
    wait_for_script(scene, &script).await
}

async fn nothing_went_wrong(scene: &Scene<'_>) -> Result<()> {
    let wrong = scene.browser.run("return window.wrong").await?;
    ensure!(wrong == serde_json::json!([]), "{wrong}");
    Ok(())
}

/// A translator finds nothing to translate in the check.
async fn check_stays(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    browser
        .open(&format!("{}?autostart=0", scene.standing.url))
        .await?;
    wait_for_script(scene, "document.querySelector('#start')").await?;
    browser.run(TRANSLATOR).await?;
    browser
        .run("window.translate(document.querySelector('#check'), 'replace')")
        .await?;
    let hooks = browser.run_again().await?;
    ensure!(hooks.verdict == "reachable", "{hooks:#?}");
    choose_language(scene.browser, Lang::Es).await?;
    wait_for_script(scene, "!document.querySelector('#check font')").await?;
    nothing_went_wrong(scene).await
}

/// Reading, comparing, another language, and the support link.
async fn helpdesk(scene: &Scene<'_>, how: &str) -> Result<()> {
    let browser = scene.browser;
    browser
        .open(&format!("{}?ticket=INC-48213", scene.standing.url))
        .await?;
    browser.wait_finished().await?;
    let report = browser.report().await?;
    let code = browser
        .run("return document.querySelector('#report-code').textContent")
        .await?;
    let code = code.as_str().context("no code")?.to_owned();
    browser.click("#read-report").await?;
    wait_for_script(scene, "document.querySelector('#read-input')").await?;
    translate(scene, how).await?;

    paste(scene.browser, &report).await?;
    wait_for_script(
        scene,
        "document.querySelector('[data-report=\"1\"][data-verdict=blocked] [data-finding=dropped]')",
    )
    .await?;
    for lang in [Lang::Fr, Lang::Es, Lang::En] {
        choose_language(scene.browser, lang).await?;
        says(scene, "#desk h1", text::ui(lang, Ui::ReadReport)).await?;
        let hint = text::helpdesk_ui(lang, HelpdeskUi::ReadHint);
        says(scene, "#read-hint", hint).await?;
        let findings = text::ui(lang, Ui::FindingsTitle);
        says(scene, "[data-report] .findings h2", findings).await?;
    }
    let mut other = only(&report)?;
    other.diagnosis.regions[2].verdict = reachcheck_diagnosis::diagnosis::Verdict::Reachable;
    let both = format!("{report}\n{}", codec::block(&other).join("\n"));
    paste(scene.browser, &both).await?;
    wait_for_script(
        scene,
        "[...document.querySelectorAll('#comparison [data-differs=true]')].some((row) => row.textContent.includes('Seattle'))",
    )
    .await?;
    paste(scene.browser, &code).await?;
    wait_for_script(
        scene,
        "document.querySelector('[data-code-verdict=blocked] [data-finding=dropped]') && !document.querySelector('#comparison')",
    )
    .await?;
    paste(scene.browser, "nothing of ours").await?;
    wait_for_script(
        scene,
        "document.querySelector('.reader__problems li font') && !document.querySelector('[data-code-verdict]')",
    )
    .await?;
    browser.click("#read-clear").await?;
    wait_for_script(
        scene,
        "!document.querySelector('.reader__problems li') && document.querySelector('#read-status').textContent === ''",
    )
    .await?;
    support_link(scene).await?;
    // Codes and addresses are left as they are.
    wait_for_script(
        scene,
        "document.querySelector('#build-link') && !document.querySelector('#build-link font, code font, pre font')",
    )
    .await?;
    browser.click("#back-to-check").await?;
    wait_for_script(
        scene,
        "!document.querySelector('#read-input') && document.querySelector('#start').offsetParent",
    )
    .await?;
    nothing_went_wrong(scene).await
}

/// A notice comes between the parts of a form, and goes.
async fn support_link(scene: &Scene<'_>) -> Result<()> {
    for (ticket, selector) in [
        ("<no ticket>", ".builder__form [role=alert] font"),
        ("48213", "#build-link[href*=\"ticket=48213\"]"),
    ] {
        let script = format!(
            "const field = document.querySelector('#build-ticket'); field.value = '{ticket}';
             field.dispatchEvent(new InputEvent('input', {{bubbles: true}}));"
        );
        scene.browser.run(&script).await?;
        wait_for_script(scene, &format!("document.querySelector('{selector}')")).await?;
    }
    wait_for_script(
        scene,
        "!document.querySelector('.builder__form [role=alert]')",
    )
    .await?;
    scene
        .browser
        .click("[name=build-region][value=toronto]")
        .await?;
    wait_for_script(
        scene,
        "document.querySelector('#build-link').textContent.includes('regions=virginia')",
    )
    .await?;
    scene.browser.click("#build-copy").await?;
    wait_for_script(scene, "document.querySelector('#build-copy + p font')").await
}

/// A watch from its start to its end, with another view and another language between.
async fn watch(scene: &Scene<'_>, how: &str) -> Result<()> {
    let browser = scene.browser;
    browser.start_watch(&scene.standing.url).await?;
    translate(scene, how).await?;
    watching::until_stands(scene).await?;
    wait_for_script(
        scene,
        "document.querySelectorAll('[data-entry] font').length > 4",
    )
    .await?;
    browser.run("location.hash = '#read'").await?;
    wait_for_script(scene, "document.querySelector('#read-button font')").await?;
    choose_language(scene.browser, Lang::Fr).await?;
    browser.run("location.hash = '#watch'").await?;
    wait_for_script(scene, "!document.querySelector('#read-button')").await?;
    says(
        scene,
        "main[data-watch] h1",
        watch_text::ui(Lang::Fr, WatchUi::Title),
    )
    .await?;
    watching::stop(scene).await?;
    says(
        scene,
        "#watch-start",
        watch_text::ui(Lang::Fr, WatchUi::Start),
    )
    .await?;
    browser.click("#watch-copy").await?;
    wait_for_script(scene, "document.querySelector('#watch-copy + p font')").await?;
    browser.click("#watch-forget").await?;
    wait_for_script(
        scene,
        "document.querySelector('main[data-watch=idle]') && !document.querySelector('[data-entry]')",
    )
    .await?;
    nothing_went_wrong(scene).await
}
