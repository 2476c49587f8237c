//! What goes over the wire: the bytes of a connection below its TLS, and what IP and TCP add to them.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// IPv4, TCP and its timestamps, for a segment and for its acknowledgement. What is sent in one piece counts as one
/// segment; segments that share an acknowledgement, or carry one, make it less.
const HEADERS: u64 = 2 * (20 + 20 + 12);

/// Bytes of all connections, both ways.
#[derive(Debug, Default)]
pub struct Traffic {
    bytes: AtomicU64,
    pieces: AtomicU64,
}

impl Traffic {
    fn count(&self, bytes: usize) {
        if bytes > 0 {
            self.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
            self.pieces.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Those of a connection's beginning and end.
    pub fn handshake(&self) {
        self.pieces.fetch_add(3, Ordering::Relaxed);
    }

    /// All of it, headers included.
    pub fn all(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed) + self.pieces.load(Ordering::Relaxed) * HEADERS
    }
}

/// A connection whose bytes are counted.
#[derive(Debug)]
pub struct Counted<S> {
    /// What is counted.
    pub under: S,
    /// Where.
    pub traffic: Arc<Traffic>,
}

impl<S: AsyncRead + Unpin> AsyncRead for Counted<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.under).poll_read(context, buffer);
        self.traffic.count(buffer.filled().len() - before);
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Counted<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.under).poll_write(context, bytes);
        if let Poll::Ready(Ok(length)) = &polled {
            self.traffic.count(*length);
        }
        polled
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.under).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.under).poll_shutdown(context)
    }
}
