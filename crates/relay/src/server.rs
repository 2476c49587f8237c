//! The accept loop and the life of one connection.
//!
//! Our own loop, because the stock ones have no defence against slow clients, park for ever when accept
//! runs out of files, and forget WebSockets when they stop. One deadline covers everything from accept to
//! the end of the first request's head, a balancer's header and TLS included.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep, timeout_at};

use crate::client_stream::ClientStream;
use crate::http;
use crate::metrics::{Limit, Spoke};
use crate::peer::{Held, Peer, Speaks};
use crate::quota::{Quota, QuotaPermit};
use crate::semaphore::Permit;
use crate::state::{RuntimeConfig, State};
use crate::{hello, limits, memory, proxy, stun};

/// How a relay is told to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shutdown {
    /// Sessions may go on until the drain's end.
    Drain,
    /// At once.
    Now,
}

/// Serves until `shutdown` completes, then lets open sessions end: no new connections, then as long as the drain
/// lasts for those who are there, then a close frame that says "restarting" to the rest.
pub async fn run(
    listeners: Vec<TcpListener>,
    state: Arc<State>,
    shutdown: impl Future<Output = Shutdown>,
) {
    let trimming = tokio::spawn(memory::trim_after_bursts(state.connections.clone()));
    for listener in listeners {
        let accepting = Accepting {
            listener,
            state: state.clone(),
        };
        state.tasks.spawn(accepting.run());
    }
    let stop = shutdown.await;
    state.draining.cancel();
    state.tasks.close();
    if stop == Shutdown::Drain {
        let drain = state.live().settings.limits.drain;
        tracing::info!(
            seconds = drain.as_secs(),
            sockets = state.sockets.now(),
            "draining"
        );
        let _ = tokio::time::timeout(drain, state.tasks.wait()).await;
    }
    state.stopping.cancel();
    let left = tokio::time::timeout(limits::CLOSING, state.tasks.wait()).await;
    trimming.abort();
    tracing::info!(all_closed = left.is_ok(), "stopped");
}

/// One listener.
struct Accepting {
    listener: TcpListener,
    state: Arc<State>,
}

impl Accepting {
    async fn run(self) {
        let mut pause = Duration::ZERO;
        loop {
            let accepted = tokio::select! {
                accepted = self.listener.accept() => accepted,
                () = self.state.draining.cancelled() => return,
            };
            match accepted {
                Ok((stream, address)) => {
                    pause = Duration::ZERO;
                    let live = self.state.live();
                    // Over a limit a connection is closed unheard. Before that comes the eighth in which a page
                    // is told "busy".
                    let limits = &live.settings.limits;
                    let Some(permit) = self.state.connections.try_acquire(limits.connections)
                    else {
                        self.state.metrics.limited(Limit::Connections);
                        continue;
                    };
                    let state = self.state.clone();
                    self.state.tasks.spawn(async move {
                        serve(stream, live, state, address, permit).await;
                    });
                }
                // The client went away between SYN and accept.
                Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
                // Out of files or memory: the only thing that helps is time.
                Err(error) => {
                    if pause.is_zero() {
                        tracing::warn!(%error, "cannot accept");
                    }
                    pause = (pause * 2).clamp(Duration::from_millis(50), Duration::from_secs(1));
                    sleep(pause).await;
                }
            }
        }
    }
}

/// What an address has been given for one connection.
struct Admitted {
    place: QuotaPermit,
    /// Until it has said what it wants.
    handshake: QuotaPermit,
    is_crowded: bool,
}

/// What this connection may have, if its address is not over one of its limits.
fn admit(state: &State, live: &RuntimeConfig, address: IpAddr) -> Result<Admitted, Limit> {
    let limits = &live.settings.limits;
    let share = |address, site| Quota { address, site };
    let connections = share(limits.address_connections, limits.site_connections);
    let handshakes = share(limits.address_handshakes, limits.site_handshakes);
    let burst = share(limits.address_burst, limits.site_burst);
    let per_second = share(limits.address_per_second, limits.site_per_second);
    let quotas = &state.quotas;
    let connection = quotas
        .connections
        // This one is among all already.
        .try_acquire(
            address,
            connections,
            state.connections.left(limits.connections) + 1,
        )
        .ok_or(Limit::AddressConnections)?;
    let handshake = quotas
        .handshakes
        .try_acquire(address, handshakes, usize::MAX)
        .ok_or(Limit::AddressHandshakes)?;
    if !quotas
        .arrivals
        .admits(address, Instant::now(), burst, per_second)
    {
        return Err(Limit::AddressPace);
    }
    let is_last = state.connections.now() > limits.connections - limits.connections / 16;
    Ok(Admitted {
        is_crowded: is_last || connection.is_last,
        place: connection,
        handshake,
    })
}

