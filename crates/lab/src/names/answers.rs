//! Questions and answers of name servers, as bytes (RFC 1035 section 4.1).

use std::net::{Ipv4Addr, Ipv6Addr};

use super::DnsOverride;
use crate::addresses;

/// Where the question's name begins (RFC 1035 section 4.1.1).
const HEADER: usize = 12;
/// Type A (RFC 1035 section 3.2.2).
pub(super) const A: u16 = 1;
/// Type AAAA (RFC 3596 section 2.1).
pub(super) const AAAA: u16 = 28;

/// The name that is asked for, in lower case, and the type.
pub(super) fn name_and_type(question: &[u8]) -> Option<(String, u16)> {
    let mut labels = Vec::new();
    let mut at = HEADER;
    loop {
        let length = usize::from(*question.get(at)?);
        at += 1;
        if length == 0 {
            break;
        }
        labels.push(String::from_utf8_lossy(question.get(at..at + length)?).to_lowercase());
        at += length;
    }
    let kind = question.get(at..at + 2)?;
    Some((labels.join("."), u16::from_be_bytes([kind[0], kind[1]])))
}

/// The wrong answer, if there is to be any.
pub(super) fn answer(question: &[u8], told: DnsOverride, kind: u16) -> Option<Vec<u8>> {
    let code = match told {
        DnsOverride::Silence => return None,
        DnsOverride::NxDomain => 3,
        DnsOverride::ServFail => 2,
        DnsOverride::NoData | DnsOverride::Address(_) | DnsOverride::AlsoDeadIpv6 => 0,
    };
    let mut answer = empty(question, code)?;
    match (told, kind) {
        (DnsOverride::Address(address), A) => add(&mut answer, A, &address.octets()),
        (DnsOverride::AlsoDeadIpv6, AAAA) => {
            add(&mut answer, AAAA, &addresses::DEAD_IPV6.octets());
        }
        _ => (),
    }
    Some(answer)
}

/// An answer with these addresses.
pub(super) fn with_addresses(question: &[u8], addresses: &[Ipv4Addr]) -> Option<Vec<u8>> {
    let mut answer = empty(question, 0)?;
    for address in addresses {
        add(&mut answer, A, &address.octets());
    }
    Some(answer)
}

/// An answer with these addresses to a question for IPv6.
pub(super) fn with_ipv6_addresses(question: &[u8], addresses: &[Ipv6Addr]) -> Option<Vec<u8>> {
    let mut answer = empty(question, 0)?;
    for address in addresses {
        add(&mut answer, AAAA, &address.octets());
    }
    Some(answer)
}

/// An answer with this code and no records.
fn empty(question: &[u8], code: u8) -> Option<Vec<u8>> {
    // The question ends after its name's last, empty label, its type and its class.
    let name_end = HEADER + question.get(HEADER..)?.iter().position(|byte| *byte == 0)?;
    let mut answer = question.get(..name_end + 5)?.to_vec();
    // A response, recursion asked for and available; one question, nothing beyond it.
    answer[2] = 0x81;
    answer[3] = 0x80 | code;
    answer[4..HEADER].copy_from_slice(&[0, 1, 0, 0, 0, 0, 0, 0]);
    Some(answer)
}

/// One record more, for the question's name: this type, class IN, for a minute.
fn add(answer: &mut Vec<u8>, kind: u16, data: &[u8]) {
    answer[7] += 1;
    answer.extend([0xc0, 0x0c]);
    answer.extend(kind.to_be_bytes());
    answer.extend([0, 1, 0, 0, 0, 60]);
    answer.extend(u16::try_from(data.len()).unwrap_or_default().to_be_bytes());
    answer.extend(data);
}

#[cfg(test)]
pub(super) mod tests {
    use std::net::Ipv4Addr;

    use super::{A, answer, name_and_type};
    use crate::names::DnsOverride;

    /// For the address of `Pop0.example`.
    pub(in crate::names) fn question() -> Vec<u8> {
        let mut packet = vec![0xab, 0xcd, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        for label in ["Pop0", "example"] {
            packet.push(u8::try_from(label.len()).expect("short"));
            packet.extend(label.bytes());
        }
        packet.extend([0, 0, 1, 0, 1]);
        packet
    }

    #[test]
    fn questions_are_read() {
        assert_eq!(
            name_and_type(&question()),
            Some(("pop0.example".to_owned(), A))
        );
        assert_eq!(name_and_type(&question()[..15]), None);
    }

    #[test]
    fn answers_say_what_they_are_told_to() {
        let said = |told| answer(&question(), told, A);
        assert_eq!(said(DnsOverride::Silence), None);
        assert_eq!(
            said(DnsOverride::NxDomain).map(|packet| packet[3] & 15),
            Some(3)
        );
        let four = said(DnsOverride::Address(Ipv4Addr::new(10, 0, 0, 1))).expect("an answer");
        assert!(four.ends_with(&[0, 4, 10, 0, 0, 1]));
        assert_eq!(four[6..8], [0, 1]);
        let none = said(DnsOverride::NoData).expect("an answer");
        assert_eq!(none[6..8], [0, 0]);
    }
}
