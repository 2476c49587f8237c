//! A dial is over by its deadline, whatever the endpoint does, over real sockets on loopback; and what was cut short is
//! not called silence.

use std::net::{SocketAddr, TcpListener as Listener, TcpStream as Stream};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use clap::Parser as _;
use reachcheck_relay::config::Arguments;
use reachcheck_relay::{RuntimeConfig, State, run};
use reachcheck_wire::{self as wire, Connect, DialReport, Dialogue, Tls, deadline};
use rustls_pki_types::PrivateKeyDer;
use socket2::{Domain, Socket, Type};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

const ORIGIN: &str = "https://check.example";
/// What a busy machine may add; the page waits for two seconds more than a dial may take.
const SLACK: Duration = Duration::from_millis(1_900);

fn whole_dial() -> Duration {
    Duration::from_millis(deadline::DIAL_MS.into())
}

/// An endpoint with a certificate that the relay trusts, slow in every step. Its queue has one place, so that the kernel
/// takes a connection only when the one before it was taken out, at the SYN's repeat; what was taken waits in the queue
/// before its TLS goes on, and no request is ever answered.
struct Slow {
    port: u16,
    certificate: tempfile::NamedTempFile,
    listener: Listener,
    config: Arc<rustls::ServerConfig>,
    /// Fills the queue.
    _first: Stream,
}

impl Slow {
    /// Time between two connections that it takes.
    const PAUSE: Duration = Duration::from_millis(2_600);

    fn new() -> Self {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("made");
        let certificate = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(certificate.path(), made.cert.pem()).expect("written");
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).expect("a key");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .expect("a certificate");
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        socket.bind(&any.into()).expect("a port");
        socket.listen(0).expect("a queue of one");
        let listener = Listener::from(socket);
        let address = listener.local_addr().expect("an address");
        Self {
            port: address.port(),
            certificate,
            listener,
            config: Arc::new(config),
            _first: Stream::connect(address).expect("a place in the queue"),
        }
    }

    /// Takes one connection after the other, from now on.
    fn begin(&self) {
        let listener = self.listener.try_clone().expect("a listener");
        let config = self.config.clone();
        thread::spawn(move || {
            loop {
                thread::sleep(Self::PAUSE);
                let (mut stream, _) = listener.accept().expect("a connection");
                let mut tls = rustls::ServerConnection::new(config.clone()).expect("a server");
                // The handshake, then nothing but listening, until the other side has had enough.
                thread::spawn(move || while tls.complete_io(&mut stream).is_ok() {});
            }
        });
    }
}

/// Gives the relay's address. It ends with the test's runtime.
async fn relay(https_port: u16, tcp_port: u16, flags: &[&str]) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let text = format!(
        r#"{{"catalogue": {{"provider": "Test", "regions": [{{"id": "here", "country": "C", "name": "N",
            "https": {{"url": "https://localhost:{https_port}/"}},
            "tcp": {{"host": "localhost", "port": {tcp_port}}}}}]}}}}"#
    );
    let config = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(config.path(), text).expect("written");
    let config = config.path().to_str().expect("a path");
    let mut words = vec!["reachcheck-relay", "--config", config, "--origin", ORIGIN];
    words.extend(["--allow-target", "127.0.0.0/8", "--allow-target", "::1/128"]);
    words.extend(flags);
    let given = Arguments::parse_from(words).resolve().expect("settings");
    let state = State::new(RuntimeConfig::load(&given, &[address]).expect("valid settings"));
    tokio::spawn(run(vec![listener], Arc::new(state), std::future::pending()));
    address
}

/// The report, and how long it took.
async fn dial(relay: SocketAddr, id: &str) -> (DialReport, Duration) {
    let started = Instant::now();
    let mut stream = TcpStream::connect(relay).await.expect("a connection");
    let request = format!(
        "GET /relay/v1/dial?endpoint={id} HTTP/1.1\r\nHost: localhost\r\nOrigin: {ORIGIN}\r\n\
         Connection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer");
    let (_, body) = answer.split_once("\r\n\r\n").expect("head and body");
    (wire::decode(body).expect("a report"), started.elapsed())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_that_is_slow_in_every_step_is_told_in_time_and_keeps_nobody_waiting() {
    let slow = Slow::new();
    let trusted = slow.certificate.path().to_str().expect("a path");
    // Takes connections, and says nothing.
    let silent = Listener::bind("127.0.0.1:0").expect("a port");
    let silent_port = silent.local_addr().expect("an address").port();
    let flags = ["--trust-ca", trusted, "--limit", "dials=1"];
    let relay = relay(slow.port, silent_port, &flags).await;

    slow.begin();
    let first = tokio::spawn(async move { dial(relay, "here/https").await });
    // It waits for the other, and has this long left then.
    let left = Duration::from_millis(1_500);
    tokio::time::sleep(left).await;
    let second = tokio::spawn(async move { dial(relay, "here/tcp").await });

    let (report, took) = first.await.expect("a report");
    assert!(took < whole_dial() + SLACK, "{took:?} {report:?}");
    // Slow as it was, what decides is there, and the request had all of its time.
    let Connect::Connected { ms, .. } = report.connect else {
        panic!("{report:?}");
    };
    assert!(ms > 900.0, "{report:?}");
    let Some(Tls::Finished {
        ms, certificate, ..
    }) = &report.tls
    else {
        panic!("{report:?}");
    };
    assert!(*ms > 1_000.0 && certificate.fault.is_none(), "{report:?}");
    let is_silent = matches!(report.get, Some(Dialogue::Silent { ms }) if ms >= 3_999.0);
    assert!(is_silent, "{report:?}");
    // The upgrade connected anew, and its answer could not be waited for: that is not silence.
    assert_eq!(report.upgrade, None);

    let (report, took) = second.await.expect("a report");
    assert!(took < whole_dial() + SLACK, "{took:?} {report:?}");
    // Its TLS was cut short.
    assert_eq!((&report.tls, report.plain), (&None, None), "{report:?}");
    // And that serves nobody else: with all its time it is told as it is.
    let (report, took) = dial(relay, "here/tcp").await;
    assert!(report.age_ms < 1_000, "{report:?}");
    let told = (report.is_connected(), &report.tls);
    assert!(
        matches!(told, (true, Some(Tls::Silent { .. }))),
        "{report:?}"
    );
    assert!(took < whole_dial(), "{took:?}");
}
