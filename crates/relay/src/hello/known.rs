//! What is known of the hellos of two families of browsers: all of it, in one place.
//!
//! Measured: Chromium 156 and Firefox 153 ESR, whose hellos are kept in `tests/hellos`. Read: captures of Chrome
//! and Firefox of 2022 and 2023 in FoxIO-LLC/ja4, and Chromium's and Mozilla's sources and lists of policies,
//! for what other versions and an administrator's settings can show.

/// Oldest version of each family that is judged: the first of 2021. What older ones did was not looked up.
pub const CHROMIUM_SINCE: u32 = 88;
/// See [`CHROMIUM_SINCE`].
pub const FIREFOX_SINCE: u32 = 85;
/// Newest Firefox measured. Two of its marks are choices that a next version may revise, so they are held
/// against no newer one.
pub const FIREFOX_UNTIL: u32 = 153;

/// `record_size_limit`, RFC 8449. NSS sends it in every hello of TLS and has no switch for it
/// (`ssl_SendRecordSizeLimitXtn`).
pub const RECORD_SIZE_LIMIT: u16 = 0x001c;
/// `application_settings` (ALPS), by its number before and since Chromium 133. Chromium sends it wherever it
/// offers HTTP/2, as with a fetch; those of 2022 sent it with a WebSocket, too, which offers HTTP/1.1 alone.
pub const ALPS: [u16; 2] = [0x4469, 0x44cd];

/// Extensions that neither family has in its TLS library, and that OpenSSL and GnuTLS send by default:
/// `encrypt_then_mac` (RFC 7366).
pub const FOREIGN_EXTENSIONS: [u16; 1] = [0x0016];

/// Groups that neither library has: X448 (RFC 7748), offered by OpenSSL and GnuTLS.
pub const FOREIGN_GROUPS: [u16; 1] = [0x001e];

/// Signature algorithms that neither library has: those with SHA-224 (RFC 5246 section 7.4.1.4.1: hash 3),
/// offered by OpenSSL.
pub const FOREIGN_SIGNATURES: [u16; 3] = [0x0301, 0x0302, 0x0303];

/// Cipher suites that neither family has offered since 2021, nor lets an administrator switch on, and that
/// OpenSSL, GnuTLS, Schannel or Java offer by default. Old ones only: no browser will take one up again.
pub const FOREIGN_SUITES: [u16; 39] = [
    0x0032, 0x0038, // DHE_DSS, CBC, SHA-1
    0x003c, 0x003d, // RSA, CBC, SHA-256
    0x0040, 0x006a, 0x00a2, 0x00a3, // DHE_DSS, SHA-256 and GCM
    0x0067, 0x006b, // DHE_RSA, CBC, SHA-256
    0x009e, 0x009f, // DHE_RSA, GCM
    0x0041, 0x0084, 0x0045, 0x0088, 0x00ba, 0x00be, 0x00c0, 0x00c4, // Camellia
    0xc008, 0xc012, // ECDHE, 3DES
    0xc023, 0xc024, 0xc027, 0xc028, // ECDHE, CBC, SHA-256 and SHA-384
    0xc050, 0xc051, 0xc05c, 0xc060, // ARIA
    0xc09c, 0xc09d, 0xc09e, 0xc09f, 0xc0ac, 0xc0ad, // CCM
    0xccaa, // DHE_RSA, ChaCha20
    0xc0a0, 0xc0a1, // RSA, CCM_8
];

/// Every suite that Chromium has offered since 2021.
pub const CHROMIUM_SUITES: [u16; 16] = [
    0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013, 0xc014, 0x009c,
    0x009d, 0x002f, 0x0035, // measured
    0x000a, // 3DES, until 92
];

/// Every extension known of Chromium since 2021.
pub const CHROMIUM_EXTENSIONS: [u16; 21] = [
    0x0000, 0x0005, 0x000a, 0x000b, 0x000d, 0x0010, 0x0012, 0x0017, 0x001b, 0x0023, 0x002b, 0x002d,
    0x0033, 0x44cd, 0xca34, 0xfe0d, 0xff01, // measured
    0x4469, // ALPS, until 132
    0x0015, // padding, where a hello is shorter than 512 bytes
    0x0029, 0x002a, // resumption, early data
];

/// Every suite that Firefox has offered since 2021, or that its policy `DisabledCiphers` can switch on.
pub const FIREFOX_SUITES: [u16; 21] = [
    0x1301, 0x1303, 0x1302, 0xc02b, 0xc02f, 0xcca9, 0xcca8, 0xc02c, 0xc030, 0xc00a, 0xc013, 0xc014,
    0x009c, 0x009d, 0x002f, 0x0035, // measured
    0xc009, 0x000a, 0x0033, 0x0039, // older versions, and the policy
    0x5600, // a repeat with a lower version (RFC 7507)
];

/// Every extension known of Firefox since 2021.
pub const FIREFOX_EXTENSIONS: [u16; 22] = [
    0x0000, 0x0005, 0x000a, 0x000b, 0x000d, 0x0010, 0x0012, 0x0017, 0x001b, 0x001c, 0x0022, 0x0023,
    0x002b, 0x002d, 0x0033, 0xfe0d, 0xff01, // measured; a repeat after a failure lacks 0x001b
    0x0015, // padding
    0x0029, 0x002a, 0x002c, // resumption, early data, cookie
    0x0031, // post-handshake authentication, a preference
];
