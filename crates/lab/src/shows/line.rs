//! A connection by plain sockets, and what is done on it.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs as _};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use nix::errno::Errno;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use super::dns;
use super::relay_words::{ask_for_note, ask_for_pong, ask_to_watch};
use super::row::{Action, Row, Seen, Sees, Talks, Turn, When};
use super::site::{ANSWER, SILENCE, Site};
use crate::authority::{Authority, Flaw};

/// A connection, or none yet.
pub enum Line {
    /// None.
    Shut,
    /// Without TLS.
    Plain(TcpStream),
    /// With TLS.
    Tls(Box<StreamOwned<ClientConnection, TcpStream>>),
}

/// A stream of either kind.
trait Stream: Read + Write {}
impl<T: Read + Write> Stream for T {}

impl Line {
    /// Does what a turn says; tells what came, and after how long.
    pub fn act(&mut self, row: &Row, turn: &Turn, site: &Site<'_>) -> Result<(Seen, Duration)> {
        // Answers get more time than they need; silence has to be waited for.
        let patience = match (turn.when, &turn.sees) {
            (When::For(time), _) => time,
            (When::Within(_, most) | When::Since(_, most), _) => most + ANSWER,
            (_, Sees::Silence | Sees::NoTls) => SILENCE,
            _ => ANSWER,
        };
        let started = Instant::now();
        let to = || row.to.context("a row without another side");
        let seen = match &turn.does {
            Action::Connect => {
                let (seen, taken) = self.connect(to()?, patience)?;
                return Ok((seen, taken));
            }
            Action::Tunnel(host, port) => {
                let words =
                    format!("CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n");
                Seen::Answer(self.request(&words)?, Vec::new().into())
            }
            Action::Tls(flaw) => {
                let authority = &site.lab.authority;
                let trusted = flaw.map_or(Ok(authority.clone()), |flaw| trusting(flaw, authority));
                self.shake_hands(&row.host, &trusted?, patience)?
            }
            Action::Say(words) if matches!(turn.sees, Sees::Done) => {
                self.write(&words.0)?;
                Seen::Done
            }
            Action::Say(words) => self.say(&words.0, patience)?,
            Action::Get(path, more) => {
                let (head, body) = self.ask(&row.host, path, more)?;
                Seen::Answer(head, body.into())
            }
            Action::Talk(talks, after) => Seen::Lasts(self.lasts(*talks, *after)?),
            Action::Query(name, kind) => dns::ask(to()?, name, *kind, patience)?,
            Action::LookUp(name) => {
                let found = (name.as_str(), 443).to_socket_addrs();
                let found = found.into_iter().flatten().map(|address| address.ip());
                let mut found: Vec<IpAddr> = found.collect();
                found.sort();
                Seen::Named(0, found)
            }
            Action::Pause(time) => {
                thread::sleep(*time);
                Seen::Done
            }
            Action::Do(procedure) => {
                (procedure.0)(site)?;
                Seen::Done
            }
        };
        Ok((seen, started.elapsed()))
    }

    fn connect(&mut self, to: SocketAddr, patience: Duration) -> Result<(Seen, Duration)> {
        let (result, taken) = attempt(&to, patience);
        let seen = match result {
            Ok(stream) => {
                stream.set_nodelay(true)?;
                stream.set_read_timeout(Some(ANSWER))?;
                stream.set_write_timeout(Some(ANSWER))?;
                *self = Self::Plain(stream);
                Seen::Opens
            }
            Err(error) => match error.raw_os_error() {
                Some(number) => Seen::Fails(Errno::from_raw(number)),
                None if error.kind() == ErrorKind::TimedOut => Seen::Silence,
                None => return Err(error.into()),
            },
        };
        Ok((seen, taken))
    }

