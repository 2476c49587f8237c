//! A contact centre that watches: so many agents behind one address, each with the four sockets of a watch, on one relay
//! with the limits it is shipped with. In the middle a firewall between them is restarted: every socket is reset, all
//! come back at once and ask how the last one ended. Near the end all run a test beside.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use reachcheck_watch::{Lane, Tolerance, next_ms};
use reachcheck_wire::{self as wire, ClientMessage, Ending, Hold, ServerMessage};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::sync::watch::Receiver;
use tokio::time::{sleep, sleep_until, timeout};
use tokio_rustls::client::TlsStream;

use crate::Options;
use crate::client::{self, Frames, upgrade};
use crate::counted::{Counted, Traffic};
use crate::servers::{PeerKind, Server};

/// Agents do not press a button in the same second; a firewall that is restarted is another matter.
const ARRIVE: Duration = Duration::from_secs(5);
/// What a test keeps open beside its WebSocket and its hold: answers on three ports, and one in reserve.
const TEST_CONNECTIONS: usize = 4;
/// A client's hello comes so much later than its connection, for all who come back at once.
const WAY: Duration = Duration::from_millis(250);
/// How long a test takes.
const TEST: Duration = Duration::from_secs(10);
/// A word of the page comes at random within these shares of a watch, as an event of the relay does.
const GAP: [f64; 2] = [1.0 / 60.0, 1.0 / 10.0];
/// What a message may take to arrive beyond when it is due.
const LATE: Duration = Duration::from_secs(20);

type Socket = TlsStream<Counted<TcpStream>>;

/// What was met. `wrong` is everything that must not be.
#[derive(Default)]
struct Tally {
    watches: AtomicU64,
    events: AtomicU64,
    notes: AtomicU64,
    resets_known: AtomicU64,
    tests: AtomicU64,
    wrong: Mutex<Vec<String>>,
}

struct Run {
    server: Server,
    pace: u32,
    end: Instant,
    traffic: Arc<Traffic>,
    tally: Tally,
    /// How often the firewall was restarted.
    restarted: Receiver<u32>,
}

fn one_more(count: &AtomicU64) {
    count.fetch_add(1, Ordering::Relaxed);
}

impl Run {
    fn wrong(&self, what: String) {
        self.tally
            .wrong
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(what);
    }

    async fn connect(&self, way: Duration) -> Result<Socket> {
        // Patience for all of them at once; a limit says no at once, by the connection's end.
        timeout(
            LATE,
            client::connect_counted(&self.server, self.traffic.clone(), way),
        )
        .await?
    }

    async fn open(&self, way: Duration) -> Result<(Socket, Frames)> {
        let mut socket = self.connect(way).await?;
        upgrade(&self.server, &mut socket).await?;
        Ok((socket, Frames::default()))
    }
}

