//! How watched sockets ended, for those who come back and ask. A name is a nonce that its page alone knows; there is no
//! address and nothing else about anybody. Bounded, and forgotten soon; another relay of the same name does not know, and
//! says so.

use std::collections::hash_map::RandomState;
use std::collections::{HashMap, VecDeque};
use std::hash::BuildHasher as _;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use reachcheck_wire::Ending;

/// How many are remembered: of 500 agents with four sockets each, the last sixteen.
const MOST: usize = 32_768;
/// How long.
const LONGEST: Duration = Duration::from_secs(3_600);

/// The latest endings.
#[derive(Debug, Default)]
pub struct Endings {
    hasher: RandomState,
    latest: Mutex<Latest>,
}

#[derive(Debug, Default)]
struct Latest {
    by_name: HashMap<u64, (Instant, Ending)>,
    /// Oldest first; a name stands here once for every word on it.
    order: VecDeque<(u64, Instant)>,
}

impl Latest {
    fn forget(&mut self, now: Instant) {
        let is_old = |at: Instant| now.duration_since(at) > LONGEST;
        while let Some((name, at)) = self.order.front().copied()
            && (self.order.len() >= MOST || is_old(at))
        {
            self.order.pop_front();
            if self.by_name.get(&name).is_some_and(|(last, _)| *last == at) {
                self.by_name.remove(&name);
            }
        }
    }
}

impl Endings {
    /// A watch of that name begins, or ends so.
    pub fn note(&self, name: &str, how: Ending) {
        let (name, now) = (self.hasher.hash_one(name), Instant::now());
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        latest.forget(now);
        latest.order.push_back((name, now));
        latest.by_name.insert(name, (now, how));
    }

    /// How the watch of that name ended, and how long ago; the last word on it counts.
    pub fn of(&self, name: &str) -> (Ending, Option<Duration>) {
        let name = self.hasher.hash_one(name);
        let latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        match latest.by_name.get(&name) {
            None => (Ending::NotKnown, None),
            Some((_, Ending::Open)) => (Ending::Open, None),
            Some((at, how)) => (*how, Some(at.elapsed())),
        }
    }
}

#[cfg(test)]
mod tests {
    use reachcheck_wire::Ending;

    use super::{Endings, MOST};

    #[test]
    fn the_last_word_on_a_name_counts() {
        let endings = Endings::default();
        assert_eq!(endings.of("somebody"), (Ending::NotKnown, None));
        endings.note("somebody", Ending::Open);
        assert_eq!(endings.of("somebody"), (Ending::Open, None));
        endings.note("somebody", Ending::Reset);
        assert_eq!(endings.of("somebody").0, Ending::Reset);
        assert!(endings.of("somebody").1.is_some());
        assert_eq!(endings.of("somebody else").0, Ending::NotKnown);
    }

    #[test]
    fn it_forgets_rather_than_grows() {
        let endings = Endings::default();
        endings.note("first", Ending::Reset);
        for number in 0..MOST {
            endings.note(&number.to_string(), Ending::Open);
        }
        assert_eq!(endings.of("first").0, Ending::NotKnown);
        let latest = endings.latest.lock().expect("not poisoned");
        assert_eq!((latest.order.len(), latest.by_name.len()), (MOST, MOST));
    }
}
