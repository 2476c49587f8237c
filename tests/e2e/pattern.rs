//! Many reports at once: the pattern, files, names, the export, and five hundred of them.

use anyhow::{Context as _, Result, ensure};
use reachcheck_diagnosis::diagnosis::Verdict;
use reachcheck_handover::codec;
use reachcheck_handover::snapshot::Snapshot;
use reachcheck_lab::fault::Fault;
use reachcheck_lab::world::World;
use reachcheck_model::catalogue::Kind;
use reachcheck_model::lang::Lang;

use crate::access::{axe, choose_language};
use crate::cases::PageCase;
use crate::handover::{only, paste};
use crate::page::{KEEP_DOWNLOADS, wait_for_script};
use crate::scene::Scene;

pub fn cases() -> Vec<PageCase> {
    vec![PageCase {
        name: "pattern-of-many-reports",
        spoils_browser: false,
        world: || World::with(Fault::DropsEndpoint("seattle", Kind::Tcp)),
        check: |scene| Box::pin(pattern(scene)),
    }]
}

/// Reports of as many people, made of one in which Seattle is blocked: so it is for two of three, all in one office.
pub fn team(report: &str, count: usize) -> Result<Vec<String>> {
    let blocked = only(report)?;
    let old = codec::block(&blocked).join("\n");
    ensure!(report.contains(&old), "no block: {report}");
    let mut well = blocked.clone();
    let seattle = &mut well.diagnosis.regions[2];
    seattle.verdict = Verdict::Reachable;
    seattle.checks[1].conclusion = seattle.checks[0].conclusion.clone();
    well.diagnosis.headline = Verdict::Reachable;
    well.diagnosis.findings.clear();
    let person = |number: usize| {
        let is_blocked = number % 3 < 2;
        let mut person: Snapshot = if is_blocked {
            blocked.clone()
        } else {
            well.clone()
        };
        person.address = Some(match is_blocked {
            true => "203.0.113.7".to_owned(),
            false => format!("198.51.{}.{}", number / 250, number % 250 + 1),
        });
        person.ticket = Some(format!("INC-{}", 48_000 + number));
        person.started.unix_ms += number as f64 * 90_000.0;
        report.replace(&old, &codec::block(&person).join("\n"))
    };
    Ok((0..count).map(person).collect())
}

async fn pattern(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    browser.resize(1280, 800).await?;
    browser.open(&scene.standing.url).await?;
    browser.wait_finished().await?;
    let report = browser.report().await?;
    let people = team(&report, 13)?;
    browser.click("#read-report").await?;
    wait_for_script(scene, "document.querySelector('#read-input')").await?;
    // Nothing is sent or kept; the words of another language may be asked for, and the check's late probes are still out.
    browser
        .run(
            "window.kept = JSON.stringify([localStorage, sessionStorage]);
             const own = window.fetch;
             window.fetch = (what, ...more) => {
               if (/-texts-[a-z]+-[0-9a-f]+\\.txt$/.test(what.url ?? what)) return own(what, ...more);
               const url = String(what.url ?? what);
               if (what.method !== 'GET' || url.startsWith(location.origin) || url.length > 100) window.asked = url;
               return Promise.reject(new Error('no network'));
             };",
        )
        .await?;
    paste(scene.browser, &people[..12].join("\n\n")).await?;
    wait_for_script(
        scene,
        "document.querySelectorAll('#matrix tr[data-case]').length === 12
         && document.querySelector('#pattern').textContent.includes('8 of 12 are blocked in Seattle. All 8 are behind 203.0.113.7. None of the other 4 is.')
         && document.querySelector('#matrix-group').value === 'address'
         && document.querySelectorAll('#matrix [data-group=\"203.0.113.7\"] [data-cell=blocked][data-column=seattle]').length === 8",
    )
    .await?;
    scene.look("twelve").await?;
    // Words and all twelve rows, without scrolling.
    let fits = "['#pattern', '#matrix tbody:last-child'].map((it) => document.querySelector(it).getBoundingClientRect().bottom)";
    let bottoms = browser.run(&format!("return {fits}")).await?;
    let bottoms: Vec<f64> = serde_json::from_value(bottoms)?;
    let height = browser.run("return innerHeight").await?;
    // The window's own bars take some of the 800.
    ensure!(
        bottoms.iter().all(|bottom| *bottom <= 800.0),
        "{bottoms:?} of {height}"
    );
    files(scene, &people[11..]).await?;
    names(scene).await?;
    export(scene).await?;
    // One press away: two of them side by side, and one as its agent saw it.
    browser.click("#compare > summary").await?;
    wait_for_script(
        scene,
        "[...document.querySelectorAll('#comparison [data-differs=true]')].some((row) => row.textContent.includes('Seattle'))",
    )
    .await?;
    ensure!(
        browser
            .run("return document.querySelector('[data-report]')")
            .await?
            .is_null(),
        "a report is drawn before it is unfolded"
    );
    browser.click("#matrix tr[data-case='3'] button").await?;
    wait_for_script(
        scene,
        "document.querySelector('#report-3[open] [data-report=\"3\"][data-verdict=reachable]')
         && document.activeElement.id === 'report-3-summary'",
    )
    .await?;
    for lang in [Lang::Fr, Lang::Es, Lang::En] {
        choose_language(scene.browser, lang).await?;
        axe(scene, &format!("pattern, {}", lang.tag())).await?;
    }
    let seen =
        "return [window.kept, JSON.stringify([localStorage, sessionStorage]), window.asked ?? '']";
    let seen: [String; 3] = serde_json::from_value(browser.run(seen).await?)?;
    ensure!(seen[0] == seen[1] && seen[2].is_empty(), "{seen:#?}");
    many(scene, &team(&report, 500)?).await
}

