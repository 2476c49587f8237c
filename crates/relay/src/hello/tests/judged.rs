//! How real clients' hellos are judged.

use reachcheck_wire::Consistency::{self, Consistent, Inconsistent, Unknown};

use super::{
    ALL, CHROMIUM_FETCH, CHROMIUM_WEBSOCKET, CURL, FIREFOX_FETCH, MITMPROXY_FETCH,
    MITMPROXY_WEBSOCKET, OF_CHROMIUM, OF_FIREFOX, OPENSSL, PYTHON, SQUID_BUMP,
    SQUID_STARE_CHROMIUM, SQUID_STARE_FIREFOX, WEBKITGTK_FETCH, hello, message,
};
use crate::hello::Seen;
use crate::hello::browser::Browser;
use crate::hello::judge::Marks;
use crate::hello::parse::{ClientHello, without_grease};

/// As those browsers said it when they were recorded.
const SAYS_CHROMIUM: &str = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36";
const SAYS_FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0";
const SAYS_WEBKITGTK: &str = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/60.5 Safari/605.1.15";
const SAYS_EDGE: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0.3800.70";
/// A browser of years ago, and one of years to come.
const SAYS_OLD_CHROME: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/87.0.4280.66 Safari/537.36";
const SAYS_NEW_FIREFOX: &str =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:200.0) Gecko/20100101 Firefox/200.0";

fn judged(bytes: &[u8], user_agent: &str) -> Consistency {
    let seen = Seen::read(&message(bytes)).expect("a hello");
    seen.facts(Some(user_agent)).consistency
}

#[test]
fn browsers_are_consistent_with_themselves() {
    for bytes in OF_CHROMIUM {
        for user_agent in [SAYS_CHROMIUM, SAYS_EDGE] {
            assert_eq!(judged(bytes, user_agent), Consistent);
        }
    }
    for bytes in OF_FIREFOX {
        assert_eq!(judged(bytes, SAYS_FIREFOX), Consistent);
    }
}

/// As captures of 2022 and 2023 show them (`pcap/tls-handshake.pcapng` and `pcap/tls12.pcap` of the repository
/// FoxIO-LLC/ja4).
#[test]
fn browsers_of_some_years_ago_are_consistent_too() {
    for bytes in [CHROMIUM_FETCH, CHROMIUM_WEBSOCKET] {
        let mut chrome = hello(bytes);
        let later = [0x44cd, 0xca34, 0xfe0d];
        chrome.extensions.retain(|number| !later.contains(number));
        chrome.extensions.extend([0x4469, 0x0015]);
        chrome.key_shares.retain(|group| *group != 0x11ec);
        chrome.groups.retain(|group| *group != 0x11ec);
        chrome.signatures = vec![
            0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601,
        ];
        assert_eq!(without_grease(&chrome.suites).len(), 15);
        let browser = Browser::named(&SAYS_EDGE.replace("156.", "110."));
        assert_eq!(Marks::of(&chrome).beside(browser), Consistent);
    }
    let mut firefox = hello(FIREFOX_FETCH);
    firefox.suites.push(0xc009);
    let later = [0x0012, 0x001b, 0xfe0d];
    firefox.extensions.retain(|number| !later.contains(number));
    firefox.extensions.push(0x0015);
    assert_eq!((firefox.suites.len(), firefox.extensions.len()), (17, 15));
    let browser = Browser::named(&SAYS_FIREFOX.replace("153.", "110."));
    assert_eq!(Marks::of(&firefox).beside(browser), Consistent);
}

#[test]
fn what_opens_connections_on_the_way_is_inconsistent_with_a_browser() {
    for (name, bytes) in [
        ("squid bump", SQUID_BUMP),
        ("squid stare, Chromium", SQUID_STARE_CHROMIUM),
        ("squid stare, Firefox", SQUID_STARE_FIREFOX),
        ("mitmproxy fetch", MITMPROXY_FETCH),
        ("mitmproxy websocket", MITMPROXY_WEBSOCKET),
        ("curl", CURL),
        ("openssl", OPENSSL),
        ("python", PYTHON),
        ("GnuTLS", WEBKITGTK_FETCH),
    ] {
        for user_agent in [SAYS_CHROMIUM, SAYS_EDGE, SAYS_FIREFOX, SAYS_NEW_FIREFOX] {
            assert_eq!(judged(bytes, user_agent), Inconsistent, "{name}");
        }
    }
}

