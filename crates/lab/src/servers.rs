//! The hosts outside: every endpoint, the static host of the page, the control host. One process, each
//! host on its own address.

use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result};
use reachcheck_core::catalogue::Kind;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::addresses;

/// The helper's name on the command line; its argument is a settings file.
pub const HELPER: &str = "lab-servers";

/// What a TCP endpoint does with the opening bytes of a browser. What the real one does is not known, so
/// a healthy one must be recognised in each of these.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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

impl Dialect {
    const ALL: [Self; 5] = [
        Self::TlsHttp,
        Self::TlsCloses,
        Self::PlainCloses,
        Self::PlainAnswers,
        Self::PlainWaits,
    ];
}

/// What the hosts do in a world.
#[derive(Clone, Debug, Default)]
pub struct Hosts {
    /// The dialect of every TCP endpoint.
    pub dialect: Dialect,
    /// Regions whose servers are off.
    pub off: Vec<String>,
    /// Regions whose HTTPS endpoint answers only after so many milliseconds.
    pub slow: Vec<(String, u64)>,
}

/// The files the helper needs.
#[derive(Clone, Debug)]
pub struct Files {
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
        let dialect = Dialect::ALL.iter().position(|d| *d == self.dialect);
        let value = serde_json::json!({
            "dialect": dialect, "off": self.off, "slow": self.slow,
            "cert": files.cert, "key": files.key, "page": files.page,
            "config": files.config, "ready": files.ready,
        });
        std::fs::write(to, value.to_string())?;
        Ok(())
    }

    fn read(from: &str) -> Result<(Self, Files)> {
        let value: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(from)?)?;
        let text = |key: &str| {
            let value = value[key].as_str().map(str::to_owned);
            value.with_context(|| key.to_owned())
        };
        let path = |key: &str| text(key).map(PathBuf::from);
        let index = usize::try_from(value["dialect"].as_u64().unwrap_or(0))?;
        let hosts = Self {
            dialect: Dialect::ALL[index],
            off: serde_json::from_value(value["off"].clone())?,
            slow: serde_json::from_value(value["slow"].clone())?,
        };
        let files = Files {
            cert: path("cert")?,
            key: path("key")?,
            page: path("page")?,
            config: path("config")?,
            ready: path("ready")?,
        };
        Ok((hosts, files))
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
    Answer(Arc<str>, std::time::Duration),
    /// HTTPS with the page's files.
    Files(Arc<HashMap<String, (Vec<u8>, &'static str)>>),
    /// A TCP endpoint.
    Events(Dialect),
}

async fn serve_all(hosts: Hosts, files: Files) -> Result<()> {
    let tls = acceptor(&files.cert, &files.key)?;
    let now = std::time::Duration::ZERO;
    let service: Arc<str> = "<html><body>Service</body></html>".into();
    let mut roles: Vec<(Ipv4Addr, Role)> = vec![
        (addresses::PAGE, Role::Files(Arc::new(page_files(&files)?))),
        (addresses::CONTROL, Role::Answer("control".into(), now)),
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
            Kind::Https => Role::Answer(
                service.clone(),
                std::time::Duration::from_millis(slow.map_or(0, |(_, ms)| *ms)),
            ),
            Kind::Tcp => Role::Events(hosts.dialect),
        };
        roles.push((place.address, role));
    }
    for (address, role) in roles {
        let listener = TcpListener::bind(SocketAddr::from((address, 443)))
            .await
            .with_context(|| address.to_string())?;
        let tls = tls.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (tls, role) = (tls.clone(), role.clone());
                tokio::spawn(async move {
                    let _ = converse(stream, tls, role).await;
                });
            }
        });
    }
    std::fs::write(&files.ready, "")?;
    std::future::pending().await
}

