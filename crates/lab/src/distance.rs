//! Distances: who is further away than the path's other end, and for whom.
//!
//! ```text
//!                                       ┌── Toronto's link ── Toronto
//!  gateway ── path, by destination ── outside ── Seattle's link ── Seattle
//!                                       └── relay's link ── relay
//! ```
//!
//! With one way of the path p, of a region's link r, of the relay's link l, and of the agent's detour to it d, the round
//! trips are
//!
//! - A, agent to relay: 2 (p + d + l),
//! - B, relay to region: 2 (l + r),
//! - R, agent to region: 2 (p + d + r).
//!
//! So links alone keep |A−B| ≤ R ≤ A+B, as networks without detours do; a detour may break it.

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use crate::addresses;
use crate::path::{LinkConditions, Orders, Way};

/// A link on which packets are only late or lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    /// Delay one way, in milliseconds.
    pub delay_ms: u64,
    /// Of a thousand packets, so many are lost, in each direction.
    pub loss_per_mille: u64,
}

impl Leg {
    /// A leg that makes every round trip over it so much longer, in milliseconds.
    #[must_use]
    pub const fn round_trip(ms: u64) -> Self {
        Self {
            delay_ms: ms / 2,
            loss_per_mille: 0,
        }
    }

    /// A leg without delay that loses so many packets of a thousand.
    #[must_use]
    pub const fn losing(per_mille: u64) -> Self {
        Self {
            delay_ms: 0,
            loss_per_mille: per_mille,
        }
    }

    /// This leg and another one after it: what passes both has passed each.
    #[must_use]
    pub const fn then(self, next: Self) -> Self {
        let pass = (1000 - self.loss_per_mille) * (1000 - next.loss_per_mille);
        Self {
            delay_ms: self.delay_ms + next.delay_ms,
            loss_per_mille: 1000 - pass / 1000,
        }
    }
}

/// Whose links and detours are not ideal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Distances {
    /// A region's own link, which agent and relay share.
    pub regions: Vec<(String, Leg)>,
    /// The relay's own link, between it and everybody else.
    pub relay: Leg,
    /// The agent's way to every endpoint, and nobody else's: as with a VPN for the service alone.
    pub detour_to_endpoints: Leg,
    /// The agent's way to all but the endpoints (page, relay, the name server outside): as with a VPN that has the
    /// service as its exception.
    pub detour_elsewhere: Leg,
}

impl Distances {
    /// Whether every packet between the relay and others goes over a link that is not ideal.
    #[must_use]
    pub fn concern_relay(&self) -> bool {
        self.relay != Leg::default() || !self.regions.is_empty()
    }

    /// The link of a region, for agent and relay alike.
    #[must_use]
    pub fn region(&self, region: &str) -> Leg {
        let links = self.regions.iter().filter(|(id, _)| id == region);
        links.fold(Leg::default(), |before, (_, leg)| before.then(*leg))
    }

    /// The agent's way to a region's endpoints beyond the path.
    #[must_use]
    pub fn agent_to(&self, region: &str) -> Leg {
        self.detour_to_endpoints.then(self.region(region))
    }

    /// What the path and the relay's link are ordered to be.
    #[must_use]
    pub fn orders(&self, path: LinkConditions) -> Orders {
        let mut legs = self.by_address(|region| self.agent_to(region));
        let further = Leg::round_trip(addresses::NEXT_RELAY_FURTHER_MS);
        legs.push((addresses::NEXT_RELAY, self.detour_elsewhere.then(further)));
        Orders {
            path: Way {
                every: path,
                legs,
                elsewhere: self.detour_elsewhere,
            },
            relay: Way {
                every: LinkConditions {
                    delay_ms: 0,
                    ..LinkConditions::default()
                },
                legs: self.by_address(|region| self.relay.then(self.region(region))),
                elsewhere: self.relay,
            },
        }
    }

    fn by_address(&self, leg: impl Fn(&str) -> Leg) -> Vec<(Ipv4Addr, Leg)> {
        let mut legs = Vec::new();
        for place in addresses::places() {
            let leg = leg(&place.region);
            legs.extend(place.all().map(|address| (address, leg)));
        }
        legs
    }
}

#[cfg(test)]
mod tests {
    use super::{Distances, Leg};
    use crate::addresses;
    use crate::path::LinkConditions;
    use reachcheck_model::catalogue::Kind;

    #[test]
    fn what_passes_two_legs_has_passed_each() {
        let both = Leg::losing(500).then(Leg::losing(500));
        assert_eq!(both.loss_per_mille, 750);
        assert_eq!(Leg::losing(20).then(Leg::default()), Leg::losing(20));
        let long = Leg::round_trip(60).then(Leg::round_trip(20));
        assert_eq!(long, Leg::round_trip(80));
    }

    #[test]
    fn each_round_trip_is_made_of_its_links() {
        let distances = Distances {
            regions: vec![("seattle".to_owned(), Leg::round_trip(100))],
            relay: Leg::round_trip(60),
            detour_elsewhere: Leg::round_trip(40),
            ..Distances::default()
        };
        let orders = distances.orders(LinkConditions::default());
        let seattle = addresses::place("seattle", Kind::Tcp).address;
        let toronto = addresses::place("toronto", Kind::Tcp).address;
        let r = |address| 2 * (orders.path.every.delay_ms + orders.path.leg(address).delay_ms);
        let b = |address| 2 * (orders.relay.every.delay_ms + orders.relay.leg(address).delay_ms);
        assert_eq!((r(seattle), r(toronto)), (180, 80));
        for address in addresses::place("seattle", Kind::Https).all() {
            assert_eq!(r(address), 180, "{address}");
        }
        assert_eq!((b(seattle), b(toronto)), (160, 60));
        assert_eq!(r(addresses::RELAY) + b(addresses::AGENT), 180);
        assert_eq!(r(addresses::PAGE), 120);
        assert!(distances.concern_relay() && !Distances::default().concern_relay());
    }
}
