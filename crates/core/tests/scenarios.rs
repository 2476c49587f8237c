//! Every rule and every line of the algebra as data: what triggers it, what nearly does, and what
//! stronger cause hides it. Times are those of real browsers (docs/browsers.md section 8).

#[path = "scenario/boxes.rs"]
mod boxes;
#[path = "scenario/everything.rs"]
mod everything;
#[path = "scenario/handover.rs"]
mod handover;
#[path = "scenario/mangling.rs"]
mod mangling;
#[path = "scenario/network.rs"]
mod network;
#[path = "scenario/properties.rs"]
mod properties;
mod scenario;

use reachcheck_core::observation::{Answer, Failure, NotRun, Outcome};
use reachcheck_core::plan::Probe;
use reachcheck_core::wire::{CertificateFault, Connect, Dialogue, Rejection};
use scenario::{
    R, Scenario, after_tls, answered, check, closed, closes_after_tls, controls, events, failed,
    failed_after_tls, not_needed, rejects_tls, summary, unreached, waits,
};

const ALL_WELL: &str = "reachable: reachable reachable reachable reachable";
const SEATTLE_BLOCKED: &str = "blocked: reachable reachable blocked reachable";
const SEATTLE_UNKNOWN: &str = "unknown: reachable reachable unknown reachable";
const NOTHING_DECIDED: &str = "unknown: unknown unknown unknown unknown";

#[track_caller]
fn expect(scenario: &Scenario, lines: &[&str]) {
    assert_eq!(summary(scenario), lines);
}

fn healthy() -> Scenario {
    Scenario::healthy()
}

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

// Silence.

#[test]
fn dropped_here_and_answering_outside_is_blocked() {
    let dropped = healthy().silent("seattle/tcp");
    expect(
        &dropped,
        &[SEATTLE_BLOCKED, "dropped / seattle - confirmed"],
    );
    assert_eq!(check(&dropped, "seattle/tcp"), "failed confirmed");
}

#[test]
fn both_endpoints_dropped_are_one_finding() {
    let dropped = healthy().silent("seattle/tcp").silent("seattle/https");
    expect(
        &dropped,
        &[SEATTLE_BLOCKED, "dropped / seattle - confirmed"],
    );
    assert_eq!(dropped.diagnose().findings[0].endpoints.len(), 2);
}

#[test]
fn a_kept_connection_that_died_first_does_not_hide_the_silence() {
    // As Firefox showed it at a port that had answered before it was dropped.
    let silence = || Outcome::TimedOut { ms: 8000.0 };
    let with = |upgrade| {
        let fetches = [failed(5305.0), silence(), not_needed(), not_needed()];
        healthy()
            .firefox()
            .endpoint("seattle/tcp", fetches, upgrade)
    };
    expect(
        &with(silence()),
        &[SEATTLE_BLOCKED, "dropped / seattle - confirmed"],
    );
    // A new connection that is refused is no silence.
    expect(
        &with(closed(R, 1006)),
        &[SEATTLE_BLOCKED, "not-connected / seattle - confirmed"],
    );
}

#[test]
fn a_port_that_waits_for_everybody_is_not_dropped() {
    let waiting = healthy()
        .silent("seattle/tcp")
        .outside("seattle/tcp", waits("seattle/tcp"));
    expect(&waiting, &[SEATTLE_UNKNOWN]);
    assert_eq!(check(&waiting, "seattle/tcp"), "unknown none");
}

#[test]
fn dropped_without_anybody_outside_is_unknown() {
    let https = healthy().no_relay().silent("seattle/https");
    expect(
        &https,
        &[
            SEATTLE_UNKNOWN,
            "dropped / seattle - inferred",
            "no-relay / network - confirmed",
        ],
    );
    assert_eq!(check(&https, "seattle/https"), "failed inferred");
    // A healthy port that waits would look the same.
    let tcp = healthy().no_relay().silent("seattle/tcp");
    expect(&tcp, &[SEATTLE_UNKNOWN, "no-relay / network - confirmed"]);
}

// Refusals.

#[test]
fn refused_faster_than_the_path_is_nearby() {
    let near = healthy().fails_after("seattle/https", 3.0 / R);
    expect(
        &near,
        &[SEATTLE_BLOCKED, "refused-nearby / seattle - confirmed"],
    );
}

#[test]
fn refused_after_one_round_trip_is_far() {
    let far = healthy().fails_after("seattle/https", 1.0);
    expect(
        &far,
        &[SEATTLE_BLOCKED, "refused-far / seattle - confirmed"],
    );
}

