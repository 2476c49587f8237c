//! That a gateway is sparing with ICMP errors.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, bail, ensure};
use nix::errno::Errno;
use reachcheck_core::catalogue::Kind;

use super::look::{self, Met};
use crate::addresses;
use crate::authority::Authority;
use crate::fault::{By, Fault, With};

/// More at once than Linux has saved up for (`XRLIM_BURST_FACTOR` is 6).
const AT_ONCE: usize = 16;

/// A SYN is repeated after a second, so within this only the first of each counts.
const FIRST: Duration = Duration::from_millis(900);

/// Turns an endpoint down with ICMP and asks often: some are told, some are not, and later one is again.
pub fn is_limited(authority: &Authority) -> Result<()> {
    Fault::Turns("toronto", Kind::Https, By::Gateway, With::AdminProhibited).set()?;
    is_told_in_time()?;
    let told = thread::scope(|scope| {
        let asking: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(told_after)).collect();
        let join = |asking: thread::ScopedJoinHandle<'_, Result<Option<Duration>>>| {
            asking.join().map_err(|_| anyhow!("a look broke off"))?
        };
        asking.into_iter().map(join).collect::<Result<Vec<_>>>()
    })?;
    let at_first = |told: &&Option<Duration>| told.is_some_and(|taken| taken < FIRST);
    let told = told.iter().filter(at_first).count();
    ensure!(told < AT_ONCE / 2, "{told} of {AT_ONCE} were told at once");
    is_told_in_time()?;
    look::neighbours_are_well("toronto", Kind::Https, authority)
}

/// After how long an attempt is told that it is turned down, if it is.
fn told_after() -> Result<Option<Duration>> {
    let place = addresses::place("toronto", Kind::Https);
    match look::meet(look::at(&place))? {
        (Met::Failed(Errno::EHOSTUNREACH), taken) => Ok(Some(taken)),
        (Met::Silence, _) => Ok(None),
        (other, taken) => bail!("{other:?} after {taken:?}"),
    }
}

/// Some error gets through, if only for a SYN that was sent again.
fn is_told_in_time() -> Result<()> {
    let deadline = Instant::now() + Duration::from_secs(5);
    while Instant::now() < deadline {
        if told_after()?.is_some() {
            return Ok(());
        }
    }
    bail!("no ICMP error at all")
}
