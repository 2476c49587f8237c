//! Boxes in the path that nobody asked for: they take the agent's connections at the gateway.

use std::collections::HashMap;
use std::fs;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use nix::sys::socket::{getsockopt, sockopt};
use reachcheck_model::catalogue::Kind;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::addresses;
use crate::authority::Authority;
use crate::fault::every_address;
use crate::namespaces::{ChildProcess, Namespace, spawn};
use crate::squid::{self, Bump, Policy, Seat};
use crate::wait::{listens, wait_until};

mod idle;

pub use idle::Ends;

/// The helper's name on the command line; see [`run`] for its arguments.
pub const HELPER: &str = "lab-middlebox";

/// Where a browser finds the proxy's PAC file.
pub const PAC_URL: &str = "http://10.0.0.1:8082/proxy.pac";

/// Where a captive portal sends people.
pub const SIGN_IN: &str = "http://10.0.0.1:8081/sign-in";

const HTTP_PORT: u16 = 8081;
/// Where [`PAC_URL`] is: a portal may stand beside it.
pub const PAC_PORT: u16 = 8082;
const TCP_PROXY_PORT: u16 = 3130;
const PORTAL_TLS_PORT: u16 = 8444;
const IDLE_PORT: u16 = 3131;

/// How long the TCP proxy tries to get through.
const UPSTREAM_DEADLINE: Duration = Duration::from_secs(3);

/// What stands in the path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Middlebox {
    /// Squid ends every TLS connection to port 443 and starts another.
    Inspects(Policy),
    /// A box that accepts every TCP connection itself, then connects on; TLS passes.
    TcpProxy {
        /// Endpoints that it does not get through to.
        dead: Vec<(&'static str, Kind)>,
    },
    /// A network that wants a sign-in first: 443 is refused, 80 leads to the sign-in page, DNS answers.
    Portal,
    /// The same, but 443 is answered with a certificate of the portal.
    PortalWithCertificate,
    /// A box that takes connections to this port and answers them in plain HTTP with a page of its own.
    Takes(u16),
    /// A box that carries connections to the relay's port 443 and ends those that are silent for so many milliseconds.
    EndsIdle(u64, Ends),
}

impl Middlebox {
    /// Squid, bent into the path, with an authority that the browser trusts.
    #[must_use]
    pub fn inspection(denies: &[&str]) -> Self {
        Self::Inspects(Policy {
            bump: Some(Bump::Trusted),
            denies: denies.iter().map(|host| (*host).to_owned()).collect(),
            ..Policy::default()
        })
    }

    /// Builds it.
    ///
    /// # Errors
    /// With what did not come up.
    pub fn start(&self, folder: &Path, authority: &Authority) -> Result<Vec<ChildProcess>> {
        match self {
            Self::Inspects(policy) => {
                let seat = Seat {
                    intercepts: true,
                    ..Seat::GATEWAY
                };
                let squid = squid::start(folder, authority, policy, seat)?;
                take("tcp dport 443", squid::INTERCEPT_PORT)?;
                Ok(vec![squid])
            }
            Self::TcpProxy { dead } => {
                let proxy = start_helper(folder, &["tcp"], TCP_PROXY_PORT)?;
                take("ip daddr 203.0.113.0/24 meta l4proto tcp", TCP_PROXY_PORT)?;
                for (region, kind) in dead {
                    let address = every_address(&addresses::place(region, *kind));
                    Namespace::Gateway.nft(&format!(
                        "add table ip lab_middlebox_out\n\
                         add chain ip lab_middlebox_out dead {{ type filter hook output priority 0; }}\n\
                         add rule ip lab_middlebox_out dead ip daddr {address} meta l4proto tcp drop\n"
                    ))?;
                }
                Ok(vec![proxy])
            }
            Self::Portal => {
                let web = start_helper(folder, &["http"], HTTP_PORT)?;
                take("tcp dport 80", HTTP_PORT)?;
                shut("reject with tcp reset")?;
                Ok(vec![web])
            }
            Self::Takes(port) => {
                let web = start_helper(folder, &["http"], HTTP_PORT)?;
                take(&format!("tcp dport {port}"), HTTP_PORT)?;
                Ok(vec![web])
            }
            Self::EndsIdle(ms, ends) => {
                let carrier =
                    start_helper(folder, &["idle", &ms.to_string(), ends.word()], IDLE_PORT)?;
                let relay = format!("ip daddr {} tcp dport 443", addresses::RELAY);
                take(&relay, IDLE_PORT)?;
                Ok(vec![carrier])
            }
            Self::PortalWithCertificate => {
                let own = folder.join("portal");
                fs::create_dir_all(&own)?;
                let certificate = Authority::create(&own)?;
                let web = start_helper(folder, &["http"], HTTP_PORT)?;
                let (cert, key) = (
                    certificate.cert.to_string_lossy().into_owned(),
                    certificate.key.to_string_lossy().into_owned(),
                );
                let tls = start_helper(folder, &["portal", &cert, &key], PORTAL_TLS_PORT)?;
                take("tcp dport 80", HTTP_PORT)?;
                take("tcp dport 443", PORTAL_TLS_PORT)?;
                shut("reject with tcp reset")?;
                Ok(vec![web, tls])
            }
        }
    }
}

/// Bends the agent's connections to a port of the gateway.
fn take(which: &str, port: u16) -> Result<()> {
    Namespace::Gateway.nft(&format!(
        "add table ip lab_middlebox\n\
         add chain ip lab_middlebox take {{ type nat hook prerouting priority -100; }}\n\
         add rule ip lab_middlebox take iifname \"lan1\" {which} redirect to :{port}\n"
    ))
}