#[test]
fn the_two_fastest_attempts_decide() {
    // As Firefox showed it once at a port that the far end refuses.
    let odd = |times: [f64; 3]| {
        let [one, two, three] = times.map(failed);
        healthy().endpoint(
            "seattle/https",
            [one, two, three, not_needed()],
            closed(R, 1006),
        )
    };
    expect(
        &odd([104.0, 85.0, 166.0]),
        &[SEATTLE_BLOCKED, "refused-far / seattle - confirmed"],
    );
    // One that is fast alone is the browser's doing (a backup socket).
    expect(
        &odd([330.0, 326.0, 3.0]),
        &[SEATTLE_BLOCKED, "not-connected / seattle - confirmed"],
    );
}

#[test]
fn between_the_levels_nothing_is_placed() {
    let between = healthy().fails_after("seattle/https", 1.6);
    expect(
        &between,
        &[SEATTLE_BLOCKED, "not-connected / seattle - confirmed"],
    );
}

#[test]
fn a_port_with_another_protocol_refused_nearby_is_blocked_by_time() {
    let near = healthy()
        .fails_after("seattle/tcp", 3.0 / R)
        .outside("seattle/tcp", rejects_tls("seattle/tcp", Rejection::Closed));
    expect(
        &near,
        &[SEATTLE_BLOCKED, "refused-nearby / seattle - inferred"],
    );
}

// TCP endpoints that speak other protocols: healthy means "as from outside".

#[test]
fn healthy_ports_of_other_protocols_are_recognised_by_their_time() {
    for (trips, how) in [
        (4.0, Rejection::Closed),
        (4.0, Rejection::Reset),
        (4.0, Rejection::NotTls),
        (4.0, Rejection::Alert),
        (2.0, Rejection::Alert),
    ] {
        let healthy_port = healthy()
            .fails_after("seattle/tcp", trips)
            .outside("seattle/tcp", rejects_tls("seattle/tcp", how));
        expect(&healthy_port, &[ALL_WELL]);
        assert_eq!(
            check(&healthy_port, "seattle/tcp"),
            "ok inferred",
            "{how:?}"
        );
    }
    let closes = healthy()
        .fails_after("seattle/tcp", 3.0)
        .outside("seattle/tcp", closes_after_tls("seattle/tcp"));
    expect(&closes, &[ALL_WELL]);
}

#[test]
fn the_same_time_where_outside_gets_an_answer_is_a_cut() {
    expect(
        &healthy().fails_after("seattle/tcp", 4.0),
        &[SEATTLE_BLOCKED, "cut-in-handshake / seattle - confirmed"],
    );
    expect(
        &healthy().fails_after("seattle/tcp", 3.0),
        &[SEATTLE_BLOCKED, "closed-after-tls / seattle - confirmed"],
    );
}

#[test]
fn a_reset_of_the_hello_is_not_a_healthy_plain_port() {
    // Two round trips in Chromium where four are the far end's doing.
    let reset = healthy()
        .fails_after("seattle/tcp", 2.0)
        .outside("seattle/tcp", rejects_tls("seattle/tcp", Rejection::Closed));
    expect(
        &reset,
        &[SEATTLE_BLOCKED, "tls-rejected / seattle - inferred"],
    );
    // Ten round trips in Firefox where twenty are.
    let in_firefox = |trips| {
        healthy()
            .firefox()
            .fails_after("seattle/tcp", trips)
            .outside("seattle/tcp", rejects_tls("seattle/tcp", Rejection::Closed))
    };
    expect(
        &in_firefox(10.0),
        &[SEATTLE_BLOCKED, "cut-in-handshake / seattle - inferred"],
    );
    expect(&in_firefox(20.0), &[ALL_WELL]);
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
    let finished = |first| {
        healthy().firefox().no_relay().endpoint(
            "seattle/tcp",
            [
                first,
                failed_after_tls(ms),
                failed_after_tls(ms),
                not_needed(),
            ],
            closed(3.0 * R, 1006),
        )
    };
    assert_eq!(
        check(&finished(failed_after_tls(ms)), "seattle/tcp"),
        "ok confirmed"
    );
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
        let dial = after_tls(
            &https,
            None,
            Dialogue::Http {
                ms: 2.0,
                status: 200,
                keeps_open: false,
            },
        );
        let tcp = format!("{region}/tcp");
        closing = closing
            .outside(&https, dial)
            .fails_after(&tcp, 4.0)
            .outside(&tcp, rejects_tls(&tcp, Rejection::Closed));
    }
    expect(&closing, &[ALL_WELL]);
}

// TLS.

#[test]
fn certificates_are_rejected_after_two_round_trips() {
    expect(
        &healthy().fails_after("seattle/https", 2.0),
        &[SEATTLE_BLOCKED, "tls-rejected / seattle - confirmed"],
    );
    // Firefox says so itself, whatever the time.
    let odd = [failed(77.0), failed(140.0), failed(210.0), not_needed()];
    let said = healthy()
        .firefox()
        .endpoint("seattle/https", odd, closed(300.0, 1015));
    expect(
        &said,
        &[SEATTLE_BLOCKED, "tls-rejected / seattle - confirmed"],
    );
}

