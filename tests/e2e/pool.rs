//! The parent's side of the workers: each thread of the harness borrows one for as long as a test takes.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use reachcheck_lab::namespaces;

use crate::cases::Test;
use crate::settings::root;
use crate::worker::{ALONE, Logs, Reply, WORKER, failure_folder};

/// Longer than a worker takes to close its browsers.
const FAREWELL: Duration = Duration::from_secs(20);

/// Workers that wait for a test. There are never more than threads that borrow them.
#[derive(Debug, Default)]
pub struct Pool(Mutex<Vec<Worker>>);

impl Pool {
    /// Has a worker run a test, and tells it whether anything else runs. One that does not answer in time is ended, and
    /// another takes its place.
    ///
    /// # Errors
    /// If no worker can be had, or it breaks off or hangs; a test that fails is a reply.
    pub fn run(&self, test: &Test, is_alone: bool) -> Result<Reply> {
        let idle = self.idle(Vec::pop);
        let mut worker = match idle {
            Some(worker) => worker,
            None => Worker::start()?,
        };
        let logs = Logs::now(worker.folder.path());
        let order = [if is_alone { ALONE } else { "" }, &test.name].concat();
        match worker.ask(&order, test.deadline()) {
            Ok(reply) => {
                self.idle(|workers| workers.push(worker));
                Ok(reply)
            }
            Err(error) => {
                let error = error.context(worker.complaint());
                let folder = failure_folder(&failures(), &test.name);
                logs.keep(&folder, &format!("{error:#}"))?;
                worker.kill();
                Err(error)
            }
        }
    }

    fn idle<T>(&self, what: impl FnOnce(&mut Vec<Worker>) -> T) -> T {
        what(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Where everything about failures is kept, a folder a test.
#[must_use]
pub fn failures() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    target.unwrap_or_else(|| root().join("target")).join("e2e")
}

#[derive(Debug)]
struct Worker {
    process: Child,
    orders: Option<ChildStdin>,
    replies: Receiver<String>,
    folder: tempfile::TempDir,
}

impl Worker {
    fn start() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let arguments = [WORKER.into(), folder.path().to_owned(), failures()];
        let command = namespaces::command_inside(arguments)?;
        Self::spawn(command, folder).context("unshare (Debian package util-linux)")
    }

    fn spawn(mut command: Command, folder: tempfile::TempDir) -> Result<Self> {
        let log = std::fs::File::create(folder.path().join("worker.log"))?;
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()?;
        let orders = process.stdin.take();
        let output = process.stdout.take().context("no output")?;
        let (sender, replies) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Ok(Self {
            process,
            orders,
            replies,
            folder,
        })
    }

    fn ask(&mut self, name: &str, within: Duration) -> Result<Reply> {
        let orders = self.orders.as_mut().context("no input")?;
        writeln!(orders, "{name}").context("the worker takes no orders")?;
        match self.replies.recv_timeout(within) {
            Ok(line) => {
                serde_json::from_str(&line).with_context(|| format!("a worker said {line}"))
            }
            Err(RecvTimeoutError::Timeout) => bail!("no end after {within:?}"),
            Err(RecvTimeoutError::Disconnected) => bail!("the worker broke off"),
        }
    }

    /// What it said before it broke off.
    fn complaint(&self) -> String {
        let log = std::fs::read_to_string(self.folder.path().join("worker.log"));
        log.unwrap_or_default().trim().to_owned()
    }
}

impl Worker {
    /// Ends it, and with it all that it has started.
    fn kill(mut self) {
        let _ = self.process.kill();
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // Without orders it ends by itself and closes its browsers.
        drop(self.orders.take());
        if let Err(RecvTimeoutError::Timeout) = self.replies.recv_timeout(FAREWELL) {
            let _ = self.process.kill();
        }
        let _ = self.process.wait();
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;
    use std::time::Duration;

    use super::Worker;

    /// A worker whose program is a script.
    fn worker(script: &str) -> Worker {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        let folder = tempfile::tempdir().expect("a folder");
        Worker::spawn(command, folder).expect("sh")
    }

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn a_reply_is_taken_from_a_line() {
        let script = r#"read name; echo "{\"failure\": \"$name\", \"repeats\": [], \"set_up_again\": [],
            \"weaker\": [], \"notes\": [], \"record\": null}" | tr -d '\n'; echo"#;
        let reply = worker(script).ask("a::b", LONG).expect("a reply");
        assert_eq!(reply.failure.as_deref(), Some("a::b"));
    }

    #[test]
    fn a_worker_that_hangs_is_named() {
        let mut hangs = worker("exec sleep 600");
        let error = hangs.ask("anything", Duration::from_millis(50));
        let said = error.expect_err("no reply").to_string();
        assert!(said.contains("no end after"), "{said}");
        hangs.kill();
    }

    #[test]
    fn a_worker_that_breaks_off_is_named_with_what_it_said() {
        let mut breaks_off = worker("read name; echo 'no room' >&2");
        let error = breaks_off.ask("anything", LONG);
        let said = error.expect_err("no reply").to_string();
        assert!(said.contains("broke off"), "{said}");
        assert_eq!(breaks_off.complaint(), "no room");
    }

    #[test]
    fn words_that_are_no_reply_are_named() {
        let error = worker("read name; echo hello").ask("anything", LONG);
        assert!(error.expect_err("no reply").to_string().contains("hello"));
    }
}
