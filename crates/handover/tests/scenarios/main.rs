//! Every rule and every line of the algebra as data: what triggers it, what nearly does, and what
//! stronger cause hides it. Times are those of real browsers (docs/browsers.md section 8).

mod boxes;
mod comparing;
mod everything;
mod handover;
mod helpdesk;
mod limits;
mod mangling;
mod network;
mod on_the_page;
mod pattern;
mod properties;
mod rewritten;
mod scenario;
mod stranger;

use reachcheck_model::observation::{Answer, Failure, Outcome};
use reachcheck_model::probe::Probe;
use reachcheck_wire::{Alpn, BodyEnd, Connect, Dialogue, HttpVersion, Rejection, Tls};
use scenario::{
    ALL_WELL, R, Reports as _, SEATTLE_BLOCKED, SEATTLE_UNKNOWN, after_tls, answered, check,
    closed, closes_after_tls, expect, failed, failed_after_tls, healthy, not_needed,
    nothing_answers, rejects_tls, summary, unreached,
};

#[test]
fn all_well() {
    expect(&healthy(), &[ALL_WELL]);
    for name in [
        "toronto/https",
        "toronto/tcp",
        "network/internet",
        "network/socket",
        "network/events",
    ] {
        assert_eq!(check(&healthy(), name), "ok confirmed", "{name}");
    }
}

// TCP endpoints that speak other protocols: healthy means "as from outside".

/// A time acquits nobody: something must show that the connection was taken.
#[test]
fn healthy_ports_of_other_protocols_are_recognised_by_what_took_their_connection() {
    for (trips, how, well) in [
        (4.0, Rejection::Closed, true),
        (4.0, Rejection::Reset, true),
        (4.0, Rejection::NotTls, true),
        (4.0, Rejection::Alert, true),
        // After one alert Chromium does not try again, and the relay does not say which one came.
        (2.0, Rejection::Alert, false),
    ] {
        let port = healthy()
            .fails_after("seattle/tcp", trips)
            .outside("seattle/tcp", rejects_tls("seattle/tcp", how));
        assert_eq!(check(&port, "seattle/tcp"), "unknown none", "{how:?}");
        let proven = check(&port.tcp_stands("seattle/tcp"), "seattle/tcp");
        let expected = if well { "ok confirmed" } else { "unknown none" };
        assert_eq!(proven, expected, "{how:?}");
    }
    let closes = healthy()
        .fails_after("seattle/tcp", 3.0)
        .tls_stands("seattle/tcp")
        .outside("seattle/tcp", closes_after_tls("seattle/tcp"));
    expect(&closes, &[ALL_WELL]);
}

#[test]
fn without_a_relay_a_failing_port_is_unknown() {
    for trips in [1.0, 2.0, 3.0, 4.0] {
        let failing = healthy().no_relay().fails_after("seattle/tcp", trips);
        assert_eq!(check(&failing, "seattle/tcp"), "unknown none", "{trips} R");
    }
    // Faster than any path: that is not the service.
    let near = healthy().no_relay().fails_after("seattle/tcp", 3.0 / R);
    assert_eq!(check(&near, "seattle/tcp"), "failed inferred");
    assert_eq!(summary(&near)[0], SEATTLE_UNKNOWN);
}

