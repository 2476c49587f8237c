//! How much one address may take of what all share, counted in tables whose size never changes.
//!
//! Whoever holds a piece of IPv6 has more addresses than any table has places. So addresses are counted by what
//! is handed out to one customer (IPv4: the address; IPv6: the /64, and the /48 around it), and the counters are
//! a count-min sketch (Cormode and Muthukrishnan, 2005): two rows, a place in each by a hash that nobody outside
//! can compute, and of the two the smaller counts. Collisions can only count too much, and only where both rows
//! collide with somebody who holds much. Sites are counted in a half of their own: the thousands of /64s of one /48 would
//! collide with it now and then, and make it smaller than it may be.
//!
//! A share is not all: an address may hold no more than what is left for everybody else (a dynamic threshold, Choudhury
//! and Hahne, 1998). So one address has at most half, n of them leave one part of n + 1, and whoever comes new finds room,
//! however many they are. A site, which may be many customers, may hold twice what is left.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use tokio::time::Instant;

/// Places in each half of a row, addresses' and sites'; a power of two. More than there may be connections, so that few
/// collide.
const PLACES: usize = 1 << 14;
const ROWS: usize = 2;
/// How many times what is left a site may hold.
const SITE: u32 = 2;
/// As left where what all share is of no account.
#[cfg(test)]
const PLENTY: usize = usize::MAX;

/// What one address and one site may hold at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// An IPv4 address, or an IPv6 /64.
    pub address: u32,
    /// An IPv6 /48: a company's site, or a piece of a mobile network with many customers in it.
    pub site: u32,
}

/// Where an address is counted, and its site if it has one: a place in each row.
#[derive(Clone, Copy, Debug)]
struct Keys {
    address: [usize; ROWS],
    site: Option<[usize; ROWS]>,
}

/// What is handed out to one customer: an IPv4 address, or an IPv6 /64.
pub fn customer(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
        v4 => v4,
    }
}

impl Keys {
    fn of(address: IpAddr, hasher: &RandomState) -> Self {
        match address.to_canonical() {
            IpAddr::V4(v4) => Self {
                address: places(hasher.hash_one(v4.octets())),
                site: None,
            },
            IpAddr::V6(v6) => {
                let [a, b, c, d, ..] = v6.segments();
                Self {
                    address: places(hasher.hash_one([a, b, c, d])),
                    site: Some(places(hasher.hash_one([a, b, c])).map(|place| place + PLACES)),
                }
            }
        }
    }

    /// The places of each with what it may have.
    fn with<T>(self, address: T, site: T) -> impl Iterator<Item = ([usize; ROWS], T)> {
        let site = self.site.map(|places| (places, site));
        std::iter::once((self.address, address)).chain(site)
    }
}

/// The places of a hash, one in each row: by its low bits, and by its high ones.
fn places(hash: u64) -> [usize; ROWS] {
    let mask = PLACES as u64 - 1;
    [hash & mask, hash >> 32 & mask].map(|place| usize::try_from(place).unwrap_or_default())
}

/// What of one kind is held at once.
#[derive(Debug)]
pub struct AddressQuota {
    hasher: RandomState,
    rows: [Box<[AtomicU32]>; ROWS],
}

/// A place in the crowd; dropping it gives it back.
#[derive(Debug)]
pub struct QuotaPermit {
    quota: Arc<AddressQuota>,
    keys: Keys,
    /// Whether less than an eighth of the share is left: enough to be told that there is no more.
    pub is_last: bool,
}

impl AddressQuota {
    /// An empty one.
    pub fn new() -> Arc<Self> {
        let row = || (0..2 * PLACES).map(|_| AtomicU32::new(0)).collect();
        Arc::new(Self {
            hasher: RandomState::new(),
            rows: [row(), row()],
        })
    }

    /// A place for this address, if its share and its site's are not used up, and it holds less than is left of what all
    /// share.
    pub fn try_acquire(
        self: &Arc<Self>,
        address: IpAddr,
        share: Quota,
        left: usize,
    ) -> Option<QuotaPermit> {
        let keys = Keys::of(address, &self.hasher);
        let left = u32::try_from(left).unwrap_or(u32::MAX);
        let of_address = share.address.min(left);
        let of_site = share.site.min(left.saturating_mul(SITE));
        let mut is_last = false;
        for (places, share) in keys.with(of_address, of_site) {
            let held = self.held(places);
            if held >= share {
                return None;
            }
            is_last |= held >= share - share / 8;
        }
        self.change(keys, |count| {
            count.fetch_add(1, Ordering::Relaxed);
        });
        Some(QuotaPermit {
            quota: self.clone(),
            keys,
            is_last,
        })
    }

