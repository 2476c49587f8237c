//! The relay and its peers as processes, each bound to the first core.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::Options;

/// The origin that the relay serves.
pub const ORIGIN: &str = "https://bench.example";

/// A server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeerKind {
    /// Ours: answers a ping in JSON with a pong in JSON.
    Relay { tls: bool },
    /// Ours with TLS and the limits it has where nobody sets any.
    Shipped,
    /// Echoes.
    PythonWebsockets,
    /// Echoes.
    NodeWs,
    /// Passes bytes to a TCP echo in this process.
    Websockify,
    /// Echoes.
    UWebSockets,
}

impl PeerKind {
    /// As it is shown.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Relay { .. } | Self::Shipped => "reachcheck-relay",
            Self::PythonWebsockets => "python websockets",
            Self::NodeWs => "node ws",
            Self::Websockify => "websockify",
            Self::UWebSockets => "uWebSockets",
        }
    }

    /// The path of its WebSocket.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Relay { .. } | Self::Shipped => "/relay/v1/socket",
            _ => "/",
        }
    }
}

/// One that runs.
pub struct Server {
    /// Which.
    pub kind: PeerKind,
    /// Where it listens.
    pub address: SocketAddr,
    /// What trusts its certificate.
    pub tls: Option<Arc<rustls::ClientConfig>>,
    /// Where the relay with its own limits counts.
    admin: Option<SocketAddr>,
    child: Child,
    _folder: tempfile::TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const PYTHON: &str = r#"
import asyncio, sys, websockets.asyncio.server as server
async def echo(socket):
    async for message in socket:
        await socket.send(message)
async def main():
    async with server.serve(echo, "127.0.0.1", int(sys.argv[1]), compression=None):
        await asyncio.get_running_loop().create_future()
asyncio.run(main())
"#;

const NODE: &str = r#"
const { WebSocketServer } = require("ws");
const server = new WebSocketServer({ host: "127.0.0.1", port: Number(process.argv[2]), perMessageDeflate: false });
server.on("connection", socket => socket.on("message", (data, binary) => socket.send(data, { binary })));
"#;

impl Server {
    /// Starts one and waits until it takes connections.
    pub fn start(kind: PeerKind, options: &Options) -> Result<Self> {
        Self::start_with(kind, options, &[])
    }

