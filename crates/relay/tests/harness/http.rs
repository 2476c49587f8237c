//! Requests, and what is answered.

use std::net::SocketAddr;

use reachcheck_wire::{self as wire, Challenge};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::time::timeout;

use super::SOON;
use super::socket::connect;

/// An HTTP answer.
#[derive(Debug)]
pub struct Answer {
    /// 0 if there was none.
    pub status: u16,
    /// In small letters.
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn said(self) -> (u16, String) {
        (self.status, self.body)
    }
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
    let status = head.split(' ').nth(1).and_then(|word| word.parse().ok());
    Answer {
        status: status.unwrap_or(0),
        head: head.to_ascii_lowercase(),
        body: body.to_owned(),
    }
}

pub async fn get_over<S>(stream: S, path: &str, headers: &str) -> Answer
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n");
    ask(stream, request.as_bytes()).await
}

/// An answer without TLS; `None` if the connection ends without one, or there is none.
pub async fn get(address: SocketAddr, path: &str, headers: &str) -> Option<Answer> {
    let answer = get_over(connect(address).await.ok()?, path, headers).await;
    (answer.status != 0).then_some(answer)
}

pub async fn challenge<S>(stream: S, headers: &str) -> Challenge
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let path = "/relay/v1/challenge?nonce=abcdefgh";
    let answer = get_over(stream, path, headers).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    wire::decode(&answer.body).expect("a challenge")
}
