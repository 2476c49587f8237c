//! The real binary on several listeners with TLS: what it says to TLS, to plain HTTP, to plain STUN, and to
//! those who hold.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use reachcheck_wire::{self as wire, Challenge, ClientMessage, Hold, Refusal, ServerMessage};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

const ORIGIN: &str = "https://check.example";
const SOON: Duration = Duration::from_secs(15);

struct Relay {
    child: Child,
    addresses: Vec<SocketAddr>,
    roots: rustls::RootCertStore,
    _folder: tempfile::TempDir,
}

impl Drop for Relay {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Relay {
    fn start(flags: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("made");
        let (cert, key) = (folder.path().join("cert"), folder.path().join("key"));
        std::fs::write(&cert, made.cert.pem()).expect("written");
        std::fs::write(&key, made.signing_key.serialize_pem()).expect("written");
        let mut child = Command::new(env!("CARGO_BIN_EXE_reachcheck-relay"))
            .args(["--listen", "127.0.0.1:0,127.0.0.1:0", "--origin", ORIGIN])
            .arg("--tls-cert")
            .arg(&cert)
            .arg("--tls-key")
            .arg(&key)
            .args(flags)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the relay");
        let stderr = child.stderr.take().expect("its words");
        let mut line = String::new();
        BufReader::new(stderr).read_line(&mut line).expect("a line");
        let addresses = line
            .split_whitespace()
            .filter_map(|word| {
                word.strip_prefix("https://")?
                    .strip_suffix('/')?
                    .parse()
                    .ok()
            })
            .collect();
        let mut roots = rustls::RootCertStore::empty();
        roots.add(made.cert.der().clone()).expect("a root");
        Self {
            child,
            addresses,
            roots,
            _folder: folder,
        }
    }

    async fn plain(&self, listener: usize) -> TcpStream {
        TcpStream::connect(self.addresses[listener])
            .await
            .expect("a connection")
    }

    async fn tls(&self, listener: usize) -> tokio_rustls::client::TlsStream<TcpStream> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(self.roots.clone())
            .with_no_client_auth();
        let name = "localhost".try_into().expect("a name");
        TlsConnector::from(Arc::new(config))
            .connect(name, self.plain(listener).await)
            .await
            .expect("a handshake")
    }

    async fn challenge(&self, listener: usize, headers: &str) -> (String, Challenge) {
        let answer = get(
            self.tls(listener).await,
            "/relay/v1/challenge?nonce=abcdefgh",
            headers,
        )
        .await;
        let (head, body) = answer.split_once("\r\n\r\n").expect("head and body");
        (
            head.to_ascii_lowercase(),
            wire::decode(body).expect("a challenge"),
        )
    }

    async fn socket(&self) -> Socket {
        let mut request = "wss://localhost/relay/v1/socket"
            .into_client_request()
            .expect("a request");
        let origin = ORIGIN.parse().expect("a header");
        request.headers_mut().insert("origin", origin);
        let via = "1.1 squid".parse().expect("a header");
        request.headers_mut().insert("via", via);
        let (socket, _) = tokio_tungstenite::client_async(request, self.tls(0).await)
            .await
            .expect("a socket");
        socket
    }
}

type Socket = tokio_tungstenite::WebSocketStream<tokio_rustls::client::TlsStream<TcpStream>>;

async fn get<S>(mut stream: S, path: &str, headers: &str) -> String
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut answer = Vec::new();
    let _ = timeout(SOON, stream.read_to_end(&mut answer))
        .await
        .expect("in time");
    String::from_utf8(answer).expect("text")
}

async fn ask(socket: &mut Socket, message: &ClientMessage) {
    socket
        .send(Message::text(wire::encode(message)))
        .await
        .expect("sent");
}

async fn hear(socket: &mut Socket) -> ServerMessage {
    let message = timeout(SOON, socket.next()).await.expect("in time");
    let message = message.expect("open").expect("a message");
    wire::decode(message.to_text().expect("text")).expect("known")
}

#[tokio::test]
async fn every_listener_answers_the_challenge_and_names_all_ports() {
    let relay = Relay::start(&[]);
    let ports: Vec<u16> = relay.addresses.iter().map(SocketAddr::port).collect();
    for listener in [0, 1] {
        let (head, challenge) = relay.challenge(listener, "").await;
        assert_eq!(challenge.ports, ports);
        assert!(challenge.plain);
        assert!(head.contains("timing-allow-origin: *"), "{head}");
        assert!(challenge.saw.unix_ms > 1_700_000_000_000);
        assert!(challenge.saw.forwarded.is_empty());
    }
}

#[tokio::test]
async fn what_a_proxy_adds_is_told_and_nothing_else() {
    let relay = Relay::start(&[]);
    let headers = format!(
        "Via: 1.1 \u{e9}proxy{}\r\nCookie: secret\r\nX-Forwarded-For: 10.0.0.2\r\n",
        "y".repeat(300)
    );
    let (_, challenge) = relay.challenge(0, &headers).await;
    let names: Vec<&str> = challenge
        .saw
        .forwarded
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(names, ["via", "x-forwarded-for"]);
    let via = &challenge.saw.forwarded[0].1;
    assert_eq!(via.len(), wire::FORWARDED_MAX.1);
    assert!(via.starts_with("1.1 ??proxy"), "{via}");
    let mut socket = relay.socket().await;
    ask(&mut socket, &ClientMessage::Saw).await;
    let ServerMessage::Saw { report } = hear(&mut socket).await else {
        panic!("not what it saw");
    };
    assert_eq!(
        report.forwarded,
        [("via".to_owned(), "1.1 squid".to_owned())]
    );
}