#[test]
fn firefox_alone_proves_a_port_that_finishes_tls() {
    let ms = 2800.0;
    let beside = |first, socket_ms| {
        healthy().firefox().no_relay().endpoint(
            "seattle/tcp",
            [
                first,
                failed_after_tls(ms),
                failed_after_tls(ms),
                not_needed(),
            ],
            closed(socket_ms, 1006),
        )
    };
    let finished = |first| beside(first, 3.0 * R);
    assert_eq!(
        check(&finished(failed_after_tls(ms)), "seattle/tcp"),
        "ok confirmed"
    );
    // What was not repeated may be a proxy's late refusal, which has a duration as well.
    let denied = beside(failed_after_tls(ms), ms);
    assert_eq!(check(&denied, "seattle/tcp"), "unknown none");
    // An attempt that failed before TLS contradicts it.
    let before_tls = Outcome::Failed {
        ms,
        failure: Failure::Network {
            tls_finished: Some(false),
        },
    };
    assert_eq!(check(&finished(before_tls), "seattle/tcp"), "unknown none");
    // One alone may be a kept connection that was killed later.
    let once = healthy().firefox().no_relay().endpoint(
        "seattle/tcp",
        [failed_after_tls(ms), failed(ms), failed(ms), not_needed()],
        closed(3.0 * R, 1006),
    );
    assert_eq!(check(&once, "seattle/tcp"), "unknown none");
    // Where outside gets an answer, TLS alone is not enough.
    let mut answers_outside = finished(failed_after_tls(ms));
    answers_outside.relays = healthy().relays;
    expect(
        &answers_outside,
        &[SEATTLE_BLOCKED, "closed-after-tls / seattle - confirmed"],
    );
}

#[test]
fn an_open_websocket_proves_a_port_by_itself() {
    let open = healthy().no_relay().endpoint(
        "seattle/tcp",
        [failed(R), failed(R), failed(R), not_needed()],
        answered(250.0, Answer::Opened),
    );
    assert_eq!(check(&open, "seattle/tcp"), "ok confirmed");
}

#[test]
fn a_socket_that_the_browser_holds_back_does_not_hide_the_level() {
    let held_back = healthy()
        .fails_after("seattle/tcp", 4.0)
        .tcp_stands("seattle/tcp")
        .outside("seattle/tcp", rejects_tls("seattle/tcp", Rejection::Closed));
    let upgrade = Probe::Upgrade(held_back.find("seattle/tcp"));
    expect(
        &held_back.clone().set(upgrade, closed(4.0 * R + 60.0, 1006)),
        &[ALL_WELL],
    );
    expect(
        &held_back
            .clone()
            .set(upgrade, Outcome::TimedOut { ms: 8000.0 }),
        &[ALL_WELL],
    );
    // A socket that was faster objects.
    expect(&held_back.set(upgrade, closed(R, 1006)), &[SEATTLE_UNKNOWN]);
}

#[test]
fn a_server_that_closes_after_each_answer_does_not_make_healthy_ports_refused() {
    // Its "warm" answers take three round trips; read as one, four would look like one and a bit.
    let mut closing = healthy();
    let ids = ["toronto", "virginia", "seattle", "virginia-seattle"];
    for region in ids {
        let https = format!("{region}/https");
        let cold = answered(3.2 * R, Answer::Opaque);
        let warm = || answered(3.0 * R, Answer::Opaque);
        closing = closing.endpoint(&https, [cold, warm(), warm(), warm()], not_needed());
        let mut dial = after_tls(
            &https,
            None,
            Dialogue::Http {
                ms: 2.0,
                status: 200,
                keeps_open: false,
                version: Some(HttpVersion::Http11),
                body: Some(BodyEnd::Length),
                whole: None,
            },
        );
        if let Some(Tls::Finished { alpn, .. }) = &mut dial.tls {
            *alpn = Some(Alpn::NotChosen);
        }
        let tcp = format!("{region}/tcp");
        closing = closing
            .outside(&https, dial)
            .fails_after(&tcp, 4.0)
            .tcp_stands(&tcp)
            .outside(&tcp, rejects_tls(&tcp, Rejection::Closed));
    }
    expect(&closing, &[ALL_WELL]);
}

// Down.

#[test]
fn blocked_comes_before_down_and_each_region_keeps_its_own() {
    let both = healthy()
        .silent("seattle/tcp")
        .silent("toronto/https")
        .outside(
            "toronto/https",
            unreached("toronto/https", Connect::NotResolved),
        );
    expect(
        &both,
        &[
            "blocked: down reachable blocked reachable",
            "dropped / seattle - inferred",
            "service-down / toronto - inferred",
        ],
    );
}

