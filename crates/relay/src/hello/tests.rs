//! Real clients' hellos (see `tests/hellos/README.md`): what is read in them, and how they are judged.

mod judged;
mod pieces;

use super::Seen;
use super::parse::{ClientHello, has_grease};
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

fn message(bytes: &[u8]) -> Vec<u8> {
    let mut gathering = Gathering::default();
    assert_eq!(gathering.push(bytes), Progress::Whole);
    gathering.message().to_vec()
}

fn hello(bytes: &[u8]) -> ClientHello {
    ClientHello::parse(&message(bytes)).expect("a hello")
}

fn ja4(bytes: &[u8]) -> String {
    let seen = Seen::read(&message(bytes)).expect("a hello");
    seen.facts(None).ja4
}

#[test]
fn fingerprints_are_those_that_were_measured_before() {
    for (bytes, expected) in [
        (CHROMIUM_FETCH, "t13d1517h2_8daaf6152771_cb7bf5808d99"),
        (CHROMIUM_NAVIGATION, "t13d1517h2_8daaf6152771_cb7bf5808d99"),
        (CHROMIUM_WEBSOCKET, "t13d1516h1_8daaf6152771_5b37b36a67c0"),
        (FIREFOX_FETCH, "t13d1617h2_86a278354501_3cbfd9057e0d"),
        (FIREFOX_NAVIGATION, "t13d1617h2_86a278354501_3cbfd9057e0d"),
        (FIREFOX_WEBSOCKET, "t13d1617h2_86a278354501_3cbfd9057e0d"),
        (FIREFOX_REPEAT, "t13d1616h2_86a278354501_0c27189014cf"),
        (WEBKITGTK_FETCH, "t13d2913h2_723694b0fccc_5671b5df5029"),
        (WEBKITGTK_WEBSOCKET, "t13d2913h1_723694b0fccc_5671b5df5029"),
        (CURL, "t13d3112h2_e8f1e7e78f70_b26ce05bbdd6"),
        (OPENSSL, "t13d311000_e8f1e7e78f70_1f22a2ca17c4"),
        (PYTHON, "t13d1813h1_85036bcba153_d339722ba4af"),
        (SQUID_BUMP, "t13d311100_e8f1e7e78f70_b14c9c0b5032"),
        (SQUID_STARE_CHROMIUM, "t13d1613h1_1711a4c0508c_830561eb1039"),
        (SQUID_STARE_FIREFOX, "t13d1713h1_5dc684030f41_830561eb1039"),
        (MITMPROXY_FETCH, "t13d2812h2_a01be8c064b6_ef4b9b248d72"),
        (MITMPROXY_WEBSOCKET, "t13d2812h1_a01be8c064b6_ef4b9b248d72"),
    ] {
        assert_eq!(ja4(bytes), expected);
    }
}

#[test]
fn every_field_is_read_in_its_order() {
    let firefox = hello(FIREFOX_FETCH);
    assert_eq!(firefox.legacy_version, 0x0303);
    assert_eq!(firefox.versions, [0x0304, 0x0303]);
    assert_eq!(firefox.suites[..4], [0x1301, 0x1303, 0x1302, 0xc02b]);
    assert_eq!(firefox.extensions[..4], [0x0000, 0x0017, 0xff01, 0x000a]);
    assert_eq!(firefox.signatures[..3], [0x0403, 0x0503, 0x0603]);
    assert_eq!(firefox.groups[..3], [0x11ec, 0x001d, 0x0017]);
    assert_eq!(firefox.key_shares, [0x11ec, 0x001d, 0x0017]);
    assert_eq!(firefox.protocols, [&b"h2"[..], b"http/1.1"]);
    assert!(firefox.has_name());
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
    assert!(hello(CHROMIUM_FETCH).has_extension(alps));
    let websocket = hello(CHROMIUM_WEBSOCKET);
    assert!(!websocket.has_extension(alps));
    assert_eq!(websocket.protocols, [b"http/1.1"]);
}

#[test]
fn what_is_kept_for_a_connections_life_is_small() {
    assert!(size_of::<Option<Seen>>() <= 48);
}
