//! How watched sockets ended, for those who come back and ask. A name is a nonce that its page alone knows; there is no
//! address and nothing else about anybody. Bounded, and forgotten soon; another relay of the same name does not know, and
//! says so.
//!
//! Somebody may open sockets only to have them remembered, so that what others are to be told is forgotten. Where there is no
//! room the longest of many queues loses its oldest (longest queue drop; Suter and others, 1998), and which queue a name
//! stands in follows from its address, one of so few that it says nothing of whose it was.

use std::collections::hash_map::RandomState;
use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher as _;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use reachcheck_wire::Ending;

use crate::quota::customer;

/// How many are remembered: of 500 agents with four sockets each, the last sixteen.
const MOST: usize = 32_768;
/// How long.
const LONGEST: Duration = Duration::from_secs(3_600);
/// A flood is alone in its queue but for one address of so many.
const QUEUES: usize = 256;

/// The latest endings.
#[derive(Debug)]
pub struct Endings {
    hasher: RandomState,
    latest: Mutex<Latest>,
}

#[derive(Debug)]
struct Latest {
    by_name: HashMap<u64, Noted>,
    /// Names by when there was last a word on them, in the queue of their address.
    queues: Box<[BTreeMap<u64, u64>]>,
    /// Of the next word.
    number: u64,
}

/// The last word on a name.
#[derive(Clone, Copy, Debug)]
struct Noted {
    at: Instant,
    how: Ending,
    queue: usize,
    number: u64,
}

impl Default for Endings {
    fn default() -> Self {
        Self {
            hasher: RandomState::new(),
            latest: Mutex::new(Latest {
                by_name: HashMap::new(),
                queues: vec![BTreeMap::new(); QUEUES].into(),
                number: 0,
            }),
        }
    }
}

impl Latest {
    fn forget(&mut self, name: u64) {
        if let Some(noted) = self.by_name.remove(&name) {
            self.queues[noted.queue].remove(&noted.number);
        }
    }

    /// Forgets what is old in a queue, …
    fn forget_old(&mut self, queue: usize, now: Instant) {
        while let Some((_, name)) = self.queues[queue].first_key_value()
            && let name = *name
            && let Some(noted) = self.by_name.get(&name)
            && now.duration_since(noted.at) > LONGEST
        {
            self.forget(name);
        }
    }

    /// … and, where there is no room, the oldest of the longest.
    fn make_room(&mut self) {
        while self.by_name.len() >= MOST {
            let longest = self.queues.iter().max_by_key(|queue| queue.len());
            let Some((_, name)) = longest.and_then(BTreeMap::first_key_value) else {
                return;
            };
            self.forget(*name);
        }
    }
}

impl Endings {
    /// A watch of that name, from that address, begins or ends so.
    pub fn note(&self, name: &str, address: IpAddr, how: Ending) {
        let (name, now) = (self.hasher.hash_one(name), Instant::now());
        let queue = self.hasher.hash_one(customer(address)) % QUEUES as u64;
        let queue = usize::try_from(queue).unwrap_or_default();
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        latest.forget(name);
        latest.forget_old(queue, now);
        latest.make_room();
        let number = latest.number;
        latest.number += 1;
        latest.queues[queue].insert(number, name);
        let noted = Noted {
            at: now,
            how,
            queue,
            number,
        };
        latest.by_name.insert(name, noted);
    }

    /// Nobody will ask for that name any more.
    pub fn forget(&self, name: &str) {
        let name = self.hasher.hash_one(name);
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        latest.forget(name);
    }

    /// How the watch of that name ended, and how long ago; the last word on it counts.
    pub fn of(&self, name: &str) -> (Ending, Option<Duration>) {
        let name = self.hasher.hash_one(name);
        let latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        match latest.by_name.get(&name) {
            None => (Ending::NotKnown, None),
            Some(noted) if noted.at.elapsed() > LONGEST => (Ending::NotKnown, None),
            Some(noted) if noted.how == Ending::Open => (Ending::Open, None),
            Some(noted) => (noted.how, Some(noted.at.elapsed())),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use reachcheck_wire::Ending;

    use super::{Endings, MOST};

    fn ip(last: u8) -> IpAddr {
        [192, 0, 2, last].into()
    }

    #[test]
    fn the_last_word_on_a_name_counts() {
        let endings = Endings::default();
        assert_eq!(endings.of("somebody"), (Ending::NotKnown, None));
        endings.note("somebody", ip(1), Ending::Open);
        assert_eq!(endings.of("somebody"), (Ending::Open, None));
        endings.note("somebody", ip(1), Ending::Reset);
        assert_eq!(endings.of("somebody").0, Ending::Reset);
        assert!(endings.of("somebody").1.is_some());
        assert_eq!(endings.of("somebody else").0, Ending::NotKnown);
        endings.forget("somebody");
        assert_eq!(endings.of("somebody").0, Ending::NotKnown);
    }

    #[test]
    fn it_forgets_rather_than_grows() {
        let endings = Endings::default();
        endings.note("first", ip(1), Ending::Reset);
        for number in 0..2 * MOST {
            endings.note(&number.to_string(), ip(1), Ending::Open);
            endings.note(&number.to_string(), ip(1), Ending::Reset);
        }
        assert_eq!(endings.of("first").0, Ending::NotKnown);
        let last = (2 * MOST - 1).to_string();
        assert_eq!(endings.of(&last).0, Ending::Reset);
        let latest = endings.latest.lock().expect("not poisoned");
        let queued: usize = latest.queues.iter().map(|queue| queue.len()).sum();
        assert_eq!((queued, latest.by_name.len()), (MOST, MOST));
    }

    #[test]
    fn an_address_that_floods_washes_out_its_own() {
        let endings = Endings::default();
        for last in 0..100 {
            endings.note(&format!("agent {last}"), ip(last), Ending::Reset);
        }
        for number in 0..3 * MOST {
            endings.note(&number.to_string(), ip(200), Ending::Open);
        }
        let known = (0..100).filter(|last| {
            let (how, _) = endings.of(&format!("agent {last}"));
            how == Ending::Reset
        });
        // One of 256 shares the flood's queue; that eight of a hundred do is not to be expected.
        assert!(known.count() > 92);
    }
}
