//! A world of the lab as the models see it: what reacts where, how far it is, what the relay is like.

use std::sync::LazyLock;

use reachcheck_lab::addresses;
use reachcheck_lab::case::{Case, Opening};
use reachcheck_lab::computer::Computer;
use reachcheck_lab::distance::Distances;
use reachcheck_lab::fault::With;
use reachcheck_lab::middlebox::Middlebox;
use reachcheck_lab::path::LinkConditions;
use reachcheck_lab::proxy::Setting;
use reachcheck_lab::reverse_proxy::ReverseProxy;
use reachcheck_lab::world::{Hosting, RelayState, World};
use reachcheck_model::catalogue::{Catalogue, EndpointRef};
use reachcheck_model::config::Config;
use reachcheck_model::plan::{Plan, RelayTarget};

use crate::reaction::{Http, Place, Reaction};

mod faults;
mod hosts;

/// A world, told in places.
#[derive(Clone, Debug)]
pub struct Scene {
    /// Its endpoints, in the order of [`EndpointRef::of`].
    pub endpoints: Vec<Endpoint>,
    /// The host of the page.
    pub page: Page,
    /// The relay, where the settings name one.
    pub relay: Option<Relay>,
    /// The path between gateway and outside.
    pub link: LinkConditions,
    /// The name server stands at the other end of the path.
    pub names_are_far: bool,
    /// Every host has an IPv6 address too, at which nothing answers.
    pub ipv6_is_dead: bool,
    /// Connections leave by one public address after another.
    pub egress_is_split: bool,
    /// The gateway sends at most one ICMP error a second to each address.
    pub icmp_is_limited: bool,
    /// What becomes of connections to port 443 whose first byte is not TLS.
    pub plain_443: Option<With>,
    /// This computer has no network.
    pub is_unplugged: bool,
}

/// One endpoint.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// Its host.
    pub host: String,
    /// Its port, as the agent meets it.
    pub here: Place,
    /// Other ports of its host.
    pub other_ports: Place,
    /// Its port, as the relay meets it.
    pub outside: Outside,
    /// Its certificate begins so many hours from now, by a clock that is right.
    pub begins_in_h: Option<u32>,
}

/// What the relay meets at an endpoint.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outside {
    /// This.
    Meets(Reaction),
    /// An address that it does not dial.
    Forbidden,
}

/// The host of the page.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// Where it stands, and what it does.
    pub place: Place,
    /// By how much its clock is ahead, in milliseconds.
    pub ahead_ms: f64,
    /// It is this very computer.
    pub is_loopback: bool,
}

/// The relay.
#[derive(Clone, Debug)]
pub struct Relay {
    /// Its host.
    pub host: String,
    /// Its base address.
    pub base: String,
    /// It is this very computer.
    pub is_loopback: bool,
    /// What it is like.
    pub state: RelayState,
    /// The ports that it says it answers on.
    pub ports: Vec<u16>,
    /// What is met at ports of its address.
    pub places: Vec<(u16, Place)>,
    /// A box in front of it.
    pub front: Option<ReverseProxy>,
    /// The gateway forgets connections that are silent for so many milliseconds.
    pub forgets_after_ms: Option<u32>,
    /// It reaches nothing.
    pub has_lost_its_way: bool,
}

impl Scene {
    /// The scene of a world.
    ///
    /// # Errors
    /// Why the models cannot express the world.
    pub fn of(case: &Case) -> Result<Self, &'static str> {
        let world = (case.world)();
        if let Some(why) = why_not(case, &world) {
            return Err(why);
        }
        let mut scene = Self {
            endpoints: hosts::endpoints(&world),
            page: page(&world),
            relay: relay(&world),
            link: world.weather,
            names_are_far: world.names.far,
            ipv6_is_dead: world.names.dead_ipv6,
            egress_is_split: false,
            icmp_is_limited: false,
            plain_443: None,
            is_unplugged: false,
        };
        hosts::tell_names(&mut scene, &world.names)?;
        let begun = match &case.opening {
            Opening::StartAfter(fault) => Some(fault),
            Opening::ByItself | Opening::InBackground => None,
        };
        for fault in world.faults.iter().chain(begun) {
            faults::set(&mut scene, fault)?;
        }
        if let Some(middlebox) = &world.middlebox {
            scene.put(middlebox)?;
        }
        Ok(scene)
    }

    /// The endpoint at this place of the plan.
    #[must_use]
    pub fn endpoint(&self, endpoint: EndpointRef) -> &Endpoint {
        &self.endpoints[position(endpoint)]
    }

    /// The round trip to whatever stands beyond the path, without jitter, in milliseconds.
    #[must_use]
    pub fn round_trip_ms(&self) -> f64 {
        let delay_ms = u32::try_from(self.link.delay_ms).unwrap_or(u32::MAX);
        2.0 * f64::from(delay_ms)
    }

    /// Whether times in it are the path's and the browser's alone, and so tell what the browser adds.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        let calm = LinkConditions {
            delay_ms: self.link.delay_ms,
            ..LinkConditions::default()
        };
        self.link == calm && !self.icmp_is_limited
    }

    /// What a run in it plans.
    #[must_use]
    pub fn plan(&self) -> Plan {
        let relays = self.relay.iter().map(|relay| RelayTarget {
            base: relay.base.clone(),
            is_loopback: relay.is_loopback,
        });
        Plan::new(&Config::default(), relays.collect(), &[])
    }

    fn put(&mut self, middlebox: &Middlebox) -> Result<(), &'static str> {
        let on_443 = match middlebox {
            Middlebox::Inspects(_) => return Err(OPENS_TLS),
            Middlebox::TcpProxy { .. } => {
                return Err("a box that accepts every connection changes what each time means");
            }
            Middlebox::EndsIdle(..) => return Err(WATCH_ALONE),
            Middlebox::Takes(port) => {
                let taken = Place::near(Reaction::PlainHttp);
                self.at_relay(Some(*port), |place| *place = taken);
                return Ok(());
            }
            Middlebox::Portal => Reaction::Refuses(With::Reset),
            Middlebox::PortalWithCertificate => {
                Reaction::BadCertificate(reachcheck_wire::CertificateFault::Untrusted)
            }
        };
        for endpoint in &mut self.endpoints {
            endpoint.here = Place::near(on_443);
        }
        Ok(())
    }

    /// Changes what is met at one port of the relay's address, or at all of them.
    fn at_relay(&mut self, port: Option<u16>, change: impl Fn(&mut Place)) {
        let Some(relay) = self.relay.as_mut().filter(|relay| !relay.is_loopback) else {
            return;
        };
        let places = relay.places.iter_mut();
        for (_, place) in places.filter(|(other, _)| port.is_none_or(|port| port == *other)) {
            change(place);
        }
    }
}

