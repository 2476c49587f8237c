//! The hand-over: what one page writes, another reads; nothing leaves the browser without a press.

use anyhow::{Context as _, Result, ensure};
use reachcheck_diagnosis::diagnosis::Verdict;
use reachcheck_handover::codec;
use reachcheck_handover::snapshot::Snapshot;
use reachcheck_lab::browser::Browser;
use reachcheck_lab::fault::Fault;
use reachcheck_lab::world::World;
use reachcheck_model::catalogue::Kind;

use crate::cases::PageCase;
use crate::page::{KEEP_DOWNLOADS, SOON, unfold, wait_for_script};
use crate::scene::Scene;

pub fn cases() -> Vec<PageCase> {
    vec![
        PageCase {
            name: "hand-over-what-is-copied-is-read",
            spoils_browser: false,
            world: blocked,
            check: |scene| Box::pin(read_back(scene)),
        },
        PageCase {
            name: "hand-over-link-opens-without-probing",
            spoils_browser: false,
            world: blocked,
            check: |scene| Box::pin(link(scene)),
        },
        PageCase {
            name: "hand-over-left-out-is-gone",
            spoils_browser: false,
            world: World::default,
            check: |scene| Box::pin(left_out(scene)),
        },
        PageCase {
            name: "hand-over-sent-by-a-press-only",
            spoils_browser: false,
            world: World::default,
            check: |scene| Box::pin(send(scene)),
        },
        PageCase {
            name: "hand-over-support-link-builder",
            spoils_browser: false,
            world: World::default,
            check: |scene| Box::pin(builder(scene)),
        },
    ]
}

fn blocked() -> World {
    World::with(Fault::DropsEndpoint("seattle", Kind::Tcp))
}

async fn run(scene: &Scene<'_>, query: &str) -> Result<()> {
    let url = format!("{}{query}", scene.standing.url);
    scene.browser.open(&url).await?;
    scene.browser.wait_finished().await?;
    Ok(())
}

/// The text that a script gives.
async fn text(scene: &Scene<'_>, script: &str) -> Result<String> {
    let value = scene.browser.run(&format!("return {script}")).await?;
    let text = value
        .as_str()
        .with_context(|| format!("no text: {script}"))?;
    Ok(text.to_owned())
}

/// Pastes into Read a report, and reads.
pub async fn paste(browser: &Browser, pasted: &str) -> Result<()> {
    let pasted = serde_json::to_string(pasted)?;
    browser
        .run(&format!(
            "const area = document.querySelector('#read-input');
             area.value = {pasted};
             area.dispatchEvent(new InputEvent('input', {{bubbles: true}}));"
        ))
        .await?;
    browser.click("#read-button").await
}

/// The report in a text that has one.
pub fn only(text: &str) -> Result<Snapshot> {
    let mut results = codec::read(text);
    ensure!(results.len() == 1, "{results:?}");
    let result = results.remove(0);
    result.map_err(|refusal| anyhow::anyhow!("{refusal:?}"))
}

async fn read_back(scene: &Scene<'_>) -> Result<()> {
    run(scene, "?ticket=INC-48213").await?;
    let report = scene.browser.report().await?;
    let code = text(scene, "document.querySelector('#report-code').textContent").await?;
    ensure!(code.len() <= 10, "{code}");
    let snapshot = only(&report)?;
    ensure!(
        snapshot.diagnosis.headline == Verdict::Blocked,
        "{snapshot:?}"
    );
    ensure!(
        snapshot.ticket.as_deref() == Some("INC-48213"),
        "{snapshot:?}"
    );
    scene.look("report").await?;
    scene.browser.click("#read-report").await?;
    wait_for_script(scene, "document.querySelector('#read-input')").await?;
    // As it comes out of a mail: quoted, with a name and a time before.
    let quoted = format!(
        "On Tue, Paul U. wrote:\n> {}",
        report.replace('\n', "\r\n> ")
    );
    paste(scene.browser, &quoted).await?;
    let shown = "document.querySelector('[data-report=\"1\"]')";
    wait_for_script(scene, &format!("{shown}?.dataset.verdict === 'blocked'")).await?;
    scene.look("read").await?;
    wait_for_script(
        scene,
        &format!(
            "{shown}.querySelector('[data-region=seattle]').dataset.verdict === 'blocked'
             && {shown}.querySelector('[data-region=toronto]').dataset.verdict === 'reachable'
             && {shown}.querySelector('[data-finding=dropped]').dataset.scope === 'seattle'
             && {shown}.textContent.includes('INC-48213')"
        ),
    )
    .await?;
    // Twice with a difference: side by side.
    let mut other = snapshot.clone();
    other.diagnosis.regions[2].verdict = Verdict::Reachable;
    paste(
        scene.browser,
        &format!("{report}\n{}", codec::block(&other).join("\n")),
    )
    .await?;
    wait_for_script(
        scene,
        "[...document.querySelectorAll('#comparison [data-differs=true]')].some((row) => row.textContent.includes('Seattle'))",
    )
    .await?;
    scene.look("compared").await?;
    paste(scene.browser, &code.to_lowercase()).await?;
    wait_for_script(
        scene,
        "document.querySelector('[data-code-verdict=blocked] [data-finding=dropped]')",
    )
    .await?;
    // What is no report is refused as text, never taken as markup.
    let hostile = "Reachcheck <img src=x onerror=document.title='taken'><script>document.title='taken'</script>";
    paste(scene.browser, hostile).await?;
    wait_for_script(
        scene,
        "document.querySelector('.reader__problems li') && !document.querySelector('main img, main script:not(#trace)')
         && document.title !== 'taken'",
    )
    .await?;
    refuse_noise(scene).await?;
    // The check is as it was.
    scene.browser.click("#back-to-check").await?;
    wait_for_script(
        scene,
        "!document.querySelector('#read-input') && document.querySelector('main').dataset.run === 'finished'",
    )
    .await?;
    ensure!(
        scene.browser.report().await?.contains(&code[..5]),
        "another run"
    );
    Ok(())
}

