//! A box in front of the relay that lets HTTPS pass and turns every WebSocket upgrade down, as proxies
//! that inspect do.

use std::net::SocketAddr;

use anyhow::{Context as _, Result};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::addresses;

/// The helper's name on the command line; its arguments are certificate chain and key.
pub const HELPER: &str = "lab-strip";

/// Where the relay listens behind it.
pub const BEHIND: &str = "127.0.0.1:8443";

/// Serves until it is killed.
///
/// # Errors
/// If the address cannot be bound or a file cannot be read.
pub fn run(arguments: &[String]) -> Result<()> {
    let [cert, key] = arguments else {
        anyhow::bail!("certificate chain and key");
    };
    let tls = crate::servers::acceptor(cert.as_ref(), key.as_ref())?;
    tokio::runtime::Runtime::new()?.block_on(async {
        let listener = TcpListener::bind(SocketAddr::from((addresses::RELAY, 443))).await?;
        loop {
            let (stream, _) = listener.accept().await?;
            let tls = tls.clone();
            tokio::spawn(async move {
                let _ = pass(stream, tls).await;
            });
        }
    })
}

/// One request a connection.
async fn pass(stream: TcpStream, tls: TlsAcceptor) -> Result<()> {
    let mut client = tls.accept(stream).await?;
    let mut head = Vec::new();
    let mut chunk = [0_u8; 4096];
    let end = loop {
        if let Some(end) = head.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        let length = client.read(&mut chunk).await?;
        anyhow::ensure!(length > 0 && head.len() < 16_384, "no request");
        head.extend_from_slice(&chunk[..length]);
    };
    let text = String::from_utf8_lossy(&head[..end]).into_owned();
    if text.to_ascii_lowercase().contains("upgrade: websocket") {
        let refusal = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        client.write_all(refusal).await?;
        return Ok(client.shutdown().await?);
    }
    let mut lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.to_ascii_lowercase().starts_with("connection:"))
        .collect();
    lines.push("Connection: close");
    let request = format!("{}\r\n\r\n", lines.join("\r\n"));
    let mut relay = TcpStream::connect(BEHIND).await.context("the relay")?;
    relay.write_all(request.as_bytes()).await?;
    tokio::io::copy(&mut relay, &mut client).await?;
    Ok(client.shutdown().await?)
}
