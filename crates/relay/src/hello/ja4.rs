//! JA4, the fingerprint of a TLS client: a name for a hello that people can look up and compare.
//!
//! Written after FoxIO's description, `technical_details/JA4.md` in FoxIO-LLC/ja4. JA4 is
//! Copyright (c) 2023 FoxIO and under the BSD 3-Clause licence, whose text is in `LICENSE-JA4` beside this
//! crate's `Cargo.toml`. Of the JA4+ family, which is licensed otherwise, nothing is here.

use std::fmt;

use ring::digest::{SHA256, digest};

use super::parse::{ClientHello, extension, without_grease};

/// Characters of a fingerprint: ten that can be read, and two hashes of twelve.
const LENGTH: usize = 10 + 1 + HASH + 1 + HASH;
/// Characters of a hash: its first six bytes.
const HASH: usize = 12;

/// A fingerprint, such as `t13d1516h2_8daaf6152771_e5627efa2ab1`. ASCII.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Ja4([u8; LENGTH]);

impl Ja4 {
    /// GREASE is left out of every list, of the signature algorithms too: Chromium 156 has it there, and the
    /// fingerprint would change with each connection.
    pub fn of(hello: &ClientHello) -> Self {
        let suites = without_grease(&hello.suites);
        let extensions = without_grease(&hello.extensions);
        let signatures = without_grease(&hello.signatures);
        let mut text = String::with_capacity(LENGTH);
        // Over TCP, the only transport we listen on.
        text.push('t');
        text.push_str(version(hello));
        text.push(if hello.has_name() { 'd' } else { 'i' });
        for count in [suites.len(), extensions.len()] {
            text.push_str(&format!("{:02}", count.min(99)));
        }
        text.extend(protocol(hello));
        text.push('_');
        text.push_str(&hash(&list(sorted(suites))));
        text.push('_');
        let named = |number: &u16| *number != extension::SERVER_NAME && *number != extension::ALPN;
        let mut rest = list(sorted(extensions.into_iter().filter(named).collect()));
        if !rest.is_empty() && !signatures.is_empty() {
            rest.push('_');
            rest.push_str(&list(signatures));
        }
        text.push_str(&hash(&rest));
        // Everything pushed was ASCII of a fixed width.
        let mut fingerprint = [b'0'; LENGTH];
        for (place, byte) in fingerprint.iter_mut().zip(text.bytes()) {
            *place = byte;
        }
        Self(fingerprint)
    }
}

impl fmt::Display for Ja4 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|byte| write!(formatter, "{}", char::from(*byte)))
    }
}

impl fmt::Debug for Ja4 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// The highest version offered.
fn version(hello: &ClientHello) -> &'static str {
    let highest = if hello.has_extension(extension::SUPPORTED_VERSIONS) {
        without_grease(&hello.versions).into_iter().max()
    } else {
        Some(hello.legacy_version)
    };
    match highest {
        Some(0x0304) => "13",
        Some(0x0303) => "12",
        Some(0x0302) => "11",
        Some(0x0301) => "10",
        Some(0x0300) => "s3",
        Some(0x0002) => "s2",
        _ => "00",
    }
}

/// First and last character of the first application protocol; of its hexadecimal form where either is not a
/// letter or digit.
fn protocol(hello: &ClientHello) -> [char; 2] {
    let first = hello.protocols.first();
    let ends = first.and_then(|name| Some((*name.first()?, *name.last()?)));
    match ends {
        None => ['0', '0'],
        Some((first, last)) if first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric() => {
            [char::from(first), char::from(last)]
        }
        Some((first, last)) => [digit(first >> 4), digit(last)],
    }
}

fn sorted(mut values: Vec<u16>) -> Vec<u16> {
    values.sort_unstable();
    values
}

fn list(values: Vec<u16>) -> String {
    let values: Vec<String> = values.iter().map(|value| format!("{value:04x}")).collect();
    values.join(",")
}

/// SHA-256, its first twelve hexadecimal digits; of nothing, zeros.
fn hash(text: &str) -> String {
    if text.is_empty() {
        return "0".repeat(HASH);
    }
    let digest = digest(&SHA256, text.as_bytes());
    let bytes = digest.as_ref().iter().take(HASH / 2);
    bytes
        .flat_map(|byte| [digit(byte >> 4), digit(*byte)])
        .collect()
}

/// The low four bits, as a hexadecimal digit.
fn digit(byte: u8) -> char {
    char::from_digit(u32::from(byte & 0x0f), 16).unwrap_or('0')
}

#[cfg(test)]
mod tests {
    use super::Ja4;
    use crate::hello::parse::ClientHello;

    /// The example of FoxIO's description, with a GREASE value in every list.
    fn published() -> ClientHello {
        ClientHello {
            legacy_version: 0x0303,
            suites: vec![
                0x1a1a, 0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8,
                0xc013, 0xc014, 0x009c, 0x009d, 0x002f, 0x0035,
            ],
            extensions: vec![
                0x2a2a, 0x001b, 0x0000, 0x0033, 0x0010, 0x4469, 0x0017, 0x002d, 0x000d, 0x0005,
                0x0023, 0x0012, 0x002b, 0xff01, 0x000b, 0x000a, 0x0015, 0x3a3a,
            ],
            versions: vec![0xfafa, 0x0304, 0x0303],
            signatures: vec![
                0x4a4a, 0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601,
            ],
            protocols: vec![b"h2".to_vec(), b"http/1.1".to_vec()],
            ..ClientHello::default()
        }
    }

    #[test]
    fn the_published_example() {
        assert_eq!(
            Ja4::of(&published()).to_string(),
            "t13d1516h2_8daaf6152771_e5627efa2ab1"
        );
    }

    #[test]
    fn the_published_example_without_signature_algorithms() {
        let hello = ClientHello {
            signatures: Vec::new(),
            ..published()
        };
        assert_eq!(
            Ja4::of(&hello).to_string(),
            "t13d1516h2_8daaf6152771_6d807ffa2a79"
        );
    }

    #[test]
    fn an_empty_hello() {
        let hello = ClientHello {
            legacy_version: 0x0301,
            ..ClientHello::default()
        };
        assert_eq!(
            Ja4::of(&hello).to_string(),
            "t10i000000_000000000000_000000000000"
        );
    }

    #[test]
    fn counts_stop_at_99() {
        let hello = ClientHello {
            suites: (0..300).collect(),
            extensions: (100..400).collect(),
            ..ClientHello::default()
        };
        assert!(Ja4::of(&hello).to_string().starts_with("t00i999900_"));
    }

    #[test]
    fn the_published_examples_of_protocols_that_are_no_text() {
        for (name, ends) in [
            (&[0xab][..], "ab"),
            (&[0x20], "20"),
            (&[0xab, 0xcd], "ad"),
            (&[0x20, 0x61], "21"),
            (&[0x30, 0xab], "3b"),
            (&[0x61, 0x20], "60"),
            (&[0x30, 0x31, 0xab, 0xcd], "3d"),
            (&[0x30, 0xab, 0xcd, 0x31], "01"),
            (b"x", "xx"),
            (b"", "00"),
        ] {
            let hello = ClientHello {
                protocols: vec![name.to_vec()],
                ..ClientHello::default()
            };
            assert_eq!(Ja4::of(&hello).to_string().get(8..10), Some(ends));
        }
    }
}