#[tokio::test]
async fn plain_http_beside_tls_gets_the_challenge_and_the_way_to_tls() {
    let relay = Relay::start(&[]);
    let path = "/relay/v1/challenge?nonce=abcdefgh";
    let answer = get(relay.plain(1).await, path, "").await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    let answer = get(relay.plain(1).await, "/app/?a=b", "")
        .await
        .to_ascii_lowercase();
    assert!(answer.starts_with("http/1.1 308 "), "{answer}");
    let path = "/relay/v1/dial?endpoint=toronto/tcp";
    let headers = format!("Origin: {ORIGIN}\r\n");
    let answer = get(relay.plain(1).await, path, &headers).await;
    assert!(
        answer.starts_with("HTTP/1.1 30") || answer.starts_with("HTTP/1.1 404"),
        "{answer}"
    );
}

/// As WebRTC sends it: a header, and REQUESTED-TRANSPORT.
fn allocate(transaction: [u8; 12]) -> Vec<u8> {
    let mut request = vec![0x00, 0x03, 0x00, 0x08, 0x21, 0x12, 0xa4, 0x42];
    request.extend(transaction);
    request.extend([0x00, 0x19, 0x00, 0x04, 17, 0, 0, 0]);
    request
}

#[tokio::test]
async fn a_plain_stun_request_gets_one_error_and_its_transaction_back() {
    let relay = Relay::start(&[]);
    let mut stream = relay.plain(0).await;
    let transaction = *b"transaction!";
    stream
        .write_all(&allocate(transaction))
        .await
        .expect("sent");
    let mut answer = vec![0; 48];
    timeout(SOON, stream.read_exact(&mut answer))
        .await
        .expect("in time")
        .expect("an answer");
    assert_eq!(answer[..2], [0x01, 0x13]);
    assert_eq!(answer[8..20], transaction);
    let code = u16::from(answer[26]) * 100 + u16::from(answer[27]);
    assert_eq!(code, wire::STUN_ERROR);
    // That was all, and the client may close first.
    stream.shutdown().await.expect("closed");
    let ended = timeout(SOON, stream.read(&mut [0; 8]))
        .await
        .expect("in time");
    assert_eq!(ended.expect("the end"), 0);
}

#[tokio::test]
async fn plain_bytes_that_are_no_such_request_get_no_answer() {
    let relay = Relay::start(&[]);
    let mut wrong_cookie = allocate([7; 12]);
    wrong_cookie[4] = 0;
    let mut endless = allocate([7; 12]);
    endless[2] = 0xff;
    for request in [wrong_cookie, endless, vec![0; 64]] {
        let mut stream = relay.plain(0).await;
        stream.write_all(&request).await.expect("sent");
        let mut answer = Vec::new();
        let read = timeout(SOON, stream.read_to_end(&mut answer))
            .await
            .expect("in time");
        assert!(answer.is_empty(), "{read:?} {answer:?}");
    }
}

#[tokio::test]
async fn a_relay_without_room_says_so() {
    let relay = Relay::start(&["--limit", "sockets=0"]);
    assert!(relay.challenge(0, "").await.1.busy);
}

#[tokio::test]
async fn who_speaks_during_a_hold_ends_it_and_the_silence_is_complete() {
    let relay = Relay::start(&[]);
    let mut socket = relay.socket().await;
    ask(&mut socket, &ClientMessage::Hold { hold: Hold::Short }).await;
    let silence = timeout(Duration::from_secs(2), socket.next()).await;
    assert!(silence.is_err(), "{silence:?}");
    ask(&mut socket, &ClientMessage::Ping { number: 1 }).await;
    let ServerMessage::Refused { why, .. } = hear(&mut socket).await else {
        panic!("the hold goes on");
    };
    assert_eq!(why, Refusal::Budget);
    ask(&mut socket, &ClientMessage::Ping { number: 2 }).await;
    assert_eq!(hear(&mut socket).await, ServerMessage::Pong { number: 2 });
}

#[tokio::test]
async fn a_hold_that_nobody_disturbs_ends_with_a_word() {
    let relay = Relay::start(&[]);
    let mut socket = relay.socket().await;
    ask(&mut socket, &ClientMessage::Hold { hold: Hold::Short }).await;
    let started = tokio::time::Instant::now();
    let message = timeout(Duration::from_secs(60), socket.next())
        .await
        .expect("in time");
    let message = message.expect("open").expect("a message");
    let held = wire::decode::<ServerMessage>(message.to_text().expect("text"));
    assert_eq!(held, Ok(ServerMessage::Held { hold: Hold::Short }));
    assert!(started.elapsed() >= Duration::from_millis(Hold::Short.ms().into()));
}
