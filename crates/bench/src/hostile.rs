//! One address that does the worst it can, with as many connections as it gets, while a contact centre behind another
//! address runs its tests: on one relay with the limits it is shipped with. What that costs the relay, and the agents.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use reachcheck_wire::{self as wire, ClientMessage, Hold, Quiet, ServerMessage};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{sleep, sleep_until, timeout};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::Options;
use crate::client::{self, Frames, upgrade};
use crate::servers::{PeerKind, Server};

/// Whose addresses: agents, and attackers.
const CENTRE: Ipv4Addr = Ipv4Addr::new(127, 0, 3, 1);
const ATTACKER: Ipv4Addr = Ipv4Addr::new(127, 0, 4, 1);
/// The attacker's connections.
const CONNECTIONS: usize = 6_000;
/// Its handshakes under way at once. This client is one core: with more of them the agents would wait for it, and not for
/// the relay.
const AT_ONCE: usize = 8;
/// Regions whose two endpoints take connections and say nothing.
const SILENT: usize = 16;
/// A page file that nobody reads to its end.
const PAGE: usize = 4 * 1024 * 1024;
/// Agents do not press Start in the same second.
const ARRIVE: Duration = Duration::from_secs(20);
/// How long an agent waits for one answer before its test has failed.
const PATIENCE: Duration = Duration::from_secs(15);
/// What must hold.
const MEMORY_MAX: usize = 256 * 1024 * 1024;
const SLOWER_MAX: f64 = 2.0;

type Stream = TlsStream<TcpStream>;

struct Attack {
    server: Arc<Server>,
    handshakes: Semaphore,
    /// Connections that were opened, and sockets that were answered "busy".
    opened: AtomicU64,
    failed: AtomicU64,
    /// Those that are open as the attacker sees it, by what they do.
    open: [AtomicUsize; 4],
}

/// What a connection of the attacker does.
const KINDS: [&str; 4] = [
    "questions that wait for a dial",
    "readers that stop",
    "half requests",
    "holds and watches",
];

/// How they are mixed: those that are cut off every ten seconds come again as often, at the cost of a handshake each.
const MIX: [usize; 6] = [0, 3, 1, 0, 3, 2];

/// Measures and prints.
///
/// # Errors
/// If an agent's test failed, or the relay took more memory or time than promised.
pub async fn measure(options: &Options) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (silent, greeting) = (listen(None).await?, listen(Some(b"220 ready\r\n")).await?);
    let config = folder.path().join("config.json");
    std::fs::write(&config, catalogue(silent, greeting))?;
    let page = folder.path().join("dist");
    std::fs::create_dir(&page)?;
    std::fs::write(page.join("index.html"), vec![b'x'; PAGE])?;
    let path = |path: &std::path::Path| path.to_string_lossy().into_owned();
    let flags = ["--config", &path(&config), "--page", &path(&page)];
    let allow = ["--allow-target", "127.0.0.0/8"];
    let flags = [&flags[..], &allow].concat();
    let server = Arc::new(Server::start_with(PeerKind::Shipped, options, &flags)?);

    let before = agents(&server, options.agents).await?;
    println!("before: {before}");
    sleep(Duration::from_secs(8)).await;
    let rest = server.memory()?;

    let attack = Arc::new(Attack {
        server: server.clone(),
        handshakes: Semaphore::new(AT_ONCE),
        opened: AtomicU64::new(0),
        failed: AtomicU64::new(0),
        open: Default::default(),
    });
    let mut attackers = JoinSet::new();
    for number in 0..CONNECTIONS {
        let attack = attack.clone();
        attackers.spawn(async move {
            loop {
                if attack.once(MIX[number % MIX.len()]).await.is_err() {
                    attack.failed.fetch_add(1, Ordering::Relaxed);
                    sleep(Duration::from_secs(1)).await;
                }
            }
        });
    }
    let began = Instant::now();
    while server.gauge("connections")? < CONNECTIONS * 9 / 10
        && began.elapsed() < Duration::from_secs(90)
    {
        sleep(Duration::from_millis(500)).await;
    }
    let watched = tokio::spawn(watch(server.clone()));
    let cpu = (Instant::now(), server.cpu()?);
    let during = agents(&server, options.agents).await?;
    let core = (server.cpu()? - cpu.1) / cpu.0.elapsed().as_secs_f64() * 100.0;
    watched.abort();
    println!("under attack: {during}");
    let most = MOST.load(Ordering::Relaxed);
    let held = attack.held();
    attackers.shutdown().await;
    println!(
        "the attacker: {held}; {} opened in all, {} attempts failed; relay: {} connections at most, {core:.1} % of a core with \
         the agents",
        attack.opened.load(Ordering::Relaxed),
        attack.failed.load(Ordering::Relaxed),
        PEAK.load(Ordering::Relaxed),
    );
    sleep(Duration::from_secs(8)).await;
    let mb = |bytes: usize| bytes as f64 / 1e6;
    println!(
        "memory: {:.1} MB at rest, {:.1} at most, {:.1} after all are gone; send queues in the kernel {:.1} MB at most",
        mb(rest),
        mb(most),
        mb(server.memory()?),
        mb(QUEUES.load(Ordering::Relaxed)),
    );
    let after = agents(&server, options.agents).await?;
    println!("after: {after}\nmet a limit:\n{}", server.limited()?);
    let usual = before.median.max(after.median);
    let slower = during.median / usual;
    println!("{slower:.2} times the usual median");
    if during.failed + before.failed + after.failed > 0 {
        bail!("tests failed");
    }
    if most.saturating_sub(rest) > MEMORY_MAX || slower > SLOWER_MAX {
        bail!("more than promised");
    }
    Ok(())
}

