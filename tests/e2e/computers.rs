//! Conditions of the lab that plain sockets cannot show: what a browser says of the system that it runs on, and which
//! hosts it goes to by the proxy that a PAC file names.

use std::collections::BTreeSet;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use reachcheck_lab::addresses;
use reachcheck_lab::engine::Engine;
use reachcheck_lab::under;
use reachcheck_lab::world::World;
use serde_json::Value;

use crate::cases::PageCase;
use crate::scene::Scene;

pub fn cases() -> Vec<PageCase> {
    let case = |name, world, check| PageCase {
        name,
        spoils_browser: false,
        world,
        check,
    };
    vec![
        case(
            "passes-for-windows",
            || put("windows"),
            |scene| Box::pin(passes_for(scene, "Windows NT 10.0", "Win32", "Windows")),
        ),
        case(
            "passes-for-macos",
            || put("macos"),
            |scene| Box::pin(passes_for(scene, "Intel Mac OS X 10", "MacIntel", "macOS")),
        ),
        case(
            "pac-names-a-proxy-for-endpoints",
            || put("pac-endpoints-by-proxy"),
            |scene| Box::pin(by_proxy(scene, true)),
        ),
        case(
            "pac-names-a-proxy-for-others",
            || put("pac-relay-by-far-proxy"),
            |scene| Box::pin(by_proxy(scene, false)),
        ),
    ]
}

/// The usual world under a condition.
fn put(name: &str) -> World {
    let mut world = World::default();
    let conditions = under::named(name).expect("a condition of the lab");
    for condition in conditions {
        (condition.put)(&mut world);
    }
    world
}

/// The page sees the system's names in each place that a browser has for them; Firefox has no client hints.
async fn passes_for(scene: &Scene<'_>, agent: &str, platform: &str, hint: &str) -> Result<()> {
    let browser = scene.browser;
    browser.open(&scene.standing.url).await?;
    let said = browser
        .run(
            "return (async () => {
                 const hints = navigator.userAgentData;
                 const told = await hints?.getHighEntropyValues(['platformVersion']);
                 return {agent: navigator.userAgent, platform: navigator.platform,
                         hint: hints?.platform, told: told?.platform, version: told?.platformVersion,
                         brands: hints?.brands?.length};
             })();",
        )
        .await?;
    let text = |key: &str| said[key].as_str().unwrap_or_default();
    ensure!(text("agent").contains(agent), "{said}");
    ensure!(!said.to_string().contains("Linux"), "{said}");
    ensure!(text("platform") == platform, "{said}");
    if browser.engine == Engine::Chromium {
        ensure!(text("hint") == hint && text("told") == hint, "{said}");
        ensure!(!text("version").is_empty(), "{said}");
        ensure!(said["brands"].as_u64() > Some(1), "{said}");
    } else {
        ensure!(said["hint"] == Value::Null, "{said}");
    }
    Ok(())
}

/// Whom the browser's connections of a run went to directly: all but the endpoints, or the endpoints alone. Squid's own
/// log would tell of a tunnel only once it has ended.
async fn by_proxy(scene: &Scene<'_>, are_endpoints: bool) -> Result<()> {
    let before = connections()?;
    scene.browser.open(&scene.standing.url).await?;
    scene.browser.wait_finished().await?;
    let new: Vec<String> = connections()?.difference(&before).cloned().collect();
    let is_direct = |address| {
        let there = format!(" {address}:443");
        new.iter().any(|connection| connection.ends_with(&there))
    };
    for place in addresses::places() {
        let direct = is_direct(place.address);
        ensure!(direct != are_endpoints, "{}: {new:#?}", place.host);
    }
    for address in [addresses::PAGE, addresses::RELAY] {
        ensure!(is_direct(address) == are_endpoints, "{address}: {new:#?}");
    }
    Ok(())
}

/// The agent's connections, those included that have just ended: their two ends.
fn connections() -> Result<BTreeSet<String>> {
    let output = Command::new("ss").arg("-Htan").output().context("ss")?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let ends = said.lines().filter_map(|line| {
        let mut words = line.split_whitespace().skip(3);
        Some(format!("{} {}", words.next()?, words.next()?))
    });
    Ok(ends.collect())
}
