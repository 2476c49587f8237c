//! That each proxy and each box does what its name says, shown by plain sockets from the agent's computer.

use std::net::{SocketAddrV4, ToSocketAddrs as _};
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use reachcheck_core::catalogue::Kind;

use crate::addresses;
use crate::authority::Authority;
use crate::middlebox::{Middlebox, PAC_URL, SIGN_IN};
use crate::proxy::{Proxy, Stands, Told};
use crate::sockets::{Answers, Opened, closes_within, connect, get, open, shake_hands, tunnel};
use crate::squid::{Bump, Policy};

/// Less than any round trip over the path.
const NEARBY: Duration = Duration::from_millis(30);

/// A bit less than the path's round trip, for clocks that round.
const PATH: Duration = Duration::from_millis(75);

impl Proxy {
    /// Shows it.
    ///
    /// # Errors
    /// With what is otherwise.
    pub fn shows(&self, authority: &Authority) -> Result<()> {
        let endpoint = addresses::place("toronto", Kind::Https);
        let direct = connect(SocketAddrV4::new(endpoint.address, 443))?;
        ensure!(
            matches!(direct, Opened::Open(..)) == self.direct_passes,
            "direct: {direct:?}"
        );
        if self.told != Told::Explicit {
            self.shows_pac()?;
        }
        let opened = connect(self.address())?;
        match (&self.stands, opened) {
            (Stands::Squid(policy), Opened::Open(_, taken)) => {
                ensure!(taken < NEARBY, "the proxy is {taken:?} away");
                self.shows_policy(policy, authority)
            }
            (Stands::FarSquid(policy), Opened::Open(_, taken)) => {
                ensure!(taken > PATH, "the proxy is {taken:?} away");
                self.shows_policy(policy, authority)
            }
            (Stands::Nothing, Opened::Refused(taken)) => {
                ensure!(taken < NEARBY, "refused after {taken:?}");
                Ok(())
            }
            (Stands::Silence, Opened::Silent) => Ok(()),
            (_, other) => bail!("{:?}: {other:?}", self.stands),
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
            // This host waits for a greeting as long as it takes.
            let (stream, _) = ask(&endpoint, 443)?;
            let cut = Duration::from_secs(seconds);
            let taken = closes_within(stream, cut + Duration::from_secs(5))?;
            ensure!(
                taken + Duration::from_secs(2) > cut,
                "cut after {taken:?}, not {cut:?}"
            );
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
                let (stream, taken) = open(at(443))?;
                ensure!(taken < NEARBY, "accepted after {taken:?}");
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
                let (stream, taken) = open(at(443))?;
                ensure!(taken < NEARBY, "accepted after {taken:?}");
                let answers = shake_hands(stream, &endpoint.host, authority)?;
                ensure!(matches!(answers, Answers::Host(_)), "{answers:?}");
                for (region, kind) in dead {
                    let place = addresses::place(region, *kind);
                    let (stream, taken) = open(SocketAddrV4::new(place.address, 443))?;
                    ensure!(taken < NEARBY, "accepted after {taken:?}");
                    closes_within(stream, Duration::from_secs(5))?;
                }
                Ok(())
            }
            Self::Portal => {
                match connect(at(443))? {
                    Opened::Refused(taken) if taken < NEARBY => {}
                    other => bail!("443: {other:?}"),
                }
                shows_sign_in(&endpoint.host, at(80))
            }
            Self::Takes(port) => {
                let (mut stream, taken) = open(at(*port))?;
                ensure!(taken < NEARBY, "accepted after {taken:?}");
                let head = get(&mut stream, &endpoint.host, "/anything")?;
                ensure!(head.starts_with("HTTP/1.1 302"), "{head}");
                let (stream, _) = open(at(443))?;
                let answers = shake_hands(stream, &endpoint.host, authority)?;
                ensure!(matches!(answers, Answers::Host(_)), "{answers:?}");
                Ok(())
            }
            Self::PortalWithCertificate => {
                let (stream, taken) = open(at(443))?;
                ensure!(taken < NEARBY, "accepted after {taken:?}");
                let answers = shake_hands(stream, &endpoint.host, authority)?;
                ensure!(matches!(answers, Answers::Untrusted), "{answers:?}");
                shows_sign_in(&endpoint.host, at(80))
            }
        }
    }
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
