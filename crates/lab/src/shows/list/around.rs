//! What is around the endpoints: hosts as a whole, the path, names, and boxes.

use reachcheck_model::catalogue::Kind;

use super::Showing;
use crate::front::{Front, Timer};
use crate::middlebox::{Ends, Middlebox};
use crate::names::{Names, Told};
use crate::path::Weather;
use crate::proxy::{Proxy, Stands};
use crate::servers::{Dialect, Hosts};
use crate::world::{Hosting, World};
use crate::worlds;

/// What hosts are beside their manners.
pub fn hosts() -> Vec<Showing> {
    let of = |name: &str, hosts: Hosts| {
        let world = World {
            hosts,
            ..World::default()
        };
        Showing::new("hosts", name, world)
    };
    let mut showings = vec![
        Showing::new("hosts", "off", World::default().off("virginia")),
        of(
            "slow",
            Hosts {
                slow: vec![("toronto".to_owned(), 700)],
                ..Hosts::default()
            },
        ),
        of(
            "clock-ahead",
            Hosts {
                clock_ahead_s: 7200,
                ..Hosts::default()
            },
        ),
    ];
    let dialects = [
        Dialect::TlsCloses,
        Dialect::PlainCloses,
        Dialect::PlainAnswers,
        Dialect::PlainWaits,
    ];
    showings.extend(dialects.map(|dialect| {
        let hosts = Hosts {
            dialect,
            ..Hosts::default()
        };
        of(&format!("{dialect:?}"), hosts)
    }));
    showings
}

/// With little patience, so that nobody waits for long.
pub fn fronts() -> impl Iterator<Item = Showing> {
    let fronts = [
        Front::TurnsDown(400),
        Front::TurnsDown(302),
        Front::ClosesAfter(0),
        Front::ClosesAfter(600),
        Front::Collects(1200),
        Front::ClosesIdle(2),
        Front::ResetsIdle(2),
        Front::HaProxy(Timer::Tunnel, 1_500),
        Front::HaProxy(Timer::Client, 1_500),
        Front::HaProxy(Timer::Server, 1_500),
        Front::HaProxy(Timer::ClientAlone, 1_500),
        Front::HaProxy(Timer::ServerAlone, 1_500),
    ];
    fronts.into_iter().map(|front| {
        let world = World {
            front: Some(front),
            ..World::default()
        };
        Showing::new("front", &format!("{front:?}"), world)
    })
}

/// How the page, the path and the agent's names are.
pub fn paths() -> Vec<Showing> {
    let weather = |name: &str, weather: Weather| {
        let world = World {
            weather,
            ..World::default()
        };
        Showing::new("weather", name, world)
    };
    let hosting = |hosting: Hosting| {
        let world = World {
            hosting,
            ..World::default()
        };
        Showing::new("hosting", &format!("{hosting:?}"), world)
    };
    let names = |name: &str, names: Names| {
        let world = World {
            names,
            ..World::default()
        };
        Showing::new("names", name, world)
    };
    let wrong = Names::wrong("seattle", Kind::Tcp, Told::NxDomain);
    let dead_ipv6 = Names {
        dead_ipv6: true,
        ..Names::default()
    };
    vec![
        weather(
            "far",
            Weather {
                delay_ms: 150,
                ..Weather::default()
            },
        ),
        weather(
            "jitter",
            Weather {
                jitter_ms: 60,
                ..Weather::default()
            },
        ),
        weather(
            "loss",
            Weather {
                loss_per_mille: 100,
                ..Weather::default()
            },
        ),
        hosting(Hosting::WithoutRelay),
        hosting(Hosting::Loopback),
        names("far", Names::default().asked_far()),
        names("everywhere", wrong.clone().everywhere()),
        names("everywhere-and-far", wrong.asked_far().everywhere()),
        names("dead-ipv6", dead_ipv6),
    ]
}

/// Every proxy and every box in the path that some world has, by the name of the first that has it.
pub fn boxes() -> Vec<Showing> {
    let mut proxies: Vec<Proxy> = Vec::new();
    let mut middleboxes: Vec<Middlebox> = Vec::new();
    // Those that only a watch meets.
    let ends = [Ends::Both, Ends::AgentAlone, Ends::Resets].map(|ends| {
        let middlebox = Middlebox::EndsIdle(1_500, ends);
        let name = format!("{middlebox:?}");
        let world = World {
            middlebox: Some(middlebox),
            ..World::default()
        };
        Showing::new("box", &name, world)
    });
    let mut showings = ends.to_vec();
    for case in worlds::all() {
        let world = (case.world)();
        if let Some(proxy) = world.proxy
            && !proxies.contains(&proxy)
        {
            proxies.push(proxy.clone());
            let world = World {
                proxy: Some(hurried(proxy)),
                ..World::default()
            };
            showings.push(Showing::new("proxy", case.name, world));
        }
        if let Some(middlebox) = world.middlebox
            && !middleboxes.contains(&middlebox)
        {
            middleboxes.push(middlebox.clone());
            let world = World {
                middlebox: Some(middlebox),
                ..World::default()
            };
            showings.push(Showing::new("box", case.name, world));
        }
    }
    showings
}

/// The same proxy, but with less patience for silence.
fn hurried(mut proxy: Proxy) -> Proxy {
    if let Stands::Squid(policy) | Stands::FarSquid(policy) = &mut proxy.stands {
        let hurry = |seconds: u64| seconds.min(3);
        policy.idle_cut_s = policy.idle_cut_s.map(hurry);
    }
    proxy
}
