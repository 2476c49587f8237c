//! A relay of its own for each test, as a process or inside the test, and clients of every kind.

pub mod certificate;
mod http;
mod process;
mod relay;
mod setup;
mod socket;

use std::time::Duration;

use tokio::time::{sleep, timeout};

pub use certificate::{Certificate, certify};
pub use http::{Answer, ask, challenge, get, get_over};
pub use process::{Process, command, signal};
pub use relay::Relay;
pub use setup::{Inside, Setup};
pub use socket::{Client, close_code, frame, hear, open, open_for, open_over, ping, say, upgrade};

/// The page that may use the relay.
pub const ORIGIN: &str = "https://check.example";
/// Long enough for anything that does not wait for a limit, on a busy machine.
pub const SOON: Duration = Duration::from_secs(15);
/// Longest that [`until`] waits: an authority's silence is told after ten seconds.
const PATIENCE: Duration = Duration::from_secs(20);
/// Lets a relay dial this machine.
pub const ALLOW: [&str; 2] = ["--allow-target", "127.0.0.0/8,::1/128"];

/// Waits for a condition, and gives what it gives.
pub async fn until<T>(what: &str, mut condition: impl AsyncFnMut() -> Option<T>) -> T {
    let waits = async {
        loop {
            if let Some(value) = condition().await {
                return value;
            }
            sleep(Duration::from_millis(10)).await;
        }
    };
    let Ok(value) = timeout(PATIENCE, waits).await else {
        panic!("no {what} in {PATIENCE:?}");
    };
    value
}
