//! Rules about the way out: ports, holds, proxies, names, clocks, plain bytes.

use crate::scenario::{
    ALL_WELL, Reports as _, SEATTLE_UNKNOWN, answered, check, expect, healthy, rejects_tls,
    speaks_http, summary,
};
use reachcheck_model::observation::Answer;
use reachcheck_model::probe::Probe;
use reachcheck_wire::{AddressFamily, Connect, DialReport, Other, Rejection};

// Proxies and inspection.

#[test]
fn a_plain_port_behind_a_proxy_needs_proof_of_the_tunnel() {
    let plain = || {
        healthy()
            .behind_proxy()
            .fails_after("seattle/tcp", 4.0)
            .outside("seattle/tcp", rejects_tls("seattle/tcp", Rejection::Closed))
    };
    assert_eq!(summary(&plain())[0], SEATTLE_UNKNOWN);
    let turn = |plain_connected| {
        let probe = Probe::Turn(plain().find("seattle/tcp"));
        let answer = Answer::Turn {
            plain: plain_connected,
            tls: false,
        };
        plain().set(probe, answered(200.0, answer))
    };
    assert_eq!(summary(&turn(true))[0], ALL_WELL);
    assert_eq!(check(&turn(true), "seattle/tcp"), "ok confirmed");
    assert_eq!(summary(&turn(false))[0], SEATTLE_UNKNOWN);
}

#[test]
fn plain_tcp_that_is_proven_confirms_a_port_that_fails_as_from_outside() {
    let plain = healthy()
        .fails_after("seattle/tcp", 4.0)
        .outside("seattle/tcp", rejects_tls("seattle/tcp", Rejection::Closed));
    assert_eq!(check(&plain, "seattle/tcp"), "unknown none");
    let probe = Probe::Turn(plain.find("seattle/tcp"));
    let answer = || Answer::Turn {
        plain: true,
        tls: false,
    };
    let proven = plain.set(probe, answered(200.0, answer()));
    assert_eq!(check(&proven, "seattle/tcp"), "ok confirmed");
    // What is refused near by is not healed by a box that takes every connection.
    let near = healthy()
        .fails_after("seattle/tcp", 0.04)
        .outside("seattle/tcp", rejects_tls("seattle/tcp", Rejection::Closed))
        .set(probe, answered(200.0, answer()));
    assert_eq!(check(&near, "seattle/tcp"), "failed inferred");
}

// Relays.

#[test]
fn a_report_names_both_relays_where_two_were_asked() {
    const AT: &str = "seattle/https";
    let refused = DialReport {
        endpoint: AT.to_owned(),
        connect: Connect::Refused { ms: 2.0 },
        ..DialReport::default()
    };
    let run = healthy().fails_after(AT, 1.0).outside(AT, refused);
    let report = |run: &reachcheck_diagnosis::testing::Scenario| {
        let text = run.report(|_, _| ());
        let words: Vec<&str> = text.split_whitespace().collect();
        words.join(" ")
    };
    let both = run.another_relay().outside_next(AT, speaks_http(AT));
    let text = report(&both);
    for named in [
        "Relay: https://relay.example/relay/ (0.1.0)",
        "Next relay, asked about: seattle/https: https://relay.example.net/",
        "out x2 next-out 2 5/TLS1.3 2/200",
    ] {
        assert!(text.contains(named), "{text}");
    }
    // Who was not asked is not named.
    assert!(!report(&healthy().another_relay()).contains("relay.example.net"));
}

// Plain bytes.

#[test]
fn what_stands_in_the_place_of_the_browsers_functions_is_named_and_spoils_nothing() {
    let mut meddled = healthy();
    meddled.environment.replaced = vec!["fetch".to_owned()];
    expect(
        &meddled,
        &[ALL_WELL, "extension-interferes / network - confirmed"],
    );
    let text = meddled.report(|_, _| {});
    assert!(text.contains("put its own fetch in place"), "{text}");
}

// Address families.

#[test]
fn what_the_other_family_does_outside_stands_in_the_measurements_and_decides_nothing() {
    for connect in [
        Connect::Refused { ms: 2.0 },
        Connect::Connected {
            ms: 2.0,
            family: AddressFamily::Ipv6,
        },
    ] {
        let report = DialReport {
            other: Some(Box::new(Other {
                family: AddressFamily::Ipv6,
                connect,
                tls: None,
            })),
            ..rejects_tls("seattle/tcp", Rejection::NotTls)
        };
        let both = || {
            healthy()
                .silent("seattle/tcp")
                .outside("seattle/tcp", report.clone())
        };
        let one = healthy()
            .silent("seattle/tcp")
            .outside("seattle/tcp", rejects_tls("seattle/tcp", Rejection::NotTls));
        assert_eq!(summary(&both()), summary(&one));
        let words = match connect {
            Connect::Refused { .. } => "out 2 x2/not-tls ipv6 x2",
            _ => "out 2 x2/not-tls ipv6 2",
        };
        let flat = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat(both().report(|_, _| {})).contains(words), "{words}");
        assert!(!flat(one.report(|_, _| {})).contains("ipv6"));
    }
}
