//! Name servers that go wrong: a server of our own, to which the agent's questions are bent, says the
//! wrong thing for some names and asks the real one for all others.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddrV4, UdpSocket};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use reachcheck_model::catalogue::Kind;
use serde::{Deserialize, Serialize};

use self::answers::{A, AAAA, answer, name_and_type, with_addresses, with_ipv6_addresses};
use crate::addresses;
use crate::ipv6;
use crate::namespaces::{ChildProcess, Namespace, spawn};
use crate::wait::{listens_udp, wait_until};

mod answers;

/// The helper's name on the command line; its arguments are the real server's address, a port and a file.
pub const HELPER: &str = "lab-names";

/// Where what the agent is told is said.
const PORT: u16 = 5353;
/// Where what the relay is told is said.
const RELAY_PORT: u16 = 5354;

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
    /// Every endpoint's name has all of its addresses, for agent and relay; they come in the same order each time.
    pub several: bool,
    /// Every host has an IPv6 address beside each of its others, and there is a way there.
    pub ipv6: bool,
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
        let told = Told::new(self);
        if told == Told::default() {
            return Ok(Vec::new());
        }
        let namespace = if self.far {
            Namespace::Outside
        } else {
            Namespace::Gateway
        };
        let mut running = vec![serve(namespace, self.server(), PORT, &told, folder)?];
        take_questions(namespace, addresses::AGENT, PORT)?;
        let outside = Told {
            wrong: if self.everywhere {
                told.wrong
            } else {
                Vec::new()
            },
            several: told.several,
            six: told.six,
        };
        if outside != Told::default() {
            let (namespace, server) = (Namespace::Outside, addresses::OUTSIDE_DNS);
            running.push(serve(namespace, server, RELAY_PORT, &outside, folder)?);
            take_questions(namespace, addresses::RELAY, RELAY_PORT)?;
        }
        Ok(running)
    }
}

/// What somebody is told of names beside what is so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Told {
    /// What is wrong.
    wrong: Vec<(String, DnsOverride)>,
    /// Names with several addresses.
    several: Vec<(String, Vec<Ipv4Addr>)>,
    /// Names with IPv6 addresses.
    six: Vec<(String, Vec<Ipv6Addr>)>,
}

impl Told {
    fn new(names: &Names) -> Self {
        let mut told = Self::default();
        for (region, kind, wrong) in &names.told {
            let host = addresses::place(region, *kind).host;
            told.wrong.push((host, *wrong));
        }
        if names.dead_ipv6 {
            let all = addresses::names().into_iter();
            let wrong = all.map(|(name, _)| (name, DnsOverride::AlsoDeadIpv6));
            told.wrong.extend(wrong);
        }
        if names.several {
            let places = addresses::places().into_iter();
            let several = places.map(|place| (place.host.clone(), place.all().to_vec()));
            told.several.extend(several);
        }
        if names.ipv6 {
            let own = addresses::names().into_iter();
            let own = own.map(|(name, own)| {
                let several = told.several.iter().find(|(host, _)| *host == name);
                let four = several.map_or_else(|| vec![own], |(_, several)| several.clone());
                (name, four.into_iter().map(ipv6::beside).collect())
            });
            told.six = own.collect();
        }
        told
    }

    /// What is said to a question, if it is not the truth; what is wrong goes before.
    fn said(&self, question: &[u8]) -> Option<Said> {
        let (name, kind) = name_and_type(question)?;
        let wrong = self.wrong.iter().find(|(host, _)| *host == name);
        let wrong = wrong.map(|(_, told)| *told);
        let wrong = wrong.filter(|told| *told != DnsOverride::AlsoDeadIpv6 || kind == AAAA);
        if let Some(wrong) = wrong {
            return Some(Said(answer(question, wrong, kind)));
        }
        let six = self.six.iter().find(|(host, _)| *host == name);
        if let Some((_, six)) = six.filter(|_| kind == AAAA) {
            return Some(Said(with_ipv6_addresses(question, six)));
        }
        let several = self.several.iter().find(|(host, _)| *host == name);
        let (_, addresses) = several.filter(|_| kind == A)?;
        Some(Said(with_addresses(question, addresses)))
    }
}

/// An answer, or silence.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Said(Option<Vec<u8>>);

fn serve(
    namespace: Namespace,
    real: Ipv4Addr,
    port: u16,
    told: &Told,
    folder: &Path,
) -> Result<ChildProcess> {
    let file = folder.join(format!("names-{port}.json"));
    std::fs::write(&file, serde_json::to_string(told)?)?;
    let me = std::env::current_exe()?;
    let mut command = namespace.command(&me.to_string_lossy());
    command
        .arg(HELPER)
        .args([real.to_string(), port.to_string()]);
    command.arg(file);
    let log = folder.join("wrong-names.log");
    let mut running = spawn(command, &log)?;
    wait_until("the wrong name server", &mut running, &log, || {
        listens_udp(namespace, port)
    })?;
    Ok(running)
}

/// Bends somebody's questions to the server that says the wrong thing.
fn take_questions(namespace: Namespace, asker: Ipv4Addr, port: u16) -> Result<()> {
    namespace.nft(&format!(
        "add table ip lab_names\n\
         add chain ip lab_names take {{ type nat hook prerouting priority -100; }}\n\
         add rule ip lab_names take ip saddr {asker}/32 udp dport 53 redirect to :{port}\n"
    ))
}

/// Serves until it is killed.
///
/// # Errors
/// If the port is taken or the file cannot be read.
pub fn run(arguments: &[String]) -> Result<()> {
    let [server, port, file] = arguments else {
        anyhow::bail!("the real server's address, a port and a file");
    };
    let real = SocketAddrV4::new(server.parse()?, 53);
    let told: Told = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    let socket = Arc::new(UdpSocket::bind((Ipv4Addr::UNSPECIFIED, port.parse()?))?);
    let mut packet = [0_u8; 1500];
    loop {
        let (length, asker) = socket.recv_from(&mut packet)?;
        let question = packet[..length].to_vec();
        match told.said(&question) {
            Some(Said(Some(answer))) => drop(socket.send_to(&answer, asker)?),
            Some(Said(None)) => (),
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

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::answers::AAAA;
    use super::answers::tests::question;
    use super::{DnsOverride, Said, Told};

    #[test]
    fn what_is_wrong_goes_before_several_addresses() {
        let several = vec![Ipv4Addr::new(10, 0, 0, 1), Ipv4Addr::new(10, 0, 0, 2)];
        let mut told = Told {
            several: vec![("pop0.example".to_owned(), several)],
            ..Told::default()
        };
        let mut question = question();
        let Some(Said(Some(both))) = told.said(&question) else {
            panic!("no answer");
        };
        assert_eq!(both[6..8], [0, 2]);
        assert!(both.ends_with(&[0, 4, 10, 0, 0, 2]));
        told.wrong
            .push(("pop0.example".to_owned(), DnsOverride::Silence));
        assert_eq!(told.said(&question), Some(Said(None)));
        told.wrong[0].1 = DnsOverride::AlsoDeadIpv6;
        assert_eq!(told.said(&question), Some(Said(Some(both))));
        let kind = question.len() - 3;
        question[kind] = u8::try_from(AAAA).expect("28");
        let Some(Said(Some(six))) = told.said(&question) else {
            panic!("no answer");
        };
        assert_eq!(six[6..8], [0, 1]);
    }
}