const OPENS_TLS: &str = "something opens TLS on the way, and answers in the service's place";
const WATCH_ALONE: &str = "only the watch meets it";

/// The place of an endpoint in [`Scene::endpoints`].
#[must_use]
pub fn position(endpoint: EndpointRef) -> usize {
    let position = EndpointRef::of(endpoint.region + 1).position(|other| other == endpoint);
    position.unwrap_or_default()
}

/// Why the models cannot express this world, apart from single faults.
fn why_not(case: &Case, world: &World) -> Option<&'static str> {
    if case.opening == Opening::InBackground {
        return Some("a hidden tab's timers are held back, which the models do not do");
    }
    if world.setting() != Setting::Direct {
        return Some("a proxy connects in the browser's place");
    }
    if world.pace.is_some() {
        return Some(WATCH_ALONE);
    }
    if world.weather.kbit_per_s.is_some() {
        return Some("packets have no size here, so a slow link has no effect");
    }
    if world.distances != Distances::default() {
        return Some("everything beyond the path is equally far in the models");
    }
    if world.computer != Computer::default() {
        return Some("which system the computer runs is chosen for all runs, not by a world");
    }
    if world.next_relay {
        return Some(
            "the models have one relay; what a second is asked is in the machine's scripts",
        );
    }
    match world.front {
        Some(ReverseProxy::HaProxy(..)) => Some(WATCH_ALONE),
        _ => None,
    }
}

fn page(world: &World) -> Page {
    let is_loopback = world.hosting == Hosting::Loopback;
    let place = Place {
        reaction: Reaction::Answers(Http::ok(false)),
        is_near: is_loopback,
    };
    let ahead_s = u32::try_from(world.hosts.clock_ahead_s).unwrap_or(u32::MAX);
    Page {
        place,
        ahead_ms: 1000.0 * f64::from(ahead_s),
        is_loopback,
    }
}

/// The ports that the lab's relay listens on (`RelayState::Well`).
const PORTS: [u16; 3] = [443, 80, 5222];
/// The port that it listens on behind a box, and says so.
const BEHIND: u16 = 8443;
/// The port of a relay on this very computer.
const LOCAL: u16 = 8080;

fn relay(world: &World) -> Option<Relay> {
    let answers = Reaction::Answers(Http::ok(false));
    let closed = Place::far(Reaction::Refuses(With::Reset));
    let at = |ports: &[u16], reaction| {
        PORTS.map(|port| match ports.contains(&port) {
            true => (port, Place::far(reaction)),
            false => (port, closed),
        })
    };
    let (ports, places) = match (world.hosting, world.front, world.relay) {
        (Hosting::WithoutRelay, ..) => return None,
        (Hosting::Loopback, ..) => (vec![LOCAL], vec![(LOCAL, Place::near(answers))]),
        (Hosting::Apart, Some(_), _) => (vec![BEHIND], at(&PORTS[..1], answers).to_vec()),
        (Hosting::Apart, None, RelayState::On443Alone) => {
            (PORTS[..1].to_vec(), at(&PORTS[..1], answers).to_vec())
        }
        (Hosting::Apart, None, RelayState::Untrusted) => {
            let fault = reachcheck_wire::CertificateFault::Untrusted;
            let places = at(&PORTS, Reaction::BadCertificate(fault));
            (PORTS.to_vec(), places.to_vec())
        }
        (
            Hosting::Apart,
            None,
            RelayState::Well
            | RelayState::Busy
            | RelayState::Full
            | RelayState::ForAnotherOrigin
            | RelayState::Ahead(_),
        ) => (PORTS.to_vec(), at(&PORTS, answers).to_vec()),
    };
    let is_loopback = world.hosting == Hosting::Loopback;
    let (host, base) = match is_loopback {
        true => (
            "127.0.0.1".to_owned(),
            format!("http://127.0.0.1:{LOCAL}/relay/"),
        ),
        false => (
            addresses::RELAY_NAME.to_owned(),
            format!("https://{}/relay/", addresses::RELAY_NAME),
        ),
    };
    Some(Relay {
        host,
        base,
        is_loopback,
        state: world.relay,
        ports,
        places,
        front: world.front,
        forgets_after_ms: None,
        has_lost_its_way: false,
    })
}

/// The regions and endpoints that every scene has.
pub(crate) fn catalogue() -> &'static Catalogue {
    static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(Catalogue::embedded);
    &CATALOGUE
}
