//! A running relay, and connections to it.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use reachcheck_wire::{self as wire, DialReport};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpSocket, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::socket::{connect, open_over};
use super::{Answer, Client, ORIGIN, Process, challenge, get_over, ping, upgrade};

/// A running relay: a process, unless it runs inside the test.
pub struct Relay<R = Process> {
    /// Where it listens, the admin listener apart.
    pub addresses: Vec<SocketAddr>,
    /// Trusts its certificate, where the harness made it one.
    pub client: Arc<rustls::ClientConfig>,
    pub(super) has_tls: bool,
    pub(super) running: R,
    pub(super) _folder: tempfile::TempDir,
}

impl<R> Relay<R> {
    /// Where it listens first.
    pub fn address(&self) -> SocketAddr {
        self.addresses[0]
    }

    pub async fn plain(&self) -> TcpStream {
        connect(self.address()).await.expect("a connection")
    }

    /// A connection from an address of our own.
    pub async fn plain_from(&self, own: IpAddr) -> std::io::Result<TcpStream> {
        let socket = match own {
            IpAddr::V4(_) => TcpSocket::new_v4()?,
            IpAddr::V6(_) => TcpSocket::new_v6()?,
        };
        socket.bind((own, 0).into())?;
        let stream = socket.connect(self.address()).await?;
        // Or its acknowledgements wait for what Nagle holds back.
        stream.set_nodelay(true)?;
        Ok(stream)
    }

    pub async fn tls(&self) -> TlsStream<TcpStream> {
        let under = self.plain().await;
        self.tls_over(under).await.expect("a handshake")
    }

    pub async fn tls_over<S>(&self, under: S) -> std::io::Result<TlsStream<S>>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let name = "localhost".try_into().expect("a name");
        TlsConnector::from(self.client.clone())
            .connect(name, under)
            .await
    }

    /// The bytes of a ClientHello that it would take, as one record.
    pub fn hello(&self) -> Vec<u8> {
        let name = "localhost".try_into().expect("a name");
        let mut client =
            rustls::ClientConnection::new(self.client.clone(), name).expect("a client");
        let mut bytes = Vec::new();
        client.write_tls(&mut bytes).expect("a hello");
        bytes
    }

    /// An answer over TLS, where the relay has it.
    pub async fn get(&self, path: &str, headers: &str) -> Answer {
        if self.has_tls {
            get_over(self.tls().await, path, headers).await
        } else {
            get_over(self.plain().await, path, headers).await
        }
    }

    pub async fn dial(&self, id: &str) -> DialReport {
        let path = format!("/relay/v1/dial?endpoint={id}");
        let answer = self.get(&path, &format!("Origin: {ORIGIN}\r\n")).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        wire::decode(&answer.body).expect("a report")
    }

    /// Somebody else, who must be served whatever goes on; gives how long it took.
    pub async fn serves(&self) -> Duration {
        let began = Instant::now();
        let challenge = challenge(self.tls().await, "").await;
        assert!(!challenge.busy, "told busy");
        ping(&mut self.socket().await, 1).await;
        began.elapsed()
    }

    /// A WebSocket of the page that may use it, over TLS.
    pub async fn socket(&self) -> Client<TlsStream<TcpStream>> {
        let opened = open_over(self.tls().await, &[("origin", ORIGIN)]).await;
        opened.expect("a socket")
    }

    /// A WebSocket whose frames the test writes itself: the connection after the upgrade.
    pub async fn raw_socket(&self) -> TlsStream<TcpStream> {
        let mut stream = self.tls().await;
        upgrade(&mut stream, "").await;
        stream
    }
}
