//! A world: the lab in one state, ready to be looked at by a browser.

use std::fs;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context as _, Result};
use reachcheck_model::catalogue::Kind;
use serde_json::json;

use crate::addresses;
use crate::authority::Authority;
use crate::computer::Computer;
use crate::distance::Distances;
use crate::fault::{self, Fault, With};
use crate::ipv6;
use crate::middlebox::Middlebox;
use crate::names::{DnsOverride, Names};
use crate::namespaces::{self, ChildProcess, Namespace, spawn};
use crate::path::{self, LinkConditions};
use crate::proxy::{Proxy, Setting};
use crate::reverse_proxy::ReverseProxy;
use crate::servers::manner::Manner;
use crate::servers::{self, Files, Hosts, Odd};
use crate::usage::{Features, Usage};
use crate::wait::{listens_udp, wait_until};

mod relay;

pub use relay::RelayState;

/// What stands for as long as the tests run: namespaces, path, name servers, authority.
pub struct Lab {
    folder: PathBuf,
    page: PathBuf,
    relay: Vec<String>,
    /// The private authority.
    pub authority: Authority,
    computer: Mutex<Computer>,
    _running: Vec<ChildProcess>,
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
    /// A box in front of the relay, which listens on 443 alone then.
    pub front: Option<ReverseProxy>,
    /// What the relay is like.
    pub relay: RelayState,
    /// Whether the settings name a second relay, which is well whatever befalls the first.
    pub next_relay: bool,
    /// What the agent's name server says.
    pub names: Names,
    /// The agent's computer.
    pub computer: Computer,
    /// How the path is.
    pub weather: LinkConditions,
    /// Who is further away than the path's other end.
    pub distances: Distances,
    /// A proxy that the browser is told of.
    pub proxy: Option<Proxy>,
    /// A box in the path that nobody asked for.
    pub middlebox: Option<Middlebox>,
    /// How the browser is used.
    pub usage: Usage,
    /// By how much the page's watch lets time run faster, where that is set.
    pub pace: Option<u32>,
}

impl World {
    /// A world in which only this is broken.
    #[must_use]
    pub fn with(fault: Fault) -> Self {
        Self::default().and(fault)
    }

