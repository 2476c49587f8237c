//! Proxies that the browser is told of, and what it is told.

use std::net::SocketAddrV4;
use std::path::Path;

use anyhow::Result;
use serde_json::{Value, json};

use crate::addresses;
use crate::authority::Authority;
use crate::middlebox;
use crate::namespaces::{ChildProcess, Namespace};
use crate::squid::{self, Policy, Seat};

/// The proxy of a world. While it stands, the gateway passes nothing else, unless the world says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proxy {
    /// What stands at the proxy's address.
    pub stands: Stands,
    /// How the browser learns of it.
    pub told: ProxySetting,
    /// The gateway passes what does not ask the proxy, too.
    pub direct_passes: bool,
}

/// What stands at the proxy's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stands {
    /// Squid on the gateway.
    Squid(Policy),
    /// Squid beyond the path, a round trip away.
    FarSquid(Policy),
    /// Nothing: the port is closed.
    Nothing,
    /// Something that never answers: packets to it vanish.
    Silence,
}

/// How the browser learns of the proxy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProxySetting {
    /// Host and port by hand.
    #[default]
    Explicit,
    /// By a PAC file that names the proxy alone.
    Pac,
    /// By a PAC file that names the proxy, then DIRECT.
    PacThenDirect,
}

/// What a browser is set to. It takes a new setting only when it starts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Setting {
    /// No proxy.
    #[default]
    Direct,
    /// This one for everything but this computer.
    Manual(SocketAddrV4),
    /// Whatever the PAC file at this URL says.
    Pac(String),
}

impl Proxy {
    /// Squid on the gateway, set by hand, and no other way out.
    #[must_use]
    pub const fn squid(policy: Policy) -> Self {
        Self {
            stands: Stands::Squid(policy),
            told: ProxySetting::Explicit,
            direct_passes: false,
        }
    }

    /// Where it is said to be.
    #[must_use]
    pub const fn address(&self) -> SocketAddrV4 {
        let host = match self.stands {
            Stands::FarSquid(_) => addresses::FAR_PROXY,
            Stands::Squid(_) | Stands::Nothing | Stands::Silence => addresses::GATEWAY,
        };
        SocketAddrV4::new(host, squid::PORT)
    }

    /// What the browser has to be set to.
    #[must_use]
    pub fn setting(&self) -> Setting {
        match self.told {
            ProxySetting::Explicit => Setting::Manual(self.address()),
            ProxySetting::Pac | ProxySetting::PacThenDirect => {
                Setting::Pac(middlebox::PAC_URL.to_owned())
            }
        }
    }

    /// Builds it.
    ///
    /// # Errors
    /// With what did not come up.
    pub fn start(&self, folder: &Path, authority: &Authority) -> Result<Vec<ChildProcess>> {
        let mut running = Vec::new();
        match &self.stands {
            Stands::Squid(policy) => {
                running.push(squid::start(folder, authority, policy, Seat::GATEWAY)?);
            }
            Stands::FarSquid(policy) => {
                let line = format!("ip addr replace {}/32 dev lo", addresses::FAR_PROXY);
                Namespace::Outside.run(&line)?;
                running.push(squid::start(folder, authority, policy, Seat::FAR)?);
            }
            Stands::Nothing => {}
            Stands::Silence => Namespace::Gateway.nft(&format!(
                "add table ip lab_proxy\n\
                 add chain ip lab_proxy silence {{ type filter hook input priority 0; }}\n\
                 add rule ip lab_proxy silence tcp dport {} drop\n",
                squid::PORT
            ))?,
        }
        if self.told != ProxySetting::Explicit {
            running.push(middlebox::start_pac(folder, &self.pac())?);
        }
        if !self.direct_passes {
            Namespace::Gateway.nft(&format!(
                "add table ip lab_proxy\n\
                 add chain ip lab_proxy only_way {{ type filter hook forward priority 0; }}\n\
                 add rule ip lab_proxy only_way iifname \"lan1\" ip daddr != {} drop\n",
                addresses::FAR_PROXY
            ))?;
        }
        Ok(running)
    }

    fn pac(&self) -> String {
        let otherwise = match self.told {
            ProxySetting::PacThenDirect => "; DIRECT",
            ProxySetting::Explicit | ProxySetting::Pac => "",
        };
        let proxy = self.address();
        format!("function FindProxyForURL(url, host) {{ return 'PROXY {proxy}{otherwise}'; }}\n")
    }
}

impl Setting {
    /// As a flag of Chromium's; nothing for no proxy.
    #[must_use]
    pub fn chromium_flag(&self) -> Option<String> {
        match self {
            Self::Direct => None,
            Self::Manual(proxy) => Some(format!("--proxy-server={proxy}")),
            Self::Pac(url) => Some(format!("--proxy-pac-url={url}")),
        }
    }

    /// As a W3C WebDriver capability; nothing for no proxy.
    #[must_use]
    pub fn capability(&self) -> Option<Value> {
        match self {
            Self::Direct => None,
            Self::Manual(proxy) => Some(json!({
                "proxyType": "manual",
                "httpProxy": proxy.to_string(),
                "sslProxy": proxy.to_string(),
                "noProxy": ["127.0.0.1", "localhost"],
            })),
            Self::Pac(url) => Some(json!({"proxyType": "pac", "proxyAutoconfigUrl": url})),
        }
    }
}
