//! Real clients' hellos (see `tests/hellos/README.md`): what is read in them, and how they are judged.

mod judged;
mod pieces;

use super::Seen;
use super::parse::{ClientHello, has_grease, without_grease};
use super::record::{Gathering, Progress};

macro_rules! hellos {
    ($($name:ident = $file:literal,)*) => {
        $(const $name: &[u8] = include_bytes!(concat!("../../tests/hellos/", $file, ".bin"));)*
        const ALL: &[(&str, &[u8])] = &[$(($file, $name),)*];
    };
}

hellos! {
    CHROMIUM_FETCH = "chromium-fetch",
    CHROMIUM_NAVIGATION = "chromium-navigation",
    CHROMIUM_WEBSOCKET = "chromium-websocket",
    FIREFOX_FETCH = "firefox-fetch",
    FIREFOX_NAVIGATION = "firefox-navigation",
    FIREFOX_WEBSOCKET = "firefox-websocket",
    FIREFOX_REPEAT = "firefox-repeat",
    WEBKITGTK_FETCH = "webkitgtk-fetch",
    WEBKITGTK_WEBSOCKET = "webkitgtk-websocket",
    CURL = "curl",
    OPENSSL = "openssl",
    PYTHON = "python",
    SQUID_BUMP = "squid-bump",
    SQUID_STARE_CHROMIUM = "squid-stare-chromium",
    SQUID_STARE_FIREFOX = "squid-stare-firefox",
    MITMPROXY_FETCH = "mitmproxy-fetch",
    MITMPROXY_WEBSOCKET = "mitmproxy-websocket",
}

const OF_CHROMIUM: [&[u8]; 3] = [CHROMIUM_FETCH, CHROMIUM_NAVIGATION, CHROMIUM_WEBSOCKET];
const OF_FIREFOX: [&[u8]; 4] = [
    FIREFOX_FETCH,
    FIREFOX_NAVIGATION,
    FIREFOX_WEBSOCKET,
    FIREFOX_REPEAT,
];

/// Extension `server_name` (RFC 6066 section 3).
const SERVER_NAME: u16 = 0x0000;

fn message(bytes: &[u8]) -> Vec<u8> {
    let mut gathering = Gathering::default();
    assert_eq!(gathering.push(bytes), Progress::Whole);
    gathering.message().to_vec()
}

fn hello(bytes: &[u8]) -> ClientHello {
    ClientHello::parse(&message(bytes)).expect("a hello")
}

/// Whether it names a host, how many suites and extensions it offers without GREASE, and its first protocol, as they
/// were measured when it was recorded.
#[test]
fn hellos_are_read_as_they_were_measured() {
    for (bytes, has_name, suites, extensions, protocol) in [
        (CHROMIUM_FETCH, true, 15, 17, Some(&b"h2"[..])),
        (CHROMIUM_NAVIGATION, true, 15, 17, Some(&b"h2"[..])),
        (CHROMIUM_WEBSOCKET, true, 15, 16, Some(&b"http/1.1"[..])),
        (FIREFOX_FETCH, true, 16, 17, Some(&b"h2"[..])),
        (FIREFOX_NAVIGATION, true, 16, 17, Some(&b"h2"[..])),
        (FIREFOX_WEBSOCKET, true, 16, 17, Some(&b"h2"[..])),
        (FIREFOX_REPEAT, true, 16, 16, Some(&b"h2"[..])),
        (WEBKITGTK_FETCH, true, 29, 13, Some(&b"h2"[..])),
        (WEBKITGTK_WEBSOCKET, true, 29, 13, Some(&b"http/1.1"[..])),
        (CURL, true, 31, 12, Some(&b"h2"[..])),
        (OPENSSL, true, 31, 10, None),
        (PYTHON, true, 18, 13, Some(&b"http/1.1"[..])),
        (SQUID_BUMP, true, 31, 11, None),
        (SQUID_STARE_CHROMIUM, true, 16, 13, Some(&b"http/1.1"[..])),
        (SQUID_STARE_FIREFOX, true, 17, 13, Some(&b"http/1.1"[..])),
        (MITMPROXY_FETCH, true, 28, 12, Some(&b"h2"[..])),
        (MITMPROXY_WEBSOCKET, true, 28, 12, Some(&b"http/1.1"[..])),
    ] {
        let hello = hello(bytes);
        assert_eq!(hello.extensions.contains(&SERVER_NAME), has_name);
        assert_eq!(without_grease(&hello.suites).len(), suites);
        assert_eq!(without_grease(&hello.extensions).len(), extensions);
        assert_eq!(hello.protocols.first().map(Vec::as_slice), protocol);
        // All of them offer TLS 1.3 as the highest.
        let highest = without_grease(&hello.versions).into_iter().max();
        assert_eq!(highest, Some(0x0304));
    }
}

