//! That a box in front of the relay lets HTTPS pass and does with WebSockets what its name says.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use super::hear::Heard;
use super::idle::{self, Talks};
use super::look;
use super::relay::{RELAY_PORTS, Socket, answers_upgrade, challenge, is_off_for_all};
use crate::authority::Authority;
use crate::front::{Front, Timer};

/// How much later than it should something may happen where the machine is busy.
pub const SLACK: Duration = Duration::from_secs(2);

impl Front {
    /// Shows it.
    ///
    /// # Errors
    /// With what is otherwise.
    pub fn shows(self, authority: &Authority) -> Result<()> {
        challenge(443, authority)?;
        let socket = || Socket::open(authority);
        match self {
            Self::TurnsDown(status) => answers_upgrade(status, authority)?,
            Self::ClosesAfter(ms) => {
                ends(socket()?, Duration::from_millis(ms), &Heard::Closed)?;
            }
            Self::Collects(ms) => collects(socket()?, Duration::from_millis(ms))?,
            Self::ClosesIdle(seconds) => {
                ends_if_silent(Duration::from_secs(seconds), &Heard::Closed, authority)?;
            }
            Self::ResetsIdle(seconds) => {
                ends_if_silent(Duration::from_secs(seconds), &Heard::Reset, authority)?;
            }
            Self::HaProxy(timer, ms) => {
                ends_of_haproxy(timer, Duration::from_millis(ms), authority)?;
            }
        }
        is_off_for_all(&RELAY_PORTS[1..], authority)
    }
}

/// Which silence each timer minds.
fn ends_of_haproxy(timer: Timer, after: Duration, authority: &Authority) -> Result<()> {
    ends_if_silent(after, &Heard::Closed, authority)?;
    let ended = match timer {
        Timer::Tunnel | Timer::Client | Timer::Server => None,
        Timer::ClientAlone => Some(Talks::Relay),
        Timer::ServerAlone => Some(Talks::Agent),
    };
    look::at_each(&[Talks::Relay, Talks::Agent], |talks| {
        let lasts = idle::lasts(*talks, after, authority)?;
        let should = ended != Some(*talks);
        ensure!(lasts == should, "{talks:?} talks, and it lasts: {lasts}");
        Ok(())
    })
}

/// Ends in this way after so long, counted from when the socket stood.
fn ends(mut socket: Socket, after: Duration, how: &Heard) -> Result<()> {
    let (heard, taken) = socket.hears(after + SLACK)?;
    ensure!(heard == *how, "{heard:?}, not {how:?}");
    // The answer was on its way while the box counted already.
    ensure!(
        taken + look::NEARBY > after && taken < after + SLACK,
        "after {taken:?}, not {after:?}"
    );
    Ok(())
}

/// One that is silent ends, one that talks does not.
pub fn ends_if_silent(after: Duration, how: &Heard, authority: &Authority) -> Result<()> {
    look::together(
        || ends(Socket::open(authority)?, after, how),
        || {
            let lasts = idle::lasts(Talks::Both, after, authority)?;
            ensure!(lasts, "one that talks ended, too");
            Ok(())
        },
        || Ok(()),
    )
}

/// What the relay says at once comes late, and what it says later comes with it.
fn collects(mut socket: Socket, every: Duration) -> Result<()> {
    let started = Instant::now();
    for _ in 0..3 {
        socket.ping()?;
        thread::sleep(every / 8);
    }
    let (heard, _) = socket.hears(every + SLACK)?;
    let taken = started.elapsed();
    let Heard::Bytes(bytes) = heard else {
        anyhow::bail!("{heard:?}");
    };
    ensure!(taken > every, "the first after {taken:?}, not {every:?}");
    let text = String::from_utf8_lossy(&bytes);
    let pongs = text.matches("pong").count();
    ensure!(pongs == 3, "{pongs} of 3 at once");
    Ok(())
}
