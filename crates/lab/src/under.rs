//! Conditions that any world can be put under: dimensions in which networks differ and nothing is broken. Their names
//! are what `cargo xtask lab WORLD --under NAME,NAME` takes; each is shown by a self-test of its own.

use anyhow::{Context as _, Result};

use crate::distance::Leg;
use crate::servers::web::HttpVersion;
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
            "several-addresses",
            "Every endpoint's name has three addresses; what is broken at one is broken at all.",
            |world| world.names.several = true,
        ),
    ]
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
        let mut world = crate::world::World::default();
        regions_apart(&mut world);
        let away = |region: &&str| {
            2 * (world.weather.delay_ms + world.distances.agent_to(region).delay_ms)
        };
        let away: Vec<u64> = regions().iter().map(away).collect();
        assert_eq!(away, [20, 100, 250, 600]);
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
            assert!(put.weather.loss_per_mille >= plain.weather.loss_per_mille);
            assert_ne!(put.distances, plain.distances);
        }
    }
}
