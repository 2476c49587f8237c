//! A browser whose processes are stopped time and again, as on a computer that has too much to do, and a page with long
//! tasks.

use std::fs;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Result, ensure};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::Browser;
use crate::engine::Engine;
use crate::usage::Busy;

/// How long a process stands still each time.
pub const STALL: Duration = Duration::from_millis(150);
/// From the beginning of one stall to that of the next.
pub const PERIOD: Duration = Duration::from_millis(400);

/// Long tasks of 300 ms, each 500 ms by the system's clock, so that they fall into a run at any time.
const LONG_TASKS: &str = "
    const task = () => {
        window.longTasks = setTimeout(task, 500 - Date.now() % 500);
        const begun = performance.now();
        while (performance.now() - begun < 300);
    };
    window.longTasks = setTimeout(task, 500 - Date.now() % 500);";

const NO_LONG_TASKS: &str = "clearTimeout(window.longTasks)";

impl Browser {
    /// Keeps parts of this browser busy for as long as something else goes on.
    ///
    /// # Errors
    /// If a process is not there, and those of what goes on.
    pub async fn while_busy<T>(
        &self,
        parts: &[Busy],
        goes_on: impl Future<Output = Result<T>>,
    ) -> Result<T> {
        let has_tasks = parts.contains(&Busy::Page);
        if has_tasks {
            self.run(LONG_TASKS).await?;
        }
        let stalls = self.stalls(parts)?;
        let end = goes_on.await;
        drop(stalls);
        if has_tasks {
            self.run(NO_LONG_TASKS).await?;
        }
        end
    }

    /// Stalls of this browser's processes, until what this gives is dropped. Nothing is stopped for the page's part.
    ///
    /// # Errors
    /// If a process is not there.
    pub fn stalls(&self, parts: &[Busy]) -> Result<Option<Stalls>> {
        let of_processes = parts.iter().copied().filter(|part| *part != Busy::Page);
        let parts: Vec<Busy> = of_processes.collect();
        if parts.is_empty() {
            return Ok(None);
        }
        let engine = self.engine;
        for part in &parts {
            ensure!(
                !processes(engine, *part)?.is_empty(),
                "no process of {part:?} in {}",
                engine.name()
            );
        }
        let which = move || {
            let found = parts.iter().map(|part| processes(engine, *part));
            found.filter_map(Result::ok).flatten().collect()
        };
        Ok(Some(Stalls::begin(which)))
    }
}

/// Processes that are stopped for [`STALL`] of each [`PERIOD`]. When this is dropped, none is stopped.
#[derive(Debug)]
pub struct Stalls {
    is_over: Arc<(Mutex<bool>, Condvar)>,
    thread: Option<JoinHandle<()>>,
}

impl Stalls {
    /// Begins with them; which processes are meant is asked each time.
    fn begin(which: impl Fn() -> Vec<Pid> + Send + 'static) -> Self {
        let is_over = Arc::<(Mutex<bool>, Condvar)>::default();
        let seen = is_over.clone();
        let thread = std::thread::spawn(move || {
            while !is_over_within(&seen, to_next_stall()) {
                let stopped = Stopped::stop(which());
                let is_last = is_over_within(&seen, STALL);
                drop(stopped);
                if is_last {
                    return;
                }
            }
        });
        Self {
            is_over,
            thread: Some(thread),
        }
    }
}

impl Drop for Stalls {
    fn drop(&mut self) {
        let (is_over, changed) = &*self.is_over;
        *is_over.lock().unwrap_or_else(PoisonError::into_inner) = true;
        changed.notify_all();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Stalls begin at whole periods of the system's clock, so that they fall into a run at any time.
fn to_next_stall() -> Duration {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let nanoseconds = now.unwrap_or_default().as_nanos() % PERIOD.as_nanos();
    let passed = Duration::from_nanos(u64::try_from(nanoseconds).unwrap_or_default());
    PERIOD - passed
}

/// Waits for the end, but no longer than this; whether it has come.
fn is_over_within(over: &(Mutex<bool>, Condvar), most: Duration) -> bool {
    let guard = over.0.lock().unwrap_or_else(PoisonError::into_inner);
    let waited = over.1.wait_timeout_while(guard, most, |is_over| !*is_over);
    *waited.unwrap_or_else(PoisonError::into_inner).0
}

/// Processes that stand still until this is dropped; one that has ended meanwhile is nobody's loss.
struct Stopped(Vec<Pid>);

impl Stopped {
    fn stop(processes: Vec<Pid>) -> Self {
        for process in &processes {
            let _ = kill(*process, Signal::SIGSTOP);
        }
        Self(processes)
    }
}

impl Drop for Stopped {
    fn drop(&mut self) {
        for process in &self.0 {
            let _ = kill(*process, Signal::SIGCONT);
        }
    }
}

/// The processes of a part of this engine's browser: all in the lab's own world of processes, where there is one browser
/// of a kind.
///
/// # Errors
/// If processes cannot be listed.
pub fn processes(engine: Engine, part: Busy) -> Result<Vec<Pid>> {
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc")? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(id) = name.to_str().and_then(|name| name.parse::<i32>().ok()) else {
            continue;
        };
        // A process may end while we look.
        let Ok(line) = fs::read(entry.path().join("cmdline")) else {
            continue;
        };
        if is_of(engine, part, &line) {
            found.push(Pid::from_raw(id));
        }
    }
    Ok(found)
}

