//! The watch over quiet connections: what cuts them is named, what is no cut is not called one. Time runs faster here
//! (`pace`), so that a gateway that forgets after a minute is one that forgets after three seconds; the path is short,
//! for what it takes would count as so many times longer.

use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use reachcheck_lab::browser::{Found, Watched, relay_socket};
use reachcheck_lab::engine::Engine;
use reachcheck_lab::fault::{self, Fault};
use reachcheck_lab::middlebox::{Ends, Middlebox};
use reachcheck_lab::path::LinkConditions;
use reachcheck_lab::proxy::Proxy;
use reachcheck_lab::reverse_proxy::{ReverseProxy, Timer};
use reachcheck_lab::squid::Policy;
use reachcheck_lab::world::{RelayState, World};
use reachcheck_model::catalogue::Kind;
use reachcheck_model::lang::Lang;
use reachcheck_texts::watch::{self as words, WatchUi};
use reachcheck_texts::{self as text, Ui};

use crate::cases::PageCase;
use crate::page::{unfold, wait_for_script, wait_for_script_within};
use crate::scene::Scene;

/// A minute lasts three seconds …
const PACE: u32 = 20;
/// … or two, where longer timers are waited for.
const FAST: u32 = 30;
/// Squid counts whole seconds: faster than this, they would be most of its timer.
const SLOW: u32 = 5;
/// For what needs no timer.
pub const FASTEST: u32 = 60;
/// Longer than any of the timers takes to be known.
const KNOWN: Duration = Duration::from_secs(60);

pub fn cases() -> Vec<PageCase> {
    let mut cases = cuts();
    cases.extend(others());
    cases
}

/// A minute is a minute: run when they are asked for (`--ignored`), for what docs/accuracy.md cannot record at a faster
/// pace.
pub fn at_full_pace() -> Vec<PageCase> {
    vec![
        PageCase {
            name: "full-pace-haproxy-closes-after-60-s",
            spoils_browser: false,
            world: || World {
                front: Some(ReverseProxy::HaProxy(Timer::Tunnel, 60_000)),
                ..at(1)
            },
            check: |scene| Box::pin(names_timer_within(scene, "both", 60, KNOWN_AT_FULL_PACE)),
        },
        PageCase {
            name: "full-pace-forgotten-after-30-s",
            spoils_browser: false,
            world: || at(1).and(Fault::ForgetsIdleRelay(30_000)),
            check: |scene| Box::pin(names_timer_within(scene, "both", 30, KNOWN_AT_FULL_PACE)),
        },
        PageCase {
            name: "full-pace-browser-holds-sockets-back",
            spoils_browser: true,
            world: || at(FASTEST),
            check: |scene| Box::pin(held_back(scene)),
        },
        PageCase {
            name: "full-pace-hidden-tab-is-throttled",
            spoils_browser: false,
            world: || at(1),
            check: |scene| Box::pin(tab_throttled(scene)),
        },
    ]
}

/// Longer than a minute's timer takes to be known at full pace.
const KNOWN_AT_FULL_PACE: Duration = Duration::from_secs(420);

