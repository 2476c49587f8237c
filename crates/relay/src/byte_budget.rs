//! A connection that has a budget of bytes each way. Fragments, pings, empty frames, whatever a library counts or
//! does not: it comes in bytes.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Passes bytes on until a budget is used up, then fails with [`io::ErrorKind::QuotaExceeded`].
#[derive(Debug)]
pub struct ByteBudget<S> {
    under: S,
    /// How many bytes may still come, and go.
    budget: [usize; 2],
}

impl<S> ByteBudget<S> {
    /// Lets so many bytes in and so many out.
    pub const fn new(under: S, bytes_in: usize, bytes_out: usize) -> Self {
        Self {
            under,
            budget: [bytes_in, bytes_out],
        }
    }

    /// The connection itself.
    pub const fn under(&self) -> &S {
        &self.under
    }

    fn spend(&mut self, way: usize, bytes: usize) -> io::Result<()> {
        match self.budget[way].checked_sub(bytes) {
            Some(left) => {
                self.budget[way] = left;
                Ok(())
            }
            None => {
                self.budget[way] = 0;
                let error = io::ErrorKind::QuotaExceeded;
                Err(io::Error::new(error, "over the budget of bytes"))
            }
        }
    }
}

const IN: usize = 0;
const OUT: usize = 1;

impl<S: AsyncRead + Unpin> AsyncRead for ByteBudget<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.under).poll_read(context, buffer);
        let length = buffer.filled().len() - before;
        match polled {
            Poll::Ready(Ok(())) => Poll::Ready(self.spend(IN, length)),
            other => other,
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for ByteBudget<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.under).poll_write(context, bytes);
        match polled {
            Poll::Ready(Ok(length)) => Poll::Ready(self.spend(OUT, length).map(|()| length)),
            other => other,
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.under).poll_write_vectored(context, slices);
        match polled {
            Poll::Ready(Ok(length)) => Poll::Ready(self.spend(OUT, length).map(|()| length)),
            other => other,
        }
    }

    fn is_write_vectored(&self) -> bool {
        self.under.is_write_vectored()
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
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::ByteBudget;

    #[tokio::test]
    async fn bytes_pass_until_the_budget_is_spent_each_way_on_its_own() {
        let (near, mut far) = tokio::io::duplex(64);
        let mut stream = ByteBudget::new(near, 8, 4);
        far.write_all(b"12345678").await.expect("sent");
        let mut eight = [0; 8];
        stream.read_exact(&mut eight).await.expect("in the budget");
        stream.write_all(b"1234").await.expect("in the budget");
        assert!(stream.write_all(b"5").await.is_err());
        far.write_all(b"9").await.expect("sent");
        assert!(stream.read_exact(&mut [0]).await.is_err());
    }
}
