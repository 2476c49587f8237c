//! That a gateway forgets a silent connection to the relay, and no other.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use reachcheck_core::catalogue::Kind;

use super::hear::{self, Heard};
use super::look;
use super::relay::{QUESTION, sees};
use crate::addresses;
use crate::authority::Authority;
use crate::fault::With;

/// How much longer than the gateway's memory the silence lasts.
const BEYOND: Duration = Duration::from_millis(700);

/// Shows it with the shortest silence that is long enough.
pub fn shows(seconds: u32, with: With, authority: &Authority) -> Result<()> {
    let memory = Duration::from_secs(seconds.into());
    let endpoint = addresses::place("toronto", Kind::Https);
    let mut silent = sees(443, authority)?;
    let mut talking = sees(443, authority)?;
    let mut elsewhere = look::tls(&endpoint, authority)?;
    silent.address()?;
    // As long in all, but never silent for as long as the gateway remembers.
    let end = Instant::now() + memory + BEYOND;
    while Instant::now() < end {
        thread::sleep(memory / 4);
        talking.address().context("the one that talks")?;
    }
    let (heard, taken) = hear::say(&mut silent.tls, QUESTION.as_bytes())?;
    match with {
        With::Reset => {
            ensure!(heard == Heard::Reset, "{heard:?}");
            ensure!(
                taken < look::PATH,
                "reset after {taken:?}: not by the gateway"
            );
        }
        _ => ensure!(heard == Heard::Silence, "{heard:?}"),
    }
    talking.address().context("the one that talks")?;
    sees(443, authority)?.address().context("a new one")?;
    // What was silent as long and does not lead to the relay.
    elsewhere_still_talks(&mut elsewhere, &endpoint).context("a silent one to an endpoint")?;
    look::endpoints_are_well(authority)
}

fn elsewhere_still_talks(tls: &mut crate::sockets::Tls, endpoint: &addresses::Place) -> Result<()> {
    let (head, _) = look::ask(tls, &endpoint.host, "/", "")?;
    ensure!(head.starts_with("HTTP/1.1 200"), "{head}");
    Ok(())
}
