//! Id of a tab, by which the tabs of this page tell who writes the watch's log.

use crate::browser::locks::{self, Lock, LockOutcome};
use crate::browser::{random, storage};

/// The name under which it is kept for the tab.
pub const NAME: &str = "tab";

/// Milliseconds to wait for the lock of an id: after a reload the page before may not have let go of it yet.
const PATIENCE_MS: f64 = 1_000.0;

/// Id that no other tab has, for as long as this is kept.
pub struct TabId {
    /// The id.
    pub id: String,
    _lock: Option<Lock>,
}

impl TabId {
    /// Claims the id that this tab has kept, or a new one. Browsers copy a tab with all that it keeps (“Duplicate”), so
    /// the lock of an id shows whose it is; where there are no locks, the id stays.
    pub async fn claim() -> Self {
        let id = kept_id();
        match locks::request(&lock_name(&id), PATIENCE_MS).await {
            LockOutcome::Granted(lock) => Self {
                id,
                _lock: Some(lock),
            },
            LockOutcome::Unavailable => Self { id, _lock: None },
            LockOutcome::Taken => Self::renew().await,
        }
    }

    async fn renew() -> Self {
        let id = new_id();
        let lock = match locks::request(&lock_name(&id), PATIENCE_MS).await {
            LockOutcome::Granted(lock) => Some(lock),
            LockOutcome::Taken | LockOutcome::Unavailable => None,
        };
        Self { id, _lock: lock }
    }
}

fn lock_name(id: &str) -> String {
    storage::full_name(&format!("{NAME} {id}"))
}

/// The id that this tab has kept, over reloads; another may have the same.
pub fn kept_id() -> String {
    storage::take_over_of_tab(NAME);
    storage::read_of_tab(NAME).unwrap_or_else(new_id)
}

fn new_id() -> String {
    let id = random::token();
    storage::keep_of_tab(NAME, &id);
    id
}