    /// Whether something goes unanswered in it: browsers go on trying such a connection, and hand it to the
    /// next page that asks for the same host.
    #[must_use]
    pub fn swallows(&self) -> bool {
        let by_fault = |fault: &Fault| {
            matches!(
                fault,
                Fault::DropsEndpoint(..)
                    | Fault::DropsFirstAddress(..)
                    | Fault::Turns(_, _, _, With::Silence)
                    | Fault::DropsLargePackets(..)
                    | Fault::DropsHello(..)
                    | Fault::DropsRelay
                    | Fault::DropsRelayPort(_)
            )
        };
        let by_host = |odd: &Odd| matches!(odd.manner, Manner::Silent | Manner::Banner);
        self.faults.iter().any(by_fault) || self.hosts.odd.iter().any(by_host)
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

impl World {
    /// This world with one endpoint that goes wrong for everybody.
    #[must_use]
    pub fn odd(self, region: &str, kind: Kind, manner: Manner) -> Self {
        self.odd_to(region, kind, manner, false)
    }

    /// This world with one endpoint that goes wrong for the agent alone.
    #[must_use]
    pub fn odd_to_agent(self, region: &str, kind: Kind, manner: Manner) -> Self {
        self.odd_to(region, kind, manner, true)
    }

    fn odd_to(mut self, region: &str, kind: Kind, manner: Manner, for_agent_alone: bool) -> Self {
        self.hosts.odd.push(Odd {
            region: region.to_owned(),
            is_https: kind == Kind::Https,
            manner,
            for_agent_alone,
        });
        self
    }

    /// This world with a region whose servers are off.
    #[must_use]
    pub fn off(mut self, region: &str) -> Self {
        self.hosts.off.push(region.to_owned());
        self
    }

    /// This world with one endpoint's name told wrong.
    #[must_use]
    pub fn told(mut self, region: &'static str, kind: Kind, told: DnsOverride) -> Self {
        self.names.told.push((region, kind, told));
        self
    }
}

/// A world that stands; dropping it takes down its servers.
pub struct Standing {
    /// Where the page is.
    pub url: String,
    /// What a browser in this world has to be set to.
    pub setting: Setting,
    /// How the browser is used.
    pub usage: Usage,
    /// Whether a browser remembers things here that are wrong elsewhere, so that it serves this world alone.
    pub needs_own_browser: bool,
    relay: Mutex<Option<ChildProcess>>,
    _running: Vec<ChildProcess>,
}

/// Where the path takes its orders, in the lab's folder.
const PATH_SOCKET: &str = "path.sock";

impl Lab {
    /// Builds everything that all worlds share: its files and logs lie in `folder`, the relay is started by the program
    /// and the first arguments of `relay`.
    ///
    /// # Errors
    /// With the command that failed, or the tool that is missing.
    pub fn build(folder: &Path, page: &Path, relay: Vec<String>) -> Result<Self> {
        namespaces::build()?;
        let authority = Authority::create(folder)?;
        let mut running = vec![start_path(folder)?];
        for (namespace, address) in [
            (Namespace::Gateway, addresses::GATEWAY),
            (Namespace::Outside, addresses::OUTSIDE_DNS),
        ] {
            running.push(start_names(namespace, &address.to_string(), folder)?);
        }
        write_resolver(&folder.join("resolv.agent"), addresses::GATEWAY)?;
        write_resolver(&folder.join("resolv.outside"), addresses::OUTSIDE_DNS)?;
        let ours = folder.join("resolv.agent");
        Namespace::Agent.run(&format!("mount --bind {} /etc/resolv.conf", ours.display()))?;
        Ok(Self {
            page: page.to_owned(),
            relay,
            folder: folder.to_owned(),
            authority,
            computer: Mutex::default(),
            _running: running,
        })
    }

    /// The agent's computer in the world that was built last.
    #[must_use]
    pub fn computer(&self) -> Computer {
        *self.computer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A folder for the tests' own files.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Builds a world; what an earlier one broke is whole again.
    ///
    /// # Errors
    /// With what did not come up, and its log.
    pub fn stand(&self, world: &World) -> Result<Standing> {
        fault::lift_all()?;
        let orders = world.distances.orders(world.weather);
        orders.send(&self.folder.join(PATH_SOCKET))?;
        path::lead_relay(world.distances.concern_relay())?;
        if world.names.ipv6 {
            ipv6::lead()?;
        }
        let resolver = self.folder.join("resolv.agent");
        write_resolver(&resolver, world.names.server())?;
        let mut running = self.start_hosts(world)?;
        let (relay, front) = self.start_relays(world)?;
        running.extend(front);
        if world.next_relay {
            running.push(self.start_next_relay()?);
        }
        running.extend(world.names.start(self.folder())?);
        if let Some(proxy) = &world.proxy {
            running.extend(proxy.start(self.folder(), &self.authority)?);
        }
        if let Some(middlebox) = &world.middlebox {
            running.extend(middlebox.start(self.folder(), &self.authority)?);
        }
        running.extend(world.computer.start(self.folder())?);
        *self.computer.lock().unwrap_or_else(PoisonError::into_inner) = world.computer;
        if world.hosts.web.offers_http3 {
            fault::drops_quic()?;
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
            // Browsers read a PAC file once, and another world has another one.
            needs_own_browser: matches!(world.setting(), Setting::Pac(_))
                || world.names.differ()
                || world.swallows()
                || world.computer != Computer::default()
                || world.usage.features != Features::default(),
            setting: world.setting(),
            usage: world.usage.clone(),
            relay: Mutex::new(relay),
            _running: running,
        })
    }

    fn start_hosts(&self, world: &World) -> Result<Vec<ChildProcess>> {
        let file = |name: &str| self.folder.join(name);
        let mut relays = vec![addresses::RELAY_NAME];
        if world.next_relay {
            relays.push(addresses::NEXT_RELAY_NAME);
        }
        let relays = relays.into_iter();
        let relays = relays.map(|name| json!({"url": format!("https://{name}/relay/")}));
        let relays: Vec<_> = relays.collect();
        let mut config = match world.hosting {
            Hosting::Apart => json!({
                "relays": relays,
                "support": {
                    "name": "Helpdesk",
                    "email": "help@desk.example",
                    "report_url": "https://desk.example/reports",
                },
            }),
            Hosting::WithoutRelay | Hosting::Loopback => json!({}),
        };
        if let Some(pace) = world.pace {
            config["watch"] = json!({"pace": pace});
        }
        let config = config.to_string();
        fs::write(file("config.json"), config)?;
        let files = Files {
            folder: self.folder.clone(),
            cert: self.authority.cert.clone(),
            key: self.authority.key.clone(),
            page: self.page.clone(),
            config: file("config.json"),
            ready: file("hosts.ready"),
        };
        world.hosts.write(&files, &file("hosts.json"))?;
        let _ = fs::remove_file(&files.ready);
        let mut running: Vec<_> = world.hosts.web.start(&files)?.into_iter().collect();
        let me = std::env::current_exe()?;
        let mut command = Namespace::Outside.command(&me.to_string_lossy());
        command.arg(servers::HELPER).arg(file("hosts.json"));
        let mut hosts = spawn(command, &file("hosts.log"))?;
        wait_until("the hosts", &mut hosts, &file("hosts.log"), || {
            files.ready.exists()
        })?;
        running.push(hosts);
        Ok(running)
    }
}

fn write_resolver(file: &Path, server: Ipv4Addr) -> Result<()> {
    // Written over and not replaced: the agent's is mounted.
    // The resolver's own patience: how long a browser waits for a name is part of what is tested.
    let text = format!("nameserver {server}\n");
    Ok(fs::write(file, text)?)
}

fn start_path(folder: &Path) -> Result<ChildProcess> {
    let ready = folder.join("path.ready");
    let mut command = Command::new(std::env::current_exe()?);
    command
        .arg(path::HELPER)
        .arg(folder.join(PATH_SOCKET))
        .arg(&ready);
    let log = folder.join("path.log");
    let mut path = spawn(command, &log)?;
    wait_until("the path", &mut path, &log, || ready.exists())?;
    Ok(path)
}

/// A real name server that knows the lab's names and says NXDOMAIN to all others.
fn start_names(namespace: Namespace, address: &str, folder: &Path) -> Result<ChildProcess> {
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
        // Not `--address`: beside the rule for all others that says of a name's IPv6 that there is no such name.
        command.arg(format!("--host-record={name},{place}"));
    }
    let log = folder.join("names.log");
    let mut names = spawn(command, &log).context("dnsmasq (Debian package dnsmasq-base)")?;
    wait_until("the name server", &mut names, &log, || {
        listens_udp(namespace, 53)
    })?;
    Ok(names)
}
