//! Rules about the way out: ports, holds, proxies, names, clocks, plain bytes.

use reachcheck_diagnosis::analysis::GaveUp;
use reachcheck_diagnosis::finding::Cause;
use reachcheck_model::observation::{Answer, Failure, NotRun, Outcome, Phases, Timing};
use reachcheck_model::probe::{ClockSource, Port, Probe};
use reachcheck_wire::{
    CertificateFault, Connect, Consistency, DialReport, Dialogue, Family as AddressFamily, Other,
    Plain, Rejection, Saw,
};

use super::scenario::{
    R, Scenario, after_tls, answered, check, clock, closed, failed, not_needed, phases_direct,
    rejects_tls, saw, summary, unreached, waits,
};
use super::{ALL_WELL, SEATTLE_BLOCKED, SEATTLE_UNKNOWN, expect, healthy};

const ALL_DEGRADED: &str = "degraded: degraded degraded degraded degraded";

fn timed_out() -> Outcome {
    Outcome::TimedOut { ms: 4000.0 }
}

/// As Chromium shows an explicit proxy.
fn through_proxy() -> Phases {
    Phases {
        lookup_start: 0.0,
        lookup_end: 0.0,
        connect_start: 1.1,
        secure_start: Some(82.6),
        connect_end: 164.9,
        request_start: 165.0,
        response_start: 246.0,
        response_end: 247.0,
        protocol: "h2".to_owned(),
    }
}

fn behind_proxy(scenario: Scenario) -> Scenario {
    scenario.timing(Some(through_proxy()), Some(through_proxy()))
}

// Ports.

#[test]
fn a_port_that_is_refused_or_silent_towards_the_relay_spoils_every_region() {
    for outcome in [failed(3.0), failed(R), timed_out()] {
        let closed = healthy().set(Probe::Port(Port::Http), outcome.clone());
        expect(
            &closed,
            &[ALL_DEGRADED, "port-80-closed / network - inferred"],
        );
        assert_eq!(check(&closed, "network/port-80"), "failed inferred");
        let closed = healthy().set(Probe::Port(Port::Xmpp), outcome);
        expect(
            &closed,
            &[ALL_DEGRADED, "port-5222-closed / network - inferred"],
        );
    }
}

#[test]
fn tls_that_is_cut_on_a_port_proves_nothing_about_plain_traffic() {
    for outcome in [
        failed(4.0 * R),
        failed(2.0 * R),
        Outcome::Failed {
            ms: R,
            failure: Failure::WrongAnswer,
        },
    ] {
        let cut = healthy().set(Probe::Port(Port::Http), outcome);
        expect(&cut, &[ALL_WELL]);
        assert_eq!(check(&cut, "network/port-80"), "unknown none");
    }
}

#[test]
fn behind_a_proxy_a_refused_port_says_nothing() {
    let refused = behind_proxy(healthy())
        .set(Probe::Port(Port::Http), failed(3.0))
        .set(Probe::Port(Port::Xmpp), timed_out());
    expect(&refused, &[ALL_WELL, "proxy-in-path / network - inferred"]);
    assert_eq!(check(&refused, "network/port-80"), "unknown none");
    assert_eq!(check(&refused, "network/port-5222"), "unknown none");
}

#[test]
fn a_second_run_on_the_connection_of_the_first_still_knows_of_the_proxy() {
    let on_its_connection = || Phases {
        lookup_end: 0.0,
        lookup_start: 0.0,
        connect_start: 0.0,
        secure_start: Some(0.0),
        connect_end: 0.0,
        ..phases_direct(1.0)
    };
    let run = |relay, earlier| {
        let timing = Timing {
            page: None,
            relay: Some(relay),
            earlier,
            warm_ms: Some(R),
        };
        healthy()
            .set(
                Probe::Timing,
                answered(90.0, Answer::Timing(Box::new(timing))),
            )
            .set(Probe::Port(Port::Xmpp), failed(3.0))
    };
    let proxy = "proxy-in-path / network - inferred";
    let again = run(on_its_connection(), Some(through_proxy()));
    expect(&again, &[ALL_WELL, proxy]);
    assert_eq!(check(&again, "network/port-5222"), "unknown none");
    // Direct then is direct now.
    let direct = run(on_its_connection(), Some(phases_direct(1.0)));
    let closed = [ALL_DEGRADED, "port-5222-closed / network - inferred"];
    expect(&direct, &closed);
    // A connection of its own says more than an earlier one.
    expect(&run(phases_direct(1.0), Some(through_proxy())), &closed);
}

