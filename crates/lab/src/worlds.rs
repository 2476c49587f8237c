//! The registry: every world by its name. One file per kind of trouble.

pub mod handshakes;
pub mod healthy;
pub mod middleboxes;
pub mod names;
pub mod network;
pub mod offline;
pub mod pairs;
pub mod proxies;
pub mod refusals;
pub mod relay;
pub mod servers;

use crate::case::Case;

/// Why WebKitGTK does not tell a TCP endpoint of another protocol from one that is cut.
pub const EQUALLY_FAR: &str = "WebKitGTK shows no more than a time, which tells something only where one region is \
                               further away than another";

/// Every world, those that unplug the agent last.
#[must_use]
pub fn all() -> Vec<Case> {
    let mut cases: Vec<Case> = [
        healthy::cases(),
        names::cases(),
        refusals::cases(),
        handshakes::cases(),
        servers::cases(),
        network::cases(),
        relay::cases(),
        proxies::cases(),
        middleboxes::cases(),
        pairs::cases(),
        offline::cases(),
    ]
    .into_iter()
    .flatten()
    .collect();
    cases.sort_by_key(Case::unplugs);
    cases
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use reachcheck_diagnosis::findings::Code;

    use super::all;
    use crate::case::{Expect, regions};
    use crate::places::ExpectedPlace;

    const VERDICTS: [&str; 6] = [
        "offline",
        "blocked",
        "down",
        "unknown",
        "degraded",
        "reachable",
    ];

    #[test]
    fn every_world_has_a_name_of_its_own_and_says_what_it_is_about() {
        let mut names = BTreeSet::new();
        for case in all() {
            assert!(names.insert(case.name), "{} twice", case.name);
            assert!(case.about.ends_with('.'), "{}: {}", case.name, case.about);
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(case.name.chars().all(plain), "{}", case.name);
        }
    }

    #[test]
    fn expectations_are_in_the_words_of_the_page() {
        for case in all() {
            is_in_words(case.name, &case.expect);
            if let Some(late) = &case.expect.late {
                is_in_words(case.name, late);
            }
        }
    }

    fn is_in_words(name: &str, expect: &Expect) {
        let scope = |scope: &str| scope == "network" || regions().contains(&scope);
        for region in regions() {
            assert!(VERDICTS.contains(&expect.of(region)), "{name}: {region}");
        }
        assert!(VERDICTS.contains(&expect.headline), "{name}");
        for (region, _) in &expect.regions {
            assert!(regions().contains(region), "{name}: {region}");
        }
        for (check, outcome, proof) in &expect.checks {
            let (place, _) = check.split_once('/').unwrap_or_default();
            assert!(scope(place), "{name}: {check}");
            assert!(
                ["ok", "failed", "unknown", "not-run"].contains(outcome),
                "{name}: {outcome}"
            );
            assert!(
                ["", "confirmed", "inferred", "none"].contains(proof),
                "{name}: {proof}"
            );
        }
        for ExpectedPlace {
            check,
            layer,
            proof,
        } in &expect.places
        {
            let (place, _) = check.split_once('/').unwrap_or_default();
            assert!(scope(place), "{name}: {check}");
            let layers = ["name", "connect", "tls", "http", "content"];
            assert!(layers.contains(layer), "{name}: {layer}");
            assert!(["confirmed", "inferred"].contains(proof), "{name}: {proof}");
        }
        for (code, place) in &expect.findings {
            assert!(scope(place), "{name}: {code} in {place}");
        }
    }

    #[test]
    fn the_core_has_every_verdict() {
        let mut seen = BTreeSet::new();
        for case in all().iter().filter(|case| case.core) {
            seen.insert(case.expect.headline);
        }
        assert!(seen.is_superset(&VERDICTS.into()), "{seen:?}");
    }

    /// What is wrong on this computer and not on the network, as connections that its browser holds, is no world: a page case
    /// of `tests/e2e` shows it. Neither is a name
    /// with several addresses, of which the lab has none, nor what a browser asks in its window, which no headless one
    /// does: data beside its rule do.
    const NO_WORLD: [Code; 5] = [
        Code::ExtensionInterferes,
        Code::NetworkChangedInRun,
        Code::OneOfSeveralServers,
        Code::PermissionWaits,
        Code::RequestsWait,
    ];

    #[test]
    fn the_core_has_every_finding() {
        let mut seen = BTreeSet::from(NO_WORLD.map(Code::token));
        for case in all().iter().filter(|case| case.core) {
            let late = case.expect.late.as_deref();
            for expect in std::iter::once(&case.expect).chain(late) {
                seen.extend(expect.findings.iter().map(|(code, _)| *code));
            }
        }
        let missing: Vec<&str> = Code::ALL
            .iter()
            .map(|code| code.token())
            .filter(|code| !seen.contains(code))
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn worlds_that_unplug_come_last() {
        let cases = all();
        let first = cases.iter().position(super::Case::unplugs);
        let first = first.expect("some do");
        assert!(cases[first..].iter().all(super::Case::unplugs));
    }
}
