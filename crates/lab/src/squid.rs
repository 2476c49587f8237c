//! Squid, the proxy that most networks know, with a configuration per world.

use std::fs;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use crate::addresses;
use crate::authority::Authority;
use crate::namespaces::{ChildProcess, Namespace, spawn};
use crate::wait::{listens, wait_until};

/// Where Squid takes CONNECT requests.
pub const PORT: u16 = 3128;

/// Where Squid takes TLS connections that the gateway bends to it.
pub const INTERCEPT_PORT: u16 = 3129;

/// The file with the program that is asked before what is held is denied.
const DENIES_LATE: &str = "denies-late.sh";

/// What Squid lets pass, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// CONNECT to port 443 alone, as Squid's own default has it.
    pub only_443: bool,
    /// Hosts that are denied: 403 to CONNECT, or a block page where TLS is ended.
    pub denies: Vec<String>,
    /// Hosts for which a CONNECT is held, and never answered unless `denies_after_ms` says when it is denied.
    pub holds: Vec<String>,
    /// After so many milliseconds what is held is denied: 403.
    pub denies_after_ms: Option<u32>,
    /// Everything but the page's host and the relay wants a login.
    pub wants_login: Option<Login>,
    /// A tunnel in which nothing moved for so many seconds is closed. Squid does so by `read_timeout` (15 minutes unless
    /// told), which counts whole seconds; `client_lifetime` (a day) ends tunnels as well, however much moves.
    pub idle_cut_s: Option<u64>,
    /// TLS is ended here, and a certificate made up for each host.
    pub bump: Option<Bump>,
    /// Hosts whose TLS is left alone where the rest is ended.
    pub spares: Vec<String>,
    /// WebSocket upgrades pass where TLS is ended; Squid turns them down unless told.
    pub passes_upgrades: bool,
}

/// How somebody has to log in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Login {
    /// By name and password, for which a browser asks.
    Basic,
    /// By Kerberos, as in a Windows domain; a browser asks nobody, and the lab has no domain.
    Negotiate,
}

/// Whose authority signs what Squid makes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bump {
    /// One that the browser trusts, as on a managed computer.
    Trusted,
    /// One that it does not know.
    Untrusted,
}

/// Where Squid stands and how it is reached.
#[derive(Clone, Copy, Debug)]
pub struct Seat {
    /// The machine.
    pub namespace: Namespace,
    /// Its address there.
    pub address: Ipv4Addr,
    /// Its name server.
    pub resolver: Ipv4Addr,
    /// Connections are bent to it, nobody asked for it.
    pub intercepts: bool,
}

impl Seat {
    /// On the gateway.
    pub const GATEWAY: Self = Self {
        namespace: Namespace::Gateway,
        address: addresses::GATEWAY,
        resolver: addresses::GATEWAY,
        intercepts: false,
    };
    /// Beyond the path, at an address of its own.
    pub const FAR: Self = Self {
        namespace: Namespace::Outside,
        address: addresses::FAR_PROXY,
        resolver: addresses::OUTSIDE_DNS,
        intercepts: false,
    };
}

/// Starts Squid and waits until it listens.
///
/// # Errors
/// If it is not installed (Debian: squid-openssl) or does not come up, with its log.
pub fn start(
    folder: &Path,
    authority: &Authority,
    policy: &Policy,
    seat: Seat,
) -> Result<ChildProcess> {
    // One that connections are bent to may stand beside another.
    let home = folder.join(if seat.intercepts {
        "squid-intercepts"
    } else {
        "squid"
    });
    if home.exists() {
        fs::remove_dir_all(&home)?;
    }
    fs::create_dir_all(&home)?;
    if let Some(bump) = policy.bump {
        prepare_bump(&home, authority, bump)?;
    }
    if policy.wants_login == Some(Login::Basic) {
        // Nobody of the lab knows a password that fits.
        fs::write(
            home.join("passwords"),
            "somebody:$1$lab$8yuDHGfxV2mFBmEDPAV2J1\n",
        )?;
    }
    if let Some(ms) = policy.denies_after_ms {
        let seconds = f64::from(ms) / 1000.0;
        let script = format!("while read -r host; do sleep {seconds}; echo OK; done\n");
        fs::write(home.join(DENIES_LATE), script)?;
    }
    let config = home.join("squid.conf");
    fs::write(&config, configuration(&home, authority, policy, seat))?;
    // Squid refuses to run as root, and may not become another user where only root is mapped. In a user
    // namespace of its own it is nobody, without changing what it may read.
    let mut command = seat.namespace.command("unshare");
    command
        .args(["--user", "--map-user=65534", "--map-group=65534"])
        .args(["squid", "-N", "-f"])
        .arg(&config);
    let mut running = spawn(command, &home.join("output"))?;
    let said = home.join("cache.log");
    wait_until(
        "Squid (Debian package squid-openssl)",
        &mut running,
        &said,
        || {
            listens(
                seat.namespace,
                if seat.intercepts {
                    INTERCEPT_PORT
                } else {
                    PORT
                },
            )
        },
    )?;
    Ok(running)
}

