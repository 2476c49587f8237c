//! What is around the endpoints: hosts as a whole, the path, names, and boxes.

use reachcheck_model::catalogue::Kind;

use super::Showing;
use crate::authority::Flaw;
use crate::middlebox::{Ends, Middlebox};
use crate::names::{DnsOverride, Names};
use crate::path::LinkConditions;
use crate::proxy::{Proxy, Stands};
use crate::reverse_proxy::{ReverseProxy, Timer};
use crate::servers::Dialect;
use crate::servers::manner::{HANDSHAKE_FAILURE, Manner};
use crate::world::Hosting;
use crate::{under, worlds};

/// What hosts are beside their manners.
pub fn hosts() -> Vec<Showing> {
    let mut showings = vec![
        Showing::new("hosts", "off", |world| {
            world.hosts.off.push("virginia".to_owned());
        }),
        Showing::new("hosts", "slow", |world| {
            world.hosts.slow.push(("toronto".to_owned(), 700));
        }),
        Showing::new("hosts", "clock-ahead", |world| {
            world.hosts.clock_ahead_s = 7200;
        }),
        Showing::new("hosts", "other-manner-to-agent", |world| {
            *world = std::mem::take(world)
                .odd("seattle", Kind::Tcp, Manner::Alert(HANDSHAKE_FAILURE))
                .odd_to_agent("seattle", Kind::Tcp, Manner::Certificate(Flaw::Untrusted));
        }),
    ];
    let dialects = [
        Dialect::TlsCloses,
        Dialect::PlainCloses,
        Dialect::PlainAnswers,
        Dialect::PlainWaits,
    ];
    showings.extend(dialects.map(|dialect| {
        let name = format!("{dialect:?}");
        Showing::new("hosts", &name, |world| world.hosts.dialect = dialect)
    }));
    showings
}

/// With little patience, so that nobody waits for long.
pub fn fronts() -> impl Iterator<Item = Showing> {
    let timers = [
        Timer::Tunnel,
        Timer::Client,
        Timer::Server,
        Timer::ClientAlone,
        Timer::ServerAlone,
    ];
    let fronts = [
        ReverseProxy::TurnsDown(400),
        ReverseProxy::TurnsDown(302),
        ReverseProxy::ClosesAfter(0),
        ReverseProxy::ClosesAfter(600),
        ReverseProxy::Collects(1200),
        ReverseProxy::ClosesIdle(2),
        ReverseProxy::ResetsIdle(2),
    ];
    let balancers = timers.map(|timer| ReverseProxy::HaProxy(timer, 1_500));
    fronts.into_iter().chain(balancers).map(|front| {
        let name = format!("{front:?}");
        Showing::new("front", &name, |world| world.front = Some(front))
    })
}

/// How the page, the path and the agent's names are.
pub fn paths() -> Vec<Showing> {
    let weather = |name, change: fn(&mut LinkConditions)| {
        Showing::new("weather", name, |world| change(&mut world.weather))
    };
    let hosting = |hosting: Hosting| {
        let name = format!("{hosting:?}");
        Showing::new("hosting", &name, |world| world.hosting = hosting)
    };
    let names = |name, names| Showing::new("names", name, |world| world.names = names);
    let wrong = Names::wrong("seattle", Kind::Tcp, DnsOverride::NxDomain);
    let dead_ipv6 = Names {
        dead_ipv6: true,
        ..Names::default()
    };
    vec![
        weather("far", |weather| weather.delay_ms = 150),
        weather("jitter", |weather| weather.jitter_ms = 60),
        weather("loss", |weather| weather.loss_per_mille = 100),
        weather("slow", |weather| weather.kbit_per_s = Some(256)),
        hosting(Hosting::WithoutRelay),
        hosting(Hosting::Loopback),
        names("far", Names::default().asked_far()),
        names("everywhere", wrong.clone().everywhere()),
        names("everywhere-and-far", wrong.asked_far().everywhere()),
        names("dead-ipv6", dead_ipv6),
    ]
}

/// Every condition that worlds can be put under.
pub fn conditions() -> impl Iterator<Item = Showing> {
    let conditions = under::all().into_iter();
    conditions.map(|condition| Showing::new("under", condition.name, condition.put))
}

/// Every proxy and every box in the path that some world has, by the name of the first that has it.
pub fn boxes() -> Vec<Showing> {
    let of = |name: &str, middlebox: Middlebox| {
        Showing::new("box", name, |world| world.middlebox = Some(middlebox))
    };
    // Those that only a watch meets.
    let ends = [Ends::Both, Ends::AgentAlone, Ends::Resets].map(|ends| {
        let middlebox = Middlebox::EndsIdle(1_500, ends);
        of(&format!("{middlebox:?}"), middlebox)
    });
    let mut showings = ends.to_vec();
    let mut proxies: Vec<Proxy> = Vec::new();
    let mut middleboxes: Vec<Middlebox> = Vec::new();
    for case in worlds::all() {
        let world = (case.world)();
        if let Some(proxy) = world.proxy
            && !proxies.contains(&proxy)
        {
            proxies.push(proxy.clone());
            let proxy = Some(hurried(proxy));
            showings.push(Showing::new("proxy", case.name, |world| {
                world.proxy = proxy
            }));
        }
        if let Some(middlebox) = world.middlebox
            && !middleboxes.contains(&middlebox)
        {
            middleboxes.push(middlebox.clone());
            showings.push(of(case.name, middlebox));
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
