//! A browser that has just been started, and is busy with itself for seconds: Firefox keeps two cores busy for five, and
//! a page that opens meanwhile measures the start. People's browsers have run for hours.

use std::fs;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use nix::unistd::{SysconfVar, sysconf};

use super::Browser;

/// How long is looked at each time, and of it the share of a core that what goes on in the lab itself takes at most.
const LOOK: Duration = Duration::from_millis(250);
const IDLE_SHARE: f64 = 0.25;
/// One look may fall between two bursts.
const LOOKS: u32 = 2;
/// A machine that is busy for others' sake shows no rest at all.
const LONGEST: Duration = Duration::from_secs(8);

impl Browser {
    /// Opens a page, so that it is not the first this browser shows, and leaves it again. One that does not come has
    /// warmed the browser as well.
    ///
    /// # Errors
    /// If the browser is gone, or processes cannot be listed.
    pub async fn warm_up(&self, url: &str) -> Result<()> {
        if self.open(url).await.is_ok() {
            settled().await?;
        }
        self.open("about:blank").await?;
        settled().await
    }
}

/// Waits until the processes of this lab hardly work any more; a browser that never rests is waited for so long and no
/// longer.
///
/// # Errors
/// If processes cannot be listed.
pub(super) async fn settled() -> Result<()> {
    let deadline = Instant::now() + LONGEST;
    let mut idle = 0;
    let mut before = worked()?;
    let mut began = Instant::now();
    while idle < LOOKS && began < deadline {
        tokio::time::sleep(LOOK).await;
        let (now, looked) = (worked()?, began.elapsed());
        // Those that ended took their part with them.
        let share = now.saturating_sub(before).as_secs_f64() / looked.as_secs_f64();
        idle = if share < IDLE_SHARE { idle + 1 } else { 0 };
        before = now;
        began = Instant::now();
    }
    Ok(())
}

/// What all processes of the lab's own world have worked so far.
fn worked() -> Result<Duration> {
    let per_second = sysconf(SysconfVar::CLK_TCK)?.context("no CLK_TCK")?;
    let mut ticks = 0;
    for entry in fs::read_dir("/proc")? {
        // Processes may end while we look.
        if let Ok(stat) = fs::read_to_string(entry?.path().join("stat")) {
            ticks += ticks_of(&stat).unwrap_or_default();
        }
    }
    Ok(Duration::from_secs(ticks) / u32::try_from(per_second)?)
}

/// `utime` and `stime` of `/proc/PID/stat`, the 14th and 15th field (`proc_pid_stat(5)`); the second, a name in
/// parentheses, may hold spaces.
fn ticks_of(stat: &str) -> Option<u64> {
    let (_, fields) = stat.rsplit_once(')')?;
    let mut times = fields.split_ascii_whitespace().skip(11);
    let mut next = || times.next()?.parse::<u64>().ok();
    Some(next()? + next()?)
}

#[cfg(test)]
mod tests {
    use super::ticks_of;

    #[test]
    fn a_name_may_look_like_fields() {
        let stat = "42 (Web Content) 7 8) S 1 42 42 0 -1 4194560 9 9 9 9 130 12 0 0 20 0 1";
        assert_eq!(ticks_of(stat), Some(142));
        assert_eq!(ticks_of("42 (cut off) S 1"), None);
        assert_eq!(ticks_of(""), None);
    }
}