/// A megabyte of it, in less time than a person notices, on a machine that is ten times as busy as theirs.
async fn refuse_noise(scene: &Scene<'_>) -> Result<()> {
    let fastest = scene
        .browser
        .run(
            "const letters = '0123456789ABCDEFGHJKMNPQRSTUVWXYZ <>&#\\n';
             const area = document.querySelector('#read-input');
             const next = () => new Promise((done) => setTimeout(done));
             const once = async (first) => {
               area.value = first + Array.from({length: 1 << 20}, () => letters[Math.random() * letters.length | 0]).join('');
               area.dispatchEvent(new InputEvent('input', {bubbles: true}));
               await next();
               const began = performance.now();
               document.querySelector('#read-button').click();
               await next();
               return performance.now() - began;
             };
             return (async () => {
               const times = [];
               for (const first of '12345') times.push(await once(first));
               return Math.min(...times);
             })();",
        )
        .await?;
    let fastest = fastest.as_f64().context("no time")?;
    ensure!(fastest < 1_000.0, "{fastest} ms");
    let note = format!("a megabyte of noise is refused in {fastest:.0} ms");
    scene.told.borrow_mut().notes.push(note);
    wait_for_script(scene, "document.querySelector('.reader__problems li')").await
}

async fn link(scene: &Scene<'_>) -> Result<()> {
    run(scene, "?ticket=INC-48213").await?;
    let link = text(scene, "document.querySelector('#report-link').href").await?;
    ensure!(link.len() < 1800, "{} characters", link.len());
    // Last as it is, before that as mail gateways leave it.
    for sign in ["%253D", "%3D", "="] {
        scene.browser.open("about:blank").await?;
        let link = link.replacen('=', sign, 1);
        scene.browser.open(&link).await?;
        wait_for_script(
            scene,
            "document.querySelector('[data-report][data-verdict=blocked]')",
        )
        .await?;
    }
    // Long enough for a run to have begun.
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    scene.look("link").await?;
    let hosts = text(
        scene,
        "performance.getEntriesByType('resource').map((e) => new URL(e.name).pathname).join(' ')",
    )
    .await?;
    ensure!(!hosts.contains("/relay/"), "probes: {hosts}");
    wait_for_script(
        scene,
        "document.querySelector('main').dataset.run === undefined
         && performance.getEntriesByType('resource').every((e) => new URL(e.name).origin === location.origin)",
    )
    .await?;
    // Nobody is asked for anything, so nobody needs to be there.
    scene
        .browser
        .run("window.fetch = () => { document.title = 'asked'; return Promise.reject(new Error('no network')); };")
        .await?;
    let fragment = link.split_once('#').context("a fragment")?.1.to_owned();
    paste(
        scene.browser,
        &format!("https://elsewhere.example/#{fragment}"),
    )
    .await?;
    wait_for_script(
        scene,
        "document.querySelector('[data-report][data-verdict=blocked]') && document.title !== 'asked'",
    )
    .await
}

