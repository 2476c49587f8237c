//! Turns on this machine, so that labs side by side do not disturb what is read by the clock.
//!
//! A browser that starts, and a page in the first seconds of its run, keep more than one core busy; two of them at once
//! make answers late by more than the page's rules allow for. What takes long after that only waits.

use std::fs::File;

use anyhow::{Context as _, Result};

/// A turn; it ends when this is dropped.
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
        Self::take(File::lock)
    }

    /// Waits until nobody has a turn alone, for what may disturb others and minds no disturbance.
    ///
    /// # Errors
    /// If the file that is locked cannot be made.
    pub fn beside_others() -> Result<Self> {
        Self::take(File::lock_shared)
    }

    fn take(lock: fn(&File) -> std::io::Result<()>) -> Result<Self> {
        let path = std::env::temp_dir().join("reachcheck-lab-turn");
        let named = || path.display().to_string();
        let file = File::options().create(true).append(true).open(&path);
        let file = file.with_context(named)?;
        lock(&file).with_context(named)?;
        Ok(Self { _lock: file })
    }
}