#[test]
fn ports_that_the_relay_does_not_serve_are_not_run() {
    let other = healthy()
        .challenge(|challenge| challenge.ports = vec![443])
        .set(Probe::Port(Port::Http), Outcome::NotRun(NotRun::NotOffered));
    expect(&other, &[ALL_WELL]);
    assert_eq!(check(&other, "network/port-80"), "not-run none");
}

// Holds.

#[test]
fn a_quiet_connection_that_is_cut_spoils_every_region() {
    let cut = |ms| {
        let failure = Failure::Closed {
            code: 1006,
            opened: true,
        };
        healthy().set(Probe::Hold, Outcome::Failed { ms, failure })
    };
    let is_round = |scenario: &Scenario| match scenario.diagnose().findings[0].cause {
        Cause::HoldCut { is_round, .. } => is_round,
        ref other => panic!("{other:?}"),
    };
    expect(
        &cut(20_080.0),
        &[ALL_DEGRADED, "hold-cut / network - confirmed"],
    );
    assert!(is_round(&cut(20_080.0)));
    assert!(!is_round(&cut(17_300.0)));
    let silently = healthy().set(Probe::Hold, Outcome::TimedOut { ms: 35_000.0 });
    expect(&silently, &[ALL_DEGRADED, "hold-cut / network - confirmed"]);
    assert_eq!(check(&silently, "network/hold"), "failed confirmed");
}

#[test]
fn a_hold_that_did_not_take_place_says_nothing() {
    for outcome in [
        Outcome::Failed {
            ms: 80.0,
            failure: Failure::Busy,
        },
        Outcome::NotRun(NotRun::NotOffered),
        Outcome::NotRun(NotRun::NoSocket),
        Outcome::Cancelled,
    ] {
        let scenario = healthy().set(Probe::Hold, outcome);
        expect(&scenario, &[ALL_WELL]);
        assert_eq!(check(&scenario, "network/hold"), "not-run none");
    }
}

#[test]
fn where_no_socket_opens_the_hold_is_not_a_finding_of_its_own() {
    let blocked = healthy()
        .set(Probe::Socket, closed(3.0 * R, 1006))
        .set(Probe::Hold, Outcome::TimedOut { ms: 35_000.0 });
    expect(
        &blocked,
        &[ALL_DEGRADED, "socket-blocked / network - inferred"],
    );
}

// Proxies and inspection.

#[test]
fn a_proxy_is_named_and_spoils_nothing() {
    let proxied = behind_proxy(healthy());
    expect(&proxied, &[ALL_WELL, "proxy-in-path / network - inferred"]);
    // TCP in no time, then TLS in two round trips: something near by takes connections.
    let nearby = Phases {
        secure_start: Some(3.4),
        ..phases_direct(1.0)
    };
    let ends_nearby = [ALL_WELL, "proxy-in-path / network - inferred"];
    expect(&healthy().timing(None, Some(nearby.clone())), &ends_nearby);
    expect(
        &healthy().firefox().timing(None, Some(nearby.clone())),
        &ends_nearby,
    );
    // The same entry of the page's document may be of a connection that was made ahead.
    expect(&healthy().timing(Some(nearby), None), &[ALL_WELL]);
    // So may one whose TLS took but one round trip.
    let ahead = Phases {
        secure_start: Some(3.0),
        connect_end: 3.0 + R,
        ..phases_direct(1.0)
    };
    expect(&healthy().timing(None, Some(ahead)), &[ALL_WELL]);
}