static MOST: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);
static QUEUES: AtomicUsize = AtomicUsize::new(0);

/// Keeps the most of what the relay takes.
async fn watch(server: Arc<Server>) {
    loop {
        if let Ok(memory) = server.memory() {
            MOST.fetch_max(memory, Ordering::Relaxed);
        }
        if let Ok(connections) = server.gauge("connections") {
            PEAK.fetch_max(connections, Ordering::Relaxed);
        }
        QUEUES.fetch_max(server.send_queues(), Ordering::Relaxed);
        sleep(Duration::from_millis(500)).await;
    }
}

/// An endpoint that takes connections and says this, or nothing.
async fn listen(greeting: Option<&'static [u8]>) -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let port = listener.local_addr()?.port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                if let Some(greeting) = greeting {
                    let _ = stream.write_all(greeting).await;
                    let _ = stream.shutdown().await;
                }
                let mut bytes = [0; 256];
                while let Ok(1..) = stream.read(&mut bytes).await {}
            });
        }
    });
    Ok(port)
}

/// A region that is well, and others that are silent.
fn catalogue(silent: u16, well: u16) -> String {
    let region = |id: &str, port: u16| {
        format!(
            r#"{{"id": "{id}", "country": "C", "name": "{id}", "https": {{"url": "https://localhost:{port}/"}},
                "tcp": {{"host": "localhost", "port": {port}}}}}"#
        )
    };
    let others = (0..SILENT).map(|number| region(&format!("silent{number}"), silent));
    let regions: Vec<String> = std::iter::once(region("well", well))
        .chain(others)
        .collect();
    format!(
        r#"{{"catalogue": {{"provider": "T", "regions": [{}]}}}}"#,
        regions.join(",")
    )
}

async fn connect(server: &Server, from: Ipv4Addr) -> Result<Stream> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddr::new(IpAddr::V4(from), 0))?;
    let stream = socket.connect(server.address).await?;
    stream.set_nodelay(true)?;
    let config = server.tls.clone().context("a server with TLS")?;
    let name = "localhost".try_into()?;
    Ok(TlsConnector::from(config).connect(name, stream).await?)
}

impl Attack {
    /// One connection, until the relay ends it or it has nothing more to take.
    async fn once(&self, kind: usize) -> Result<()> {
        let permit = self.handshakes.acquire().await?;
        let mut stream = timeout(PATIENCE, connect(&self.server, ATTACKER)).await??;
        drop(permit);
        self.opened.fetch_add(1, Ordering::Relaxed);
        self.open[kind].fetch_add(1, Ordering::Relaxed);
        let done = match kind {
            0 => self.asks(&mut stream).await,
            1 => reads_a_little(&mut stream).await,
            2 => says_half(&mut stream).await,
            _ => self.holds(&mut stream).await,
        };
        self.open[kind].fetch_sub(1, Ordering::Relaxed);
        done
    }

    /// Every endpoint that never answers, twice: the whole of a session's dials.
    async fn asks(&self, stream: &mut Stream) -> Result<()> {
        upgrade(&self.server, stream).await?;
        for _ in 0..2 {
            for number in 0..SILENT {
                for kind in ["https", "tcp"] {
                    let endpoint = format!("silent{number}/{kind}");
                    client::say(stream, &ClientMessage::Dial { endpoint }).await?;
                }
            }
            // Until the answers have come, which are then told at once for eight seconds.
            let _ = timeout(Duration::from_secs(18), to_its_end(stream)).await;
        }
        Ok(())
    }

    /// Silence for as long as it is given.
    async fn holds(&self, stream: &mut Stream) -> Result<()> {
        upgrade(&self.server, stream).await?;
        let name = format!("{:032x}", rand::random::<u128>());
        let watch = ClientMessage::Watch {
            quiet: Quiet::Both,
            ms: wire::WATCH_MAX_MS,
            name,
        };
        client::say(stream, &watch).await?;
        to_its_end(stream).await
    }

    fn held(&self) -> String {
        let each = KINDS.iter().zip(&self.open);
        let each = each.map(|(name, count)| format!("{} {name}", count.load(Ordering::Relaxed)));
        each.collect::<Vec<_>>().join(", ")
    }
}

