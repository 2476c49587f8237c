//! That each proxy and each box does what its name says, shown by plain sockets from the agent's computer.

use std::net::{SocketAddrV4, TcpStream, ToSocketAddrs as _};
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use nix::errno::Errno;
use reachcheck_model::catalogue::Kind;

use super::look;
use crate::addresses;
use crate::authority::Authority;
use crate::middlebox::{Middlebox, PAC_URL, SIGN_IN};
use crate::proxy::{Proxy, Stands, Told};
use crate::sockets::{Answers, Opened, closes_within, connect, get, open, shake_hands, tunnel};
use crate::squid::{Bump, Policy};

impl Proxy {
    /// Shows it.
    ///
    /// # Errors
    /// With what is otherwise.
    pub fn shows(&self, authority: &Authority) -> Result<()> {
        // What does not pass takes as long as silence does.
        look::together(
            || self.shows_itself(authority),
            || self.shows_direct(),
            || Ok(()),
        )
    }

    fn shows_direct(&self) -> Result<()> {
        let endpoint = addresses::place("toronto", Kind::Https);
        let direct = connect(SocketAddrV4::new(endpoint.address, 443))?;
        ensure!(
            matches!(direct, Opened::Open(..)) == self.direct_passes,
            "direct: {direct:?}"
        );
        Ok(())
    }

    fn shows_itself(&self, authority: &Authority) -> Result<()> {
        if self.told != Told::Explicit {
            self.shows_pac()?;
        }
        let opens = |is_near| look::at_distance(is_near, || open(self.address())).map(drop);
        match &self.stands {
            Stands::Squid(policy) => {
                opens(true)?;
                self.shows_policy(policy, authority)
            }
            Stands::FarSquid(policy) => {
                opens(false)?;
                self.shows_policy(policy, authority)
            }
            Stands::Nothing => look::fails(self.address(), Errno::ECONNREFUSED, true),
            Stands::Silence => look::is_silent(self.address()),
        }
    }

    fn shows_pac(&self) -> Result<()> {
        let place = SocketAddrV4::new(addresses::GATEWAY, 8081);
        let (mut stream, _) = open(place)?;
        let path = PAC_URL.rsplit_once('/').context("a path")?.1;
        let head = get(&mut stream, "10.0.0.1", &format!("/{path}"))?;
        ensure!(
            head.starts_with("HTTP/1.1 200") && head.contains("x-ns-proxy-autoconfig"),
            "{head}"
        );
        Ok(())
    }

    fn shows_policy(&self, policy: &Policy, authority: &Authority) -> Result<()> {
        let ask = |host: &str, port: u16| tunnel(self.address(), host, port);
        let says = |host: &str, port: u16, status: &str| -> Result<()> {
            let (_, head) = ask(host, port)?;
            ensure!(head.starts_with(status), "{host}:{port}: {head}");
            Ok(())
        };
        let endpoint = addresses::place("virginia", Kind::Https).host;
        if policy.wants_login {
            let (_, head) = ask(&endpoint, 443)?;
            ensure!(
                head.starts_with("HTTP/1.1 407") && head.contains("Proxy-Authenticate: Basic"),
                "{head}"
            );
            // Whether the relay is there at all is the world's affair.
            let (_, head) = ask(addresses::RELAY_NAME, 443)?;
            ensure!(!head.starts_with("HTTP/1.1 407"), "{head}");
            return Ok(());
        }
        if policy.only_443 {
            says(addresses::RELAY_NAME, 5222, "HTTP/1.1 403")?;
            says(addresses::RELAY_NAME, 80, "HTTP/1.1 403")?;
        }
        let (stream, head) = ask(&endpoint, 443)?;
        ensure!(head.starts_with("HTTP/1.1 200"), "{endpoint}: {head}");
        answers_by(policy, shake_hands(stream, &endpoint, authority)?)?;
        for denied in &policy.denies {
            let (stream, head) = ask(denied, 443)?;
            if policy.bump.is_none() {
                ensure!(head.starts_with("HTTP/1.1 403"), "{denied}: {head}");
            } else {
                shows_block_page(shake_hands(stream, denied, authority)?, denied)?;
            }
        }
        for spared in &policy.spares {
            let (stream, _) = ask(spared, 443)?;
            let answers = shake_hands(stream, spared, authority)?;
            ensure!(matches!(answers, Answers::Host(_)), "{spared}: {answers:?}");
        }
        if let Some(seconds) = policy.idle_cut_s {
            let cut = Duration::from_secs(seconds);
            let silent = || {
                // This host waits for a greeting as long as it takes.
                let (stream, _) = ask(&endpoint, 443)?;
                let taken = closes_within(stream, cut + Duration::from_secs(5))?;
                ensure!(
                    taken + Duration::from_secs(2) > cut,
                    "cut after {taken:?}, not {cut:?}"
                );
                Ok(())
            };
            let talking = || {
                let (stream, _) = ask(&endpoint, 443)?;
                let Answers::Host(mut tls) = shake_hands(stream, &endpoint, authority)? else {
                    bail!("{endpoint}: somebody else");
                };
                for _ in 0..6 {
                    std::thread::sleep(cut / 4);
                    look::ask(&mut *tls, &endpoint, "/", "").context("one that talks")?;
                }
                Ok(())
            };
            look::together(silent, talking, || Ok(()))?;
        }
        Ok(())
    }
}