#[test]
fn a_certificate_that_is_bad_for_everybody_is_the_services_fault() {
    let expired = after_tls(
        "seattle/https",
        Some(CertificateFault::Expired),
        Dialogue::Closed { ms: 2.0 },
    );
    expect(
        &healthy()
            .fails_after("seattle/https", 2.0)
            .outside("seattle/https", expired),
        &[
            "down: reachable reachable down reachable",
            "service-down / seattle - inferred",
        ],
    );
}

// Down.

#[test]
fn failing_here_and_outside_is_down_and_hides_how_it_failed_here() {
    for connect in [
        Connect::Refused { ms: 1.0 },
        Connect::TimedOut { ms: 4000.0 },
        Connect::Unreachable { ms: 1.0 },
        Connect::NotResolved,
    ] {
        for failing in [
            healthy().silent("seattle/https"),
            healthy().fails_after("seattle/https", 1.0),
        ] {
            expect(
                &failing.outside("seattle/https", unreached("seattle/https", connect)),
                &[
                    "down: reachable reachable down reachable",
                    "service-down / seattle - inferred",
                ],
            );
        }
    }
}

#[test]
fn what_the_relay_could_not_try_says_nothing_of_the_service() {
    let silent = |connect| {
        healthy()
            .silent("seattle/https")
            .outside("seattle/https", unreached("seattle/https", connect))
    };
    expect(
        &silent(Connect::NotTried),
        &[SEATTLE_UNKNOWN, "dropped / seattle - inferred"],
    );
    // It does not dial private addresses, and finding one explains the silence.
    expect(
        &silent(Connect::Forbidden),
        &[SEATTLE_UNKNOWN, "private-address / seattle - inferred"],
    );
}

