//! A relay as a process of its own, told by signals and watched from outside.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use reachcheck_wire::{ClientMessage, Hold, Refusal, ServerMessage};
use tokio::time::timeout;

use super::{Client, Relay, SOON, get, hear, say, until};

/// A process that is killed at the end of its test; of one that failed, its log is shown.
pub struct Process {
    child: Child,
    admin: SocketAddr,
    log: Arc<Mutex<String>>,
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            eprintln!("{}", self.log.lock().expect("the log"));
        }
    }
}

/// The binary that is shipped, with nothing from the environment.
pub fn command(flags: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_reachcheck-relay"));
    command.args(flags).env_clear();
    command
}

/// Sends a process a signal by its name.
pub fn signal(pid: u32, name: &str) {
    let sent = Command::new("kill")
        .args(["-s", name, &pid.to_string()])
        .status();
    assert!(sent.expect("kill").success());
}

impl Process {
    /// Starts a relay with an admin listener and waits until it listens; gives the addresses that it says.
    pub fn start(command: &mut Command) -> (Self, Vec<SocketAddr>) {
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the relay");
        let mut stderr = BufReader::new(child.stderr.take().expect("its words"));
        let mut first = String::new();
        // The last of what it says at its start.
        while !first.contains("admin on http://") {
            let length = stderr.read_line(&mut first).expect("a line");
            assert!(length > 0, "it ended: {first}");
        }
        let address = |word: &str| {
            let (_, rest) = word.split_once("://")?;
            rest.split_once('/')?.0.parse().ok()
        };
        let mut addresses: Vec<_> = first.split_whitespace().filter_map(address).collect();
        let admin = addresses.pop().expect("addresses");
        let log = Arc::new(Mutex::new(first));
        let hears = log.clone();
        std::thread::spawn(move || {
            let mut line = Vec::new();
            while let Ok(1..) = stderr.read_until(b'\n', &mut line) {
                let text = String::from_utf8_lossy(&line);
                hears.lock().expect("the log").push_str(&text);
                line.clear();
            }
        });
        (Self { child, admin, log }, addresses)
    }

    pub fn admin_address(&self) -> SocketAddr {
        self.admin
    }
}

impl Relay {
    /// Everything that it has said on its standard error.
    pub fn log(&self) -> String {
        self.running.log.lock().expect("the log").clone()
    }

    /// Waits for words in its log.
    pub async fn says(&self, words: &str) {
        let said = async || self.log().contains(words).then_some(());
        until(&format!("“{words}” in its log"), said).await;
    }

    pub fn pid(&self) -> u32 {
        self.running.child.id()
    }

    pub fn signal(&self, name: &str) {
        signal(self.pid(), name);
    }

    pub fn kill(&mut self) {
        self.running.child.kill().expect("killed");
        self.running.child.wait().expect("ended");
    }

    /// Waits for its end.
    pub async fn end(&mut self) -> ExitStatus {
        let ended = async || self.running.child.try_wait().expect("a state");
        until("its end", ended).await
    }

    pub fn admin_address(&self) -> SocketAddr {
        self.running.admin_address()
    }

    /// Status and body of an admin page.
    pub async fn admin(&self, path: &str) -> (u16, String) {
        let answer = get(self.running.admin, path, "").await;
        answer.expect("an answer").said()
    }

    /// A gauge of the metrics.
    pub async fn gauge(&self, of: &str) -> u64 {
        let name = format!("reachcheck_relay_{of} ");
        let (_, text) = self.admin("/metrics").await;
        let value = text.lines().find_map(|line| line.strip_prefix(&name));
        value.and_then(|value| value.parse().ok()).expect("a gauge")
    }

    /// Waits until it says that no more than so many are open: `connections`, `sockets` or `holds`.
    pub async fn has_at_most(&self, count: u64, of: &str) {
        let is_few = async || (self.gauge(of).await <= count).then_some(());
        until(&format!("only {count} {of}"), is_few).await;
    }

    /// A socket that is held, beside so many holds that are under way and stay so; `None` where it is refused.
    pub async fn held(&self, beside: usize, mut client: Client) -> Option<Client> {
        let hold = Hold::Short;
        say(&mut client, &ClientMessage::Hold { hold }).await;
        let beside = u64::try_from(beside).expect("few");
        let is_held = until("hold or refusal", async || {
            if self.gauge("holds").await > beside {
                return Some(true);
            }
            let heard = timeout(Duration::from_millis(10), hear(&mut client));
            match heard.await.ok()? {
                ServerMessage::Refused { why, .. } => {
                    assert_eq!(why, Refusal::Busy);
                    Some(false)
                }
                other => panic!("{other:?}"),
            }
        });
        is_held.await.then_some(client)
    }

    /// Resident memory in bytes.
    pub fn memory(&self) -> usize {
        let file = format!("/proc/{}/status", self.pid());
        let status = std::fs::read_to_string(file).expect("a process");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<usize>().ok());
        kib.expect("VmRSS in KiB") * 1024
    }

    /// Waits until memory is within one and a half times what it was.
    pub async fn is_lean_again(&self, before: usize) {
        let is_lean = async || (self.memory() <= before * 3 / 2).then_some(());
        let what = format!("memory like {before} bytes");
        let waited = timeout(SOON, until(&what, is_lean)).await;
        assert!(waited.is_ok(), "{} bytes, before {before}", self.memory());
    }

    /// Open files.
    pub fn files(&self) -> usize {
        let folder = format!("/proc/{}/fd", self.pid());
        std::fs::read_dir(folder).expect("a process").count()
    }
}
