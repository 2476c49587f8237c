//! Rows about how browsers are used: who notices that a part of one stands still, and what a second visit finds. Each
//! starts the browser itself; what looks is a script of our own in an empty page at the page's address.

use std::fs;
use std::net::IpAddr;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use super::row::Row;
use super::site::Site;
use crate::addresses;
use crate::browser::{Browser, PERIOD, processes};
use crate::engine::Engine;
use crate::quiet::Turn;
use crate::usage::{Busy, Usage, Visit};

/// Both of the engines that agents work in, one after the other.
pub fn usage(usage: &Usage) -> Vec<Vec<Row>> {
    let mut stages = Vec::new();
    for engine in Engine::CORE {
        for part in usage.busy.clone() {
            let row =
                move |site: &Site<'_>| in_browser(engine, site, async |it| shows(&it, part).await);
            stages.push(vec![Row::procedure(row)]);
        }
        let features = usage.features;
        if features.happy_eyeballs_3 {
            let row = move |site: &Site<'_>| {
                in_browser(engine, site, async |it| comes_by_ipv6(&it).await)
            };
            stages.push(vec![Row::procedure(row)]);
        }
        let visit = usage.visit;
        if visit != Visit::First {
            let row = move |site: &Site<'_>| {
                in_browser(engine, site, async |it| match visit {
                    Visit::First => Ok(()),
                    Visit::Second => comes_again(&it).await,
                    Visit::RunAgain => runs_again(&it).await,
                })
            };
            stages.push(vec![Row::procedure(row)]);
        }
    }
    stages
}

/// Starts a browser at an empty page of the lab's, and ends it.
fn in_browser(
    engine: Engine,
    site: &Site<'_>,
    look: impl AsyncFnOnce(Browser) -> Result<()>,
) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let (setting, features) = (site.standing.setting.clone(), site.standing.usage.features);
        let browser = Browser::start_with(engine, site.lab, setting, features).await?;
        browser.open(&empty_page()).await?;
        look(browser).await.context(engine.name())
    })
}

/// What the page's host says of a file that it does not have: no script of the page runs there.
fn empty_page() -> String {
    format!("https://{}/nothing", addresses::PAGE_NAME)
}

/// For how long is looked.
const LOOK: Duration = Duration::from_secs(4);
/// A stall is noticed by whatever takes so much longer than it usually does, in milliseconds.
const NOTICED_MS: f64 = 40.0;

/// What notices a stall: each is begun every 100 ms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Witness {
    /// A timer of the page.
    Timer,
    /// A `fetch` to a port that Chromium's network service turns down itself, and Firefox's content process.
    RefusedPort,
    /// A request to the page's host.
    Request,
    /// Opening a database, which Chromium's and Firefox's parent does.
    Database,
    /// Gathering ICE candidates, which Firefox's socket process does.
    Ice,
}

impl Witness {
    const ALL: [Self; 5] = [
        Self::Timer,
        Self::RefusedPort,
        Self::Request,
        Self::Database,
        Self::Ice,
    ];

    /// Whether it notices most stalls of a part, or hardly any; nothing is said where it may be either.
    fn notices(self, engine: Engine, part: Busy) -> Option<bool> {
        let is_chromium = engine == Engine::Chromium;
        match (self, part) {
            (Self::Timer, Busy::Content | Busy::Page) => Some(true),
            (Self::Timer, Busy::Network | Busy::Parent) => Some(false),
            (Self::RefusedPort, Busy::Network | Busy::Parent) => Some(is_chromium),
            (Self::Request, Busy::Network) => Some(is_chromium),
            // Of what a page asks for, Chromium's parent sees nothing.
            (Self::Request, Busy::Parent) => Some(!is_chromium),
            (Self::Database, Busy::Parent) => Some(true),
            (Self::Database, Busy::Network) => Some(false),
            // Chromium gathers them in several processes.
            (Self::Ice, Busy::Network | Busy::Parent) => (!is_chromium).then_some(true),
            (_, Busy::Content | Busy::Page) => None,
        }
    }

    /// How long it took each time, in milliseconds.
    fn times(self, taken: &Value) -> Result<Vec<f64>> {
        let times = taken[format!("{self:?}")].as_array();
        let times = times.with_context(|| format!("no times of {self:?}"))?;
        ensure!(times.len() > 3, "{self:?} took {times:?}");
        Ok(times.iter().filter_map(Value::as_f64).collect())
    }
}

/// Who should notice that a part stands still notices it, who should not does not, and in the end nothing stands still.
async fn shows(browser: &Browser, part: Busy) -> Result<()> {
    // Whatever else this machine does makes timers late as well.
    let _turn = Turn::alone()?;
    let calm = browser.run(LOOK_FOR_STALLS).await?;
    let look = browser.run(LOOK_FOR_STALLS);
    let seen = browser.while_busy(&[part], look).await?;
    for witness in Witness::ALL {
        let mut calm = witness.times(&calm)?;
        calm.sort_by(f64::total_cmp);
        let long = calm[calm.len() / 2] + NOTICED_MS;
        let before = per_period(&calm, long);
        let during = per_period(&witness.times(&seen)?, long);
        let is_so = match witness.notices(browser.engine, part) {
            Some(true) => during > before + 0.5,
            Some(false) => during < before + 0.3,
            None => true,
        };
        ensure!(
            is_so,
            "{part:?}: {witness:?} took long {during:.2} times a period, and {before:.2} before"
        );
    }
    nothing_is_stopped(browser, part)
}