impl Middlebox {
    /// Shows it.
    ///
    /// # Errors
    /// With what is otherwise.
    pub fn shows(&self, authority: &Authority) -> Result<()> {
        let endpoint = addresses::place("virginia", Kind::Https);
        let at = |port| SocketAddrV4::new(endpoint.address, port);
        match self {
            Self::Inspects(policy) => {
                let stream = accepted_near(at(443))?;
                answers_by(policy, shake_hands(stream, &endpoint.host, authority)?)?;
                for denied in &policy.denies {
                    let place = addresses::places().into_iter();
                    let place = place.into_iter().find(|place| place.host == *denied);
                    let place = place.context("an endpoint's host")?;
                    let (stream, _) = open(SocketAddrV4::new(place.address, 443))?;
                    shows_block_page(shake_hands(stream, denied, authority)?, denied)?;
                }
                Ok(())
            }
            Self::TcpProxy { dead } => {
                let stream = accepted_near(at(443))?;
                let answers = shake_hands(stream, &endpoint.host, authority)?;
                ensure!(matches!(answers, Answers::Host(_)), "{answers:?}");
                for (region, kind) in dead {
                    let place = addresses::place(region, *kind);
                    let stream = accepted_near(SocketAddrV4::new(place.address, 443))?;
                    closes_within(stream, Duration::from_secs(5))?;
                }
                Ok(())
            }
            Self::Portal => {
                look::fails(at(443), Errno::ECONNREFUSED, true)?;
                shows_sign_in(&endpoint.host, at(80))
            }
            Self::Takes(port) => {
                let mut stream = accepted_near(at(*port))?;
                let head = get(&mut stream, &endpoint.host, "/anything")?;
                ensure!(head.starts_with("HTTP/1.1 302"), "{head}");
                look::is_well(&endpoint, authority)
            }
            Self::EndsIdle(ms, ends) => {
                super::idle::ends(Duration::from_millis(*ms), *ends, authority)
            }
            Self::PortalWithCertificate => {
                let stream = accepted_near(at(443))?;
                let answers = shake_hands(stream, &endpoint.host, authority)?;
                ensure!(matches!(answers, Answers::Untrusted), "{answers:?}");
                shows_sign_in(&endpoint.host, at(80))
            }
        }
    }
}

/// A connection that something near accepts, whoever is meant.
fn accepted_near(to: SocketAddrV4) -> Result<TcpStream> {
    look::at_distance(true, || open(to)).context("accepted")
}

fn answers_by(policy: &Policy, answers: Answers) -> Result<()> {
    match (policy.bump, answers) {
        (None, Answers::Host(_))
        | (Some(Bump::Trusted), Answers::TrustedOther(_))
        | (Some(Bump::Untrusted), Answers::Untrusted) => Ok(()),
        (bump, other) => bail!("{bump:?}: {other:?}"),
    }
}

fn shows_block_page(answers: Answers, host: &str) -> Result<()> {
    let Answers::TrustedOther(mut tls) = answers else {
        bail!("{host}: {answers:?}");
    };
    let head = get(&mut tls, host, "/")?;
    ensure!(head.starts_with("HTTP/1.1 403"), "{host}: {head}");
    Ok(())
}

fn shows_sign_in(host: &str, at: SocketAddrV4) -> Result<()> {
    // DNS answers.
    ensure!((host, 80).to_socket_addrs()?.next().is_some(), "{host}");
    let (mut stream, _) = open(at)?;
    let head = get(&mut stream, host, "/anything")?;
    ensure!(
        head.starts_with("HTTP/1.1 302") && head.contains(SIGN_IN),
        "{head}"
    );
    Ok(())
}
