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
    /// By a PAC file that names the proxy for the endpoints, and DIRECT for all others.
    PacForEndpoints,
    /// By a PAC file that names the proxy for all but the endpoints, and DIRECT for those.
    PacForOthers,
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
            ProxySetting::Pac
            | ProxySetting::PacThenDirect
            | ProxySetting::PacForEndpoints
            | ProxySetting::PacForOthers => Setting::Pac(middlebox::PAC_URL.to_owned()),
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

    /// The PAC file, where there is one.
    pub(crate) fn pac(&self) -> String {
        let proxy = format!("PROXY {}", self.address());
        let [endpoints, others] = match self.told {
            ProxySetting::Explicit | ProxySetting::Pac => [proxy.clone(), proxy],
            ProxySetting::PacThenDirect => {
                let chain = format!("{proxy}; DIRECT");
                [chain.clone(), chain]
            }
            ProxySetting::PacForEndpoints => [proxy, "DIRECT".to_owned()],
            ProxySetting::PacForOthers => ["DIRECT".to_owned(), proxy],
        };
        if endpoints == others {
            return format!("function FindProxyForURL(url, host) {{ return '{others}'; }}\n");
        }
        let hosts = addresses::places().into_iter();
        let hosts: Vec<String> = hosts.map(|place| format!("'{}'", place.host)).collect();
        format!(
            "function FindProxyForURL(url, host) {{\n  \
             return [{}].indexOf(host) < 0 ? '{others}' : '{endpoints}';\n}}\n",
            hosts.join(", ")
        )
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

#[cfg(test)]
mod tests {
    use super::{Proxy, ProxySetting};
    use crate::addresses;
    use crate::squid::Policy;

    #[test]
    fn a_pac_file_tells_endpoints_from_others() {
        let pac = |told| {
            let squid = Proxy::squid(Policy::default());
            Proxy { told, ..squid }.pac()
        };
        let for_endpoints = pac(ProxySetting::PacForEndpoints);
        assert!(for_endpoints.contains("< 0 ? 'DIRECT' : 'PROXY 10.0.0.1:3128';"));
        let for_others = pac(ProxySetting::PacForOthers);
        assert!(for_others.contains("< 0 ? 'PROXY 10.0.0.1:3128' : 'DIRECT';"));
        for place in addresses::places() {
            assert!(for_endpoints.contains(&format!("'{}'", place.host)));
        }
        assert!(!for_endpoints.contains(addresses::RELAY_NAME));
        let all = "function FindProxyForURL(url, host) { return 'PROXY 10.0.0.1:3128'; }\n";
        assert_eq!(pac(ProxySetting::Pac), all);
        let chain = pac(ProxySetting::PacThenDirect);
        assert!(chain.contains("return 'PROXY 10.0.0.1:3128; DIRECT';"));
    }
}
