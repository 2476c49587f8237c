//! A connection of which some bytes were read already, and are to be read again.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Reads `prefix` first, then what is under it; writes go straight through. The prefix's memory is given back
/// once it is read.
#[derive(Debug)]
pub struct Rewind<S> {
    prefix: Vec<u8>,
    /// How much of the prefix was read, in bytes.
    read: usize,
    under: S,
}

impl<S> Rewind<S> {
    /// Puts `prefix` before what is still to be read from `under`.
    pub const fn new(prefix: Vec<u8>, under: S) -> Self {
        Self {
            prefix,
            read: 0,
            under,
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Rewind<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let waiting = self.prefix.get(self.read..).unwrap_or_default();
        if waiting.is_empty() {
            return Pin::new(&mut self.under).poll_read(context, buffer);
        }
        let length = waiting.len().min(buffer.remaining());
        buffer.put_slice(waiting.get(..length).unwrap_or_default());
        self.read += length;
        if self.read == self.prefix.len() {
            (self.prefix, self.read) = (Vec::new(), 0);
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Rewind<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.under).poll_write(context, bytes)
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
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.under).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.under.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::Rewind;

    #[tokio::test]
    async fn the_prefix_comes_first_whatever_the_reader_takes_at_once() {
        for at_once in 1..=12 {
            let (near, mut far) = tokio::io::duplex(64);
            far.write_all(b" and the rest").await.expect("sent");
            far.shutdown().await.expect("ended");
            let mut stream = Rewind::new(b"what was read".to_vec(), near);
            let (mut all, mut piece) = (Vec::new(), vec![0; at_once]);
            loop {
                let length = stream.read(&mut piece).await.expect("read");
                if length == 0 {
                    break;
                }
                all.extend_from_slice(&piece[..length]);
            }
            assert_eq!(all, b"what was read and the rest");
            assert_eq!(stream.prefix.capacity(), 0);
        }
    }

    #[tokio::test]
    async fn writes_go_through() {
        let (near, mut far) = tokio::io::duplex(64);
        let mut stream = Rewind::new(b"before".to_vec(), near);
        stream.write_all(b"answer").await.expect("written");
        stream.shutdown().await.expect("ended");
        let mut heard = String::new();
        far.read_to_string(&mut heard).await.expect("heard");
        assert_eq!(heard, "answer");
    }
}
