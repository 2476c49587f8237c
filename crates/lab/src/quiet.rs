//! Turns and priorities on this machine, so that labs side by side do not disturb what is read by the clock.
//!
//! A browser that starts, and a page in the first seconds of its run, keep more than one core busy; two of them at once
//! make answers late by more than the page's rules allow for. What takes long after that only waits.

use std::fs::File;
use std::io::ErrorKind;
use std::time::Duration;

use anyhow::{Context as _, Result};

/// A turn alone, and before others at the processor; it ends when this is dropped.
#[derive(Debug)]
pub struct Turn {
    _lock: File,
}

impl Drop for Turn {
    fn drop(&mut self) {
        // Without the kernel's groups there is nothing to take back; a share too large disturbs, and breaks nothing.
        let _ = Priority::Usual.set();
    }
}

impl Turn {
    /// Waits until nobody else on this machine has a turn, keeps others waiting, and puts this process's session
    /// before theirs.
    ///
    /// # Errors
    /// If the file that is locked cannot be made, or the kernel refuses the share of the processor.
    pub fn alone() -> Result<Self> {
        let path = std::env::temp_dir().join("reachcheck-lab-turn");
        let named = || path.display().to_string();
        let file = File::options().create(true).append(true).open(&path);
        let file = file.with_context(named)?;
        file.lock().with_context(named)?;
        let turn = Self { _lock: file };
        Priority::First.set()?;
        Ok(turn)
    }
}

/// How long the kernel lets the unprivileged wait between two changes of a group's share.
const ONE_CHANGE: Duration = Duration::from_millis(100);

/// The share of the processor that a session of processes gets beside others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Priority {
    /// Three times as much as any other: for a page whose run is read by the clock, in its turn.
    First,
    /// As everything else.
    Usual,
    /// What others leave, for what minds no delay.
    Background,
}

/// Makes this process the leader of a session, so that [`Priority::set`] speaks of it and of all that it starts.
///
/// # Errors
/// If it leads a group of processes already.
pub fn own_session() -> Result<()> {
    nix::unistd::setsid().context("setsid")?;
    Ok(())
}

impl Priority {
    /// Sets it for this process's session, by the kernel's groups of a session each (sched(7), “The autogroup
    /// feature”): between sessions, these alone decide. A kernel without them goes on as before.
    ///
    /// # Errors
    /// If the kernel has them and refuses.
    pub fn set(self) -> Result<()> {
        const FILE: &str = "/proc/self/autogroup";
        // A step is a quarter more or less (sched(7), “The nice value”).
        let nice = match self {
            Self::First => "0",
            Self::Usual => "5",
            Self::Background => "15",
        };
        loop {
            match std::fs::write(FILE, nice) {
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
                // Of the unprivileged, the kernel takes one change in a tenth of a second, whoever asks.
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    std::thread::sleep(ONE_CHANGE);
                }
                done => return done.context(FILE),
            }
        }
    }
}
