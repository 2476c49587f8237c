//! A world: the lab in one state, ready to be looked at by a browser.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::addresses;
use crate::authority::Authority;
use crate::fault::{self, Fault};
use crate::middlebox::Middlebox;
use crate::namespaces::{self, Namespace, Running, spawn};
use crate::path;
use crate::proxy::{Proxy, Setting};
use crate::servers::{self, Files, Hosts};
use crate::strip;

/// What stands for as long as the tests run: namespaces, path, name servers, authority.
pub struct Lab {
    folder: tempfile::TempDir,
    page: PathBuf,
    relay: PathBuf,
    /// The private authority.
    pub authority: Authority,
    _running: Vec<Running>,
}

/// Where the page comes from, and which relay it knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hosting {
    /// A static host outside, and the relay on its own machine.
    #[default]
    Apart,
    /// A static host outside, and no relay in the settings.
    WithoutRelay,
    /// The relay on the agent's own computer serves both, as `cargo xtask serve` does.
    Loopback,
}

/// What is to be built.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// What the hosts do.
    pub hosts: Hosts,
    /// Where the page comes from.
    pub hosting: Hosting,
    /// What is broken from the start.
    pub faults: Vec<Fault>,
    /// A box in front of the relay turns WebSocket upgrades down.
    pub strips_upgrades: bool,
    /// A proxy that the browser is told of.
    pub proxy: Option<Proxy>,
    /// A box in the path that nobody asked for.
    pub middlebox: Option<Middlebox>,
}

impl World {
    /// A world in which only this is broken.
    #[must_use]
    pub fn with(fault: Fault) -> Self {
        Self::default().and(fault)
    }

    /// What a browser in it has to be set to.
    #[must_use]
    pub fn setting(&self) -> Setting {
        self.proxy.as_ref().map(Proxy::setting).unwrap_or_default()
    }

    /// This world with one more thing broken.
    #[must_use]
    pub fn and(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }
}

/// A world that stands; dropping it takes down its servers.
pub struct Standing {
    /// Where the page is.
    pub url: String,
    /// What a browser in this world has to be set to.
    pub setting: Setting,
    _running: Vec<Running>,
}

/// How long anything of the lab may take to come up.
const READY: Duration = Duration::from_secs(20);

impl Lab {
    /// Builds everything that all worlds share.
    ///
    /// # Errors
    /// With the command that failed, or the tool that is missing.
    pub fn build(page: &Path, relay: &Path) -> Result<Self> {
        namespaces::build()?;
        let folder = tempfile::tempdir()?;
        let authority = Authority::create(folder.path())?;
        let mut running = vec![start_path(folder.path(), path::DELAY_MS)?];
        for (namespace, address) in [
            (Namespace::Gateway, addresses::GATEWAY),
            (Namespace::Outside, addresses::OUTSIDE_DNS),
        ] {
            running.push(start_names(namespace, &address.to_string(), folder.path())?);
        }
        for (name, address) in [
            ("resolv.agent", addresses::GATEWAY),
            ("resolv.outside", addresses::OUTSIDE_DNS),
        ] {
            fs::write(
                folder.path().join(name),
                format!("nameserver {address}\noptions timeout:2 attempts:2\n"),
            )?;
        }
        let ours = folder.path().join("resolv.agent");
        Namespace::Agent.run(&format!("mount --bind {} /etc/resolv.conf", ours.display()))?;
        Ok(Self {
            page: page.to_owned(),
            relay: relay.to_owned(),
            folder,
            authority,
            _running: running,
        })
    }

    /// A folder for the tests' own files.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Builds a world; what an earlier one broke is whole again.
    ///
    /// # Errors
    /// With what did not come up, and its log.
    pub fn stand(&self, world: &World) -> Result<Standing> {
        fault::lift_all()?;
        let mut running = vec![self.start_hosts(world)?];
        match world.hosting {
            Hosting::Apart if world.strips_upgrades => running.extend(self.start_stripped_relay()?),
            Hosting::Apart => running.push(self.start_relay()?),
            Hosting::WithoutRelay => {}
            Hosting::Loopback => running.push(self.start_local_relay()?),
        }
        if let Some(proxy) = &world.proxy {
            running.extend(proxy.start(self.folder(), &self.authority)?);
        }
        if let Some(middlebox) = &world.middlebox {
            running.extend(middlebox.start(self.folder(), &self.authority)?);
        }
        for fault in &world.faults {
            fault.set()?;
        }
        Ok(Standing {
            url: match world.hosting {
                Hosting::Loopback => "http://127.0.0.1:8080/".to_owned(),
                Hosting::Apart | Hosting::WithoutRelay => {
                    format!("https://{}/app/", addresses::PAGE_NAME)
                }
            },
            setting: world.setting(),
            _running: running,
        })
    }

