//! A client's TCP connection, under its TLS, which ends where the client takes more than it may: bytes that it sends,
//! whatever they are, and time in which it takes nothing of what waits for it.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

use crate::byte_budget::ByteBudget;
use crate::limits::{self, Limits};
use crate::metrics::{Limit, Metrics};

/// Connection that has a budget of bytes and a deadline for its writes.
pub struct ClientStream {
    under: ByteBudget<TcpStream>,
    patience: Duration,
    /// Runs while a write waits.
    stalled: Option<Pin<Box<Sleep>>>,
    metrics: Metrics,
}

impl ClientStream {
    /// Holds a connection to these limits.
    pub const fn new(under: TcpStream, limits: &Limits, metrics: Metrics) -> Self {
        let of_socket = limits.socket_bytes_in.saturating_mul(limits::WIRE_BYTES);
        let requests = limits.connection_requests;
        let of_requests = requests.saturating_mul(limits::REQUEST_HEAD);
        let bytes_in = of_socket.saturating_add(of_requests);
        Self {
            under: ByteBudget::new(under, bytes_in, usize::MAX),
            patience: limits.write_stall,
            stalled: None,
            metrics,
        }
    }

    /// Passes on what a write came to, unless it has waited for too long.
    fn in_time<T>(
        &mut self,
        written: Poll<io::Result<T>>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let patience = self.patience;
        let stalled = self
            .stalled
            .get_or_insert_with(|| Box::pin(sleep(patience)));
        if stalled.as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
        self.metrics.limited(Limit::SlowReader);
        // What waits in the kernel goes with it, by a reset: closed in order it would stay there.
        let _ = SockRef::from(self.under.under()).set_linger(Some(Duration::ZERO));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for ClientStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let polled = Pin::new(&mut self.under).poll_read(context, buffer);
        if let Poll::Ready(Err(error)) = &polled
            && error.kind() == io::ErrorKind::QuotaExceeded
        {
            self.metrics.limited(Limit::Budget);
        }
        polled
    }
}

impl AsyncWrite for ClientStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.under).poll_write(context, bytes);
        self.in_time(written, context)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.under).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.under).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.under).poll_write_vectored(context, slices);
        self.in_time(written, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.under.is_write_vectored()
    }
}
