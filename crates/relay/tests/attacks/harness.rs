//! The relay as a process of its own, and clients of every kind.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::{IpAddr, SocketAddr};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use futures_util::{SinkExt as _, StreamExt as _};
use reachcheck_wire::{self as wire, Challenge, ClientMessage, DialReport, ServerMessage};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

/// The page that may use the relay.
pub const ORIGIN: &str = "https://check.example";
/// Long enough for anything that does not wait for a limit, on a busy machine.
pub const SOON: Duration = Duration::from_secs(15);

/// What the relay's one region is, and how it is started.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Hosts, each with a region: `here`, `here1` …
    pub hosts: Vec<String>,
    pub port: u16,
    pub listen: &'static str,
    pub flags: Vec<String>,
    /// A shell line that runs the relay as `"$@"`.
    pub shell: &'static str,
    pub has_tls: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            hosts: vec!["localhost".to_owned()],
            port: 1,
            listen: "127.0.0.1:0",
            flags: Vec::new(),
            shell: r#"exec "$@""#,
            has_tls: true,
        }
    }
}

/// A running relay.
pub struct Relay {
    child: Child,
    pub address: SocketAddr,
    pub client: Arc<rustls::ClientConfig>,
    said: Arc<Mutex<String>>,
    _folder: tempfile::TempDir,
}

impl Drop for Relay {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Relay {
    pub fn start() -> Self {
        Self::with(&Setup::default())
    }

    /// One whose limits are these, so that they are reached soon.
    pub fn limited(limits: &[&str]) -> Self {
        let flags = limits.iter().flat_map(|limit| ["--limit", *limit]);
        Self::with(&Setup {
            flags: flags.map(str::to_owned).collect(),
            ..Setup::default()
        })
    }

