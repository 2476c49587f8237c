//! Name servers that go wrong: a server of our own, to which the agent's questions are bent, says the
//! wrong thing for some names and asks the real one for all others.

use std::net::{Ipv4Addr, SocketAddrV4, UdpSocket};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use reachcheck_model::catalogue::Kind;
use serde::{Deserialize, Serialize};

use crate::addresses;
use crate::namespaces::{ChildProcess, Namespace, spawn};
use crate::wait::{listens_udp, wait_until};

/// The helper's name on the command line; its arguments are the real server's address and a file.
pub const HELPER: &str = "lab-names";

const PORT: u16 = 5353;

/// What the agent is told of one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DnsOverride {
    /// There is no such name.
    NxDomain,
    /// The server failed.
    ServFail,
    /// There is such a name, but no address.
    NoData,
    /// Nothing at all.
    Silence,
    /// This address.
    Address(Ipv4Addr),
    /// Its own address, and an IPv6 address that nothing answers at.
    AlsoDeadIpv6,
}

/// What the agent's name server does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// The agent asks the server outside, a round trip away, instead of its gateway's.
    pub far: bool,
    /// What it is told of an endpoint's name.
    pub told: Vec<(&'static str, Kind, DnsOverride)>,
    /// The relay is told the same.
    pub everywhere: bool,
    /// Every host has an IPv6 address as well, at which nothing answers.
    pub dead_ipv6: bool,
}

impl Names {
    /// One endpoint's name is told wrong.
    #[must_use]
    pub fn wrong(region: &'static str, kind: Kind, told: DnsOverride) -> Self {
        Self {
            told: vec![(region, kind, told)],
            ..Self::default()
        }
    }

    /// The relay is told the same.
    #[must_use]
    pub const fn everywhere(mut self) -> Self {
        self.everywhere = true;
        self
    }

    /// The same by a server a round trip away.
    #[must_use]
    pub const fn asked_far(mut self) -> Self {
        self.far = true;
        self
    }

    /// Whether this world overrides any DNS answer. A browser that was told so is not used again: it caches names.
    #[must_use]
    pub fn differ(&self) -> bool {
        *self != Self::default()
    }

    /// The address of the agent's name server.
    #[must_use]
    pub const fn server(&self) -> Ipv4Addr {
        if self.far {
            addresses::OUTSIDE_DNS
        } else {
            addresses::GATEWAY
        }
    }

    /// Puts the server into the way of the agent's questions, if it has something to say.
    ///
    /// # Errors
    /// With what did not come up.
    pub fn start(&self, folder: &Path) -> Result<Vec<ChildProcess>> {
        if self.told.is_empty() && !self.dead_ipv6 {
            return Ok(Vec::new());
        }
        let mut told: Vec<(String, DnsOverride)> = self
            .told
            .iter()
            .map(|(region, kind, told)| (addresses::place(region, *kind).host, *told))
            .collect();
        if self.dead_ipv6 {
            let names = addresses::names().into_iter();
            told.extend(names.map(|(name, _)| (name, DnsOverride::AlsoDeadIpv6)));
        }
        let file = folder.join("names.json");
        std::fs::write(&file, serde_json::to_string(&told)?)?;
        let namespace = if self.far {
            Namespace::Outside
        } else {
            Namespace::Gateway
        };
        let mut running = vec![serve(namespace, self.server(), &file, folder)?];
        take_questions(namespace, addresses::AGENT)?;
        if self.everywhere {
            if namespace != Namespace::Outside {
                let server = addresses::OUTSIDE_DNS;
                running.push(serve(Namespace::Outside, server, &file, folder)?);
            }
            take_questions(Namespace::Outside, addresses::RELAY)?;
        }
        Ok(running)
    }
}

fn serve(namespace: Namespace, real: Ipv4Addr, file: &Path, folder: &Path) -> Result<ChildProcess> {
    let me = std::env::current_exe()?;
    let mut command = namespace.command(&me.to_string_lossy());
    command.arg(HELPER).arg(real.to_string()).arg(file);
    let log = folder.join("wrong-names.log");
    let mut running = spawn(command, &log)?;
    wait_until("the wrong name server", &mut running, &log, || {
        listens_udp(namespace, PORT)
    })?;
    Ok(running)
}

/// Bends somebody's questions to the server that says the wrong thing.
fn take_questions(namespace: Namespace, asker: Ipv4Addr) -> Result<()> {
    namespace.nft(&format!(
        "add table ip lab_names\n\
         add chain ip lab_names take {{ type nat hook prerouting priority -100; }}\n\
         add rule ip lab_names take ip saddr {asker}/32 udp dport 53 redirect to :{PORT}\n"
    ))
}

