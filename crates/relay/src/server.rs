//! The accept loop and the life of one connection.
//!
//! Our own loop, because the stock ones have no defence against slow clients, park for ever when accept
//! runs out of files, and forget WebSockets when they stop. One deadline covers everything from accept to
//! the end of the first request's head, a balancer's header and TLS included.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep, timeout_at};

use crate::http::{self, Peer, Speaks};
use crate::metrics::{Limit, Spoke};
use crate::state::{Live, State};
use crate::{hello, limits, proxy, stun};

/// How a relay is told to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
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
    shutdown: impl Future<Output = Stop>,
) {
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
    if stop == Stop::Drain {
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
                    // Over the limit a connection is closed unheard: a page tells that from a block by its
                    // other connections.
                    let limit = live.settings.limits.connections;
                    let Some(counted) = self.state.connections.enter(limit) else {
                        self.state.metrics.limited(Limit::Connections);
                        continue;
                    };
                    let state = self.state.clone();
                    self.state.tasks.spawn(async move {
                        serve(stream, live, state, address).await;
                        drop(counted);
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

async fn serve(mut stream: TcpStream, live: Arc<Live>, state: Arc<State>, address: SocketAddr) {
    let deadline = Instant::now() + live.settings.limits.handshake;
    let _ = stream.set_nodelay(true);
    let address = match behind(&mut stream, &live, address, deadline).await {
        Ok(address) => address,
        Err(_) => return state.metrics.limited(Limit::ProxyHeader),
    };
    // Nothing is allocated for a client that says nothing.
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
    };
    match live.tls.clone() {
        None => {
            state.metrics.spoke(Spoke::Http);
            converse(stream, deadline, state, peer(Speaks::PlainOnly, None)).await;
        }
        Some(tls) if first[0] == hello::HANDSHAKE => {
            state.metrics.spoke(Spoke::Tls);
            // Boxed: the handshake's state is large, and most of a connection's life comes after it.
            let handshake = Box::pin(async {
                let (stream, hello) = hello::read(stream).await?;
                io::Result::Ok((tls.accept(stream).await?, hello))
            });
            match timeout_at(deadline, handshake).await {
                Ok(Ok((stream, hello))) => {
                    converse(Box::new(stream), deadline, state, peer(Speaks::Tls, hello)).await;
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
            converse(stream, deadline, state, peer).await;
        }
    }
}

/// Who is behind a balancer; the socket's own other end where there is none.
async fn behind(
    stream: &mut TcpStream,
    live: &Live,
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

async fn converse<S>(stream: S, deadline: Instant, state: Arc<State>, peer: Peer)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let draining = state.draining.clone();
    let life = state.live().settings.limits.connection_life;
    let service = service_fn(move |request| http::answer(state.clone(), peer, request));
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