/// A handshake message (RFC 8446 section 4.1.2) with so many suites and as many empty extensions of numbers that nobody has.
fn made_up(suites: u16, extensions: u16) -> Vec<u8> {
    let of = |length: u16, item: &dyn Fn(u16) -> Vec<u8>| -> Vec<u8> {
        let items: Vec<u8> = (0..length).flat_map(item).collect();
        let length = u16::try_from(items.len()).expect("a length");
        [&length.to_be_bytes()[..], &items].concat()
    };
    let suite = |number: u16| (0x1300 + number).to_be_bytes().to_vec();
    let extension = |number: u16| [(0x4000 + number).to_be_bytes(), [0; 2]].concat();
    let body = [
        &[3, 3][..],
        &[0; 32],
        &[0],
        &of(suites, &suite),
        &[1, 0],
        &of(extensions, &extension),
    ]
    .concat();
    let length = u32::try_from(body.len()).expect("a length").to_be_bytes();
    [&[1][..], &length[1..], &body].concat()
}

#[test]
fn a_hello_of_more_than_any_browser_has_is_not_read() {
    let is_read = |suites, extensions| ClientHello::parse(&made_up(suites, extensions)).is_some();
    assert!(is_read(256, 128));
    assert!(!is_read(257, 128));
    assert!(!is_read(256, 129));
}

#[test]
fn every_field_is_read_in_its_order() {
    let firefox = hello(FIREFOX_FETCH);
    assert_eq!(firefox.versions, [0x0304, 0x0303]);
    assert_eq!(firefox.suites[..4], [0x1301, 0x1303, 0x1302, 0xc02b]);
    assert_eq!(firefox.extensions[..4], [0x0000, 0x0017, 0xff01, 0x000a]);
    assert_eq!(firefox.signatures[..3], [0x0403, 0x0503, 0x0603]);
    assert_eq!(firefox.groups[..3], [0x11ec, 0x001d, 0x0017]);
    assert_eq!(firefox.key_shares, [0x11ec, 0x001d, 0x0017]);
    assert_eq!(firefox.protocols, [&b"h2"[..], b"http/1.1"]);
    assert!(firefox.extensions.contains(&SERVER_NAME));
}

#[test]
fn grease_is_found_in_each_place_of_chromium_and_nowhere_else() {
    for bytes in OF_CHROMIUM {
        let hello = hello(bytes);
        for values in [
            &hello.suites,
            &hello.extensions,
            &hello.versions,
            &hello.groups,
            &hello.signatures,
            &hello.key_shares,
        ] {
            assert!(has_grease(values), "{values:04x?}");
        }
    }
    for bytes in [FIREFOX_FETCH, WEBKITGTK_FETCH, CURL, SQUID_BUMP] {
        let hello = hello(bytes);
        assert!(!has_grease(&hello.suites) && !has_grease(&hello.extensions));
    }
}

#[test]
fn chromiums_websocket_offers_http_1_alone_and_no_alps() {
    let alps = 0x44cd;
    assert!(hello(CHROMIUM_FETCH).extensions.contains(&alps));
    let websocket = hello(CHROMIUM_WEBSOCKET);
    assert!(!websocket.extensions.contains(&alps));
    assert_eq!(websocket.protocols, [b"http/1.1"]);
}

#[test]
fn what_is_kept_for_a_connections_life_is_small() {
    assert!(size_of::<Option<Seen>>() <= 8);
}
