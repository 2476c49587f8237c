//! Conditions that any world can be put under: dimensions in which networks differ and nothing is broken. Their names
//! are what `cargo xtask lab WORLD --under NAME,NAME` takes; each is shown by a self-test of its own.

use anyhow::{Context as _, Result};

use crate::computer::System;
use crate::distance::Leg;
use crate::fault::Fault;
use crate::path::LinkConditions;
use crate::proxy::{Proxy, ProxySetting, Stands};
use crate::servers::web::HttpVersion;
use crate::squid::Policy;
use crate::usage::{Busy, Visit};
use crate::world::World;

/// One condition.
#[derive(Clone, Copy, Debug)]
pub struct Condition {
    /// Its name, in words that a command line takes.
    pub name: &'static str,
    /// One sentence: what it is.
    pub about: &'static str,
    /// Puts a world under it; what the world has of its own stays.
    pub put: fn(&mut World),
}

impl Condition {
    const fn new(name: &'static str, about: &'static str, put: fn(&mut World)) -> Self {
        Self { name, about, put }
    }
}

/// The regions' round trips from the agent under `regions-apart`, in milliseconds, where a world has the usual path.
const APART: [(&str, u64); 4] = [
    ("toronto", 20),
    ("virginia", 100),
    ("seattle", 250),
    ("virginia-seattle", 600),
];

/// How many packets of a thousand each region's link loses under `regions-lossy`, each way.
const LOSSY: [(&str, u64); 4] = [
    ("toronto", 10),
    ("virginia", 20),
    ("seattle", 30),
    ("virginia-seattle", 50),
];

