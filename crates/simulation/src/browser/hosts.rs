//! What a browser remembers of hosts: whose name it knows, and which connections stand.

use reachcheck_lab::engine::Engine;
use reachcheck_lab::fault::With;

use crate::engine::Way;
use crate::reaction::{Place, Reaction};
use crate::scene::Scene;

/// How many connections a browser makes to one host for HTTP/1.1 (docs/browsers.md section 3).
const CONNECTIONS_MAX: usize = 6;

/// A host's port, and what is met there.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    host: usize,
    port: u16,
    /// What is met.
    pub place: Place,
}

impl Target {
    /// The host, by a number of its own.
    pub const fn host(&self) -> usize {
        self.host
    }

    /// Whether it is the port of HTTPS.
    pub const fn is_https(&self) -> bool {
        self.port == 443
    }
}

/// What is known of a host and port.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pool {
    host: usize,
    port: u16,
    /// When each connection that was kept is free, in milliseconds.
    free_at: Vec<f64>,
    /// When a connection stands that nobody has asked for, in milliseconds.
    pub spare_at: Option<f64>,
    /// How many `fetch`es there were, to [`crate::noise::LATER`].
    pub attempts: u8,
    /// How many connections reached an unsteady host.
    pub conversations: u32,
    /// Which of two address families leads there.
    pub knows_family: bool,
}

impl Pool {
    /// Takes a connection that stands, or will before there may be another: when it is free.
    pub fn take(&mut self, now: f64) -> Option<f64> {
        let free = |at: &f64| *at <= now;
        if let Some(index) = self.free_at.iter().position(free) {
            self.free_at.swap_remove(index);
            return Some(now);
        }
        if let Some(ready_at) = self.spare_at.take() {
            return Some(ready_at.max(now));
        }
        if self.free_at.len() < CONNECTIONS_MAX {
            return None;
        }
        let soonest = self.free_at.iter().copied().enumerate();
        let (index, at) = soonest.min_by(|(_, one), (_, other)| one.total_cmp(other))?;
        self.free_at.swap_remove(index);
        Some(at)
    }

    /// Keeps a connection that is in use until then, if it outlives that.
    pub fn keep(&mut self, until: f64, outlives: bool) {
        if outlives {
            self.free_at.push(until);
        }
    }
}

/// Every host.
#[derive(Debug)]
pub(crate) struct Hosts<'run> {
    scene: &'run Scene,
    pools: Vec<Pool>,
    /// Hosts whose name was asked for, and when it is known.
    known: Vec<(usize, f64)>,
    /// Hosts whose name a WebSocket asked for.
    asked_again: Vec<usize>,
}

impl<'run> Hosts<'run> {
    pub const fn of(scene: &'run Scene) -> Self {
        Self {
            scene,
            pools: Vec::new(),
            known: Vec::new(),
            asked_again: Vec::new(),
        }
    }

    /// The place that an address leads to.
    ///
    /// # Panics
    /// If the machine asks for an address that the plan does not name.
    pub fn find(&self, url: &str) -> Target {
        let (host, port) = host_and_port(url);
        self.at(host, port)
    }

    /// The place at a host and port.
    ///
    /// # Panics
    /// If there is no such host.
    pub fn at(&self, host: &str, port: u16) -> Target {
        let scene = self.scene;
        let mut endpoints = scene.endpoints.iter().enumerate();
        if let Some((index, endpoint)) = endpoints.find(|(_, endpoint)| endpoint.host == host) {
            let place = match port {
                443 => endpoint.here,
                _ => endpoint.other_ports,
            };
            return Target {
                host: index,
                port,
                place,
            };
        }
        let relay = scene.relay.as_ref().filter(|relay| relay.host == host);
        let relay = relay.unwrap_or_else(|| panic!("nobody is called {host}"));
        let place = relay.places.iter().find(|(other, _)| *other == port);
        Target {
            host: scene.endpoints.len(),
            port,
            place: place.map_or(Place::far(Reaction::Refuses(With::Reset)), |(_, place)| {
                *place
            }),
        }
    }