#[test]
fn one_browser_is_inconsistent_with_another() {
    assert_eq!(judged(FIREFOX_FETCH, SAYS_CHROMIUM), Inconsistent);
    assert_eq!(judged(CHROMIUM_FETCH, SAYS_FIREFOX), Inconsistent);
    // A Firefox that nobody has measured may well do GREASE.
    assert_eq!(judged(CHROMIUM_FETCH, SAYS_NEW_FIREFOX), Unknown);
}

#[test]
fn who_is_not_known_is_not_judged() {
    for (name, bytes) in ALL {
        let seen = Seen::read(&message(bytes)).expect("a hello");
        assert_eq!(seen.facts(None).consistency, Unknown, "{name}");
        for user_agent in ["curl/7.88.1", "", SAYS_WEBKITGTK, SAYS_OLD_CHROME] {
            assert_eq!(judged(bytes, user_agent), Unknown, "{name} {user_agent}");
        }
    }
}

/// Each change is one that a coming or differently set up version of the browser may show.
#[test]
fn what_is_new_in_a_browser_is_unknown_and_never_inconsistent() {
    type Change = fn(&mut ClientHello);
    let changes: [(&str, Change); 7] = [
        ("a new suite", |hello| hello.suites.push(0x1399)),
        ("a new extension", |hello| hello.extensions.push(0x7777)),
        ("no post-quantum key share", |hello| {
            hello.key_shares.retain(|group| *group != 0x11ec);
        }),
        ("no hidden name", |hello| {
            hello.extensions.retain(|number| *number != 0xfe0d);
        }),
        ("a new version", |hello| hello.versions.insert(0, 0x0305)),
        ("new signatures and groups", |hello| {
            hello.signatures.insert(0, 0x0999);
            hello.groups.insert(0, 0x1234);
        }),
        ("fewer suites", |hello| {
            hello.suites.retain(|suite| *suite & 0xff00 != 0);
        }),
    ];
    for (bytes, user_agent) in [
        (CHROMIUM_FETCH, SAYS_CHROMIUM),
        (CHROMIUM_WEBSOCKET, SAYS_EDGE),
        (FIREFOX_FETCH, SAYS_FIREFOX),
        (FIREFOX_FETCH, SAYS_NEW_FIREFOX),
    ] {
        let browser = Browser::named(user_agent);
        for (name, change) in changes {
            let mut hello = hello(bytes);
            change(&mut hello);
            let judged = Marks::of(&hello).beside(browser);
            assert_ne!(judged, Inconsistent, "{name} {user_agent}");
        }
    }
    // What Firefox's policies allow.
    let mut without_tls13 = hello(FIREFOX_FETCH);
    without_tls13.versions.retain(|version| *version != 0x0304);
    without_tls13.suites.push(0x0033);
    let browser = Browser::named(SAYS_FIREFOX);
    assert_eq!(Marks::of(&without_tls13).beside(browser), Unknown);
}

#[test]
fn one_impossible_feature_is_enough() {
    type Change = fn(&mut ClientHello);
    let both: [(&str, Change); 4] = [
        ("encrypt_then_mac", |hello| hello.extensions.push(0x0016)),
        ("a suite of CCM", |hello| hello.suites.push(0xc0ac)),
        ("X448", |hello| hello.groups.push(0x001e)),
        ("SHA-224", |hello| hello.signatures.push(0x0303)),
    ];
    let judged = |bytes, user_agent, change: Change| {
        let mut hello = hello(bytes);
        change(&mut hello);
        Marks::of(&hello).beside(Browser::named(user_agent))
    };
    for (name, change) in both {
        for (bytes, user_agent) in [
            (CHROMIUM_FETCH, SAYS_CHROMIUM),
            (FIREFOX_FETCH, SAYS_FIREFOX),
        ] {
            assert_eq!(judged(bytes, user_agent, change), Inconsistent, "{name}");
        }
    }
    let without_tls13 = |hello: &mut ClientHello| hello.versions.retain(|version| *version < 0x304);
    assert_eq!(
        judged(CHROMIUM_FETCH, SAYS_CHROMIUM, without_tls13),
        Inconsistent
    );
    let without_limit = |hello: &mut ClientHello| hello.extensions.retain(|id| *id != 0x001c);
    assert_eq!(
        judged(FIREFOX_FETCH, SAYS_FIREFOX, without_limit),
        Inconsistent
    );
    assert_eq!(
        judged(FIREFOX_FETCH, SAYS_NEW_FIREFOX, without_limit),
        Unknown
    );
}