    /// Asks for a path; gives the answer's head and body. The connection is kept.
    pub fn ask(&mut self, host: &str, path: &str, more: &str) -> Result<(String, Vec<u8>)> {
        let head = self.request(&format!(
            "GET {path} HTTP/1.1\r\nHost: {host}\r\n{more}\r\n"
        ))?;
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length")
                .then(|| value.trim().parse::<usize>().ok())?
        });
        let mut body = vec![0; length.unwrap_or(0)];
        self.stream()?
            .read_exact(&mut body)
            .context("an answer's body")?;
        Ok((head, body))
    }

    /// Asks for something and reads the answer's head, byte by byte, so that nothing of what follows is lost.
    fn request(&mut self, words: &str) -> Result<String> {
        self.write(words.as_bytes())?;
        let stream = self.stream()?;
        let mut head = Vec::new();
        let mut byte = [0_u8];
        while !head.ends_with(b"\r\n\r\n") {
            stream.read_exact(&mut byte).context("an answer's head")?;
            head.push(byte[0]);
            ensure!(head.len() < 16_384, "no end of an answer");
        }
        Ok(String::from_utf8_lossy(&head).into_owned())
    }

    fn shake_hands(&mut self, host: &str, trusted: &Authority, patience: Duration) -> Result<Seen> {
        let Self::Plain(stream) = std::mem::replace(self, Self::Shut) else {
            bail!("no connection for a handshake");
        };
        stream.set_read_timeout(Some(patience))?;
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_file(&trusted.ca)?)?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from(host.to_owned())?;
        let client = ClientConnection::new(Arc::new(config), name)?;
        let mut tls = StreamOwned::new(client, stream);
        while tls.conn.is_handshaking() {
            if let Err(error) = tls.conn.complete_io(&mut tls.sock) {
                let text = error.to_string();
                let is_untrusted = text.contains("UnknownIssuer") || text.contains("BadSignature");
                return Ok(if is_untrusted {
                    Seen::Untrusted
                } else {
                    Seen::Broken(error.into())
                });
            }
        }
        tls.sock.set_read_timeout(Some(ANSWER))?;
        let own = CertificateDer::from_pem_file(&trusted.cert)?;
        let shown = tls.conn.peer_certificates().and_then(|chain| chain.first());
        let is_own = shown == Some(&own);
        *self = Self::Tls(Box::new(tls));
        Ok(if is_own {
            Seen::Host
        } else {
            Seen::TrustedOther
        })
    }

    fn write(&mut self, words: &[u8]) -> io::Result<()> {
        let stream = self.stream()?;
        stream.write_all(words)?;
        stream.flush()
    }

    /// Says something, if there is anything to say, and hears the first thing that comes within so long.
    pub fn say(&mut self, words: &[u8], patience: Duration) -> Result<Seen> {
        if !words.is_empty() {
            self.write(words)?;
        }
        self.hear(patience)
    }

    fn hear(&mut self, patience: Duration) -> Result<Seen> {
        self.tcp()?.set_read_timeout(Some(patience))?;
        let mut chunk = [0_u8; 2048];
        let seen = match self.stream()?.read(&mut chunk) {
            Ok(0) => Seen::Closed,
            Ok(length) => Seen::Says(chunk[..length].into()),
            Err(error) => match error.kind() {
                // TLS that ends without its own close.
                ErrorKind::UnexpectedEof => Seen::Closed,
                ErrorKind::ConnectionReset => Seen::Reset,
                ErrorKind::WouldBlock | ErrorKind::TimedOut => Seen::Silence,
                _ => return Err(error.into()),
            },
        };
        self.tcp()?.set_read_timeout(Some(ANSWER))?;
        Ok(seen)
    }

    /// Whether a WebSocket on which these talk lasts for longer than so long.
    fn lasts(&mut self, talks: Talks, after: Duration) -> Result<bool> {
        let end = Instant::now() + after + after / 2;
        match talks {
            // A tenth of it is the longest gap between two events.
            Talks::Relay => self.write(&ask_to_watch("page", after * 6, "plain-sockets-page"))?,
            Talks::Agent => self.write(&ask_to_watch("relay", after * 6, "plain-sockets-relay"))?,
            Talks::Both => {}
        }
        while Instant::now() < end {
            let patience = after / 4;
            let seen = match talks {
                Talks::Relay => self.hear(patience)?,
                Talks::Agent => {
                    // Of what is closed already, writing tells as well.
                    if self.write(&ask_for_note()).is_err() {
                        return Ok(false);
                    }
                    self.hear(patience)?
                }
                Talks::Both => {
                    self.write(&ask_for_pong())?;
                    thread::sleep(patience);
                    self.hear(SILENCE)?
                }
            };
            if matches!(seen, Seen::Closed | Seen::Reset) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn stream(&mut self) -> io::Result<&mut dyn Stream> {
        match self {
            Self::Shut => Err(ErrorKind::NotConnected.into()),
            Self::Plain(stream) => Ok(stream),
            Self::Tls(stream) => Ok(stream.as_mut()),
        }
    }

    fn tcp(&self) -> io::Result<&TcpStream> {
        match self {
            Self::Shut => Err(ErrorKind::NotConnected.into()),
            Self::Plain(stream) => Ok(stream),
            Self::Tls(stream) => Ok(&stream.sock),
        }
    }
}

/// One attempt to connect, and how long it took. The standard library sometimes sees that a connection was turned down
/// before the kernel says why ("no error set after POLLHUP"): that is asked again.
pub fn attempt(to: &SocketAddr, within: Duration) -> (io::Result<TcpStream>, Duration) {
    const TRIES: usize = 3;
    let mut tries = 0;
    loop {
        let started = Instant::now();
        let result = TcpStream::connect_timeout(to, within);
        let taken = started.elapsed();
        tries += 1;
        let has_no_reason = result.as_ref().is_err_and(|error| {
            error.raw_os_error().is_none() && error.kind() != ErrorKind::TimedOut
        });
        if !has_no_reason || tries == TRIES {
            return (result, taken);
        }
    }
}

/// Somebody who trusts the very certificate with this flaw.
fn trusting(flaw: Flaw, authority: &Authority) -> Result<Authority> {
    let folder = authority.ca.parent().context("the lab's folder")?;
    let (ca, _) = flaw.files(folder);
    Ok(Authority {
        cert: ca.clone(),
        ca,
        ..authority.clone()
    })
}