/// What cuts or forgets quiet connections, and the number that it is set to.
fn cuts() -> Vec<PageCase> {
    vec![
        PageCase {
            name: "watch-reset-after-30-s",
            spoils_browser: false,
            world: || ends(30, Ends::Resets),
            check: |scene| Box::pin(names_timer(scene, "both", 30)),
        },
        PageCase {
            name: "watch-closed-after-60-s",
            spoils_browser: false,
            world: || ends(60, Ends::Both),
            check: |scene| Box::pin(names_timer(scene, "both", 60)),
        },
        PageCase {
            name: "watch-closed-to-the-agent-alone-after-100-s",
            spoils_browser: false,
            world: || ends(100, Ends::AgentAlone),
            check: |scene| Box::pin(names_timer(scene, "both", 100)),
        },
        PageCase {
            name: "watch-closed-after-350-s",
            spoils_browser: false,
            world: || World {
                middlebox: Some(Middlebox::EndsIdle(scaled(350, FAST), Ends::Both)),
                ..at(FAST)
            },
            check: |scene| Box::pin(names_timer(scene, "both", 350)),
        },
        PageCase {
            name: "watch-forgotten-after-60-s",
            spoils_browser: false,
            world: || at(PACE).and(Fault::ForgetsIdleRelay(60_000 / PACE)),
            check: |scene| Box::pin(names_timer(scene, "both", 60)),
        },
        PageCase {
            name: "watch-forgotten-after-100-s-and-reset",
            spoils_browser: false,
            world: || at(FAST).and(Fault::ResetsIdleRelay(100_000 / FAST)),
            check: |scene| Box::pin(names_timer(scene, "both", 100)),
        },
        PageCase {
            name: "watch-nat-forgets-after-60-s",
            spoils_browser: false,
            world: || at(PACE).and(Fault::NatForgets(60 / PACE)),
            check: |scene| Box::pin(names_timer(scene, "both", 60)),
        },
        PageCase {
            name: "watch-nat-forgets-after-120-s",
            spoils_browser: false,
            world: || at(FASTEST).and(Fault::NatForgets(120 / FASTEST)),
            check: |scene| Box::pin(names_no_one_sided_timer(scene)),
        },
        PageCase {
            name: "watch-squid-closes-after-60-s",
            spoils_browser: false,
            world: || World {
                proxy: Some(Proxy::squid(Policy {
                    idle_cut_s: Some(scaled(60, SLOW) / 1000),
                    ..Policy::default()
                })),
                ..at(SLOW)
            },
            // It looks every second, which is five here: too coarse for a number.
            check: |scene| Box::pin(names_cut(scene)),
        },
        PageCase {
            name: "watch-haproxy-closes-after-100-s",
            spoils_browser: false,
            world: || World {
                front: Some(ReverseProxy::HaProxy(Timer::Tunnel, scaled(100, PACE))),
                ..at(PACE)
            },
            check: |scene| Box::pin(names_timer(scene, "both", 100)),
        },
        PageCase {
            name: "watch-haproxy-minds-the-client-alone",
            spoils_browser: false,
            world: || World {
                front: Some(ReverseProxy::HaProxy(Timer::ClientAlone, scaled(300, FAST))),
                ..at(FAST)
            },
            check: |scene| Box::pin(names_timer(scene, "page", 300)),
        },
    ]
}

/// What is no timer.
fn others() -> Vec<PageCase> {
    vec![
        PageCase {
            name: "watch-nothing-cut",
            spoils_browser: false,
            world: || at(FASTEST),
            check: |scene| Box::pin(nothing_cut(scene)),
        },
        PageCase {
            name: "watch-relay-restarts",
            spoils_browser: false,
            world: || at(PACE),
            check: |scene| Box::pin(relay_restarts(scene)),
        },
        PageCase {
            name: "watch-relay-is-full",
            spoils_browser: false,
            world: || at(PACE),
            check: |scene| Box::pin(relay_is_full(scene)),
        },
        PageCase {
            name: "watch-relay-has-no-room",
            spoils_browser: false,
            world: || World {
                relay: RelayState::Busy,
                ..at(PACE)
            },
            check: |scene| Box::pin(relay_has_no_room(scene)),
        },
        PageCase {
            name: "watch-address-changes",
            spoils_browser: false,
            world: || at(PACE).and(Fault::LeavesBy(1)),
            check: |scene| Box::pin(address_changes(scene)),
        },
        PageCase {
            name: "watch-tab-frozen",
            spoils_browser: false,
            world: || at(FAST),
            check: |scene| Box::pin(tab_frozen(scene)),
        },
        PageCase {
            name: "watch-goes-on-from-another-tab",
            spoils_browser: false,
            world: || at(FASTEST),
            check: |scene| Box::pin(another_tab(scene)),
        },
        PageCase {
            name: "watch-region-out-for-a-while",
            spoils_browser: false,
            world: || at(FASTEST),
            check: |scene| Box::pin(region_out(scene)),
        },
    ]
}

/// A short path, and time that runs so much faster.
pub fn at(pace: u32) -> World {
    World {
        pace: Some(pace),
        weather: LinkConditions {
            delay_ms: 5,
            ..LinkConditions::default()
        },
        ..World::default()
    }
}

fn ends(seconds: u64, how: Ends) -> World {
    World {
        middlebox: Some(Middlebox::EndsIdle(scaled(seconds, PACE), how)),
        ..at(PACE)
    }
}

/// So many seconds of the watch, in milliseconds of ours.
fn scaled(seconds: u64, pace: u32) -> u64 {
    seconds * 1000 / u64::from(pace)
}

/// The cut is found, with the number that the box is set to, and for certain.
async fn names_timer(scene: &Scene<'_>, quiet: &str, seconds: u32) -> Result<()> {
    names_timer_within(scene, quiet, seconds, KNOWN).await
}

