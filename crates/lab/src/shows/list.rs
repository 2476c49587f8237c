//! One world for each thing that has a name: a fault, a manner, a box … and nothing else in it.

use std::net::Ipv4Addr;

use anyhow::Result;
use reachcheck_model::catalogue::Kind;

use super::about;
use super::check::expect;
use super::relay;
use super::row::Row;
use super::site::Site;
use crate::authority::Flaw;
use crate::fault::{By, Fault, With};
use crate::names::{DnsOverride, Names};
use crate::servers::manner::{HANDSHAKE_FAILURE, Manner, UNRECOGNIZED_NAME};
use crate::usage::Usage;
use crate::world::{Lab, RelayState, Standing, World};

mod around;

/// A thing with a name, and the world that has it.
#[derive(Clone, Debug)]
pub struct Showing {
    /// Kind and name, as in `fault/drops-relay`.
    pub name: String,
    /// Its world.
    pub world: World,
    about: About,
}

impl Showing {
    /// Whether it looks at how a browser is used, by browsers of its own that are busy for most of a minute: it takes from
    /// all others, and runs when it is asked for.
    #[must_use]
    pub fn is_of_a_browser(&self) -> bool {
        self.world.usage != Usage::default()
    }
}

/// What is looked at.
#[derive(Clone, Copy, Debug)]
enum About {
    /// All that is not usual in the world.
    World,
    /// That all is usual.
    NothingWrong,
    /// What becomes of a relay that is replaced.
    Replacement,
}

impl Showing {
    fn new(kind: &str, name: &str, change: impl FnOnce(&mut World)) -> Self {
        let mut world = World::default();
        change(&mut world);
        Self {
            name: format!("{kind}/{}", kebab(name)),
            world,
            about: About::World,
        }
    }

    fn stages(&self) -> Vec<Vec<Row>> {
        match self.about {
            About::World => about::of(&self.world),
            About::NothingWrong => about::of_nothing_wrong(),
            About::Replacement => relay::replaced(),
        }
    }

    /// Whether it starts browsers, beside which there may be no others.
    #[must_use]
    pub fn starts_browsers(&self) -> bool {
        self.world.usage != Usage::default()
    }

    /// Checks it in its world, which stands.
    ///
    /// # Errors
    /// With every row of the first stage that goes otherwise.
    pub fn check(&self, lab: &Lab, standing: &Standing) -> Result<()> {
        let site = Site { lab, standing };
        self.stages()
            .iter()
            .try_for_each(|rows| expect(rows, &site))
    }
}

/// Everything, what unplugs the agent last.
#[must_use]
pub fn all() -> Vec<Showing> {
    let plain = |kind, name, about| Showing {
        about,
        ..Showing::new(kind, name, |_| ())
    };
    let mut all = vec![
        plain("world", "nothing-wrong", About::NothingWrong),
        plain("relay", "replaced", About::Replacement),
    ];
    all.extend(faults().into_iter().map(|fault| {
        let name = format!("{fault:?}");
        Showing::new("fault", &name, |world| world.faults.push(fault))
    }));
    all.extend(manners().into_iter().map(of_manner));
    all.extend(around::hosts());
    all.extend(told().into_iter().flat_map(of_told));
    all.extend(
        relays()
            .into_iter()
            .map(|relay| Showing::new("relay", &format!("{relay:?}"), |world| world.relay = relay)),
    );
    all.push(Showing::new("relay", "next", |world| {
        world.next_relay = true;
    }));
    all.extend(around::paths());
    all.extend(around::fronts());
    all.extend(around::boxes());
    all.extend(around::conditions());
    all.sort_by_key(|showing| showing.world.faults.contains(&Fault::Unplugged));
    all
}

/// Short, so that nobody waits for long, and longer than silence is waited for.
const IDLE_MS: u32 = 2_000;

