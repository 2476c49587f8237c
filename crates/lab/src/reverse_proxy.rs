//! A box in front of the relay, as proxies that inspect and load balancers are: HTTPS passes, and what
//! becomes of WebSockets is the box's affair.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use nix::sys::socket::{setsockopt, sockopt};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, ReadHalf, WriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep_until, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::addresses;

/// The helper's name on the command line; its arguments are certificate chain, key, and the box as JSON.
pub const HELPER: &str = "lab-front";

/// Where the relay listens behind it.
pub const BEHIND: &str = "127.0.0.1:8443";

/// What the box does with WebSockets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReverseProxy {
    /// Every upgrade gets this status.
    TurnsDown(u16),
    /// It passes an upgrade, and closes (FIN) so many milliseconds later.
    ClosesAfter(u64),
    /// It collects what the relay says and passes it on every so many milliseconds.
    Collects(u64),
    /// It closes (FIN) what was silent for so many seconds.
    ClosesIdle(u64),
    /// It resets (RST) what was silent for so many seconds.
    ResetsIdle(u64),
    /// `HAProxy` in TCP mode, with one of its timers set to so many milliseconds.
    HaProxy(Timer, u64),
}

/// Timers of `HAProxy` that end a connection which stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Timer {
    /// `timeout tunnel`: nobody says anything.
    Tunnel,
    /// `timeout client`. Without more it counts from what either side said last.
    Client,
    /// `timeout server`, the same seen from the other side.
    Server,
    /// `timeout client` with `option independent-streams`: the client says nothing, whatever the server says.
    ClientAlone,
    /// `timeout server` with `option independent-streams`: the server says nothing, whatever the client says.
    ServerAlone,
}

/// `HAProxy`'s settings, before a relay that ends TLS itself and believes its PROXY protocol.
#[must_use]
pub fn haproxy(timer: Timer, ms: u64) -> String {
    let (client, server, tunnel) = match timer {
        Timer::Tunnel => (None, None, Some(ms)),
        Timer::Client | Timer::ClientAlone => (Some(ms), None, None),
        Timer::Server | Timer::ServerAlone => (None, Some(ms), None),
    };
    let alone = match timer {
        Timer::ClientAlone | Timer::ServerAlone => " option independent-streams\n",
        Timer::Tunnel | Timer::Client | Timer::Server => "",
    };
    let after = |ms: Option<u64>| ms.map_or_else(|| "24h".to_owned(), |ms| format!("{ms}ms"));
    let tunnel = tunnel.map_or_else(String::new, |ms| format!(" timeout tunnel {ms}ms\n"));
    format!(
        "defaults\n mode tcp\n{alone} timeout connect 2s\n timeout client {}\n timeout server {}\n{tunnel}\
         frontend all\n bind {}:443\n default_backend relay\n\
         backend relay\n server relay {BEHIND} send-proxy-v2\n",
        after(client),
        after(server),
        addresses::RELAY
    )
}

type Client = TlsStream<TcpStream>;

/// Serves until it is killed.
///
/// # Errors
/// If the address cannot be bound or a file cannot be read.
pub fn run(arguments: &[String]) -> Result<()> {
    let [cert, key, front] = arguments else {
        anyhow::bail!("certificate chain, key and box");
    };
    let tls = crate::servers::acceptor(cert.as_ref(), key.as_ref())?;
    let front: ReverseProxy = serde_json::from_str(front)?;
    tokio::runtime::Runtime::new()?.block_on(async {
        let listener = TcpListener::bind(SocketAddr::from((addresses::RELAY, 443))).await?;
        loop {
            let (stream, _) = listener.accept().await?;
            let _ = stream.set_nodelay(true);
            let tls = tls.clone();
            tokio::spawn(async move {
                let _ = pass(stream, tls, front).await;
            });
        }
    })
}