#[test]
fn firefox_behind_a_proxy_pays_for_the_handshake_in_its_request() {
    // As measured: connect and TLS at one moment, the answer three round trips after the request.
    let proxied = |response_end| Phases {
        lookup_start: 2.0,
        lookup_end: 2.0,
        connect_start: 3.0,
        secure_start: Some(3.0),
        connect_end: 3.0,
        request_start: 4.0,
        response_start: 85.0,
        response_end,
        protocol: "http/1.1".to_owned(),
    };
    expect(
        &healthy().firefox().timing(None, Some(proxied(251.0))),
        &[ALL_WELL, "proxy-in-path / network - inferred"],
    );
    // A spare connection: one round trip.
    expect(
        &healthy().firefox().timing(None, Some(proxied(86.0))),
        &[ALL_WELL],
    );
}

#[test]
fn a_refusal_behind_a_proxy_is_not_placed_at_the_far_end() {
    // A proxy 80 ms away that says no takes as long as the service would.
    let refused = behind_proxy(healthy()).fails_after("seattle/https", 1.0);
    expect(
        &refused,
        &[
            SEATTLE_BLOCKED,
            "not-connected / seattle - confirmed",
            "proxy-in-path / network - inferred",
        ],
    );
    let refused = behind_proxy(healthy()).fails_after("seattle/https", 0.04);
    assert_eq!(summary(&refused)[1], "refused-nearby / seattle - confirmed");
}