fn faults() -> Vec<Fault> {
    const HTTPS: Kind = Kind::Https;
    const TCP: Kind = Kind::Tcp;
    let mut faults = vec![
        Fault::DropsEndpoint("seattle", TCP),
        Fault::DropsFirstAddress("virginia", HTTPS),
        Fault::RefusesEndpoint("toronto", HTTPS),
        Fault::RefusesEndpointFar("virginia", TCP),
        Fault::DropsLargePackets("toronto", HTTPS),
        Fault::ResetsOnHello("seattle", TCP),
        Fault::DropsHello("virginia", HTTPS),
        Fault::ResetsPlain443,
        Fault::DropsPlain443,
        Fault::ResetsStun443,
        Fault::DropsRelay,
        Fault::RefusesRelay,
        Fault::RefusesRelayPort(80),
        Fault::DropsRelayPort(5222),
        Fault::ResetsTlsOnRelayPort(5222),
        Fault::ForgetsIdleRelay(IDLE_MS),
        Fault::ResetsIdleRelay(IDLE_MS),
        Fault::NatForgets(2),
        Fault::LeavesBy(1),
        Fault::NoLongerLeavesBy(1),
        Fault::RelayOff,
        Fault::RelayLostItsWay,
        Fault::TurnsRelayAway(With::Reset),
        Fault::TurnsRelayAway(With::Silence),
        Fault::ResetsRelayHello,
        Fault::SplitEgress,
        Fault::LimitsIcmp,
        Fault::DeadIpv6,
        Fault::Unplugged,
    ];
    let who = [By::OwnFirewall, By::Gateway, By::FarForAgent, By::FarForAll];
    for by in who {
        for with in [With::Reset, With::Silence].into_iter().chain(With::ICMP) {
            faults.push(Fault::Turns("toronto", HTTPS, by, with));
        }
    }
    faults
}

fn manners() -> Vec<Manner> {
    let mut manners = vec![
        Manner::Status(503),
        Manner::Redirect("https://elsewhere.example/".to_owned()),
        Manner::Slow(700),
        Manner::Stalls(0),
        Manner::Upgrade(403),
        Manner::Alert(HANDSHAKE_FAILURE),
        Manner::Alert(UNRECOGNIZED_NAME),
        Manner::PlainHttp,
        Manner::Banner,
        Manner::Closes,
        Manner::ClosesOnHello,
        Manner::ResetsOnHello,
        Manner::Silent,
        Manner::SilentAfterTls,
        Manner::ClosesAfterTls,
        Manner::Unsteady,
    ];
    manners.extend(Flaw::ALL.map(Manner::Certificate));
    manners
}

/// One endpoint has it for everybody, another for the agent alone.
fn of_manner(manner: Manner) -> Showing {
    let name = format!("{manner:?}");
    Showing::new("manner", &name, |world| {
        *world = std::mem::take(world)
            .odd("toronto", Kind::Https, manner.clone())
            .odd_to_agent("virginia", Kind::Tcp, manner);
    })
}

fn told() -> Vec<DnsOverride> {
    vec![
        DnsOverride::NxDomain,
        DnsOverride::ServFail,
        DnsOverride::NoData,
        DnsOverride::Silence,
        DnsOverride::Address(Ipv4Addr::new(10, 0, 0, 1)),
        DnsOverride::AlsoDeadIpv6,
    ]
}

/// By a server nearby and by one a round trip away.
fn of_told(told: DnsOverride) -> [Showing; 2] {
    let near = Names::wrong("seattle", Kind::Tcp, told);
    let far = near.clone().asked_far();
    [("near", near), ("far", far)].map(|(place, names)| {
        let name = format!("{told:?}-{place}");
        Showing::new("names", &name, |world| world.names = names)
    })
}

fn relays() -> Vec<RelayState> {
    vec![
        RelayState::On443Alone,
        RelayState::Busy,
        RelayState::Full,
        RelayState::ForAnotherOrigin,
        RelayState::Untrusted,
        RelayState::Ahead(3),
    ]
}

/// `Turns("toronto", Https, Gateway, Reset)` as `turns-toronto-https-gateway-reset`.
fn kebab(debug: &str) -> String {
    let mut text = String::new();
    let mut before = ' ';
    for c in debug.chars() {
        if c.is_ascii_uppercase() && (before.is_ascii_lowercase() || before.is_ascii_digit()) {
            text.push('-');
        }
        if c.is_ascii_alphanumeric() {
            text.push(c.to_ascii_lowercase());
        } else if !text.ends_with('-') {
            text.push('-');
        }
        before = c;
    }
    text.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests;