/// The authority's two files as Squid wants them, and the place for the certificates it makes up.
fn prepare_bump(home: &Path, authority: &Authority, bump: Bump) -> Result<()> {
    let signing = match bump {
        Bump::Trusted => authority.clone(),
        Bump::Untrusted => {
            let folder = home.join("untrusted");
            fs::create_dir_all(&folder)?;
            Authority::create(&folder)?
        }
    };
    fs::copy(&signing.ca, home.join("signing.pem"))?;
    fs::copy(&signing.ca_key, home.join("signing.key"))?;
    let output = Command::new(generator())
        .args(["-c", "-s"])
        .arg(home.join("made"))
        .args(["-M", "4MB"])
        .output()
        .context("security_file_certgen (Debian package squid-openssl)")?;
    ensure!(
        output.status.success(),
        "security_file_certgen: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}

fn generator() -> PathBuf {
    helper("security_file_certgen")
}

fn helper(name: &str) -> PathBuf {
    Path::new("/usr/lib/squid").join(name)
}

fn configuration(home: &Path, authority: &Authority, policy: &Policy, seat: Seat) -> String {
    let at = |name: &str| home.join(name).display().to_string();
    let mut lines = vec![
        "visible_hostname proxy.lab".to_owned(),
        format!("dns_nameservers {}", seat.resolver),
        "hosts_file none".to_owned(),
        "cache deny all".to_owned(),
        "cache_mem 0".to_owned(),
        format!("pid_filename {}", at("pid")),
        format!("access_log stdio:{}", at("access.log")),
        format!("cache_log {}", at("cache.log")),
        "cache_store_log none".to_owned(),
        format!("coredump_dir {}", home.display()),
        "netdb_filename none".to_owned(),
        "pinger_enable off".to_owned(),
        "shutdown_lifetime 0 seconds".to_owned(),
        format!("tls_outgoing_options cafile={}", authority.ca.display()),
    ];
    let made_up = format!(
        "ssl-bump generate-host-certificates=on dynamic_cert_mem_cache_size=4MB tls-cert={} tls-key={}",
        at("signing.pem"),
        at("signing.key")
    );
    let address = seat.address;
    if seat.intercepts {
        // Squid will not start without a port for clients that ask for it.
        lines.push(format!("http_port 127.0.0.1:{PORT}"));
        lines.push(format!("https_port {INTERCEPT_PORT} intercept {made_up}"));
    } else if policy.bump.is_some() {
        lines.push(format!("http_port {address}:{PORT} {made_up}"));
    } else {
        lines.push(format!("http_port {address}:{PORT}"));
    }
    if policy.bump.is_some() {
        lines.push(format!(
            "sslcrtd_program {} -s {} -M 4MB",
            generator().display(),
            at("made")
        ));
        lines.push("sslcrtd_children 4 startup=2 idle=1".to_owned());
        lines.push("acl hello at_step SslBump1".to_owned());
        lines.push("ssl_bump peek hello".to_owned());
        if !policy.spares.is_empty() {
            let hosts = policy.spares.join(" ");
            lines.push(format!("acl spared ssl::server_name {hosts}"));
            lines.push("ssl_bump splice spared".to_owned());
        }
        if policy.passes_upgrades {
            let line = "http_upgrade_request_protocols websocket allow all";
            lines.push(line.to_owned());
        }
        lines.push("ssl_bump bump all".to_owned());
    }
    lines.push("acl tunnel method CONNECT".to_owned());
    if policy.only_443 {
        lines.push("acl usual_port port 443".to_owned());
        lines.push("http_access deny tunnel !usual_port".to_owned());
    }
    if !policy.denies.is_empty() {
        let hosts = policy.denies.join(" ");
        // A bent connection names its host in the ClientHello alone.
        let kind = if seat.intercepts {
            "ssl::server_name"
        } else {
            "dstdomain"
        };
        lines.push(format!("acl denied {kind} {hosts}"));
        if seat.intercepts {
            lines.push(format!("acl denied_request dstdomain {hosts}"));
            lines.push("http_access deny denied_request".to_owned());
        } else {
            lines.push("http_access deny denied".to_owned());
        }
    }
    if !policy.holds.is_empty() {
        // Somebody is asked who answers late, or never.
        let asked = match policy.denies_after_ms {
            Some(_) => format!("/bin/sh {}", at(DENIES_LATE)),
            None => "/bin/sleep infinity".to_owned(),
        };
        lines.push(format!(
            "external_acl_type ask ttl=0 children-max=64 %DST {asked}"
        ));
        lines.push(format!("acl held dstdomain {}", policy.holds.join(" ")));
        lines.push("acl asked external ask".to_owned());
        lines.push("http_access deny held asked".to_owned());
    }
    if let Some(login) = policy.wants_login {
        match login {
            Login::Basic => lines.extend([
                format!(
                    "auth_param basic program {} {}",
                    helper("basic_ncsa_auth").display(),
                    at("passwords")
                ),
                "auth_param basic children 2 startup=1".to_owned(),
                "auth_param basic realm the lab".to_owned(),
            ]),
            // Whoever knows a ticket would be asked; no browser of the lab has one.
            Login::Negotiate => lines.push("auth_param negotiate program /bin/cat".to_owned()),
        }
        lines.push(format!(
            "acl open dstdomain {} {}",
            addresses::PAGE_NAME,
            addresses::RELAY_NAME
        ));
        lines.push("acl known proxy_auth REQUIRED".to_owned());
        lines.push("http_access allow open".to_owned());
        lines.push("http_access allow known".to_owned());
        lines.push("http_access deny all".to_owned());
    } else {
        lines.push("http_access allow all".to_owned());
    }
    if let Some(seconds) = policy.idle_cut_s {
        lines.push(format!("read_timeout {seconds} seconds"));
        // Those that one would think of as well, all shorter: they mind requests, idle connections between requests,
        // and answers.
        for other in [
            "request_timeout",
            "request_start_timeout",
            "client_idle_pconn_timeout",
            "server_idle_pconn_timeout",
            "write_timeout",
        ] {
            lines.push(format!("{other} 1 second"));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}