async fn left_out(scene: &Scene<'_>) -> Result<()> {
    run(scene, "").await?;
    let whole = only(&scene.browser.report().await?)?;
    let address = whole.address.context("the relay saw an address")?;
    let browser = whole.browser.context("the browser has a name")?.name;
    for (control, gone) in [
        ("#include-address", &address),
        ("#include-browser", &browser),
    ] {
        unfold(scene, "#report-panel").await?;
        scene.browser.click(control).await?;
        let script =
            format!("!document.querySelector('#report-text').textContent.includes('{gone}')");
        wait_for_script(scene, &script).await?;
    }
    scene.look("left-out").await?;
    let report = scene.browser.report().await?;
    let link = text(scene, "document.querySelector('#report-link').href").await?;
    let mail = text(
        scene,
        "decodeURIComponent(document.querySelector('#mail-report').href)",
    )
    .await?;
    for handed_over in [&report, &link, &mail] {
        ensure!(!handed_over.contains(&address), "{handed_over}");
        ensure!(!handed_over.contains(&browser), "{handed_over}");
        let snapshot = only(handed_over)?;
        ensure!(
            snapshot.address.is_none() && snapshot.browser.is_none(),
            "{snapshot:?}"
        );
    }
    scene.browser.run(KEEP_DOWNLOADS).await?;
    unfold(scene, ".ways").await?;
    scene.browser.click("#download-report").await?;
    wait_for_script(
        scene,
        "window.saved.text === document.querySelector('#report-text').textContent",
    )
    .await?;
    // And back again.
    scene.browser.click("#include-address").await?;
    let script =
        format!("document.querySelector('#report-text').textContent.includes('{address}')");
    wait_for_script(scene, &script).await
}

async fn send(scene: &Scene<'_>) -> Result<()> {
    run(scene, "?ticket=INC-48213").await?;
    let mail = text(scene, "document.querySelector('#mail-report').href").await?;
    ensure!(mail.len() <= 2000, "{} characters", mail.len());
    ensure!(
        mail.starts_with("mailto:help@desk.example?subject=%5BINC-48213%5D"),
        "{mail}"
    );
    scene
        .browser
        .run(
            "window.posts = []; window.answer = 500;
             window.fetch = async (request) => {
               const {url, method} = request;
               window.posts.push({url, method, body: await request.text()});
               return new Response('', {status: window.answer});
             };",
        )
        .await?;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    wait_for_script(
        scene,
        "window.posts.every((post) => !post.url.includes('desk.example'))",
    )
    .await?;
    unfold(scene, ".ways").await?;
    scene.browser.click("#send-report").await?;
    wait_for_script(
        scene,
        "document.querySelector('#send-report + .copy-status--refused')",
    )
    .await?;
    scene.look("not-sent").await?;
    scene.browser.run("window.answer = 200;").await?;
    scene.browser.click("#send-report").await?;
    wait_for_script(
        scene,
        "document.querySelector('#send-report + .copy-status--done')",
    )
    .await?;
    scene.look("sent").await?;
    wait_for_script(
        scene,
        "(() => { const post = window.posts.filter((post) => post.url === 'https://desk.example/reports').at(-1);
                  const report = JSON.parse(post.body);
                  return post.method === 'POST' && report.ticket === 'INC-48213'
                    && report.text === document.querySelector('#report-text').textContent; })()",
    )
    .await
}

async fn builder(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    browser
        .open(&format!("{}#link", scene.standing.url))
        .await?;
    wait_for_script(scene, "document.activeElement?.id === 'build-ticket'").await?;
    browser.type_keys("INC 48213/2").await?;
    browser
        .run(
            "const select = document.querySelector('#build-language');
             select.value = 'fr-CA'; select.dispatchEvent(new Event('change', {bubbles: true}));",
        )
        .await?;
    for id in ["toronto", "virginia"] {
        browser
            .click(&format!("[name=build-region][value={id}]"))
            .await?;
    }
    let expected = "?ticket=INC+48213%2F2&lang=fr-CA&regions=seattle,virginia-seattle";
    let script = format!("document.querySelector('#build-link').href.endsWith('{expected}')");
    wait_for_script(scene, &script).await?;
    wait_for_script(
        scene,
        "document.querySelector('svg#build-qr path').getAttribute('d').length > 1000",
    )
    .await?;
    scene.look("builder").await?;
    let link = text(scene, "document.querySelector('#build-link').href").await?;
    browser.open("about:blank").await?;
    browser.open(&link).await?;
    let hooks = browser
        .wait_for("the check of that link", SOON, |hooks| {
            hooks.run == "finished"
        })
        .await?;
    ensure!(
        hooks.regions.keys().eq(["seattle", "virginia-seattle"]),
        "{hooks:?}"
    );
    wait_for_script(
        scene,
        "document.documentElement.lang === 'fr-CA' && document.querySelector('#report-text').textContent.includes('INC 48213/2')",
    )
    .await
}
