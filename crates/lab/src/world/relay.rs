//! The relay of a world.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::PoisonError;
use std::time::Duration;

use anyhow::{Context as _, Result};

use super::{Hosting, Lab, Standing, World};
use crate::addresses;
use crate::authority::Flaw;
use crate::ipv6;
use crate::namespaces::{ChildProcess, Namespace, spawn};
use crate::reverse_proxy::{self, ReverseProxy};
use crate::wait::{listens, wait_until};

/// What the relay is like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RelayState {
    /// As it should be, on 443, 80 and 5222.
    #[default]
    Well,
    /// On 443 alone.
    On443Alone,
    /// It has no room for another session.
    Busy,
    /// It has no room for another socket that is held or watched.
    Full,
    /// It allows the pages of somebody else.
    ForAnotherOrigin,
    /// Its certificate is not one that the agent trusts.
    Untrusted,
    /// Its clock is ahead by so many hours.
    Ahead(u32),
}

/// The ports of the client's protocols, which the relay can show to be open.
const PORTS: [u16; 3] = [443, 80, 5222];

/// A port of the next relay on which no host beside it listens.
const NEXT_PORT: u16 = 7443;

/// How long a relay that is told to go lets sessions end by themselves, in milliseconds.
const DRAIN_MS: u64 = 300;
/// Longer than a relay takes to go.
const GONE: Duration = Duration::from_secs(10);

impl Lab {
    /// Starts what the world's hosting asks for: the relay, and what stands before it.
    pub(super) fn start_relays(
        &self,
        world: &World,
    ) -> Result<(Option<ChildProcess>, Option<ChildProcess>)> {
        Ok(match (world.hosting, world.front) {
            (Hosting::Apart, None) => (Some(self.start_relay(world.relay)?), None),
            (Hosting::Apart, Some(front)) => (
                Some(self.start_relay_behind(front)?),
                Some(self.start_front(front)?),
            ),
            (Hosting::WithoutRelay, _) => (None, None),
            (Hosting::Loopback, _) => (Some(self.start_local_relay()?), None),
        })
    }

    /// Tells the relay to go, as an operator does, waits until it has gone, and starts one in this state in its place.
    ///
    /// # Errors
    /// If it does not go, or the new one does not come.
    pub fn replace_relay(&self, standing: &Standing, state: RelayState) -> Result<()> {
        let mut relay = standing
            .relay
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let old = relay.take().context("no relay stands here")?;
        old.terminate(GONE).context("the relay")?;
        *relay = Some(self.start_relay(state)?);
        Ok(())
    }

    fn start_relay(&self, state: RelayState) -> Result<ChildProcess> {
        let ports: &[u16] = match state {
            RelayState::On443Alone => &PORTS[..1],
            _ => &PORTS,
        };
        let has_ipv6 = ipv6::is_led();
        let mut flags = Vec::new();
        for port in ports {
            let listen = format!("{}:{port}", addresses::RELAY);
            flags.extend(["--listen".to_owned(), listen]);
            if has_ipv6 {
                let listen = format!("[{}]:{port}", ipv6::beside(addresses::RELAY));
                flags.extend(["--listen".to_owned(), listen]);
            }
        }
        let (cert, key) = match state {
            RelayState::Untrusted => Flaw::Untrusted.files(self.folder()),
            _ => (self.authority.cert.clone(), self.authority.key.clone()),
        };
        flags.extend(certificate_flags(&cert, &key));
        let limit = match state {
            RelayState::Busy => Some("sockets=0"),
            RelayState::Full => Some("holds=0"),
            _ => None,
        };
        if let Some(limit) = limit {
            flags.extend(["--limit".to_owned(), limit.to_owned()]);
        }
        let origin = match state {
            RelayState::ForAnotherOrigin => "https://elsewhere.example".to_owned(),
            _ => format!("https://{}", addresses::PAGE_NAME),
        };
        flags.extend(["--origin".to_owned(), origin]);
        self.start_relay_with(&flags, 443, state)
    }

    /// The next relay, beside the hosts.
    pub(super) fn start_next_relay(&self) -> Result<ChildProcess> {
        let address = addresses::NEXT_RELAY;
        let origin = format!("https://{}", addresses::PAGE_NAME);
        let mut flags = vec!["--origin".to_owned(), origin];
        for port in [443, NEXT_PORT] {
            flags.extend(["--listen".to_owned(), format!("{address}:{port}")]);
        }
        flags.extend(certificate_flags(&self.authority.cert, &self.authority.key));
        let line = [self.relay.clone(), self.relay_arguments(), flags].concat();
        self.spawn_relay(Namespace::Outside, "next-relay", &line, NEXT_PORT)
    }

