//! Whether all connections seem to come from one address that is not an agent's: a userland proxy, as rootless containers
//! have it, shows its own address for everybody's, and nothing else in the relay would say so.

use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::config::Settings;
use crate::limits::ONE_PEER;
use crate::target::is_dialable;

/// What is known of who came. Says once what it finds, and looks no further.
#[derive(Debug, Default)]
pub struct OnePeer {
    is_settled: AtomicBool,
    seen: Mutex<Seen>,
}

/// The one address, and how often it came.
#[derive(Debug, Default)]
struct Seen {
    only: Option<IpAddr>,
    count: usize,
}

impl OnePeer {
    /// Somebody came from this address.
    pub fn came(&self, address: IpAddr, settings: &Settings) {
        if self.is_settled.load(Ordering::Relaxed) {
            return;
        }
        let address = address.to_canonical();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let is_other = seen.only.is_some_and(|only| only != address);
        // Where a balancer is named, it tells who is behind it; a relay for this computer alone has no other clients.
        let is_as_it_should_be = !settings.proxy_from.is_empty()
            || is_dialable(address, &[])
            || (address.is_loopback() && !settings.outside);
        if is_other || is_as_it_should_be {
            self.is_settled.store(true, Ordering::Relaxed);
            return;
        }
        seen.only = Some(address);
        seen.count += 1;
        if seen.count >= ONE_PEER {
            self.say("so many connections");
        }
    }

    /// An address met one of its limits.
    pub fn met_a_limit(&self) {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.only.is_some() {
            self.say("an address has met its limit");
        }
    }

    fn say(&self, why: &str) {
        if !self.is_settled.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                why,
                "all connections come from one private address: if something before the relay makes them anew (the port \
                 forwarding of rootless containers, a balancer without the PROXY protocol), all agents share one address's \
                 limits, and pages are told a wrong address; see “What may stand before it” in docs/relay.md"
            );
        }
    }
}
