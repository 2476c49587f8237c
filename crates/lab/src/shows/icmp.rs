//! That a gateway is sparing with ICMP errors.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, bail, ensure};
use nix::errno::Errno;
use reachcheck_model::catalogue::Kind;

use super::look::{self, Met};
use crate::addresses;
use crate::authority::Authority;
use crate::fault::{By, Fault, With};

/// More at once than Linux has saved up for (`XRLIM_BURST_FACTOR` is 6).
const AT_ONCE: usize = 16;

/// Turns an endpoint down with ICMP and asks often: some are told, some are not, and later one is again.
pub fn is_limited(authority: &Authority) -> Result<()> {
    Fault::Turns("toronto", Kind::Https, By::Gateway, With::AdminProhibited).set()?;
    is_told_in_time()?;
    let told = thread::scope(|scope| {
        let asking: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(is_told)).collect();
        let join = |asking: thread::ScopedJoinHandle<'_, Result<bool>>| {
            asking.join().map_err(|_| anyhow!("a look broke off"))?
        };
        asking.into_iter().map(join).collect::<Result<Vec<_>>>()
    })?;
    // What was saved up, and one more for the SYNs that are sent again a second later.
    let told = told.iter().filter(|told| **told).count();
    ensure!(told <= AT_ONCE / 2, "{told} of {AT_ONCE} were told");
    is_told_in_time()?;
    look::neighbours_are_well("toronto", Kind::Https, authority)
}

/// Whether an attempt is told that it is turned down, at its first SYN or at the second.
fn is_told() -> Result<bool> {
    let place = addresses::place("toronto", Kind::Https);
    match look::meet(look::at(&place))? {
        (Met::Failed(Errno::EHOSTUNREACH), _) => Ok(true),
        (Met::Silence, _) => Ok(false),
        (other, taken) => bail!("{other:?} after {taken:?}"),
    }
}

/// Some error gets through, if only for a SYN that was sent again.
fn is_told_in_time() -> Result<()> {
    let deadline = Instant::now() + Duration::from_secs(5);
    while Instant::now() < deadline {
        if is_told()? {
            return Ok(());
        }
    }
    bail!("no ICMP error at all")
}