#[test]
fn a_region_with_both_faults_is_blocked() {
    let both = healthy()
        .silent("seattle/tcp")
        .silent("seattle/https")
        .outside(
            "seattle/https",
            unreached("seattle/https", Connect::NotResolved),
        );
    assert_eq!(summary(&both)[0], SEATTLE_BLOCKED);
}

// The relay.

#[test]
fn without_the_relay_nothing_is_blocked_or_down() {
    for scenario in [healthy().no_relay(), healthy().relay_unreachable()] {
        let scenario = scenario
            .silent("seattle/https")
            .fails_after("toronto/https", 1.0)
            .fails_after("virginia/tcp", 3.0 / R);
        let verdicts = &summary(&scenario)[0];
        assert_eq!(verdicts, "unknown: unknown unknown unknown reachable");
        assert_eq!(check(&scenario, "network/socket"), "not-run none");
        assert_eq!(check(&scenario, "network/events"), "not-run none");
    }
}

#[test]
fn relay_findings_are_told_apart() {
    expect(
        &healthy().relay_unreachable(),
        &[ALL_WELL, "relay-unreachable / network - inferred"],
    );
    expect(
        &healthy().no_relay(),
        &[ALL_WELL, "no-relay / network - confirmed"],
    );
    expect(
        &healthy().challenge(|challenge| challenge.origin_allowed = false),
        &[ALL_WELL, "relay-misconfigured / network - confirmed"],
    );
    expect(
        &healthy().challenge(|challenge| challenge.busy = true),
        &[ALL_WELL, "relay-busy / network - confirmed"],
    );
}

#[test]
fn a_relay_on_this_computer_says_nothing_of_the_network() {
    let mut local = healthy().challenge(|challenge| challenge.outside = false);
    local.relays[0].is_loopback = true;
    for name in ["network/socket", "network/events"] {
        assert_eq!(check(&local, name), "unknown none");
    }
    let failing = local.set(Probe::Socket, closed(3.0, 1006));
    assert_eq!(
        summary(&failing)[0],
        ALL_WELL,
        "no socket-blocked on loopback"
    );
}

// Network checks.

#[test]
fn unsteady_counts_every_attempt_the_cold_one_too() {
    let answer = || answered(R, Answer::Opaque);
    let unsteady = healthy().endpoint(
        "seattle/https",
        [answer(), answer(), failed(R), failed(R)],
        not_needed(),
    );
    let text = unsteady.report(|_, _| {});
    assert!(text.contains("answered 2 tries and failed 2"), "{text}");
}

// Answers that are not the service's.

#[test]
fn a_silent_canary_leaves_a_success_inferred() {
    let silent = healthy().set(Probe::Canary, Outcome::TimedOut { ms: 6000.0 });
    assert_eq!(check(&silent, "toronto/https"), "ok inferred");
}

// The report.

#[test]
fn the_report_of_a_blocked_region() {
    let text = healthy().silent("seattle/tcp").report(|_, link| {
        link.ticket = Some("48213".to_owned());
    });
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/report-blocked.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(file, &text).expect("the golden report can be written");
    }
    let golden = std::fs::read_to_string(file).expect("the golden report");
    assert!(
        text == golden,
        "if this is meant, run again with UPDATE_GOLDEN=1 and read the diff:\n{text}"
    );
}

#[test]
fn reports_keep_their_width_and_their_bytes_in_every_language() {
    use reachcheck_model::lang::Lang;
    for scenario in [
        healthy(),
        healthy()
            .silent("seattle/tcp")
            .fails_after("toronto/https", 1.0),
        nothing_answers(),
        healthy().set(Probe::Canary, answered(12.0, Answer::Opaque)),
    ] {
        for lang in Lang::ALL {
            let text = scenario.report(|config, _| config.report_language = lang);
            assert_eq!(
                text,
                scenario.report(|config, _| config.report_language = lang)
            );
            assert!(!text.contains('\r') && text.ends_with('\n'));
            for line in text.lines() {
                assert!(line.chars().count() <= 80, "{lang:?}: {line}");
                assert_eq!(line.trim_end(), line);
            }
        }
    }
}
