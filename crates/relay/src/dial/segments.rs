//! A stream whose first bytes leave in two writes, as a browser's ClientHello leaves in two segments.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Bytes of the first write: what a segment of Ethernet holds under either version of IP, with TCP's timestamps.
const FIRST: usize = 1_400;

/// Cuts what is written once, after [`FIRST`] bytes. Under it, Nagle's algorithm must be off (`TCP_NODELAY`), or the
/// second write waits for the first one's acknowledgement.
#[derive(Debug)]
pub(super) struct TwoWrites<S> {
    under: S,
    /// How many bytes may go before the cut; none once it is made.
    before_cut: usize,
}

impl<S> TwoWrites<S> {
    pub(super) const fn new(under: S) -> Self {
        Self {
            under,
            before_cut: FIRST,
        }
    }

    /// One that cuts nothing.
    pub(super) const fn uncut(under: S) -> Self {
        Self {
            under,
            before_cut: 0,
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for TwoWrites<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.under).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for TwoWrites<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let piece = match self.before_cut {
            0 => bytes,
            left => &bytes[..bytes.len().min(left)],
        };
        let polled = Pin::new(&mut self.under).poll_write(context, piece);
        if let Poll::Ready(Ok(written)) = polled {
            self.before_cut = self.before_cut.saturating_sub(written);
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

#[cfg(test)]
mod tests {
    use std::io;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use tokio::io::{AsyncWrite, AsyncWriteExt as _};

    use super::TwoWrites;

    /// Takes every write whole, and keeps its length.
    struct Lengths<'test>(&'test mut Vec<usize>);

    impl AsyncWrite for Lengths<'_> {
        fn poll_write(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
            bytes: &[u8],
        ) -> Poll<io::Result<usize>> {
            self.0.push(bytes.len());
            Poll::Ready(Ok(bytes.len()))
        }

        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }
    }

    #[tokio::test]
    async fn the_first_bytes_leave_in_two_writes_and_later_ones_whole() {
        let mut lengths = Vec::new();
        let mut stream = TwoWrites::new(Lengths(&mut lengths));
        stream.write_all(&[0; 1_500]).await.expect("written");
        stream.write_all(&[0; 1_500]).await.expect("written");
        assert_eq!(lengths, [1_400, 100, 1_500]);

        let mut lengths = Vec::new();
        let mut stream = TwoWrites::uncut(Lengths(&mut lengths));
        stream.write_all(&[0; 1_500]).await.expect("written");
        assert_eq!(lengths, [1_500]);
    }
}