#[test]
fn a_service_that_answers_here_is_not_down_whatever_the_relay_met() {
    let refused = unreached("seattle/https", Connect::Refused { ms: 1.0 });
    expect(&healthy().outside("seattle/https", refused), &[ALL_WELL]);
}

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
            "dropped / seattle - confirmed",
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
fn a_relay_that_lost_its_way_or_is_inside_is_no_view_from_outside() {
    let lost = healthy()
        .set(Probe::RelayControls, controls(0))
        .silent("seattle/https")
        .outside(
            "seattle/https",
            unreached("seattle/https", Connect::TimedOut { ms: 4000.0 }),
        );
    expect(
        &lost,
        &[
            SEATTLE_UNKNOWN,
            "dropped / seattle - inferred",
            "relay-not-outside / network - confirmed",
        ],
    );
    let inside = healthy()
        .challenge(|challenge| challenge.outside = false)
        .silent("seattle/https");
    assert_eq!(summary(&inside)[0], SEATTLE_UNKNOWN);
    // One control that answers is enough.
    let found = lost.set(Probe::RelayControls, controls(1));
    assert_eq!(
        summary(&found)[0],
        "down: reachable reachable down reachable"
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
fn a_socket_that_fails_twice_while_https_works_spoils_every_region() {
    let blocked = healthy()
        .set(Probe::Socket, closed(250.0, 1006))
        .set(Probe::Pings, Outcome::NotRun(NotRun::NoSocket))
        .set(Probe::Events, Outcome::NotRun(NotRun::NoSocket));
    expect(
        &blocked,
        &[
            "degraded: degraded degraded degraded degraded",
            "socket-blocked / network - inferred",
        ],
    );
    // Busy is not blocked.
    let busy = blocked.set(
        Probe::Socket,
        Outcome::Failed {
            ms: 250.0,
            failure: Failure::Busy,
        },
    );
    expect(&busy, &[ALL_WELL, "relay-busy / network - confirmed"]);
    // A region that is blocked stays so.
    let stronger = healthy()
        .set(Probe::Socket, closed(250.0, 1006))
        .silent("seattle/tcp");
    assert_eq!(
        summary(&stronger)[0],
        "blocked: degraded degraded blocked degraded"
    );
}

#[test]
fn lost_late_or_cut_events_spoil_and_a_blocked_socket_hides_them() {
    let degraded = "degraded: degraded degraded degraded degraded";
    let finding = "events-lost / network - confirmed";
    let with = |outcome| healthy().set(Probe::Events, outcome);
    let arrived = |count, late| answered(5000.0, Answer::Events(events(count, late)));
    expect(&with(arrived(9, 4.0)), &[degraded, finding]);
    expect(&with(arrived(10, 1600.0)), &[degraded, finding]);
    expect(&with(closed(900.0, 1006)), &[degraded, finding]);
    expect(&with(arrived(10, 900.0)), &[ALL_WELL]);
    let hidden = with(closed(900.0, 1006)).set(Probe::Socket, closed(250.0, 1006));
    expect(&hidden, &[degraded, "socket-blocked / network - inferred"]);
}

#[test]
fn slow_spoils_only_its_own_region() {
    let slow = |ms| {
        let answer = || answered(ms, Answer::Opaque);
        healthy().endpoint(
            "seattle/https",
            [answer(), answer(), answer(), answer()],
            not_needed(),
        )
    };
    expect(
        &slow(1200.0),
        &[
            "degraded: reachable reachable degraded reachable",
            "slow / seattle - confirmed",
        ],
    );
    expect(&slow(900.0), &[ALL_WELL]);
}

#[test]
fn unsteady_spoils_only_its_own_region() {
    let answer = || answered(R, Answer::Opaque);
    let unsteady = healthy().endpoint(
        "seattle/https",
        [failed(330.0), answer(), answer(), not_needed()],
        closed(250.0, 1006),
    );
    expect(
        &unsteady,
        &[
            "degraded: reachable reachable degraded reachable",
            "unsteady / seattle - inferred",
        ],
    );
}

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
fn an_answer_faster_than_the_path_is_not_from_the_service() {
    let fast = |ms| {
        let answer = || answered(ms, Answer::Opaque);
        healthy().endpoint(
            "seattle/https",
            [answer(), answer(), answer(), answer()],
            not_needed(),
        )
    };
    expect(
        &fast(4.0),
        &[
            SEATTLE_BLOCKED,
            "answer-not-from-service / seattle - inferred",
        ],
    );
    expect(&fast(45.0), &[ALL_WELL]);
}

#[test]
fn an_answer_for_everybody_makes_every_success_inferred() {
    let inspected = healthy().set(Probe::Canary, answered(12.0, Answer::Opaque));
    expect(&inspected, &[ALL_WELL, "inspected / network - confirmed"]);
    assert_eq!(check(&inspected, "toronto/https"), "ok inferred");
    // Where outside gets no HTTP answer from a port, the one here is the inspector's.
    let faked = inspected.outside("seattle/tcp", closes_after_tls("seattle/tcp"));
    assert_eq!(check(&faked, "seattle/tcp"), "failed inferred");
    // Without such an inspector it may be the service itself, towards us.
    let odd = healthy().outside("seattle/tcp", closes_after_tls("seattle/tcp"));
    assert_eq!(check(&odd, "seattle/tcp"), "unknown none");
}

#[test]
fn a_silent_canary_leaves_a_success_inferred() {
    let silent = healthy().set(Probe::Canary, Outcome::TimedOut { ms: 6000.0 });
    assert_eq!(check(&silent, "toronto/https"), "ok inferred");
}

// Offline.

fn nothing_answers() -> Scenario {
    let mut scenario = healthy()
        .relay_unreachable()
        .set(Probe::Origin, failed(1.0));
    for region in ["toronto", "virginia", "seattle", "virginia-seattle"] {
        for kind in ["https", "tcp"] {
            scenario = scenario.fails_after(&format!("{region}/{kind}"), 0.03);
        }
    }
    scenario
}

#[test]
fn nothing_answering_is_offline_and_hides_everything_else() {
    expect(
        &nothing_answers(),
        &[
            "offline: unknown unknown unknown unknown",
            "offline / network - inferred",
        ],
    );
    assert_eq!(
        check(&nothing_answers(), "network/internet"),
        "failed inferred"
    );
}

#[test]
fn page_and_relay_on_this_computer_are_not_the_internet() {
    let mut local = nothing_answers()
        .set(Probe::Origin, answered(2.0, Answer::Readable(200)))
        .challenge(|challenge| challenge.outside = false);
    local.environment.origin_is_loopback = true;
    local.relays[0].is_loopback = true;
    expect(
        &local,
        &[
            "offline: unknown unknown unknown unknown",
            "offline / network - inferred",
        ],
    );
}

#[test]
fn one_control_or_endpoint_that_answers_is_not_offline() {
    let origin = nothing_answers().set(Probe::Origin, answered(84.0, Answer::Readable(404)));
    assert_eq!(summary(&origin)[0], NOTHING_DECIDED);
    let answer = || answered(R, Answer::Opaque);
    let endpoint = nothing_answers().endpoint(
        "toronto/https",
        [answer(), answer(), answer(), answer()],
        not_needed(),
    );
    assert_eq!(summary(&endpoint)[0], NOTHING_DECIDED);
    assert_eq!(check(&endpoint, "network/internet"), "ok confirmed");
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
    use reachcheck_core::text::Lang;
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