/// Measures and prints.
pub async fn measure(options: &Options) -> Result<()> {
    let server = Server::start(PeerKind::Shipped, options)?;
    let minutes = Duration::from_secs_f64(options.minutes * 60.0);
    let pace = options.pace.max(1);
    let (restart, restarted) = tokio::sync::watch::channel(0);
    let before = server.memory()?;
    let began = Instant::now();
    let run = Arc::new(Run {
        server,
        pace,
        end: began + minutes,
        traffic: Arc::default(),
        tally: Tally::default(),
        restarted,
    });
    println!(
        "{} agents behind one address, four sockets each, {:.1} minutes at {pace} times the pace: {:.1} h of theirs",
        options.agents,
        options.minutes,
        options.minutes * f64::from(pace) / 60.0
    );
    let mut agents = tokio::task::JoinSet::new();
    for number in 0..options.agents {
        let known = Arc::new(Mutex::new(Tolerance::default()));
        let when = began + ARRIVE.mul_f64(number as f64 / options.agents.max(1) as f64);
        for lane in Lane::ALL {
            let (run, known) = (run.clone(), known.clone());
            agents.spawn(async move {
                sleep_until(when.into()).await;
                if let Err(error) = watch(&run, lane, &known).await {
                    run.wrong(format!("{}: {error:#}", lane.token()));
                }
            });
        }
    }
    sleep(ARRIVE + Duration::from_secs(3)).await;
    let full = run.server.memory()?;
    let quiet_began = (Instant::now(), run.server.cpu()?, run.traffic.all());
    let mut most = full;
    // Until the restart nothing comes or goes: that is what a watch costs.
    while Instant::now() < began + minutes / 2 {
        sleep(Duration::from_millis(500)).await;
        most = most.max(run.server.memory()?);
    }
    let quiet = Share::since(&quiet_began, &run, options)?;
    let all_began = Instant::now();
    let cpu = run.server.cpu()?;
    restart.send(1)?;
    while run.tally.resets_known.load(Ordering::Relaxed) < 4 * options.agents as u64
        && all_began.elapsed() < LATE
    {
        sleep(Duration::from_millis(20)).await;
    }
    let back = (all_began.elapsed(), run.server.cpu()? - cpu);
    let after_restart = run.server.memory()?;
    while Instant::now() < began + minutes.mul_f64(0.75) {
        sleep(Duration::from_millis(500)).await;
        most = most.max(run.server.memory()?);
    }
    let tests_began = (Instant::now(), run.server.cpu()?, run.traffic.all());
    let mut tests = tokio::task::JoinSet::new();
    for _ in 0..options.agents {
        let run = run.clone();
        tests.spawn(async move {
            match test(&run).await {
                Ok(()) => one_more(&run.tally.tests),
                Err(error) => run.wrong(format!("a test beside: {error:#}")),
            }
        });
    }
    let mut with_tests = 0;
    while Instant::now() < tests_began.0 + TEST {
        sleep(Duration::from_millis(500)).await;
        with_tests = with_tests.max(run.server.memory()?);
    }
    while tests.join_next().await.is_some() {}
    let beside = Share::since(&tests_began, &run, options)?;
    while agents.join_next().await.is_some() {}
    let all = (began.elapsed(), run.traffic.all());
    sleep(Duration::from_secs(5)).await;
    let after = run.server.memory()?;
    let limited = run.server.limited()?;

    let mb = |bytes: usize| bytes as f64 / 1e6;
    println!(
        "while nothing comes or goes: {quiet}\nall reset, back and told how it ended within {:.1} s, {:.2} s of a core",
        back.0.as_secs_f64(),
        back.1
    );
    println!("all run a test beside: {beside}");
    println!(
        "memory: {:.1} MB before, {:.1} with all there ({:.1} KiB an agent), {:.1} at most, {:.1} after the restart, {:.1} \
         with the tests, {:.1} after all are gone",
        mb(before),
        mb(full),
        full.saturating_sub(before) as f64 / 1024.0 / options.agents as f64,
        mb(most),
        mb(after_restart),
        mb(with_tests),
        mb(after)
    );
    let bytes = all.1 as f64 / options.agents as f64 / all.0.as_secs_f64() / f64::from(pace);
    println!(
        "all of it together: {bytes:.0} bytes a second and agent on the wire, both ways, at their own pace"
    );
    let tally = &run.tally;
    let count = |count: &AtomicU64| count.load(Ordering::Relaxed);
    println!(
        "{} watches ended as they should, {} events arrived and {} words went, {} resets were known, {} tests passed",
        count(&tally.watches),
        count(&tally.events),
        count(&tally.notes),
        count(&tally.resets_known),
        count(&tally.tests)
    );
    println!(
        "met a limit: {}",
        if limited.is_empty() {
            "nobody"
        } else {
            &limited
        }
    );
    let mut wrong = tally
        .wrong
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    let total = wrong.len();
    wrong.sort_unstable();
    wrong.dedup();
    for what in wrong.iter().take(20) {
        println!("wrong: {what}");
    }
    if total > 0 || !limited.is_empty() || count(&tally.resets_known) != 4 * options.agents as u64 {
        bail!("{total} things went wrong");
    }
    Ok(())
}

/// What the relay spent in a stretch of time.
struct Share {
    core_percent: f64,
    bytes: f64,
}

impl Share {
    fn since(
        &(began, cpu, bytes): &(Instant, f64, u64),
        run: &Run,
        options: &Options,
    ) -> Result<Self> {
        let seconds = began.elapsed().as_secs_f64();
        let agents = options.agents as f64;
        Ok(Self {
            core_percent: (run.server.cpu()? - cpu) / seconds * 100.0,
            bytes: (run.traffic.all() - bytes) as f64 / seconds / agents,
        })
    }
}

impl std::fmt::Display for Share {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (percent, bytes) = (self.core_percent, self.bytes);
        write!(
            formatter,
            "{percent:.2} % of a core, {bytes:.0} bytes a second and agent on the wire"
        )
    }
}