/// One by the field, and two dropped, of which one is there already.
async fn files(scene: &Scene<'_>, texts: &[String]) -> Result<()> {
    let texts = serde_json::to_string(texts)?;
    scene
        .browser
        .run(&format!(
            "const files = (names, texts) => {{
               const data = new DataTransfer();
               names.forEach((name, at) => data.items.add(new File([texts[at]], name, {{type: 'text/plain'}})));
               return data;
             }};
             const texts = {texts};
             document.querySelector('.reading').dispatchEvent(
               new DragEvent('drop', {{dataTransfer: files(['a.txt', 'b.txt'], texts), bubbles: true, cancelable: true}}));
             const field = document.querySelector('#read-files');
             field.files = files(['notes.txt'], ['Nothing of ours']).files;
             field.dispatchEvent(new Event('change', {{bubbles: true}}));"
        ))
        .await?;
    wait_for_script(
        scene,
        "document.querySelectorAll('#matrix tr[data-case]').length === 13
         && document.querySelector('#read-status').textContent === '13 reports were read. 1 copy is not shown again.'
         && [...document.querySelectorAll('[data-refused]')].some((it) => it.textContent.startsWith('notes.txt: '))",
    )
    .await
}

/// A name stays with its report, and two of one name are one person.
async fn names(scene: &Scene<'_>) -> Result<()> {
    let name = |case: usize, name: &str| {
        format!(
            "{{ const field = document.querySelector('#matrix tr[data-case=\"{case}\"] input');
                field.value = '{name}'; field.dispatchEvent(new Event('change', {{bubbles: true}})); }}"
        )
    };
    let script = [name(1, "=Anna"), name(3, "=Anna")].concat();
    // Each is drawn before the next is typed.
    scene.browser.run(&name(1, "=Anna")).await?;
    wait_for_script(
        scene,
        "document.querySelector('#matrix tr[data-case=\"1\"] input').value === '=Anna'
         && document.querySelector('#report-1-summary').textContent.includes('=Anna')",
    )
    .await?;
    scene.browser.run(&script).await?;
    wait_for_script(
        scene,
        "document.querySelector('#pattern').textContent.includes('Mended: Seattle.')
         && document.querySelector('#matrix .matrix__earlier').dataset.case === '1'",
    )
    .await
}

async fn export(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    browser.run(KEEP_DOWNLOADS).await?;
    browser.click("#pattern-save").await?;
    wait_for_script(
        scene,
        "window.saved?.text === document.querySelector('#pattern-text').textContent
         && window.saved.text.includes('are blocked in Seattle') && /^reachcheck-\\d{8}-\\d{6}\\.txt$/.test(window.saved.name)",
    )
    .await?;
    browser.click("#pattern-save-csv").await?;
    wait_for_script(
        scene,
        "/^reachcheck-\\d{8}-\\d{6}\\.csv$/.test(window.saved.name) && window.saved.text.includes('\"\\'=Anna\"')
         && window.saved.text.split('\\r\\n').length === 15",
    )
    .await?;
    for button in ["#pattern-copy", "#pattern-copy-csv"] {
        browser.click(button).await?;
        let said = format!(
            "document.querySelector('{button} + .copy-status--done, {button} + .copy-status--refused')"
        );
        wait_for_script(scene, &said).await?;
    }
    Ok(())
}

/// From the press until every row stands there, on a machine that is ten times as busy as theirs.
async fn many(scene: &Scene<'_>, people: &[String]) -> Result<()> {
    let browser = scene.browser;
    browser.click("#read-clear").await?;
    let pasted = serde_json::to_string(&people.join("\n\n"))?;
    let took = browser
        .run(&format!(
            "const area = document.querySelector('#read-input');
             area.value = {pasted};
             area.dispatchEvent(new InputEvent('input', {{bubbles: true}}));
             const next = () => new Promise((done) => setTimeout(done));
             return (async () => {{
               await next();
               const began = performance.now();
               document.querySelector('#read-button').click();
               while (document.querySelectorAll('#matrix tr[data-case]').length < 500) {{
                 if (performance.now() - began > 20_000) return document.querySelector('#read-status').textContent;
                 await next();
               }}
               return performance.now() - began;
             }})();"
        ))
        .await?;
    let took = took.as_f64().with_context(|| format!("{took}"))?;
    let note = format!("500 reports are read and shown in {took:.0} ms");
    scene.told.borrow_mut().notes.push(note);
    ensure!(took < 10_000.0, "{took} ms");
    scene.look("five-hundred").await?;
    // Of so many, those are listed that were asked for, as often as they are.
    for _ in 0..2 {
        browser.click("#matrix tr[data-case='400'] button").await?;
        wait_for_script(
            scene,
            "document.querySelectorAll('.reader__one').length === 1
             && document.querySelector('#report-400[open] [data-report=\"400\"]')
             && document.activeElement.id === 'report-400-summary'",
        )
        .await?;
    }
    Ok(())
}
