//! The lab's second protocol: addresses, links and ways by IPv6 beside those by IPv4, where a world has them. Packets take
//! the same path with the same delay, and faults break both.

use std::net::{Ipv4Addr, Ipv6Addr};

use anyhow::Result;

use crate::addresses;
use crate::namespaces::Namespace::{self, Agent, Gateway, Outside, Relay};

/// The site's network.
const SITE: &str = "2001:db8::/64";
/// The network of all hosts and of the relay.
pub const HOSTS: &str = "2001:db8:2::/64";

/// The IPv6 address of who has this IPv4 address outside: the last number is the same.
#[must_use]
pub fn beside(address: Ipv4Addr) -> Ipv6Addr {
    let [.., last] = address.octets();
    Ipv6Addr::new(0x2001, 0xdb8, 2, 0, 0, 0, 0, last.into())
}

/// The IPv4 address of who has this IPv6 address outside.
#[must_use]
pub fn four_beside(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let last = u8::try_from(address.segments()[7]).ok()?;
    let [a, b, c, _] = addresses::PAGE.octets();
    let four = Ipv4Addr::new(a, b, c, last);
    (beside(four) == address).then_some(four)
}

/// Whether this is an address of the site's.
#[must_use]
pub const fn is_of_site(address: Ipv6Addr) -> bool {
    matches!(address.segments(), [0x2001, 0xdb8, 0, 0, ..])
}

/// Makes every link and every way.
///
/// # Errors
/// With the command that failed.
pub fn lead() -> Result<()> {
    for (namespace, device) in [
        (Agent, "lan0"),
        (Gateway, "lan1"),
        (Gateway, "path0"),
        (Outside, "path1"),
        (Outside, "lo"),
        (Outside, "link0"),
        (Relay, "link1"),
    ] {
        // No address but those that are given: one that appears later ends a browser's connections.
        for setting in ["addr_gen_mode=1", "accept_ra=0", "disable_ipv6=0"] {
            // Loopback generates none, and some kernels have no such setting of it.
            namespace.run(&format!("sysctl -eqw net.ipv6.conf.{device}.{setting}"))?;
        }
    }
    for namespace in [Gateway, Outside] {
        namespace.run("sysctl -qw net.ipv6.conf.all.forwarding=1")?;
    }
    for namespace in Namespace::OTHERS {
        // As with ICMP: which error comes would be a matter of luck.
        namespace.run("sysctl -qw net.ipv6.icmp.ratelimit=0")?;
    }
    let address = |namespace: Namespace, address: &str, device: &str| {
        namespace.run(&format!("ip -6 addr replace {address} dev {device} nodad"))
    };
    let way =
        |namespace: Namespace, way: &str| namespace.run(&format!("ip -6 route replace {way}"));
    address(Agent, "2001:db8::2/64", "lan0")?;
    address(Gateway, "2001:db8::1/64", "lan1")?;
    way(Agent, "default via 2001:db8::1")?;
    // A neighbour that another world made up would be nobody here.
    Agent.run("ip -6 neigh flush dev lan0 nud permanent")?;
    address(Gateway, "2001:db8:3::1/64", "path0")?;
    address(Outside, "2001:db8:3::2/64", "path1")?;
    way(Gateway, "default dev path0")?;
    way(Outside, &format!("{SITE} dev path1"))?;
    for host in addresses::of_hosts() {
        address(Outside, &format!("{}/128", beside(host)), "lo")?;
    }
    let relay = beside(addresses::RELAY);
    // By the link that can be late and lose, whether or not it does: it has no neighbours that would have to be found.
    address(Outside, "2001:db8:4::1/64", "link0")?;
    address(Relay, &format!("{relay}/128"), "link1")?;
    way(Outside, &format!("{relay}/128 dev link0"))?;
    way(Relay, "default dev link1")
}

/// Whether the relay has an IPv6 address now.
#[must_use]
pub fn is_led() -> bool {
    Relay.run("ip -6 route get 2001:db8::2").is_ok()
}

/// The ways are gone again; addresses of hosts that nobody is told of stay.
///
/// # Errors
/// With the command that failed.
pub fn take_away() -> Result<()> {
    Agent.run("sysctl -qw net.ipv6.conf.lan0.disable_ipv6=1")?;
    Relay.run("sysctl -qw net.ipv6.conf.link1.disable_ipv6=1")
}

/// What a rule of `nft` for IPv4 is for IPv6.
#[must_use]
pub fn rule(four: &str) -> String {
    let words = four.split(' ').map(|word| {
        let (bare, comma) = word
            .strip_suffix(',')
            .map_or((word, ""), |bare| (bare, ","));
        let six = match bare {
            "ip" => "ip6".to_owned(),
            "icmp" => "icmpv6".to_owned(),
            "net-unreachable" => "no-route".to_owned(),
            "host-unreachable" => "addr-unreachable".to_owned(),
            "10.0.0.0/8" => SITE.to_owned(),
            other => other
                .parse()
                .map_or_else(|_| other.to_owned(), |four| beside(four).to_string()),
        };
        six + comma
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{beside, four_beside, is_of_site, rule};
    use crate::addresses;

    #[test]
    fn addresses_lead_there_and_back() {
        for four in addresses::of_hosts() {
            assert_eq!(four_beside(beside(four)), Some(four));
            assert!(!is_of_site(beside(four)));
        }
        assert_eq!(four_beside(addresses::DEAD_IPV6), None);
        assert!(is_of_site("2001:db8::2".parse().expect("an address")));
    }

    #[test]
    fn rules_are_the_same_by_both() {
        let four = "ip saddr 10.0.0.0/8 ip daddr { 203.0.113.10, 203.0.113.110 } meta l4proto tcp \
                    reject with icmp type host-unreachable";
        let six = "ip6 saddr 2001:db8::/64 ip6 daddr { 2001:db8:2::a, 2001:db8:2::6e } meta l4proto tcp \
                   reject with icmpv6 type addr-unreachable";
        assert_eq!(rule(four), six);
    }
}