/// Lets no TCP of the agent through, and no other packets either.
fn shut(tcp: &str) -> Result<()> {
    Namespace::Gateway.nft(&format!(
        "add table ip lab_middlebox_forward\n\
         add chain ip lab_middlebox_forward shut {{ type filter hook forward priority 0; }}\n\
         add rule ip lab_middlebox_forward shut iifname \"lan1\" meta l4proto tcp {tcp}\n\
         add rule ip lab_middlebox_forward shut iifname \"lan1\" drop\n"
    ))
}

/// Serves a PAC file on the gateway.
///
/// # Errors
/// If it does not come up.
pub fn start_pac(folder: &Path, pac: &str) -> Result<ChildProcess> {
    fs::write(folder.join("proxy.pac"), pac)?;
    let file = folder.join("proxy.pac").to_string_lossy().into_owned();
    start_helper(folder, &["http", &file], PAC_PORT)
}

fn start_helper(folder: &Path, arguments: &[&str], port: u16) -> Result<ChildProcess> {
    let me = std::env::current_exe()?;
    let mut command = Namespace::Gateway.command(&me.to_string_lossy());
    command.arg(HELPER).args(arguments);
    let log = folder.join("middlebox.log");
    let mut running = spawn(command, &log)?;
    wait_until("the middlebox", &mut running, &log, || {
        listens(Namespace::Gateway, port)
    })?;
    Ok(running)
}

/// Serves until it is killed: `tcp`, `idle MS HOW`, `http [PAC-FILE]`, or `portal CERT KEY`.
///
/// # Errors
/// If the address cannot be bound or a file cannot be read.
pub fn run(arguments: &[String]) -> Result<()> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    tokio::runtime::Runtime::new()?.block_on(async {
        match words[..] {
            ["tcp"] => serve(TCP_PROXY_PORT, pass_on).await,
            ["idle", ms, how] => {
                let patience = Duration::from_millis(ms.parse()?);
                let ends = Ends::from_word(how).context("how it ends them")?;
                serve(IDLE_PORT, move |agent| async move {
                    let far = onward(&agent).await?;
                    idle::carry(agent, far, patience, ends).await
                })
                .await
            }
            ["http"] => serve(HTTP_PORT, |stream| web(stream, HashMap::new())).await,
            ["http", pac] => {
                let pages = HashMap::from([("/proxy.pac".to_owned(), fs::read_to_string(pac)?)]);
                serve(PAC_PORT, move |stream| web(stream, pages.clone())).await
            }
            ["portal", cert, key] => {
                let tls = crate::servers::acceptor(cert.as_ref(), key.as_ref())?;
                let tls = Arc::new(tls);
                serve(PORTAL_TLS_PORT, move |stream| {
                    let tls = tls.clone();
                    async move { web(tls.accept(stream).await?, HashMap::new()).await }
                })
                .await
            }
            _ => anyhow::bail!("tcp, idle, http or portal, not {words:?}"),
        }
    })
}

async fn serve<F>(port: u16, converse: impl Fn(TcpStream) -> F) -> Result<()>
where
    F: Future<Output = Result<()>> + Send + 'static,
{
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::UNSPECIFIED, port))).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        let conversation = converse(stream);
        tokio::spawn(async move {
            // An agent that hangs up is everyday life.
            let _ = conversation.await;
        });
    }
}

/// Accepts first, connects on afterwards.
async fn pass_on(mut client: TcpStream) -> Result<()> {
    let mut server = onward(&client).await?;
    tokio::io::copy_bidirectional(&mut client, &mut server).await?;
    Ok(())
}

/// A connection to where this one was going.
async fn onward(client: &TcpStream) -> Result<TcpStream> {
    client.set_nodelay(true)?;
    let meant = getsockopt(client, sockopt::OriginalDst).context("where it was going")?;
    let meant = SocketAddrV4::new(
        Ipv4Addr::from(u32::from_be(meant.sin_addr.s_addr)),
        u16::from_be(meant.sin_port),
    );
    let server = tokio::time::timeout(UPSTREAM_DEADLINE, TcpStream::connect(meant)).await;
    let server = server.context("no answer")??;
    server.set_nodelay(true)?;
    Ok(server)
}

/// Known pages, and for every other path the way to the sign-in page.
async fn web<S>(mut stream: S, pages: HashMap<String, String>) -> Result<()>
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    let mut received = Vec::new();
    let mut chunk = [0_u8; 4096];
    while !received.windows(4).any(|window| window == b"\r\n\r\n") {
        let length = stream.read(&mut chunk).await?;
        anyhow::ensure!(length > 0 && received.len() < 16_384, "no request");
        received.extend_from_slice(&chunk[..length]);
        if !received[0].is_ascii_uppercase() {
            // What is no HTTP gets the answer of a web server that does not understand.
            let answer =
                b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            stream.write_all(answer).await?;
            return Ok(stream.shutdown().await?);
        }
    }
    let head = String::from_utf8_lossy(&received).into_owned();
    let path = head.split(' ').nth(1).unwrap_or("/");
    let body = pages.get(path).map(String::as_str);
    let (status, extra, body) = match body {
        Some(pac) => (
            "200 OK",
            "Content-Type: application/x-ns-proxy-autoconfig\r\n".to_owned(),
            pac,
        ),
        None if SIGN_IN.ends_with(path) && path.len() > 1 => (
            "200 OK",
            "Content-Type: text/html\r\n".to_owned(),
            "<title>Sign in</title><form><input name=room></form>",
        ),
        None => ("302 Found", format!("Location: {SIGN_IN}\r\n"), ""),
    };
    let answer = format!(
        "HTTP/1.1 {status}\r\n{extra}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(answer.as_bytes()).await?;
    Ok(stream.shutdown().await?)
}
