//! Readiness of the lab's processes: whether they listen, and waiting until they do.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::namespaces::{ChildProcess, Namespace};

/// How long anything of the lab may take to come up.
const READY: Duration = Duration::from_secs(20);

/// Waits until a process is ready; what it wrote into its log says why it is not.
///
/// # Errors
/// If it ended, or was not ready in time.
pub(crate) fn wait_until(
    what: &str,
    process: &mut ChildProcess,
    log: &Path,
    mut is_ready: impl FnMut() -> bool,
) -> Result<()> {
    let deadline = Instant::now() + READY;
    while !is_ready() {
        if process.has_ended() || Instant::now() > deadline {
            let said = fs::read_to_string(log).unwrap_or_default();
            bail!("{what} did not come up:\n{said}");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

/// Whether a TCP port is listened on there.
pub(crate) fn listens(namespace: Namespace, port: u16) -> bool {
    socket_is_bound(namespace, "-tln", port)
}

/// Whether a UDP port is bound there.
pub(crate) fn listens_udp(namespace: Namespace, port: u16) -> bool {
    socket_is_bound(namespace, "-uln", port)
}

fn socket_is_bound(namespace: Namespace, flags: &str, port: u16) -> bool {
    namespace
        .command("ss")
        .args(["-H", flags])
        .output()
        .is_ok_and(|output| {
            String::from_utf8_lossy(&output.stdout)
                .split_whitespace()
                .any(|word| word.ends_with(&format!(":{port}")))
        })
}
