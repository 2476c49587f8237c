//! Attacks that would have the relay dial for strangers, or too often, and endpoints that attack it (1, 4, 5).

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use reachcheck_wire::{ClientMessage, Dialogue, Plain, Refusal, ServerMessage, Tls};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::harness::{ALLOW, Certificate, ORIGIN, Relay, hear, say};

/// A host on loopback that counts its connections and treats each as `serve` does.
pub async fn host<F>(serve: impl Fn(TcpStream) -> F + Send + 'static) -> (u16, Arc<AtomicUsize>)
where
    F: Future<Output = io::Result<()>> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = connections.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(serve(stream));
        }
    });
    (port, connections)
}

pub fn dialling(port: u16, flags: &[&str]) -> Relay {
    let setup = Relay::with_tls().hosts(&["localhost"], port, port);
    setup.flags(&ALLOW).flags(flags).start()
}

#[tokio::test]
async fn nothing_but_an_id_of_the_catalogue_is_dialled_on_any_message() {
    let (port, connections) = host(|_| async { Ok(()) }).await;
    let (other, others) = host(|_| async { Ok(()) }).await;
    let relay = dialling(port, &[]);
    let mut ids: Vec<String> = [
        "",
        "here",
        "here/",
        "/tcp",
        "here/udp",
        "here/TCP",
        "HERE/tcp",
        "here/tcp/",
        "here/tcp/..",
        "./here/tcp",
        "here/tcp ",
        " here/tcp",
        "here/tcp\u{0}",
        "here%2Ftcp",
        "here//tcp",
        "xhere/tcp",
        "here/tcpx",
        "*",
        "localhost",
        "127.0.0.1",
        "http://127.0.0.1/",
        "here@127.0.0.1/tcp",
        "[::1]",
        "2130706433",
        "0x7f000001",
        "127.1",
    ]
    .map(str::to_owned)
    .to_vec();
    for host in ["localhost", "127.0.0.1", "here", "evil.example"] {
        ids.push(format!("{host}:{port}"));
        ids.push(format!("{host}:{other}"));
        ids.push(format!("{host}:{other}/tcp"));
    }
    // The second message of a session is checked like the first.
    let mut client = relay.socket().await;
    for id in &ids {
        let endpoint = id.clone();
        say(&mut client, &ClientMessage::Dial { endpoint }).await;
        let ServerMessage::Refused { why, .. } = hear(&mut client).await else {
            panic!("{id:?} was not refused");
        };
        assert_eq!(why, Refusal::UnknownEndpoint, "{id:?}");
    }
    for id in &ids {
        let id: String = id.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let path = format!("/relay/v1/dial?endpoint={id}");
        let answer = relay.get(&path, &format!("Origin: {ORIGIN}\r\n")).await;
        assert_eq!(answer.status, 404, "{id}");
    }
    let dialled = |count: &AtomicUsize| count.load(Ordering::SeqCst);
    assert_eq!((dialled(&connections), dialled(&others)), (0, 0));
    // The one id that there is, and nothing beside it.
    assert!(relay.dial("here/tcp").await.is_connected());
    assert_eq!((dialled(&connections), dialled(&others)), (3, 0));
}

#[tokio::test]
async fn five_hundred_who_ask_at_once_cost_the_endpoint_one_connection_per_dialogue_and_cache_period()
 {
    let folder = tempfile::tempdir().expect("a folder");
    let certificate = Certificate::new("localhost");
    let ([ca, _], tls) = (certificate.write(folder.path()), certificate.acceptor());
    let (port, connections) = host(move |stream| {
        let tls = tls.clone();
        async move {
            let mut stream = tls.accept(stream).await?;
            let mut bytes = [0; 1024];
            let _ = stream.read(&mut bytes).await?;
            stream
                .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                .await?;
            let _ = stream.read(&mut bytes).await;
            Ok(())
        }
    })
    .await;
    let relay = Arc::new(dialling(port, &["--trust-ca", &ca]));
    let mut asking = tokio::task::JoinSet::new();
    // A contact centre behind one address: each with a socket of its own.
    for _ in 0..500 {
        let relay = relay.clone();
        asking.spawn(async move {
            let mut client = relay.socket().await;
            for _ in 0..2 {
                let endpoint = "here/https".to_owned();
                say(&mut client, &ClientMessage::Dial { endpoint }).await;
                let ServerMessage::Dial { report } = hear(&mut client).await else {
                    panic!("no report");
                };
                assert!(
                    matches!(report.get, Some(Dialogue::Http { status: 200, .. })),
                    "{report:?}"
                );
                assert!(report.age_ms < 30_000);
            }
            client
        });
    }
    let clients = asking.join_all().await;
    assert_eq!(clients.len(), 500, "all of them were served");
    // TLS and a GET, TLS and an upgrade.
    assert_eq!(connections.load(Ordering::SeqCst), 2);
}