/// Whether a command line is one of a part's processes.
fn is_of(engine: Engine, part: Busy, line: &[u8]) -> bool {
    // Chromium's zygote writes its children's lines anew, with spaces.
    let mut words = line.split(|byte| [0, b' '].contains(byte));
    let program = words.next().unwrap_or_default();
    let words: Vec<&[u8]> = words.collect();
    let has = |word: &str| words.contains(&word.as_bytes());
    let begins = |with: &str| words.iter().any(|word| word.starts_with(with.as_bytes()));
    match (engine, part) {
        (_, Busy::Page) => false,
        (Engine::Chromium, Busy::Network) => has("--utility-sub-type=network.mojom.NetworkService"),
        (Engine::Chromium, Busy::Parent) => {
            program.ends_with(b"/chromium") && begins("--user-data-dir=") && !begins("--type=")
        }
        (Engine::Chromium, Busy::Content) => has("--type=renderer"),
        (Engine::Firefox, Busy::Network) => has("-contentproc") && has("socket"),
        (Engine::Firefox, Busy::Parent) => {
            program.ends_with(b"firefox-esr") && has("-profile") && !has("-contentproc")
        }
        (Engine::Firefox, Busy::Content) => has("-contentproc") && has("tab"),
        (Engine::WebKit, Busy::Network) => program.ends_with(b"WebKitNetworkProcess"),
        (Engine::WebKit, Busy::Parent) => program.ends_with(b"MiniBrowser"),
        (Engine::WebKit, Busy::Content) => program.ends_with(b"WebKitWebProcess"),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::process::{Child, Command};
    use std::time::{Duration, Instant};

    use nix::unistd::Pid;

    use super::{Stalls, is_of};
    use crate::engine::Engine;
    use crate::usage::Busy;

    /// Whether a process is stopped (proc(5), the third field of `stat`).
    fn is_stopped(process: &Child) -> bool {
        let stat = fs::read_to_string(format!("/proc/{}/stat", process.id())).expect("a process");
        let (_, after) = stat.rsplit_once(") ").expect("a name in parentheses");
        after.starts_with('T')
    }

    /// A process that is not left behind where a test breaks off.
    struct Sleeper(Child);

    impl Drop for Sleeper {
        fn drop(&mut self) {
            let _ = self.0.kill();
            let _ = self.0.wait();
        }
    }

    fn wait_until(process: &Child, should_be_stopped: bool) {
        let deadline = Instant::now() + Duration::from_secs(10);
        while is_stopped(process) != should_be_stopped {
            assert!(Instant::now() < deadline, "{should_be_stopped}");
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    #[test]
    fn what_is_stopped_time_and_again_goes_on_in_the_end() {
        let sleeper = Sleeper(Command::new("sleep").arg("600").spawn().expect("sleep"));
        let child = &sleeper.0;
        let id = Pid::from_raw(i32::try_from(child.id()).expect("small"));
        for _ in 0..3 {
            let stalls = Stalls::begin(move || vec![id]);
            wait_until(child, true);
            wait_until(child, false);
            wait_until(child, true);
            // In the middle of a stall.
            drop(stalls);
            wait_until(child, false);
        }
        let broken = std::panic::catch_unwind(|| {
            let _stalls = Stalls::begin(move || vec![id]);
            wait_until(child, true);
            panic!("whoever began them breaks off");
        });
        assert!(broken.is_err());
        wait_until(child, false);
    }

    #[test]
    fn processes_are_known_by_their_command_lines() {
        let network = b"/usr/lib/chromium/chromium --type=utility \
            --utility-sub-type=network.mojom.NetworkService --user-data-dir=/tmp/x";
        let parent = b"/usr/lib/chromium/chromium\0--no-sandbox\0--user-data-dir=/tmp/x\0";
        let tab = b"/usr/lib/firefox-esr/firefox-esr\0-contentproc\0-appDir\0/x\0tab\0";
        let firefox = b"firefox-esr\0--marionette\0-headless\0-profile\0/tmp/x\0-no-remote\0";
        let helper = b"/usr/lib/firefox-esr/crashhelper\0/tmp/\0";
        let lines = [&network[..], parent, tab, firefox, helper];
        let parts = [Busy::Network, Busy::Parent, Busy::Content, Busy::Page];
        let mut found = Vec::new();
        for (line, number) in lines.iter().zip(0..) {
            for engine in Engine::ALL {
                for part in parts {
                    if is_of(engine, part, line) {
                        found.push((number, engine, part));
                    }
                }
            }
        }
        let expected = [
            (0, Engine::Chromium, Busy::Network),
            (1, Engine::Chromium, Busy::Parent),
            (2, Engine::Firefox, Busy::Content),
            (3, Engine::Firefox, Busy::Parent),
        ];
        assert_eq!(found, expected);
    }
}
