//! Faults: named things that break one part of the lab, each until it is lifted.

use std::net::Ipv4Addr;

use anyhow::Result;
use reachcheck_core::catalogue::Kind;

use crate::addresses;
use crate::namespaces::Namespace;

/// What is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The gateway silently drops what goes to this endpoint.
    DropsEndpoint(&'static str, Kind),
    /// The gateway answers this endpoint's SYN with a RST.
    RefusesEndpoint(&'static str, Kind),
    /// The far end answers this endpoint's SYN with a RST, to the agent only.
    RefusesEndpointFar(&'static str, Kind),
    /// The gateway silently drops what goes to the relay.
    DropsRelay,
    /// The relay is off: its port is closed.
    RelayOff,
    /// The relay reaches nothing any more; the agent still reaches the relay.
    RelayLostItsWay,
    /// The agent's computer has no network at all.
    Unplugged,
}

impl Fault {
    /// Breaks it.
    ///
    /// # Errors
    /// With the command that failed.
    pub fn set(&self) -> Result<()> {
        match self {
            Self::DropsEndpoint(region, kind) => {
                at_gateway(addresses::place(region, *kind).address, "drop")
            }
            Self::RefusesEndpoint(region, kind) => at_gateway(
                addresses::place(region, *kind).address,
                "reject with tcp reset",
            ),
            Self::RefusesEndpointFar(region, kind) => rule(
                Namespace::Outside,
                "input",
                &format!(
                    "ip saddr 10.0.0.0/24 ip daddr {} tcp dport 443 reject with tcp reset",
                    addresses::place(region, *kind).address
                ),
            ),
            Self::DropsRelay => at_gateway(addresses::RELAY, "drop"),
            Self::RelayOff => rule(
                Namespace::Relay,
                "input",
                "tcp dport 443 reject with tcp reset",
            ),
            Self::RelayLostItsWay => rule(
                Namespace::Outside,
                "input",
                &format!("ip saddr {} drop", addresses::RELAY),
            ),
            Self::Unplugged => Namespace::Agent.run("ip link set lan0 down"),
        }
    }
}

fn at_gateway(address: Ipv4Addr, what: &str) -> Result<()> {
    rule(
        Namespace::Gateway,
        "forward",
        &format!("ip daddr {address} meta l4proto tcp {what}"),
    )
}

fn rule(namespace: Namespace, hook: &str, rule: &str) -> Result<()> {
    namespace.nft(&format!(
        "add table ip lab_{hook}\n\
         add chain ip lab_{hook} faults {{ type filter hook {hook} priority 0; }}\n\
         add rule ip lab_{hook} faults {rule}\n"
    ))
}

/// Lifts every fault.
///
/// # Errors
/// With the command that failed.
pub fn lift_all() -> Result<()> {
    for namespace in Namespace::OTHERS {
        namespace.nft("flush ruleset\n")?;
    }
    // Taking the link down took its route away.
    if Namespace::Agent.run("ip route get 203.0.113.4").is_err() {
        Namespace::Agent.run("ip link set lan0 up")?;
        Namespace::Agent.run("ip route replace default via 10.0.0.1")?;
    }
    Ok(())
}
