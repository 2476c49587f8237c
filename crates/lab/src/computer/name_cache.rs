//! The system's cache of names, as Windows (DNS Client) and macOS (mDNSResponder) have one: glibc's `nscd`, which every
//! program asks that calls `getaddrinfo`. What a browser asks name servers by itself passes by it, there as here.

use std::fs;
use std::os::unix::net::UnixStream;
use std::path::Path;

use anyhow::Result;

use crate::namespaces::{ChildProcess, Namespace, spawn};
use crate::wait::wait_until;

/// Where glibc looks for it (`nscd/nscd-client.h`).
const SOCKET: &str = "/run/nscd/socket";

/// Names that exist are kept as long as they say; those that do not, 300 s, which was Windows's `NegativeCacheTime`.
/// What the server could not say (SERVFAIL, silence) is kept by none.
const CONFIGURATION: &str = "\
server-user root
paranoia no
enable-cache hosts yes
positive-time-to-live hosts 3600
negative-time-to-live hosts 300
check-files hosts no
persistent hosts no
shared hosts no
enable-cache passwd no
enable-cache group no
enable-cache services no
enable-cache netgroup no
";

/// Starts it on the agent's computer, and waits until it listens.
///
/// # Errors
/// If it is not installed (Debian: nscd) or does not come up.
pub(super) fn start(folder: &Path) -> Result<ChildProcess> {
    let config = folder.join("nscd.conf");
    fs::write(&config, CONFIGURATION)?;
    // What one left behind that was killed.
    let _ = fs::remove_file(SOCKET);
    let mut command = Namespace::Agent.command("nscd");
    command.arg("--foreground").arg("-f").arg(&config);
    let log = folder.join("nscd.log");
    let mut running = spawn(command, &log)?;
    let listens = || UnixStream::connect(SOCKET).is_ok();
    wait_until("nscd (Debian package nscd)", &mut running, &log, listens)?;
    Ok(running)
}
