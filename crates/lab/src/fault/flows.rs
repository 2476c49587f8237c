//! What boxes with a memory for connections do to quiet ones: firewalls that forget, NAT tables, a public address that
//! changes.

use std::net::Ipv4Addr;

use anyhow::Result;

use super::rule;
use crate::addresses;
use crate::namespaces::Namespace::{Gateway, Outside};

/// What stateful firewalls do with connections to the relay: each packet keeps the connection in mind for so many
/// milliseconds, and no memory of a connection is no way for its packets. Not by the kernel's own memory, which
/// counts in seconds: the lab's watches run faster than time.
pub(super) fn idle_relay(ms: u32, what: &str) -> Result<()> {
    let relay = addresses::RELAY;
    let ours = "ip saddr . tcp sport . tcp dport";
    let theirs = "ip daddr . tcp dport . tcp sport";
    Gateway.nft(&format!(
        "add table ip lab_memory\n\
         add set ip lab_memory flows {{ type ipv4_addr . inet_service . inet_service; size 65535; \
         flags dynamic,timeout; timeout {ms}ms; }}\n\
         add chain ip lab_memory keep {{ type filter hook forward priority 0; }}\n\
         add rule ip lab_memory keep ip daddr {relay} tcp flags & (syn | ack) == syn update @flows {{ {ours} }} accept\n\
         add rule ip lab_memory keep ip daddr {relay} {ours} @flows update @flows {{ {ours} }} accept\n\
         add rule ip lab_memory keep ip saddr {relay} {theirs} @flows update @flows {{ {theirs} }} accept\n\
         add rule ip lab_memory keep ip daddr {relay} meta l4proto tcp {what}\n\
         add rule ip lab_memory keep ip saddr {relay} meta l4proto tcp {what}\n"
    ))
}

/// Each connection that begins towards an endpoint meets silence, and is kept in mind by its port. Once the rule is mended
/// for new connections, those go on meeting silence: as firewalls do that decide once a connection.
pub(super) fn drops_connections(address: Ipv4Addr) -> Result<()> {
    Gateway.nft(&format!(
        "add table ip lab_begun\n\
         add set ip lab_begun ports {{ type inet_service; size 65535; flags dynamic; }}\n\
         add chain ip lab_begun begins {{ type filter hook forward priority -1; }}\n\
         add rule ip lab_begun begins ip daddr {address} tcp flags & (syn | ack) == syn add @ports {{ tcp sport }}\n\
         add chain ip lab_begun goes_on {{ type filter hook forward priority 0; }}\n\
         add rule ip lab_begun goes_on ip daddr {address} tcp sport @ports drop\n"
    ))
}

/// Lets through what begins from here on, after [`drops_connections`].
pub(super) fn lets_new_connections_through() -> Result<()> {
    Gateway.nft("flush chain ip lab_begun begins\n")
}

/// New connections leave by this address, as routers do it; those that stand keep the one they have.
pub(super) fn leaves_by(number: u8) -> Result<()> {
    translates(&format!("snat to {}", public(number)))?;
    // What comes to a public address and belongs to no connection ends there.
    rule(
        Gateway,
        "forward",
        "iifname \"path0\" ct state new,invalid drop",
    )
}

/// Nothing passes any more on connections that leave by this address.
pub(super) fn no_longer_leaves_by(number: u8) -> Result<()> {
    let gone = format!("ct reply ip daddr {} drop", public(number));
    rule(Gateway, "forward", &gone)
}

/// A table that forgets a silent connection: what comes from outside vanishes, what the agent says goes on by another
/// port, where nobody knows it.
pub(super) fn nat_forgets(seconds: u32) -> Result<()> {
    leaves_by(1)?;
    translates(&format!(
        "meta l4proto tcp snat to {}:20000-60000 fully-random",
        public(1)
    ))?;
    Gateway.run(&format!(
        "sysctl -qw net.netfilter.nf_conntrack_tcp_timeout_established={seconds}"
    ))
}

/// One of the gateway's public addresses.
fn public(number: u8) -> String {
    format!("10.0.1.{number}")
}

fn translates(what: &str) -> Result<()> {
    Outside.run("ip route replace 10.0.1.0/24 via 198.51.100.1")?;
    Gateway.nft(&format!(
        "add table ip lab_nat\n\
         add chain ip lab_nat out {{ type nat hook postrouting priority 100; }}\n\
         flush chain ip lab_nat out\n\
         add rule ip lab_nat out oifname \"path0\" {what}\n"
    ))
}
