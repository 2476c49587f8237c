//! Turns and priorities on this machine, so that labs side by side do not disturb what is read by the clock.
//!
//! A browser that starts, and a page in the first seconds of its run, keep more than one core busy; two of them at once
//! make answers late by more than the page's rules allow for. What takes long after that only waits.

use std::fs::File;
use std::io::ErrorKind;

use anyhow::{Context as _, Result};

/// A turn alone; it ends when this is dropped.
#[derive(Debug)]
pub struct Turn {
    _lock: File,
}

impl Turn {
    /// Waits until nobody else on this machine has a turn, and keeps others waiting.
    ///
    /// # Errors
    /// If the file that is locked cannot be made.
    pub fn alone() -> Result<Self> {
        let path = std::env::temp_dir().join("reachcheck-lab-turn");
        let named = || path.display().to_string();
        let file = File::options().create(true).append(true).open(&path);
        let file = file.with_context(named)?;
        file.lock().with_context(named)?;
        Ok(Self { _lock: file })
    }
}

/// The share of the processor that a session of processes gets beside others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Priority {
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
        let nice = match self {
            Self::Usual => "0",
            Self::Background => "15",
        };
        match std::fs::write(FILE, nice) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            done => done.context(FILE),
        }
    }
}