/// What an endpoint can do to hold a dial up, or to make it take more than it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tarpit {
    Silent,
    EndlessBanner,
    TlsByteByByte,
    EndlessHead,
    Redirect,
}

#[tokio::test]
async fn an_endpoint_that_attacks_is_left_in_time_and_followed_nowhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let certificate = Certificate::new("localhost");
    let ([ca, _], tls) = (certificate.write(folder.path()), certificate.acceptor());
    let (elsewhere, followed) = host(|_| async { Ok(()) }).await;
    let mut trying = tokio::task::JoinSet::new();
    for tarpit in [
        Tarpit::Silent,
        Tarpit::EndlessBanner,
        Tarpit::TlsByteByByte,
        Tarpit::EndlessHead,
        Tarpit::Redirect,
    ] {
        let (tls, ca) = (tls.clone(), ca.clone());
        trying.spawn(async move {
            let (port, _) =
                host(move |stream| attack(tarpit, stream, tls.clone(), elsewhere)).await;
            let relay = dialling(port, &["--trust-ca", &ca]);
            let before = {
                relay.serves().await;
                relay.memory()
            };
            let began = Instant::now();
            let asked = relay.dial("here/tcp");
            let (report, _) = tokio::join!(asked, relay.serves());
            // TLS, or TLS and the answer, and what it takes to say farewell.
            assert!(
                began.elapsed() < Duration::from_secs(9),
                "{tarpit:?}: {:?}",
                began.elapsed()
            );
            assert!(report.is_connected());
            match tarpit {
                Tarpit::Silent | Tarpit::TlsByteByByte => {
                    assert!(matches!(report.tls, Some(Tls::Silent { .. })), "{report:?}");
                }
                Tarpit::EndlessBanner => {
                    assert!(
                        matches!(report.tls, Some(Tls::Rejected { .. })),
                        "{report:?}"
                    );
                    assert!(
                        matches!(report.plain, Some(Plain::Greeted { .. })),
                        "{report:?}"
                    );
                }
                Tarpit::EndlessHead => {
                    assert!(
                        matches!(report.get, Some(Dialogue::Http { status: 200, .. })),
                        "{report:?}"
                    );
                }
                Tarpit::Redirect => {
                    assert!(
                        matches!(report.get, Some(Dialogue::Http { status: 302, .. })),
                        "{report:?}"
                    );
                }
            }
            (relay, before)
        });
    }
    for (relay, before) in trying.join_all().await {
        relay.is_lean_again(before).await;
    }
    assert_eq!(followed.load(Ordering::SeqCst), 0, "a redirect");
}

async fn attack(
    tarpit: Tarpit,
    mut stream: TcpStream,
    tls: tokio_rustls::TlsAcceptor,
    elsewhere: u16,
) -> io::Result<()> {
    match tarpit {
        Tarpit::Silent => while stream.read(&mut [0; 64]).await? > 0 {},
        Tarpit::EndlessBanner => loop {
            stream.write_all(&[b'x'; 16 * 1024]).await?;
        },
        Tarpit::TlsByteByByte => {
            stream.read_u8().await?;
            stream.write_all(&[22, 3, 3, 0x40, 0]).await?;
            loop {
                stream.write_all(&[2]).await?;
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
        Tarpit::EndlessHead => {
            let mut stream = tls.accept(stream).await?;
            stream.read_u8().await?;
            stream.write_all(b"HTTP/1.1 200 OK\r\n").await?;
            loop {
                stream.write_all(&[b'x'; 1024]).await?;
                stream.write_all(b": y\r\n").await?;
            }
        }
        Tarpit::Redirect => {
            let mut stream = tls.accept(stream).await?;
            stream.read_u8().await?;
            let answer =
                format!("HTTP/1.1 302 Found\r\nLocation: https://localhost:{elsewhere}/\r\n\r\n");
            stream.write_all(answer.as_bytes()).await?;
            let _ = stream.read(&mut [0; 1024]).await?;
        }
    }
    Ok(())
}
