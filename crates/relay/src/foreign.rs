//! Everything here that reads a stranger's bytes, each as one function of those bytes that checks what must
//! hold whatever they are: for the fuzz targets (`fuzz/`), and for the tests that replay what those found.
//!
//! Panics are the findings.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use clap::Parser as _;
use reachcheck_model::catalogue::Catalogue;
use reachcheck_model::config as page_config;
use reachcheck_wire::{self as wire, ClientMessage, ServerMessage};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::config::{Arguments, PartialConfig};
use crate::page::StaticFiles;
use crate::peer::{Peer, Speaks};
use crate::state::{RuntimeConfig, State};
use crate::{dial, hello, limits, proxy, server, stun, tls};

/// A parser under its own name.
pub type Target = (&'static str, fn(&[u8]));

/// Every one of them; each has a fuzz target and a corpus of this name.
pub const TARGETS: [Target; 9] = [
    ("client_hello", client_hello),
    ("client_message", client_message),
    ("server_message", server_message),
    ("page_config", page_config),
    ("relay_settings", relay_settings),
    ("proxy_header", proxy_header),
    ("stun", stun),
    ("dialled", dialled),
    ("connection", connection),
];

/// A ClientHello, in records, however it is cut into pieces.
pub fn client_hello(bytes: &[u8]) {
    let whole = hello::facts_of(bytes, bytes.len().max(1));
    // The relay reads in pieces itself, and gives up at the limit wherever that falls.
    if bytes.len() > limits::HELLO {
        return;
    }
    for piece in [1, 7, 1460] {
        assert_eq!(
            hello::facts_of(bytes, piece),
            whole,
            "in pieces of {piece} bytes"
        );
    }
    if let Some(facts) = whole {
        assert_eq!(facts.consistency, wire::Consistency::Unknown);
    }
}

/// A message from the page.
pub fn client_message(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(message) = wire::decode::<ClientMessage>(text) {
        let again = wire::encode(&message);
        assert_eq!(wire::decode(&again), Ok(message));
    }
}

/// A message to the page, or the answer to the challenge: the page's side trusts no relay either.
pub fn server_message(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(message) = wire::decode::<ServerMessage>(text) {
        let again = wire::encode(&message);
        assert!(wire::decode::<ServerMessage>(&again).is_ok(), "{again}");
    }
    if let Ok(challenge) = wire::decode::<wire::Challenge>(text) {
        let again = wire::encode(&challenge);
        // What of it is shown, or handed on with a report.
        assert!(is_printable(&challenge.version) && is_printable(&challenge.saw.address));
        assert_eq!(wire::decode(&again), Ok(challenge));
    }
    // As it comes by HTTPS. Of a number the last digit may change.
    if let Ok(report) = wire::decode::<wire::DialReport>(text) {
        if let Some(wire::Tls::Finished {
            version,
            certificate,
            ..
        }) = &report.tls
        {
            let names = [version, &certificate.subject, &certificate.issuer];
            assert!(names.into_iter().all(|name| is_printable(name)));
        }
        let again = wire::encode(&report);
        assert!(wire::decode::<wire::DialReport>(&again).is_ok(), "{again}");
    }
    if let Ok(report) = wire::decode::<wire::ControlsReport>(text) {
        let again = wire::encode(&report);
        assert_eq!(wire::decode(&again), Ok(report));
    }
}

/// Whether it stays in its line, wherever it is written.
fn is_printable(text: &str) -> bool {
    text.len() <= 120 && text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// The page's settings: what is taken can be served, what is not is named.
pub fn page_config(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    match page_config::parse(text) {
        Ok(config) => {
            assert!(config.catalogue.endpoints().count() > 0);
            let mut page = StaticFiles::default();
            assert_eq!(page.set_config(text), Ok(()));
            let served = page.get("/config.json").map(|file| file.bytes.to_vec());
            let served = String::from_utf8(served.unwrap_or_default()).unwrap_or_default();
            assert!(page_config::parse(&served).is_ok(), "{served}");
        }
        Err(error) => {
            assert!(!error.place.is_empty() && !error.problem.is_empty());
        }
    }
}

/// The relay's own settings: what is taken has limits that print as they are set, what is not is named.
pub fn relay_settings(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    match PartialConfig::parse_settings(text) {
        Ok(given) => {
            let limits = given.effective_limits().expect("checked already");
            let mut again = limits::Limits::default();
            for pair in limits.to_string().split(' ') {
                let (name, number) = pair.split_once('=').expect("a pair");
                let number = number.parse().expect("a number");
                assert_eq!(again.set(name, number), Ok(()));
            }
            assert_eq!(again, limits);
        }
        Err(error) => assert!(!error.is_empty()),
    }
}

/// A balancer's header: its address is the one that stands in it, or there is none.
pub fn proxy_header(bytes: &[u8]) {
    let Some((head, rest)) = bytes.split_first_chunk() else {
        return;
    };
    if let Some(Some(source)) = proxy::parse(head, rest) {
        let port = if head[13] == 0x11 { 8 } else { 32 };
        assert_eq!(source.port().to_be_bytes(), rest[port..port + 2]);
    }
}

/// A STUN request: nothing but its transaction id comes back, and never more than one short answer.
pub fn stun(bytes: &[u8]) {
    let answer = exchange(bytes, |mut stream| async move {
        let _ = stun::answer(&mut stream).await;
    });
    assert!(
        answer.is_empty() || answer.len() == 48,
        "{} bytes",
        answer.len()
    );
    if let (Some(id), Some(asked)) = (answer.get(8..20), bytes.get(8..20)) {
        assert_eq!(id, asked);
    }
}

/// What a dialled endpoint says: the head of its answer, and its certificate.
pub fn dialled(bytes: &[u8]) {
    dial::read_answer(bytes);
    let certificate = tls::describe(&bytes.to_vec().into(), None);
    for name in [&certificate.subject, &certificate.issuer] {
        assert!(is_printable(name));
    }
}

/// A whole connection: HTTP, and the WebSocket after it. What comes back is bounded, and is HTTP.
pub fn connection(bytes: &[u8]) {
    let answer = exchange(bytes, |stream| {
        let peer = Peer {
            address: ([192, 0, 2, 1], 1).into(),
            speaks: Speaks::PlainOnly,
            hello: None,
            is_crowded: false,
            _held: None,
        };
        let deadline = tokio::time::Instant::now() + limits::Limits::default().handshake;
        server::converse(stream, deadline, fixture(), peer, None)
    });
    assert!(
        answer.is_empty() || answer.starts_with(b"HTTP/1."),
        "{:?}",
        String::from_utf8_lossy(&answer)
    );
    // Each request has at least 20 bytes and each message 6; no answer to one is longer than this.
    assert!(
        answer.len() <= (bytes.len() / 6 + 1) * wire::SERVER_MESSAGE_MAX,
        "{} bytes for {}",
        answer.len(),
        bytes.len()
    );
}

/// A relay that may dial nothing at all: no address of its endpoints is global.
fn fixture() -> Arc<State> {
    static STATE: OnceLock<Arc<State>> = OnceLock::new();
    STATE
        .get_or_init(|| {
            let words = [
                "relay",
                "--origin",
                "https://a.example",
                "--control",
                "localhost:1",
            ];
            let arguments = Arguments::parse_from(words);
            let given = arguments.resolve().expect("nothing is read from files");
            let mut catalogue = Catalogue::embedded();
            catalogue.regions.truncate(1);
            for region in &mut catalogue.regions {
                region.https.host = "localhost".to_owned();
                region.tcp.host = "localhost".to_owned();
            }
            let live = RuntimeConfig::without_page(&given, &catalogue, &[]);
            Arc::new(State::new(live.expect("they are valid")))
        })
        .clone()
}

/// Says the bytes to a server, ends, and gives what came back. Time does not pass: it jumps.
fn exchange<F>(bytes: &[u8], serve: impl FnOnce(tokio::io::DuplexStream) -> F) -> Vec<u8>
where
    F: Future<Output = ()> + Send + 'static,
{
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build();
    let runtime = runtime.expect("a runtime without sockets");
    runtime.block_on(async {
        let (mut near, far) = tokio::io::duplex(64 * 1024);
        let server = tokio::spawn(serve(far));
        let mut answer = Vec::new();
        let _ = tokio::time::timeout(Duration::from_secs(5), async {
            let (mut reading, mut writing) = tokio::io::split(&mut near);
            let say = async {
                let _ = writing.write_all(bytes).await;
                let _ = writing.shutdown().await;
            };
            let hear = async {
                let _ = reading.read_to_end(&mut answer).await;
            };
            tokio::join!(say, hear);
        })
        .await;
        drop(near);
        if let Err(error) = tokio::time::timeout(Duration::from_secs(5), server)
            .await
            .expect("it ends once the client is gone")
        {
            std::panic::resume_unwind(error.into_panic());
        }
        answer
    })
}