    fn start_hosts(&self, world: &World) -> Result<Running> {
        let file = |name: &str| self.folder.path().join(name);
        let config = match world.hosting {
            Hosting::Apart => format!(
                r#"{{"relays": [{{"url": "https://{}/relay/"}}]}}"#,
                addresses::RELAY_NAME
            ),
            Hosting::WithoutRelay | Hosting::Loopback => "{}".to_owned(),
        };
        fs::write(file("config.json"), config)?;
        let files = Files {
            cert: self.authority.cert.clone(),
            key: self.authority.key.clone(),
            page: self.page.clone(),
            config: file("config.json"),
            ready: file("hosts.ready"),
        };
        world.hosts.write(&files, &file("hosts.json"))?;
        let _ = fs::remove_file(&files.ready);
        let me = std::env::current_exe()?;
        let mut command = Namespace::Outside.command(&me.to_string_lossy());
        command.arg(servers::HELPER).arg(file("hosts.json"));
        let mut hosts = spawn(command, &file("hosts.log"))?;
        wait_until("the hosts", &mut hosts, &file("hosts.log"), || {
            files.ready.exists()
        })?;
        Ok(hosts)
    }

    fn start_relay(&self) -> Result<Running> {
        let listen = [443, 80, 5222]
            .map(|port| format!("{}:{port}", addresses::RELAY))
            .join(",");
        let (cert, key) = self.certificate();
        self.start_relay_with(
            &["--listen", &listen, "--tls-cert", &cert, "--tls-key", &key],
            443,
        )
    }

    /// The relay on its machine's loopback, and the box before it.
    fn start_stripped_relay(&self) -> Result<[Running; 2]> {
        let relay = self.start_relay_with(&["--listen", strip::BEHIND, "--outside"], 8443)?;
        let me = std::env::current_exe()?;
        let (cert, key) = self.certificate();
        let mut command = Namespace::Relay.command(&me.to_string_lossy());
        command.args([strip::HELPER, &cert, &key]);
        let log = self.folder.path().join("strip.log");
        let mut strip = spawn(command, &log)?;
        wait_until("the box", &mut strip, &log, || {
            listens(Namespace::Relay, 443)
        })?;
        Ok([relay, strip])
    }

    fn start_relay_with(&self, flags: &[&str], port: u16) -> Result<Running> {
        let mut arguments = self.relay_arguments();
        arguments.extend(flags.iter().map(|flag| (*flag).to_owned()));
        let origin = format!("https://{}", addresses::PAGE_NAME);
        arguments.extend(["--origin".to_owned(), origin]);
        let log = self.folder.path().join("relay.log");
        let mut relay = Namespace::Relay.spawn_with_resolver(
            &self.folder.path().join("resolv.outside"),
            &self.relay,
            &arguments,
            &log,
        )?;
        wait_until("the relay", &mut relay, &log, || {
            listens(Namespace::Relay, port)
        })?;
        Ok(relay)
    }

    fn certificate(&self) -> (String, String) {
        let text = |path: &Path| path.to_string_lossy().into_owned();
        (text(&self.authority.cert), text(&self.authority.key))
    }

    fn start_local_relay(&self) -> Result<Running> {
        let mut command = Command::new(&self.relay);
        command
            .args(self.relay_arguments())
            .args(["--listen", "127.0.0.1:8080", "--page"])
            .arg(&self.page);
        let log = self.folder.path().join("relay.log");
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

fn start_path(folder: &Path, delay_ms: u64) -> Result<Running> {
    let ready = folder.join("path.ready");
    let mut command = Command::new(std::env::current_exe()?);
    command
        .arg(path::HELPER)
        .arg(delay_ms.to_string())
        .arg(&ready);
    let log = folder.join("path.log");
    let mut path = spawn(command, &log)?;
    wait_until("the path", &mut path, &log, || ready.exists())?;
    Ok(path)
}

/// A real name server that knows the lab's names and says NXDOMAIN to all others.
fn start_names(namespace: Namespace, address: &str, folder: &Path) -> Result<Running> {
    let mut command = namespace.command("dnsmasq");
    command.args([
        "--keep-in-foreground",
        "--conf-file=/dev/null",
        "--pid-file=",
        "--user=root",
        "--no-resolv",
        "--no-hosts",
        "--bind-interfaces",
        "--local-ttl=60",
        "--address=/#/",
        &format!("--listen-address={address}"),
    ]);
    for (name, place) in addresses::names() {
        command.arg(format!("--address=/{name}/{place}"));
    }
    let log = folder.join("names.log");
    let mut names = spawn(command, &log).context("dnsmasq (Debian package dnsmasq-base)")?;
    wait_until("the name server", &mut names, &log, || {
        listens_udp(namespace, 53)
    })?;
    Ok(names)
}

pub(crate) fn wait_until(
    what: &str,
    process: &mut Running,
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

pub(crate) fn listens(namespace: Namespace, port: u16) -> bool {
    socket_is_bound(namespace, "-tln", port)
}

fn listens_udp(namespace: Namespace, port: u16) -> bool {
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
