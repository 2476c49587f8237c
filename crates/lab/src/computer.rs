//! The agent's computer: what its operating system does otherwise than the Linux that the lab runs on, and whether it
//! keeps names. How each system ends an attempt to connect is a table ([`System::patience`]); [`late`] plays it.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;

use crate::namespaces::ChildProcess;

mod identity;
pub mod late;
mod name_cache;

/// An operating system that an agent's browser runs on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum System {
    /// The one that is there: a refusal and an ICMP error end an attempt at once, silence after 127 s and more.
    #[default]
    Linux,
    /// Windows 10 and 11.
    Windows,
    /// macOS.
    MacOs,
}

/// The agent's computer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Computer {
    /// What its browsers run on.
    pub system: System,
    /// Its system keeps the names that programs asked for, also those that do not exist.
    pub keeps_names: bool,
}

/// How long an attempt to connect lasts, for each address anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// From a RST to the end.
    pub refused: Duration,
    /// From an ICMP error that a network sent to the end; none where it is never minded.
    pub unreachable: Option<Duration>,
    /// From the first SYN to the end where nothing comes.
    pub silence: Duration,
}

impl System {
    /// How it ends attempts to connect, where that is not Linux's way. Sources: measurements on runners that users of
    /// other projects published (RST on Windows 2,002 to 2,011 ms, silence 21.0 s and 75.0 s), Microsoft's KB 175523 and
    /// its `TCP_FAIL_CONNECT_ON_ICMP_ERROR` (off unless asked for); XNU's `tcp_subr.c` for macOS.
    #[must_use]
    pub const fn patience(self) -> Option<Patience> {
        match self {
            Self::Linux => None,
            Self::Windows => Some(Patience {
                refused: Duration::from_secs(2),
                unreachable: None,
                silence: Duration::from_secs(21),
            }),
            Self::MacOs => Some(Patience {
                refused: Duration::ZERO,
                unreachable: Some(Duration::from_secs(4)),
                silence: Duration::from_secs(75),
            }),
        }
    }
}

impl Computer {
    /// Makes the agent's computer such a one, as long as what is given lives.
    ///
    /// # Errors
    /// With what did not come up.
    pub fn start(self, folder: &Path) -> Result<Vec<ChildProcess>> {
        let mut running = Vec::new();
        if let Some(patience) = self.system.patience() {
            running.push(late::start(folder, patience)?);
        }
        if self.keeps_names {
            running.push(name_cache::start(folder)?);
        }
        Ok(running)
    }
}