async fn names_timer_within(
    scene: &Scene<'_>,
    quiet: &str,
    seconds: u32,
    known: Duration,
) -> Result<()> {
    let browser = scene.browser;
    browser.start_watch(&scene.standing.url).await?;
    let what = format!("a timer of {seconds} s where {quiet} say nothing");
    let watched = browser
        .wait_watch(&what, known, |watched| {
            let cut = watched.cut(quiet);
            cut.is_some_and(|cut| cut.timer == Some(seconds) && is_sure(cut))
        })
        .await?;
    scene.look("cut").await?;
    only(scene, &watched, &["quiet-cut"]).await?;
    // Where one side's silence is minded, that of both is, too; and nothing else.
    let others = |found: &&Found| found.quiet != quiet && found.quiet != "both";
    ensure!(
        watched.findings.iter().find(others).is_none(),
        "{watched:#?}"
    );
    let report = browser.watch_report().await?;
    ensure!(report.contains("quiet-cut"), "{report}");
    stop(scene).await
}

/// Where only what one side says keeps a connection alive, its own pauses are as long as the timer now and then: what is cut
/// then was cut by the timer that minds both.
async fn names_no_one_sided_timer(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    browser.start_watch(&scene.standing.url).await?;
    // Half an hour of the watch's time, and what is added to it before a word counts as lost.
    let is_cut = "[...document.querySelectorAll('[data-entry=cut]')].some((row) => row.textContent.includes('words:'))";
    wait_for_script_within(scene, is_cut, KNOWN).await?;
    let is_known = |watched: &Watched| watched.cut("both").is_some_and(is_sure);
    let watched = browser
        .wait_watch("a timer where both say nothing", KNOWN, is_known)
        .await?;
    scene.look("cut").await?;
    only(scene, &watched, &["quiet-cut"]).await?;
    let cuts: Vec<_> = watched.findings.iter().map(|it| &it.quiet).collect();
    ensure!(cuts == ["both"], "{watched:#?}");
    stop(scene).await
}

/// The cut is found; its timer is one that cannot be told.
async fn names_cut(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    browser.start_watch(&scene.standing.url).await?;
    let watched = browser
        .wait_watch("a cut where both say nothing", KNOWN, |watched| {
            watched.cut("both").is_some_and(is_sure) && watched.count("cut") >= 4
        })
        .await?;
    scene.look("cut").await?;
    only(scene, &watched, &["quiet-cut"]).await?;
    ensure!(watched.findings.len() == 1, "{watched:#?}");
    stop(scene).await
}

/// Seen more than once, and done by neither end.
fn is_sure(cut: &Found) -> bool {
    cut.is_certain && cut.closer == "between" && cut.place.0 == "between"
}

/// Nothing but these is found. What was logged, and when, is all that another machine leaves of a failure.
async fn only(scene: &Scene<'_>, watched: &Watched, tokens: &[&str]) -> Result<()> {
    let others: Vec<_> = watched
        .findings
        .iter()
        .filter(|found| !tokens.contains(&found.token.as_str()))
        .collect();
    if !others.is_empty() {
        let report = scene.browser.watch_report().await.unwrap_or_default();
        bail!("{others:?} too: {watched:#?}\n{report}");
    }
    Ok(())
}

/// Stops the watch.
pub async fn stop(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    browser.click("#watch-stop").await?;
    let soon = Duration::from_secs(10);
    let is_stopped = |watched: &Watched| watched.state == "stopped";
    browser
        .wait_watch("a watch that has stopped", soon, is_stopped)
        .await?;
    Ok(())
}

/// Waits until every lane has shown that it stands.
pub async fn until_stands(scene: &Scene<'_>) -> Result<()> {
    let soon = Duration::from_secs(20);
    let stands = |watched: &Watched| watched.count("opened") >= 4 && watched.count("survived") >= 1;
    let what = "four connections, and a silence that passed";
    scene.browser.wait_watch(what, soon, stands).await?;
    Ok(())
}

async fn nothing_cut(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    browser.start_watch(&scene.standing.url).await?;
    // Up to ten minutes of the watch's time, on both lanes on which nobody speaks.
    let watched = browser
        .wait_watch("ten silences that passed", KNOWN, |watched| {
            watched.count("survived") >= 10
        })
        .await?;
    scene.look("nothing").await?;
    ensure!(watched.findings.is_empty(), "{watched:#?}");
    let strange =
        |entry: &&String| !["began", "opened", "survived", "address"].contains(&entry.as_str());
    ensure!(
        watched.entries.iter().find(strange).is_none(),
        "{watched:#?}"
    );
    stop(scene).await?;
    next_report_takes_it_up(scene).await
}