/// Every condition.
#[must_use]
pub fn all() -> Vec<Condition> {
    vec![
        Condition::new(
            "regions-apart",
            "Regions are 20, 100, 250 and 600 ms away; page and relay 20 ms.",
            regions_apart,
        ),
        Condition::new(
            "relay-far",
            "The relay's own link adds 60 ms to each of its round trips: A = 140, B = 60, R = 80 ms.",
            |world| add(&mut world.distances.relay, Leg::round_trip(60)),
        ),
        Condition::new(
            "relay-lossy",
            "The relay's own link loses 3 % of its packets, each way.",
            |world| add(&mut world.distances.relay, Leg::losing(30)),
        ),
        Condition::new(
            "vpn-but-for-service",
            "Everything but the endpoints is 120 ms further away from the agent.",
            |world| add(&mut world.distances.detour_elsewhere, Leg::round_trip(120)),
        ),
        Condition::new(
            "vpn-for-service",
            "The endpoints alone are 120 ms further away from the agent.",
            |world| {
                add(
                    &mut world.distances.detour_to_endpoints,
                    Leg::round_trip(120),
                );
            },
        ),
        Condition::new(
            "regions-lossy",
            "The regions' links lose 1, 2, 3 and 5 % of their packets, each way.",
            |world| {
                for (region, per_mille) in LOSSY {
                    let link = (region.to_owned(), Leg::losing(per_mille));
                    world.distances.regions.push(link);
                }
            },
        ),
        Condition::new(
            "loss-1",
            "The path loses 1 % of its packets, each way.",
            |world| world.weather.loss_per_mille = world.weather.loss_per_mille.max(10),
        ),
        Condition::new(
            "loss-5",
            "The path loses 5 % of its packets, each way.",
            |world| world.weather.loss_per_mille = world.weather.loss_per_mille.max(50),
        ),
        Condition::new(
            "tls-1-2",
            "The endpoints speak TLS 1.2 and nothing newer.",
            |world| world.hosts.web.tls12_alone = true,
        ),
        Condition::new(
            "no-keep-alive",
            "The endpoints end a connection with their answer in HTTP/1.1.",
            |world| world.hosts.web.http = HttpVersion::Closes,
        ),
        Condition::new("http-2", "The HTTPS endpoints speak HTTP/2.", |world| {
            world.hosts.web.http = HttpVersion::Two
        }),
        Condition::new(
            "windows",
            "The agent's computer connects, keeps names and presents itself as Windows.",
            |world| runs_on(world, System::Windows),
        ),
        Condition::new(
            "macos",
            "The agent's computer connects, keeps names and presents itself as macOS.",
            |world| runs_on(world, System::MacOs),
        ),
        Condition::new(
            "negative-names-kept",
            "The agent's system keeps names, also those that do not exist.",
            |world| world.computer.keeps_names = true,
        ),
        Condition::new(
            "pac-endpoints-by-proxy",
            "A PAC file sends the endpoints through Squid on the gateway, and all others directly.",
            |world| split(world, Stands::Squid, ProxySetting::PacForEndpoints),
        ),
        Condition::new(
            "pac-endpoints-by-far-proxy",
            "A PAC file sends the endpoints through Squid beyond the path, and all others directly.",
            |world| split(world, Stands::FarSquid, ProxySetting::PacForEndpoints),
        ),
        Condition::new(
            "pac-relay-by-proxy",
            "A PAC file sends the endpoints directly, and all others through Squid on the gateway.",
            |world| split(world, Stands::Squid, ProxySetting::PacForOthers),
        ),
        Condition::new(
            "pac-relay-by-far-proxy",
            "A PAC file sends the endpoints directly, and all others through Squid beyond the path.",
            |world| split(world, Stands::FarSquid, ProxySetting::PacForOthers),
        ),
        Condition::new(
            "round-trip-20",
            "The whole path takes 20 ms there and back.",
            |world| stretch(world, 20),
        ),
        Condition::new(
            "round-trip-200",
            "The whole path takes 200 ms there and back.",
            |world| stretch(world, 200),
        ),
        Condition::new(
            "round-trip-600",
            "The whole path takes 600 ms there and back.",
            |world| stretch(world, 600),
        ),
        Condition::new(
            "several-addresses",
            "Every endpoint's name has three addresses; what is broken at one is broken at all.",
            |world| world.names.several = true,
        ),
        Condition::new(
            "network-process-stalls",
            "The browser's network process stands still for 150 of each 400 ms of a run.",
            |world| world.usage.busy.push(Busy::Network),
        ),
        Condition::new(
            "parent-stalls",
            "The browser's parent process stands still for 150 of each 400 ms of a run.",
            |world| world.usage.busy.push(Busy::Parent),
        ),
        Condition::new(
            "renderer-stalls",
            "The processes that pages live in stand still for 150 of each 400 ms of a run.",
            |world| world.usage.busy.push(Busy::Content),
        ),
        Condition::new(
            "page-has-long-tasks",
            "The page itself does something else for 300 of each 500 ms of a run.",
            |world| world.usage.busy.push(Busy::Page),
        ),
        Condition::new(
            "second-visit",
            "What is judged is a second visit in the same profile.",
            |world| world.usage.visit = Visit::Second,
        ),
        Condition::new(
            "run-again",
            "What is judged is the run after the first, by the page's button.",
            |world| world.usage.visit = Visit::RunAgain,
        ),
        Condition::new(
            "ipv6",
            "Everybody has IPv6 as well, by the same path.",
            ipv6,
        ),
        Condition::new(
            "happy-eyeballs-3",
            "The browser races addresses as its next versions will, and everybody has IPv6 as well.",
            |world| {
                ipv6(world);
                world.usage.features.happy_eyeballs_3 = true;
            },
        ),
        Condition::new(
            "quic",
            "The endpoints offer HTTP/3 by Alt-Svc, the browser may take it up, and UDP to port 443 is dropped.",
            |world| {
                world.hosts.web.offers_http3 = true;
                world.usage.features.quic = true;
            },
        ),
    ]
}

/// A box that the lab has for IPv4 alone would be gone round by IPv6: such a site has none.
fn ipv6(world: &mut World) {
    let is_ipv4_alone = world.middlebox.is_some()
        || world.front.is_some()
        || world.faults.iter().any(Fault::is_ipv4_alone);
    world.names.ipv6 = !is_ipv4_alone;
    world.hosts.ipv6 = !is_ipv4_alone;
}

/// The conditions of these names, which commas part.
///
/// # Errors
/// If there is none of a name; the error names all there are.
pub fn named(names: &str) -> Result<Vec<Condition>> {
    let all = all();
    let known = all.iter().map(|condition| condition.name);
    let known = known.collect::<Vec<_>>().join(", ");
    let names = names.split(',').filter(|name| !name.is_empty());
    names
        .map(|name| {
            let found = all.iter().find(|condition| condition.name == name);
            let found = found.copied();
            found.with_context(|| format!("no condition {name}; there are {known}"))
        })
        .collect()
}