/// TLS with HTTP/1.1 alone, from PEM files.
///
/// # Errors
/// If a file cannot be read or is none.
pub fn acceptor(cert: &Path, key: &Path) -> Result<TlsAcceptor> {
    let chain = CertificateDer::pem_file_iter(cert)?.collect::<Result<Vec<_>, _>>()?;
    let key = PrivateKeyDer::from_pem_file(key)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

fn page_files(files: &Files) -> Result<HashMap<String, (Vec<u8>, &'static str)>> {
    let mut map = HashMap::new();
    for entry in std::fs::read_dir(&files.page)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = match name.rsplit('.').next() {
            Some("html") => "text/html; charset=utf-8",
            Some("js") => "text/javascript",
            Some("wasm") => "application/wasm",
            Some("css") => "text/css",
            Some("svg") => "image/svg+xml",
            _ => "application/octet-stream",
        };
        if entry.file_type()?.is_file() {
            map.insert(format!("/app/{name}"), (std::fs::read(entry.path())?, kind));
        }
    }
    let index = map.get("/app/index.html").cloned();
    // Below a folder: the page must not care where it lies.
    map.insert("/app/".to_owned(), index.context("index.html")?);
    let config = std::fs::read(&files.config)?;
    map.insert("/app/config.json".to_owned(), (config, "application/json"));
    Ok(map)
}

async fn converse(mut stream: TcpStream, tls: TlsAcceptor, role: Role) -> Result<()> {
    stream.set_nodelay(true)?;
    match role {
        Role::Events(Dialect::PlainWaits) => {
            let mut sink = [0_u8; 1024];
            while stream.read(&mut sink).await? > 0 {}
            Ok(())
        }
        Role::Events(Dialect::PlainCloses | Dialect::PlainAnswers) => {
            let mut sink = [0_u8; 8192];
            let _ = stream.read(&mut sink).await?;
            if matches!(role, Role::Events(Dialect::PlainAnswers)) {
                stream.write_all(b"ERR unknown greeting\r\n").await?;
            }
            // A close with unread bytes would be a reset; that is another dialect.
            stream.shutdown().await?;
            Ok(())
        }
        Role::Events(Dialect::TlsCloses) => {
            let mut stream = tls.accept(stream).await?;
            let mut sink = [0_u8; 8192];
            let _ = stream.read(&mut sink).await?;
            stream.shutdown().await?;
            Ok(())
        }
        Role::Events(Dialect::TlsHttp) => {
            let stream = tls.accept(stream).await?;
            http(stream, |_| Some((b"no".to_vec(), "text/plain")), now()).await
        }
        Role::Answer(text, delay) => {
            let stream = tls.accept(stream).await?;
            let text = text.as_bytes().to_vec();
            http(stream, |_| Some((text.clone(), "text/html")), delay).await
        }
        Role::Files(files) => {
            let stream = tls.accept(stream).await?;
            http(stream, |path| files.get(path).cloned(), now()).await
        }
    }
}

const fn now() -> std::time::Duration {
    std::time::Duration::ZERO
}

/// HTTP/1.1 as far as a browser's GET needs it, connection kept open.
async fn http<S>(
    mut stream: S,
    answer: impl Fn(&str) -> Option<(Vec<u8>, &'static str)>,
    delay: std::time::Duration,
) -> Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut received = Vec::new();
    let mut chunk = [0_u8; 4096];
    loop {
        while let Some(end) = received.windows(4).position(|w| w == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&received[..end]).into_owned();
            received.drain(..end + 4);
            let path = head.split(' ').nth(1).unwrap_or("/");
            let path = path.split('?').next().unwrap_or("/");
            tokio::time::sleep(delay).await;
            let (status, (body, kind)) = match answer(path) {
                Some(found) => ("200 OK", found),
                None => ("404 Not Found", (b"not here".to_vec(), "text/plain")),
            };
            let head = format!(
                "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-cache\r\n\r\n",
                body.len()
            );
            stream.write_all(head.as_bytes()).await?;
            stream.write_all(&body).await?;
            stream.flush().await?;
        }
        let length = stream.read(&mut chunk).await?;
        if length == 0 || received.len() > 65_536 {
            return Ok(());
        }
        received.extend_from_slice(&chunk[..length]);
    }
}
