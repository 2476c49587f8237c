//! The hosts outside: every endpoint, the static host of the page, the control host. One process, each
//! host on its own address.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result};
use reachcheck_model::catalogue::Kind;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

pub mod manner;
mod page_files;
pub mod web;

use self::manner::{Answer, Manner, Request, http};
use self::page_files::{File, page_files};
use self::web::{HttpVersion, Web};
use crate::addresses;

/// The helper's name on the command line; its argument is a settings file.
pub const HELPER: &str = "lab-servers";

/// What a TCP endpoint does with the opening bytes of a browser. What the real one does is not known, so
/// a healthy one must be recognised in each of these.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Dialect {
    /// TLS, and an HTTP answer to a GET.
    #[default]
    TlsHttp,
    /// TLS, then closes on anything it does not understand.
    TlsCloses,
    /// Plain TCP that closes on anything it does not understand.
    PlainCloses,
    /// Plain TCP that answers with an error of its own protocol, then closes.
    PlainAnswers,
    /// Plain TCP that waits.
    PlainWaits,
}

/// One endpoint that goes wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Odd {
    /// Region.
    pub region: String,
    /// Which of its endpoints.
    pub is_https: bool,
    /// How.
    pub manner: Manner,
    /// Only for the agent, so that it is well from outside.
    pub for_agent_alone: bool,
}

/// What the hosts do in a world.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Hosts {
    /// The dialect of every TCP endpoint.
    pub dialect: Dialect,
    /// TLS and HTTP of every endpoint.
    pub web: Web,
    /// Regions whose servers are off.
    pub off: Vec<String>,
    /// Regions whose HTTPS endpoint answers only after so many milliseconds.
    pub slow: Vec<(String, u64)>,
    /// Endpoints that go wrong.
    pub odd: Vec<Odd>,
    /// Whether every host listens at its IPv6 address as well.
    pub ipv6: bool,
    /// How far the page's host's clock is ahead, in seconds.
    pub clock_ahead_s: u64,
}

/// The files the helper needs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Files {
    /// Where certificates with flaws lie.
    pub folder: PathBuf,
    /// Certificate chain and key of all hosts.
    pub cert: PathBuf,
    /// See `cert`.
    pub key: PathBuf,
    /// The built page.
    pub page: PathBuf,
    /// The page's settings.
    pub config: PathBuf,
    /// Written once every host listens.
    pub ready: PathBuf,
}

impl Hosts {
    /// Writes the settings of the helper.
    ///
    /// # Errors
    /// From the file system.
    pub fn write(&self, files: &Files, to: &Path) -> Result<()> {
        std::fs::write(to, serde_json::to_string(&(self, files))?)?;
        Ok(())
    }

    fn read(from: &str) -> Result<(Self, Files)> {
        Ok(serde_json::from_str(&std::fs::read_to_string(from)?)?)
    }
}

/// Serves until it is killed.
///
/// # Errors
/// If an address cannot be bound or a file cannot be read.
pub fn run(arguments: &[String]) -> Result<()> {
    let (hosts, files) = Hosts::read(arguments.first().context("the settings file")?)?;
    tokio::runtime::Runtime::new()?.block_on(serve_all(hosts, files))
}

/// What one host says.
#[derive(Clone)]
enum Role {
    /// HTTPS with this one answer, after a delay.
    Answer(Arc<str>, Duration, Web),
    /// Somebody else's connection, to whom its bytes are handed on.
    Behind(SocketAddr),
    /// HTTPS with the page's files, from a host whose clock is ahead by so many seconds.
    Files(Arc<HashMap<String, File>>, u64),
    /// A TCP endpoint.
    Events(Dialect, Web),
}

/// What goes wrong at a host.
#[derive(Clone)]
struct Wrong {
    manner: Manner,
    for_agent_alone: bool,
    tls: TlsAcceptor,
}

async fn serve_all(hosts: Hosts, files: Files) -> Result<()> {
    let usual_tls = acceptor(&files.cert, &files.key)?;
    let tls = acceptor_of(&files.cert, &files.key, hosts.web)?;
    let service: Arc<str> = SERVICE.into();
    let page = Role::Files(Arc::new(page_files(&files)?), hosts.clock_ahead_s);
    let control = Role::Answer("control".into(), Duration::ZERO, Web::default());
    let mut roles: Vec<(Vec<Ipv4Addr>, Role, TlsAcceptor)> = vec![
        (vec![addresses::PAGE], page, usual_tls.clone()),
        (vec![addresses::CONTROL], control, usual_tls),
    ];
    for place in addresses::places() {
        if hosts.off.contains(&place.region) {
            continue;
        }
        let slow = hosts
            .slow
            .iter()
            .find(|(region, _)| *region == place.region);
        let role = match place.kind {
            Kind::Https if slow.is_none() && hosts.web.http == HttpVersion::Two => {
                Role::Behind(web::NGINX)
            }
            Kind::Https => Role::Answer(
                service.clone(),
                Duration::from_millis(slow.map_or(0, |(_, ms)| *ms)),
                hosts.web,
            ),
            Kind::Tcp => Role::Events(hosts.dialect, hosts.web),
        };
        roles.push((place.all().to_vec(), role, tls.clone()));
    }
    for (addresses, role, tls) in roles {
        let host = Host {
            wrong: wrong_at(addresses[0], &hosts, &files, &tls)?,
            role,
            tls,
            wronged: Arc::default(),
        };
        let six = addresses.iter().filter(|_| hosts.ipv6);
        let six: Vec<IpAddr> = six.map(|it| crate::ipv6::beside(*it).into()).collect();
        let four = addresses.into_iter().map(IpAddr::from);
        for address in four.chain(six) {
            let listener = TcpListener::bind(SocketAddr::from((address, 443)))
                .await
                .with_context(|| address.to_string())?;
            tokio::spawn(host.clone().serve(listener));
        }
    }
    std::fs::write(&files.ready, "")?;
    std::future::pending().await
}