    fn held(&self, places: [usize; ROWS]) -> u32 {
        let counts = self
            .counts(places)
            .map(|count| count.load(Ordering::Relaxed));
        counts.into_iter().min().unwrap_or_default()
    }

    fn change(&self, keys: Keys, change: impl Fn(&AtomicU32)) {
        for (places, ()) in keys.with((), ()) {
            self.counts(places).into_iter().for_each(&change);
        }
    }

    fn counts(&self, [first, second]: [usize; ROWS]) -> [&AtomicU32; ROWS] {
        [&self.rows[0][first], &self.rows[1][second]]
    }
}

impl Drop for QuotaPermit {
    fn drop(&mut self) {
        self.quota.change(self.keys, |count| {
            count.fetch_sub(1, Ordering::Relaxed);
        });
    }
}

/// How often one address and one site may come: a bucket each that holds so many arrivals, and fills at so many
/// a second (the generic cell rate algorithm, ITU-T I.371).
#[derive(Debug)]
pub struct RateLimiter {
    hasher: RandomState,
    /// When the bucket will be full again, in microseconds after `began`.
    rows: [Box<[AtomicU64]>; ROWS],
    began: Instant,
}

impl RateLimiter {
    /// One at which nobody has come yet.
    pub fn new() -> Self {
        let row = || (0..2 * PLACES).map(|_| AtomicU64::new(0)).collect();
        Self {
            hasher: RandomState::new(),
            rows: [row(), row()],
            began: Instant::now(),
        }
    }

    /// Whether somebody from this address may come now; who may not is not counted.
    pub fn admits(&self, address: IpAddr, now: Instant, burst: Quota, per_second: Quota) -> bool {
        // Microseconds until one more may come.
        let every = |per_second: u32| 1_000_000 / u64::from(per_second.max(1));
        let now = now.saturating_duration_since(self.began).as_micros();
        let now = u64::try_from(now).unwrap_or(u64::MAX);
        let keys = Keys::of(address, &self.hasher);
        let address = (burst.address, every(per_second.address));
        let site = (burst.site, every(per_second.site));
        let limits = || keys.with(address, site);
        for (places, (burst, every)) in limits() {
            let fulls = self.fulls(places).map(|full| full.load(Ordering::Relaxed));
            let full = fulls.into_iter().min().unwrap_or_default();
            if full.saturating_sub(now) + every > u64::from(burst) * every {
                return false;
            }
        }
        for (places, (_, every)) in limits() {
            for full in self.fulls(places) {
                let later = |full: u64| Some(full.max(now).saturating_add(every));
                let _ = full.fetch_update(Ordering::Relaxed, Ordering::Relaxed, later);
            }
        }
        true
    }

    fn fulls(&self, [first, second]: [usize; ROWS]) -> [&AtomicU64; ROWS] {
        [&self.rows[0][first], &self.rows[1][second]]
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv6Addr};
    use std::time::Duration;

    use tokio::time::Instant;

    use super::{AddressQuota, PLENTY, Quota, RateLimiter};

    const SHARE: Quota = Quota {
        address: 16,
        site: 24,
    };

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn an_address_gets_its_share_and_another_its_own() {
        let quota = AddressQuota::new();
        let places: Vec<_> = (0..16)
            .map(|_| {
                quota
                    .try_acquire(ip("192.0.2.1"), SHARE, PLENTY)
                    .expect("a place")
            })
            .collect();
        let last: Vec<_> = places.iter().map(|place| place.is_last).collect();
        assert_eq!(last.iter().filter(|is_last| **is_last).count(), 2);
        assert!(last[14] && last[15], "the last eighth");
        assert!(quota.try_acquire(ip("192.0.2.1"), SHARE, PLENTY).is_none());
        assert!(
            quota
                .try_acquire(ip("::ffff:192.0.2.1"), SHARE, PLENTY)
                .is_none(),
            "the same"
        );
        assert!(quota.try_acquire(ip("192.0.2.2"), SHARE, PLENTY).is_some());
        drop(places);
        assert!(
            quota.try_acquire(ip("192.0.2.1"), SHARE, PLENTY).is_some(),
            "given back"
        );
    }