/// How many took longer than that, in milliseconds, for each period of looking.
fn per_period(times: &[f64], long: f64) -> f64 {
    let count = times.iter().filter(|ms| **ms > long).count();
    let count = u32::try_from(count).map_or(f64::MAX, f64::from);
    count * PERIOD.as_secs_f64() / LOOK.as_secs_f64()
}

/// Begins each witness every 100 ms, and gives how long each took, in milliseconds; a timer, how late it was.
const LOOK_FOR_STALLS: &str = "
    const witnesses = {
        RefusedPort: () => fetch('https://relay.example:6000/', {mode: 'no-cors'}).catch(() => {}),
        Request: () => fetch('/app/config.json', {cache: 'no-store'}).then((answer) => answer.text()),
        Database: () => new Promise((done) => {
            const opening = indexedDB.open('stalls');
            opening.onsuccess = () => { opening.result.close(); done(); };
            opening.onerror = done;
        }),
        Ice: () => new Promise((done) => {
            const connection = new RTCPeerConnection();
            const end = () => { connection.close(); done(); };
            connection.onicecandidate = end;
            connection.createDataChannel('stalls');
            connection.createOffer().then((offer) => connection.setLocalDescription(offer)).catch(end);
            setTimeout(end, 1000);
        }),
    };
    const taken = {Timer: [], RefusedPort: [], Request: [], Database: [], Ice: []};
    const pause = (ms) => new Promise((done) => setTimeout(done, ms));
    const until = performance.now() + 4000;
    const all = Object.entries(witnesses).map(async ([name, witness]) => {
        while (performance.now() < until) {
            const begun = performance.now();
            await witness();
            const ms = performance.now() - begun;
            taken[name].push(ms);
            await pause(Math.max(0, 100 - ms));
        }
    });
    const timer = async () => {
        while (performance.now() < until) {
            const begun = performance.now();
            await pause(20);
            taken.Timer.push(performance.now() - begun - 20);
        }
    };
    return Promise.all([...all, timer()]).then(() => taken);";

/// None of a part's processes is stopped (proc(5), the third field of `stat`).
fn nothing_is_stopped(browser: &Browser, part: Busy) -> Result<()> {
    for process in processes(browser.engine, part)? {
        let stat = format!("/proc/{process}/stat");
        // It may have ended meanwhile.
        let stat = fs::read_to_string(stat).unwrap_or_default();
        let state = stat.rsplit_once(") ").map(|(_, after)| after);
        ensure!(
            !state.is_some_and(|state| state.starts_with('T')),
            "{part:?} is left stopped"
        );
    }
    Ok(())
}

/// What a visit finds: what the one before wrote down, how long connecting took, and when it began.
const VISIT: &str = "
    const before = localStorage.getItem('visit');
    localStorage.setItem('visit', 'first');
    const loading = performance.getEntriesByType('navigation')[0];
    return [before, loading.connectEnd - loading.connectStart, performance.timeOrigin];";

/// A second visit is another page in the same profile, on the connection of the first.
async fn comes_again(browser: &Browser) -> Result<()> {
    let first = browser.run(VISIT).await?;
    browser.open_again(&empty_page()).await?;
    let second = browser.run(VISIT).await?;
    let told = || format!("{first} and then {second}");
    let ms = |visit: &Value| visit[1].as_f64().unwrap_or(f64::MAX);
    ensure!(first[0].is_null() && second[0] == "first", "{}", told());
    ensure!(first[2] != second[2], "the same page: {}", told());
    // TCP and TLS take two round trips of 80 ms; a connection that is there takes none.
    ensure!(ms(&first) > 100.0 && ms(&second) < 20.0, "{}", told());
    Ok(())
}

/// What the relay says of where a request of the page's comes from.
const SEEN_FROM: &str = "
    return fetch('https://relay.example/relay/v1/challenge?nonce=plain-sockets')
        .then((answer) => answer.json()).then((said) => said.saw.address);";

/// A browser that knows both families gets an answer; Chromium by IPv6 (RFC 6724 section 6), while Firefox ESR 153 was seen
/// to come by IPv4.
async fn comes_by_ipv6(browser: &Browser) -> Result<()> {
    let from = browser.run(SEEN_FROM).await?;
    let address: IpAddr = from.as_str().unwrap_or_default().parse()?;
    ensure!(
        addresses::is_agent(address) && (address.is_ipv6() || browser.engine == Engine::Firefox),
        "seen from {address}"
    );
    Ok(())
}

/// A page that counts its runs, which end 300 ms after the press.
const PAGE_THAT_RUNS: &str = "
    document.documentElement.innerHTML = `<main data-run='finished'><button id='start'>Run again</button></main>`;
    const main = document.querySelector('main');
    window.runs = 1;
    document.querySelector('#start').onclick = () => {
        main.dataset.run = 'running';
        setTimeout(() => { window.runs += 1; main.dataset.run = 'finished'; }, 300);
    };";

/// The button is pressed once, and waited for is the run that begins with it.
async fn runs_again(browser: &Browser) -> Result<()> {
    browser.run(PAGE_THAT_RUNS).await?;
    let begun = Instant::now();
    let hooks = browser.run_again().await?;
    let taken = begun.elapsed();
    let runs = browser.run("return window.runs").await?;
    ensure!(
        runs == 2 && hooks.run == "finished" && taken > Duration::from_millis(300),
        "{runs} runs after {taken:?}"
    );
    Ok(())
}