/// A host, at one of its addresses.
#[derive(Clone)]
struct Host {
    role: Role,
    tls: TlsAcceptor,
    /// Its ways to go wrong, those for the agent alone first.
    wrong: Vec<Wrong>,
    /// How many conversations the wrong manner was for.
    wronged: Arc<AtomicUsize>,
}

impl Host {
    async fn serve(self, listener: TcpListener) {
        while let Ok((stream, peer)) = listener.accept().await {
            let (tls, role) = (self.tls.clone(), self.role.clone());
            let for_whom = |wrong: &Wrong| !wrong.for_agent_alone || addresses::is_agent(peer.ip());
            let wrong = self.wrong.iter().find(|wrong| for_whom(wrong)).cloned();
            let more = usize::from(wrong.is_some());
            let number = self.wronged.fetch_add(more, Ordering::Relaxed);
            tokio::spawn(async move {
                let _ = stream.set_nodelay(true);
                // A peer that hangs up is everyday life.
                let _ = match wrong {
                    Some(wrong) => wrong.manner.converse(stream, wrong.tls, number).await,
                    None => converse(stream, tls, role).await,
                };
            });
        }
    }
}

/// What is to go wrong at this address, for the agent alone first: for it something in the path may answer in place of
/// an endpoint that has a manner of its own.
fn wrong_at(
    address: Ipv4Addr,
    hosts: &Hosts,
    files: &Files,
    tls: &TlsAcceptor,
) -> Result<Vec<Wrong>> {
    let is_here = |odd: &&Odd| {
        let kind = if odd.is_https { Kind::Https } else { Kind::Tcp };
        addresses::place(&odd.region, kind).address == address
    };
    let mut odd: Vec<&Odd> = hosts.odd.iter().filter(is_here).collect();
    odd.sort_by_key(|odd| !odd.for_agent_alone);
    let wrong = odd.into_iter().map(|odd| {
        let tls = match odd.manner {
            Manner::Certificate(flaw) => {
                let (cert, key) = flaw.files(&files.folder);
                acceptor_of(&cert, &key, hosts.web)?
            }
            _ => tls.clone(),
        };
        Ok(Wrong {
            manner: odd.manner.clone(),
            for_agent_alone: odd.for_agent_alone,
            tls,
        })
    });
    wrong.collect()
}

/// What a service says that is well.
const SERVICE: &str = "<html><body>Service</body></html>";

/// TLS with HTTP/1.1 alone, from PEM files.
///
/// # Errors
/// If a file cannot be read or is none.
pub fn acceptor(cert: &Path, key: &Path) -> Result<TlsAcceptor> {
    acceptor_of(cert, key, Web::default())
}

fn acceptor_of(cert: &Path, key: &Path, web: Web) -> Result<TlsAcceptor> {
    let chain = CertificateDer::pem_file_iter(cert)?.collect::<Result<Vec<_>, _>>()?;
    let key = PrivateKeyDer::from_pem_file(key)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(web.versions())?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

async fn converse(mut stream: TcpStream, tls: TlsAcceptor, role: Role) -> Result<()> {
    match role {
        Role::Events(Dialect::PlainWaits, _) => {
            let mut sink = [0_u8; 1024];
            while stream.read(&mut sink).await? > 0 {}
            Ok(())
        }
        Role::Events(Dialect::PlainCloses | Dialect::PlainAnswers, _) => {
            let mut sink = [0_u8; 8192];
            let _ = stream.read(&mut sink).await?;
            if matches!(role, Role::Events(Dialect::PlainAnswers, _)) {
                stream.write_all(b"ERR unknown greeting\r\n").await?;
            }
            // A close with unread bytes would be a reset; that is another dialect.
            stream.shutdown().await?;
            Ok(())
        }
        Role::Events(Dialect::TlsCloses, _) => {
            let mut stream = tls.accept(stream).await?;
            let mut sink = [0_u8; 8192];
            let _ = stream.read(&mut sink).await?;
            stream.shutdown().await?;
            Ok(())
        }
        Role::Events(Dialect::TlsHttp, web) => {
            let stream = tls.accept(stream).await?;
            let answer = |_: &Request| Answer::ok(b"no".to_vec(), "text/plain").of(web);
            http(stream, answer, Duration::ZERO, 0).await
        }
        Role::Behind(server) => {
            let mut server = TcpStream::connect(server).await?;
            server.set_nodelay(true)?;
            tokio::io::copy_bidirectional(&mut stream, &mut server).await?;
            Ok(())
        }
        Role::Answer(text, delay, web) => {
            let stream = tls.accept(stream).await?;
            let text = text.as_bytes();
            let answer = |_: &Request| Answer::ok(text.to_vec(), "text/html").of(web);
            http(stream, answer, delay, 0).await
        }
        Role::Files(files, clock_ahead_s) => {
            let stream = tls.accept(stream).await?;
            let answer = |request: &Request| match files.get(&request.path) {
                Some(File {
                    kind,
                    brotli: Some(brotli),
                    ..
                }) if request.takes_brotli => Answer::brotli(brotli.clone(), kind),
                Some(file) => Answer::ok(file.bytes.clone(), file.kind),
                None => Answer::status(404),
            };
            http(stream, answer, Duration::ZERO, clock_ahead_s).await
        }
    }
}