async fn to_its_end(stream: &mut Stream) -> Result<()> {
    let mut bytes = [0; 1024];
    while stream.read(&mut bytes).await? > 0 {}
    Ok(())
}

/// A large file, of which it takes so much that the way widens, and no more.
async fn reads_a_little(stream: &mut Stream) -> Result<()> {
    let request = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for _ in 0..4 {
        stream.write_all(request).await?;
    }
    stream.flush().await?;
    let mut part = vec![0; 128 * 1024];
    stream.read_exact(&mut part).await?;
    drop(part);
    // It is cut off before that.
    sleep(Duration::from_secs(15)).await;
    Ok(())
}

async fn says_half(stream: &mut Stream) -> Result<()> {
    stream
        .write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Half: ")
        .await?;
    stream.flush().await?;
    to_its_end(stream).await
}

/// How the tests of a contact centre went.
struct Runs {
    finished: usize,
    failed: usize,
    /// Of a test, without its hold, in milliseconds.
    median: f64,
    slowest: f64,
}

impl std::fmt::Display for Runs {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "{} tests finished, {} failed; median {:.1} ms, slowest {:.1} ms (load {})",
            self.finished,
            self.failed,
            self.median,
            self.slowest,
            crate::servers::load()
        )
    }
}

/// Every agent runs one test.
async fn agents(server: &Arc<Server>, count: usize) -> Result<Runs> {
    let began = Instant::now();
    let mut tests = JoinSet::new();
    for number in 0..count {
        let server = server.clone();
        let when = began + ARRIVE.mul_f64(number as f64 / count.max(1) as f64);
        tests.spawn(async move {
            sleep_until(when.into()).await;
            test(&server).await
        });
    }
    let (mut took, mut failed) = (Vec::new(), 0);
    while let Some(test) = tests.join_next().await {
        match test? {
            Ok(time) => took.push(time.as_secs_f64() * 1e3),
            Err(error) => {
                failed += 1;
                if failed <= 5 {
                    println!("a test failed: {error:#}");
                }
            }
        }
    }
    took.sort_unstable_by(f64::total_cmp);
    Ok(Runs {
        finished: took.len(),
        failed,
        median: took.get(took.len() / 2).copied().unwrap_or(f64::INFINITY),
        slowest: took.last().copied().unwrap_or(f64::INFINITY),
    })
}

/// What a test asks of the relay: the challenge on four connections, and over the WebSocket all that is asked there. Then a
/// socket is held for thirty seconds, whose time is no part of what is told.
async fn test(server: &Server) -> Result<Duration> {
    let began = Instant::now();
    let open = async || timeout(PATIENCE, connect(server, CENTRE)).await?;
    let mut kept = Vec::new();
    for number in 0..4 {
        let mut stream = open().await.context("a connection")?;
        timeout(PATIENCE, client::challenge(&mut stream))
            .await?
            .with_context(|| format!("challenge {number}"))?;
        kept.push(stream);
    }
    let mut socket = open().await?;
    upgrade(server, &mut socket).await?;
    let mut frames = Frames::default();
    for question in [
        ClientMessage::Saw,
        ClientMessage::Controls,
        ClientMessage::Dial {
            endpoint: "well/https".to_owned(),
        },
        ClientMessage::Dial {
            endpoint: "well/tcp".to_owned(),
        },
    ] {
        client::say(&mut socket, &question).await?;
        let answer = answer(&mut socket, &mut frames).await?;
        let is_right = matches!(
            (&question, &answer),
            (ClientMessage::Saw, ServerMessage::Saw { .. })
                | (ClientMessage::Controls, ServerMessage::Controls { .. })
                | (ClientMessage::Dial { .. }, ServerMessage::Dial { .. })
        );
        if !is_right {
            bail!("{answer:?} to {question:?}");
        }
    }
    for number in 0..16 {
        client::say(&mut socket, &ClientMessage::Ping { number }).await?;
        let answer = answer(&mut socket, &mut frames).await?;
        if answer != (ServerMessage::Pong { number }) {
            bail!("{answer:?} to a ping");
        }
    }
    let took = began.elapsed();
    let mut held = open().await?;
    upgrade(server, &mut held).await?;
    let hold = Hold::Short;
    client::say(&mut held, &ClientMessage::Hold { hold }).await?;
    let silence = Duration::from_millis(hold.ms().into()) + PATIENCE;
    let text = timeout(silence, Frames::default().next(&mut held)).await??;
    match wire::decode(&text).map_err(anyhow::Error::msg)? {
        ServerMessage::Held { .. } => Ok(took),
        other => bail!("{other:?} to a hold"),
    }
}

async fn answer(socket: &mut Stream, frames: &mut Frames) -> Result<ServerMessage> {
    let text = timeout(PATIENCE, frames.next(socket)).await??;
    wire::decode(&text).map_err(anyhow::Error::msg)
}