#[test]
fn a_plain_port_behind_a_proxy_needs_proof_of_the_tunnel() {
    let plain = || {
        behind_proxy(healthy())
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
    assert_eq!(check(&plain, "seattle/tcp"), "ok inferred");
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

#[test]
fn a_login_is_told_by_requests_that_wait_and_sockets_that_do_not() {
    let mut scenario = healthy();
    for region in ["toronto", "virginia", "seattle", "virginia-seattle"] {
        scenario = scenario.silent(&format!("{region}/https")).endpoint(
            &format!("{region}/tcp"),
            [
                Outcome::TimedOut { ms: 8000.0 },
                not_needed(),
                not_needed(),
                not_needed(),
            ],
            closed(13.0, 1006),
        );
    }
    let lines = summary(&scenario);
    assert_eq!(lines[1..], ["proxy-login / network - inferred"]);
    // One endpoint alone may be a device's doing.
    let one = healthy().endpoint(
        "seattle/tcp",
        [
            Outcome::TimedOut { ms: 8000.0 },
            not_needed(),
            not_needed(),
            not_needed(),
        ],
        closed(13.0, 1006),
    );
    assert!(
        !summary(&one)
            .iter()
            .any(|line| line.contains("proxy-login"))
    );
}

#[test]
fn inspection_is_found_on_hard_facts_only() {
    let seen = |change: fn(&mut Saw)| {
        let mut saw = saw();
        change(&mut saw);
        healthy().set(Probe::Saw, answered(84.0, Answer::Saw(Box::new(saw))))
    };
    let inconsistent = seen(|saw| {
        saw.tls.as_mut().expect("TLS facts").consistency = Consistency::Inconsistent;
    });
    expect(
        &inconsistent,
        &[ALL_WELL, "inspected / network - confirmed"],
    );
    assert_eq!(check(&inconsistent, "toronto/https"), "ok inferred");
    let via = seen(|saw| saw.forwarded = vec![("via".to_owned(), "1.1 squid".to_owned())]);
    expect(&via, &[ALL_WELL, "inspected / network - confirmed"]);
    expect(
        &seen(|saw| saw.tls.as_mut().expect("TLS facts").consistency = Consistency::Unknown),
        &[ALL_WELL],
    );
    // Where TLS ends before the relay, its own operator adds such headers.
    expect(
        &seen(|saw| {
            saw.tls = None;
            saw.forwarded = vec![("x-forwarded-for".to_owned(), "10.0.0.2".to_owned())];
        }),
        &[ALL_WELL],
    );
}

#[test]
fn an_image_that_does_not_come_makes_an_answer_a_block_page_where_somebody_inspects() {
    let image = |scenario: Scenario, outcome| {
        let probe = Probe::Image(scenario.find("seattle/https"));
        scenario.set(probe, outcome)
    };
    let inspected = || healthy().set(Probe::Canary, answered(12.0, Answer::Opaque));
    let blocked = image(inspected(), failed(90.0));
    assert_eq!(summary(&blocked)[0], SEATTLE_BLOCKED);
    assert_eq!(
        summary(&blocked)[1],
        "answer-not-from-service / seattle - inferred"
    );
    expect(
        &image(inspected(), answered(90.0, Answer::Opaque)),
        &[ALL_WELL, "inspected / network - confirmed"],
    );
    // Without inspection the certificate says more than the image.
    expect(&image(healthy(), failed(90.0)), &[ALL_WELL]);
}

#[test]
fn two_addresses_are_two_ways_out() {
    let with = |address: &str| {
        let saw = Saw {
            address: address.to_owned(),
            ..saw()
        };
        healthy().set(Probe::Saw, answered(84.0, Answer::Saw(Box::new(saw))))
    };
    expect(
        &with("198.51.100.8"),
        &[ALL_WELL, "split-egress / network - confirmed"],
    );
    // The other address family is no other line.
    expect(&with("2001:db8::7"), &[ALL_WELL]);
}

// Names.

#[test]
fn a_name_that_is_not_known_costs_every_attempt_the_same() {
    let slow_names = || healthy().timing(None, Some(phases_direct(65.0)));
    let unknown = |ms| {
        slow_names().endpoint(
            "seattle/https",
            [failed(ms), failed(ms - 2.0), failed(ms), not_needed()],
            not_needed(),
        )
    };
    // Two lookups of 65 ms, which no number of round trips of 82 ms explains.
    expect(
        &unknown(131.0),
        &[SEATTLE_BLOCKED, "not-resolved / seattle - confirmed"],
    );
    // A refusal pays for the name once.
    let refused = slow_names().endpoint(
        "seattle/https",
        [failed(R + 65.0), failed(R), failed(R), not_needed()],
        not_needed(),
    );
    expect(
        &refused,
        &[SEATTLE_BLOCKED, "refused-far / seattle - confirmed"],
    );
    // Two explanations remain where a lookup takes as long as the way there; the weaker word is said.
    let both = healthy().timing(None, Some(phases_direct(80.0))).endpoint(
        "seattle/https",
        [failed(165.0), failed(164.0), failed(165.0), not_needed()],
        not_needed(),
    );
    expect(
        &both,
        &[SEATTLE_BLOCKED, "not-connected / seattle - confirmed"],
    );
}

#[test]
fn late_evidence_tells_what_the_browser_was_waiting_for() {
    let gave_up = |outcome| {
        let scenario = healthy().silent("seattle/tcp");
        let probe = Probe::GiveUp(scenario.find("seattle/tcp"));
        scenario.set(probe, outcome)
    };
    expect(
        &gave_up(failed(13_010.0)),
        &[SEATTLE_BLOCKED, "not-resolved / seattle - confirmed"],
    );
    let waited_for = |outcome| match gave_up(outcome).diagnose().findings[0].cause {
        Cause::Dropped { gave_up, .. } => gave_up,
        ref other => panic!("{other:?}"),
    };
    assert_eq!(waited_for(failed(30_200.0)), Some(GaveUp::Handshake));
    assert_eq!(waited_for(failed(22_000.0)), None);
    let silence = Outcome::TimedOut { ms: 36_000.0 };
    assert_eq!(waited_for(silence), Some(GaveUp::Later));
}

#[test]
fn requests_that_wait_beside_sockets_that_open_ask_for_a_permission() {
    let silence = Outcome::TimedOut { ms: 8000.0 };
    let private = healthy().firefox().endpoint(
        "seattle/tcp",
        [silence, not_needed(), not_needed(), not_needed()],
        answered(98.0, Answer::Opened),
    );
    expect(
        &private,
        &[ALL_WELL, "private-address / seattle - inferred"],
    );
    // A request that is answered waits for nothing.
    let opened = healthy().set(
        Probe::Upgrade(healthy().find("seattle/tcp")),
        answered(250.0, Answer::Opened),
    );
    expect(&opened, &[ALL_WELL]);
}

// Clocks.

#[test]
fn a_wrong_clock_is_told_by_two_others_that_agree() {
    let with = |relay, origin| {
        healthy()
            .set(Probe::Clock(ClockSource::Relay), clock(relay))
            .set(Probe::Clock(ClockSource::Origin), clock(origin))
    };
    expect(
        &with(-7200.0, -7201.0),
        &[ALL_WELL, "clock-wrong / network - confirmed"],
    );
    // One of them finds us right, so it is the other that is wrong.
    expect(&with(-7200.0, 2.0), &[ALL_WELL]);
    expect(&with(200.0, 201.0), &[ALL_WELL]);
    let alone = with(7200.0, 0.0).set(
        Probe::Clock(ClockSource::Origin),
        Outcome::NotRun(NotRun::NotOffered),
    );
    expect(&alone, &[ALL_WELL, "clock-wrong / network - inferred"]);
}

#[test]
fn a_clock_that_makes_a_certificate_invalid_is_the_cause_of_its_refusal() {
    // The certificate of the relay's dial began in 2023.
    let rejected = |ahead_s| {
        healthy()
            .fails_after("seattle/https", 2.0)
            .set(Probe::Clock(ClockSource::Relay), clock(ahead_s))
            .set(Probe::Clock(ClockSource::Origin), clock(ahead_s))
    };
    let year_s = 365.0 * 86_400.0;
    expect(
        &rejected(-5.0 * year_s),
        &[SEATTLE_BLOCKED, "clock-wrong / network - confirmed"],
    );
    // Wrong, but not by so much.
    expect(
        &rejected(-7200.0),
        &[
            SEATTLE_BLOCKED,
            "tls-rejected / seattle - confirmed",
            "clock-wrong / network - confirmed",
        ],
    );
    // Bad by the relay's clock, too: then it is the service's.
    let bad = after_tls(
        "seattle/https",
        Some(CertificateFault::Expired),
        Dialogue::Closed { ms: 2.0 },
    );
    expect(
        &rejected(-5.0 * year_s).outside("seattle/https", bad),
        &[
            "down: reachable reachable down reachable",
            "service-down / seattle - inferred",
            "clock-wrong / network - confirmed",
        ],
    );
}

// IPv6.

fn connecting_takes(trips_ms: f64) -> Scenario {
    let direct = phases_direct(1.0);
    let late = |at: f64| at - R + trips_ms;
    let slow = Phases {
        secure_start: direct.secure_start.map(late),
        connect_end: late(direct.connect_end),
        request_start: late(direct.request_start),
        response_start: late(direct.response_start),
        response_end: late(direct.response_end),
        ..direct.clone()
    };
    healthy().timing(Some(direct), Some(slow))
}

#[test]
fn connecting_late_by_the_fallback_of_ipv6_is_told_and_spoils_nothing() {
    for lost_ms in [260.0, 450.0] {
        expect(
            &connecting_takes(R + lost_ms),
            &[ALL_WELL, "ipv6-broken / network - inferred"],
        );
    }
    // Chance, and a SYN that was lost.
    for lost_ms in [45.0, 1005.0] {
        expect(&connecting_takes(R + lost_ms), &[ALL_WELL]);
    }
    // An unsteady way explains it by itself.
    let unsteady = connecting_takes(R + 260.0).set(
        Probe::Pings,
        answered(500.0, Answer::Pings(vec![R + 180.0, R, R + 90.0])),
    );
    expect(&unsteady, &[ALL_WELL]);
    // One answer that the browser kept waiting shows no unsteady way.
    let mut pings = vec![R + 75.0, R + 49.0, R + 15.0, R, R + 2.0];
    let busy = |pings: &[f64]| {
        connecting_takes(R + 260.0)
            .set(Probe::Pings, answered(500.0, Answer::Pings(pings.to_vec())))
    };
    let told = [ALL_WELL, "ipv6-broken / network - inferred"];
    expect(&busy(&pings), &told);
    pings[1] = R + 70.0;
    expect(&busy(&pings), &[ALL_WELL]);
    // It was by IPv6 that it got there.
    let by_ipv6 = connecting_takes(R + 260.0)
        .challenge(|challenge| challenge.saw.address = "2001:db8::7".to_owned());
    expect(&by_ipv6, &[ALL_WELL]);
}

// Inspection.

#[test]
fn an_answer_of_whoever_inspects_is_no_answer_of_a_service_that_is_down() {
    let inspected = || healthy().set(Probe::Canary, answered(9.0, Answer::Opaque));
    let refused = || unreached("seattle/https", Connect::Refused { ms: 2.0 });
    let down = inspected().outside("seattle/https", refused());
    expect(&down, &[SEATTLE_UNKNOWN, "inspected / network - confirmed"]);
    assert_eq!(check(&down, "seattle/https"), "unknown none");
    // Nobody inspects: then it answers here, whatever outside met.
    expect(&healthy().outside("seattle/https", refused()), &[ALL_WELL]);
}

// Greetings.

#[test]
fn firefox_waits_for_more_than_a_greeting_and_that_is_no_silence_of_the_network() {
    let greets = || DialReport {
        plain: Some(Plain::Greeted { ms: 1.0 }),
        ..rejects_tls("seattle/tcp", Rejection::NotTls)
    };
    let silent = || {
        healthy()
            .silent("seattle/tcp")
            .outside("seattle/tcp", greets())
    };
    expect(&silent().firefox(), &[SEATTLE_UNKNOWN]);
    // Chromium hears it and ends; its silence is the network's.
    expect(
        &silent(),
        &[SEATTLE_BLOCKED, "dropped / seattle - confirmed"],
    );
    // One that answers, but says nothing first, is heard by Firefox, too.
    let answers = rejects_tls("seattle/tcp", Rejection::NotTls);
    expect(
        &healthy()
            .firefox()
            .silent("seattle/tcp")
            .outside("seattle/tcp", answers),
        &[SEATTLE_BLOCKED, "dropped / seattle - confirmed"],
    );
    let heard = healthy()
        .fails_after("seattle/tcp", 4.0)
        .outside("seattle/tcp", greets());
    expect(&heard, &[ALL_WELL]);
}

// Plain bytes.

#[test]
fn plain_bytes_that_die_hurt_the_regions_that_speak_plainly() {
    let dead = || healthy().set(Probe::Plain, failed(300.0));
    expect(
        &dead(),
        &[ALL_WELL, "plain-443-blocked / network - inferred"],
    );
    let plain = dead()
        .fails_after("seattle/tcp", 4.0)
        .outside("seattle/tcp", rejects_tls("seattle/tcp", Rejection::Closed));
    expect(
        &plain,
        &[
            "degraded: reachable reachable degraded reachable",
            "plain-443-blocked / seattle - inferred",
        ],
    );
    // A port that waits stays undecided, and the reason is named.
    let waiting = dead()
        .silent("seattle/tcp")
        .outside("seattle/tcp", waits("seattle/tcp"));
    expect(
        &waiting,
        &[SEATTLE_UNKNOWN, "plain-443-blocked / seattle - inferred"],
    );
}

#[test]
fn plain_bytes_say_nothing_where_tls_does_not_pass_either_or_nobody_asked() {
    for outcome in [
        answered(250.0, Answer::Passed),
        Outcome::NotRun(NotRun::NotHere),
        Outcome::NotRun(NotRun::NotOffered),
    ] {
        expect(&healthy().set(Probe::Plain, outcome), &[ALL_WELL]);
    }
    let blocked = healthy()
        .set(Probe::Plain, failed(300.0))
        .set(Probe::Socket, closed(3.0 * R, 1006));
    expect(
        &blocked,
        &[ALL_DEGRADED, "socket-blocked / network - inferred"],
    );
}

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
