//! That the hosts outside are as a world says: off, slow, speaking one dialect or another, and where the page
//! is.

use std::net::{Ipv4Addr, SocketAddrV4};
use std::time::SystemTime;

use anyhow::{Context as _, Result, bail, ensure};
use nix::errno::Errno;
use reachcheck_model::catalogue::Kind;

use super::hear::{self, Heard};
use super::look;
use super::manner::{after_tls, is_slow};
use super::relay::{challenge, is_off_for_all};
use crate::addresses;
use crate::authority::Authority;
use crate::namespaces::Namespace;
use crate::servers::{Dialect, Hosts};
use crate::world::Hosting;

impl Hosts {
    /// Shows what is not usual.
    ///
    /// # Errors
    /// With what is otherwise.
    pub fn shows(&self, authority: &Authority) -> Result<()> {
        for odd in &self.odd {
            odd.shows(authority)?;
        }
        for region in &self.off {
            is_off(region, authority).with_context(|| region.clone())?;
        }
        for (region, ms) in &self.slow {
            is_slow(&addresses::place(region, Kind::Https), *ms, authority)?;
            look::neighbours_are_well(region, Kind::Https, authority)?;
        }
        if self.dialect != Dialect::default() {
            self.dialect.shows(authority)?;
        }
        if self.clock_ahead_s > 0 {
            self.clock_is_ahead(authority)?;
            look::endpoints_are_well(authority)?;
        }
        Ok(())
    }

    /// By the `Date` of the page's host; minutes do not matter.
    fn clock_is_ahead(&self, authority: &Authority) -> Result<()> {
        let (head, _) = page_file("", authority)?;
        let date = head.lines().find_map(|line| line.strip_prefix("Date: "));
        let date = httpdate::parse_http_date(date.context("a date")?)?;
        let ahead = date.duration_since(SystemTime::now()).unwrap_or_default();
        let error = ahead.as_secs().abs_diff(self.clock_ahead_s);
        ensure!(error < 120, "ahead by {ahead:?}");
        Ok(())
    }
}

/// Both its ports are closed, for everybody.
fn is_off(region: &str, authority: &Authority) -> Result<()> {
    let are_closed = |is_near| {
        for kind in [Kind::Https, Kind::Tcp] {
            let to = look::at(&addresses::place(region, kind));
            look::fails(to, Errno::ECONNREFUSED, is_near)?;
        }
        Ok(())
    };
    let other = if region == "seattle" {
        "toronto"
    } else {
        "seattle"
    };
    look::together(
        || are_closed(false),
        || look::from(Namespace::Relay, || are_closed(true)),
        || {
            look::is_well(&addresses::place(other, Kind::Https), authority)?;
            look::is_well(&addresses::place(other, Kind::Tcp), authority)
        },
    )
}

impl Dialect {
    /// Shows it at one TCP endpoint; HTTPS endpoints have none.
    fn shows(self, authority: &Authority) -> Result<()> {
        let place = addresses::place("toronto", Kind::Tcp);
        look::is_well(&addresses::place("toronto", Kind::Https), authority)?;
        let should = match self {
            Self::TlsHttp => return look::is_well(&place, authority),
            Self::TlsCloses => return after_tls(&place, &Heard::Closed, authority),
            Self::PlainCloses => Heard::Closed,
            Self::PlainAnswers => Heard::Bytes(b"ERR unknown greeting\r\n".to_vec()),
            Self::PlainWaits => Heard::Silence,
        };
        let (mut stream, _) = look::open(look::at(&place))?;
        let (heard, taken) = hear::say(&mut stream, &hear::hello(300))?;
        ensure!(
            heard == should && taken > look::PATH,
            "{heard:?} after {taken:?}, not {should:?}"
        );
        Ok(())
    }
}

impl Hosting {
    /// Shows where the page comes from, and which relay it is told of.
    ///
    /// # Errors
    /// With what is otherwise.
    pub fn shows(self, authority: &Authority) -> Result<()> {
        match self {
            Self::Apart => {
                let (_, config) = page_file("config.json", authority)?;
                let config = String::from_utf8_lossy(&config).into_owned();
                ensure!(config.contains(addresses::RELAY_NAME), "{config}");
                challenge(443, authority).map(drop)
            }
            Self::WithoutRelay => {
                let (_, config) = page_file("config.json", authority)?;
                ensure!(config == b"{}", "{}", String::from_utf8_lossy(&config));
                is_off_for_all(&[443], authority)
            }
            Self::Loopback => {
                let to = SocketAddrV4::new(Ipv4Addr::LOCALHOST, 8080);
                let (mut stream, _) = look::open(to)?;
                let (head, _) = look::ask(&mut stream, "127.0.0.1:8080", "/", "")?;
                ensure!(head.starts_with("HTTP/1.1 200"), "{head}");
                let path = "/relay/v1/challenge?nonce=plain-sockets";
                let (head, body) = look::ask(&mut stream, "127.0.0.1:8080", path, "")?;
                ensure!(head.starts_with("HTTP/1.1 200"), "{head}");
                let challenge: serde_json::Value = serde_json::from_slice(&body)?;
                ensure!(challenge["outside"] == false, "{challenge}");
                look::endpoints_are_well(authority)
            }
        }
    }
}

/// A file of the page, from its host; an empty name is the page itself.
fn page_file(name: &str, authority: &Authority) -> Result<(String, Vec<u8>)> {
    let to = SocketAddrV4::new(addresses::PAGE, 443);
    let mut tls = look::tls_at(to, addresses::PAGE_NAME, authority)?;
    let path = format!("/app/{name}");
    let answer = look::ask(&mut tls, addresses::PAGE_NAME, &path, "")?;
    if !answer.0.starts_with("HTTP/1.1 200") {
        bail!("{path}: {}", answer.0);
    }
    Ok(answer)
}
