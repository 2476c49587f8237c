//! Faults of the way: named things that break one part of it, each until it is lifted. What goes wrong at
//! the hosts themselves is [`crate::servers::manner`]'s.

use anyhow::Result;
use reachcheck_model::catalogue::Kind;

use crate::addresses::{self, EndpointAddress};
use crate::ipv6;
use crate::namespaces::Namespace;

mod flows;

/// First bytes of a STUN message, as a match of nftables: a binding or an allocation, and the magic cookie.
const STUN: &str = "@ih,0,16 { 0x0001, 0x0003 } @ih,32,32 0x2112a442";

/// What is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The gateway silently drops what goes to this endpoint.
    DropsEndpoint(&'static str, Kind),
    /// The same, but only what goes to the first of its addresses.
    DropsFirstAddress(&'static str, Kind),
    /// The gateway answers this endpoint's SYN with a RST.
    RefusesEndpoint(&'static str, Kind),
    /// The far end answers this endpoint's SYN with a RST, to the agent only.
    RefusesEndpointFar(&'static str, Kind),
    /// Somebody turns down what goes to this endpoint.
    Turns(&'static str, Kind, By, With),
    /// As on a path with a small MTU whose routers say nothing: large packets from and to this endpoint
    /// vanish at the gateway.
    DropsLargePackets(&'static str, Kind),
    /// The gateway resets a connection to this endpoint at its first data, the ClientHello.
    ResetsOnHello(&'static str, Kind),
    /// The gateway drops the data that the agent sends to this endpoint; the connection itself comes up.
    DropsHello(&'static str, Kind),
    /// The gateway resets every connection to port 443 whose first byte is not TLS.
    ResetsPlain443,
    /// The gateway drops what the agent sends on every connection to port 443 whose first byte is not TLS.
    DropsPlain443,
    /// The gateway resets STUN (RFC 8489) on port 443, as app control does that knows it by its magic cookie; other bytes
    /// pass.
    ResetsStun443,
    /// The gateway silently drops what goes to the relay.
    DropsRelay,
    /// The gateway answers the relay's SYNs with a RST.
    RefusesRelay,
    /// The gateway answers the SYN to this port of the relay with a RST.
    RefusesRelayPort(u16),
    /// The gateway silently drops what goes to this port of the relay.
    DropsRelayPort(u16),
    /// The gateway resets TLS on this port of the relay, and lets other bytes pass.
    ResetsTlsOnRelayPort(u16),
    /// The gateway forgets a connection to the relay that is silent for so many milliseconds; what comes later
    /// on it vanishes.
    ForgetsIdleRelay(u32),
    /// The same, but what comes later is answered with a RST.
    ResetsIdleRelay(u32),
    /// The gateway translates addresses, and its table forgets a connection that is silent for so many seconds: what
    /// the far end says on it vanishes, what the agent says goes on by another port.
    NatForgets(u32),
    /// The gateway translates addresses: what is opened from here on leaves by this public address.
    LeavesBy(u8),
    /// What left by this public address is cut off: its packets vanish, both ways.
    NoLongerLeavesBy(u8),
    /// The relay is off: its ports are closed.
    RelayOff,
    /// The relay reaches nothing any more; the agent still reaches the relay.
    RelayLostItsWay,
    /// Every endpoint turns down what comes from the relay, as a filter against data centres does; the agent is let in, and
    /// the relay still reaches its control.
    TurnsRelayAway(With),
    /// Every endpoint takes the relay's connection and resets it at its first data, the ClientHello.
    ResetsRelayHello,
    /// Connections leave the gateway by one public address after another.
    SplitEgress,
    /// The gateway sends at most one ICMP error a second to each address, and six at once where it has sent
    /// none for a while, as Linux does by default.
    LimitsIcmp,
    /// The agent's computer has an IPv6 address and a way out by it, on which everything vanishes.
    DeadIpv6,
    /// The agent's computer has no network at all.
    Unplugged,
}

/// Who turns a connection down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The agent's own computer.
    OwnFirewall,
    /// The site's gateway.
    Gateway,
    /// The far end, for the agent alone.
    FarForAgent,
    /// The far end, for everybody.
    FarForAll,
}

/// How it turns it down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum With {
    /// A RST.
    Reset,
    /// ICMP type 3 code 13.
    AdminProhibited,
    /// ICMP type 3 code 3.
    PortUnreachable,
    /// ICMP type 3 code 0.
    NetUnreachable,
    /// ICMP type 3 code 1.
    HostUnreachable,
    /// Silence.
    Silence,
}

impl With {
    /// Every way in which an ICMP error says it.
    pub const ICMP: [Self; 4] = [
        Self::AdminProhibited,
        Self::PortUnreachable,
        Self::NetUnreachable,
        Self::HostUnreachable,
    ];

    const fn rule(self) -> &'static str {
        match self {
            Self::Reset => "reject with tcp reset",
            Self::AdminProhibited => "reject with icmp type admin-prohibited",
            Self::PortUnreachable => "reject with icmp type port-unreachable",
            Self::NetUnreachable => "reject with icmp type net-unreachable",
            Self::HostUnreachable => "reject with icmp type host-unreachable",
            Self::Silence => "drop",
        }
    }
}

impl By {
    /// For one address, or a set as `nft` writes it.
    fn turns(self, address: impl std::fmt::Display, with: With) -> Result<()> {
        let what = with.rule();
        let to = format!("ip daddr {address} meta l4proto tcp");
        match self {
            // What leaves it, and no copy of it.
            Self::OwnFirewall => rule(
                Namespace::Agent,
                "output",
                &format!("oifname \"lan0\" {to} {what}"),
            ),
            Self::Gateway => rule(Namespace::Gateway, "forward", &format!("{to} {what}")),
            Self::FarForAgent => rule(
                Namespace::Outside,
                "input",
                &format!("ip saddr 10.0.0.0/8 {to} {what}"),
            ),
            Self::FarForAll => rule(Namespace::Outside, "input", &format!("{to} {what}")),
        }
    }
}

/// A packet with more than this many bytes carries a ClientHello; a SYN or a bare ACK has some 60.
const LARGER_THAN_ACK: u32 = 100;
/// Above this, "large" on a path whose MTU is small.
const LARGE: u32 = 600;
/// The first byte of a TLS record with a handshake (RFC 8446 section 5.1).
const TLS_HANDSHAKE: &str = "0x16";
/// In a connection without early data, the packet after SYN and ACK carries the first bytes.
const FIRST_DATA: &str = "ct original packets 3";

impl Fault {
    /// Whether it is about translated or remembered connections, which the lab does for IPv4 alone.
    #[must_use]
    pub const fn is_ipv4_alone(&self) -> bool {
        matches!(
            self,
            Self::ForgetsIdleRelay(_)
                | Self::ResetsIdleRelay(_)
                | Self::NatForgets(_)
                | Self::LeavesBy(_)
                | Self::NoLongerLeavesBy(_)
                | Self::SplitEgress
        )
    }

    /// Breaks it.
    ///
    /// # Errors
    /// With the command that failed.
    pub fn set(&self) -> Result<()> {
        use Namespace::{Agent, Gateway, Outside, Relay};
        let at = |region: &str, kind: &Kind| every_address(&addresses::place(region, *kind));
        let forward = |text: String| rule(Gateway, "forward", &text);
        let relay = addresses::RELAY;
        let no_tls = format!("@ih,0,8 != {TLS_HANDSHAKE}");
        match self {
            Self::DropsEndpoint(region, kind) => By::Gateway.turns(at(region, kind), With::Silence),
            Self::DropsFirstAddress(region, kind) => {
                By::Gateway.turns(addresses::place(region, *kind).address, With::Silence)
            }
            Self::RefusesEndpoint(region, kind) => By::Gateway.turns(at(region, kind), With::Reset),
            Self::RefusesEndpointFar(region, kind) => {
                By::FarForAgent.turns(at(region, kind), With::Reset)
            }
            Self::Turns(region, kind, by, with) => by.turns(at(region, kind), *with),
            Self::DropsLargePackets(region, kind) => {
                let address = at(region, kind);
                forward(format!("ip daddr {address} meta length > {LARGE} drop"))?;
                forward(format!("ip saddr {address} meta length > {LARGE} drop"))
            }
            Self::ResetsOnHello(region, kind) => forward(format!(
                "ip daddr {} tcp dport 443 meta length > {LARGER_THAN_ACK} reject with tcp reset",
                at(region, kind)
            )),
            Self::DropsHello(region, kind) => forward(format!(
                "ip daddr {} tcp dport 443 meta length > {LARGER_THAN_ACK} drop",
                at(region, kind)
            )),
            Self::ResetsPlain443 => on_443(&no_tls, "reject with tcp reset"),
            Self::DropsPlain443 => on_443(&no_tls, "drop"),
            Self::ResetsStun443 => on_443(STUN, "reject with tcp reset"),
            Self::DropsRelay => By::Gateway.turns(relay, With::Silence),
            Self::RefusesRelay => By::Gateway.turns(relay, With::Reset),
            Self::RefusesRelayPort(port) => forward(format!(
                "ip daddr {relay} tcp dport {port} reject with tcp reset"
            )),
            Self::DropsRelayPort(port) => {
                forward(format!("ip daddr {relay} tcp dport {port} drop"))
            }
            Self::ResetsTlsOnRelayPort(port) => {
                forward(format!(
                    "ip daddr {relay} tcp dport {port} {FIRST_DATA} @ih,0,8 {TLS_HANDSHAKE} \
                     reject with tcp reset"
                ))?;
                Gateway.run("sysctl -qw net.netfilter.nf_conntrack_acct=1")
            }
            Self::ForgetsIdleRelay(ms) => flows::idle_relay(*ms, "drop"),
            Self::ResetsIdleRelay(ms) => flows::idle_relay(*ms, "reject with tcp reset"),
            Self::NatForgets(seconds) => flows::nat_forgets(*seconds),
            Self::LeavesBy(number) => flows::leaves_by(*number),
            Self::NoLongerLeavesBy(number) => flows::no_longer_leaves_by(*number),
            Self::RelayOff => rule(Relay, "input", "meta l4proto tcp reject with tcp reset"),
            Self::RelayLostItsWay => rule(Outside, "input", &format!("ip saddr {relay} drop")),
            Self::TurnsRelayAway(with) => from_relay(&format!("meta l4proto tcp {}", with.rule())),
            Self::ResetsRelayHello => from_relay(&format!(
                "tcp dport 443 meta length > {LARGER_THAN_ACK} reject with tcp reset"
            )),
            Self::SplitEgress => {
                Outside.run("ip route replace 10.0.1.0/24 via 198.51.100.1")?;
                // More than a page opens connections, so that any two of its first ones differ.
                let addresses: Vec<String> =
                    (0..100).map(|n| format!("{n}: 10.0.1.{}", n + 1)).collect();
                Gateway.nft(&format!(
                    "add table ip lab_egress\n\
                     add chain ip lab_egress out {{ type nat hook postrouting priority 100; }}\n\
                     add rule ip lab_egress out oifname \"path0\" snat to numgen inc mod 100 map \
                     {{ {} }}\n",
                    addresses.join(", ")
                ))
            }
            Self::DeadIpv6 => {
                for line in [
                    "sysctl -qw net.ipv6.conf.lan0.addr_gen_mode=1",
                    "sysctl -qw net.ipv6.conf.lan0.accept_ra=0",
                    "sysctl -qw net.ipv6.conf.lan0.disable_ipv6=0",
                    "ip -6 addr add 2001:db8::2/64 dev lan0 nodad",
                    // A router whose link address nobody has.
                    "ip -6 neigh replace 2001:db8::1 lladdr 02:00:00:00:00:01 dev lan0 nud permanent",
                    "ip -6 route replace default via 2001:db8::1 dev lan0",
                ] {
                    Agent.run(line)?;
                }
                Ok(())
            }
            Self::LimitsIcmp => Gateway.run("sysctl -qw net.ipv4.icmp_ratelimit=1000"),
            Self::Unplugged => Agent.run("ip link set lan0 down"),
        }
    }
}

/// Where an endpoint may be looked for, as `nft` writes a set.
pub(crate) fn every_address(place: &EndpointAddress) -> String {
    let addresses = place.all().map(|address| address.to_string());
    format!("{{ {} }}", addresses.join(", "))
}

/// Does something with what the relay sends to any endpoint, at the endpoint.
fn from_relay(what: &str) -> Result<()> {
    let places = addresses::places();
    let all = places.iter().flat_map(EndpointAddress::all);
    let all: Vec<String> = all.map(|address| address.to_string()).collect();
    let (relay, all) = (addresses::RELAY, all.join(", "));
    rule(
        Namespace::Outside,
        "input",
        &format!("ip saddr {relay} ip daddr {{ {all} }} {what}"),
    )
}

/// Turns down connections to port 443 whose first bytes match: looks at the first data that comes from the agent, and
/// remembers what it did not like, for what was dropped is sent again, as a later packet.
fn on_443(bytes: &str, what: &str) -> Result<()> {
    let first = format!("tcp dport 443 {FIRST_DATA} {bytes}");
    for text in [
        format!("iifname \"lan1\" {first} ct mark set 1"),
        format!("iifname \"lan1\" meta l4proto tcp ct mark 1 {what}"),
    ] {
        rule(Namespace::Gateway, "forward", &text)?;
    }
    Namespace::Gateway.run("sysctl -qw net.netfilter.nf_conntrack_acct=1")
}

fn rule(namespace: Namespace, hook: &str, rule: &str) -> Result<()> {
    let of = |family: &str, rule: &str| {
        format!(
            "add table {family} lab_{hook}\n\
             add chain {family} lab_{hook} faults {{ type filter hook {hook} priority 0; }}\n\
             add rule {family} lab_{hook} faults {rule}\n"
        )
    };
    namespace.nft(&of("ip", rule))?;
    // Where there is no IPv6, nothing meets it.
    namespace.nft(&of("ip6", &ipv6::rule(rule)))
}

/// What HTTP/3 is offered for and never answered: the gateway drops UDP to port 443.
///
/// # Errors
/// With the command that failed.
pub fn drops_quic() -> Result<()> {
    rule(Namespace::Gateway, "forward", "udp dport 443 drop")
}

/// Each connection to this endpoint that begins from here on meets silence at the gateway, until
/// [`lets_new_connections_through`] and for itself beyond.
///
/// # Errors
/// With the command that failed.
pub fn drops_connections(region: &str, kind: Kind) -> Result<()> {
    flows::drops_connections(addresses::place(region, kind).address)
}

/// Mends [`drops_connections`] for what begins from here on.
///
/// # Errors
/// With the command that failed.
pub fn lets_new_connections_through() -> Result<()> {
    flows::lets_new_connections_through()
}

/// Lifts every fault.
///
/// # Errors
/// With the command that failed.
pub fn lift_all() -> Result<()> {
    Namespace::Agent.nft("flush ruleset\n")?;
    for namespace in Namespace::OTHERS {
        namespace.nft("flush ruleset\n")?;
        // Linux's limit would make the kind of an ICMP error a matter of luck.
        namespace.run("sysctl -qw net.ipv4.icmp_ratelimit=0")?;
    }
    // The kernel's own number, where it has begun to keep track of connections at all.
    Namespace::Gateway
        .run("sysctl -eqw net.netfilter.nf_conntrack_tcp_timeout_established=432000")?;
    for namespace in [Namespace::Gateway, Namespace::Outside] {
        // A question from a port that an earlier world's question came from would go where that one went.
        namespace.run("sysctl -eqw net.netfilter.nf_conntrack_udp_timeout=2")?;
        namespace.run("sysctl -eqw net.netfilter.nf_conntrack_udp_timeout_stream=2")?;
    }
    ipv6::take_away()?;
    // Taking the link down took its route away.
    if Namespace::Agent.run("ip route get 203.0.113.4").is_err() {
        Namespace::Agent.run("ip link set lan0 up")?;
        Namespace::Agent.run("ip route replace default via 10.0.0.1")?;
    }
    Ok(())
}
