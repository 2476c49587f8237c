//! Memory that a burst of connections leaves behind, given back.
//!
//! glibc keeps what a thread has freed, for that thread: 5,000 TLS connections opened and closed leave 83 MB,
//! after `malloc_trim` 5 MB (measured). Elsewhere this does nothing: musl gives memory back by itself.

use std::time::Duration;

use crate::semaphore::Semaphore;

/// How often the connections are counted.
const EVERY: Duration = Duration::from_secs(1);
/// Fewer connections than this leave nothing worth the trouble: some 5 MB.
const WORTH: usize = 256;

/// Gives memory back whenever half of many connections have ended, and no more of them are ending. Never ends by
/// itself.
pub async fn trim_after_bursts(connections: Semaphore) {
    let (mut most, mut before) = (0, 0);
    loop {
        tokio::time::sleep(EVERY).await;
        let now = connections.now();
        // A burst may come and go between two looks.
        most = most.max(connections.take_peak()).max(now);
        let is_falling = now < before;
        before = now;
        if most - now >= WORTH && now <= most / 2 && !is_falling {
            // It takes some milliseconds, with other threads waiting for memory meanwhile.
            let _ = tokio::task::spawn_blocking(trim).await;
            most = connections.now();
        }
    }
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn trim() {
    #[expect(
        unsafe_code,
        reason = "glibc's own function; it takes no pointer, and malloc_trim(3) calls it MT-Safe"
    )]
    unsafe extern "C" {
        safe fn malloc_trim(pad: usize) -> std::ffi::c_int;
    }
    malloc_trim(0);
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
const fn trim() {}