    /// The same with further flags.
    pub fn start_with(kind: PeerKind, options: &Options, flags: &[&str]) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let address = free()?;
        let port = address.port().to_string();
        let (mut tls, mut admin) = (None, None);
        let mut command = pinned();
        match kind {
            PeerKind::Relay { tls: with_tls } => {
                command.arg(&options.relay).args(RELAY);
                command.arg("--listen").arg(address.to_string());
                if with_tls {
                    tls = Some(certificate(folder.path(), &mut command)?);
                }
            }
            PeerKind::Shipped => {
                let at = free()?;
                command.arg(&options.relay).args(&RELAY[..4]);
                command.arg("--listen").arg(address.to_string());
                command.arg("--admin").arg(at.to_string());
                tls = Some(certificate(folder.path(), &mut command)?);
                admin = Some(at);
            }
            PeerKind::PythonWebsockets => {
                let script = folder.path().join("echo.py");
                std::fs::write(&script, PYTHON)?;
                let python = options.python.as_deref().context("--python")?;
                command.arg(python).arg(script).arg(&port);
            }
            PeerKind::NodeWs => {
                let script = folder.path().join("echo.js");
                std::fs::write(&script, NODE)?;
                let modules = options.node.as_deref().context("--node")?;
                command.env("NODE_PATH", modules.join("node_modules"));
                command.arg("node").arg(script).arg(&port);
            }
            PeerKind::Websockify => {
                let echo = tcp_echo()?;
                let python = options.python.as_deref().context("--python")?;
                command.arg(python.with_file_name("websockify"));
                command.arg(address.to_string()).arg(echo.to_string());
            }
            PeerKind::UWebSockets => {
                command.arg(options.uwebsockets.as_deref().context("--uwebsockets")?);
                command.arg(&port);
            }
        }
        let child = command
            .args(flags)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("{}: {command:?}", kind.name()))?;
        let mut server = Self {
            kind,
            address,
            tls,
            admin,
            child,
            _folder: folder,
        };
        server.wait()?;
        Ok(server)
    }

    fn wait(&mut self) -> Result<()> {
        let began = Instant::now();
        while TcpStream::connect(self.address).is_err() {
            if let Some(status) = self.child.try_wait()? {
                bail!("{} ended: {status}", self.kind.name());
            }
            if began.elapsed() > Duration::from_secs(20) {
                bail!("{} does not listen", self.kind.name());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// Resident memory of the process, in bytes.
    pub fn memory(&self) -> Result<usize> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let kib = line.and_then(|line| line.split_whitespace().nth(1));
        Ok(kib.context("VmRSS")?.parse::<usize>()? * 1024)
    }

    /// Seconds of a core that the process has had.
    pub fn cpu(&self) -> Result<f64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        // After the name in parentheses: utime is the twelfth, stime the thirteenth, in hundredths (proc(5)).
        let (_, rest) = stat.rsplit_once(')').context("stat")?;
        let times = rest.split_whitespace().skip(11).take(2);
        let ticks: Vec<f64> = times.map(str::parse).collect::<Result<_, _>>()?;
        Ok(ticks.iter().sum::<f64>() / 100.0)
    }

    /// The lines of `/metrics` that tell who met a limit; empty if nobody did.
    pub fn limited(&self) -> Result<String> {
        let metrics = self.metrics()?;
        let lines = metrics.lines().filter(|line| {
            let is_limit = line.starts_with("reachcheck_relay_limited_total");
            is_limit && !line.ends_with(" 0")
        });
        Ok(lines.collect::<Vec<_>>().join("\n"))
    }

    /// What one of the gauges of `/metrics` says.
    pub fn gauge(&self, name: &str) -> Result<usize> {
        let (metrics, name) = (self.metrics()?, format!("reachcheck_relay_{name} "));
        let value = metrics.lines().find_map(|line| line.strip_prefix(&name));
        Ok(value.context("a gauge")?.parse()?)
    }

    /// Bytes that the kernel keeps for its clients (/proc/net/tcp, proc(5)).
    pub fn send_queues(&self) -> usize {
        let text = std::fs::read_to_string("/proc/net/tcp").unwrap_or_default();
        let port = format!(":{:04X}", self.address.port());
        let queue = |line: &str| {
            let mut fields = line.split_whitespace();
            let is_ours = fields.nth(1)?.ends_with(&port);
            let queues = fields.nth(2)?.split_once(':')?.0;
            is_ours.then(|| usize::from_str_radix(queues, 16).unwrap_or(0))
        };
        text.lines().filter_map(queue).sum()
    }

    fn metrics(&self) -> Result<String> {
        let mut stream = TcpStream::connect(self.admin.context("a relay with its own limits")?)?;
        stream
            .write_all(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    }
}

/// Every limit that counts one client's share, out of the way: this client is all clients.
const RELAY: [&str; 36] = [
    "--origin",
    ORIGIN,
    "--control",
    "",
    "--log",
    "text",
    "--limit",
    "connections=16000",
    "--limit",
    "address-connections=16000",
    "--limit",
    "address-handshakes=16000",
    "--limit",
    "address-burst=1000000",
    "--limit",
    "address-per-second=1000000",
    "--limit",
    "sockets=16000",
    "--limit",
    "address-request-burst=100000000",
    "--limit",
    "address-requests=100000000",
    "--limit",
    "connection-requests=1000000",
    "--limit",
    "address-holds=1000000",
    "--limit",
    "address-sockets=16000",
    "--limit",
    "holds=16000",
    "--limit",
    "socket-messages=1000000",
    "--limit",
    "socket-bytes-in=1073741824",
    "--limit",
    "socket-bytes-out=1073741824",
];

/// A command on the first core; the client has the rest.
fn pinned() -> Command {
    let mut command = Command::new("taskset");
    command.args(["--cpu-list", "0"]);
    command
}

fn free() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

fn certificate(folder: &Path, command: &mut Command) -> Result<Arc<rustls::ClientConfig>> {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()])?;
    let (cert, key) = (folder.join("cert.pem"), folder.join("key.pem"));
    std::fs::write(&cert, made.cert.pem())?;
    std::fs::write(&key, made.signing_key.serialize_pem())?;
    command
        .arg("--tls-cert")
        .arg(cert)
        .arg("--tls-key")
        .arg(key);
    let mut roots = rustls::RootCertStore::empty();
    roots.add(made.cert.der().clone())?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.resumption = rustls::client::Resumption::disabled();
    Ok(Arc::new(config))
}

/// What websockify passes bytes to.
fn tcp_echo() -> Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let _ = stream.set_nodelay(true);
            tokio::spawn(async move {
                let (mut from, mut to) = stream.into_split();
                let _ = tokio::io::copy(&mut from, &mut to).await;
            });
        }
    });
    Ok(address)
}

/// What this ran on.
pub fn machine() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let cpu = read("/proc/cpuinfo");
    let model = cpu
        .lines()
        .find_map(|line| line.strip_prefix("model name\t: "));
    let cores = cpu
        .lines()
        .filter(|line| line.starts_with("processor"))
        .count();
    format!(
        "{}, {cores} cores, Linux {}, load {}",
        model.unwrap_or("an unknown processor"),
        read("/proc/sys/kernel/osrelease").trim(),
        load(),
    )
}

/// What runs or wants to, on average over the last minute.
pub fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or_default().to_owned()
}