/// The agent's computer is one of this system.
pub(crate) fn runs_on(world: &mut World, system: System) {
    world.computer.system = system;
    world.computer.keeps_names = true;
}

/// Some hosts go through Squid; a world with a proxy of its own keeps it.
fn split(world: &mut World, stands: fn(Policy) -> Stands, told: ProxySetting) {
    world.proxy.get_or_insert_with(|| Proxy {
        stands: stands(Policy::default()),
        told,
        direct_passes: true,
    });
}

/// The path's round trip becomes this instead of the usual one; a world with another path keeps the difference, as far
/// as nothing comes before it was sent.
fn stretch(world: &mut World, round_trip_ms: u64) {
    let usual = LinkConditions::default().delay_ms;
    let delay_ms = &mut world.weather.delay_ms;
    *delay_ms = (*delay_ms + round_trip_ms / 2)
        .saturating_sub(usual)
        .max(10.min(*delay_ms));
}

fn add(leg: &mut Leg, more: Leg) {
    *leg = leg.then(more);
}

/// The path becomes shorter by 30 ms one way, but not shorter than 10, and each region's link the longer.
fn regions_apart(world: &mut World) {
    let delay_ms = &mut world.weather.delay_ms;
    *delay_ms = delay_ms.saturating_sub(30).max(10.min(*delay_ms));
    for (region, ms) in APART {
        let (_, nearest) = APART[0];
        let link = (region.to_owned(), Leg::round_trip(ms - nearest));
        world.distances.regions.push(link);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{all, named, regions_apart};
    use crate::case::regions;
    use crate::world::World;
    use crate::worlds;

    #[test]
    fn every_condition_has_a_name_of_its_own_and_is_found_by_it() {
        let mut names = BTreeSet::new();
        for condition in all() {
            assert!(names.insert(condition.name), "{} twice", condition.name);
            assert!(condition.about.ends_with('.'), "{}", condition.name);
            let found = named(condition.name).expect("one of them");
            assert_eq!(found.len(), 1);
        }
        assert_eq!(named("relay-far,loss-1").expect("two").len(), 2);
        assert!(named("").expect("none").is_empty());
        let said = named("relay-far,relay-near").expect_err("no such one");
        let said = said.to_string();
        assert!(said.contains("no condition relay-near") && said.contains("regions-apart"));
    }

    #[test]
    fn regions_are_apart_from_20_to_600_ms() {
        let mut world = World::default();
        regions_apart(&mut world);
        let away = |region: &&str| {
            2 * (world.weather.delay_ms + world.distances.agent_to(region).delay_ms)
        };
        let away: Vec<u64> = regions().iter().map(away).collect();
        assert_eq!(away, [20, 100, 250, 600]);
    }

    #[test]
    fn the_path_takes_as_long_as_its_condition_says() {
        for (name, round_trip_ms) in [
            ("round-trip-20", 20),
            ("round-trip-200", 200),
            ("round-trip-600", 600),
        ] {
            let mut world = World::default();
            let condition = named(name).expect("one of them")[0];
            (condition.put)(&mut world);
            assert_eq!(2 * world.weather.delay_ms, round_trip_ms);
            world.weather.delay_ms = 150;
            (condition.put)(&mut world);
            assert_eq!(2 * world.weather.delay_ms, 220 + round_trip_ms);
        }
    }

    #[test]
    fn every_world_keeps_what_is_broken_in_it() {
        let everything = all();
        for case in worlds::all() {
            let plain = case.build();
            let put = case.under(&everything).build();
            assert_eq!(put.faults, plain.faults);
            assert_eq!(put.hosts.odd, plain.hosts.odd);
            assert_eq!(put.names.told, plain.names.told);
            assert!(plain.proxy.is_none() || put.proxy == plain.proxy);
            assert!(put.weather.loss_per_mille >= plain.weather.loss_per_mille);
            assert_ne!(put.distances, plain.distances);
        }
    }
}