    #[test]
    fn addresses_of_one_64_are_one_and_64s_of_one_48_share() {
        let quota = AddressQuota::new();
        let mut places = Vec::new();
        for host in 0..20 {
            places.extend(quota.try_acquire(ip(&format!("2001:db8:1:1::{host:x}")), SHARE, PLENTY));
        }
        assert_eq!(places.len(), 16);
        for network in 2..100 {
            places.extend(quota.try_acquire(
                ip(&format!("2001:db8:1:{network:x}::1")),
                SHARE,
                PLENTY,
            ));
        }
        assert_eq!(places.len(), 24);
        assert!(
            quota
                .try_acquire(ip("2001:db8:2:1::1"), SHARE, PLENTY)
                .is_some(),
            "another site"
        );
    }

    /// However many addresses take as much as they get, one that comes new has room.
    #[test]
    fn what_an_address_may_hold_shrinks_as_the_pool_fills() {
        const ALL: usize = 6_144;
        let share = Quota {
            address: 4_000,
            site: 6_000,
        };
        for hogs in 1..=20_u8 {
            let quota = AddressQuota::new();
            let mut held = Vec::new();
            // In turn, which is the most that they can get together.
            loop {
                let before = held.len();
                for hog in 1..=hogs {
                    let address = ip(&format!("192.0.2.{hog}"));
                    held.extend(quota.try_acquire(address, share, ALL - held.len()));
                }
                if held.len() == before {
                    break;
                }
            }
            let left = ALL - held.len();
            let fair = ALL / (usize::from(hogs) + 1);
            assert!(left.abs_diff(fair) <= usize::from(hogs), "{hogs}: {left}");
            let new = quota.try_acquire(ip("192.0.2.200"), share, left);
            assert!(!new.expect("room").is_last, "{hogs}");
        }
    }

    /// A /48 with many /64s has two thirds, whatever the hashes are: each table has its own.
    #[test]
    fn a_site_holds_twice_what_is_left_however_many_networks_it_has() {
        const ALL: usize = 6_144;
        let share = Quota {
            address: 4_000,
            site: 6_000,
        };
        for _ in 0..100 {
            let quota = AddressQuota::new();
            let mut held = Vec::new();
            for network in 0..ALL {
                let bits = 0x2001_0db8_0001 << 80 | (network as u128) << 64;
                let address = IpAddr::V6(Ipv6Addr::from_bits(bits));
                held.extend(quota.try_acquire(address, share, ALL - held.len()));
            }
            assert_eq!(held.len(), ALL / 3 * 2);
            let other = quota.try_acquire(ip("2001:db8:2::1"), share, ALL - held.len());
            assert!(other.is_some());
        }
    }

    #[test]
    fn a_flood_of_networks_leaves_room_for_others() {
        let quota = AddressQuota::new();
        let now = Instant::now();
        let pace = RateLimiter::new();
        let mut held = Vec::new();
        for number in 0..1_000_000_u64 {
            // An odd factor scatters them over all of IPv6, each in a /48 of its own.
            let bits = u128::from(number.wrapping_mul(0x9e37_79b9_7f4a_7c15)) << 64;
            let address = IpAddr::V6(Ipv6Addr::from_bits(bits));
            let place = quota.try_acquire(address, SHARE, PLENTY);
            if number < 8_192 {
                held.push(place.expect("each is alone in its network"));
                assert!(pace.admits(address, now, SHARE, SHARE));
            }
        }
        let others = (0..=255).filter(|last| {
            let address = ip(&format!("192.0.2.{last}"));
            quota.try_acquire(address, SHARE, PLENTY).is_some()
                && pace.admits(address, now, SHARE, SHARE)
        });
        assert_eq!(others.count(), 256);
    }

    #[test]
    fn a_burst_is_admitted_and_then_so_many_a_second() {
        let per_second = Quota {
            address: 4,
            site: 8,
        };
        let pace = RateLimiter::new();
        let began = Instant::now();
        let come = |address: &str, seconds| {
            let now = began + Duration::from_secs(seconds);
            (0..100)
                .filter(|_| pace.admits(ip(address), now, SHARE, per_second))
                .count()
        };
        assert_eq!(come("192.0.2.1", 0), 16);
        assert_eq!(come("192.0.2.2", 0), 16, "another is not held to it");
        assert_eq!(come("192.0.2.1", 1), 4);
        assert_eq!(come("192.0.2.1", 61), 16);
        assert_eq!(come("2001:db8:1:1::1", 61), 16);
        assert_eq!(come("2001:db8:1:2::1", 61), 8, "what is left to its site");
        assert_eq!(come("2001:db8:1:3::1", 61), 0);
    }
}