/// Serves until it is killed.
///
/// # Errors
/// If the port is taken or the file cannot be read.
pub fn run(arguments: &[String]) -> Result<()> {
    let [server, file] = arguments else {
        anyhow::bail!("the real server's address and a file");
    };
    let real = SocketAddrV4::new(server.parse()?, 53);
    let told: Vec<(String, DnsOverride)> = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    let socket = Arc::new(UdpSocket::bind((Ipv4Addr::UNSPECIFIED, PORT))?);
    let mut packet = [0_u8; 1500];
    loop {
        let (length, asker) = socket.recv_from(&mut packet)?;
        let question = packet[..length].to_vec();
        let wrong = name_and_type(&question).and_then(|(name, kind)| {
            let (_, told) = told.iter().find(|(host, _)| *host == name)?;
            let is_wrong = *told != DnsOverride::AlsoDeadIpv6 || kind == AAAA;
            is_wrong.then_some((*told, kind))
        });
        match wrong {
            Some((told, kind)) => {
                if let Some(answer) = answer(&question, told, kind) {
                    socket.send_to(&answer, asker)?;
                }
            }
            None => {
                let socket = socket.clone();
                std::thread::spawn(move || -> Result<()> {
                    let upstream = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))?;
                    upstream.set_read_timeout(Some(Duration::from_secs(2)))?;
                    upstream.send_to(&question, real)?;
                    let mut packet = [0_u8; 1500];
                    let length = upstream.recv(&mut packet).context("the real server")?;
                    socket.send_to(&packet[..length], asker)?;
                    Ok(())
                });
            }
        }
    }
}

/// Where the question's name begins (RFC 1035 section 4.1.1).
const HEADER: usize = 12;
/// Type A (RFC 1035 section 3.2.2).
const A: u16 = 1;
/// Type AAAA (RFC 3596 section 2.1).
const AAAA: u16 = 28;

/// The name that is asked for, in lower case, and the type.
fn name_and_type(question: &[u8]) -> Option<(String, u16)> {
    let mut labels = Vec::new();
    let mut at = HEADER;
    loop {
        let length = usize::from(*question.get(at)?);
        at += 1;
        if length == 0 {
            break;
        }
        labels.push(String::from_utf8_lossy(question.get(at..at + length)?).to_lowercase());
        at += length;
    }
    let kind = question.get(at..at + 2)?;
    Some((labels.join("."), u16::from_be_bytes([kind[0], kind[1]])))
}

/// The wrong answer, if there is to be any.
fn answer(question: &[u8], told: DnsOverride, kind: u16) -> Option<Vec<u8>> {
    let code = match told {
        DnsOverride::Silence => return None,
        DnsOverride::NxDomain => 3,
        DnsOverride::ServFail => 2,
        DnsOverride::NoData | DnsOverride::Address(_) | DnsOverride::AlsoDeadIpv6 => 0,
    };
    // The question ends after its name's last, empty label, its type and its class.
    let name_end = HEADER + question.get(HEADER..)?.iter().position(|byte| *byte == 0)?;
    let mut answer = question.get(..name_end + 5)?.to_vec();
    // A response, recursion asked for and available; one question, nothing beyond it.
    answer[2] = 0x81;
    answer[3] = 0x80 | code;
    answer[4..HEADER].copy_from_slice(&[0, 1, 0, 0, 0, 0, 0, 0]);
    if let DnsOverride::Address(address) = told
        && kind == A
    {
        answer[7] = 1;
        // The name is the question's; type A, class IN, for a minute, four bytes.
        answer.extend([0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4]);
        answer.extend(address.octets());
    }
    if told == DnsOverride::AlsoDeadIpv6 && kind == AAAA {
        answer[7] = 1;
        answer.extend([0xc0, 0x0c, 0, 28, 0, 1, 0, 0, 0, 60, 0, 16]);
        answer.extend(addresses::DEAD_IPV6.octets());
    }
    Some(answer)
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::{A, DnsOverride, answer, name_and_type};

    fn question() -> Vec<u8> {
        let mut packet = vec![0xab, 0xcd, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        for label in ["Pop0", "example"] {
            packet.push(u8::try_from(label.len()).expect("short"));
            packet.extend(label.bytes());
        }
        packet.extend([0, 0, 1, 0, 1]);
        packet
    }

    #[test]
    fn questions_are_read() {
        assert_eq!(
            name_and_type(&question()),
            Some(("pop0.example".to_owned(), A))
        );
        assert_eq!(name_and_type(&question()[..15]), None);
    }

    #[test]
    fn answers_say_what_they_are_told_to() {
        let said = |told| answer(&question(), told, A);
        assert_eq!(said(DnsOverride::Silence), None);
        assert_eq!(
            said(DnsOverride::NxDomain).map(|packet| packet[3] & 15),
            Some(3)
        );
        let four = said(DnsOverride::Address(Ipv4Addr::new(10, 0, 0, 1))).expect("an answer");
        assert!(four.ends_with(&[0, 4, 10, 0, 0, 1]));
        let none = said(DnsOverride::NoData).expect("an answer");
        assert_eq!(none[6..8], [0, 0]);
    }
}