    /// The relay on its machine's loopback, for a box before it.
    fn start_relay_behind(&self, front: ReverseProxy) -> Result<ChildProcess> {
        let origin = format!("https://{}", addresses::PAGE_NAME);
        let flags = [
            "--listen",
            reverse_proxy::BEHIND,
            "--outside",
            "--origin",
            &origin,
        ];
        let mut flags = flags.map(str::to_owned).to_vec();
        if let ReverseProxy::HaProxy(..) = front {
            let (cert, key) = (&self.authority.cert, &self.authority.key);
            flags.extend(certificate_flags(cert, key));
            let balanced = ["--proxy-from", "127.0.0.0/8", "--public-port", "443"];
            flags.extend(balanced.map(str::to_owned));
        }
        self.start_relay_with(&flags, 8443, RelayState::Well)
    }

    fn start_front(&self, front: ReverseProxy) -> Result<ChildProcess> {
        let command = if let ReverseProxy::HaProxy(timer, ms) = front {
            let file = self.folder().join("haproxy.cfg");
            fs::write(&file, reverse_proxy::haproxy(timer, ms))?;
            let mut command = Namespace::Relay.command("haproxy");
            command.arg("-db").arg("-f").arg(file);
            command
        } else {
            let me = std::env::current_exe()?;
            let mut command = Namespace::Relay.command(&me.to_string_lossy());
            command
                .arg(reverse_proxy::HELPER)
                .args([&self.authority.cert, &self.authority.key])
                .arg(serde_json::to_string(&front)?);
            command
        };
        let log = self.folder().join("front.log");
        let mut before = spawn(command, &log)?;
        wait_until("the box", &mut before, &log, || {
            listens(Namespace::Relay, 443)
        })?;
        Ok(before)
    }

    fn start_relay_with(
        &self,
        flags: &[String],
        port: u16,
        state: RelayState,
    ) -> Result<ChildProcess> {
        let mut line = self.relay.clone();
        line.extend(self.relay_arguments());
        line.extend(flags.iter().cloned());
        if let RelayState::Ahead(hours) = state {
            // Not by the `faketime` command: it makes a semaphore named after its process id, which a
            // process of the same id that was killed may have left behind.
            let library = faketime()?.display().to_string();
            let clock = [
                "env".to_owned(),
                format!("LD_PRELOAD={library}"),
                format!("FAKETIME=+{hours}h"),
            ];
            line.splice(0..0, clock);
        }
        self.spawn_relay(Namespace::Relay, "relay", &line, port)
    }

    /// Starts a relay by its command line, and waits until it listens on this port.
    fn spawn_relay(
        &self,
        namespace: Namespace,
        name: &str,
        line: &[String],
        port: u16,
    ) -> Result<ChildProcess> {
        let (program, arguments) = line.split_first().context("no relay to start")?;
        let log = self.folder().join(format!("{name}.log"));
        let _ = fs::remove_file(&log);
        let mut relay = namespace
            .spawn_with_resolver(
                &self.folder().join("resolv.outside"),
                Path::new(program),
                arguments,
                &log,
            )
            .with_context(|| program.clone())?;
        wait_until(name, &mut relay, &log, || listens(namespace, port))?;
        Ok(relay)
    }

    fn start_local_relay(&self) -> Result<ChildProcess> {
        let (program, first) = self.relay.split_first().context("no relay to start")?;
        let mut command = Command::new(program);
        command
            .args(first)
            .args(self.relay_arguments())
            .args(["--listen", "127.0.0.1:8080", "--page"])
            .arg(&self.page);
        let log = self.folder().join("relay.log");
        let mut relay = spawn(command, &log)?;
        wait_until("the local relay", &mut relay, &log, || {
            listens(Namespace::Agent, 8080)
        })?;
        Ok(relay)
    }

    fn relay_arguments(&self) -> Vec<String> {
        [
            "--control",
            &format!("{}:443", addresses::CONTROL_NAME),
            "--allow-target",
            "203.0.113.0/24",
            "--allow-target",
            ipv6::HOSTS,
            "--trust-ca",
            &self.authority.ca.to_string_lossy(),
            "--limit",
            &format!("drain-ms={DRAIN_MS}"),
        ]
        .map(str::to_owned)
        .to_vec()
    }
}

fn certificate_flags(cert: &Path, key: &Path) -> [String; 4] {
    [
        "--tls-cert".to_owned(),
        cert.to_string_lossy().into_owned(),
        "--tls-key".to_owned(),
        key.to_string_lossy().into_owned(),
    ]
}

/// The library that shows a process another time, wherever the distribution keeps it.
fn faketime() -> Result<PathBuf> {
    ["/usr/lib", "/usr/lib64"]
        .iter()
        .filter_map(|folder| fs::read_dir(folder).ok())
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .flat_map(|folder| [folder.clone(), folder.join("faketime")])
        .map(|folder| folder.join("libfaketimeMT.so.1"))
        .find(|file| file.is_file())
        .context(
            "libfaketimeMT.so.1 is missing; install libfaketime, e.g. apt-get install libfaketime",
        )
}
