//! The fields of a ClientHello (RFC 8446 section 4.1.2) that tell one maker of TLS from another.

use super::reader::HelloReader;

/// Extension numbers, as IANA lists them.
pub mod extension {
    /// RFC 8446 section 4.2.7.
    pub const SUPPORTED_GROUPS: u16 = 0x000a;
    /// RFC 8446 section 4.2.3.
    pub const SIGNATURE_ALGORITHMS: u16 = 0x000d;
    /// RFC 7301.
    pub const ALPN: u16 = 0x0010;
    /// RFC 8446 section 4.2.1.
    pub const SUPPORTED_VERSIONS: u16 = 0x002b;
    /// RFC 8446 section 4.2.8.
    pub const KEY_SHARE: u16 = 0x0033;
}

/// What a client offered, GREASE included, everything in the order in which it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientHello {
    /// Cipher suites.
    pub suites: Vec<u16>,
    /// Numbers of the extensions.
    pub extensions: Vec<u16>,
    /// The versions of `supported_versions`; empty without that extension.
    pub versions: Vec<u16>,
    /// The groups of `supported_groups`.
    pub groups: Vec<u16>,
    /// The schemes of `signature_algorithms`.
    pub signatures: Vec<u16>,
    /// The groups of `key_share`.
    pub key_shares: Vec<u16>,
    /// The names of ALPN.
    pub protocols: Vec<Vec<u8>>,
}

impl ClientHello {
    /// Reads a handshake message, its header of four bytes included. `None` for whatever is no whole and
    /// well-formed ClientHello; what each extension means is not judged, only where it ends.
    pub fn parse(message: &[u8]) -> Option<Self> {
        let mut reader = HelloReader::new(message);
        if reader.byte()? != super::record::CLIENT_HELLO {
            return None;
        }
        let length = reader.length24()?;
        let mut body = HelloReader::new(reader.take(length)?);
        let mut hello = Self::default();
        body.number()?; // legacy_version
        body.take(32)?; // random
        body.vector8()?; // legacy_session_id
        hello.suites = body.vector16()?.numbers()?;
        if hello.suites.len() > SUITES_MAX {
            return None;
        }
        body.vector8()?; // legacy_compression_methods
        // A hello of TLS 1.2 may end here (RFC 5246 section 7.4.1.2).
        if body.is_empty() {
            return Some(hello);
        }
        let mut extensions = body.vector16()?;
        if !body.is_empty() {
            return None;
        }
        while !extensions.is_empty() {
            let number = extensions.number()?;
            hello.extension(number, extensions.vector16()?)?;
        }
        Some(hello)
    }

    fn extension(&mut self, number: u16, mut content: HelloReader<'_>) -> Option<()> {
        // Each may come once (RFC 8446 section 4.2).
        if self.extensions.len() >= EXTENSIONS_MAX || self.extensions.contains(&number) {
            return None;
        }
        self.extensions.push(number);
        match number {
            extension::SUPPORTED_GROUPS => self.groups = content.vector16()?.numbers()?,
            extension::SIGNATURE_ALGORITHMS => self.signatures = content.vector16()?.numbers()?,
            extension::SUPPORTED_VERSIONS => self.versions = content.vector8()?.numbers()?,
            extension::KEY_SHARE => {
                let mut shares = content.vector16()?;
                while !shares.is_empty() {
                    self.key_shares.push(shares.number()?);
                    shares.vector16()?;
                }
            }
            extension::ALPN => {
                let mut names = content.vector16()?;
                while !names.is_empty() {
                    self.protocols.push(names.vector8()?.bytes().to_vec());
                }
            }
            // The rest is known by its number alone.
            _ => return Some(()),
        }
        content.is_empty().then_some(())
    }

    /// Whether it offers this application protocol.
    pub fn offers(&self, protocol: &[u8]) -> bool {
        self.protocols.iter().any(|name| name == protocol)
    }
}

/// A hello with more than this many suites or extensions is no browser's (they have some twenty of each), and costs more to
/// read than the handshake that it asks for.
const SUITES_MAX: usize = 256;
/// See [`SUITES_MAX`].
const EXTENSIONS_MAX: usize = 128;

/// Whether a value is one of those that mean nothing and are there to be ignored (RFC 8701 section 2).
pub const fn is_grease(value: u16) -> bool {
    value & 0x0f0f == 0x0a0a && value >> 8 == value & 0xff
}

/// Whether a list has such a value.
pub fn has_grease(values: &[u16]) -> bool {
    values.iter().copied().any(is_grease)
}

/// A list without them.
pub fn without_grease(values: &[u16]) -> Vec<u16> {
    let known = values.iter().copied().filter(|value| !is_grease(*value));
    known.collect()
}
