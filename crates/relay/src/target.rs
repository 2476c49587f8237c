//! Which addresses may be dialled: global ones, decided on the very address that is dialled.
//!
//! `IpAddr::is_global` is not stable, so the list stands here, after the IANA special-purpose registries
//! (RFC 6890 and its updates).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, UdpSocket};

use ipnet::IpNet;

/// Whether this address may be dialled. Every way to write an IPv4 address inside an IPv6 one is undone
/// first, so that none of them leads around the list.
#[must_use]
pub fn is_dialable(address: IpAddr, allowed: &[IpNet]) -> bool {
    if is_allowed(address, allowed) {
        return true;
    }
    let address = canonical(address);
    match address {
        IpAddr::V4(v4) => is_global_v4(v4),
        IpAddr::V6(v6) => is_global_v6(v6),
    }
}

/// Whether the operator has named a network of this address.
#[must_use]
pub fn is_allowed(address: IpAddr, allowed: &[IpNet]) -> bool {
    let address = canonical(address);
    allowed.iter().any(|net| net.contains(&address))
}

/// Whether this address is one of this machine's own, global or not: what listens there is not for the world to
/// ask through us. For such an address the kernel chooses the address itself as the source. Nothing is sent. The
/// public address of a machine behind a translator is not known to it, and stays outside of this.
#[must_use]
pub fn is_own(address: IpAddr) -> bool {
    let any: IpAddr = match address {
        IpAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        IpAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    // Discard (RFC 863); any port would do.
    let source = UdpSocket::bind((any, 0)).and_then(|socket| {
        socket.connect((address, 9))?;
        socket.local_addr()
    });
    // All of 127.0.0.0/8 is ours; the kernel answers for most of it from 127.0.0.1.
    address.is_loopback() || source.is_ok_and(|source| source.ip() == address)
}

/// The IPv4 address inside an IPv6 one, if it is one of the forms that carry it.
fn canonical(address: IpAddr) -> IpAddr {
    let IpAddr::V6(v6) = address else {
        return address;
    };
    let octets = v6.octets();
    let segments = v6.segments();
    let last = Ipv4Addr::new(octets[12], octets[13], octets[14], octets[15]);
    // ::ffff:a.b.c.d mapped (RFC 4291), ::ffff:0:a.b.c.d translated (RFC 2765), ::a.b.c.d compatible,
    // 64:ff9b::a.b.c.d NAT64 (RFC 6052).
    let mapped = segments[..5] == [0; 5] && segments[5] == 0xffff;
    let translated = segments[..4] == [0; 4] && segments[4] == 0xffff && segments[5] == 0;
    let compatible = segments[..6] == [0; 6] && !v6.is_loopback() && !v6.is_unspecified();
    let nat64 = segments[..6] == [0x64, 0xff9b, 0, 0, 0, 0];
    if mapped || translated || compatible || nat64 {
        return IpAddr::V4(last);
    }
    // 2002:AABB:CCDD::/48 6to4 (RFC 3056).
    if segments[0] == 0x2002 {
        return IpAddr::V4(Ipv4Addr::new(octets[2], octets[3], octets[4], octets[5]));
    }
    address
}

fn is_global_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = a == 0
        || a == 10
        || (a == 100 && (64..128).contains(&b))
        || a == 127
        || (a == 169 && b == 254)
        || (a == 172 && (16..32).contains(&b))
        || (a == 192 && b == 0 && (c == 0 || c == 2))
        || (a == 192 && b == 88 && c == 99)
        || (a == 192 && b == 168)
        || (a == 198 && (b == 18 || b == 19))
        || (a == 198 && b == 51 && c == 100)
        || (a == 203 && b == 0 && c == 113)
        || a >= 224;
    !special
}

fn is_global_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    // Only 2000::/3 is handed out; inside it Teredo and the rest of 2001::/23, benchmarking,
    // documentation (RFC 3849, RFC 9637).
    let unicast = segments[0] & 0xe000 == 0x2000;
    let special = (segments[0] == 0x2001 && (segments[1] < 0x0200 || segments[1] == 0x0db8))
        || (segments[0] == 0x3fff && segments[1] < 0x1000);
    unicast && !special
}

#[cfg(test)]
mod tests {
    use super::{is_dialable, is_own};

    #[test]
    fn our_own_addresses_are_known() {
        for address in ["127.0.0.1", "127.3.2.1"] {
            assert!(is_own(address.parse().expect("an address")), "{address}");
        }
        for address in ["192.0.2.1", "2001:db8::1"] {
            assert!(!is_own(address.parse().expect("an address")), "{address}");
        }
    }

    #[test]
    fn only_global_addresses_are_dialled() {
        for address in [
            "8.8.8.8",
            "93.184.216.34",
            "100.63.0.1",
            "172.32.0.1",
            "2606:4700::1111",
            "64:ff9b::808:808",
        ] {
            assert!(
                is_dialable(address.parse().expect("an address"), &[]),
                "{address}"
            );
        }
        for address in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fec0::1",
            "fc00::1",
            "fd00::1",
            "ff02::1",
            "2001::1",
            "2001:db8::1",
            "3fff::1",
            "4000::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:0:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::10.0.0.1",
            "2002:7f00:1::",
            "2002:a00:1::1",
            "64:ff9b:1::1",
        ] {
            assert!(
                !is_dialable(address.parse().expect("an address"), &[]),
                "{address}"
            );
        }
    }

    #[test]
    fn tests_may_allow_a_network_by_name() {
        let allowed = ["203.0.113.0/24".parse().expect("a network")];
        assert!(is_dialable(
            "203.0.113.9".parse().expect("an address"),
            &allowed
        ));
        assert!(is_dialable(
            "::ffff:203.0.113.9".parse().expect("an address"),
            &allowed
        ));
        assert!(!is_dialable(
            "10.0.0.1".parse().expect("an address"),
            &allowed
        ));
    }
}
