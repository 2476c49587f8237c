//! The accept loop and the life of one connection.
//!
//! Our own loop, because the stock ones have no defence against slow clients, park for ever when accept
//! runs out of files, and forget WebSockets when they stop. One deadline covers everything from accept to
//! the end of the first request's head.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep, timeout_at};
use tokio_rustls::TlsAcceptor;
use tokio_util::task::TaskTracker;

use crate::crowd::Place;
use crate::http::{self, Peer, Speaks};
use crate::state::State;
use crate::{hello, limits, memory, stun};

/// How long open connections may finish once the relay stops.
const DRAIN: Duration = Duration::from_secs(5);

/// Serves until `shutdown` completes, then lets open connections end.
pub async fn run(
    listeners: Vec<TcpListener>,
    tls: Option<TlsAcceptor>,
    state: Arc<State>,
    shutdown: impl Future<Output = ()>,
) {
    let connections = Arc::new(Semaphore::new(limits::CONNECTIONS));
    let tasks = TaskTracker::new();
    let trimming = tokio::spawn(memory::trim_after_bursts(connections.clone()));
    for listener in listeners {
        let accepting = Accepting {
            listener,
            tls: tls.clone(),
            state: state.clone(),
            connections: connections.clone(),
            tasks: tasks.clone(),
        };
        tasks.spawn(accepting.run());
    }
    shutdown.await;
    state.stopping.cancel();
    tasks.close();
    let _ = tokio::time::timeout(DRAIN, tasks.wait()).await;
    trimming.abort();
}

/// One listener.
struct Accepting {
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    state: Arc<State>,
    connections: Arc<Semaphore>,
    tasks: TaskTracker,
}

impl Accepting {
    async fn run(self) {
        let mut pause = Duration::ZERO;
        loop {
            let accepted = tokio::select! {
                accepted = self.listener.accept() => accepted,
                () = self.state.stopping.cancelled() => return,
            };
            match accepted {
                Ok((stream, address)) => {
                    pause = Duration::ZERO;
                    // Over a limit a connection is closed unheard. Before that comes the eighth in which a
                    // page is told "busy".
                    let Ok(permit) = self.connections.clone().try_acquire_owned() else {
                        continue;
                    };
                    let Some(admitted) = self.admit(address) else {
                        continue;
                    };
                    let (tls, state) = (self.tls.clone(), self.state.clone());
                    self.tasks.spawn(async move {
                        serve(stream, tls, state, address, admitted).await;
                        drop(permit);
                    });
                }
                // The client went away between SYN and accept.
                Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
                // Out of files or memory: the only thing that helps is time.
                Err(_) => {
                    pause = (pause * 2).clamp(Duration::from_millis(50), Duration::from_secs(1));
                    sleep(pause).await;
                }
            }
        }
    }
}

impl Accepting {
    /// What this connection may have, if its address is not over one of its limits.
    fn admit(&self, address: SocketAddr) -> Option<Admitted> {
        let crowds = &self.state.crowds;
        let connection = crowds.connections.enter(address.ip())?;
        let handshake = crowds.handshakes.enter(address.ip())?;
        if !crowds.arrivals.admits(address.ip(), Instant::now()) {
            return None;
        }
        let is_last = self.connections.available_permits() < limits::CONNECTIONS / 8;
        Some(Admitted {
            is_crowded: is_last || connection.is_last,
            _connection: connection,
            handshake,
        })
    }
}

/// What an address has been given for one connection.
struct Admitted {
    _connection: Place,
    /// Until it has said what it wants.
    handshake: Place,
    is_crowded: bool,
}

async fn serve(
    mut stream: TcpStream,
    tls: Option<TlsAcceptor>,
    state: Arc<State>,
    address: SocketAddr,
    admitted: Admitted,
) {
    let Admitted {
        _connection,
        handshake,
        is_crowded,
    } = admitted;
    let deadline = Instant::now() + limits::HANDSHAKE;
    let _ = stream.set_nodelay(true);
    // Nothing is allocated for a client that says nothing.
    let mut first = [0_u8; 1];
    if !matches!(
        timeout_at(deadline, stream.peek(&mut first)).await,
        Ok(Ok(1))
    ) {
        return;
    }
    let peer = |speaks, hello| Peer {
        address,
        speaks,
        hello,
        is_crowded,
    };
    match tls {
        None => {
            let peer = peer(Speaks::PlainOnly, None);
            converse(stream, deadline, state, peer, Some(handshake)).await;
        }
        Some(tls) if first[0] == hello::HANDSHAKE => {
            // Boxed: the handshake's state is large, and most of a connection's life comes after it.
            let accepting = Box::pin(async {
                let (stream, hello) = hello::read(stream).await?;
                io::Result::Ok((tls.accept(stream).await?, hello))
            });
            if let Ok(Ok((stream, hello))) = timeout_at(deadline, accepting).await {
                let peer = peer(Speaks::Tls, hello);
                converse(Box::new(stream), deadline, state, peer, Some(handshake)).await;
            }
        }
        Some(_) if first[0] == stun::FIRST_BYTE => {
            let _ = timeout_at(deadline, stun::answer(&mut stream)).await;
        }
        Some(_) => {
            let peer = peer(Speaks::PlainBesideTls, None);
            converse(stream, deadline, state, peer, Some(handshake)).await;
        }
    }
}

/// HTTP on a connection, and what it may become. The first request gives the place back that it had until then.
pub async fn converse<S>(
    stream: S,
    deadline: Instant,
    state: Arc<State>,
    peer: Peer,
    handshake: Option<Place>,
) where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let stopping = state.stopping.clone();
    let handshake = Mutex::new(handshake);
    let service = service_fn(move |request| {
        drop(handshake.lock().map(|mut place| place.take()));
        http::answer(state.clone(), peer, request)
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
        () = sleep(limits::CONNECTION_LIFE) => {}
        () = stopping.cancelled() => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = tokio::time::timeout(DRAIN, connection).await;
}