    pub fn with(setup: &Setup) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("made");
        let file = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).expect("written");
            path
        };
        let cert = file("cert", &made.cert.pem());
        let key = file("key", &made.signing_key.serialize_pem());
        let port = setup.port;
        let region = |(index, host): (usize, &String)| {
            let id = if index == 0 {
                "here".to_owned()
            } else {
                format!("here{index}")
            };
            format!(
                r#"{{"id": "{id}", "country": "C", "name": "{id}", "https": {{"url": "https://{host}:{port}/path"}},
                    "tcp": {{"host": "{host}", "port": {port}}}}}"#
            )
        };
        let regions: Vec<_> = setup.hosts.iter().enumerate().map(region).collect();
        let regions = regions.join(",");
        let catalogue = format!(r#"{{"catalogue": {{"provider": "T", "regions": [{regions}]}}}}"#);
        let config = file("config.json", &catalogue);
        let mut command = Command::new("sh");
        command
            .args([
                "-c",
                setup.shell,
                "sh",
                env!("CARGO_BIN_EXE_reachcheck-relay"),
            ])
            .args([
                "--listen",
                setup.listen,
                "--origin",
                ORIGIN,
                "--control",
                "",
            ])
            .arg("--config")
            .arg(config);
        if setup.has_tls {
            command
                .arg("--tls-cert")
                .arg(cert)
                .arg("--tls-key")
                .arg(key);
        }
        let mut child = command
            .args(&setup.flags)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the relay");
        let (address, said) = listen(&mut child);
        let mut roots = rustls::RootCertStore::empty();
        roots.add(made.cert.der().clone()).expect("a root");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let client = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(roots)
            .with_no_client_auth();
        Self {
            child,
            address,
            client: Arc::new(client),
            said,
            _folder: folder,
        }
    }

    /// Everything it has said on its standard error.
    pub fn said(&self) -> String {
        self.said.lock().expect("not poisoned").clone()
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Resident memory in bytes.
    pub fn memory(&self) -> usize {
        resident(self.pid())
    }

    /// Open files.
    pub fn files(&self) -> usize {
        let folder = format!("/proc/{}/fd", self.pid());
        std::fs::read_dir(folder).expect("a process").count()
    }

    /// Waits until memory is within one and a half times what it was, and says what it came to.
    pub async fn is_lean_again(&self, before: usize) -> bool {
        let began = Instant::now();
        while self.memory() > before * 3 / 2 {
            if began.elapsed() > SOON {
                eprintln!("{} bytes, before {before}", self.memory());
                return false;
            }
            sleep(Duration::from_millis(100)).await;
        }
        true
    }

    pub async fn plain(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).await;
        let stream = stream.expect("a connection");
        stream.set_nodelay(true).expect("set");
        stream
    }

    /// A connection from an address of our own.
    pub async fn plain_from(&self, own: IpAddr) -> std::io::Result<TcpStream> {
        let socket = match own {
            IpAddr::V4(_) => TcpSocket::new_v4()?,
            IpAddr::V6(_) => TcpSocket::new_v6()?,
        };
        socket.bind((own, 0).into())?;
        let stream = socket.connect(self.address).await?;
        // Or its acknowledgements wait for what Nagle holds back.
        stream.set_nodelay(true)?;
        Ok(stream)
    }

    pub async fn tls(&self) -> TlsStream<TcpStream> {
        self.tls_over(self.plain().await)
            .await
            .expect("a handshake")
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

    /// The bytes of a ClientHello that it would take.
    pub fn hello(&self) -> Vec<u8> {
        let name = "localhost".try_into().expect("a name");
        let mut client =
            rustls::ClientConnection::new(self.client.clone(), name).expect("a client");
        let mut bytes = Vec::new();
        client.write_tls(&mut bytes).expect("a hello");
        bytes
    }

    pub async fn get(&self, path: &str, headers: &str) -> Answer {
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n");
        ask(self.tls().await, request.as_bytes()).await
    }

    /// Somebody else, who must be served whatever goes on; gives how long it took.
    pub async fn serves(&self) -> Duration {
        let began = Instant::now();
        let challenge = self.challenge(self.tls().await, "").await;
        assert!(!challenge.busy, "told busy");
        let mut client = self.socket().await;
        say(&mut client, &ClientMessage::Ping { number: 1 }).await;
        assert_eq!(hear(&mut client).await, ServerMessage::Pong { number: 1 });
        began.elapsed()
    }

    pub async fn challenge<S>(&self, stream: S, headers: &str) -> Challenge
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let request = format!(
            "GET /relay/v1/challenge?nonce=abcdefgh HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n"
        );
        let answer = ask(stream, request.as_bytes()).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        wire::decode(&answer.body).expect("a challenge")
    }

    pub async fn dial(&self, id: &str) -> DialReport {
        let path = format!("/relay/v1/dial?endpoint={id}");
        let answer = self.get(&path, &format!("Origin: {ORIGIN}\r\n")).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        wire::decode(&answer.body).expect("a report")
    }

    pub async fn socket(&self) -> Client<TlsStream<TcpStream>> {
        let stream = self.tls().await;
        self.socket_over(stream, &[("origin", ORIGIN)])
            .await
            .expect("a socket")
    }

    /// The status of the refusal, if it is one.
    pub async fn socket_over<S>(
        &self,
        stream: S,
        headers: &[(&str, &str)],
    ) -> Result<Client<S>, u16>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let mut request = "wss://localhost/relay/v1/socket"
            .into_client_request()
            .expect("a request");
        for (name, value) in headers {
            let name: hyper::header::HeaderName = name.parse().expect("a name");
            request
                .headers_mut()
                .append(name, value.parse().expect("a value"));
        }
        let opening = tokio_tungstenite::client_async(request, stream);
        match timeout(SOON, opening).await.expect("in time") {
            Ok((client, _)) => Ok(client),
            Err(tokio_tungstenite::tungstenite::Error::Http(response)) => {
                Err(response.status().as_u16())
            }
            Err(error) => panic!("{error}"),
        }
    }

    /// A WebSocket whose frames the test writes itself: the connection after the upgrade.
    pub async fn raw_socket(&self) -> TlsStream<TcpStream> {
        let mut stream = self.tls().await;
        upgrade(&mut stream, "").await;
        stream
    }
}

/// Asks for the WebSocket, and reads no further than the head of the answer, which it gives.
pub async fn upgrade<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut S, headers: &str) -> String {
    let request = format!(
        "GET /relay/v1/socket HTTP/1.1\r\nHost: localhost\r\nOrigin: {ORIGIN}\r\nConnection: Upgrade\r\n\
         Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: cmVhY2hjaGVjay1yZWxheQ==\r\n{headers}\r\n"
    );
    stream.write_all(request.as_bytes()).await.expect("sent");
    stream.flush().await.expect("sent");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let byte = timeout(SOON, stream.read_u8()).await.expect("in time");
        head.push(byte.expect("an answer"));
    }
    let head = String::from_utf8(head).expect("text");
    assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
    head
}

