//! The real binary, told by signals and watched from outside.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

pub const ORIGIN: &str = "https://check.example";
/// Longest that anything here may take.
pub const SOON: Duration = Duration::from_secs(20);

/// A relay of its own, killed at the end of its test.
pub struct Relay {
    child: Child,
    pub addresses: Vec<SocketAddr>,
    pub admin: SocketAddr,
    log: Arc<Mutex<String>>,
}

impl Drop for Relay {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn command(flags: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_reachcheck-relay"));
    command.args(flags).env_clear();
    command
}

impl Relay {
    /// On a port of its own, with an admin listener.
    pub fn start(flags: &[&str]) -> Self {
        let mut all = vec!["--admin", "127.0.0.1:0", "--origin", ORIGIN];
        if !flags.contains(&"--listen") && !flags.contains(&"--settings") {
            all.extend(["--listen", "127.0.0.1:0"]);
        }
        all.extend(flags);
        let mut child = command(&all)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the relay");
        let log = Arc::new(Mutex::new(String::new()));
        keep(child.stderr.take().expect("its words"), log.clone());
        let mut relay = Self {
            child,
            addresses: Vec::new(),
            admin: ([0, 0, 0, 0], 0).into(),
            log,
        };
        relay.says("admin on http://");
        let log = relay.log();
        let address = |word: &str| {
            let rest = word.split_once("://")?.1;
            rest.split_once('/')?.0.parse().ok()
        };
        let all: Vec<SocketAddr> = log.split_whitespace().filter_map(address).collect();
        let (admin, addresses) = all.split_last().expect("addresses");
        relay.admin = *admin;
        relay.addresses = addresses.to_vec();
        relay
    }

    pub fn log(&self) -> String {
        self.log.lock().expect("the log").clone()
    }

    /// Waits for words in its log.
    pub fn says(&self, words: &str) {
        until(&format!("“{words}” in its log"), || {
            self.log().contains(words).then_some(())
        });
    }

    /// Sends it a signal by its name.
    pub fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status();
        assert!(sent.expect("kill").success());
    }

    pub fn kill(&mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("ended");
    }

    /// Resident memory in bytes.
    pub fn memory(&self) -> usize {
        let file = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(file).expect("a process");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<usize>().ok());
        kib.expect("VmRSS in KiB") * 1024
    }

    /// Waits for its end.
    pub fn end(&mut self) -> ExitStatus {
        until("its end", || self.child.try_wait().expect("a state"))
    }

    /// Status and body of an admin page.
    pub fn admin(&self, path: &str) -> (u16, String) {
        get(self.admin, path, "").expect("an answer")
    }
}

fn keep(stderr: ChildStderr, log: Arc<Mutex<String>>) {
    std::thread::spawn(move || {
        for line in BufReader::new(stderr).lines().map_while(Result::ok) {
            let mut log = log.lock().expect("the log");
            log.push_str(&line);
            log.push('\n');
        }
    });
}

/// Waits for a condition.
pub fn until<T>(what: &str, mut condition: impl FnMut() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(value) = condition() {
            return value;
        }
        assert!(started.elapsed() < SOON, "no {what} in {SOON:?}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Status and body of a plain HTTP answer; `None` if the connection ends without.
pub fn get(address: SocketAddr, path: &str, headers: &str) -> Option<(u16, String)> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(SOON)).ok()?;
    say_get(&mut stream, path, headers)
}

pub fn say_get(stream: &mut TcpStream, path: &str, headers: &str) -> Option<(u16, String)> {
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let status = answer.split(' ').nth(1)?.parse().ok()?;
    let (_, body) = answer.split_once("\r\n\r\n")?;
    Some((status, body.to_owned()))
}

/// A certificate for `localhost` and its key, as files in a folder; gives the certificate.
pub fn certify(folder: &Path) -> rustls_pki_types::CertificateDer<'static> {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("made");
    std::fs::write(folder.join("cert.pem"), made.cert.pem()).expect("written");
    std::fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).expect("written");
    made.cert.der().clone()
}