/// One socket of one agent, until the end; anew whenever the firewall is restarted.
async fn watch(run: &Arc<Run>, lane: Lane, known: &Mutex<Tolerance>) -> Result<()> {
    let mut restarted = run.restarted.clone();
    restarted.mark_unchanged();
    let (mut socket, mut frames) = run.open(Duration::ZERO).await.context("opening")?;
    loop {
        let tolerance = known.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let left = run.end.saturating_duration_since(Instant::now());
        let left = u32::try_from(left.as_millis()).unwrap_or(u32::MAX);
        // The last one ends with the run, so that each can be held against what the relay says it sent.
        let ms = next_ms(lane, &tolerance, run.pace).min(left);
        if ms < 1_000 / run.pace + 1 {
            let _ = timeout(LATE, socket.shutdown()).await;
            return Ok(());
        }
        let name = format!("{:032x}", rand::random::<u128>());
        let asked = ClientMessage::Watch {
            quiet: lane.quiet(),
            ms,
            name: name.clone(),
        };
        client::say(&mut socket, &asked).await?;
        tokio::select! {
            watched = hear_all(run, lane, ms, &mut socket, &mut frames) => {
                watched.with_context(|| format!("a watch of {ms} ms"))?;
                one_more(&run.tally.watches);
                known.lock().unwrap_or_else(PoisonError::into_inner).survived(ms.into());
            }
            changed = restarted.changed() => {
                changed?;
                socket2::SockRef::from(&socket.get_ref().0.under).set_linger(Some(Duration::ZERO))?;
                drop(socket);
                (socket, frames) = run.open(WAY).await.context("opening again")?;
                ended(&mut socket, &mut frames, &name).await?;
                one_more(&run.tally.resets_known);
            }
        }
    }
}

/// Hears a watch to its end, and says words where the lane has them. Each event must come, in its order.
async fn hear_all(
    run: &Run,
    lane: Lane,
    ms: u32,
    socket: &mut Socket,
    frames: &mut Frames,
) -> Result<()> {
    let end = Instant::now() + Duration::from_millis(ms.into()) + LATE;
    let mut heard = 0;
    loop {
        let word = if lane == Lane::Words {
            let share = GAP[0] + (GAP[1] - GAP[0]) * f64::from(rand::random::<u16>()) / 65_535.0;
            Instant::now() + Duration::from_secs_f64(f64::from(ms) / 1_000.0 * share)
        } else {
            end
        };
        tokio::select! {
            text = frames.next(socket) => match wire::decode(&text?).map_err(anyhow::Error::msg)? {
                ServerMessage::Event { sequence, .. } if sequence == heard => {
                    heard += 1;
                    one_more(&run.tally.events);
                }
                ServerMessage::Watched { ms: of, events } if of == ms && events == heard => return Ok(()),
                other => bail!("{other:?} after {heard} events"),
            },
            () = sleep_until(word.into()) => {
                if Instant::now() >= end {
                    bail!("nothing when it was due");
                }
                client::say(socket, &ClientMessage::Note).await?;
                one_more(&run.tally.notes);
            }
        }
    }
}

/// What the relay knows of the socket that was reset.
async fn ended(socket: &mut Socket, frames: &mut Frames, name: &str) -> Result<()> {
    let began = Instant::now();
    loop {
        let asked = ClientMessage::Ended {
            name: name.to_owned(),
        };
        client::say(socket, &asked).await?;
        let text = timeout(LATE, frames.next(socket)).await??;
        match wire::decode(&text).map_err(anyhow::Error::msg)? {
            ServerMessage::Ended {
                how: Ending::Reset, ..
            } => return Ok(()),
            // It has two thousand of them to notice.
            ServerMessage::Ended {
                how: Ending::Open, ..
            } if began.elapsed() < LATE => sleep(Duration::from_millis(250)).await,
            other => bail!("asked for the end of a reset socket: {other:?}"),
        }
    }
}

/// A test of one agent beside the watch: what it opens, and that it is not told to come again.
async fn test(run: &Run) -> Result<()> {
    let mut open = Vec::new();
    for _ in 0..TEST_CONNECTIONS {
        let mut stream = run.connect(Duration::ZERO).await?;
        client::challenge(&mut stream).await?;
        open.push(stream);
    }
    let (mut held, _) = run.open(Duration::ZERO).await?;
    client::say(&mut held, &ClientMessage::Hold { hold: Hold::Short }).await?;
    let (mut socket, mut frames) = run.open(Duration::ZERO).await?;
    let ended = Instant::now() + TEST;
    for number in 0.. {
        client::say(&mut socket, &ClientMessage::Ping { number }).await?;
        let text = timeout(LATE, frames.next(&mut socket)).await??;
        let said: ServerMessage = wire::decode(&text).map_err(anyhow::Error::msg)?;
        if said != (ServerMessage::Pong { number }) {
            bail!("{said:?}");
        }
        if Instant::now() >= ended {
            break;
        }
        sleep(Duration::from_millis(1_000)).await;
    }
    Ok(())
}
