//! The relay of a world.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::{Hosting, Lab, World, listens, wait_until};
use crate::addresses;
use crate::authority::Flaw;
use crate::front::{self, Front};
use crate::namespaces::{Namespace, Running, spawn};

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
    /// It allows the pages of somebody else.
    ForAnotherOrigin,
    /// Its certificate is not one that the agent trusts.
    Untrusted,
    /// Its clock is ahead by so many hours.
    Ahead(u32),
}

/// The ports of the client's protocols, which the relay can show to be open.
const PORTS: [u16; 3] = [443, 80, 5222];

impl Lab {
    /// Starts what the world's hosting asks for.
    pub(super) fn start_relays(&self, world: &World) -> Result<Vec<Running>> {
        Ok(match world.hosting {
            Hosting::Apart => match world.front {
                Some(front) => self.start_relay_behind(front)?.into(),
                None => vec![self.start_relay(world.relay)?],
            },
            Hosting::WithoutRelay => Vec::new(),
            Hosting::Loopback => vec![self.start_local_relay()?],
        })
    }

    fn start_relay(&self, state: RelayState) -> Result<Running> {
        let ports: &[u16] = match state {
            RelayState::On443Alone => &PORTS[..1],
            _ => &PORTS,
        };
        let mut flags = Vec::new();
        for port in ports {
            let listen = format!("{}:{port}", addresses::RELAY);
            flags.extend(["--listen".to_owned(), listen]);
        }
        let (cert, key) = match state {
            RelayState::Untrusted => Flaw::Untrusted.files(self.folder()),
            _ => (self.authority.cert.clone(), self.authority.key.clone()),
        };
        flags.extend(certificate_flags(&cert, &key));
        if state == RelayState::Busy {
            flags.extend(["--limit".to_owned(), "sockets=0".to_owned()]);
        }
        let origin = match state {
            RelayState::ForAnotherOrigin => "https://elsewhere.example".to_owned(),
            _ => format!("https://{}", addresses::PAGE_NAME),
        };
        flags.extend(["--origin".to_owned(), origin]);
        self.start_relay_with(&flags, 443, state)
    }

    /// The relay on its machine's loopback, and the box before it.
    fn start_relay_behind(&self, front: Front) -> Result<[Running; 2]> {
        let origin = format!("https://{}", addresses::PAGE_NAME);
        let flags = ["--listen", front::BEHIND, "--outside", "--origin", &origin];
        let flags = flags.map(str::to_owned);
        let relay = self.start_relay_with(&flags, 8443, RelayState::Well)?;
        let me = std::env::current_exe()?;
        let mut command = Namespace::Relay.command(&me.to_string_lossy());
        command
            .arg(front::HELPER)
            .args([&self.authority.cert, &self.authority.key])
            .arg(serde_json::to_string(&front)?);
        let log = self.folder().join("front.log");
        let mut before = spawn(command, &log)?;
        wait_until("the box", &mut before, &log, || {
            listens(Namespace::Relay, 443)
        })?;
        Ok([relay, before])
    }

    fn start_relay_with(&self, flags: &[String], port: u16, state: RelayState) -> Result<Running> {
        let mut arguments = self.relay_arguments();
        arguments.extend(flags.iter().cloned());
        let program = match state {
            RelayState::Ahead(hours) => {
                arguments.insert(0, self.relay.to_string_lossy().into_owned());
                // Not by the `faketime` command: it makes a semaphore named after its process id, which a
                // process of the same id that was killed may have left behind.
                let library = faketime()?.display().to_string();
                arguments.splice(
                    0..0,
                    [
                        format!("LD_PRELOAD={library}"),
                        format!("FAKETIME=+{hours}h"),
                    ],
                );
                PathBuf::from("env")
            }
            _ => self.relay.clone(),
        };
        let log = self.folder().join("relay.log");
        let _ = fs::remove_file(&log);
        let mut relay = Namespace::Relay
            .spawn_with_resolver(
                &self.folder().join("resolv.outside"),
                &program,
                &arguments,
                &log,
            )
            .with_context(|| program.display().to_string())?;
        wait_until("the relay", &mut relay, &log, || {
            listens(Namespace::Relay, port)
        })?;
        Ok(relay)
    }

    fn start_local_relay(&self) -> Result<Running> {
        let mut command = Command::new(&self.relay);
        command
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
            "--trust-ca",
            &self.authority.ca.to_string_lossy(),
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