/// A frame of a client (RFC 6455 section 5.2), masked with zeros, so that its payload can be read here.
pub fn frame(is_final: bool, opcode: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![u8::from(is_final) << 7 | opcode];
    match u16::try_from(payload.len()).expect("short") {
        length @ 0..126 => frame.push(0x80 | u8::try_from(length).expect("short")),
        length => {
            frame.push(0x80 | 126);
            frame.extend(length.to_be_bytes());
        }
    }
    frame.extend([0; 4]);
    frame.extend(payload);
    frame
}

/// How long the other end keeps this connection open, reading what it says; `None` if it is still open after so
/// long.
pub async fn open_for<S: AsyncRead + Unpin>(stream: &mut S, at_most: Duration) -> Option<Duration> {
    let began = Instant::now();
    let mut bytes = [0; 4096];
    let ended = timeout(at_most, async {
        while matches!(stream.read(&mut bytes).await, Ok(1..)) {}
    });
    ended.await.ok().map(|()| began.elapsed())
}

/// An HTTP answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

/// Sends bytes and reads until the end.
pub async fn ask<S: AsyncRead + AsyncWrite + Unpin>(mut stream: S, request: &[u8]) -> Answer {
    let _ = stream.write_all(request).await;
    let _ = stream.flush().await;
    let mut answer = Vec::new();
    let read = timeout(SOON, stream.read_to_end(&mut answer)).await;
    let _ = read.expect("an answer in time");
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    Answer {
        status: head
            .split(' ')
            .nth(1)
            .and_then(|word| word.parse().ok())
            .unwrap_or(0),
        head: head.to_ascii_lowercase(),
        body: body.to_owned(),
    }
}

/// A WebSocket client.
pub type Client<S> = WebSocketStream<S>;

pub async fn say<S>(client: &mut Client<S>, message: &ClientMessage)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let text = wire::encode(message);
    client.send(Message::text(text)).await.expect("sent");
}

pub async fn hear<S>(client: &mut Client<S>) -> ServerMessage
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    loop {
        let message = timeout(SOON, client.next()).await.expect("in time");
        if let Message::Text(text) = message.expect("not closed").expect("no error") {
            return wire::decode(text.as_str()).expect("a message");
        }
    }
}

/// The close code with which the relay ends a session; `None` if it ends without one.
pub async fn close_code<S>(client: &mut Client<S>) -> Option<u16>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    loop {
        match timeout(SOON, client.next()).await.expect("in time") {
            Some(Ok(Message::Close(frame))) => return frame.map(|frame| frame.code.into()),
            Some(Ok(_)) => {}
            Some(Err(_)) | None => return None,
        }
    }
}

/// Resident memory of a process in bytes.
pub fn resident(pid: u32) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("a process");
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<usize>().ok());
    kib.expect("VmRSS in KiB") * 1024
}

/// Waits for its first line, which names the address, and goes on listening.
fn listen(child: &mut Child) -> (SocketAddr, Arc<Mutex<String>>) {
    let stderr = child.stderr.take().expect("its words");
    let said = Arc::new(Mutex::new(String::new()));
    let mut reader = BufReader::new(stderr);
    let address = loop {
        let mut line = String::new();
        let length = reader.read_line(&mut line).expect("a line");
        let all = {
            let mut said = said.lock().expect("not poisoned");
            said.push_str(&line);
            said.clone()
        };
        assert!(length > 0, "it ended: {all}");
        let address = line.split_whitespace().find_map(|word| {
            let (_, address) = word.split_once("://")?;
            address.strip_suffix('/')?.parse().ok()
        });
        if let Some(address) = address {
            break address;
        }
    };
    let hears = said.clone();
    std::thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(length @ 1..) = reader.read(&mut bytes) {
            let text = String::from_utf8_lossy(&bytes[..length]).into_owned();
            hears.lock().expect("not poisoned").push_str(&text);
        }
    });
    (address, said)
}
