//! What boxes keep back, ports where TLS alone is cut.

use reachcheck_model::environment::BrowserFamily;
use reachcheck_model::observation::{Answer, Failure, NotRun, Outcome, Phases, Timing};
use reachcheck_model::probe::{Port, Probe};

use super::scenario::{R, Scenario, answered, check, closed, failed, phases_direct, summary};
use super::{ALL_WELL, expect, healthy};

const ALL_DEGRADED: &str = "degraded: degraded degraded degraded degraded";

fn without_socket(relay: Option<Phases>, warm_ms: f64) -> Scenario {
    let timing = Timing {
        page: None,
        relay,
        earlier: None,
        warm_ms: Some(warm_ms),
    };
    healthy()
        .set(Probe::Socket, closed(3.0 * R, 1006))
        .set(Probe::Pings, Outcome::NotRun(NotRun::NoSocket))
        .set(Probe::Events, Outcome::NotRun(NotRun::NoSocket))
        .set(
            Probe::Timing,
            answered(90.0, Answer::Timing(Box::new(timing))),
        )
}

#[test]
fn what_a_box_keeps_back_does_not_make_answers_too_fast() {
    // Pings come back together, three seconds later; the handshake shows how far the relay is.
    let collected = healthy().set(
        Probe::Pings,
        answered(6000.0, Answer::Pings(vec![3000.0, 3001.0])),
    );
    expect(&collected, &[ALL_WELL]);
    // No socket, and a box that makes a new connection for each answer.
    for relay in [Some(phases_direct(1.0)), None] {
        expect(
            &without_socket(relay, 3.0 * R),
            &[ALL_DEGRADED, "socket-blocked / network - inferred"],
        );
    }
}

#[test]
fn a_repeated_challenge_that_waited_does_not_make_a_proxy() {
    // As WebKitGTK timed it on a busy machine, beside pings of 105 ms.
    let timing = Timing {
        page: None,
        relay: Some(phases_direct(1.0)),
        earlier: None,
        warm_ms: Some(900.0),
    };
    let waited = healthy().set(
        Probe::Timing,
        answered(90.0, Answer::Timing(Box::new(timing))),
    );
    expect(&waited, &[ALL_WELL]);
}

#[test]
fn in_webkit_an_answer_for_everybody_may_be_a_proxys_refusal() {
    let mut answers = healthy().set(Probe::Canary, answered(4.0, Answer::Opaque));
    expect(&answers, &[ALL_WELL, "inspected / network - confirmed"]);
    answers.environment.family = BrowserFamily::WebKit;
    expect(&answers, &[ALL_WELL]);
    assert_eq!(check(&answers, "toronto/https"), "ok inferred");
}

#[test]
fn a_block_page_is_too_fast_even_where_the_way_is_only_bounded() {
    // Squid in the path, as Firefox timed it: TCP ends near by, TLS and the answer come from afar.
    let relay = |secure_start| Phases {
        lookup_start: 1.0,
        lookup_end: 2.0,
        connect_start: 2.0,
        secure_start: Some(secure_start),
        connect_end: 216.0,
        request_start: 216.0,
        response_start: 312.0,
        response_end: 313.0,
        protocol: "http/1.1".to_owned(),
    };
    let page = |secure_start: f64, ms: f64| {
        let way = without_socket(Some(relay(secure_start)), 97.0);
        let answers = way.answers_after("seattle/https", ms);
        // A time alone convicts nobody; the service's image did not come either.
        let image = Probe::Image(answers.find("seattle/https"));
        let alone = summary(&answers);
        assert!(!alone[0].contains("blocked"), "{alone:?}");
        summary(&answers.set(image, failed(9.0)))
    };
    let found = "answer-not-from-service / seattle - inferred".to_owned();
    // The box took the connection at once, or was slow to.
    for secure_start in [4.0, 27.0] {
        let given = page(secure_start, 8.0);
        assert!(given.contains(&found), "{given:?}");
        // Squid's own page, when it has asked the service first.
        let given = page(secure_start, 181.0);
        assert!(!given.contains(&found), "{given:?}");
    }
}

#[test]
fn a_port_where_tls_alone_is_cut_is_not_closed() {
    for failure in [Failure::ConnectedOnly, Failure::WrongAnswer] {
        let cut = healthy().set(
            Probe::Port(Port::Http),
            Outcome::Failed { ms: 4.0, failure },
        );
        expect(&cut, &[ALL_WELL]);
        assert_eq!(check(&cut, "network/port-80"), "unknown none");
    }
    // Firefox cannot tell a refusal close by from a box that cuts; on 5222 such boxes do not stand.
    let near = |port| healthy().firefox().set(Probe::Port(port), failed(3.0));
    expect(&near(Port::Http), &[ALL_WELL]);
    expect(
        &near(Port::Xmpp),
        &[ALL_DEGRADED, "port-5222-closed / network - inferred"],
    );
    // Plain bytes that pass are what the client needs there.
    let plain = healthy().set(Probe::Port(Port::Http), answered(4.0, Answer::Passed));
    expect(&plain, &[ALL_WELL]);
    assert_eq!(check(&plain, "network/port-80"), "ok confirmed");
}