async fn serve(
    mut stream: TcpStream,
    live: Arc<RuntimeConfig>,
    state: Arc<State>,
    address: SocketAddr,
    permit: Permit,
) {
    let deadline = Instant::now() + live.settings.limits.handshake;
    let _ = stream.set_nodelay(true);
    bound_in_kernel(&stream);
    let Ok(address) = behind(&mut stream, &live, address, deadline).await else {
        return state.metrics.limited(Limit::ProxyHeader);
    };
    state.one_peer.came(address.ip(), &live.settings);
    // By who is behind a balancer, not by the balancer.
    let Admitted {
        place,
        handshake,
        is_crowded,
    } = match admit(&state, &live, address.ip()) {
        Ok(admitted) => admitted,
        Err(limit) => {
            state.one_peer.met_a_limit();
            return state.metrics.limited(limit);
        }
    };
    let held = Arc::new(Held::new(permit, place));
    // Next to nothing is allocated for a client that says nothing.
    let mut first = [0_u8; 1];
    match timeout_at(deadline, stream.peek(&mut first)).await {
        Ok(Ok(1)) => {}
        Ok(_) => return state.metrics.spoke(Spoke::Nothing),
        Err(_) => {
            state.metrics.spoke(Spoke::Nothing);
            return state.metrics.limited(Limit::Handshake);
        }
    }
    let peer = |speaks, hello| Peer {
        address,
        speaks,
        hello,
        is_crowded,
        _held: Some(held.clone()),
    };
    let mut stream = ClientStream::new(stream, &live.settings.limits, state.metrics.clone());
    match live.tls.clone() {
        None => {
            state.metrics.spoke(Spoke::Http);
            let peer = peer(Speaks::PlainOnly, None);
            converse(stream, deadline, state, peer, Some(handshake)).await;
        }
        Some(tls) if first[0] == hello::HANDSHAKE => {
            state.metrics.spoke(Spoke::Tls);
            // Boxed: the handshake's state is large, and most of a connection's life comes after it.
            let accepting = Box::pin(async {
                let (stream, hello) = hello::read(stream).await?;
                let mut stream = tls.accept(stream).await?;
                let unsent = Some(limits::TLS_UNSENT);
                stream.get_mut().1.set_buffer_limit(unsent);
                io::Result::Ok((stream, hello))
            });
            match timeout_at(deadline, accepting).await {
                Ok(Ok((stream, hello))) => {
                    let peer = peer(Speaks::Tls, hello);
                    converse(Box::new(stream), deadline, state, peer, Some(handshake)).await;
                }
                Ok(Err(_)) => {}
                Err(_) => state.metrics.limited(Limit::Handshake),
            }
        }
        Some(_) if first[0] == stun::FIRST_BYTE => {
            state.metrics.spoke(Spoke::Stun);
            let _ = timeout_at(deadline, stun::answer(&mut stream)).await;
        }
        Some(_) => {
            state.metrics.spoke(Spoke::Http);
            let peer = peer(Speaks::PlainBesideTls, None);
            converse(stream, deadline, state, peer, Some(handshake)).await;
        }
    }
}

/// Bounds what the kernel does for a connection. What it cannot do there, it does as ever.
fn bound_in_kernel(stream: &TcpStream) {
    let socket = SockRef::from(stream);
    // What is sent into the void is noticed; and not one byte is sent to notice it.
    let _ = socket.set_tcp_user_timeout(Some(limits::UNACKNOWLEDGED));
    let _ = socket.set_send_buffer_size(limits::SEND_BUFFER);
    #[cfg(target_os = "linux")]
    let _ = socket.set_tcp_notsent_lowat(limits::UNSENT);
}

/// Who is behind a balancer; the socket's own other end where there is none.
async fn behind(
    stream: &mut TcpStream,
    live: &RuntimeConfig,
    address: SocketAddr,
    deadline: Instant,
) -> io::Result<SocketAddr> {
    let ip = address.ip().to_canonical();
    let from_balancer = live.settings.proxy_from.iter().any(|net| net.contains(&ip));
    if !from_balancer {
        return Ok(address);
    }
    let said = timeout_at(deadline, proxy::read(stream)).await??;
    Ok(said.unwrap_or(address))
}

/// HTTP on a connection, and what it may become. The first request gives the place back that it had until then.
pub async fn converse<S>(
    stream: S,
    deadline: Instant,
    state: Arc<State>,
    peer: Peer,
    handshake: Option<QuotaPermit>,
) where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let draining = state.draining.clone();
    let life = state.live().settings.limits.connection_life;
    let most = state.live().settings.limits.connection_requests;
    let handshake = Mutex::new(handshake);
    let requests = AtomicUsize::new(0);
    let service = service_fn(move |request| {
        drop(handshake.lock().map(|mut place| place.take()));
        let is_last = requests.fetch_add(1, Ordering::Relaxed) + 1 >= most;
        http::answer(state.clone(), peer.clone(), request, is_last)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(deadline.saturating_duration_since(Instant::now()))
        .max_buf_size(limits::REQUEST_HEAD)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        _ = connection.as_mut() => return,
        () = sleep(life) => {}
        () = draining.cancelled() => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = tokio::time::timeout(limits::CLOSING, connection).await;
}