/// The report of the next check says what was watched and until when, unless the agent leaves it out.
async fn next_report_takes_it_up(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    browser.open_again(&scene.standing.url).await?;
    browser.wait_finished().await?;
    let lang = Lang::En;
    let words = [
        text::ui(lang, Ui::IncludeWatch),
        words::ui(lang, WatchUi::ReportTitle),
    ];
    let report = browser.report().await?;
    for words in words {
        ensure!(report.contains(words), "no “{words}” in\n{report}");
    }
    scene.look("taken-up").await?;
    unfold(scene, "#report-panel").await?;
    browser.click("#include-watch").await?;
    let gone = format!(
        "!document.querySelector('#include-watch').checked && !document.querySelector('#report-text')
         .textContent.includes({:?})",
        words[1]
    );
    wait_for_script(scene, &gone).await
}

async fn relay_restarts(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    browser.start_watch(&scene.standing.url).await?;
    until_stands(scene).await?;
    scene.lab.replace_relay(scene.standing, RelayState::Well)?;
    let watched = browser
        .wait_watch("a restart, and what follows", KNOWN, |watched| {
            watched.found("all-at-once").is_some() && watched.count("opened") >= 8
        })
        .await?;
    scene.look("restarted").await?;
    only(scene, &watched, &["all-at-once", "relay-away"]).await?;
    let restart = watched.found("all-at-once").context("the restart")?;
    // By the relay's own word.
    let by_the_relay = ("relay".to_owned(), "confirmed".to_owned());
    ensure!(
        restart.is_certain && restart.place == by_the_relay,
        "{watched:#?}"
    );
    stop(scene).await
}

/// Full for those who want to be silent.
async fn relay_is_full(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    browser.start_watch(&scene.standing.url).await?;
    until_stands(scene).await?;
    scene.lab.replace_relay(scene.standing, RelayState::Full)?;
    let is_busy = |watched: &Watched| watched.found("relay-busy").is_some();
    let watched = browser
        .wait_watch("a relay that is full", KNOWN, is_busy)
        .await?;
    scene.look("full").await?;
    only(
        scene,
        &watched,
        &["relay-busy", "all-at-once", "relay-away"],
    )
    .await?;
    stop(scene).await
}

/// Full for everybody, from the start.
async fn relay_has_no_room(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    browser.start_watch(&scene.standing.url).await?;
    let is_busy = |watched: &Watched| watched.found("relay-busy").is_some();
    let watched = browser
        .wait_watch("a relay that is full", KNOWN, is_busy)
        .await?;
    scene.look("busy").await?;
    only(scene, &watched, &["relay-busy"]).await?;
    stop(scene).await
}

/// What is open goes silent, and what is opened after comes from another address.
async fn address_changes(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    browser.start_watch(&scene.standing.url).await?;
    until_stands(scene).await?;
    Fault::LeavesBy(2).set()?;
    Fault::NoLongerLeavesBy(1).set()?;
    let changed = |watched: &Watched| {
        watched.found("network-changed").is_some()
            && watched.count("cut") >= 1
            && watched.count("opened") >= 5
    };
    let watched = browser
        .wait_watch("another address", KNOWN, changed)
        .await?;
    scene.look("changed").await?;
    only(scene, &watched, &["network-changed", "all-at-once"]).await?;
    stop(scene).await
}

/// The time of a lid that is shut for five minutes.
async fn tab_frozen(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    browser.start_watch(&scene.standing.url).await?;
    until_stands(scene).await?;
    let frozen = browser.freeze()?;
    tokio::time::sleep(Duration::from_millis(scaled(300, FAST))).await;
    drop(frozen);
    let noticed = |watched: &Watched| {
        watched.found("slept").is_some() || watched.found("throttled").is_some()
    };
    browser
        .wait_watch("a tab that stood still", KNOWN, noticed)
        .await?;
    // What was due meanwhile has come, or was opened anew: the next on some lane passes.
    let survived = browser.watched().await?.count("survived");
    let watched = browser
        .wait_watch("a silence that passes again", KNOWN, |watched| {
            watched.count("survived") > survived
        })
        .await?;
    scene.look("frozen").await?;
    only(scene, &watched, &["slept", "throttled"]).await?;
    stop(scene).await
}