    /// The page's own host.
    pub fn page(&self) -> Target {
        Target {
            host: self.scene.endpoints.len() + 1,
            port: 443,
            place: self.scene.page.place,
        }
    }

    pub fn pool(&mut self, target: Target) -> &mut Pool {
        let is_it = |pool: &Pool| (pool.host, pool.port) == (target.host, target.port);
        let index = self.pools.iter().position(is_it).unwrap_or_else(|| {
            self.pools.push(Pool {
                host: target.host,
                port: target.port,
                ..Pool::default()
            });
            self.pools.len() - 1
        });
        &mut self.pools[index]
    }

    /// Whether the host is an address, whose name needs no lookup and has no other family.
    pub fn is_literal(&self, target: Target) -> bool {
        let is_relay = target.host == self.scene.endpoints.len();
        let relay = self.scene.relay.as_ref().filter(|_| is_relay);
        let page = self.scene.page;
        relay.is_some_and(|relay| relay.is_loopback)
            || (target.host > self.scene.endpoints.len() && page.is_loopback)
    }

    /// Whether nobody has asked for the name.
    pub fn is_unknown(&self, target: Target) -> bool {
        self.known_at(target).is_none()
    }

    /// When the answer for the name is there, in milliseconds.
    pub fn known_at(&self, target: Target) -> Option<f64> {
        let is_page = target.host > self.scene.endpoints.len();
        if is_page || self.is_literal(target) {
            return Some(0.0);
        }
        let found = self.known.iter().find(|(host, _)| *host == target.host);
        found.map(|(_, at)| *at)
    }

    /// The name was asked for, and the answer comes then.
    pub fn know(&mut self, target: Target, at: f64) {
        if self.is_unknown(target) {
            self.known.push((target.host, at));
        }
    }

    /// Whether a WebSocket asks for a name again that a `fetch` knows: in Firefox the first one (docs/browsers.md
    /// section 3).
    pub fn asks_again(&mut self, target: Target, engine: Engine, way: Way) -> bool {
        if (engine, way) != (Engine::Firefox, Way::Socket)
            || self.is_literal(target)
            || self.asked_again.contains(&target.host)
        {
            return false;
        }
        self.asked_again.push(target.host);
        true
    }
}

/// Host and port of a URL.
fn host_and_port(url: &str) -> (&str, u16) {
    let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
    let authority = rest.split('/').next().unwrap_or_default();
    let usual = match scheme {
        "http" | "ws" => 80,
        _ => 443,
    };
    match authority.split_once(':') {
        Some((host, port)) => (host, port.parse().unwrap_or(usual)),
        None => (authority, usual),
    }
}

/// The address of a relay on another port, or on its own.
pub(super) fn with_port(base: &str, port: Option<u16>) -> (&str, u16) {
    let (host, own) = host_and_port(base);
    (host, port.unwrap_or(own))
}

#[cfg(test)]
mod tests {
    use super::{Pool, host_and_port};

    #[test]
    fn addresses_are_taken_apart() {
        assert_eq!(host_and_port("https://a.example/b"), ("a.example", 443));
        assert_eq!(host_and_port("wss://a.example:80/"), ("a.example", 80));
        let local = "http://127.0.0.1:8080/relay/";
        assert_eq!(host_and_port(local), ("127.0.0.1", 8080));
    }

    #[test]
    fn the_seventh_request_at_one_host_waits_for_the_first() {
        let mut pool = Pool::default();
        for number in 0_u8..6 {
            assert_eq!(pool.take(0.0), None);
            pool.keep(100.0 + f64::from(number), true);
        }
        assert_eq!(pool.take(0.0), Some(100.0));
        assert_eq!(pool.take(103.5), Some(103.5));
    }
}