/// One request a connection.
async fn pass(stream: TcpStream, tls: TlsAcceptor, front: ReverseProxy) -> Result<()> {
    let mut client = tls.accept(stream).await?;
    let mut head = Vec::new();
    let mut chunk = [0_u8; 4096];
    let end = loop {
        if let Some(end) = head.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        let length = client.read(&mut chunk).await?;
        ensure!(length > 0 && head.len() < 16_384, "no request");
        head.extend_from_slice(&chunk[..length]);
    };
    let text = String::from_utf8_lossy(&head[..end]).into_owned();
    let mut relay = TcpStream::connect(BEHIND).await.context("the relay")?;
    if text.to_ascii_lowercase().contains("upgrade: websocket") {
        if let ReverseProxy::TurnsDown(status) = front {
            return turn_down(client, status).await;
        }
        relay.write_all(&head).await?;
        return carry(client, relay, front).await;
    }
    let mut lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.to_ascii_lowercase().starts_with("connection:"))
        .collect();
    lines.push("Connection: close");
    let request = format!("{}\r\n\r\n", lines.join("\r\n"));
    relay.write_all(request.as_bytes()).await?;
    tokio::io::copy(&mut relay, &mut client).await?;
    Ok(client.shutdown().await?)
}

async fn turn_down(mut client: Client, status: u16) -> Result<()> {
    let location = if (300..400).contains(&status) {
        format!("Location: https://{}/\r\n", addresses::CONTROL_NAME)
    } else {
        String::new()
    };
    let answer =
        format!("HTTP/1.1 {status} -\r\n{location}Content-Length: 0\r\nConnection: close\r\n\r\n");
    client.write_all(answer.as_bytes()).await?;
    Ok(client.shutdown().await?)
}

/// Both ways, until the box has had enough.
async fn carry(client: Client, relay: TcpStream, front: ReverseProxy) -> Result<()> {
    let (mut from_client, mut to_client) = tokio::io::split(client);
    let (mut from_relay, mut to_relay) = relay.into_split();
    let far = Duration::from_secs(24 * 3600);
    let (idle, life, collect) = match front {
        ReverseProxy::ClosesIdle(seconds) | ReverseProxy::ResetsIdle(seconds) => {
            (Duration::from_secs(seconds), far, Duration::ZERO)
        }
        ReverseProxy::ClosesAfter(ms) => (far, Duration::from_millis(ms), Duration::ZERO),
        ReverseProxy::Collects(ms) => (far, far, Duration::from_millis(ms)),
        ReverseProxy::TurnsDown(_) | ReverseProxy::HaProxy(..) => (far, far, Duration::ZERO),
    };
    let mut end_of_life = Instant::now() + far;
    let (mut up, mut down) = ([0_u8; 4096], [0_u8; 4096]);
    let mut kept = Vec::new();
    let mut flush_at = None;
    let mut is_open = true;
    while is_open {
        let quiet_at = Instant::now() + idle;
        tokio::select! {
            length = from_client.read(&mut up) => {
                let length = length?;
                if length == 0 {
                    return Ok(());
                }
                to_relay.write_all(&up[..length]).await?;
            }
            length = from_relay.read(&mut down) => {
                let length = length?;
                is_open = length > 0;
                kept.extend_from_slice(&down[..length]);
                // Without the answer to the upgrade there would be nothing to collect.
                let is_answer = kept.starts_with(b"HTTP/");
                if is_answer {
                    // Not before: a box that closes at once would hardly ever have passed the upgrade.
                    end_of_life = Instant::now() + life;
                }
                if collect.is_zero() || is_answer || !is_open {
                    to_client.write_all(&std::mem::take(&mut kept)).await?;
                    to_client.flush().await?;
                } else {
                    flush_at = flush_at.or(Some(Instant::now() + collect));
                }
            }
            () = sleep_until(flush_at.unwrap_or(end_of_life)), if flush_at.is_some() => {
                flush_at = None;
                to_client.write_all(&std::mem::take(&mut kept)).await?;
                to_client.flush().await?;
            }
            () = sleep_until(end_of_life) => is_open = false,
            () = sleep_until(quiet_at) => is_open = false,
        }
    }
    end(
        from_client,
        to_client,
        matches!(front, ReverseProxy::ResetsIdle(_)),
    )
    .await
}

async fn end(
    mut from_client: ReadHalf<Client>,
    mut to_client: WriteHalf<Client>,
    with_reset: bool,
) -> Result<()> {
    if with_reset {
        let client = from_client.unsplit(to_client);
        let (stream, _) = client.into_inner();
        let at_once = nix::libc::linger {
            l_onoff: 1,
            l_linger: 0,
        };
        return Ok(setsockopt(&stream, sockopt::Linger, &at_once)?);
    }
    to_client.shutdown().await?;
    // A close with unread bytes would be a reset.
    let mut sink = [0_u8; 4096];
    let _ = timeout(Duration::from_secs(2), async {
        while from_client.read(&mut sink).await? > 0 {}
        std::io::Result::Ok(())
    })
    .await;
    Ok(())
}