/// So many WebSockets failed that Firefox holds the next ones back for longer than a try lasts: no outage of a relay that
/// is there again, for it answers requests.
async fn held_back(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    let url = format!("{}?autostart=0#watch", scene.standing.url);
    browser.open(&url).await?;
    wait_for_script(scene, "document.querySelector('#watch-start')").await?;
    Fault::RefusesRelay.set()?;
    // The hold grows by half with each that fails (docs/browsers.md section 3).
    let fail = "window.longest = 0;
        const next = () => {
            const began = performance.now();
            const socket = new WebSocket('SOCKET');
            socket.onclose = () => { window.longest = performance.now() - began; next(); };
        };
        next();";
    browser
        .run(&fail.replace("SOCKET", &relay_socket()))
        .await?;
    let is_held = "window.longest > 9000";
    let within = Duration::from_secs(60);
    let held = wait_for_script_within(scene, is_held, within).await;
    ensure!(
        held.is_ok() == (browser.engine == Engine::Firefox),
        "holds sockets back: {held:?}"
    );
    fault::lift_all()?;
    browser.click("#watch-start").await?;
    let stands = |watched: &Watched| watched.count("opened") >= 4;
    let watched = browser
        .wait_watch("four connections", KNOWN_AT_FULL_PACE, stands)
        .await?;
    only(scene, &watched, &[]).await?;
    ensure!(watched.count("not-opened") == 0, "{watched:#?}");
    stop(scene).await
}

/// Another tab is in front for minutes: Chromium lets timers through once a minute then, Firefox goes on. Neither is a cut.
async fn tab_throttled(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    let url = format!("{}?autostart=0#watch", scene.standing.url);
    browser.open_in_background(&url).await?;
    wait_for_script(
        scene,
        "document.querySelector('#watch-start') && document.hidden",
    )
    .await?;
    browser
        .run("document.querySelector('#watch-start').click()")
        .await?;
    let is_throttled = browser.engine == Engine::Chromium;
    let watched = browser
        .wait_watch(
            "two silences in a hidden tab",
            KNOWN_AT_FULL_PACE,
            |watched| {
                watched.count("survived") >= 2
                    && (!is_throttled || watched.found("throttled").is_some())
            },
        )
        .await?;
    only(scene, &watched, &["throttled"]).await?;
    ensure!(watched.count("cut") == 0, "{watched:#?}");
    browser
        .run("document.querySelector('#watch-stop').click()")
        .await?;
    Ok(())
}

/// A tab that was opened before another watched: starting there goes on with what the other has written.
async fn another_tab(scene: &Scene<'_>) -> Result<()> {
    let (browser, url) = (scene.browser, &scene.standing.url);
    browser
        .open_in_background(&format!("{url}?autostart=0#watch"))
        .await?;
    wait_for_script(scene, "document.querySelector('#watch-start')").await?;
    let first = browser.tab().await?;
    browser.other_tab(&first).await?;
    browser.start_watch(url).await?;
    until_stands(scene).await?;
    let other = browser.watched().await?;
    stop(scene).await?;
    browser.open("about:blank").await?;
    browser.other_tab(&browser.tab().await?).await?;
    browser.click("#watch-start").await?;
    let goes_on = |watched: &Watched| {
        watched.count("began") == 2 && watched.count("opened") >= other.count("opened") + 4
    };
    browser
        .wait_watch("the other tab's log, and more", KNOWN, goes_on)
        .await?;
    stop(scene).await
}

async fn region_out(scene: &Scene<'_>) -> Result<()> {
    let browser = scene.browser;
    browser.start_watch(&scene.standing.url).await?;
    // Only a region that has answered can be out: each is asked within the first second and a half.
    let later = |watched: &Watched| watched.count("survived") >= 6;
    browser
        .wait_watch("a watch of some seconds", KNOWN, later)
        .await?;
    Fault::RefusesEndpoint("seattle", Kind::Https).set()?;
    browser
        .wait_watch("a region that is out", KNOWN, |watched| {
            watched.count("region-out") >= 1
        })
        .await?;
    fault::lift_all()?;
    let watched = browser
        .wait_watch("a region that is back", KNOWN, |watched| {
            watched.count("region-back") >= 1 && watched.found("region-out").is_some()
        })
        .await?;
    scene.look("back").await?;
    only(scene, &watched, &["region-out"]).await?;
    let report = browser.watch_report().await?;
    ensure!(report.contains("Seattle"), "{report}");
    stop(scene).await
}
